import assert from 'node:assert/strict';
import test from 'node:test';
import { DOCTOR_WORDS } from '../../src/checks/doctor-words.js';
import { signature as signatureCheck } from '../../src/checks/smoke/signature.js';
import type { SmokeTools } from '../../src/checks/smoke-check.js';
import { CHECK_NAMES, SMOKE_CHECKS } from '../../src/checks/smoke-checks.js';
import { smokeExitCode } from '../../src/checks/smoke-exit-code.js';
import { SMOKE_WORDS } from '../../src/checks/smoke-words.js';
import { walkChecks } from '../../src/checks/walk-checks.js';
import type { Table } from '../../src/data/table.js';
import type { CheckName } from '../../src/documents/check.js';
import type { SmokeDocument } from '../../src/documents/smoke.js';
import { MlctlError } from '../../src/errors/error.js';
import type { Schema, Signature } from '../../src/schema/types.js';
import { assertChecks } from '../support/assert-checks.js';
import { evaluation, fakeModel, irisPackage, trained } from '../support/iris-package.js';

async function walk(tools: SmokeTools, signal = new AbortController().signal) {
  const { checks, error } = await walkChecks(SMOKE_CHECKS, tools, signal);
  const document: SmokeDocument = {
    uri: 'x',
    resolved: null,
    flavor: null,
    digest: null,
    checks,
    predictions: [],
    started: '2026-01-02T03:04:05.678Z',
    elapsed_ms: 0,
    error: error && { code: error.code, message: error.message, hint: null, details: {}, exit_code: error.exitCode },
  };
  const of = (name: CheckName) => checks.find((check) => check.name === name)!;
  return { error, exit: smokeExitCode(document), of, checks };
}

test('the checks of the contract, in its order, each with its words', () => {
  assert.equal(
    CHECK_NAMES.join(' '),
    'resolve integrity package signature load example predict output golden guard rescore latency',
  );
  assert.deepEqual(Object.keys(SMOKE_WORDS), CHECK_NAMES);
  for (const [name, words] of [...Object.entries(SMOKE_WORDS), ...Object.entries(DOCTOR_WORDS)])
    for (const text of Object.values(words)) assert.match(text, /\S/, name);
  const before = new Set<string>();
  for (const { name, needs } of SMOKE_CHECKS) {
    for (const need of needs) assert.ok(before.has(need), `${name} needs ${need}, which comes later`);
    before.add(name);
  }
});

test('a good model passes all', async () => {
  const { tools } = await irisPackage();
  const { checks, exit, error, of } = await walk(tools());
  assertChecks(checks, {});
  assert.equal(exit, 0);
  assert.equal(error, null);
  const {
    val_log_loss: logLoss,
    val_roc_auc: area,
    ...metrics
  } = of('rescore').details['metrics'] as Record<string, number>;
  assert.deepEqual(metrics, {
    val_acc: 0.9666666666666667,
    val_precision: 0.9696969696969697,
    val_recall: 0.9666666666666667,
    val_f1: 0.9665831244778612,
  });
  assert.ok(Math.abs((logLoss ?? 0) - (trained.evaluation.metrics.get('val_log_loss') ?? 1)) < 1e-12);
  assert.ok(Math.abs((area ?? 0) - (trained.evaluation.metrics.get('val_roc_auc') ?? 1)) < 1e-12);
  const cases = of('guard').details['cases'] as { case: string; outcome: string }[];
  assert.deepEqual(
    cases.map((one) => `${one.case}: ${one.outcome}`),
    ['missing: refused', 'misspelt: refused', 'extra: refused', 'reordered: refused', 'wrong type: refused'],
  );
  assert.ok(Number(of('golden').details['largest_relative_difference']) < 1e-12);
});

test('resolve: what is not found, refused or out of reach stops everything, with 3, 4, 6 or 2', async () => {
  const { tools } = await irisPackage();
  const cases = [
    ['MODEL_NOT_FOUND', 3],
    ['UNAUTHENTICATED', 4],
    ['DEADLINE_PASSED', 6],
    ['URI_INVALID', 2],
  ] as const;
  for (const [code, exit] of cases) {
    const found = await walk(tools({ resolve: () => Promise.reject(new MlctlError(code, 'no')) }));
    assertChecks(found.checks, { fail: ['resolve'], rest: 'skip' });
    assert.equal(found.exit, exit);
    assert.equal(found.of('latency').message, 'not reached: resolve failed');
    assert.equal(found.error?.code, code);
  }
});

test('integrity: one flipped bit of the payload, and nothing is parsed or opened', async () => {
  const iris = await irisPackage();
  const flip = (text: string) => text.slice(0, 500) + String.fromCharCode(text.charCodeAt(500) ^ 1) + text.slice(501);
  await iris.edit('model.onnx', flip, false);
  let opened = 0;
  const open = async () => {
    opened++;
    return fakeModel;
  };
  const found = await walk(iris.tools({ open }));
  assertChecks(found.checks, { pass: ['resolve'], fail: ['integrity'], rest: 'skip' });
  assert.equal(found.exit, 7);
  assert.equal(found.error?.code, 'INTEGRITY_MISMATCH');
  assert.equal(opened, 0);
  assert.equal(found.of('integrity').details['payload_intact'], false);
});

test('integrity: where no digest was recorded the check is skipped, and the rest goes on', async () => {
  const iris = await irisPackage();
  const found = await walk(
    iris.tools({ resolve: async () => ({ ...iris.found(), recorded: null, verified: 'none' as const }) }),
  );
  assertChecks(found.checks, { skip: ['integrity'] });
  assert.equal(found.exit, 0);
  assert.match(found.of('integrity').message, /no digest was recorded/);
});

test('integrity: what the store gave in place of the recorded files is refused as it was', async () => {
  const iris = await irisPackage();
  const refused = new MlctlError('INTEGRITY_MISMATCH', 'other bytes came', { hint: 'fetch again' });
  const found = await walk(iris.tools({ resolve: async () => ({ ...iris.found(), folder: '', refused }) }));
  assertChecks(found.checks, { pass: ['resolve'], fail: ['integrity'], rest: 'skip' });
  assert.deepEqual([found.of('integrity').message, found.error, found.exit], ['other bytes came', refused, 7]);
});

test('signature: one that names no inputs fails, and one that names no outputs is a warning', async () => {
  const { inputs, outputs } = trained.signature;
  const none: Schema = { kind: 'columns', columns: [] };
  const judged = async (given: Partial<Signature>) => {
    const signature: Signature = { inputs, outputs, params: null, ...given };
    return signatureCheck.run({ modelPackage: { model: { signature } } as never }, {} as never);
  };
  assert.deepEqual([(await judged({})).status, (await judged({})).message], ['pass', '4 inputs, 4 outputs']);
  for (const empty of [none, null]) {
    const outless = await judged({ outputs: empty });
    assert.equal(outless.status, 'warn');
    assert.match(outless.message, /^4 inputs, but the signature does not name any outputs/);
    const inless = await judged({ inputs: empty });
    assert.deepEqual([inless.status, inless.message], ['fail', 'the signature does not name any inputs']);
  }
});

test('rescore: an answer that cannot be scored is a skip', async () => {
  const { tools } = await irisPackage();
  const predict: typeof fakeModel.predict = async ({ rows }) => ({ rows, columns: [] });
  const open = async () => ({ ...fakeModel, predict });
  const { status, message } = (await walk(tools({ open }))).of('rescore');
  assert.deepEqual([status, message], ['skip', 'the model does not return a label to compare with the true ones']);
});

test('package: a file that MLmodel names is gone, or MLmodel is no mapping, or is gone itself', async () => {
  for (const [path, change] of [
    ['model.onnx', null],
    ['MLmodel', () => '- a\n- b\n'],
    ['MLmodel', null],
  ] as const) {
    const iris = await irisPackage();
    await iris.edit(path, change);
    const found = await walk(iris.tools());
    assertChecks(found.checks, { pass: ['resolve', 'integrity'], fail: ['package'], rest: 'skip' }, path);
    assert.equal(found.exit, 7);
    assert.equal(found.error?.code, 'PACKAGE_INVALID');
  }
});

test('signature: without one the model is opened, but nothing can be checked against it', async () => {
  const iris = await irisPackage();
  await iris.edit('MLmodel', (text) => text.replace(/^signature:[\s\S]*?(?=^\w)/m, ''));
  const found = await walk(iris.tools());
  assertChecks(found.checks, { pass: ['resolve', 'integrity', 'package', 'load'], fail: ['signature'], rest: 'skip' });
  assert.equal(found.exit, 1);
  assert.match(found.of('signature').hint ?? '', /mlctl log/);
  assert.equal(found.of('rescore').message, 'not reached: signature failed');
});

test('load: a payload that cannot be opened, or whose graph is not the one of the signature', async () => {
  const { tools, edit } = await irisPackage();
  const closed = await walk(tools({ open: () => Promise.reject(new MlctlError('MODEL_MALFORMED', 'cut off')) }));
  assertChecks(closed.checks, {
    pass: ['resolve', 'integrity', 'package', 'signature', 'example', 'guard'],
    fail: ['load'],
    rest: 'skip',
  });
  assert.equal(closed.exit, 7);
  assert.equal(closed.of('golden').message, 'not reached: load failed');

  await edit('model.onnx', (text) => text.slice(0, text.length >> 1));
  const half = await walk(tools());
  assertChecks(half.checks, {
    pass: ['resolve', 'integrity', 'package', 'signature', 'example', 'guard'],
    fail: ['load'],
    rest: 'skip',
  });
  assert.equal(half.exit, 7);

  const differences = ['the graph\'s output "label_" is not in the signature', 'and another'];
  const other = await walk(tools({ open: async () => ({ ...fakeModel, compare: () => differences }) }));
  assertChecks(other.checks, {
    pass: ['resolve', 'integrity', 'package', 'signature', 'example', 'guard'],
    fail: ['load'],
    rest: 'skip',
  });
  assert.match(other.of('load').message, /"label_" is not in the signature \(and 1 more\)/);
  assert.equal(other.exit, 7);
});

test('example: one that breaks the signature is told with every finding', async () => {
  const iris = await irisPackage();
  const wrong = (text: string) => text.replace('petal length (cm)', 'petal lenght (cm)');
  await iris.edit('input_example.json', wrong, false);
  await iris.edit('serving_input_example.json', wrong);
  const found = await walk(iris.tools());
  assertChecks(found.checks, {
    pass: ['resolve', 'integrity', 'package', 'signature', 'load', 'rescore'],
    fail: ['example'],
    rest: 'skip',
  });
  assert.equal(found.exit, 1);
  assert.match(found.of('example').message, /petal length \(cm\)/);
  assert.ok(Number(found.of('example').details['total']) >= 1);
});

test('example: a model logged without one is not failed for it', async () => {
  const iris = await irisPackage();
  await iris.edit('MLmodel', (text) => text.replace(/^saved_input_example_info:[\s\S]*?(?=^\w)/m, ''));
  const found = await walk(iris.tools());
  assertChecks(found.checks, {
    pass: ['resolve', 'integrity', 'package', 'signature', 'load', 'rescore'],
    rest: 'skip',
  });
  assert.equal(found.exit, 0);
  assert.match(found.of('predict').message, /no input example and no file of rows/);
});

test('predict: refused, rows lost, no answer in time', async () => {
  const { tools } = await irisPackage();
  const cases = [
    [() => Promise.reject(new MlctlError('MODEL_FAILED', 'no')), 1],
    [async () => ({ rows: 1, columns: [] }), 1],
    [() => Promise.reject(new MlctlError('MODEL_TIMEOUT', 'too late')), 7],
  ] as const;
  for (const [predict, exit] of cases) {
    const open = async () => ({ ...fakeModel, predict });
    const found = await walk(tools({ open, evaluation: async () => ({ missing: 'none' }) }));
    assertChecks(found.checks, { fail: ['predict'], skip: ['output', 'golden', 'rescore', 'latency'] });
    assert.equal(found.exit, exit);
  }
});

test('predict: rows of --rows that break the signature are exit 5', async () => {
  const { tools } = await irisPackage();
  const finding = { code: 'SCHEMA_NULL', message: 'column "x" has no value' };
  const found = await walk(tools({ rows: async () => ({ ok: false, findings: [finding], total: 3 }) }));
  assertChecks(found.checks, { fail: ['predict'], skip: ['output', 'golden', 'latency'] });
  assert.equal(found.exit, 5);
  assert.match(found.of('predict').message, /has no value \(and 2 more\)/);
});

test('output: a renamed, a missing column and one of another type', async () => {
  type Columns = Table['columns'];
  const iris = await irisPackage();
  const changes: [RegExp, (columns: Columns) => Columns][] = [
    [/"probability_2" of the signature is missing from the predictions/, (columns) => columns.slice(0, -1)],
    [
      /"probability_0" of the signature is missing from the predictions$/,
      (columns) => columns.map((column) => (column.name === 'probability_0' ? { ...column, name: 'p0' } : column)),
    ],
    [
      /output "label" is string, but the signature says long/,
      (columns) => [{ name: 'label', type: 'string', values: ['0', '1'] }, ...columns.slice(1)],
    ],
  ];
  for (const [message, change] of changes) {
    const predict: typeof fakeModel.predict = async (table) => {
      const { rows, columns } = await fakeModel.predict(table);
      return { rows, columns: change(columns) };
    };
    const open = async () => ({ ...fakeModel, predict });
    const found = await walk(iris.tools({ open, evaluation: async () => ({ missing: 'none' }) }));
    assert.equal(found.of('output').status, 'fail');
    assert.match(found.of('output').message, message);
    assert.equal(found.exit, 1);
  }
});

test('output: a model may return more than its signature names, as in MLflow', async () => {
  const iris = await irisPackage();
  const predict: typeof fakeModel.predict = async (table) => {
    const { rows, columns } = await fakeModel.predict(table);
    return { rows, columns: [...columns, { name: 'more', type: 'double', values: new Float64Array(rows) }] };
  };
  const open = async () => ({ ...fakeModel, predict });
  const found = await walk(iris.tools({ open, evaluation: async () => ({ missing: 'none' }) }));
  assert.equal(found.of('output').status, 'pass');
  assert.match(found.of('output').message, /^4 outputs match the signature; it does not name more$/);
});

test('output: NaN fits the type and is warned of', async () => {
  const { tools } = await irisPackage();
  const predict: typeof fakeModel.predict = async (table) => {
    const { rows, columns } = await fakeModel.predict(table);
    return {
      rows,
      columns: columns.map((column) =>
        column.type === 'double' ? { ...column, values: column.values.map(() => Number.NaN) } : column,
      ),
    };
  };
  const found = await walk(
    tools({ open: async () => ({ ...fakeModel, predict }), evaluation: async () => ({ missing: 'none' }) }),
  );
  assert.equal(found.of('output').status, 'warn');
  assert.equal(found.of('golden').status, 'fail');
});

test('golden: an edited record, a number beyond 1e-9 and a lax tolerance in the file', async () => {
  const bend = (text: string) =>
    text.replace(
      /("probability_0": \[\s*)([^,\s]+)/,
      (_, open: string, value: string) => open + Number(value) * (1 + 3e-9),
    );
  const changes: [RegExp, (text: string) => string][] = [
    [/output "label", row 0/, (text) => text.replace(/("label": \[\s*)\d/, '$17')],
    [
      /1 value differs from the recorded predictions; output "probability_0", row 0/,
      (text) => bend(text).replace(/"tolerance": [^,]+/, '"tolerance": 0.5'),
    ],
    [/no such output/, (text) => text.replace('"probability_1"', '"probability_x"')],
    [
      /^1 value differs .*; output "more": expected "2 values", found "no such output"$/,
      (text) => text.replace('"predictions": {', '"predictions": { "more": [0, 0], '),
    ],
    [
      /^1 value differs .*; output "probability_1": expected "no such output"/,
      (text) => text.replace(/"probability_1": \[[^\]]*\],?/, ''),
    ],
    [/golden_predictions\.json is not JSON/, () => '{'],
  ];
  for (const [message, change] of changes) {
    const iris = await irisPackage();
    await iris.edit('golden_predictions.json', change);
    const found = await walk(iris.tools());
    assertChecks(found.checks, { fail: ['golden'] });
    assert.match(found.of('golden').message, message);
    assert.equal(found.exit, 1);
  }
  const iris = await irisPackage();
  await iris.edit('golden_predictions.json', null);
  assert.equal((await walk(iris.tools())).of('golden').status, 'skip');
});

test('rescore: a metric, a label or a row that is not the logged one', async () => {
  const { tools } = await irisPackage();
  const text = evaluation.labels.toString();
  const relabel = (cell: string) => (cell === '\n0' ? '\n1' : '\n0');
  const cases = [
    [
      { ...evaluation, metrics: new Map([['val_acc', 0.9666666666666667 + 1e-8]]) },
      /val_acc is 0\.9666666666666667, but the run logged 0\.96666667/,
      'fail',
    ],
    [{ ...evaluation, labels: Buffer.from(text.replace(/\n\d/, relabel)) }, /val_acc is 0\.93333/, 'fail'],
    [
      { ...evaluation, rows: Buffer.from(evaluation.rows.toString().replace('sepal', 'petal')) },
      /break the signature/,
      'fail',
    ],
    [{ ...evaluation, labels: Buffer.from(`${text}0\n`) }, /31 labels for 30 rows/, 'fail'],
    [{ ...evaluation, metrics: new Map([['rmse', 1]]) }, /did not log any of these metrics: val_acc/, 'skip'],
    [{ missing: 'no run' }, /no run/, 'skip'],
  ] as const;
  for (const [given, message, status] of cases) {
    const found = await walk(tools({ evaluation: async () => given }));
    assert.equal(found.of('rescore').status, status);
    assert.match(found.of('rescore').message, message);
    assert.equal(found.exit, status === 'fail' ? 1 : 0);
  }
});

test('latency: a limit nothing can meet fails, none asked for is a skip', async () => {
  const { tools } = await irisPackage();
  const found = await walk(tools({ maxLatencyMs: 0 }));
  assertChecks(found.checks, { fail: ['latency'] });
  assert.equal(found.exit, 1);
  assert.equal(found.of('latency').details['runs'], 31);
  assert.equal((await walk(tools({ maxLatencyMs: null }))).of('latency').status, 'skip');
});

test('of several failures the worst decides: a sign-in over the rows, the rows over the checks', async () => {
  const { tools } = await irisPackage();
  const finding = { code: 'SCHEMA_NULL', message: 'column "x" has no value' };
  const rows = async () => ({ ok: false, findings: [finding], total: 1 }) as const;
  const labels = Buffer.from(`${evaluation.labels}0\n`);
  const both = await walk(tools({ rows, evaluation: async () => ({ ...evaluation, labels }) }));
  assertChecks(both.checks, { fail: ['predict', 'rescore'], skip: ['output', 'golden', 'latency'] });
  assert.equal(both.exit, 5);
  const worse = new MlctlError('UNAUTHENTICATED', 'who are you?');
  const all = await walk(tools({ rows, evaluation: () => Promise.reject(worse) }));
  assertChecks(all.checks, { fail: ['predict', 'rescore'], skip: ['output', 'golden', 'latency'] });
  assert.equal(all.exit, 4);
});

test('the worst exit wins, a bug above all; Ctrl-C is no verdict', async () => {
  const { tools } = await irisPackage();
  const found = await walk(
    tools({ maxLatencyMs: 0, evaluation: () => Promise.reject(new TypeError('x is not a function')) }),
  );
  assert.equal(found.exit, 70);
  assert.equal(found.error?.code, 'BUG');
  assertChecks(found.checks, { fail: ['rescore', 'latency'] });
  await assert.rejects(walk(tools(), AbortSignal.abort(new MlctlError('INTERRUPTED', 'Ctrl-C'))), {
    code: 'INTERRUPTED',
  });
  assert.equal((await walk(tools(), AbortSignal.abort(new MlctlError('DEADLINE_PASSED', 'late')))).exit, 6);
});
