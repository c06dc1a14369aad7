// JSON, errors and renderings as pure functions, with names that want to be more than names.
import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { smokeExitCode } from '../../src/checks/smoke-exit-code.js';
import { errorText, explain } from '../../src/cli/explain.js';
import { jsonText } from '../../src/cli/json-text.js';
import { loadText } from '../../src/cli/render/load.js';
import { smokeText } from '../../src/cli/render/smoke.js';
import { openRowDocument, restOfDocument } from '../../src/cli/row-document.js';
import { plainStyle } from '../../src/cli/style.js';
import type { CheckDocument } from '../../src/documents/check.js';
import type { SmokeDocument } from '../../src/documents/smoke.js';
import { typeWords } from '../../src/documents/type-words.js';
import { type ExitCode, worstExit } from '../../src/errors/codes.js';
import { MlctlError } from '../../src/errors/error.js';
import type { LoadDocument } from '../../src/operations/load.js';
import { formatAnnotations, formatStepSummary } from '../../src/reports/github.js';

const HOSTILE = 'a\u001b[2J\u0007\u009b\u202e\u200b\r\n<b>|`%: ,';
/** Every control, invisible or direction character but the line feed of the layout itself. */
const DANGEROUS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/;
const style = plainStyle(true);

const check = (
  name: CheckDocument['name'],
  status: CheckDocument['status'],
  message = 'm',
  exit: ExitCode = status === 'fail' ? 1 : 0,
): CheckDocument => ({ name, status, message, hint: null, details: {}, exit_code: exit });
const document = (checks: readonly CheckDocument[], more: Partial<SmokeDocument> = {}): SmokeDocument => ({
  uri: HOSTILE,
  resolved: null,
  flavor: 'onnx',
  digest: null,
  checks,
  predictions: [],
  started: '2026-01-02T03:04:05.678Z',
  elapsed_ms: 5,
  ...more,
});

test('JSON holds no bare NaN, no lost integer, no control character', () => {
  const text = jsonText({
    a: Number.NaN,
    b: -Infinity,
    c: 2n ** 60n,
    d: 5n,
    e: HOSTILE,
    f: new Map([['__proto__', 1]]),
  });
  assert.doesNotMatch(text, DANGEROUS);
  const { a, b, c, d, e, f } = JSON.parse(text);
  assert.deepEqual([a, b, c, d, e], ['NaN', '-Infinity', '1152921504606846976', 5, HOSTILE]);
  assert.deepEqual(Object.keys(f), ['__proto__']);
});

test('JSON escapes the characters beyond U+FFFF that hide text, and no others', () => {
  const hidden = 'a\u{e0041}\u{e007f}\u{e0fff}b\u{1f600}';
  const text = jsonText({ hidden });
  assert.match(text, /"a\\udb40\\udc41\\udb40\\udc7f\\udb43\\udfffb😀"/);
  assert.deepEqual(JSON.parse(text), { hidden });
});

test('an error is explained without secrets or control characters', () => {
  const error = new MlctlError('REMOTE_UNREACHABLE', `GET https://ann:s3cret@host/x?token=abcd: ${HOSTILE}`, {
    hint: 'Authorization: Bearer abcdefgh',
    details: { url: 'https://ann:s3cret@host/', nested: [{ password: 'password=hunter2' }] },
  });
  const explained = explain(error);
  assert.equal(explained.exit, 6);
  const all = `${errorText(explained, style, `mlctl ${HOSTILE}`, true)}${JSON.stringify(explained)}`;
  assert.doesNotMatch(all, /s3cret|hunter2|abcdefgh/);
  assert.doesNotMatch(errorText(explained, style, `mlctl ${HOSTILE}`, false), DANGEROUS);
});

test('what is no MlctlError is a failing of the machine, or a bug', () => {
  const full = Object.assign(new Error('x'), { code: 'ENOSPC', syscall: 'write', path: '/p' });
  assert.deepEqual([explain(full).code, explain(full).exit], ['FILE_WRITE_FAILED', 2]);
  assert.deepEqual([explain(new TypeError('x')).code, explain('x').exit], ['BUG', 70]);
  const stopped = new MlctlError('INTERRUPTED', 'stopped');
  assert.equal(explain(new Error('aborted'), stopped).exit, 130);
  assert.equal(explain(new MlctlError('REMOTE_UNREACHABLE', 'aborted'), stopped).exit, 130);
});

test('at most twenty findings are printed, and the rest is counted', () => {
  const findings = Array.from({ length: 30 }, (_, n) => ({ code: 'SCHEMA_NULL', message: `row ${n} ${HOSTILE}` }));
  const text = errorText(
    explain(new MlctlError('SCHEMA_VIOLATION', 'm', { details: { findings, total: 50 } })),
    style,
    'mlctl',
    false,
  );
  assert.equal(text.match(/SCHEMA_NULL/g)?.length, 20);
  assert.match(text, /… and 30 more/);
  assert.doesNotMatch(text, DANGEROUS);
});

test('the worst exit wins', () => {
  const order = [70, 2, 4, 6, 3, 7, 5, 1] as const;
  for (const [at, code] of order.entries()) assert.equal(worstExit([0, ...order.slice(at)].reverse() as never), code);
  assert.equal(worstExit([]), 0);
});

test('smoke: exit codes of contract 8.3', () => {
  assert.equal(smokeExitCode(document([check('resolve', 'pass'), check('guard', 'warn'), check('golden', 'skip')])), 0);
  assert.equal(smokeExitCode(document([check('golden', 'fail')])), 1);
  const failing = (...exits: ExitCode[]) => document(exits.map((exit) => check('golden', 'fail', 'm', exit)));
  const order: ExitCode[] = [70, 2, 4, 6, 3, 7, 5, 1];
  for (const [at, exit] of order.entries()) assert.equal(smokeExitCode(failing(...order.slice(at).reverse())), exit);
  for (const [code, exit] of [
    ['REMOTE_UNREACHABLE', 6],
    ['UNAUTHENTICATED', 4],
  ] as const) {
    const error = { code, message: '', hint: null, details: {}, exit_code: exit };
    assert.equal(smokeExitCode(document([check('resolve', 'fail', 'm', 3)], { error })), exit);
  }
});

test('renderings hold no character of the data that is not printable', () => {
  const failed = document([check('golden', 'fail', HOSTILE), { ...check('guard', 'warn', HOSTILE), hint: HOSTILE }]);
  assert.doesNotMatch(smokeText(style, failed), DANGEROUS);
  assert.match(smokeText(style, failed), /smoke failed: golden/);
  for (const line of formatAnnotations(failed)) assert.doesNotMatch(line, /[\r\n]|\u001b/);
  assert.match(formatAnnotations(failed)[0]!, /^::error title=mlctl smoke%3A golden::/);
  assert.doesNotMatch(formatStepSummary(failed), DANGEROUS);
  assert.doesNotMatch(formatStepSummary(failed), /<b>/);
  const names = { [HOSTILE]: HOSTILE };
  const loaded: LoadDocument = {
    uri: HOSTILE,
    resolved: {
      kind: 'path',
      run_id: null,
      name: HOSTILE,
      version: 1,
      stage: HOSTILE,
      alias: HOSTILE,
      model_id: null,
      location: HOSTILE,
    },
    flavor: HOSTILE,
    signature: {
      inputs: [
        { type: HOSTILE, name: HOSTILE, required: true },
        { type: 'object', name: 'o', properties: { [HOSTILE]: { type: 'long' } } },
      ],
      outputs: null,
      params: null,
    },
    digest: { package: HOSTILE, payload: null },
    signed_by: HOSTILE,
    verified: 'none',
    path: HOSTILE,
    lineage: {
      run_id: HOSTILE,
      run_name: HOSTILE,
      run_status: HOSTILE,
      experiment: HOSTILE,
      experiment_id: HOSTILE,
      user: HOSTILE,
      started: HOSTILE,
      ended: HOSTILE,
      source: HOSTILE,
      git_commit: HOSTILE,
      git_dirty: null,
      params: names,
      metrics: names,
      data: [{ name: HOSTILE, digest: HOSTILE, source: HOSTILE, context: HOSTILE }],
      tags: names,
    },
    engine: null,
    record: null,
    cannot_run: { code: 'MODEL_UNSUPPORTED', message: HOSTILE, hint: HOSTILE, details: {}, exit_code: 7 },
  };
  assert.doesNotMatch(loadText(style, loaded, false), DANGEROUS);
});

test('types in words', () => {
  assert.equal(
    typeWords({ type: 'tensor', 'tensor-spec': { dtype: 'float32', shape: [-1, 4] } }),
    'tensor float32 [N, 4]',
  );
  assert.equal(
    typeWords({ type: 'array', items: { type: 'array', items: { type: 'long' } } }),
    'array of array of long',
  );
  assert.equal(
    typeWords({
      type: 'object',
      properties: { a: { type: 'long', required: true }, b: { type: 'map', values: { type: 'string' } } },
    }),
    'object {a: long, b?: map of string}',
  );
});

test('a document written row by row is one JSON document, finished or broken off', async () => {
  const written = async (rows: readonly string[], error?: Error) => {
    let text = '';
    const target = new Writable({
      write: (chunk, _encoding, done) => {
        text += chunk;
        done();
      },
    });
    const sheet = openRowDocument(target, 'mlctl.predict/1', 'predictions');
    for (const row of rows) sheet.sink.write(row);
    if (error === undefined) await sheet.close({ rows: 2, ok: true });
    else {
      sheet.fail(error);
      text += restOfDocument(error, { ok: false }) ?? '{"begun":false}';
    }
    return JSON.parse(text);
  };
  assert.deepEqual(await written(['{"a":1}\n{"a"', ':2}\n']), {
    schema: 'mlctl.predict/1',
    predictions: [{ a: 1 }, { a: 2 }],
    rows: 2,
    ok: true,
  });
  assert.deepEqual(await written(['{"a":1}']), {
    schema: 'mlctl.predict/1',
    predictions: [{ a: 1 }],
    rows: 2,
    ok: true,
  });
  assert.deepEqual(await written([]), { schema: 'mlctl.predict/1', predictions: [], rows: 2, ok: true });
  assert.deepEqual(await written(['{"a":1}\n'], new Error('x')), {
    schema: 'mlctl.predict/1',
    predictions: [{ a: 1 }],
    ok: false,
  });
  assert.deepEqual(await written([], new Error('x')), { begun: false });
});
