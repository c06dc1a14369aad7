// Turns MLflow's search over runs into one SELECT that gives run ids in order.
import { type Comparison, parseFilter, searchInvalid } from '../filter.js';
import { type OrderTerm, parseOrderBy } from '../parse-order-by.js';
import { and, compareColumn, compareKeyed, comparisonSql, type SearchTables, type SqlPart } from './search-sql.js';

const OWNER = 't.run_uuid = r.run_uuid';
const TABLES: SearchTables = { row: 'r', tags: 'tags', owner: OWNER, columns: { run_id: 'run_uuid' } };

/** Ids of the active runs of the experiments, in order, `limit` of them from `offset` on. */
export function runSearchSql(request: {
  readonly experimentIds: readonly number[];
  readonly filter: string | undefined;
  readonly orderBy: readonly string[];
  readonly limit: number;
  readonly offset: number;
}): SqlPart {
  const where = and([
    { sql: `r.experiment_id IN (${request.experimentIds.map(() => '?').join(', ')})`, values: request.experimentIds },
    { sql: "r.lifecycle_stage = 'active'", values: [] },
    ...parseFilter(request.filter, 'run').map(runSql),
  ]);
  const terms = request.orderBy.map((clause) => parseOrderBy(clause, 'run'));
  const seen = new Set<string>();
  for (const [i, term] of terms.entries()) {
    const name = `${term.kind}.${term.key}`;
    if (seen.has(name)) throw searchInvalid('the same order twice', request.orderBy[i] ?? '');
    seen.add(name);
  }
  const orders = terms.map(orderSql);
  if (!seen.has('attribute.start_time')) orders.push({ sql: 'r.start_time DESC', values: [] });
  return {
    sql: `SELECT r.run_uuid AS run_id FROM runs r WHERE ${where.sql} ORDER BY ${[...orders.map((order) => order.sql), 'r.run_uuid'].join(', ')} LIMIT ? OFFSET ?`,
    values: [...where.values, ...orders.flatMap((order) => order.values), request.limit, request.offset],
  };
}

function runSql(comparison: Comparison): SqlPart {
  const { kind, key, comparator } = comparison;
  switch (kind) {
    case 'param':
      return compareKeyed('params', OWNER, comparison);
    case 'tag':
      return comparisonSql(TABLES, comparison);
    case 'metric': {
      // NaN is stored as 0 with a mark: it differs from every number, and every other comparison with it is false.
      const part = compareColumn('t.value', comparison);
      const value = comparator === '!=' ? `(${part.sql} OR t.is_nan = 1)` : `(${part.sql} AND t.is_nan = 0)`;
      return {
        sql: `EXISTS (SELECT 1 FROM latest_metrics t WHERE ${OWNER} AND t.key = ? AND ${value})`,
        values: [key, ...part.values],
      };
    }
    case 'attribute':
      // Runs of old versions have their name only as a tag, so MLflow searches the tag.
      if (key === 'run_name') return compareKeyed('tags', OWNER, { ...comparison, kind: 'tag', key: 'mlflow.runName' });
      return comparisonSql(TABLES, comparison);
    case 'dataset': {
      const inputs = "FROM datasets d JOIN inputs i ON i.source_id = d.dataset_uuid AND i.source_type = 'DATASET'";
      if (key === 'context') {
        const part = compareColumn('g.value', comparison);
        return {
          sql: `EXISTS (SELECT 1 ${inputs} JOIN input_tags g ON g.input_uuid = i.input_uuid AND g.name = 'mlflow.data.context' WHERE i.destination_id = r.run_uuid AND ${part.sql})`,
          values: part.values,
        };
      }
      const part = compareColumn(`d.${key}`, comparison);
      return {
        sql: `EXISTS (SELECT 1 ${inputs} WHERE i.destination_id = r.run_uuid AND ${part.sql})`,
        values: part.values,
      };
    }
  }
}

function orderSql({ kind, key, ascending }: OrderTerm): SqlPart {
  const way = ascending ? 'ASC' : 'DESC';
  if (kind === 'attribute') return { sql: `r.${key} IS NULL, r.${key} ${way}`, values: [] };
  const table = kind === 'metric' ? 'latest_metrics' : kind === 'param' ? 'params' : 'tags';
  const of = (what: string) => `(SELECT ${what} FROM ${table} t WHERE ${OWNER} AND t.key = ?)`;
  // Numbers first, then NaN, then runs without the metric.
  const group = kind === 'metric' ? `coalesce(${of('t.is_nan')}, 2)` : `${of('t.value')} IS NULL`;
  return { sql: `${group}, ${of('t.value')} ${way}`, values: [key, key] };
}
