// Every recorded request to MLflow's own server, over HTTP: the same status, type and body. The model answers what it receives, as the
// one that was recorded did.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { Beside } from '../../src/schema/beside.js';
import { NO_SIGNATURE } from '../../src/schema/no-signature.js';
import { parseSignature } from '../../src/schema/parse-signature.js';
import { jsonCaster } from '../../src/scoring/cast-strict-request.js';
import { buildApp } from '../../src/serve/build-app.js';
import { httpStack } from '../../src/serve/http-stack.js';
import { Admission } from '../../src/serve/overload/admission.js';
import type { ServedModel, ServedVersion, ServerState } from '../../src/serve/types.js';
import { inferCaster } from '../../src/serve/v2/infer-caster.js';
import { monotonicMs } from '../../src/world.js';
import type { Case } from '../schema/mlflow/compare-cases.js';
import { compareWire } from '../schema/mlflow/compare-wire.js';
import { casesFolder, FIXTURES } from '../support/paths.js';
import { REQUEST } from './start-serving.js';

/** Answers each request with the signature of one case, and with what it was given. */
function echo(one: () => Case): ServedModel {
  const version = (): ServedVersion => ({
    facts: { version: null } as ServedVersion['facts'],
    signature: one().sig === null ? null : parseSignature(one().sig),
    isTypeHint: one().hint ?? false,
    form: 'table',
    beside: new Beside(),
    until: null,
    castJson: jsonCaster(NO_SIGNATURE, new Beside()),
    castInfer: inferCaster(NO_SIGNATURE, new Beside()),
    example: null,
    answer: async (table) => table,
    answerPython: async (data) => data,
  });
  return {
    name: 'echo',
    facts: null,
    workers: 0,
    refusal: null,
    pin: async (work) => work(version()),
    reload: async () => false,
    unload: async () => {},
  };
}

interface Reply {
  readonly status: number;
  readonly type: string | undefined;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

function post(port: number, { ct, body, body_b64 }: Case): Promise<Reply> {
  const bytes = body_b64 === undefined ? Buffer.from(body, 'utf8') : Buffer.from(body_b64, 'base64');
  const headers = { 'content-length': bytes.length, ...(ct === null ? {} : { 'content-type': ct }) };
  return new Promise((resolve, reject) => {
    const asked = request({ port, path: '/invocations', method: 'POST', agent, headers }, (response) => {
      const chunks: Uint8Array[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          type: response.headers['content-type'],
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    asked.on('error', reject);
    asked.end(bytes);
  });
}

const sorted = (text: string): string => [...text].sort().join('');

function differences({ status, type, text }: Reply, { out }: Case): string[] {
  const found: string[] = [];
  const expect = (what: string, got: unknown, want: unknown) => {
    if (got !== want)
      found.push(`${what}: ${JSON.stringify(got)?.slice(0, 300)}, Python ${JSON.stringify(want)?.slice(0, 300)}`);
  };
  expect('status', status, out.status);
  if (found.length > 0) return found;
  if (out.code === undefined && !out.ok) {
    expect('type', type, 'text/plain; charset=utf-8');
    expect('text', text.slice(0, 120), out.text ?? 'Internal Server Error');
    return found;
  }
  expect('type', type, 'application/json');
  if (out.ok) {
    expect('body', text, out.resp);
    return found;
  }
  const body = JSON.parse(text);
  expect('error_code', body.error_code, out.code);
  expect('error_class', body.error_class, out.eclass);
  expect('sqlstate', body.sqlstate, out.sqlstate);
  expect('stack_trace', 'stack_trace' in body, out.stack);
  if (out.wrap !== undefined) expect('wrap', body.message.startsWith("Failed to predict data '"), out.wrap);
  // Python lists sets in an order of chance.
  const isSame = sorted(body.message.slice(-out.msg?.length)) === sorted(out.msg ?? '');
  if (out.exact && !isSame) expect('message', body.message, out.msg);
  return found;
}

async function replay(file: string): Promise<{ readonly total: number; readonly different: readonly string[] }> {
  let one: Case;
  const state: ServerState = {
    models: new Map([['echo', echo(() => one)]]),
    options: { ...REQUEST, schema: 'mlflow', hosts: null },
    metrics: null,
    log: null,
    isDraining: false,
    admission: new Admission(monotonicMs, setImmediate, () => 0),
    now: Date.now,
    warn: (text) => assert.fail(text),
  };
  const app = await buildApp(state, httpStack);
  const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const different: string[] = [];
  let total = 0;
  try {
    for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
      one = JSON.parse(line);
      total += 1;
      const found = differences(await post(Number(url.port), one), one);
      if (found.length > 0 && compareWire(one).left === undefined)
        different.push(`${one.id} ${one.sub}: ${found.join('; ')}`);
    }
  } finally {
    await app.close();
  }
  return { total, different };
}

test('the kept requests', async () => {
  for (const name of ['wire', 'directed']) {
    const { total, different } = await replay(join(FIXTURES, 'schema-cases', `${name}.jsonl`));
    assert.deepEqual(different, []);
    assert.ok(total > 100, String(total));
  }
});

test('all recorded requests', async (t) => {
  const cases = casesFolder();
  if ('skip' in cases) return t.skip(cases.skip);
  for (const name of ['wire', 'directed']) {
    const file = join(cases.folder, 'schema', `${name}.jsonl`);
    if (!existsSync(file)) continue;
    const { total, different } = await replay(file);
    assert.deepEqual(different, []);
    assert.ok(total > 100, String(total));
  }
});
