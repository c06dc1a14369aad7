// Turns versions of registered models into MLflow's tables and back: numbered without gaps, staged, tagged; deleted ones are not
// shown.
import { MlctlError } from '../../errors/error.js';
import { loggedModelIdOf } from '../../uri/logged-model-id.js';
import { parseFilter } from '../filter.js';
import { checkModelName, checkRegistryTag, checkStage, REQUEST_ID_TAG } from '../limits.js';
import type { ModelVersion, NewModelVersion } from '../model-registry.js';
import { formatPageToken, parsePageToken } from '../page-token.js';
import { parseOrderBy } from '../parse-order-by.js';
import type { Page, SearchRequest, Tags } from '../store.js';
import type { LoggedModel } from '../tracking-store.js';
import type { Sqlite, SqlRow } from './driver.js';
import { promptClause, withoutPromptTag } from './prompts.js';
import { integer, pageSize, tagsOf, text, textOrNull } from './rows.js';
import { and, comparisonSql, type SearchTables } from './search-sql.js';

const TABLES: SearchTables = {
  row: 'v',
  tags: 'model_version_tags',
  owner: 't.name = v.name AND t.version = v.version',
  columns: { source_path: 'source', version_number: 'version' },
};

/** The stage of a deleted version. */
export const DELETED = 'Deleted_Internal';

export function toModelVersion(sqlite: Sqlite, row: SqlRow): ModelVersion {
  const name = text(row['name']);
  const version = integer(row['version']);
  const source = text(row['source']);
  return {
    name,
    version,
    stage: text(row['current_stage']),
    source,
    runId: textOrNull(row['run_id']) || null,
    modelId: loggedModelIdOf(source),
    status: text(row['status']),
    creationTime: integer(row['creation_time']),
    lastUpdatedTime: integer(row['last_updated_time']),
    userId: textOrNull(row['user_id']) || null,
    description: text(row['description']),
    aliases: sqlite
      .all('SELECT alias FROM registered_model_aliases WHERE name = ? AND version = ? ORDER BY alias', name, version)
      .map((alias) => text(alias['alias'])),
    tags: tagsOf(
      sqlite.all(
        'SELECT key, value FROM model_version_tags WHERE name = ? AND version = ? ORDER BY key',
        name,
        version,
      ),
    ),
  };
}

export function getModelVersion(sqlite: Sqlite, name: string, version: number): ModelVersion | null {
  const row = Number.isSafeInteger(version)
    ? sqlite.first(
        'SELECT * FROM model_versions WHERE name = ? AND version = ? AND current_stage <> ?',
        name,
        version,
        DELETED,
      )
    : null;
  return row === null ? null : toModelVersion(sqlite, row);
}

export function existingVersion(sqlite: Sqlite, name: string, version: number): ModelVersion {
  const found = getModelVersion(sqlite, name, version);
  if (found === null)
    throw new MlctlError('MODEL_NOT_FOUND', `there is no version ${version} of the model ${JSON.stringify(name)}`, {
      hint: `list its versions: mlctl history ${name}`,
    });
  return found;
}

/** Where the files really are. */
export function locationOfVersion(sqlite: Sqlite, name: string, version: number): string {
  existingVersion(sqlite, name, version);
  const row = sqlite.first(
    'SELECT storage_location, source FROM model_versions WHERE name = ? AND version = ?',
    name,
    version,
  );
  return text(row?.['storage_location']) || text(row?.['source']);
}

/**
 * `logged` is the logged model behind the source, if there is one: its location and run are copied into the version, as in
 * Python.
 */
export function createModelVersion(
  sqlite: Sqlite,
  request: NewModelVersion,
  logged: LoggedModel | null,
  now: number,
): ModelVersion {
  const { name } = request;
  checkModelName(name);
  const tags = new Map([...request.tags, [REQUEST_ID_TAG, request.requestId]]);
  for (const [key, value] of tags) checkRegistryTag(key, value);
  if (sqlite.first('SELECT name FROM registered_models WHERE name = ?', name) === null)
    throw new MlctlError('MODEL_NOT_FOUND', `there is no registered model ${JSON.stringify(name)}`, {
      hint: `register under this name: mlctl register <uri> --name ${name}`,
    });
  const earlier = sqlite.first(
    'SELECT t.version FROM model_version_tags t JOIN model_versions v ON v.name = t.name AND v.version = t.version WHERE t.name = ? AND t.key = ? AND t.value = ? AND v.current_stage <> ?',
    name,
    REQUEST_ID_TAG,
    request.requestId,
    DELETED,
  );
  if (earlier !== null) return existingVersion(sqlite, name, integer(earlier['version']));
  const version = integer(
    sqlite.first('SELECT coalesce(max(version), 0) + 1 AS next FROM model_versions WHERE name = ?', name)?.['next'],
  );
  sqlite.run(
    "INSERT INTO model_versions (name, version, creation_time, last_updated_time, current_stage, source, run_id, status, storage_location) VALUES (?, ?, ?, ?, 'None', ?, ?, 'READY', ?)",
    name,
    version,
    now,
    now,
    request.source,
    request.runId ?? logged?.sourceRunId ?? null,
    placeOf(sqlite, request.source, logged),
  );
  for (const [key, value] of tags)
    sqlite.run(
      'INSERT INTO model_version_tags (key, value, name, version) VALUES (?, ?, ?, ?)',
      key,
      value,
      name,
      version,
    );
  sqlite.run('UPDATE registered_models SET last_updated_time = ? WHERE name = ?', now, name);
  return existingVersion(sqlite, name, version);
}

/** A source that names a model (`models:/m-…`, `models:/name/3`) is not a location; its files have one. */
function placeOf(sqlite: Sqlite, source: string, logged: LoggedModel | null): string {
  if (loggedModelIdOf(source) !== null) return logged?.artifactUri ?? source;
  const other = /^models:\/([^/]+)\/(\d+)$/.exec(source);
  return other ? locationOfVersion(sqlite, other[1] ?? '', Number(other[2])) : source;
}

/** The tag by which MLflow's pages show where a logged model is registered. */
export function registeredAsTag(logged: LoggedModel, name: string, version: number): Tags {
  let list: unknown[] = [];
  try {
    const parsed: unknown = JSON.parse(logged.tags.get('mlflow.modelVersions') ?? '[]');
    if (Array.isArray(parsed)) list = parsed;
  } catch {}
  const there = list.some(
    (entry) =>
      (entry as { name?: unknown })?.name === name &&
      String((entry as { version?: unknown }).version) === String(version),
  );
  return new Map([['mlflow.modelVersions', JSON.stringify(there ? list : [...list, { name, version }])]]);
}

/** Newest of each stage named, all stages if none is. */
export function latestVersions(sqlite: Sqlite, name: string, stages: readonly string[] = []): ModelVersion[] {
  const wanted: readonly string[] = stages.map(checkStage);
  return sqlite
    .all(
      'SELECT * FROM model_versions v WHERE name = ? AND current_stage <> ? AND NOT EXISTS (SELECT 1 FROM model_versions w WHERE w.name = v.name AND w.current_stage = v.current_stage AND w.version > v.version) ORDER BY version DESC',
      name,
      DELETED,
    )
    .map((row) => toModelVersion(sqlite, row))
    .filter(({ stage }) => wanted.length === 0 || wanted.includes(stage));
}

export function searchModelVersions(sqlite: Sqlite, request: SearchRequest): Page<ModelVersion> {
  const size = pageSize(request.maxResults, 10_000, 200_000);
  const offset = parsePageToken(request.pageToken);
  const filters = parseFilter(request.filter, 'model_version');
  const where = and([
    { sql: 'v.current_stage <> ?', values: [DELETED] },
    ...promptClause(filters, 'model_version_tags', 'v'),
    ...withoutPromptTag(filters).map((one) => comparisonSql(TABLES, one)),
  ]);
  const asked = request.orderBy?.length
    ? request.orderBy
    : ['last_updated_timestamp DESC', 'name ASC', 'version_number DESC'];
  const terms = asked.map((clause) => parseOrderBy(clause, 'model_version'));
  const orders = terms.map((term) => `v.${term.key} ${term.ascending ? 'ASC' : 'DESC'}`);
  if (!terms.some((term) => term.key === 'name')) orders.push('v.name ASC');
  if (!terms.some((term) => term.key === 'version')) orders.push('v.version DESC');
  const rows = sqlite.all(
    `SELECT v.* FROM model_versions v WHERE ${where.sql} ORDER BY ${orders.join(', ')} LIMIT ? OFFSET ?`,
    ...where.values,
    size + 1,
    offset,
  );
  return {
    items: rows.slice(0, size).map((row) => toModelVersion(sqlite, row)),
    nextPageToken: rows.length > size ? formatPageToken(offset + size) : null,
  };
}
