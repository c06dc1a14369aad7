// validate: every finding of the whole input is counted, 20 are told, no model runs.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import { validate } from '../../src/operations/validate.js';
import type { World } from '../../src/world.js';
import { scratch } from '../support/paths.js';

const worldIn = (cwd: string): World => ({
  env: {},
  cwd,
  now: () => 0,
  signal: new AbortController().signal,
  note: () => {},
  warn: () => {},
});
const streams = (text = '') => ({ stdin: Readable.from([text]), stdout: new Writable() });
const SIGNATURE = {
  inputs: [
    { type: 'double', name: 'a', required: true },
    { type: 'long', name: 'b', required: true },
  ],
  params: [{ name: 'p', type: 'integer', default: 1, shape: null }],
};

test('all rows are read and all findings counted', async () => {
  const folder = scratch();
  writeFileSync(join(folder, 's.json'), JSON.stringify(SIGNATURE));
  const rows = Array.from({ length: 40_000 }, (_, i) => (i % 1000 === 7 ? `x,${i}` : `${i},${i}`));
  writeFileSync(join(folder, 'd.csv'), `a,b\n${rows.join('\n')}\n`);
  const document = await validate(worldIn(folder), { signature: 's.json', input: 'd.csv' }, streams());
  assert.equal(document.valid, false);
  assert.deepEqual([document.rows, document.total, document.findings.length], [40_000, 40, 20]);
  assert.deepEqual([document.findings[1]!.row, document.findings[1]!.column], [1007, 'a']);
  assert.equal(document.findings[1]!.message, `column 'a' row 1007 (line 1009): "x" is not a number`);
});

test('a signature as MLmodel writes it, params, and good data', async () => {
  const folder = scratch();
  const texts = { inputs: JSON.stringify(SIGNATURE.inputs), params: JSON.stringify(SIGNATURE.params) };
  writeFileSync(join(folder, 's.json'), JSON.stringify({ signature: texts }));
  const good = await validate(
    worldIn(folder),
    { signature: 's.json', input: '-', inputFormat: 'json', params: new Map([['p', '7']]) },
    streams('{"inputs": [{"a": 1, "b": 2.0}]}'),
  );
  assert.deepEqual([good.valid, good.rows, good.warnings.length, good.uri], [true, 1, 1, null]);
  const bad = await validate(
    worldIn(folder),
    { signature: 's.json', input: '-', params: new Map([['q', '7']]) },
    streams('a,c\n1,2\n'),
  );
  assert.deepEqual(
    bad.findings.map(({ code }) => code),
    ['SCHEMA_UNKNOWN_PARAM', 'SCHEMA_MISSING_COLUMN', 'SCHEMA_UNKNOWN_COLUMN'],
  );
  await assert.rejects(validate(worldIn(folder), { signature: 'none.json', input: '-' }, streams()), {
    code: 'FILE_NOT_FOUND',
  });
});
