// Turns a file of rows into one table by a signature, or into what is wrong with it, for commands that need all rows at once.
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { concatTables } from '../data/concat-tables.js';
import type { Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import { defaultParams } from '../schema/cast.js';
import type { CastResult } from '../schema/cast-types.js';
import type { Signature } from '../schema/types.js';
import { printable } from '../text/printable.js';
import type { World } from '../world.js';
import type { GivenRows } from './given-rows.js';
import { openRows } from './open-rows.js';

const MOST_BYTES = 64 * 1024 * 1024;
/** A small Parquet file can hold many rows. */
const MOST_ROWS = 4_000_000;

export async function castRows(
  world: World,
  given: GivenRows,
  signature: Signature,
  leftOut: readonly string[] = [],
): Promise<CastResult> {
  const size = (await stat(resolve(world.cwd, given.input)).catch(() => null))?.size ?? 0;
  if (size > MOST_BYTES) throw tooMany(given.input, `${size} bytes`, `${MOST_BYTES} bytes`);
  const rows = await openRows(world, given, signature, Readable.from([]), leftOut);
  const tables: Table[] = [];
  let count = 0;
  for await (const { table } of rows.batches) {
    // Without a header, or after a quote that is never closed, further rows tell nothing.
    if (rows.fatal() && rows.findings.total > 1000) break;
    count += table.rows;
    if (count > MOST_ROWS) throw tooMany(given.input, `more than ${MOST_ROWS} rows`, `${MOST_ROWS} rows`);
    if (rows.findings.total === 0 && table.rows > 0) tables.push(table);
  }
  const { kept, groups, total } = rows.findings;
  if (total > 0) return { ok: false, findings: kept, groups, total };
  if (tables.length === 0)
    return { ok: false, findings: [{ code: 'SCHEMA_NO_ROWS', message: 'the input has no rows' }], total: 1 };
  for (const note of rows.notes?.() ?? []) world.note(note);
  const params = rows.params() ?? defaultParams(signature);
  return { ok: true, table: concatTables(tables), params, warnings: rows.warnings() };
}

function tooMany(input: string, found: string, most: string): MlctlError {
  return new MlctlError('LIMIT_EXCEEDED', `"${printable(input, 200)}" has ${found}; at most ${most} are read at once`, {
    hint: `mlctl predict -i ${printable(input, 200)} streams a file of any size`,
  });
}
