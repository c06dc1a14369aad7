// CSV in strict mode, cell by cell and header by header: what is read, and what is refused with which words.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { castCsv, openCsvCaster } from '../../../src/schema/cast.js';
import type { ColumnSpec, ColumnType, ScalarName, Signature } from '../../../src/schema/types.js';

const column = (name: string | undefined, type: ScalarName | ColumnType, required = true): ColumnSpec => ({
  name,
  type: typeof type === 'string' ? { kind: 'scalar', scalar: type } : type,
  required,
});
const signatureOf = (...columns: ColumnSpec[]): Signature => ({
  inputs: { kind: 'columns', columns },
  outputs: null,
  params: null,
});
/** Values and warnings, or the findings. */
function told(text: string, ...columns: ColumnSpec[]): string[] {
  const cast = castCsv(text, signatureOf(...columns));
  // The line of the file has tests of its own.
  if (!cast.ok) return cast.findings.map(({ code, message }) => `${code} ${message.replace(/ \(line \d+\)/, '')}`);
  const shown = (value: unknown) => (typeof value === 'bigint' ? `${value}n` : JSON.stringify(value));
  return [
    ...cast.table.columns.map(({ name, values, nulls }) =>
      [
        `${name}: ${Array.from(values as ArrayLike<unknown>, shown).join(' ')}`,
        nulls ? `nulls ${[...nulls].join('')}` : '',
      ]
        .filter(Boolean)
        .join(' '),
    ),
    ...cast.warnings.map((text) => `warns ${text}`),
  ];
}
const cell = (scalar: ScalarName, text: string, required = false) =>
  told(`a,z\n${text},1\n`, column('a', scalar, required), column('z', 'string'))[0] ?? '';

test('cells of every type', () => {
  const cases: [ScalarName, string, string | RegExp][] = [
    ['double', ' 1.5\t', 'a: 1.5'],
    ['double', '.5', 'a: 0.5'],
    ['double', '5.', 'a: 5'],
    ['double', '+1e-2', 'a: 0.01'],
    ['double', '', 'a: null nulls 1'],
    ['double', '""', 'a: null nulls 1'],
    ['double', '.', /^SCHEMA_WRONG_TYPE .*"\." is not a number/],
    ['double', '0x10', /SCHEMA_WRONG_TYPE/],
    ['double', '1_000', /SCHEMA_WRONG_TYPE/],
    ['double', 'nan', /SCHEMA_NOT_A_NUMBER .*"nan" is not a number/],
    ['double', '-Infinity', /SCHEMA_NOT_A_NUMBER/],
    ['double', '1.#IND', /SCHEMA_NOT_A_NUMBER/],
    ['double', ' NA ', /SCHEMA_MISSING_WORD .*leave the cell empty/],
    ['float', '0.1', 'a: 0.10000000149011612'],
    ['float', '1e39', /SCHEMA_LOSSY_CAST/],
    ['integer', '-7', 'a: -7'],
    ['integer', '2147483648', /SCHEMA_LOSSY_CAST/],
    ['integer', 'x', /SCHEMA_WRONG_TYPE .*is not an integer/],
    ['integer', '', /SCHEMA_NULL/],
    ['long', '9007199254740993', 'a: 9007199254740993n'],
    ['long', 'x', /SCHEMA_WRONG_TYPE .*is not an integer/],
    ['boolean', 'true', 'a: 1'],
    ['boolean', 'FALSE', 'a: 0'],
    ['boolean', '1', 'a: 1'],
    ['boolean', '0', 'a: 0'],
    ['boolean', 'tRUE', /SCHEMA_WRONG_TYPE .*is not a boolean/],
    ['boolean', 'NA', /SCHEMA_MISSING_WORD/],
    ['boolean', '2', /SCHEMA_WRONG_TYPE/],
    ['string', ' x ', 'a: " x "'],
    ['string', '""', 'a: ""'],
    ['string', '', 'a: "" nulls 1'],
    ['string', 'None', /SCHEMA_MISSING_WORD .*"None" would become a missing value/],
    ['string', '"NA"', /SCHEMA_MISSING_WORD/],
    ['string', 'a\0b', /SCHEMA_MALFORMED .*NUL/],
    ['string', 'nothing', 'a: "nothing"'],
  ];
  for (const [scalar, text, wanted] of cases) {
    const found = cell(scalar, text);
    if (typeof wanted === 'string') assert.equal(found, wanted, `${scalar} ${JSON.stringify(text)}`);
    else assert.match(found, wanted, `${scalar} ${JSON.stringify(text)}`);
  }
  assert.match(cell('double', '', true), /^SCHEMA_NULL .*null in a required double column/);
});

test('a column of booleans is of words or of digits, and of integers with a fraction is warned of', () => {
  const a = column('a', 'boolean');
  assert.deepEqual(told('a\ntrue\nFalse\n', a), ['a: 1 0']);
  assert.match(
    told('a\ntrue\n0\n', a).join(),
    /^SCHEMA_WRONG_TYPE .*row 1: "0" in a column with other booleans as words$/,
  );
  assert.match(told('a\n1\nTRUE\n', a).join(), /"TRUE" in a column with other booleans as digits$/);
  const long = column('a', 'long');
  assert.deepEqual(told('a\n1\n2.0\n3.0\n', long), [
    'a: 1n 2n 3n',
    `warns column 'a': "2.0" in a long (int64) column is read as 2`,
  ]);
  const clash = /row 1: .* shares its column with .*: MLflow then reads all as doubles$/;
  assert.match(told('a\n9007199254740993\n2.0\n', long).join(), clash);
  assert.match(told('a\n2.0\n9007199254740993\n', long).join(), clash);
  assert.match(told('a\n2.0\n-9007199254740993\n', long).join(), clash);
  assert.deepEqual(told('a\n2.0\n9007199254740992\n', long)[0], 'a: 2n 9007199254740992n');
});

test('types that CSV cannot carry are refused, whether the file has such a column or not', () => {
  const refused = (type: ScalarName | ColumnType) => told('b\n1\n', column('a', type, false), column('b', 'double'))[0];
  assert.equal(
    refused('datetime'),
    "SCHEMA_FORM_CANNOT_CARRY column 'a': datetime columns cannot be sent as CSV: use JSON",
  );
  assert.match(refused('binary') ?? '', /column 'a': binary columns in CSV stay text, .*: use JSON/);
  assert.match(refused({ kind: 'array', items: { kind: 'any' } }) ?? '', /column 'a': array columns cannot be sent/);
  assert.match(told('1\n', column(undefined, 'datetime'))[0] ?? '', /^SCHEMA_FORM_CANNOT_CARRY column 0: datetime/);
  const tensors: Signature = {
    inputs: { kind: 'tensors', tensors: [{ name: undefined, dtype: 'float64', shape: [-1, 1] }] },
    outputs: null,
    params: null,
  };
  const cast = castCsv('a\n1\n', tensors);
  assert.ok(!cast.ok);
  assert.deepEqual(cast.findings[0], {
    code: 'SCHEMA_FORM_CANNOT_CARRY',
    message: 'tensors cannot be sent as CSV: use JSON',
    found: 'CSV',
    expected: 'JSON',
  });
});

test('headers: empty, malformed, in the wrong order, of another width, with the wrong separator', () => {
  const [a, b] = [column('a', 'double'), column('b', 'double')];
  const cases: [string, ColumnSpec[], RegExp][] = [
    ['', [a], /^SCHEMA_MALFORMED the file is empty: there is no header$/],
    ['a\n', [a], /^SCHEMA_NO_ROWS the table has no rows$/],
    ['"a\n', [a], /^SCHEMA_MALFORMED the header is malformed: /],
    ['b,a\n1,2\n', [a, b], /^SCHEMA_REORDERED .*: 'b', 'a'; expected 'a', 'b'$/],
    ['a;b\n1;2\n', [a, b], /wrong separator ";"\?/],
    ['a\tb\n1\t2\n', [a, b], /wrong separator "\\t"\?/],
    ['a|b\n1|2\n', [a, b], /wrong separator "\|"\?/],
    ['a,c\n1,2\n', [a], /^SCHEMA_UNKNOWN_COLUMN column 'c' is not in the signature$/],
    ['x,y\n1,2\n', [column(undefined, 'double')], /^SCHEMA_RAGGED signature declares 1 column, the header has 2$/],
    ['x\n1\n', [column(undefined, 'double'), column(undefined, 'double')], /declares 2 columns, the header has 1$/],
  ];
  for (const [text, columns, wanted] of cases)
    assert.match(told(text, ...columns).join('\n'), wanted, JSON.stringify(text));
  assert.deepEqual(told('x,y\n1,2\n', column(undefined, 'double'), column(undefined, 'double')).slice(0, 2), [
    'x: 1',
    'y: 2',
  ]);
  const unknown = castCsv('a,c\n1,2\n', signatureOf(a));
  assert.deepEqual(!unknown.ok && unknown.findings[0], {
    code: 'SCHEMA_UNKNOWN_COLUMN',
    column: 'c',
    found: "'c'",
    expected: "'a'",
    message: "column 'c' is not in the signature",
  });
  assert.deepEqual(told('\n\na\n1\n', a), ['a: 1'], 'blank lines before the header');
  assert.deepEqual(told('b,a\n1,2\n', a, column('b', 'double', false)).join(), told('b,a\n1,2\n', a, b).join());
  assert.deepEqual(told('b\n2\n', column('a', 'double', false), b), ['b: 2'], 'an optional column may be missing');
});

test('rows: too short, too long, blank, malformed, not UTF-8', () => {
  const [a, b] = [column('a', 'double'), column('b', 'string')];
  assert.match(told('a,b\n1\n', a, b).join(), /^SCHEMA_RAGGED row 0 has 1 field, but the header has 2$/);
  assert.match(told('a,b\n1,x,y\n', a, b).join(), /^SCHEMA_RAGGED row 0 has 3 fields, but the header has 2$/);
  assert.deepEqual(told('a,b\n\n1,x\n\n', a, b), ['a: 1', 'b: "x"'], 'a blank line between rows of two is skipped');
  assert.match(told('a\n1\n\n2\n', a).join(), /^SCHEMA_NULL row 1: there is a blank line before this row/);
  assert.deepEqual(told('a\n1\n2\n\n', a), ['a: 1 2'], 'blank lines at the end');
  assert.match(told('a,b\n1,x"y\n', a, b).join(), /^SCHEMA_MALFORMED row 0: /);
  assert.match(told('a,b\n1,"x\n', a, b).join(), /^SCHEMA_MALFORMED row 0: .*never closed/);
  const cast = castCsv(Buffer.from([...Buffer.from('a,b\n1,'), 0xff, 0x0a]), signatureOf(a, b));
  assert.ok(!cast.ok);
  assert.match(cast.findings[0]?.message ?? '', /column 'b' row 0 \(line 2\): not UTF-8/);
});

test('batches: the next one starts anew, without the missing values of the one before', () => {
  const caster = openCsvCaster(signatureOf(column('a', 'double', false), column('b', 'string', false)), 2);
  caster.feed(Buffer.from('a,b\n,\n1,x\n2,y\n3,z\n'));
  caster.finish();
  const batches = [caster.read(), caster.read(), caster.read()];
  assert.equal(batches[2], null);
  assert.deepEqual(
    batches
      .slice(0, 2)
      .map((batch) => batch?.table.columns.map(({ values, nulls }) => [[...values], nulls && [...nulls]])),
    [
      [
        [
          [Number.NaN, 1],
          [1, 0],
        ],
        [
          ['', 'x'],
          [1, 0],
        ],
      ],
      [
        [[2, 3], undefined],
        [['y', 'z'], undefined],
      ],
    ],
  );
});
