// The guard's verdict: what strict mode lets through is a failure, and what cannot be tried is said.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guard } from '../../src/checks/smoke/guard.js';
import type { SmokeFacts } from '../../src/checks/smoke-check.js';
import type { Table } from '../../src/data/table.js';
import type { ModelPackage } from '../../src/model/read-package.js';
import type { ColumnSpec, Signature } from '../../src/schema/types.js';

const double = (name: string): ColumnSpec => ({ name, type: { kind: 'scalar', scalar: 'double' }, required: true });
const STRICT: Signature['inputs'] = { kind: 'columns', columns: [double('a'), double('b')] };
const table: Table = {
  rows: 1,
  columns: ['a', 'b'].map((name) => ({ name, type: 'double', values: Float64Array.of(1.5) })),
};
const guarded = (signature: Signature | null, example: Table | null = table) =>
  guard.run(
    {
      modelPackage: { model: { signature } } as ModelPackage,
      ...(example && { example: { table: example, body: '' } }),
    } as SmokeFacts,
    {} as never,
  );
const casesOf = (details: unknown) =>
  (details as { cases: { case: string; outcome: string }[] }).cases.map((one) => `${one.case}: ${one.outcome}`);

test('bad input that strict mode accepts is a failure that names it', async () => {
  // Strict mode as it would be with a fault: it checks against a laxer signature than the bad input was made for.
  let asked = 0;
  const lax: Signature['inputs'] = {
    kind: 'columns',
    columns: ['a', 'b'].map((name) => ({ name, type: { kind: 'any' }, required: false })),
  };
  const faulty: Signature = {
    get inputs() {
      return asked++ === 0 ? STRICT : lax;
    },
    outputs: null,
    params: null,
  };
  const found = await guarded(faulty);
  assert.equal(found.status, 'fail');
  assert.match(found.message, /accepted missing, wrong type$/);
  assert.deepEqual(casesOf(found.details), [
    'missing: accepted',
    'misspelt: refused',
    'extra: refused',
    'reordered: refused',
    'wrong type: accepted',
  ]);
});

test('what cannot be tried is named; without an example or a signature nothing is', async () => {
  const one: Signature = {
    inputs: { kind: 'columns', columns: [{ name: 'a', type: { kind: 'any' }, required: false }] },
    outputs: null,
    params: null,
  };
  const some = await guarded(one, { rows: 1, columns: table.columns.slice(0, 1) });
  assert.equal(some.status, 'pass');
  assert.match(some.message, /: misspelt, extra; not applicable: missing, reordered, wrong type$/);
  const all = await guarded({ inputs: STRICT, outputs: null, params: null });
  assert.equal(all.status, 'pass');
  assert.match(all.message, /missing, misspelt, extra, reordered, wrong type$/);
  assert.equal((await guarded(one, null)).status, 'skip');
  assert.equal((await guarded(null)).status, 'skip');
});

test('if strict mode refuses the good example, too, the check warns', async () => {
  const signature: Signature = {
    inputs: { kind: 'columns', columns: [double('a'), double('b'), double('c')] },
    outputs: null,
    params: null,
  };
  const found = await guarded(signature);
  assert.equal(found.status, 'warn');
  assert.match(found.message, /proves nothing: .*c/);
});
