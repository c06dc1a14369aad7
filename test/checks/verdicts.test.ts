// What checks of smoke say of facts that no walk over one good package comes to: origins, doubts, single rows, unnamed outputs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { integrity } from '../../src/checks/smoke/integrity.js';
import { latency } from '../../src/checks/smoke/latency.js';
import { output } from '../../src/checks/smoke/output.js';
import { packageCheck } from '../../src/checks/smoke/package.js';
import { predict } from '../../src/checks/smoke/predict.js';
import { resolve } from '../../src/checks/smoke/resolve.js';
import type { FoundModel, SmokeCheck, SmokeFacts, SmokeTools } from '../../src/checks/smoke-check.js';
import { walkChecks } from '../../src/checks/walk-checks.js';
import type { Column, Table } from '../../src/data/table.js';
import { digestPackage } from '../../src/model/digest-package.js';
import type { Schema } from '../../src/schema/types.js';
import { irisPackage } from '../support/iris-package.js';

const doubles = (name: string, ...values: number[]): Column => ({
  name,
  type: 'double',
  values: Float64Array.from(values),
});
const RUN = '1'.repeat(32);
const OTHER = '2'.repeat(32);

test('resolve: what was found is named as people know it, and doubts are a warning', async () => {
  const iris = await irisPackage();
  const told = async (resolved: Partial<FoundModel['resolved']>, doubts: readonly string[] = []) => {
    const found = { ...iris.found(), doubts };
    const given = { ...found, resolved: { ...found.resolved, location: 'PLACE', ...resolved } };
    const { status, message, details, facts } = await resolve.run({}, iris.tools({ resolve: async () => given }));
    assert.equal(facts?.found, given);
    return [status, message, details?.['doubts']];
  };
  assert.deepEqual(await told({}), ['pass', 'found PLACE', undefined]);
  assert.deepEqual(await told({ kind: 'run', run_id: RUN }), ['pass', `found run ${RUN}`, undefined]);
  assert.deepEqual(await told({ kind: 'artifact', run_id: RUN }), ['pass', 'found PLACE', undefined]);
  assert.deepEqual(await told({ kind: 'run', name: 'm' }), ['pass', 'found PLACE', undefined]);
  const version = { kind: 'alias', name: 'm', version: 3, run_id: RUN } as const;
  assert.deepEqual(await told(version), ['pass', 'found m version 3', undefined]);
  assert.deepEqual(await told(version, ['its run failed', 'it is pending']), [
    'warn',
    'found m version 3, but its run failed, and it is pending',
    ['its run failed', 'it is pending'],
  ]);
});

test('integrity: who vouches, and records that do not agree', async () => {
  const iris = await irisPackage();
  const judged = async (parts: Partial<FoundModel>, isKnown = false) => {
    const found = { ...iris.found(), ...parts };
    const { status, message, details, facts } = await integrity.run({ found }, iris.tools({ isKnown: () => isKnown }));
    return { said: `${status}: ${message}`, by: details?.['recorded_by'], in: details?.['runs_in'], facts };
  };
  const { files } = await digestPackage(iris.folder);
  const recorded = await judged({});
  assert.equal(recorded.said, `pass: ${files.length} files match the digest recorded by the run`);
  assert.deepEqual([recorded.by, recorded.in, recorded.facts?.trusted], ['run', 'a process that can be ended', false]);
  const odd = await judged({ disagreeing: ['a says x', 'b says y'] }, true);
  assert.match(odd.said, /^warn: .* by the run, but the records of the digest do not agree: a says x; b says y$/);
  assert.deepEqual([odd.in, odd.facts?.trusted], ['this process', true]);
  const unrecorded = { recorded: null, verified: 'none' } as const;
  const own = await judged(unrecorded, true);
  assert.match(own.said, /^pass: \d+ files are identical to a package that mlctl wrote on this machine$/);
  assert.equal(own.by, 'mlctl');
  const nobody = await judged(unrecorded);
  assert.match(nobody.said, /^skip: no digest was recorded for this model, so its \d+ files cannot be verified$/);
  assert.deepEqual([nobody.by, nobody.facts?.trusted], ['none', false]);
});

test('package: MLmodel and the store name one origin, a copied one, or a false one', async () => {
  const iris = await irisPackage();
  const origin = async (inside: string | null, named: string | null, parts: object = {}, known: string[] = []) => {
    const own = await irisPackage();
    if (inside !== null) await own.edit('MLmodel', (text) => `run_id: ${inside}\n${text}`);
    const found = { ...own.found(), ...parts };
    const facts = {
      found: { ...found, resolved: { ...found.resolved, run_id: named } },
      digest: await digestPackage(own.folder),
    };
    const asked: string[] = [];
    const hasRun = async (id: string) => {
      asked.push(id);
      return known.includes(id);
    };
    const { status, message, details } = await packageCheck.run(facts, iris.tools({ hasRun }));
    return { status, message, asked, wrong: details?.['contradictions'] };
  };
  for (const [inside, named] of [
    [RUN, RUN],
    [null, RUN],
    [RUN, null],
  ] as const)
    assert.deepEqual([(await origin(inside, named)).status, (await origin(inside, named)).asked], ['pass', []]);
  const copied = await origin(RUN, OTHER);
  assert.deepEqual([copied.status, copied.asked], ['warn', [RUN]]);
  const says = `the store names the run ${OTHER}, but MLmodel names ${RUN}`;
  assert.deepEqual(copied.wrong, [says]);
  assert.ok(copied.message.endsWith(`where the model comes from: ${says}`), copied.message);
  assert.equal((await origin(RUN, OTHER, {}, [RUN])).status, 'fail', 'it names another run of this store');
  const unverified = await origin(RUN, OTHER, { verified: 'none' }, [RUN]);
  assert.deepEqual([unverified.status, unverified.asked], ['warn', []]);
});

test('package: only --strict-package compares the files', async () => {
  const iris = await irisPackage();
  await iris.edit('python_env.yaml', (text) => text.replace(/python: 3\.\d+/, 'python: 3.1'));
  const facts = { found: iris.found(), digest: await digestPackage(iris.folder) };
  assert.equal((await packageCheck.run(facts, iris.tools())).status, 'pass');
  const one = await packageCheck.run(facts, iris.tools({ strictPackage: true }));
  assert.equal(one.status, 'fail');
  assert.match(one.message, /^two files of the package do not agree: the Python version .* python_env\.yaml$/);
  await iris.edit('requirements.txt', () => 'other==1\n');
  const two = { ...facts, digest: await digestPackage(iris.folder) };
  assert.match((await packageCheck.run(two, iris.tools({ strictPackage: true }))).message, / \(and \d+ more\)$/);
});

/** Facts of a model that answers so. */
const facts = (answer: (table: Table) => Table | Promise<Table>, parts: object = {}, outputs: Schema | null = null) =>
  ({
    model: { predict: async (table: Table) => answer(table) },
    modelPackage: { model: { signature: { inputs: null, outputs, params: null } } },
    ...parts,
  }) as unknown as SmokeFacts;
const table = (rows: number): Table => ({ rows, columns: [doubles('x', ...new Array<number>(rows).fill(1))] });

test('predict: the rows of the example and of --rows are counted, each on its own', async () => {
  const told = async (example: Table | null, rows: Table | null) => {
    const given = { ...(example && { example: { table: example, body: '' } }) };
    const tools = { rows: async () => rows && { ok: true, table: rows } } as unknown as SmokeTools;
    const {
      status,
      message,
      details,
      facts: found,
    } = await predict.run(
      facts((one) => one, given),
      tools,
    );
    assert.deepEqual([found?.answer, found?.rowsAnswer], [example ?? undefined, rows ?? undefined]);
    return [`${status}: ${message}`, details?.['example_rows'], details?.['rows']];
  };
  const returned = 'pass: returned one prediction for';
  assert.deepEqual(await told(table(1), null), [`${returned} the example row`, 1, 0]);
  assert.deepEqual(await told(table(2), table(1)), [`${returned} each of the 2 example rows and the given row`, 2, 1]);
  assert.deepEqual(await told(null, table(3)), [`${returned} each of the 3 given rows`, 0, 3]);
  assert.deepEqual(await told(null, null), [
    'skip: there is no input example and no file of rows',
    undefined,
    undefined,
  ]);
});

test('latency: one row at a time with what is missing in it, after a warm-up', async () => {
  const asked: Table[] = [];
  const example: Table = {
    rows: 2,
    columns: [{ name: 'x', type: 'double', values: Float64Array.of(1, 2), nulls: Uint8Array.of(1, 0) }],
  };
  const timed = async (one: Table | null, maxLatencyMs: number | null) => {
    asked.length = 0;
    const record = (row: Table) => {
      asked.push(row);
      return row;
    };
    const given = { ...(one && { example: { table: one, body: '' } }) };
    return latency.run(facts(record, given), { maxLatencyMs } as SmokeTools);
  };
  const fast = await timed(example, 10_000);
  assert.deepEqual([fast.status, fast.details?.['runs'], asked.length], ['pass', 31, 36]);
  assert.match(fast.message, /^the median of 31 single-row predictions is \d\.\d\d ms; the limit is 10000 ms$/);
  assert.ok(Number(fast.details?.['slowest_ms']) >= Number(fast.details?.['median_ms']));
  assert.deepEqual(asked[0], {
    rows: 1,
    columns: [{ name: 'x', type: 'double', values: Float64Array.of(1), nulls: Uint8Array.of(1) }],
  });
  for (const none of [await timed(null, 1), await timed(table(0), 1)])
    assert.deepEqual([none.status, none.message, asked.length], ['skip', 'there is no input example to time', 0]);
  assert.equal((await timed(example, null)).message, 'no limit was given');
});

const answered = (columns: readonly Column[], outputs: Schema | null, rows = 1) =>
  output.run(
    facts((one) => one, { answer: { rows, columns } }, outputs),
    {} as never,
  );

test('output: without names the places count, and what comes beyond them is named', async () => {
  const unnamed = (count: number): Schema => ({
    kind: 'tensors',
    tensors: Array.from({ length: count }, () => ({ name: undefined, dtype: 'float64', shape: [-1] })),
  });
  const two = [doubles('a', 1), doubles('b', 2)];
  const exact = await answered(two, unnamed(2));
  assert.deepEqual([exact.status, exact.message, exact.details], ['pass', '2 outputs match the signature', undefined]);
  const more = await answered(two, unnamed(1));
  assert.equal(more.message, '1 output matches the signature; it does not name b');
  assert.deepEqual(more.details, { unnamed: ['b'] });
  const fewer = await answered(two, unnamed(3));
  assert.equal(fewer.message, 'the model returned 2 outputs, but the signature has 3');
  const wrong = await answered([doubles('a', 1), { name: 'b', type: 'string', values: ['x'] }], unnamed(2));
  assert.equal(wrong.message, 'output "b" is string, but the signature says float64 (-1)');
  assert.equal((await answered(two, null)).message, 'the signature does not name any outputs');
});

test('output: optional columns may be missing, required ones have a value in each row; all faults are counted', async () => {
  const spec = (name: string, required: boolean) =>
    ({ name, type: { kind: 'scalar', scalar: 'double' }, required }) as const;
  const schema: Schema = { kind: 'columns', columns: [spec('a', true), spec('b', false)] };
  const gap = (name: string): Column => ({ ...doubles(name, 1, 2), nulls: Uint8Array.of(0, 1) }) as Column;
  assert.equal((await answered([doubles('a', 1, 2)], schema, 2)).status, 'pass');
  assert.equal((await answered([doubles('a', 1, 2), gap('b')], schema, 2)).status, 'pass');
  assert.equal((await answered([gap('a')], schema, 2)).message, 'output "a" has no value in row 1');
  const short = await answered([doubles('a', 1), doubles('b', 1, 2, 3)], schema, 2);
  assert.equal(short.message, 'output "a" has 1 values for 2 rows (and 1 more)');
  assert.deepEqual(short.details, {
    faults: ['output "a" has 1 values for 2 rows', 'output "b" has 3 values for 2 rows'],
    total: 2,
  });
  const odd = await answered([doubles('a', 1, Number.POSITIVE_INFINITY), doubles('b', 1, 2)], schema, 2);
  assert.equal(odd.message, 'the predictions match the signature, but a contains NaN or Infinity');
});

test('a check that the system stops fails with the words of the system, and it is no bug', async () => {
  const full = Object.assign(new Error('x'), { code: 'ENOSPC', syscall: 'write', path: '/tmp/x' });
  const check: SmokeCheck = { name: 'rescore', needs: [], run: () => Promise.reject(full) };
  const { checks, error } = await walkChecks([check], {} as SmokeTools, new AbortController().signal);
  assert.match(checks[0]?.message ?? '', /^write "\/tmp\/x": .*\(ENOSPC\)$/);
  assert.notEqual(error?.code ?? checks[0]?.details['code'], 'BUG');
});
