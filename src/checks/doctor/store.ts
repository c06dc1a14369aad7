// Checks the file of the local store, and repairs it on request.
import { dirname, join } from 'node:path';
import type { MlctlError } from '../../errors/error.js';
import { probeFolder } from '../../files/probe-folder.js';
import { readSetting } from '../../settings/read-setting.js';
import { plural } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import type { StoreCounts } from '../../tracking/sqlite/file/diagnose.js';
import { parseSqliteUri, storePath } from '../../tracking/sqlite-uri.js';
import type { World } from '../../world.js';
import type { Check } from '../check.js';
import { failed, knownError } from './failed.js';
import type { DoctorRequest } from './request.js';

/** What a repair did to the store's file. */
export interface RepairDocument {
  readonly action: string;
  readonly kept_beside: string | null;
  readonly dropped: readonly string[];
  readonly remarks: readonly string[];
}

/** The file of the embedded store; null where a server keeps the runs. */
export function storeFile(world: World, request: DoctorRequest): string | null {
  const uri = request.trackingUri ?? readSetting(world.env, 'MLFLOW_TRACKING_URI');
  if (uri === undefined || uri === '') return storePath(join(world.cwd, 'mlflow.db'));
  return /^sqlite(\+pysqlite)?:/i.test(uri) ? parseSqliteUri(uri, world.cwd) : null;
}

export async function repairFile(world: World, file: string): Promise<RepairDocument> {
  const { repairStore } = await import('../../tracking/sqlite/file/repair-store.js');
  const { action, keptBeside, dropped, remarks } = await repairStore(file, world);
  return { action, kept_beside: keptBeside, dropped, remarks };
}

/** The error of a probe that did not work; null if it did. */
async function refusalOf(probe: () => Promise<void>): Promise<MlctlError | null> {
  try {
    await probe();
    return null;
  } catch (error) {
    return knownError(error);
  }
}

export async function judgeFile(world: World, file: string): Promise<Check> {
  const { diagnoseStore } = await import('../../tracking/sqlite/file/diagnose.js');
  const { probeWrite } = await import('../../tracking/sqlite/file/probe-write.js');
  const { verdict, revision, counts, leftovers, faults, backup } = await diagnoseStore(file, world);
  const held = (facts: StoreCounts | null) =>
    facts && { runs: facts.runs, logged_models: facts.loggedModels, model_versions: facts.modelVersions };
  const details = {
    path: file,
    verdict,
    revision,
    counts: held(counts),
    leftovers,
    faults,
    backup: backup && { path: backup.path, revision: backup.revision, counts: held(backup.counts) },
  };
  const shown = printable(file, 300);
  const news = (status: Check['status'], message: string, hint?: string): Check => ({
    status,
    message,
    ...(hint === undefined ? {} : { hint }),
    details,
  });
  switch (verdict) {
    case 'ok': {
      const holds = counts
        ? [
            plural(counts.runs, 'run'),
            plural(counts.loggedModels, 'model'),
            plural(counts.modelVersions, 'version'),
          ].join(', ')
        : 'intact';
      const refused = await refusalOf(() => probeWrite(file, world));
      if (refused !== null)
        return {
          ...failed(refused, details),
          message: `${shown}: ${holds}, but it cannot be written: ${refused.message}`,
        };
      if (leftovers.length === 0) return news('pass', `${shown}: ${holds}; a change was written and taken back`);
      return news(
        'warn',
        `${shown}: ${holds}; ${leftovers.length} tables are left from an interrupted migration`,
        'mlctl doctor --repair',
      );
    }
    case 'missing': {
      if (backup) return news('fail', `${shown} is gone, but its copy exists`, 'mlctl doctor --repair');
      const denied = await refusalOf(() => probeFolder(dirname(file)));
      return denied === null
        ? news('skip', `${shown} does not exist yet; the first run creates it`)
        : { ...failed(denied, details), message: `${shown} does not exist and cannot be created: ${denied.message}` };
    }
    case 'empty':
      return news('skip', `${shown} is empty; the first run fills it`);
    case 'programmed':
      return news('fail', `${shown} has triggers or views that MLflow never makes`, 'ask who made the file');
    case 'foreign':
      return news('fail', `${shown} is not an MLflow database`, 'name another file in MLFLOW_TRACKING_URI');
    case 'unknown_revision':
      return news(
        'fail',
        `${shown} has the revision ${printable(String(revision), 60)}, which mlctl does not know`,
        'use a newer mlctl, or open the file with `mlflow server`',
      );
    case 'half_migrated':
      return news(
        'fail',
        `${shown}: a migration was interrupted at revision ${printable(String(revision), 60)}`,
        'mlctl doctor --repair',
      );
    case 'damaged':
      return news(
        'fail',
        `${shown} is damaged: ${printable(faults[0] ?? 'it cannot be read', 200)}`,
        'mlctl doctor --repair; the damaged file is kept next to it',
      );
  }
}
