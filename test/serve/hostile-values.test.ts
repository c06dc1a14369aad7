// Values that no honest client sends: each is refused with the name of its input, and none is the server's fault.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FLOWER, irisVersions } from '../library/iris-versions.js';
import { startServing } from './start-serving.js';

const NAMES = Object.keys(FLOWER);
const FIRST = NAMES[0]!;
const named = /sepal length \(cm\)/;
const records = (value: string) =>
  `{"dataframe_records":[{${NAMES.map((name) => `"${name}":${name === FIRST ? value : 1}`).join(',')}}]}`;
const tensors = (first: string) =>
  `{"inputs":[${first},${NAMES.slice(1)
    .map((name) => `{"name":"${name}","datatype":"FP64","shape":[1],"data":[1]}`)
    .join(',')}]}`;
const tensor = (parts: { shape?: string; data?: string; datatype?: string; name?: string }) =>
  tensors(
    `{"name":"${parts.name ?? FIRST}","datatype":"${parts.datatype ?? 'FP64'}","shape":${parts.shape ?? '[1]'},"data":${parts.data ?? '[1]'}}`,
  );
const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const REFUSED: readonly (readonly [what: string, body: string, expected: RegExp])[] = [
  ['1e309', records('1e309'), named],
  ['a text for a number', records('"1e308x"'), named],
  ['an object for a number', records('{"__proto__":{"x":1}}'), named],
  ['a nested list', records(deep(20)), named],
  ['a column twice', `{"dataframe_records":[{"${FIRST}":1,"${FIRST}":2}]}`, /./],
  ['__proto__ for a column', '{"dataframe_records":[{"__proto__":1}]}', named],
  ['rows of other lengths', `{"dataframe_split":{"columns":${JSON.stringify(NAMES)},"data":[[1,2,3,4],[1]]}}`, /./],
  ['a column named twice', `{"dataframe_split":{"columns":["${FIRST}","${FIRST}"],"data":[[1,2]]}}`, /./],
  ['an input twice', tensor({ name: NAMES[1]! }), /sepal width \(cm\)\\" occurs twice/],
  ['__proto__ for an input', tensor({ name: '__proto__' }), /__proto__|sepal length/],
  ['more values than the shape', tensor({ data: '[1,2]' }), named],
  ['fewer values than the shape', tensor({ shape: '[2,1]', data: '[1]' }), named],
  ['a shape of 10^15', tensor({ shape: '[1000000000000000]' }), named],
  ['a shape that overflows', tensor({ shape: '[4294967296,4294967296]' }), named],
  ['a negative shape', tensor({ shape: '[-1]' }), named],
  ['a shape of halves', tensor({ shape: '[0.5,2]' }), named],
  ['a shape of texts', tensor({ shape: '["1"]' }), named],
  ['another datatype', tensor({ datatype: 'FP128' }), named],
  ['a nested text', tensor({ data: '[[["x"]]]' }), named],
  ['1e39 in 32 bits', tensor({ datatype: 'FP32', data: '[1e39]' }), named],
];

/** NaN may be a missing value, and 1e308 is a number: what matters is whose fault it is. */
const ODD = [
  records('NaN'),
  records('Infinity'),
  records('1e308'),
  records('-1e308'),
  records('"NaN"'),
  records(deep(100_000)),
  `{"dataframe_records":${deep(1_000_000)}}`,
  '{"a":'.repeat(100_000),
  tensor({ data: '[NaN]' }),
  tensor({ data: '[-Infinity]' }),
  tensor({ data: '[1e308]' }),
  tensor({ data: deep(100_000) }),
  tensor({ shape: deep(100_000) }),
  tensor({ shape: '[0]', data: '[]' }),
  `{"inputs":[${'{},'.repeat(100_000)}{}]}`,
  '{"instances":[[]]}',
  '{"instances":{}}',
  '{"instances":[null]}',
  '{"dataframe_split":{"columns":[],"data":[]}}',
  `{"dataframe_records":[${'{},'.repeat(200_000)}{}]}`,
];

test('a hostile value is refused with the name of its input, and never the fault of the server', async () => {
  const world = await irisVersions();
  for (const schema of ['strict', 'mlflow'] as const) {
    await using server = await startServing(world, { schema });
    const addressOf = (body: string) => (body.startsWith('{"inputs"') ? '/v2/models/iris_clf/infer' : '/invocations');
    for (const [what, body, expected] of REFUSED) {
      const { status, text } = await server.post(addressOf(body), body);
      // This mode accepts what pandas accepts, in Python's words.
      if (schema === 'mlflow' && addressOf(body) === '/invocations') {
        assert.ok(status < 500, `${what}: ${status} ${text.slice(0, 300)}`);
        continue;
      }
      assert.equal(status, 400, `${schema}, ${what}: ${status} ${text}`);
      assert.match(text, expected, what);
    }
    for (const body of ODD)
      for (const address of ['/invocations', '/v2/models/iris_clf/infer']) {
        // Python's own server answers 500 to what it cannot read as deep as that, and this mode answers as it does.
        if (schema === 'mlflow' && address === '/invocations') continue;
        const { status, text, json } = await server.post(address, body);
        assert.ok(status < 500, `${schema} ${address} ${body.slice(0, 100)}: ${status} ${text.slice(0, 300)}`);
        assert.ok(json !== undefined, `not JSON: ${text.slice(0, 300)}`);
      }
  }
  assert.equal(({} as Record<string, unknown>)['x'], undefined);
});
