// Ways to tamper with a store behind mlctl's back, each with the lines of the audit that must change, and no others.
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditLineId, AuditVerdict } from '../../../src/documents/audit.js';
import { digestPackage } from '../../../src/model/digest-package.js';
import { newKeyPair, readPrivateKey } from '../../../src/signing/keys.js';
import { signModelFiles } from '../../../src/signing/model-signature.js';
import type { AuditedStore } from '../../support/audited-store.js';

type Undo = () => void | Promise<void>;
type Flips = Partial<Record<AuditLineId, AuditVerdict>>;

export interface Tampering {
  readonly name: string;
  /** Needs logged models, which MLflow 2 does not have. */
  readonly models?: true;
  readonly does: (store: AuditedStore) => Promise<readonly Undo[]>;
  readonly flips: Flips;
}

const RUN = ({ first }: AuditedStore) => first.run_id;
const MODEL = ({ first }: AuditedStore) => first.model_id;

/** What follows if files of the package are not those recorded: nothing of it is parsed or run. */
const OTHER_FILES: Flips = { bytes: 'refuted', registry: 'recorded', golden: 'unknown', rescore: 'unknown' };
/** What follows if the lineage is not the one recorded. */
const OTHER_LINEAGE: Flips = {
  run: 'recorded',
  record: 'refuted',
  data: 'unknown',
  recipe: 'unknown',
  code: 'unknown',
  dependencies: 'unknown',
};

const runTag = (name: string, key: string, value: string, flips: Flips): Tampering => ({
  name,
  does: async (store) => [
    await store.sql('UPDATE tags SET value = ? WHERE key = ? AND run_uuid = ?', value, key, RUN(store)),
  ],
  flips: { record: 'refuted', ...flips },
});

const versionTag = (name: string, key: string, value: string, flips: Flips): Tampering => ({
  name,
  does: async (store) => [
    await store.sql(
      'UPDATE model_version_tags SET value = ? WHERE key = ? AND name = ? AND version = 1',
      value,
      key,
      'audited',
    ),
  ],
  flips,
});

const modelTag = (name: string, key: string, value: string, flips: Flips): Tampering => ({
  name,
  models: true,
  does: async (store) => [
    await store.sql(
      'UPDATE logged_model_tags SET tag_value = ? WHERE tag_key = ? AND model_id = ?',
      value,
      key,
      MODEL(store),
    ),
  ],
  flips,
});

const runRow = (name: string, set: string, flips: Flips): Tampering => ({
  name,
  does: async (store) => [await store.sql(`UPDATE runs SET ${set} WHERE run_uuid = ?`, RUN(store))],
  flips,
});

const flipped = (bytes: Buffer): Buffer => {
  const copy = Buffer.from(bytes);
  copy[copy.length >> 1]! ^= 1;
  return copy;
};

const file = (
  name: string,
  place: 'run' | 'model' | 'work',
  path: string,
  change: ((bytes: Buffer) => Buffer | string) | null,
  flips: Flips,
): Tampering => ({
  name,
  does: async (store) => [store.file(join(store.folders[place], path), change)],
  flips,
});

const FALSE_DIGEST = `sha256:${'0'.repeat(64)}`;
const signatureAt = (store: AuditedStore, file: string): string => {
  const tag = store.signatureFolder;
  return join(store.folders.run, tag, file);
};

export const TAMPERINGS: readonly Tampering[] = [
  {
    name: 'a param has another value',
    does: async (store) => [
      await store.sql(
        "UPDATE params SET value = '99' WHERE key = 'logistic_regression__max_iter' AND run_uuid = ?",
        RUN(store),
      ),
    ],
    flips: { record: 'refuted' },
  },
  {
    name: 'a param was added',
    does: async (store) => [
      await store.sql("INSERT INTO params (key, value, run_uuid) VALUES ('added', '1', ?)", RUN(store)),
    ],
    flips: { record: 'refuted' },
  },
  {
    name: 'a param was removed',
    does: async (store) => [
      await store.sql("DELETE FROM params WHERE key = 'logistic_regression__max_iter' AND run_uuid = ?", RUN(store)),
    ],
    flips: { record: 'refuted' },
  },
  {
    name: 'a metric is better',
    does: async (store) => [
      await store.sql("UPDATE latest_metrics SET value = 0.999 WHERE key = 'val_acc' AND run_uuid = ?", RUN(store)),
    ],
    flips: { record: 'refuted', rescore: 'refuted' },
  },
  {
    name: 'a metric was added',
    does: async (store) => [
      await store.sql(
        "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES ('added', 1.0, 1, 0, 0, ?)",
        RUN(store),
      ),
    ],
    flips: { record: 'refuted' },
  },
  {
    name: 'a metric was removed',
    does: async (store) => [
      await store.sql("DELETE FROM latest_metrics WHERE key = 'val_acc' AND run_uuid = ?", RUN(store)),
    ],
    flips: { record: 'refuted' },
  },
  runTag('somebody else is the user', 'mlflow.user', 'eve', {}),
  {
    name: 'a tag was added',
    does: async (store) => [
      await store.sql("INSERT INTO tags (key, value, run_uuid) VALUES ('approved', 'yes', ?)", RUN(store)),
    ],
    flips: { record: 'refuted' },
  },
  {
    name: 'a tag was removed',
    does: async (store) => [
      await store.sql("DELETE FROM tags WHERE key = 'mlflow.source.name' AND run_uuid = ?", RUN(store)),
    ],
    flips: { record: 'refuted' },
  },
  runTag('the commit is another', 'mlflow.source.git.commit', 'a'.repeat(40), { code: 'refuted' }),
  runTag('the code is said to have been changed', 'mlctl.git_dirty', 'true', { code: 'refuted' }),
  runTag('another mlctl is said to have trained it', 'mlctl.version', '9.9.9', { dependencies: 'refuted' }),
  runTag('the digest of the recipe is another', 'mlctl.recipe_digest', FALSE_DIGEST, { recipe: 'refuted' }),
  runTag('the digest of the data is another', 'mlctl.data_digest', FALSE_DIGEST, { data: 'refuted' }),
  runTag('the run has another digest of the package', 'mlctl.package_digest', FALSE_DIGEST, { bytes: 'refuted' }),
  modelTag('the logged model has another digest of the package', 'mlctl.package_digest', FALSE_DIGEST, {
    bytes: 'refuted',
  }),
  versionTag('the version has another digest of the package', 'mlctl.package_digest', FALSE_DIGEST, OTHER_FILES),
  versionTag('the version has another digest of the run', 'mlctl.run_digest', 'nonsense', { record: 'refuted' }),
  modelTag('the logged model has another digest of the run', 'mlctl.run_digest', 'nonsense', { record: 'refuted' }),
  versionTag('the version has another digest of the lineage', 'mlctl.lineage_digest', FALSE_DIGEST, OTHER_LINEAGE),
  file(
    'the lineage names another user',
    'run',
    'lineage.json',
    (bytes) => String(bytes).replace('"ada"', '"eve"'),
    OTHER_LINEAGE,
  ),
  file('the lineage is gone', 'run', 'lineage.json', null, OTHER_LINEAGE),
  runRow('the run failed', "status = 'FAILED'", { run: 'refuted' }),
  runRow('the run never ended', "status = 'RUNNING', end_time = NULL", { run: 'refuted' }),
  runRow('the run is deleted', "lifecycle_stage = 'deleted'", { run: 'refuted' }),
  runRow('the run ended before it started', 'end_time = start_time - 60000', { run: 'refuted' }),
  runRow('the run ended before its work was done', 'start_time = start_time - 600000, end_time = start_time - 300000', {
    run: 'refuted',
  }),
  {
    name: "MLflow's input has another digest",
    does: async (store) => [await store.sql("UPDATE datasets SET digest = '00000000000000000000000000000000'")],
    flips: { data: 'refuted' },
  },
  file('a row of the data was changed', 'work', 'rows.csv', flipped, { data: 'refuted' }),
  file('the data is gone', 'work', 'rows.csv', null, { data: 'recorded' }),
  file('recipe.yaml of the run was changed', 'run', 'recipe.yaml', (bytes) => `${bytes}# \n`, { recipe: 'refuted' }),
  file('recipe.yaml of the run is gone', 'run', 'recipe.yaml', null, { recipe: 'recorded' }),
  file(
    'a true label of the evaluation was changed',
    'run',
    'evaluation/y_te.csv',
    (bytes) => String(bytes).replace(/yes|no/, (word) => (word === 'yes' ? 'no' : 'yes')),
    { rescore: 'refuted' },
  ),
  file('the rows of the evaluation are gone', 'run', 'evaluation/X_te.csv', null, { rescore: 'unknown' }),
  file('a bit of the graph was flipped', 'model', 'model.onnx', flipped, { ...OTHER_FILES, signature: 'refuted' }),
  file('MLmodel was changed', 'model', 'MLmodel', (bytes) => `${bytes}# \n`, { ...OTHER_FILES, signature: 'refuted' }),
  file('a file was added to the package', 'model', 'extra.py', () => 'import os\n', {
    ...OTHER_FILES,
    signature: 'refuted',
  }),
  file('a file of the package is gone', 'model', 'conda.yaml', null, { ...OTHER_FILES, signature: 'refuted' }),
  {
    name: 'the recorded predictions and every digest of the package were changed together',
    async does(store) {
      const undo: Undo[] = [
        store.file(join(store.folders.model, 'golden_predictions.json'), (bytes) =>
          String(bytes).replace(/0\.\d+/, '0.123456789'),
        ),
      ];
      const { package: digest } = await digestPackage(store.folders.model);
      const key = 'mlctl.package_digest';
      undo.push(
        await store.sql('UPDATE tags SET value = ? WHERE key = ? AND run_uuid = ?', digest, key, RUN(store)),
        await store.sql('UPDATE model_version_tags SET value = ? WHERE key = ? AND version = 1', digest, key),
      );
      if (MODEL(store) !== null)
        undo.push(
          await store.sql(
            'UPDATE logged_model_tags SET tag_value = ? WHERE tag_key = ? AND model_id = ?',
            digest,
            key,
            MODEL(store),
          ),
        );
      return undo;
    },
    flips: { record: 'refuted', golden: 'refuted', signature: 'refuted' },
  },
  {
    name: 'an alias was moved without a record',
    does: async (store) => [
      await store.sql("UPDATE registered_model_aliases SET version = 1 WHERE alias = 'champion'"),
    ],
    flips: { history: 'unknown' },
  },
  {
    name: 'a stage was moved without a record',
    does: async (store) => [
      await store.sql("UPDATE model_versions SET current_stage = 'Production' WHERE name = 'audited' AND version = 1"),
    ],
    flips: { history: 'unknown' },
  },
  {
    name: 'the record of a move is gone',
    does: async (store) => [
      await store.sql("DELETE FROM model_version_tags WHERE key LIKE 'mlctl.history.%' AND version = 2"),
    ],
    flips: { history: 'unknown' },
  },
  {
    name: 'the version names another run',
    does: async (store) => [
      await store.sql('UPDATE model_versions SET run_id = ? WHERE version = 1', store.second.run_id),
    ],
    flips: { ...OTHER_LINEAGE, registry: 'refuted', rescore: 'refuted', signature: 'refuted' },
  },
  {
    name: 'the registration never finished',
    does: async (store) => [
      await store.sql("UPDATE model_versions SET status = 'FAILED_REGISTRATION' WHERE version = 1"),
    ],
    flips: { registry: 'refuted' },
  },
  {
    name: 'the upload of the logged model never finished',
    models: true,
    does: async (store) => [await store.sql('UPDATE logged_models SET status = 1 WHERE model_id = ?', MODEL(store))],
    flips: { registry: 'refuted' },
  },
  {
    name: 'the logged model comes from another run',
    models: true,
    does: async (store) => [
      await store.sql(
        'UPDATE logged_models SET source_run_id = ? WHERE model_id = ?',
        store.second.run_id,
        MODEL(store),
      ),
    ],
    flips: { registry: 'refuted' },
  },
  {
    name: 'the repository does not have the commit any more',
    async does({ folders: { work } }) {
      renameSync(join(work, '.git'), join(work, '.git-away'));
      return [() => renameSync(join(work, '.git-away'), join(work, '.git'))];
    },
    flips: { code: 'recorded' },
  },
  {
    name: 'the signature is gone',
    does: async (store) => [store.file(signatureAt(store, 'model.sig'), null)],
    flips: { signature: 'refuted' },
  },
  {
    name: 'the provenance is gone',
    does: async (store) => [store.file(signatureAt(store, 'provenance.intoto.json'), null)],
    flips: { signature: 'refuted' },
  },
  {
    name: 'the signature is by another key',
    async does(store) {
      const { privatePem } = newKeyPair(undefined);
      const { files } = await digestPackage(store.folders.model);
      const { bundle } = signModelFiles(files, 'model', [], readPrivateKey(privatePem, 'eve', undefined));
      return [store.file(signatureAt(store, 'model.sig'), () => Buffer.from(bundle))];
    },
    flips: { signature: 'refuted' },
  },
  {
    name: 'a bit of the signed test result was flipped',
    does: async (store) => [store.file(signatureAt(store, 'test-result.intoto.json'), flipped)],
    flips: { signature: 'refuted' },
  },
];

export const undoAll = async (undo: readonly Undo[]): Promise<void> => {
  for (const one of [...undo].reverse()) await one();
};
