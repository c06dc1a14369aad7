// Nested values, params and odd layouts in strict mode: what is read, and what is refused at which place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ArrowType } from '../../../src/data/parquet/arrow-type.js';
import { castJsonDocument } from '../../../src/schema/cast.js';
import { nestedReader } from '../../../src/schema/strict/parquet/nested-reader.js';
import { Problem } from '../../../src/schema/strict/problem.js';
import type { ColumnSpec, ColumnType, ParamSpec, ScalarName, Signature } from '../../../src/schema/types.js';
import { plainValue } from '../../support/plain-value.js';

const scalar = (name: ScalarName): ColumnType => ({ kind: 'scalar', scalar: name });
const array = (items: ColumnType): ColumnType => ({ kind: 'array', items });
const map = (values: ColumnType): ColumnType => ({ kind: 'map', values });
const object = (...properties: [string, ColumnType, boolean?][]): ColumnType => ({
  kind: 'object',
  properties: properties.map(([name, type, required = true]) => ({ name, type, required })),
});
const column = (name: string | undefined, type: ColumnType, required = true): ColumnSpec => ({ name, type, required });
function told(body: string, columns: readonly ColumnSpec[], params: readonly ParamSpec[] | null = null): string {
  const signature: Signature = { inputs: { kind: 'columns', columns }, outputs: null, params };
  const cast = castJsonDocument(body, signature);
  if (!cast.ok) return cast.findings.map(({ code, message }) => `${code} ${message}`).join('\n');
  return [
    ...cast.table.columns.map(({ name, values }) => `${name} ${JSON.stringify(values, plainValue)}`),
    ...(cast.params ? [`params ${JSON.stringify(cast.params, plainValue)}`] : []),
    ...cast.warnings,
  ].join('\n');
}
const cell = (type: ColumnType, json: string, required = true): string =>
  told(`{"dataframe_records":[{"a":${json}}]}`, [column('a', type, required)]).replace(/^a \[(.*)\]$/s, '$1');

test('nested values, leaf by leaf', () => {
  const point = object(['x', scalar('double')], ['s', scalar('string'), false]);
  const cases: [ColumnType, string, string | RegExp][] = [
    [array(scalar('string')), '["a","b"]', '["a","b"]'],
    [array(scalar('string')), '["a",1]', /WRONG_TYPE column 'a'\[1\] row 0: number 1 in a nested string/],
    [array(scalar('string')), '["a",null]', /SCHEMA_NULL column 'a'\[1\] row 0: null in an array of strings/],
    [array(scalar('string')), '"a"', /WRONG_TYPE .*string "a" in an array/],
    [array(scalar('string')), '["a\\ud800"]', /SCHEMA_MALFORMED column 'a'\[0\] row 0: the text holds/],
    [array(scalar('boolean')), '[true]', '[true]'],
    [array(scalar('boolean')), '[1]', /number 1 in a nested boolean/],
    [array(scalar('long')), '[1,9007199254740993]', '["1n","9007199254740993n"]'],
    [array(scalar('long')), '[1.0]', /an integer|in a nested long/],
    [array(scalar('long')), '[NaN]', /SCHEMA_NOT_A_NUMBER .*NaN is not valid JSON/],
    [array(scalar('double')), '[1.5,2]', '[1.5,2]'],
    [array(scalar('double')), '[0,1]', '[0,1]'],
    [array(scalar('double')), '[2,3]', /MLflow accepts 2\.0 but not integers other than 0 and 1/],
    [array(scalar('double')), '[1.5,"x"]', /\[1\] row 0: string "x" in a nested double/],
    [array(scalar('double')), '[1.5,Infinity]', /SCHEMA_NOT_A_NUMBER .*Infinity is not valid JSON/],
    [array(scalar('double')), '[]', '[]'],
    [array(scalar('float')), '[1.5]', /arrays of floats \(float32\) cannot be sent as JSON/],
    [array(scalar('integer')), '[1]', /nested integer cannot be sent as JSON/],
    [array(scalar('datetime')), '["2024-01-01"]', /nested datetime cannot be sent as JSON/],
    [array(scalar('binary')), '["AA=="]', /nested binary is not base64-decoded/],
    [array(array(scalar('long'))), '[[1],[2,3]]', '[["1n"],["2n","3n"]]'],
    [array(array(scalar('long'))), '[[1],["x"]]', /column 'a'\[1\]\[0\] row 0/],
    [array({ kind: 'any' }), '[1,null,"x",{"y":[2.5]}]', '[1,null,"x",{"y":[2.5]}]'],
    [point, '{"x":1.5,"s":"y"}', '{"x":1.5,"s":"y"}'],
    [point, '{"x":1.5}', '{"x":1.5}'],
    [point, '{"x":1.5,"s":null}', '{"x":1.5,"s":null}'],
    [point, '{"x":0}', '{"x":0}'],
    [point, '{"x":2}', /column 'a'\.x row 0: .*MLflow accepts 2\.0/],
    [point, '{"x":null}', /SCHEMA_NULL column 'a'\.x row 0: null in a nested double/],
    [point, '{"s":"y"}', /SCHEMA_MISSING_COLUMN .*the required property 'x' is missing/],
    [point, '{"x":1.5,"t":1}', /SCHEMA_UNKNOWN_COLUMN column 'a'\.t row 0: the property is not in the signature/],
    [point, '{"x":1.5,"x":2.5}', /SCHEMA_DUPLICATE .*key 'x' occurs twice/],
    [point, '[1]', /WRONG_TYPE .*array in an object/],
    [point, '1', /WRONG_TYPE .*number 1 in an object/],
    [object(['f', scalar('float')]), '{"f":1}', '{"f":1}'],
    [object(['f', scalar('float')]), '{"f":1.5}', /nested floats \(float32\) cannot be sent as JSON/],
    [map(scalar('long')), '{"k":1,"__proto__":2}', '{"k":"1n","__proto__":"2n"}'],
    [map(scalar('long')), '{"k":"x"}', /column 'a'\['k'\] row 0: string "x" in a nested long/],
    [map(scalar('long')), '[1]', /array in a map/],
    [{ kind: 'sparkml_vector' }, '[0.5,1.0]', '[0.5,1]'],
    [{ kind: 'any' }, '{"a":[1,"x",true]}', '{"a":[1,"x",true]}'],
    [{ kind: 'any' }, '9007199254740993', '"9007199254740993n"'],
    [{ kind: 'any' }, '1e400', /SCHEMA_LOSSY_CAST .*1e400 overflows double/],
    [{ kind: 'any' }, '[1,[NaN]]', /column 'a'\[1\]\[0\] row 0: NaN is not valid JSON/],
  ];
  for (const [type, json, wanted] of cases) {
    const found = cell(type, json);
    if (typeof wanted === 'string') assert.equal(found, wanted, json);
    else assert.match(found, wanted, json);
  }
  assert.equal(cell(point, 'null', false), 'null');
});

test('scalars by JSON: datetimes, binary, and what a column remembers', () => {
  const of = (type: ScalarName, ...cells: string[]) =>
    told(`{"dataframe_split":{"columns":["a"],"data":[${cells.map((one) => `[${one}]`)}]}}`, [
      column('a', scalar(type)),
    ]);
  const cases: [ScalarName, string[], string | RegExp][] = [
    ['datetime', ['"2024-01-31"'], 'a ["1706659200000000000n"]'],
    ['datetime', ['"1970-01-01T00:00:00.000000001"'], 'a ["1n"]'],
    ['datetime', ['"1969-12-31 23:59:59"'], 'a ["-1000000000n"]'],
    ['datetime', ['"2024-02-29T23:59"'], 'a ["1709251140000000000n"]'],
    ['datetime', ['"2023-02-29"'], /is not a real date or time/],
    ['datetime', ['"2024-13-01"'], /is not a real date or time/],
    ['datetime', ['"2024-00-01"'], /is not a real date or time/],
    ['datetime', ['"2024-01-01T24:00"'], /is not a real date or time/],
    ['datetime', ['"2024-01-01T23:60"'], /is not a real date or time/],
    ['datetime', ['"2024-01-01T23:59:60"'], /is not a real date or time/],
    ['datetime', ['"2024-01-01T12:00:00Z"'], /time zone not allowed/],
    ['datetime', ['"2024-01-01T12:00+02:00"'], /time zone not allowed/],
    ['datetime', ['"2024-01-01Z"'], /is not a date: use ISO 8601/],
    ['datetime', ['"01/02/2024"'], /is not a date: use ISO 8601/],
    ['datetime', ['"2262-04-11T23:47:16.854775807"'], 'a ["9223372036854775807n"]'],
    ['datetime', ['"2262-04-11T23:47:16.854775808"'], /is outside 1677-09-21\.\.2262-04-11/],
    ['datetime', ['"1677-09-21T00:12:43.145224193"'], 'a ["-9223372036854775807n"]'],
    ['datetime', ['"1677-09-21T00:12:43.145224192"'], /is outside/],
    ['datetime', ['"2024-01-01"', '"2024-01-01T00:00"'], /row 1: .* is not written like the first row's date$/],
    ['datetime', ['"2024-01-01T00:00:00"', '"2024-01-01 00:00:00"'], /first row's dateThh:mm:ss$/],
    ['datetime', ['7'], /number 7 in a datetime column \(MLflow reads numbers as nanoseconds\)/],
    ['binary', ['"AAE="'], 'a [[0,1]]'],
    ['binary', ['""'], 'a [[]]'],
    ['binary', ['"AAE"'], /the length is not a multiple of 4/],
    ['binary', ['"A-E="'], /URL-safe base64/],
    ['binary', ['"AA E"'], /not valid base64$/],
    ['binary', ['"AAF="'], /bits are left over before the padding/],
    ['boolean', ['true', 'false'], 'a [1,0]'],
    ['boolean', ['"true"'], /string "true" in a boolean column/],
    ['string', ['1'], /number 1 in a string column/],
    ['long', ['"1"'], /string "1" in a long column/],
    ['integer', ['1.5'], /1\.5 is not an integer/],
    ['double', ['NaN'], /SCHEMA_NOT_A_NUMBER .*NaN is not valid JSON/],
    ['double', ['null'], /SCHEMA_NULL .*null in a required double column/],
  ];
  for (const [type, cells, wanted] of cases) {
    const found = of(type, ...cells);
    if (typeof wanted === 'string') assert.equal(found, wanted, cells.join());
    else assert.match(found, wanted, cells.join());
  }
  assert.match(of('long', '2.0', '3'), /^a \["2n","3n"\]\ncolumn 'a': "2\.0" in a long \(int64\) column is read as 2$/);
});

test('missing values: what a type can miss, in every row or in none', () => {
  const rows = (...records: string[]) => `{"dataframe_records":[${records}]}`;
  const [a, b] = [column('a', scalar('long'), false), column('b', scalar('double'), false)];
  assert.equal(told(rows('{"b":1.5}', '{"b":null}'), [a, b]), 'b [1.5,null]');
  assert.equal(told(rows('{"a":1,"b":2.5}', '{"a":2}'), [a, b]), 'a ["1n","2n"]\nb [2.5,null]');
  assert.match(
    told(rows('{"a":1,"b":1}', '{"b":2}'), [a, b]),
    /SCHEMA_NULL .*row 1: rows before have this column, this one does not, and long/,
  );
  assert.match(
    told(rows('{"b":1}', '{"a":1,"b":2}'), [a, b]),
    /SCHEMA_NULL .*row 1: some rows before have no such column/,
  );
  assert.match(
    told(rows('{"a":null,"b":1}'), [a, b]),
    /SCHEMA_NULL .*null in a long column, which has no missing value/,
  );
  assert.match(told(rows('{"a":1}', '{}'), [column('a', scalar('long'))]), /row 1/);
  assert.match(told(rows('7'), [a]), /SCHEMA_WRONG_TYPE row 0: the row is number 7, not an object/);
  assert.match(told(rows(), [a]), /^SCHEMA_NO_ROWS the table has no rows$/);
});

test('layouts of inputs and instances', () => {
  const [x, y] = [column('x', scalar('double')), column('y', scalar('string'))];
  const unnamed = column(undefined, scalar('double'));
  const two = [column(undefined, scalar('double')), column(undefined, scalar('double'))];
  const cases: [string, ColumnSpec[], string | RegExp][] = [
    ['{"inputs":{"x":[1.5,2.5],"y":["a","b"]}}', [x, y], 'x [1.5,2.5]\ny ["a","b"]'],
    ['{"inputs":{"x":1.5,"y":"a"}}', [x, y], 'x [1.5]\ny ["a"]'],
    ['{"inputs":{"x":[1.5,2.5],"y":["a"]}}', [x, y], /SCHEMA_RAGGED column 'y' has 1 values, but another has 2 values/],
    ['{"inputs":{"x":[1.5,2.5],"y":"a"}}', [x, y], /SCHEMA_RAGGED column 'y' has string "a", but another has 2 values/],
    ['{"inputs":[{"x":1.5,"y":"a"}]}', [x, y], 'x [1.5]\ny ["a"]'],
    [
      '{"instances":[{"x":1.5,"y":"a"},{"x":2.5}]}',
      [x, column('y', scalar('string'), false)],
      /SCHEMA_RAGGED row 1: 'y' is in some instances/,
    ],
    [
      '{"instances":[{"x":1.5},{"x":2.5,"y":"b"}]}',
      [x, column('y', scalar('string'), false)],
      /SCHEMA_RAGGED row 1: 'y'/,
    ],
    ['{"inputs":[1.5,2.5]}', [x], 'x [1.5,2.5]'],
    ['{"inputs":[1.5]}', [x, y], /SCHEMA_/],
    ['{"inputs":1.5}', [unnamed], /^0 \[1\.5\]/],
    ['{"instances":1.5}', [unnamed], /SCHEMA_PROTOCOL the input is number 1\.5/],
    ['{"inputs":1.5}', [x], /SCHEMA_PROTOCOL the input is number 1\.5, but the signature has named columns/],
    ['{"inputs":1.5}', two, /but the signature has columns/],
    [
      '{"inputs":[[1.5,2.5]]}',
      two,
      /a list of array cannot meet a signature of 2 unnamed columns: use dataframe_split/,
    ],
    ['{"inputs":{"x":[1.5]}}', [unnamed], /an object of columns cannot meet a signature of unnamed columns/],
    ['{"inputs":[]}', [x], /SCHEMA_NO_ROWS/],
    ['{"dataframe_records":{"x":1}}', [x], /SCHEMA_PROTOCOL dataframe_records must be a list of objects, not object/],
    ['{"dataframe_split":{"data":[[1.5,2.5]]}}', two, '0 [1.5]\n1 [2.5]'],
    ['{"dataframe_split":{"data":[[1.5]]}}', two, /SCHEMA_RAGGED signature declares 2 columns, input has 1/],
    [
      '{"dataframe_split":{"columns":["p","q"],"data":[[1.5,2.5]]}}',
      two,
      /column 'p' and the others are taken by position$/,
    ],
    ['{"dataframe_split":{"columns":["p"],"data":[[1.5]]}}', [unnamed], /column 'p' is taken by position$/],
    ['{"dataframe_split":{"data":[[1.5]]}}', [x], /SCHEMA_MISSING_COLUMN the input has no column names/],
    [
      '{"dataframe_split":{"columns":["x"],"data":[[1.5,2]]}}',
      [x],
      /SCHEMA_RAGGED row 0 has 2 values, but the header has 1/,
    ],
    ['{"dataframe_split":{"columns":["x"],"data":[1.5]}}', [x], /SCHEMA_RAGGED row 0 has number 1\.5/],
    ['{"dataframe_split":{"columns":["x"],"data":[]}}', [x], /SCHEMA_NO_ROWS/],
    ['{"dataframe_split":{"columns":"x","data":[[1]]}}', [x], /'columns' must be a list of names, not string "x"/],
    ['{"dataframe_split":{"columns":[1],"data":[[1]]}}', [x], /a column name is number 1, not a string/],
    ['{"dataframe_split":{"columns":["x"]}}', [x], /has no 'data'/],
    ['{"dataframe_split":{"columns":["x"],"data":7}}', [x], /'data' must be a list of rows, not number 7/],
    ['{"dataframe_split":{"columns":["x"],"data":[[1]],"dta":1}}', [x], /key 'dta' is not one of/],
    ['{"dataframe_split":{"columns":["x"],"data":[[1.5]],"data":[[2.5]]}}', [x], /key 'data' occurs twice/],
    ['{"dataframe_split":7}', [x], /must be an object with columns and data, not number 7/],
    [
      '{"dataframe_records":[{"p":1.5},{"p":2.5}]}',
      [unnamed],
      /^0 \[1\.5,2\.5\]\nthe signature has no names: the keys are taken by position$/,
    ],
    ['{"dataframe_records":[{"p":1.5},{"q":2.5}]}', [unnamed], /SCHEMA_RAGGED row 1: the record has the keys 'q'/],
    [
      '{"dataframe_records":[{"p":1.5,"q":2}]}',
      [unnamed],
      /SCHEMA_RAGGED row 0: the record has the keys 'p', 'q'; expected 1 different/,
    ],
    ['{"dataframe_records":[{"x":1.5,"x":2.5}]}', [x], /SCHEMA_DUPLICATE row 0: key 'x' occurs twice in one record/],
    [
      '{"inputs":{"a":null}}',
      [column('a', array(scalar('long')), false)],
      /null for a nested value cannot be sent as 'inputs': leave it out/,
    ],
    ['{"inputs":["AA=="]}', [column('b', scalar('binary'))], /binary via 'inputs' is not base64-decoded/],
    [
      '{"instances":[{"a":[1]}]}',
      [column('a', array(scalar('long')))],
      /array columns cannot be sent as 'instances', MLflow tears them apart/,
    ],
    ['{"inputs":{"a":[1,2]}}', [column('a', array(scalar('long')))], 'a [["1n","2n"]]'],
    [
      '{"inputs":{"x":[1]},"instances":[1]}',
      [x],
      /must have exactly one of .*; it has inputs and instances|instances and inputs/,
    ],
    ['{"input":[1]}', [x], /SCHEMA_PROTOCOL/],
    ['[1]', [x], /the request is array, expected an object with one of/],
    ['{', [x], /SCHEMA_MALFORMED/],
  ];
  for (const [body, columns, wanted] of cases) {
    const found = told(body, columns);
    if (typeof wanted === 'string') assert.equal(found, wanted, body);
    else assert.match(found, wanted, body);
  }
  const twice = [x, x];
  assert.match(
    told('{"dataframe_records":[{"x":1.5}]}', twice),
    /SCHEMA_BAD_SIGNATURE signature: column 'x' occurs twice/,
  );
  assert.match(told('{"dataframe_records":[{"":1.5}]}', [column('', scalar('double'))]), /a column has an empty name/);
});

test('params: typed like columns, with defaults, and refused by name', () => {
  const param = (
    name: string,
    type: ColumnType,
    value: unknown,
    shape: readonly number[] | null = null,
  ): ParamSpec => ({
    name,
    type,
    default: value,
    shape,
  });
  const specs = [
    param('n', scalar('integer'), 1n),
    param('l', scalar('long'), 2n),
    param('d', scalar('double'), 0.5),
    param('f', scalar('float'), 0.25),
    param('s', scalar('string'), 'x'),
    param('b', scalar('boolean'), true),
    param('t', scalar('datetime'), null),
    param('v', scalar('long'), null, [-1]),
  ];
  const given = (params: string, list: readonly ParamSpec[] | null = specs) =>
    told(`{"inputs":[1.5],"params":${params}}`, [column('x', scalar('double'))], list)
      .split('\n')
      .slice(-1)[0] ?? '';
  const values = (params: string) => JSON.parse(given(params).replace(/^params /, '')) as Record<string, unknown>;
  assert.deepEqual(values('{}'), { n: '1n', l: '2n', d: 0.5, f: 0.25, s: 'x', b: true, t: null, v: null });
  assert.deepEqual(values('{"n":7,"l":9007199254740993,"d":1,"f":0.1,"s":"y","b":false,"v":[1,2]}'), {
    n: 7,
    l: '9007199254740993n',
    d: 1,
    f: Math.fround(0.1),
    s: 'y',
    b: false,
    t: null,
    v: ['1n', '2n'],
  });
  assert.equal(values('{"t":"1970-01-01T00:00:00.000001"}')['t'], '1000n');
  const cases: [string, RegExp][] = [
    ['{"t":"1970-01-01T00:00:00.000000001"}', /SCHEMA_BAD_PARAM param 't': finer than a microsecond/],
    ['{"t":"x"}', /\(a full date\)$/],
    ['{"t":7}', /number 7 for a datetime/],
    ['{"n":1.0}', /SCHEMA_BAD_PARAM param 'n': 1\.0 is not an integer/],
    ['{"n":2147483648}', /out of range for integer/],
    ['{"n":"1"}', /string "1" for an integer/],
    ['{"n":null}', /null for an integer/],
    ['{"d":"1"}', /string "1" for a double/],
    ['{"d":NaN}', /NaN is not valid JSON/],
    ['{"b":1}', /number 1 for a boolean/],
    ['{"s":1}', /number 1 for a string/],
    ['{"v":1}', /number 1, expected a list/],
    ['{"v":[1,"x"]}', /param 'v'\[1\]: string "x" for a long/],
    ['{"dd":1}', /SCHEMA_UNKNOWN_PARAM param 'dd' is not in the signature/],
    ['{"d":1,"d":2}', /SCHEMA_DUPLICATE param 'd' occurs twice/],
    ['[1]', /params must be an object, not array/],
    ['null', /params must be an object, not null/],
  ];
  for (const [params, wanted] of cases) assert.match(given(params), wanted, params);
  assert.match(given('{"d":1}', null), /SCHEMA_UNKNOWN_PARAM the model declares no params, the request has 'd'/);
  assert.equal(given('{}', null), 'x [1.5]');
});

test('nested values of a typed file: by the types first, then value by value', () => {
  const [int64, text]: [ArrowType, ArrowType] = [{ kind: 'int', bits: 64, signed: true }, { kind: 'string' }];
  const read = (type: ArrowType, want: ColumnType, value: unknown): string => {
    const reader = nestedReader(type, want);
    const found = reader instanceof Problem ? reader : reader(value);
    return found instanceof Problem ? `${found.code} ${found.path}: ${found.say}` : JSON.stringify(found, plainValue);
  };
  const ofMap: ArrowType = { kind: 'map', keys: text, values: int64 } as never;
  const ofList: ArrowType = { kind: 'list', items: int64 } as never;
  const ofStruct: ArrowType = {
    kind: 'struct',
    fields: [
      { name: 'x', type: int64 },
      { name: 's', type: text },
    ],
  } as never;
  const point = object(['x', scalar('long')], ['s', scalar('string'), false]);
  const cases: [ArrowType, ColumnType, unknown, string | RegExp][] = [
    [ofMap, map(scalar('long')), { k: 1n }, '{"k":"1n"}'],
    [ofMap, map(scalar('long')), { k: null }, "SCHEMA_NULL ['k']: null in a map of longs"],
    [ofMap, map(scalar('string')), {}, /^SCHEMA_WRONG_TYPE \[\]: .* in the file, but string in the signature$/],
    [ofList, map(scalar('long')), [], /^SCHEMA_WRONG_TYPE : .* in the file, but map in the signature$/],
    [ofMap, array(scalar('long')), {}, /but array in the signature$/],
    [ofMap, point, {}, /but object in the signature$/],
    [ofMap, { kind: 'sparkml_vector' }, {}, /but sparkml_vector in the signature$/],
    [ofList, array(scalar('long')), [1n, 2n], '["1n","2n"]'],
    [ofList, array(scalar('long')), [1n, null], 'SCHEMA_NULL [1]: null in an array of longs'],
    [ofStruct, point, { x: 1n, s: 'a' }, '{"x":"1n","s":"a"}'],
    [ofStruct, point, { x: 1n, s: null }, '{"x":"1n","s":null}'],
    [ofStruct, point, { x: null, s: 'a' }, 'SCHEMA_NULL .x: null in a nested long'],
    [ofStruct, object(['x', scalar('long')]), {}, /^SCHEMA_UNKNOWN_COLUMN \.s: the property is not in the signature$/],
    [
      ofStruct,
      object(['x', scalar('long')], ['s', scalar('string')], ['z', scalar('long')]),
      {},
      /required property 'z' is missing$/,
    ],
    [
      ofStruct,
      object(['x', scalar('long')], ['s', scalar('string')], ['z', scalar('long'), false]),
      { x: 1n, s: 'a' },
      '{"x":"1n","s":"a"}',
    ],
    [{ kind: 'dictionary', values: text } as never, scalar('string'), 'a', '"a"'],
  ];
  for (const [type, want, value, wanted] of cases) {
    const found = read(type, want, value);
    if (typeof wanted === 'string') assert.equal(found, wanted);
    else assert.match(found, wanted);
  }
});
