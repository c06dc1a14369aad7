// What of a server's JSON is parsed, and what is refused before it costs memory.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJson } from '../../src/http/json.js';
import { refusalOf } from '../../src/mlflow-server/refusal.js';
import { jsonExcess } from '../../src/text/json-limits.js';

const bytes = (text: string): Uint8Array => Buffer.from(text);

test('brackets, commas and colons inside text are not values', () => {
  const text = JSON.stringify({ a: '[{,:\\"'.repeat(100), 'b,:[': ['\\', '"'] });
  assert.equal(jsonExcess(bytes(text), { values: 8, depth: 2 }), null);
  assert.deepEqual(parseJson('x', bytes(text)), JSON.parse(text));
  assert.match(String(jsonExcess(bytes(text), { values: 4, depth: 2 })), /more than 4 values/);
  assert.match(String(jsonExcess(bytes(text), { values: 8, depth: 1 })), /deeper than 1 /);
});

test('cut or odd text is not JSON, and is refused quickly', () => {
  for (const text of ['', '"', '"\\', '{"a":"', ']]]]', '{]', 'nul'])
    assert.equal(parseJson('x', bytes(text)), undefined);
});

test('many small values and deep nesting are refused at once, however small the text', () => {
  const many = bytes(`{"runs":[${'{},'.repeat(5_000_000)}{}]}`);
  const deep = bytes('['.repeat(30_000_000));
  for (const text of [many, deep, bytes(`[${'0,'.repeat(3_000_000)}0]`), bytes('{"a":'.repeat(200))]) {
    const before = process.memoryUsage().rss;
    assert.throws(() => parseJson('GET x', text), {
      code: 'REMOTE_LIMIT',
      message: /^GET x: the answer (?:holds|nests)/,
    });
    assert.ok(process.memoryUsage().rss - before < 100e6);
    // As the body of an error it is a page like any other.
    assert.equal(refusalOf({ status: 500, body: text }).status, 500);
  }
});
