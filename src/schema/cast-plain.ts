// Turns rows of a program (objects, columns, split, nested lists) into a table of the signature's types, or into the list of what
// is wrong: by the same rules as rows of a file, and without writing them as text.
import { formatJson } from '../data/json-format.js';
import { jsonOfPlain } from '../data/json-of-plain.js';
import type { JsonValue } from '../data/json-types.js';
import type { Beside } from './beside.js';
import { castDocument } from './cast.js';
import type { CastBatch, CastResult, EnforcementMode } from './cast-types.js';
import { formOfPlain, type PlainForm } from './form-of-plain.js';
import { castData } from './strict/cast-data.js';
import { castGrid } from './strict/cast-grid.js';
import { FindingList } from './strict/finding-list.js';
import type { Form } from './strict/forms.js';
import { showName, showText } from './strict/show.js';
import type { ColumnSpec, Signature } from './types.js';

interface GivenPlain {
  readonly rows: unknown;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

interface CastPlain {
  readonly form: PlainForm;
  readonly result: CastResult;
}

/** `mlflow`: as Python MLflow casts the JSON of the same rows. */
export async function castPlain(
  { rows, params }: GivenPlain,
  signature: Signature,
  mode: EnforcementMode,
  beside: Beside,
): Promise<CastPlain> {
  if (mode === 'strict') return castPlainStrict({ rows, params }, signature, beside);
  const given = formOfPlain(rows);
  if (given === null) return notRows(rows);
  const entries: [string, JsonValue][] = [[protocolForm(given.form, signature), jsonOfPlain(given.data)]];
  if (params !== undefined) entries.push(['params', jsonOfPlain(params)]);
  const result = await castDocument(formatJson({ kind: 'object', entries }), 'json', signature, 'mlflow');
  return { form: given.form, result };
}

export function castPlainStrict({ rows, params: plain }: GivenPlain, signature: Signature, beside: Beside): CastPlain {
  const given = formOfPlain(rows);
  if (given === null) return notRows(rows);
  const findings = new FindingList();
  const params = plain === undefined ? undefined : jsonOfPlain(plain);
  const { form, data } = given;
  if (form === 'columns' && signature.inputs?.kind === 'columns') {
    const layOut = (_: JsonValue, __: Form, columns: readonly ColumnSpec[], ___: FindingList, warnings: Set<string>) =>
      castColumns(data as Columns, columns, findings, warnings, beside);
    return { form, result: castData({ form: 'inputs', data: null, params }, signature, findings, beside, layOut) };
  }
  const json = { form: protocolForm(form, signature), data: jsonOfPlain(data), params };
  return { form, result: castData(json, signature, findings, beside) };
}

type Columns = Readonly<Record<string, ArrayLike<unknown>>>;

/** A typed array may be long: its values become JSON values one by one. */
function castColumns(
  data: Columns,
  columns: readonly ColumnSpec[],
  findings: FindingList,
  warnings: Set<string>,
  beside: Beside,
): CastBatch | null {
  const names = Object.keys(data);
  const values = Object.values(data);
  const rows = values.reduce((most, { length }) => Math.max(most, length), 0);
  for (const [i, { length }] of values.entries())
    if (length !== rows)
      findings.sayOnce(
        'lengths',
        'SCHEMA_RAGGED',
        `column ${showName(names[i]!)} has ${length} values, but another has ${rows} values`,
        { column: names[i]!, found: `${length} values`, expected: `${rows} values` },
      );
  if (findings.total > 0) return null;
  const cell = (row: number, column: number): JsonValue => jsonOfPlain(values[column]![row]);
  const all = (column: number): ArrayLike<unknown> => values[column]!;
  return castGrid({ rows, names, positional: false, cell, values: all }, columns, findings, warnings, beside);
}

function protocolForm(form: PlainForm, { inputs }: Signature): Form {
  if (form === 'split') return 'dataframe_split';
  if (form !== 'rows') return 'inputs';
  return inputs?.kind === 'tensors' ? 'instances' : 'dataframe_records';
}

function notRows(given: unknown): CastPlain {
  const findings = new FindingList();
  const isObject = typeof given === 'object' && given !== null;
  findings.say(
    'SCHEMA_PROTOCOL',
    isObject
      ? 'the rows are one object whose values are not lists; expected a list of rows, [row], or an object of columns'
      : `the rows are ${given === null ? 'null' : typeof given}; expected a list of rows or an object of columns`,
    { found: isObject ? 'object' : showText(String(given)), expected: 'a list of rows' },
  );
  return { form: 'rows', result: findings.failed() };
}
