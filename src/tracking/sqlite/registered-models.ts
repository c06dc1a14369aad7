// Turns registered models into MLflow's tables and back: names, tags, aliases, stages.
import { MlctlError } from '../../errors/error.js';
import { parseFilter } from '../filter.js';
import { checkAlias, checkModelName, checkRegistryTag, checkStage } from '../limits.js';
import type { ModelVersion, RegisteredModel, Transition } from '../model-registry.js';
import { formatPageToken, parsePageToken } from '../page-token.js';
import { parseOrderBy } from '../parse-order-by.js';
import type { Page, SearchRequest } from '../store.js';
import type { Sqlite, SqlRow } from './driver.js';
import { existingVersion, getModelVersion, latestVersions } from './model-versions.js';
import { promptClause, withoutPromptTag } from './prompts.js';
import { integer, pageSize, tagsOf, text } from './rows.js';
import { and, comparisonSql, type SearchTables } from './search-sql.js';

const TABLES: SearchTables = { row: 'm', tags: 'registered_model_tags', owner: 't.name = m.name' };

function toRegisteredModel(sqlite: Sqlite, row: SqlRow): RegisteredModel {
  const name = text(row['name']);
  const aliases = sqlite.all('SELECT alias, version FROM registered_model_aliases WHERE name = ? ORDER BY alias', name);
  return {
    name,
    creationTime: integer(row['creation_time']),
    lastUpdatedTime: integer(row['last_updated_time']),
    description: text(row['description']),
    aliases: new Map(aliases.map((alias) => [text(alias['alias']), integer(alias['version'])])),
    tags: tagsOf(sqlite.all('SELECT key, value FROM registered_model_tags WHERE name = ? ORDER BY key', name)),
    latestVersions: latestVersions(sqlite, name),
  };
}

export function getRegisteredModel(sqlite: Sqlite, name: string): RegisteredModel | null {
  const row = sqlite.first('SELECT * FROM registered_models WHERE name = ?', name);
  return row === null ? null : toRegisteredModel(sqlite, row);
}

export function ensureRegisteredModel(sqlite: Sqlite, name: string, now: number): void {
  if (sqlite.first('SELECT name FROM registered_models WHERE name = ?', name) !== null) return;
  checkModelName(name);
  sqlite.run(
    'INSERT INTO registered_models (name, creation_time, last_updated_time, description) VALUES (?, ?, ?, NULL)',
    name,
    now,
    now,
  );
}

export function setModelVersionTag(sqlite: Sqlite, name: string, version: number, key: string, value: string): void {
  checkRegistryTag(key, value);
  existingVersion(sqlite, name, version);
  if (
    sqlite.run(
      'UPDATE model_version_tags SET value = ? WHERE name = ? AND version = ? AND key = ?',
      value,
      name,
      version,
      key,
    ) === 0
  )
    sqlite.run(
      'INSERT INTO model_version_tags (key, value, name, version) VALUES (?, ?, ?, ?)',
      key,
      value,
      name,
      version,
    );
}

export function deleteModelVersionTag(sqlite: Sqlite, name: string, version: number, key: string): void {
  sqlite.run('DELETE FROM model_version_tags WHERE name = ? AND version = ? AND key = ?', name, version, key);
}

export function transitionStage(
  sqlite: Sqlite,
  { name, version, stage: asked, archiveExisting }: Transition,
  now: number,
): void {
  const stage = checkStage(asked);
  if (archiveExisting && stage !== 'Staging' && stage !== 'Production')
    throw new MlctlError(
      'USAGE',
      `existing versions can be archived only when moving to Staging or Production, not to ${stage}`,
      { hint: 'leave the archiving out' },
    );
  existingVersion(sqlite, name, version);
  if (archiveExisting)
    sqlite.run(
      "UPDATE model_versions SET current_stage = 'Archived', last_updated_time = ? WHERE name = ? AND version <> ? AND current_stage = ?",
      now,
      name,
      version,
      stage,
    );
  sqlite.run(
    'UPDATE model_versions SET current_stage = ?, last_updated_time = ? WHERE name = ? AND version = ?',
    stage,
    now,
    name,
    version,
  );
  sqlite.run('UPDATE registered_models SET last_updated_time = ? WHERE name = ?', now, name);
}

export function setAlias(sqlite: Sqlite, name: string, alias: string, version: number): void {
  checkAlias(alias);
  existingVersion(sqlite, name, version);
  if (
    sqlite.run('UPDATE registered_model_aliases SET version = ? WHERE name = ? AND alias = ?', version, name, alias) ===
    0
  )
    sqlite.run('INSERT INTO registered_model_aliases (alias, version, name) VALUES (?, ?, ?)', alias, version, name);
}

export function versionByAlias(sqlite: Sqlite, name: string, alias: string): ModelVersion | null {
  const row = sqlite.first('SELECT version FROM registered_model_aliases WHERE name = ? AND alias = ?', name, alias);
  return row === null ? null : getModelVersion(sqlite, name, integer(row['version']));
}

export function searchRegisteredModels(sqlite: Sqlite, request: SearchRequest): Page<RegisteredModel> {
  const size = pageSize(request.maxResults, 100, 1000);
  const offset = parsePageToken(request.pageToken);
  const filters = parseFilter(request.filter, 'registered_model');
  const where = and([
    ...promptClause(filters, 'registered_model_tags', 'm'),
    ...withoutPromptTag(filters).map((one) => comparisonSql(TABLES, one)),
  ]);
  const terms = (request.orderBy ?? []).map((clause) => parseOrderBy(clause, 'registered_model'));
  const orders = terms.map((term) => `m.${term.key} ${term.ascending ? 'ASC' : 'DESC'}`);
  if (!terms.some((term) => term.key === 'name')) orders.push('m.name ASC');
  const rows = sqlite.all(
    `SELECT m.* FROM registered_models m WHERE ${where.sql} ORDER BY ${orders.join(', ')} LIMIT ? OFFSET ?`,
    ...where.values,
    size + 1,
    offset,
  );
  return {
    items: rows.slice(0, size).map((row) => toRegisteredModel(sqlite, row)),
    nextPageToken: rows.length > size ? formatPageToken(offset + size) : null,
  };
}
