// Turns the data sets of a run into MLflow's tables datasets, inputs and input_tags, and back.
import { randomBytes } from 'node:crypto';
import type { DatasetInput } from '../tracking-store.js';
import { activeRun } from './active-run.js';
import type { Sqlite } from './driver.js';
import { tagsOf, text, textOrNull } from './rows.js';

export function datasetsOf(sqlite: Sqlite, runId: string): DatasetInput[] {
  const rows = sqlite.all(
    "SELECT d.*, i.input_uuid FROM inputs i JOIN datasets d ON d.dataset_uuid = i.source_id WHERE i.source_type = 'DATASET' AND i.destination_type = 'RUN' AND i.destination_id = ? ORDER BY i.rowid",
    runId,
  );
  return rows.map((row) => ({
    name: text(row['name']),
    digest: text(row['digest']),
    sourceType: text(row['dataset_source_type']),
    source: text(row['dataset_source']),
    schema: textOrNull(row['dataset_schema']),
    profile: textOrNull(row['dataset_profile']),
    tags: tagsOf(
      sqlite.all('SELECT name, value FROM input_tags WHERE input_uuid = ? ORDER BY name', row['input_uuid'] ?? null),
      'name',
    ),
  }));
}

/** A data set is one row per experiment, name and digest; a run is linked to it once. */
export function logInputs(sqlite: Sqlite, runId: string, datasets: readonly DatasetInput[]): void {
  const { experimentId } = activeRun(sqlite, runId);
  for (const dataset of datasets) {
    const known = sqlite.first(
      'SELECT dataset_uuid FROM datasets WHERE experiment_id = ? AND name = ? AND digest = ?',
      experimentId,
      dataset.name,
      dataset.digest,
    );
    const datasetId = known === null ? randomBytes(16).toString('hex') : text(known['dataset_uuid']);
    if (known === null)
      sqlite.run(
        'INSERT INTO datasets (dataset_uuid, experiment_id, name, digest, dataset_source_type, dataset_source, dataset_schema, dataset_profile) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        datasetId,
        experimentId,
        dataset.name,
        dataset.digest,
        dataset.sourceType,
        dataset.source,
        dataset.schema,
        dataset.profile,
      );
    const linked = sqlite.first(
      "SELECT input_uuid FROM inputs WHERE source_type = 'DATASET' AND source_id = ? AND destination_type = 'RUN' AND destination_id = ?",
      datasetId,
      runId,
    );
    if (linked !== null) continue;
    const inputId = randomBytes(16).toString('hex');
    sqlite.run(
      "INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id) VALUES (?, 'DATASET', ?, 'RUN', ?)",
      inputId,
      datasetId,
      runId,
    );
    for (const [key, value] of dataset.tags)
      sqlite.run('INSERT INTO input_tags (input_uuid, name, value) VALUES (?, ?, ?)', inputId, key, value);
  }
}
