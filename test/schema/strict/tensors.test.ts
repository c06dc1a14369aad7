// Tensors in strict mode: every element type at its limits, and every form that can carry a tensor.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { castJsonDocument } from '../../../src/schema/cast.js';
import type { TensorSpec } from '../../../src/schema/types.js';

const spec = (dtype: string, shape: readonly number[], name?: string): TensorSpec => ({ name, dtype, shape });
/** `name type values` of each column with its warnings, or the findings. */
function told(body: string, ...tensors: TensorSpec[]): string {
  const cast = castJsonDocument(body, { inputs: { kind: 'tensors', tensors }, outputs: null, params: null });
  if (!cast.ok) return cast.findings.map(({ code, message }) => `${code} ${message}`).join('\n');
  const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);
  const shown = cast.table.columns.map(
    ({ name, type, values }) => `${name} ${type} ${JSON.stringify(Array.from(values as ArrayLike<unknown>), plain)}`,
  );
  return [`${cast.table.rows} rows`, ...shown, ...cast.warnings].join('\n');
}
const element = (dtype: string, text: string): string => {
  const found = told(`{"inputs":[${text}]}`, spec(dtype, [-1]));
  return /\[(.*)\]$/.exec(found.split('\n')[1] ?? '')?.[1] ?? found;
};

test('elements of every type, at their limits', () => {
  const cases: [string, string, string | RegExp][] = [
    ['float64', '0.1', '0.1'],
    ['float64', '1e309', /SCHEMA_LOSSY_CAST .*\[0\].*overflows double/],
    ['float64', 'NaN', /SCHEMA_NOT_A_NUMBER .*NaN is not valid JSON/],
    ['float64', 'null', /SCHEMA_NULL .*the element is null, expected float64/],
    ['float64', '"1"', /SCHEMA_WRONG_TYPE .*the element is string "1", expected float64/],
    ['float32', '0.1', '0.10000000149011612'],
    ['float32', '16777217', /has no exact float/],
    ['float16', '0.1', '0.0999755859375'],
    ['float16', '65504', '65504'],
    ['float16', '65519.9', '65504'],
    ['float16', '65520.0', /overflows float16/],
    ['float16', '-65520.0', /overflows float16/],
    ['float16', '1e999', /overflows float16/],
    ['float16', '2048', '2048'],
    ['float16', '2049', /has no exact float16/],
    ['float16', '2049.0', '2048'],
    ['float16', '2051.0', '2052'],
    ['float16', '-2051.0', '-2052'],
    ['float16', '1.0009765625', '1.0009765625'],
    ['float16', '5.9604644775390625e-8', '5.960464477539063e-8'],
    ['float16', '3e-8', '5.960464477539063e-8'],
    ['float16', '2.9802322387695312e-8', /underflows to 0 in a float16/],
    ['float16', '0.0', '0'],
    ['bool', 'true', '1'],
    ['bool', '1', /SCHEMA_WRONG_TYPE/],
    ['str', '"x"', '"x"'],
    ['str', '1', /SCHEMA_WRONG_TYPE .*expected str/],
    ['int8', '127', '127'],
    ['int8', '-128', '-128'],
    ['int8', '128', /out of range for int8/],
    ['int8', '-129', /out of range for int8/],
    ['uint8', '255', '255'],
    ['uint8', '256', /out of range for uint8/],
    ['uint8', '-1', /out of range for uint8/],
    ['int16', '32767', '32767'],
    ['uint16', '65536', /out of range/],
    ['int32', '-2147483648', '-2147483648'],
    ['uint32', '4294967295', '"4294967295n"'],
    ['int64', '9223372036854775807', '"9223372036854775807n"'],
    ['uint64', '18446744073709551615', '"18446744073709551615n"'],
    ['uint64', '18446744073709551616', /out of range/],
    ['int64', '1.5', /is not an integer/],
    ['object', '1', /SCHEMA_/],
  ];
  for (const [dtype, text, wanted] of cases) {
    const found = element(dtype, text);
    if (typeof wanted === 'string') assert.equal(found, wanted, `${dtype} ${text}`);
    else assert.match(found, wanted, `${dtype} ${text}`);
  }
  const types = [
    ['float64', 'double'],
    ['float16', 'float'],
    ['int8', 'integer'],
    ['uint16', 'integer'],
    ['int32', 'integer'],
    ['uint32', 'long'],
    ['int64', 'long'],
    ['uint64', 'object'],
  ] as const;
  for (const [dtype, type] of types)
    assert.match(told('{"inputs":[1]}', spec(dtype, [-1])), new RegExp(`^1 rows\n\\w+ ${type} `));
});

test('shapes: open and fixed sizes, ragged and empty lists', () => {
  const table = spec('int64', [-1, 2], 't');
  assert.equal(told('{"inputs":{"t":[[1,2],[3,4]]}}', table), '2 rows\nt object [["1n","2n"],["3n","4n"]]');
  const cases: [string, RegExp][] = [
    ['{"inputs":{"t":[[1,2,3]]}}', /^SCHEMA_SHAPE .*the shape \(1, 3\), expected \(-1, 2\)$/],
    ['{"inputs":{"t":[1,2]}}', /^SCHEMA_SHAPE .*the shape \(2\), expected/],
    ['{"inputs":{"t":[[[1,2]]]}}', /^SCHEMA_SHAPE .*the shape \(1, 1, 2\)/],
    ['{"inputs":{"t":[[1,2],[3]]}}', /^SCHEMA_RAGGED .*item 1 has the shape \(1\), item 0 \(2\)/],
    ['{"inputs":{"t":[[1,2],3]}}', /^SCHEMA_RAGGED .*item 1 has the shape number 3/],
    ['{"inputs":{"t":[]}}', /^SCHEMA_NO_ROWS .*has 0 elements/],
    ['{"inputs":{"t":[[],[]]}}', /^SCHEMA_NO_ROWS/],
    ['{"inputs":{"t":7}}', /^SCHEMA_\w+/],
    ['{"inputs":{"t":[[1,2],[3,"x"]]}}', /^SCHEMA_WRONG_TYPE .*\[1\]\[1\]: the element is string "x"/],
    ['{"inputs":{"u":[[1,2]]}}', /^SCHEMA_/],
  ];
  for (const [body, wanted] of cases) assert.match(told(body, table), wanted, body);
  assert.equal(told('{"inputs":{"t":[[1,2]]}}', spec('int64', [1, 2], 't')).split('\n')[0], '1 rows');
  assert.match(told('{"inputs":{"t":[[1,2],[3,4]]}}', spec('int64', [1, 2], 't')), /^SCHEMA_SHAPE/);
  const two = [spec('int64', [-1], 'a'), spec('int64', [-1], 'b')];
  assert.equal(told('{"inputs":{"a":[1,2],"b":[3,4]}}', ...two), '2 rows\na long ["1n","2n"]\nb long ["3n","4n"]');
  assert.match(told('{"inputs":{"a":[1,2],"b":[3]}}', ...two), /^SCHEMA_RAGGED tensors 'a' and 'b' have 2 and 1 rows$/);
  assert.equal(
    told('{"instances":[{"a":1,"b":2},{"a":3,"b":4}]}', ...two),
    '2 rows\na long ["1n","3n"]\nb long ["2n","4n"]',
  );
  assert.match(told('{"inputs":{"a":[1]}}', ...two), /^SCHEMA_MISSING_COLUMN/);
  assert.match(told('{"inputs":{"a":[1],"b":[2],"c":[3]}}', ...two), /^SCHEMA_UNKNOWN_COLUMN/);
  assert.match(
    told('{"inputs":{"a":[1]}}', spec('int64', [-1])),
    /an object cannot meet a signature of one unnamed tensor/,
  );
  assert.equal(
    told('{"inputs":[1,2.0]}', spec('int64', [-1]))
      .split('\n')
      .at(-1)
      ?.includes('"2.0"'),
    true,
    'a warning',
  );
});

test('a data frame carries a tensor in each column, or one side by side', () => {
  const split = (columns: string | null, data: string) =>
    `{"dataframe_split":{${columns === null ? '' : `"columns":${columns},`}"data":${data}}}`;
  const cases: [string, TensorSpec[], string | RegExp][] = [
    [split('["t"]', '[[[1,2]],[[3,4]]]'), [spec('int64', [-1, 2], 't')], '2 rows\nt object [["1n","2n"],["3n","4n"]]'],
    [split('["t"]', '[[[1,2,3,4]]]'), [spec('int64', [-1, 2, 2], 't')], '1 rows\nt object [[["1n","2n"],["3n","4n"]]]'],
    [split('["t"]', '[[[[1,2],[3,4]]]]'), [spec('int64', [-1, 2, 2], 't')], /SCHEMA_FORM_CANNOT_CARRY .*flat lists/],
    [split('["t"]', '[[[1,2,3]]]'), [spec('int64', [-1, 2], 't')], /^SCHEMA_SHAPE/],
    [split('["t"]', '[[5],[6]]'), [spec('int64', [-1, 1], 't')], '2 rows\nt object [["5n"],["6n"]]'],
    [split('["t"]', '[[5]]'), [spec('int64', [-1, 1, 1], 't')], /^SCHEMA_/],
    [split('["t"]', '[[5]]'), [spec('int64', [-1, 2], 't')], /^SCHEMA_/],
    [split('["t"]', '[[5],[6]]'), [spec('int64', [-1], 't')], '2 rows\nt long ["5n","6n"]'],
    [split('["t"]', '[[5]]'), [spec('int64', [1], 't')], /SCHEMA_FORM_CANNOT_CARRY .*shape \(1\)/],
    [split('["t"]', '[[[5]]]'), [spec('int64', [-1, -1], 't')], /SCHEMA_FORM_CANNOT_CARRY/],
    [split('["t"]', '[]'), [spec('int64', [-1], 't')], /^SCHEMA_NO_ROWS the table has no rows$/],
    [split(null, '[[5]]'), [spec('int64', [-1], 't')], /^SCHEMA_MISSING_COLUMN the input has no column names/],
    [split('["b","a"]', '[[1,2]]'), [spec('int64', [-1], 'a'), spec('int64', [-1], 'b')], /^SCHEMA_REORDERED/],
    [
      split('["q"]', '[[5]]'),
      [spec('int64', [-1])],
      /^1 rows\n\w+ long \["5n"\]\n.*the name of column 'q' is not checked$/,
    ],
    [split('["q"]', '[[[5]]]'), [spec('int64', [-1, 1])], /^1 rows\n\w+ object \[\["5n"\]\]$/],
    [
      split('["p","q"]', '[[1,2],[3,4]]'),
      [spec('int64', [-1, 2])],
      /^2 rows\n\w+ object \[\["1n","2n"\],\["3n","4n"\]\]/,
    ],
    [split('["p","q"]', '[[1,2.5]]'), [spec('float64', [-1, 2])], /^1 rows\n\w+ object \[\[1,2\.5\]\]/],
    [
      split('["p","q"]', '[[1,2]]'),
      [spec('float64', [-1, 2])],
      /^SCHEMA_WRONG_TYPE the columns side by side are int64/,
    ],
    [split('["p","q"]', '[[true,false]]'), [spec('bool', [-1, 2])], /^1 rows/],
    [split('["p","q"]', '[[true,1]]'), [spec('bool', [-1, 2])], /side by side are object, but the tensor is bool/],
    [split('["p","q"]', '[[1,2]]'), [spec('int64', [-1, 3])], /^SCHEMA_SHAPE 2 columns side by side need/],
    [split('["p","q"]', '[[1,2]]'), [spec('int64', [1, 2])], /^SCHEMA_SHAPE/],
    [split('["p","q"]', '[[1,2]]'), [spec('int64', [-1])], /^SCHEMA_SHAPE/],
    ['{"dataframe_records":[{"a":1},{"a":2}]}', [spec('int64', [-1], 'a')], '2 rows\na long ["1n","2n"]'],
    ['{"dataframe_records":[{"a":1},{"b":2}]}', [spec('int64', [-1], 'a')], /^SCHEMA_RAGGED row 1 repeats a key/],
    ['{"dataframe_records":[{"a":1,"a":2}]}', [spec('int64', [-1], 'a')], /^SCHEMA_RAGGED row 0 repeats a key/],
    ['{"dataframe_records":[1]}', [spec('int64', [-1], 'a')], /^SCHEMA_PROTOCOL dataframe_records must be a list/],
    [
      '{"dataframe_records":[{"b":1,"a":2}]}',
      [spec('int64', [-1], 'a'), spec('int64', [-1], 'b')],
      /^1 rows\na long \["2n"\]/,
    ],
  ];
  for (const [body, tensors, wanted] of cases) {
    const found = told(body, ...tensors);
    if (typeof wanted === 'string') assert.equal(found, wanted, body);
    else assert.match(found, wanted, body);
  }
});
