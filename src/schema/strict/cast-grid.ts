// Turns a whole grid of JSON cells (any of the protocol's forms, laid out as rows and columns) into a table.
import type { JsonValue } from '../../data/json-types.js';
import { plural } from '../../text/numbers.js';
import { refuseLargeTable } from '../batch-size.js';
import type { Beside } from '../beside.js';
import type { CastBatch } from '../cast-types.js';
import type { ColumnSpec } from '../types.js';
import { ColumnBuilder } from './column-builder.js';
import type { FindingList } from './finding-list.js';
import { matchColumns } from './match-columns.js';
import { RowSink } from './row-sink.js';
import { ignoredIndex, savedIndexOf } from './saved-index-of.js';

export interface Grid {
  readonly rows: number;
  /** Undefined if the form has no names. */
  readonly names: readonly string[] | undefined;
  /** Number of columns if there are no names. */
  readonly width?: number;
  /** A bare list, which may be the only column of a signature. */
  readonly bare?: boolean;
  /** The position of a column carries meaning. */
  readonly positional: boolean;
  cell(row: number, column: number): JsonValue | undefined;
  /** All values of a column, if the grid holds them as a list of JavaScript's own. */
  values?(column: number): ArrayLike<unknown>;
}

/** Null if something is wrong; the findings say what. */
export function castGrid(
  grid: Grid,
  columns: readonly ColumnSpec[],
  findings: FindingList,
  warnings: Set<string>,
  beside: Beside,
): CastBatch | null {
  const before = findings.total;
  const places = placesOf(grid, columns, findings, warnings, beside);
  if (grid.rows === 0)
    findings.sayOnce('no rows', 'SCHEMA_NO_ROWS', 'the table has no rows', {
      found: '0 rows',
      expected: 'at least one row',
    });
  const sink = new RowSink(findings, beside.keep);
  sink.kept.check(grid.names ?? [], findings);
  const kept = beside.keep.map((name) => ({ name, place: grid.names?.indexOf(name) ?? -1 }));
  const here = places.flatMap((place, i) => {
    if (place < 0) return [];
    const spec = columns[i]!;
    return [{ place, builder: new ColumnBuilder(spec.name ?? grid.names?.[place] ?? String(i), spec) }];
  });
  refuseLargeTable(grid.rows, here.length);
  sink.start(
    here.map(({ builder }) => builder),
    0,
    grid.rows,
    false,
  );
  const { values } = grid;
  const isFilled =
    values !== undefined &&
    kept.length === 0 &&
    here.every(({ builder, place }) => builder.fillDoubles(values(place), 0, grid.rows));
  if (isFilled) sink.skipGood(grid.rows);
  for (let row = isFilled ? grid.rows : 0; row < grid.rows; row++) {
    for (const { name, place } of kept) if (place >= 0) sink.kept.set(name, sink.slot, grid.cell(row, place) ?? null);
    for (let c = 0; c < here.length; c++) sink.json(here[c]!.builder, grid.cell(row, here[c]!.place));
    sink.endRow();
  }
  for (const { builder } of here) {
    for (const warning of builder.state.warnings) warnings.add(`column '${builder.name}': ${warning}`);
  }
  return findings.total === before ? sink.finish() : null;
}

function placesOf(
  grid: Grid,
  columns: readonly ColumnSpec[],
  findings: FindingList,
  warnings: Set<string>,
  beside: Beside,
): number[] {
  if (columns[0]?.name !== undefined) {
    if (grid.names !== undefined) {
      const ignored = savedIndexOf(columns, grid.names);
      if (ignored !== null) warnings.add(ignoredIndex(ignored));
      return matchColumns(columns, grid.names, grid.positional, findings, beside);
    }
    // Without names a bare list can only be the single column.
    if (columns.length === 1 && grid.bare) return [0];
    findings.say(
      'SCHEMA_MISSING_COLUMN',
      `the input has no column names, the signature has: ${columns
        .map((c) => `'${c.name}'`)
        .slice(0, 20)
        .join(', ')}`,
    );
    return [];
  }
  const width = grid.names?.length ?? grid.width ?? columns.length;
  if (width !== columns.length) {
    findings.say('SCHEMA_RAGGED', `signature declares ${plural(columns.length, 'column')}, input has ${width}`, {
      found: plural(width, 'column'),
      expected: plural(columns.length, 'column'),
    });
    return [];
  }
  if (grid.names !== undefined && grid.names.length > 0) {
    const [first] = grid.names;
    warnings.add(
      `the signature has no names: column '${first}'${grid.names.length > 1 ? ' and the others are' : ' is'} taken by position`,
    );
  }
  return columns.map((_, i) => i);
}
