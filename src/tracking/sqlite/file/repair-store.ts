// Turns a half-migrated or damaged store file into a sound one: first from its own content, only then from the copy beside it.
// Never drops a row silently.
import { constants, copyFile, rename } from 'node:fs/promises';
import { MlctlError } from '../../../errors/error.js';
import { removeFile } from '../../../files/remove-file.js';
import type { World } from '../../../world.js';
import { Connection } from '../connection.js';
import type { Sqlite } from '../driver.js';
import { backupPath } from './backup.js';
import { diagnoseStore, exists, faultsOf, type StoreCounts, type StoreDiagnosis } from './diagnose.js';
import { clearInterruptedStep, NotPossible } from './finish-upgrade.js';
import { rewindTo30 } from './rewind-to30.js';

interface StoreRepair {
  /** `cleared`: leftovers dropped; `rewound`: back at the 3.0 schema with all rows; `restored`: the copy put in its place. */
  readonly action: 'none' | 'cleared' | 'rewound' | 'restored';
  /** The original file; null if nothing was changed. */
  readonly keptBeside: string | null;
  /** Empty tables and columns that were removed. */
  readonly dropped: readonly string[];
  readonly before: StoreDiagnosis;
  readonly after: StoreDiagnosis;
  /** What the user should know, such as rows that the copy does not have. */
  readonly remarks: readonly string[];
}

export async function repairStore(path: string, world: World): Promise<StoreRepair> {
  const before = await diagnoseStore(path, world);
  if (before.verdict === 'missing' && before.backup === null)
    throw notRepairable(before, 'it does not exist and there is no copy of it');
  if (before.verdict === 'programmed') throw notRepairable(before, 'it has triggers or views that MLflow never makes');
  if (before.verdict === 'foreign' || before.verdict === 'unknown_revision')
    throw notRepairable(before, `it is ${before.verdict === 'foreign' ? 'no MLflow store' : 'of an unknown revision'}`);
  if (before.verdict === 'empty' || (before.verdict === 'ok' && before.leftovers.length === 0))
    return { action: 'none', keptBeside: null, dropped: [], before, after: before, remarks: [] };
  const keptBeside = `${path}.damaged-${new Date(world.now()).toISOString().replace(/[:.]/g, '-')}`;
  const remarks: string[] = [];
  if (before.verdict === 'ok' || before.verdict === 'half_migrated') {
    const kept = await repairInPlace(path, keptBeside, world, remarks);
    if (kept) return { ...kept, keptBeside, before, after: await diagnoseStore(path, world), remarks };
  }
  if (before.backup?.counts == null)
    throw notRepairable(
      before,
      `there is no readable copy beside it${remarks.length > 0 ? ` (${remarks.join('; ')})` : ''}`,
    );
  await restore(path, keptBeside);
  return {
    action: 'restored',
    keptBeside: before.verdict === 'missing' ? null : keptBeside,
    dropped: [],
    before,
    after: await diagnoseStore(path, world),
    remarks: [...remarks, ...compare(before)],
  };
}

/** One transaction per kind of repair; one that turns out impossible changes nothing. */
async function repairInPlace(
  path: string,
  keptBeside: string,
  world: World,
  remarks: string[],
): Promise<{ action: 'cleared' | 'rewound'; dropped: string[] } | null> {
  const connection = await Connection.open(path, world);
  try {
    await connection.outside((sqlite) => sqlite.exec(`VACUUM INTO '${keptBeside.replaceAll("'", "''")}'`));
    await connection.outside((sqlite) => sqlite.exec('PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON'));
    for (const [action, road] of [
      ['cleared', clearInterruptedStep],
      ['rewound', rewindTo30],
    ] as const) {
      try {
        const dropped = await connection.write((sqlite: Sqlite) => {
          const names = road(sqlite);
          const faults = faultsOf(sqlite);
          if (faults.length > 0) throw new NotPossible(faults.join('; '));
          return names;
        });
        return { action, dropped };
      } catch (error) {
        if (!(error instanceof NotPossible)) throw error;
        remarks.push(`not ${action}: ${error.message}`);
      }
    }
    return null;
  } finally {
    await connection.close();
  }
}

/** The damaged file and SQLite's files beside it are moved away. The copy is copied, so that it stays as well. */
async function restore(path: string, keptBeside: string): Promise<void> {
  // Made by a road that failed; the file itself is the truer witness.
  removeFile(keptBeside);
  const fresh = `${path}.mlctl-restored`;
  // Of a repair that was killed.
  removeFile(fresh);
  await copyFile(backupPath(path), fresh, constants.COPYFILE_EXCL);
  for (const ending of ['-journal', '-wal', '-shm', ''])
    if (await exists(path + ending)) await rename(path + ending, keptBeside + ending);
  await rename(fresh, path);
}

function compare({ counts, backup }: StoreDiagnosis): string[] {
  const copy = backup?.counts ?? null;
  if (counts === null || copy === null)
    return ['the damaged file could not be read, so rows that are missing in the copy are not known'];
  return (Object.keys(copy) as (keyof StoreCounts)[])
    .filter((kind) => counts[kind] !== copy[kind])
    .map((kind) => `the damaged file holds ${counts[kind]} ${kind}, the copy ${copy[kind]}`);
}

function notRepairable(before: StoreDiagnosis, why: string): MlctlError {
  return new MlctlError('STORE_DAMAGED', `the store ${before.path} cannot be repaired: ${why}`, {
    hint: 'keep the file; restore it from a backup of your own, or try mlflow db upgrade',
    details: { path: before.path, verdict: before.verdict, revision: before.revision, faults: before.faults },
  });
}
