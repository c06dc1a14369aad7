// A real MLServer and ours with the same model: the same requests, one after the other, and where the replies differ, why.
import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { test } from 'node:test';
import { train } from '../../src/library/make-models.js';
import { FLOWER } from '../library/iris-versions.js';
import { serveProcess } from '../serve/serve-process.js';
import { startMlserver } from '../support/mlserver.js';
import { pythonOf, runPython } from '../support/python.js';
import { testWorld } from '../support/worlds.js';

interface Asked {
  readonly request: readonly [method: 'GET' | 'POST', path: string, body?: unknown];
  /** Status of theirs and of ours, and why they are not the same; left out: they are, and so are the bodies. */
  readonly differs?: readonly [theirs: number, ours: number, reason: string];
}

const INFER = '/v2/models/iris/infer';
const LAST = 'petal width (cm)';
const input = (name: string, value: number) => ({ name, datatype: 'FP64', shape: [2, 1], data: [value, value + 1] });

/** Two rows; `last`: what is else about the last column. */
const inputs = (last: object = {}) =>
  Object.entries(FLOWER).map(([name, value]) => ({ ...input(name, value), ...(name === LAST ? last : {}) }));
const rows = (last: object = {}, more: object = {}) => ({
  id: 'x',
  parameters: { content_type: 'pd' },
  inputs: inputs(last),
  ...more,
});

const OWN_FAULT = 'MLServer answers 500 to what the client did wrong';
const VALIDATION = "FastAPI's own check answers 422; the protocol says 400";
const UNLOADED = 'a client may ask again once it is loaded, so it is 503 and not 404';

/** In this order, because models are unloaded and loaded. */
const TABLE: Readonly<Record<string, Asked>> = {
  'server metadata': { request: ['GET', '/v2'] },
  'server metadata, as the published document has it': {
    request: ['GET', '/v2/'],
    differs: [307, 200, 'MLServer sends the client to the other form'],
  },
  live: { request: ['GET', '/v2/health/live'] },
  ready: { request: ['GET', '/v2/health/ready'] },
  'model metadata': { request: ['GET', '/v2/models/iris'] },
  'model metadata of a version': { request: ['GET', '/v2/models/iris/versions/1'] },
  'model ready': { request: ['GET', '/v2/models/iris/ready'] },
  'model ready, of a version': { request: ['GET', '/v2/models/iris/versions/1/ready'] },
  'metadata of an unknown model': { request: ['GET', '/v2/models/none'] },
  'ready of an unknown model': { request: ['GET', '/v2/models/none/ready'] },
  'metadata of an unknown version': { request: ['GET', '/v2/models/iris/versions/9'] },
  'infer of an unknown model': { request: ['POST', '/v2/models/none/infer', rows()] },
  'infer of an unknown version': { request: ['POST', '/v2/models/iris/versions/9/infer', rows()] },
  infer: { request: ['POST', INFER, rows()] },
  'infer without an id and parameters': { request: ['POST', INFER, { inputs: inputs() }] },
  'infer of a version': { request: ['POST', '/v2/models/iris/versions/1/infer', rows()] },
  'a shape of one dimension': { request: ['POST', INFER, rows({ shape: [2] })] },
  'nested data': { request: ['POST', INFER, rows({ data: [[0.2], [1.2]] })] },
  'less precise numbers': { request: ['POST', INFER, rows({ datatype: 'FP32' })] },
  'one output of four': {
    request: ['POST', INFER, rows({}, { outputs: [{ name: 'label' }] })],
    differs: [200, 200, 'MLServer answers all outputs, also those that were not asked for'],
  },
  'an output that there is not': {
    request: ['POST', INFER, rows({}, { outputs: [{ name: 'other' }] })],
    differs: [200, 400, 'MLServer does not read which outputs were asked for'],
  },
  'an input that there is not': {
    request: ['POST', INFER, rows({}, { inputs: [...inputs(), input('z', 1)] })],
    differs: [200, 400, 'a column too many is dropped there; here it breaks the signature'],
  },
  'a missing input': {
    request: ['POST', INFER, rows({}, { inputs: inputs().slice(1) })],
    differs: [500, 400, OWN_FAULT],
  },
  'texts in a column of numbers': {
    request: ['POST', INFER, rows({ datatype: 'BYTES', data: ['a', 'b'] })],
    differs: [500, 400, OWN_FAULT],
  },
  'a missing value': { request: ['POST', INFER, rows({ data: [null, 1] })], differs: [500, 400, OWN_FAULT] },
  'less data than the shape says': {
    request: ['POST', INFER, rows({ shape: [3, 1] })],
    differs: [500, 400, OWN_FAULT],
  },
  'whole numbers in a column of doubles': {
    request: ['POST', INFER, rows({ datatype: 'INT64', data: [1, 2] })],
    differs: [500, 200, 'every INT64 of this size is a double; MLServer fails'],
  },
  'no inputs': { request: ['POST', INFER, { inputs: [] }], differs: [500, 400, OWN_FAULT] },
  'an unknown datatype': { request: ['POST', INFER, rows({ datatype: 'FP99' })], differs: [422, 400, VALIDATION] },
  'a body without inputs': { request: ['POST', INFER, {}], differs: [422, 400, VALIDATION] },
  'a body that is a list': { request: ['POST', INFER, []], differs: [422, 400, VALIDATION] },
  'a body that is not JSON': { request: ['POST', INFER, '{'], differs: [422, 400, VALIDATION] },
  'an input without a name': {
    request: ['POST', INFER, { inputs: [{ datatype: 'FP64', shape: [1], data: [1] }] }],
    differs: [422, 400, VALIDATION],
  },
  'GET of infer': { request: ['GET', INFER], differs: [405, 404, 'one reply for all that there is not'] },
  'another address': {
    request: ['GET', '/v2/none'],
    differs: [404, 404, 'the protocol has "error", FastAPI says "detail"'],
  },
  index: { request: ['POST', '/v2/repository/index', {}] },
  'index of what is ready': { request: ['POST', '/v2/repository/index', { ready: true }] },
  'load of an unknown model': { request: ['POST', '/v2/repository/models/none/load'] },
  'unload of an unknown model': { request: ['POST', '/v2/repository/models/none/unload'] },
  unload: { request: ['POST', '/v2/repository/models/iris/unload'] },
  'index after unload': {
    request: ['POST', '/v2/repository/index', {}],
    differs: [200, 200, 'no version answers now, so none is said, and the reason is'],
  },
  'index of what is ready after unload': { request: ['POST', '/v2/repository/index', { ready: true }] },
  'server ready after unload': {
    request: ['GET', '/v2/health/ready'],
    differs: [200, 503, 'the protocol: ready if all models are'],
  },
  'model ready after unload': { request: ['GET', '/v2/models/iris/ready'], differs: [404, 503, UNLOADED] },
  'metadata after unload': { request: ['GET', '/v2/models/iris'], differs: [404, 503, UNLOADED] },
  'infer after unload': { request: ['POST', INFER, rows()], differs: [404, 503, UNLOADED] },
  'unload again': {
    request: ['POST', '/v2/repository/models/iris/unload'],
    differs: [404, 200, 'what was asked for is so already'],
  },
  load: { request: ['POST', '/v2/repository/models/iris/load'] },
  'index after load': { request: ['POST', '/v2/repository/index', {}] },
  'infer after load': { request: ['POST', INFER, rows()] },
};

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** Each on a connection of its own, because MLServer closes it after a fault. */
function ask(base: string, [method, path, body]: Asked['request']): Promise<Reply> {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    const asked = request(`${base}${path}`, { method, headers, agent: new Agent() }, (response) => {
      let answer = '';
      response.setEncoding('utf8').on('data', (chunk) => (answer += chunk));
      response.on('end', () => resolve({ status: response.statusCode!, body: asJson(answer) }));
    });
    asked.on('error', reject);
    asked.end(text);
  });
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What must be the same of a body; the reason for each thing that need not. */
function comparable(path: string, body: unknown): unknown {
  // Health and load say it by the status; ours have a word of JSON besides.
  if (/\/(?:ready|live|load|unload)$/.test(path) && !hasError(body)) return 'said by the status';
  // Names, versions and lists of extensions are each server's own.
  if (/^\/v2\/?$/.test(path)) return Object.keys(body as object).sort();
  return own(body);
}

const hasError = (body: unknown): boolean => typeof body === 'object' && body !== null && 'error' in body;

/** Without hints for Python's codecs (`parameters`), ids that a server makes up, and what is said of a model besides its tensors. */
function own(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(own);
  if (typeof value === 'number') return Number(value.toPrecision(12));
  if (typeof value !== 'object' || value === null) return value;
  const left = Object.entries(value).filter(
    ([key, one]) => !['parameters', 'versions', 'platform'].includes(key) && !(key === 'id' && one !== 'x'),
  );
  return Object.fromEntries(left.map(([key, one]) => [key, key === 'error' ? 'words of its own' : own(one)]));
}

const CLIENT = `
import json, sys, urllib.request
import numpy as np, pandas as pd
from mlserver import types
from mlserver.codecs import NumpyCodec, PandasCodec
theirs, ours, flower = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
frame = pd.DataFrame([{**flower, 'petal length (cm)': 1 + i / 10} for i in range(50)])
columns = [NumpyCodec.encode_input(name, frame[[name]].to_numpy()) for name in frame]
requests = {
    'PandasCodec': PandasCodec.encode_request(frame),
    'NumpyCodec': types.InferenceRequest(id='x', parameters=types.Parameters(content_type='pd'), inputs=columns),
}
def ask(url, request):
    body = request.model_dump_json(exclude_none=True).encode()
    asked = urllib.request.Request(url + '/v2/models/iris/infer', body, {'content-type': 'application/json'})
    return types.InferenceResponse.model_validate_json(urllib.request.urlopen(asked).read())
def read(reply):
    frame = PandasCodec.decode_response(reply)
    return {name: [str(frame[name].dtype), frame[name].tolist()] for name in frame}
said = {}
for name, request in requests.items():
    a, b = ask(theirs, request), ask(ours, request)
    same_shapes = [(o.name, o.datatype, list(o.shape)) for o in a.outputs] == [(o.name, o.datatype, list(o.shape)) for o in b.outputs]
    said[name] = {'shapes': same_shapes, 'theirs': read(a), 'ours': read(b)}
print(json.dumps(said))
`;

test('the same requests to MLServer and to mlctl get the same replies, but for the differences that are listed', async (t) => {
  const found = pythonOf('mlserver');
  if ('skip' in found) return t.skip(found.skip);
  const world = testWorld({ now: Date.now });
  const trained = await train({ register: 'iris' }, world);
  const model = { name: 'iris', version: '1', model: trained.path! };
  const theirs = await startMlserver(found.python, world.cwd, model);
  t.after(() => theirs.stop());
  await using ours = await serveProcess(world, ['iris=models:/iris/1', '--allow-load']);

  await t.test("MLServer's own types and codecs ask both", () => {
    const ran = runPython(found.python, CLIENT, [theirs.url, ours.url, JSON.stringify(FLOWER)]);
    assert.equal(ran.status, 0, ran.stderr);
    for (const [name, said] of Object.entries<Record<string, unknown>>(JSON.parse(ran.stdout))) {
      assert.equal(said['shapes'], true, name);
      assert.deepEqual(own(said['ours']), own(said['theirs']), name);
    }
  });

  for (const [title, { request: asked, differs }] of Object.entries(TABLE))
    await t.test(title, async () => {
      const [a, b] = [await ask(theirs.url, asked), await ask(ours.url, asked)];
      const [bodyA, bodyB] = [comparable(asked[1], a.body), comparable(asked[1], b.body)];
      if (differs === undefined) {
        assert.equal(b.status, a.status);
        assert.deepEqual(bodyB, bodyA);
        return;
      }
      const [theirStatus, ourStatus, reason] = differs;
      assert.deepEqual([a.status, b.status], [theirStatus, ourStatus], reason);
      // A difference that is gone is taken off the list.
      assert.notDeepEqual([b.status, bodyB], [a.status, bodyA], reason);
      if (ourStatus >= 400) assert.match(Object.keys(b.body as object).join(), /^(?:error|ready)$/);
    });
});
