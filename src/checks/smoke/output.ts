// Compares the predictions with the output signature: every column or tensor with its type, none missing. More outputs are allowed, as in MLflow.
import { elementOfDtype } from '../../data/element-types.js';
import type { Column, Table } from '../../data/table.js';
import type { ColumnType, Schema } from '../../schema/types.js';
import { plural } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import { known, type SmokeCheck } from '../smoke-check.js';

/** The columns that a tensor of one value a row can be; text, dates and objects are text or nested. */
function columnsOf(dtype: string): readonly Column['type'][] {
  const runs = elementOfDtype(dtype)?.runs;
  return runs && runs.kind !== 'text' ? [runs.column] : ['string', 'object'];
}

interface Expected {
  readonly name: string | undefined;
  readonly shown: string;
  readonly required: boolean;
  fits(column: Column): boolean;
}

function fitsType(column: Column, type: ColumnType): boolean {
  if (type.kind === 'any') return true;
  if (type.kind === 'scalar') return column.type === type.scalar;
  return column.type === 'object';
}

function expectedOf(schema: Schema): Expected[] {
  if (schema.kind === 'columns') {
    return schema.columns.map(({ name, type, required }) => ({
      name,
      required,
      shown: type.kind === 'scalar' ? type.scalar : type.kind,
      fits: (column) => fitsType(column, type),
    }));
  }
  return schema.tensors.map(({ name, dtype, shape }) => ({
    name,
    required: true,
    shown: `${dtype} (${shape.join(', ')})`,
    // A tensor with several values a row becomes nested values.
    fits: (column) =>
      (shape.slice(1).some((size) => size !== 1) ? column.type === 'object' : false) ||
      columnsOf(dtype).includes(column.type),
  }));
}

function faultsOfColumn(column: Column, expected: Expected, rows: number): string[] {
  const name = printable(column.name, 120);
  if (!expected.fits(column)) return [`output "${name}" is ${column.type}, but the signature says ${expected.shown}`];
  const faults: string[] = [];
  const missing = column.nulls?.indexOf(1) ?? -1;
  if (expected.required && missing >= 0) faults.push(`output "${name}" has no value in row ${missing}`);
  if (column.values.length !== rows)
    faults.push(`output "${name}" has ${column.values.length} values for ${rows} rows`);
  return faults;
}

/** Where an answer differs from the signature; empty if it matches. */
function faultsOfAnswer(answer: Table, schema: Schema): string[] {
  const expected = expectedOf(schema);
  const unnamed = expected.every(({ name }) => name === undefined);
  const faults: string[] = [];
  if (unnamed) {
    if (answer.columns.length < expected.length)
      faults.push(`the model returned ${answer.columns.length} outputs, but the signature has ${expected.length}`);
    else
      for (const [i, one] of expected.entries()) faults.push(...faultsOfColumn(answer.columns[i]!, one, answer.rows));
    return faults;
  }
  const columns = new Map(answer.columns.map((column) => [column.name, column]));
  for (const one of expected) {
    const column = columns.get(one.name ?? '');
    if (column) faults.push(...faultsOfColumn(column, one, answer.rows));
    else if (one.required)
      faults.push(`output "${printable(one.name ?? '', 120)}" of the signature is missing from the predictions`);
  }
  return faults;
}

/** What the model returns beyond its signature, which MLflow allows. */
function extraOutputs(answer: Table, schema: Schema): string[] {
  const expected = expectedOf(schema);
  const names = new Set(expected.map(({ name }) => name));
  const extra = expected.every(({ name }) => name === undefined)
    ? answer.columns.slice(expected.length)
    : answer.columns.filter(({ name }) => !names.has(name));
  return extra.map(({ name }) => printable(name, 120));
}

/** Names of number columns that hold NaN or an infinity. The type allows these, but they are seldom intended. */
function notFinite(answer: Table): string[] {
  return answer.columns
    .filter(
      (column) =>
        (column.type === 'double' || column.type === 'float') && column.values.some((value) => !Number.isFinite(value)),
    )
    .map(({ name }) => printable(name, 120));
}

export const output: SmokeCheck = {
  name: 'output',
  needs: ['predict'],
  async run({ answer, rowsAnswer, modelPackage }) {
    const answers = [answer, rowsAnswer].filter((table) => table !== undefined);
    const schema = known(modelPackage).model.signature?.outputs ?? null;
    if (answers.length === 0) return { status: 'skip', message: 'there are no predictions to check' };
    if (schema === null) return { status: 'skip', message: 'the signature does not name any outputs' };
    const faults = [...new Set(answers.flatMap((table) => faultsOfAnswer(table, schema)))];
    if (faults.length > 0) {
      const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
      return {
        status: 'fail',
        message: `${faults[0]}${more}`,
        hint: 'log the model again with the signature of its real predictions',
        details: { faults: faults.slice(0, 20), total: faults.length },
      };
    }
    const odd = [...new Set(answers.flatMap(notFinite))];
    if (odd.length > 0)
      return {
        status: 'warn',
        message: `the predictions match the signature, but ${odd.slice(0, 3).join(', ')} contains NaN or Infinity`,
        details: { columns: odd },
      };
    const extra = [...new Set(answers.flatMap((table) => extraOutputs(table, schema)))];
    const matched = (answers[0]?.columns.length ?? 0) - extra.length;
    return {
      status: 'pass',
      message: `${plural(matched, 'output matches', 'outputs match')} the signature${extra.length === 0 ? '' : `; it does not name ${extra.slice(0, 3).join(', ')}`}`,
      ...(extra.length === 0 ? {} : { details: { unnamed: extra } }),
    };
  },
};
