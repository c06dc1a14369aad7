// Turns tables, batch by batch, into the bytes of a CSV, JSON, NDJSON or Parquet answer.
import { type CellWriter, cellWriter, csvText, jsonString } from './cell-writer.js';
import { keptCellWriter } from './kept-cell-writer.js';
import { numericPlan, rowTexts } from './numeric-plan.js';
import { numericWriter } from './numeric-writer.js';
import { RowBytes } from './row-bytes.js';
import type { RowWriter } from './row-writer.js';

type RowForm = 'csv' | 'json' | 'ndjson' | 'parquet';

/** `delimiter`: of CSV. */
export async function openRowWriter(form: RowForm, delimiter = ','): Promise<RowWriter> {
  if (form === 'parquet') return (await import('./open-parquet-writer.js')).openParquetWriter();
  return form === 'csv' ? csvWriter(delimiter) : jsonWriter(form);
}

/** A header and rows, lines ended by \n (RFC 4180 quoting). */
function csvWriter(delimiter: string): RowWriter {
  const out = new RowBytes();
  const numeric = numericWriter(out);
  let opened = false;
  return {
    rows(table, kept = []) {
      const names = [...kept, ...table.columns].map(({ name }) => csvText(name, delimiter));
      if (!opened) out.text(`${names.join(delimiter)}\n`);
      opened = true;
      const delimiters = table.columns.map((_, i) => (i === 0 ? '' : delimiter));
      const plan = kept.length > 0 ? null : numericPlan(table, rowTexts(delimiters, '\n'), false);
      if (plan !== null) numeric.write(plan);
      else {
        numeric.finish();
        eachRow(
          table.rows,
          [
            ...kept.map((cells) => keptCellWriter(cells, out, 'csv', delimiter)),
            ...table.columns.map((column) => cellWriter(column, out, 'csv', delimiter)),
          ],
          out,
          delimiter,
        );
      }
      return out.take();
    },
    rest() {
      numeric.finish();
      return out.take();
    },
    end: () => Buffer.alloc(0),
  };
}

function eachRow(rows: number, cells: readonly CellWriter[], out: RowBytes, delimiter: string): void {
  const between = delimiter.charCodeAt(0);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < cells.length; column++) {
      if (column > 0) out.byte(between);
      cells[column]!(row);
    }
    out.byte(10);
  }
}

/** `{"predictions": [{…}, …]}` as MLflow's server answers, or one object a line. */
function jsonWriter(format: 'json' | 'ndjson'): RowWriter {
  const out = new RowBytes();
  const numeric = numericWriter(out);
  let rowsBefore = 0;
  const open = (): void => {
    if (format === 'json' && rowsBefore === 0) out.text('{"predictions": [');
  };
  return {
    rows(table, kept = []) {
      open();
      const keys = [...kept, ...table.columns].map(({ name }, i) => `${i === 0 ? '{' : ', '}${jsonString(name)}: `);
      if (keys.length > 0 && kept.length === 0) {
        const prefixes = keys.map((key, i) => (i === 0 && format === 'json' ? `, ${key}` : key));
        const plan = numericPlan(table, rowTexts(prefixes, format === 'json' ? '}' : '}\n'), true);
        if (plan !== null) {
          const start = out.at;
          numeric.write(plan);
          // The first object does not have a comma before it.
          if (format === 'json' && rowsBefore === 0 && table.rows > 0) out.at = out.drop(start, 2);
          rowsBefore += table.rows;
          return out.take();
        }
      }
      numeric.finish();
      const cells = [
        ...kept.map((one) => keptCellWriter(one, out, 'json')),
        ...table.columns.map((column) => cellWriter(column, out, 'json')),
      ];
      for (let row = 0; row < table.rows; row++) {
        if (format === 'json' && rowsBefore > 0) out.text(', ');
        for (const [c, cell] of cells.entries()) {
          out.text(keys[c]!);
          cell(row);
        }
        out.text(cells.length === 0 ? '{}' : '}');
        if (format === 'ndjson') out.byte(10);
        rowsBefore++;
      }
      return out.take();
    },
    rest() {
      numeric.finish();
      return out.take();
    },
    end() {
      open();
      if (format === 'json') out.text(']}\n');
      return out.take();
    },
  };
}
