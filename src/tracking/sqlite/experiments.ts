// Turns experiments into MLflow's tables and back.
import { MlctlError } from '../../errors/error.js';
import { type Comparison, parseFilter } from '../filter.js';
import { checkExperimentName } from '../limits.js';
import { formatPageToken, parsePageToken } from '../page-token.js';
import { parseOrderBy } from '../parse-order-by.js';
import type { Page, SearchRequest } from '../store.js';
import type { Experiment } from '../tracking-store.js';
import { appendToLocation } from './append-to-location.js';
import type { Sqlite, SqlRow } from './driver.js';
import { integer, pageSize, tagsOf, text } from './rows.js';
import { and, comparisonSql, type SearchTables, type SqlPart } from './search-sql.js';

const TABLES: SearchTables = { row: 'e', tags: 'experiment_tags', owner: 't.experiment_id = e.experiment_id' };

function toExperiment(sqlite: Sqlite, row: SqlRow): Experiment {
  const id = integer(row['experiment_id']);
  return {
    experimentId: String(id),
    name: text(row['name']),
    artifactLocation: text(row['artifact_location']),
    lifecycleStage: row['lifecycle_stage'] === 'deleted' ? 'deleted' : 'active',
    creationTime: row['creation_time'] === null ? null : integer(row['creation_time']),
    tags: tagsOf(sqlite.all('SELECT key, value FROM experiment_tags WHERE experiment_id = ? ORDER BY key', id)),
  };
}

/** Ids are whole numbers in this store; any other id does not name an experiment. */
export function experimentNumber(experimentId: string): number | null {
  return /^\d{1,15}$/.test(experimentId) ? Number(experimentId) : null;
}

export function getExperiment(sqlite: Sqlite, experimentId: string): Experiment | null {
  const id = experimentNumber(experimentId);
  const row = id === null ? null : sqlite.first('SELECT * FROM experiments WHERE experiment_id = ?', id);
  return row === null ? null : toExperiment(sqlite, row);
}

export function getExperimentByName(sqlite: Sqlite, name: string): Experiment | null {
  const row = sqlite.first('SELECT * FROM experiments WHERE name = ?', name);
  return row === null ? null : toExperiment(sqlite, row);
}

/** The experiment a run or model may be written to. */
export function activeExperiment(sqlite: Sqlite, experimentId: string): Experiment {
  const experiment = getExperiment(sqlite, experimentId);
  if (experiment === null)
    throw new MlctlError('EXPERIMENT_NOT_FOUND', `there is no experiment with the id ${experimentId}`, {
      hint: 'list what there is: mlctl runs',
    });
  return refuseDeleted(experiment);
}

export function refuseDeleted(experiment: Experiment): Experiment {
  if (experiment.lifecycleStage === 'deleted')
    throw new MlctlError(
      'EXPERIMENT_DELETED',
      `the experiment ${JSON.stringify(experiment.name)} is deleted, so nothing can be logged to it`,
      {
        hint: `restore it (mlflow experiments restore --experiment-id ${experiment.experimentId}) or choose another name`,
      },
    );
  return experiment;
}

export function ensureExperiment(sqlite: Sqlite, name: string, artifactRoot: string, now: number): Experiment {
  checkExperimentName(name);
  const found = getExperimentByName(sqlite, name);
  if (found) return refuseDeleted(found);
  const id = integer(sqlite.first('SELECT coalesce(max(experiment_id), 0) + 1 AS id FROM experiments')?.['id'] ?? null);
  sqlite.run(
    "INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time) VALUES (?, ?, ?, 'active', ?, ?)",
    id,
    name,
    appendToLocation(artifactRoot, String(id)),
    now,
    now,
  );
  return activeExperiment(sqlite, String(id));
}

export function searchExperiments(sqlite: Sqlite, request: SearchRequest): Page<Experiment> {
  const size = pageSize(request.maxResults, 1000, 50_000);
  const offset = parsePageToken(request.pageToken);
  const where = and([
    { sql: "e.lifecycle_stage = 'active'", values: [] },
    ...parseFilter(request.filter, 'experiment').map(experimentSql),
  ]);
  const terms = (request.orderBy?.length ? request.orderBy : ['creation_time DESC', 'experiment_id ASC']).map(
    (clause) => parseOrderBy(clause, 'experiment'),
  );
  const orders = terms.map((term) => `e.${term.key} ${term.ascending ? 'ASC' : 'DESC'}`);
  if (!terms.some((term) => term.key === 'experiment_id')) orders.push('e.experiment_id DESC');
  const rows = sqlite.all(
    `SELECT e.* FROM experiments e WHERE ${where.sql} ORDER BY ${orders.join(', ')} LIMIT ? OFFSET ?`,
    ...where.values,
    size + 1,
    offset,
  );
  return {
    items: rows.slice(0, size).map((row) => toExperiment(sqlite, row)),
    nextPageToken: rows.length > size ? formatPageToken(offset + size) : null,
  };
}

function experimentSql(comparison: Comparison): SqlPart {
  if (comparison.kind !== 'tag' && comparison.key === 'experiment_id') {
    const ids = (Array.isArray(comparison.value) ? comparison.value : [comparison.value]).map(
      (id) => experimentNumber(String(id)) ?? -1,
    );
    const negated = comparison.comparator === '!=' || comparison.comparator === 'NOT IN';
    return { sql: `e.experiment_id ${negated ? 'NOT IN' : 'IN'} (${ids.map(() => '?').join(', ')})`, values: ids };
  }
  return comparisonSql(TABLES, comparison);
}
