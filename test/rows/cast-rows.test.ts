// Rows of a file as one table: more than one batch, late findings, lines that are not rows.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { castRows } from '../../src/rows/cast-rows.js';
import { givenRows } from '../../src/rows/given-rows.js';
import type { EnforcementMode } from '../../src/schema/cast-types.js';
import type { Signature } from '../../src/schema/types.js';
import { testWorld } from '../support/worlds.js';

const column = (name: string, scalar: 'double' | 'string', required: boolean) =>
  ({ name, type: { kind: 'scalar', scalar }, required }) as const;
const SIGNATURE: Signature = {
  inputs: { kind: 'columns', columns: [column('a', 'double', true), column('s', 'string', false)] },
  outputs: null,
  params: null,
};
const ROWS = 40_000;

test('many batches become one table, and findings of all of them are counted', async () => {
  const world = testWorld();
  const write = (name: string, lines: readonly string[]) => writeFileSync(join(world.cwd, name), lines.join('\n'));
  const cast = (input: string, mode: EnforcementMode = 'strict') =>
    castRows(world, givenRows({ input, mode }), SIGNATURE);
  const numbers = Array.from({ length: ROWS }, (_, i) => i);
  write('good.csv', ['a,s', ...numbers.map((i) => `${i}.5,${i % 20_000 === 17_000 ? '' : `x${i}`}`)]);
  write(
    'good.ndjson',
    numbers.map((i) => (i % 20_000 === 17_000 ? `{"a":${i}.5}` : `{"a":${i}.5,"s":"x${i}"}`)),
  );
  const csv = await cast('good.csv');
  assert.ok(csv.ok);
  assert.equal(csv.table.rows, ROWS);
  assert.equal(csv.table.columns[0]?.values[39_999], 39_999.5);
  assert.deepEqual([csv.table.columns[1]?.nulls?.[16_999], csv.table.columns[1]?.nulls?.[17_000]], [0, 1]);
  assert.deepEqual(await cast('good.ndjson'), csv);
  write('bad.csv', ['a,s', ...numbers.map((i) => `${i % 10_000 === 9_999 ? 'x' : i},`)]);
  const bad = await cast('bad.csv');
  assert.ok(!bad.ok);
  assert.deepEqual([bad.total, bad.findings.map(({ row }) => row)], [4, [9_999, 19_999, 29_999, 39_999]]);
});

test('a line of NDJSON is one row of JSON in both modes', async () => {
  const world = testWorld();
  const texts = {
    half: '{"a": 1}\n{"a":\n2}\n',
    two: '{"a": 1}, {"a": 2}\n',
    params: '{"a": 1}\n], "params": {"p": [1\n',
    word: '{"a": 1}\nnot JSON\n',
  };
  for (const [name, text] of Object.entries(texts)) {
    writeFileSync(join(world.cwd, `${name}.ndjson`), text);
    for (const mode of ['strict', 'mlflow'] as const) {
      const cast = await castRows(world, givenRows({ input: `${name}.ndjson`, mode }), SIGNATURE);
      assert.ok(!cast.ok, `${name} ${mode}`);
      assert.equal(cast.findings[0]?.code, 'SCHEMA_MALFORMED', `${name} ${mode}`);
      assert.equal(cast.findings[0]?.row, name === 'two' ? 0 : 1, `${name} ${mode}`);
    }
  }
  writeFileSync(join(world.cwd, 'latin.ndjson'), Buffer.from('{"a": 1, "s": "K\xf6ln"}\n', 'latin1'));
  for (const mode of ['strict', 'mlflow'] as const)
    assert.ok(!(await castRows(world, givenRows({ input: 'latin.ndjson', mode }), SIGNATURE)).ok, mode);
});

test('no rows, no file and no format', async () => {
  const world = testWorld();
  writeFileSync(join(world.cwd, 'header.csv'), 'a,s\n');
  for (const mode of ['strict', 'mlflow'] as const) {
    const none = await castRows(world, givenRows({ input: 'header.csv', mode }), SIGNATURE);
    assert.ok(!none.ok);
    assert.equal(none.findings[0]?.code, 'SCHEMA_NO_ROWS');
  }
  await assert.rejects(castRows(world, givenRows({ input: 'none.csv' }), SIGNATURE), { code: 'FILE_NOT_FOUND' });
  assert.throws(() => givenRows({ input: 'rows.txt' }, '--input-format'), {
    code: 'USAGE',
    hint: 'name it with --input-format, one of csv, tsv, json, ndjson, parquet',
  });
});
