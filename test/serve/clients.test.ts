// Clients that others wrote: MLflow's own client of its scoring server, and MLServer's types and the OpenAPI document that it ships.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { FLOWER, irisVersions } from '../library/iris-versions.js';
import { pythonOf, runPython } from '../support/python.js';
import { serveProcess } from './serve-process.js';

const MODEL = 'models:/iris_clf@champion';

const MLFLOW_CLIENT = `
import json, sys
import pandas as pd
from mlflow.pyfunc.scoring_server.client import ScoringServerClient
client = ScoringServerClient('127.0.0.1', int(sys.argv[1]))
client.ping()
flower = json.loads(sys.argv[2])
answer = client.invoke(pd.DataFrame([flower, flower])).get_predictions()
try:
    client.invoke(pd.DataFrame([{**flower, 'petal width (cm)': 'wide'}]))
    refused = None
except Exception as error:
    refused = str(error)
print(json.dumps({'version': client.get_version(), 'answer': answer.to_dict('records'), 'refused': refused}))
`;

test("MLflow's own client asks the server in both modes", async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const world = await irisVersions();
  for (const schema of ['strict', 'mlflow']) {
    await using server = await serveProcess(world, [MODEL, '--schema', schema]);
    const ran = runPython(found.python, MLFLOW_CLIENT, [new URL(server.url).port, JSON.stringify(FLOWER)]);
    assert.equal(ran.status, 0, ran.stderr);
    const { version, answer, refused } = JSON.parse(ran.stdout);
    assert.match(version, /^3\.\d+\.\d+$/);
    assert.deepEqual(
      answer.map((row: { label: number }) => row.label),
      [0, 0],
    );
    assert.ok(answer[0].probability_0 > 0.9);
    assert.match(refused, /400|petal width|convert/i);
  }
});

const MLSERVER_TYPES = `
import json, os, sys, urllib.request
import pandas as pd, mlserver
from mlserver import types
from mlserver.codecs import PandasCodec
url, flower = sys.argv[1], json.loads(sys.argv[2])
def ask(path, body=None):
    request = urllib.request.Request(url + path, body, {'content-type': 'application/json'})
    try:
        return urllib.request.urlopen(request).read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()
frame = pd.DataFrame([flower, flower])
replies = {
    'MetadataServerResponse': ask('/v2/'),
    'MetadataModelResponse': ask('/v2/models/iris_clf'),
    'InferenceResponse': ask('/v2/models/iris_clf/infer', PandasCodec.encode_request(frame).model_dump_json(exclude_none=True).encode()),
    'InferenceErrorResponse': ask('/v2/models/iris_clf/infer', b'{"inputs":[]}'),
    'RepositoryIndexResponse': ask('/v2/repository/index', b'{}'),
}
read = {name: getattr(types, name).model_validate_json(text) for name, text in replies.items()}
labels = PandasCodec.decode_response(read['InferenceResponse'])['label'].tolist()
folder = os.path.join(os.path.dirname(mlserver.__file__), 'rest', 'openapi')
print(json.dumps({'replies': replies, 'labels': labels, 'folder': folder}))
`;

test("MLServer's types write our requests and read our replies, which its OpenAPI documents also allow", async (t) => {
  const found = pythonOf('mlserver');
  if ('skip' in found) return t.skip(found.skip);
  const world = await irisVersions();
  await using server = await serveProcess(world, [MODEL]);
  const ran = runPython(found.python, MLSERVER_TYPES, [server.url, JSON.stringify(FLOWER)]);
  assert.equal(ran.status, 0, ran.stderr);
  const { replies, labels, folder } = JSON.parse(ran.stdout);
  assert.deepEqual(labels, [0, 0]);
  const require = createRequire(import.meta.url);
  const { Ajv } = require('ajv') as typeof import('ajv');
  const ajv = new Ajv({ strict: false, logger: false });
  for (const [document, names] of [
    ['dataplane', ['MetadataServerResponse', 'MetadataModelResponse', 'InferenceResponse', 'InferenceErrorResponse']],
    ['model_repository', ['RepositoryIndexResponse']],
  ] as const) {
    // Its `bytes` is not a type of JSON, so no JSON can be of it.
    const readable = (_: string, value: unknown) =>
      Array.isArray(value) ? value.filter((one) => one?.type !== 'bytes') : value;
    ajv.addSchema(JSON.parse(readFileSync(`${folder}/${document}.json`, 'utf8'), readable), document);
    for (const name of names) {
      const reply = replies[name];
      const validate = ajv.getSchema(`${document}#/components/schemas/${name}`) ?? assert.fail(`no schema ${name}`);
      assert.ok(validate(JSON.parse(reply)), `${name}: ${reply} ${ajv.errorsText(validate.errors)}`);
    }
  }
});
