// The CSV scanner against csv-parse, an independent reader, and the fast numeric way against the general one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CsvScanner } from '../../../src/data/csv/csv-scanner.js';
import { readCsvTable } from '../../../src/data/read-csv-table.js';
import { MlctlError } from '../../../src/errors/error.js';
import { castCsv } from '../../../src/schema/cast.js';
import type { ColumnSpec, ScalarName, Signature } from '../../../src/schema/types.js';

/** Null where a record is malformed. */
function scan(bytes: Buffer, chunk: number, delimiter: string, quote: string | null): string[][] | null {
  const scanner = new CsvScanner(delimiter, quote);
  const records: string[][] = [];
  let at = 0;
  for (;;) {
    const found = scanner.next();
    if (found === 'end') return records;
    if (found === 'more') {
      scanner.feed(bytes.subarray(at, at + chunk));
      at += chunk;
      if (at >= bytes.length) scanner.last = true;
      continue;
    }
    if (scanner.malformed !== null) return null;
    if (scanner.recordEnd > scanner.recordStart) {
      records.push(Array.from({ length: scanner.fields }, (_, i) => scanner.text(i) ?? 'not UTF-8'));
    }
  }
}

/** As src/data/csv/read-records.ts reads it, but for the width. */
function reference(bytes: Buffer, delimiter: string, quote: string | null): string[][] | null {
  try {
    const records = { record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true, skip_empty_lines: true };
    const options = { ...records, delimiter, quote, escape: quote };
    return parse(bytes, options) as string[][];
  } catch {
    return null;
  }
}

const anyText = fc.string({
  unit: fc.constantFrom('a', ',', ';', '"', '"', '\n', '\r', '\r\n', ' ', '\t', 'é', '1.5', ',"', '",', '""', '\ufeff'),
  maxLength: 24,
});

test('arbitrary text is cut as csv-parse cuts it, by any delimiter and quote, in chunks of any size', () => {
  let both = 0;
  fc.assert(
    fc.property(
      anyText,
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(',', '\t', ';'),
      fc.constantFrom('"', '"', 'a', null),
      (text, chunk, delimiter, quote) => {
        const bytes = Buffer.from(text);
        const wanted = reference(bytes, delimiter, quote);
        if (wanted !== null) both++;
        assert.deepEqual(scan(bytes, chunk, delimiter, quote), wanted, JSON.stringify([text, delimiter, quote]));
      },
    ),
    { numRuns: 30_000 },
  );
  assert.ok(both > 6000);
});

test('train and predict read the same files and refuse the same malformed ones', async () => {
  // Cells of the header's width are the rule, so that many texts are good; columns are text, whose cells no type refuses.
  const cell = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('w', '"w"', '"w ""x"" w"', '"w,\r\nw"', ' w', 'é', '') },
    { weight: 1, arbitrary: anyText },
  );
  const line = fc.array(cell, { minLength: 2, maxLength: 2 }).map((cells) => cells.join(','));
  const file = fc.record({
    mark: fc.constantFrom('', '', '\ufeff'),
    lines: fc.array(fc.oneof({ weight: 5, arbitrary: line }, { weight: 1, arbitrary: anyText }), { maxLength: 4 }),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    last: fc.constantFrom('', 'end'),
  });
  const columns = ['x', 'y'].map(
    (name): ColumnSpec => ({ name, type: { kind: 'scalar', scalar: 'string' }, required: false }),
  ); // prettier-ignore
  const signature: Signature = { inputs: { kind: 'columns', columns }, outputs: null, params: null };
  const tally = { good: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(file, async ({ mark, lines, end, last }) => {
      const bytes = Buffer.from(`${mark}${['x,y', 'w,w', ...lines].join(end)}${last === '' ? '' : end}`);
      const trained = await readCsvTable(bytes, { name: 'x.csv' }).catch((error: unknown) => {
        assert.ok(error instanceof MlctlError, String(error));
        return null;
      });
      const cast = castCsv(bytes, signature);
      assert.equal(cast.ok, trained !== null, JSON.stringify(String(bytes)));
      if (cast.ok && trained !== null) {
        tally.good++;
        assert.equal(cast.table.rows, trained.rows);
        for (const [c, { values, nulls }] of trained.columns.entries())
          for (const [row, value] of values.entries())
            if (nulls?.[row] !== 1) assert.equal(cast.table.columns[c]?.values[row], value);
      } else tally.refused++;
    }),
    { numRuns: 20_000 },
  );
  assert.ok(tally.good > 4000 && tally.refused > 4000, JSON.stringify(tally));
});

test('the fast reader of plain numbers and the general one agree on verdict, positions and values', () => {
  const odd = fc.oneof(
    fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map(String),
    fc.string({ unit: fc.constantFrom(...'0123456789.-+eE "'), maxLength: 12 }),
    fc.constantFrom('', '-', '.', '-.5', '5.', '+1', ' 1 ', '007', '1e5', 'NaN', '"1.5"', '16777217', '1e39', '-0'),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  );
  const decimal = fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }).map(String),
    fc.double({ min: -1e9, max: 1e9, noNaN: true }).map(String),
    fc.tuple(fc.nat(), fc.bigInt({ min: 0n, max: 10n ** 20n })).map(([a, b]) => `${a}.${b}`),
    fc.integer({ min: -(2 ** 24), max: 2 ** 24 }).map(String),
  );
  const whole = fc.oneof(
    fc.integer().map(String),
    fc.nat().map((n) => `${n}.0`),
  );
  const cell = (own: fc.Arbitrary<string>) => fc.oneof({ weight: 30, arbitrary: own }, { weight: 1, arbitrary: odd });
  const row = fc.tuple(cell(decimal), cell(decimal), cell(whole), cell(whole));
  const TYPES: readonly ScalarName[] = ['double', 'float', 'long', 'integer'];
  const spec = (name: string, scalar: ScalarName): ColumnSpec => ({
    name,
    type: { kind: 'scalar', scalar },
    required: true,
  });
  const numeric = TYPES.map((scalar) => spec(scalar, scalar));
  const of = (columns: readonly ColumnSpec[]): Signature => ({
    inputs: { kind: 'columns', columns },
    outputs: null,
    params: null,
  });
  let good = 0;
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), fc.constantFrom('\n', '\r\n'), (rows, end) => {
      const text = (more: string): string =>
        `${TYPES.join(',')}${more && ',s'}${end}${rows.map((row) => row.join(',') + more + end).join('')}`;
      const fast = castCsv(text(''), of(numeric));
      // A text column keeps the rows off the fast way.
      const general = castCsv(text(',x'), of([...numeric, spec('s', 'string')]));
      if (!fast.ok || !general.ok) {
        assert.equal(fast.ok, general.ok);
        // A stray quote hits the two texts in different places.
        if (!fast.ok && !general.ok && !/"/.test(rows.flat().join(''))) {
          assert.deepEqual(
            fast.findings.map(({ message }) => message),
            general.findings.map(({ message }) => message),
          ); // prettier-ignore
        }
        return;
      }
      good++;
      for (const [i, column] of fast.table.columns.entries()) assert.deepEqual(column, general.table.columns[i]);
    }),
    { numRuns: 5000 },
  );
  assert.ok(good > 1000, `${good} good tables`);
});
