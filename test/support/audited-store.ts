// A store with two signed versions that were trained from a git repository, and ways to tamper with it behind mlctl's back: its
// database and its files. Each way can be undone.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditDocument, AuditLineId, AuditVerdict } from '../../src/documents/audit.js';
import type { LoggedDocument } from '../../src/documents/logged.js';
import { type AuditRequest, auditModel } from '../../src/operations/audit.js';
import { makeSigningKey } from '../../src/operations/make-signing-key.js';
import { signModel } from '../../src/operations/sign.js';
import { trainModel } from '../../src/operations/train.js';
import type { World } from '../../src/world.js';
import { scratch } from './paths.js';
import { testWorld } from './worlds.js';

type Value = string | number | null;

export interface AuditedStore {
  readonly world: World;
  readonly first: LoggedDocument;
  readonly second: LoggedDocument;
  readonly publicKey: string;
  /** Below the artifacts of the run. */
  readonly signatureFolder: string;
  readonly folders: { readonly work: string; readonly run: string; readonly model: string };
  /** Changes, adds or removes rows of the store's database; the answer undoes it. */
  sql(statement: string, ...values: Value[]): Promise<() => Promise<void>>;
  /** Replaces a file, or removes it (null); the answer brings back what was there. */
  file(path: string, change: ((bytes: Buffer) => Buffer | string) | null): () => void;
  audit(request?: AuditRequest): Promise<AuditDocument>;
}

export const verdictsOf = ({ lines }: AuditDocument): Record<string, AuditVerdict> =>
  Object.fromEntries(lines.map(({ id, verdict }) => [id, verdict]));

/** The lines of the first version, as nobody has touched it. */
export const UNTOUCHED: Readonly<Record<AuditLineId, AuditVerdict>> = {
  bytes: 'proven',
  registry: 'proven',
  run: 'proven',
  record: 'proven',
  data: 'proven',
  recipe: 'proven',
  code: 'proven',
  dependencies: 'recorded',
  golden: 'proven',
  rescore: 'proven',
  reproduction: 'unknown',
  history: 'recorded',
  signature: 'proven',
};

function recipeOf(rows: number): { csv: string; yaml: string } {
  const lines = Array.from({ length: rows }, (_, at) => {
    const [a, b] = [((at * 37) % 101) / 10, ((at * 53) % 97) / 10];
    return `${a},${b},${a + ((at * 29) % 11) / 5 > b ? 'yes' : 'no'}`;
  });
  return {
    csv: `a,b,kind\n${lines.join('\n')}\n`,
    yaml: 'name: audited\ndata: { source: rows.csv, target: kind }\npipeline:\n  - logistic_regression: { C: 1.0 }\n',
  };
}

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=ada', '-c', 'user.email=ada@example.org', ...args], { cwd, stdio: 'pipe' });

/** `stores`: where the database and the artifacts of the store lie, and how it is named. */
export async function auditedStore(
  stores: (work: string) => Promise<{ uri: string; database: string; artifacts: string }>,
): Promise<AuditedStore> {
  const work = scratch('mlctl-audited-');
  const { uri, database, artifacts } = await stores(work);
  const world = testWorld({
    cwd: work,
    now: Date.now,
    env: {
      USER: 'ada',
      PATH: process.env['PATH'],
      HOME: work,
      MLCTL_CACHE_DIR: scratch('mlctl-cache-'),
      MLFLOW_TRACKING_URI: uri,
    },
  });
  const { csv, yaml } = recipeOf(120);
  writeFileSync(join(work, 'rows.csv'), csv);
  writeFileSync(join(work, 'recipe.yaml'), yaml);
  writeFileSync(join(work, '.gitignore'), '*\n!rows.csv\n!recipe.yaml\n!.gitignore\n');
  git(work, 'init', '-q');
  git(work, 'add', '.');
  git(work, 'commit', '-qm', 'recipe and data');
  const { private_key: key, public_key: publicKey } = await makeSigningKey(world, { path: join(work, 'signing.key') });
  const train = (set: readonly string[]) =>
    trainModel(world, { recipe: 'recipe.yaml', register: true, alias: 'champion', set });
  const first = await train([]);
  const second = await train(['pipeline.0.logistic_regression.C=0.0001']);
  const { path: signed } = await signModel(world, { uri: 'models:/audited/1', key });
  await signModel(world, { uri: 'models:/audited/2', key });

  const folderOf = (id: string): string => {
    const found = readdirSync(artifacts, { recursive: true, encoding: 'utf8' }).find(
      (path) => path.endsWith(`${id}/artifacts`) || path.endsWith(`${id}\\artifacts`),
    );
    if (found === undefined) throw new Error(`there is no folder of ${id} below ${artifacts}`);
    return join(artifacts, found);
  };
  const run = folderOf(first.run_id!);
  return {
    world,
    first,
    second,
    publicKey,
    signatureFolder: signed.replace(`runs:/${first.run_id}/`, ''),
    folders: { work, run, model: first.model_id === null ? join(run, 'model') : folderOf(first.model_id) },
    async sql(statement, ...values) {
      const { default: Database } = await import('libsql');
      const run = (text: string, given: readonly Value[]) => {
        const db = new Database(database);
        try {
          db.exec('PRAGMA busy_timeout = 10000');
          const prepared = db.prepare(text);
          return prepared.reader ? prepared.all(...given) : prepared.run(...given);
        } finally {
          db.close();
        }
      };
      const table = /^(?:UPDATE|DELETE FROM|INSERT INTO) (\w+)/.exec(statement)?.[1];
      const before = run(`SELECT * FROM ${table}`, []) as Record<string, Value>[];
      const done = run(statement, values) as { changes: number };
      if (done.changes === 0) throw new Error(`nothing was changed by ${statement}`);
      return async () => {
        run('PRAGMA foreign_keys = OFF', []);
        const db = new Database(database);
        try {
          db.exec('PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = OFF; BEGIN');
          db.exec(`DELETE FROM ${table}`);
          for (const row of before)
            db.prepare(
              `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row)
                .map(() => '?')
                .join(', ')})`,
            ).run(...Object.values(row));
          db.exec('COMMIT');
        } finally {
          db.close();
        }
      };
    },
    file(path, change) {
      const before = existsSync(path) ? readFileSync(path) : null;
      if (change === null) rmSync(path);
      else writeFileSync(path, change(before ?? Buffer.alloc(0)));
      return () => {
        if (before === null) rmSync(path);
        else writeFileSync(path, before);
      };
    },
    audit: (request = {}) => auditModel(world, { uri: 'models:/audited/1', publicKey, ...request }),
  };
}

/** A second copy of a folder, for tampering. */
export function copyOf(folder: string): string {
  const copy = join(scratch('mlctl-copy-'), 'copy');
  cpSync(folder, copy, { recursive: true });
  return copy;
}
