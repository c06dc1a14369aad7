import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { writeFolderAtomically } from '../../src/files/write-folder-atomically.js';
import type { ResolvedModel } from '../../src/loader/resolve-model.js';
import { verifyPackage } from '../../src/loader/verify-package.js';
import { listText, parseList } from '../../src/model/changed-files.js';
import { changedPackage, digestPackage } from '../../src/model/digest-package.js';
import { parseGolden } from '../../src/model/golden.js';
import { readMlModel } from '../../src/model/read-ml-model.js';
import { readPackage } from '../../src/model/read-package.js';
import { EXAMPLE, irisLikePackage, SIGNATURE } from '../support/packages.js';
import { casesFolder, FIXTURES, scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';
import { testWorld } from '../support/worlds.js';

const code = (wanted: string) => (error: unknown) => error instanceof MlctlError && error.code === wanted;

async function written(facts = {}): Promise<string> {
  const folder = join(scratch(), 'model');
  await writeFolderAtomically(folder, irisLikePackage(facts));
  return folder;
}

test('a package reads back as it was built', async () => {
  const ids = {
    runId: 'b7ad3c804a3a4b5d95c7b5461490c567',
    modelId: `m-${'1234567890abcdef'.repeat(2)}`,
    artifactPath: 'mlflow-artifacts:/1/models/x/artifacts',
  };
  const folder = await written(ids);
  assert.deepEqual(readdirSync(folder).sort(), [
    'MLmodel',
    'conda.yaml',
    'golden_predictions.json',
    'input_example.json',
    'model.onnx',
    'python_env.yaml',
    'requirements.txt',
    'serving_input_example.json',
  ]);
  const pkg = await readPackage(folder);
  assert.equal(pkg.flavor, 'onnx');
  assert.equal(pkg.payload, 'model.onnx');
  assert.deepEqual(pkg.model.signature, SIGNATURE);
  assert.equal(pkg.model.runId, ids.runId);
  assert.equal(pkg.model.modelId, ids.modelId);
  assert.equal(pkg.model.utcTimeCreated, '2026-11-23 11:01:32.222000');
  assert.deepEqual(pkg.model.inputExample, {
    path: 'input_example.json',
    servingPath: 'serving_input_example.json',
    type: 'dataframe',
    orient: 'split',
  });
  assert.equal(pkg.digest.payload, `sha256:${pkg.digest.files.find((file) => file.path === 'model.onnx')?.sha256}`);
  assert.deepEqual(
    parseGolden(readFileSync(join(folder, 'golden_predictions.json'), 'utf8')).predictions['label'],
    [1, 0, 0],
  );
});

test('the digest is that of the definition, made by sha256sum', async (t) => {
  const folder = await written();
  mkdirSync(join(folder, 'a'));
  writeFileSync(join(folder, 'a', 'z'), 'z');
  writeFileSync(join(folder, 'a-b'), 'y');
  writeFileSync(join(folder, 'ü'), 'u');
  writeFileSync(join(folder, 'big'), Buffer.alloc(5 * 1024 * 1024, 7));
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const done = runPython(
    found.python,
    'import sys,os,hashlib\nroot=sys.argv[1]\nps=sorted(os.path.relpath(os.path.join(d,f),root).encode() for d,_,fs in os.walk(root) for f in fs)\nprint("sha256:"+hashlib.sha256(b"".join(hashlib.sha256(open(os.path.join(root.encode(),p),"rb").read()).hexdigest().encode()+b"  "+p+b"\\n" for p in ps)).hexdigest())',
    [folder],
  );
  assert.equal((await digestPackage(folder)).package, done.stdout.trim());
});

test('one changed byte, one file more, one file less: the error names the file, with and without the list', async () => {
  const changes: [string, (folder: string) => void, RegExp, RegExp][] = [
    ['payload', (folder) => appendFileSync(join(folder, 'model.onnx'), 'x'), /changed: model\.onnx/, /payload itself/],
    ['other', (folder) => appendFileSync(join(folder, 'conda.yaml'), '#'), /changed: conda\.yaml/, /payload is intact/],
    ['more', (folder) => writeFileSync(join(folder, 'extra'), ''), /added: extra/, /added: extra/],
    ['less', (folder) => rmSync(join(folder, 'model.onnx')), /missing: model\.onnx/, /payload itself/],
    [
      'MLmodel made hostile',
      (folder) => writeFileSync(join(folder, 'MLmodel'), '!!python/object/apply:os.system [x]'),
      /changed: MLmodel/,
      /payload is intact/,
    ],
  ];
  for (const [name, change, withList, without] of changes) {
    const folder = await written();
    const recorded = (await readPackage(folder)).digest;
    const list = parseList(listText(recorded.files), recorded.package);
    assert.ok(list);
    change(folder);
    const found = await digestPackage(folder);
    assert.notEqual(found.package, recorded.package, name);
    for (const [logged, message] of [
      [list, withList],
      [null, without],
    ] as const) {
      const refused = async (digest: typeof found) => {
        throw changedPackage(digest, recorded, folder, logged);
      };
      await assert.rejects(
        readPackage(folder, refused),
        (error) => code('INTEGRITY_MISMATCH')(error) && message.test((error as Error).message),
        name,
      );
    }
    const { files } = changedPackage(found, recorded, folder, list).details as {
      files: { path: string; state: string }[];
    };
    assert.notEqual(files[0]?.state, 'same', name);
    assert.equal(files.filter(({ state }) => state !== 'same').length, 1, name);
  }
});

test('a recorded digest counts to its last digit', async () => {
  const folder = await written();
  const digest = await digestPackage(folder);
  const last = digest.package.endsWith('0') ? '1' : '0';
  const resolved = (recorded: string) =>
    ({
      uri: folder,
      recorded: { package: recorded, payload: digest.payload, source: 'run' },
      loggedFiles: async () => null,
    }) as unknown as ResolvedModel;
  await verifyPackage(testWorld(), resolved(digest.package), digest);
  for (const other of [`${digest.package.slice(0, -1)}${last}`, digest.package.slice(0, -1), ''])
    await assert.rejects(verifyPackage(testWorld(), resolved(other), digest), code('INTEGRITY_MISMATCH'), other);
});

test('a list of files counts only if its own digest is the one recorded', async () => {
  const { digest } = await readPackage(await written());
  const text = listText(digest.files);
  assert.equal(parseList(text, digest.package)?.size, digest.files.length);
  assert.equal(parseList(text.replace('model.onnx', 'model.onnY'), digest.package), null);
  assert.equal(parseList('', digest.package), null);
});

test("MLflow's own note is left out of the digest in the forms that MLflow writes, and in no other", async () => {
  const good: [string, unknown][] = [
    ["model_name: iris_clf\nmodel_version: '1'\n", { name: 'iris_clf', version: 1 }],
    ['model_name: iris_clf\nmodel_version: 12\n', { name: 'iris_clf', version: 12 }],
    ['model_name: null\nmodel_version: null\n', 'nothing'],
    ["model_name: 'a #b'\nmodel_version: '1'\n", { name: 'a #b', version: 1 }],
    ["model_name: ünï 東京\nmodel_version: '1'\n", { name: 'ünï 東京', version: 1 }],
    [`model_name: ${'ab '.repeat(25)}cd\n  ef\nmodel_version: '3'\n`, { name: `${'ab '.repeat(25)}cd ef`, version: 3 }],
  ];
  const bad = [
    '',
    'model_name: iris_clf\n',
    "model_name: iris_clf\nmodel_version: '1'\nmore: 1\n",
    "# a comment\nmodel_name: iris_clf\nmodel_version: '1'\n",
    "model_name: iris_clf # a comment\nmodel_version: '1'\n",
    "model_name: iris_clf\nmodel_version: '1' # a comment\n",
    "model_name: iris_clf\nmodel_version: '0'\n",
    'model_name: iris_clf\nmodel_version: null\n',
    "model_name: null\nmodel_version: '1'\n",
    "model_name: a/b\nmodel_version: '1'\n",
    "model_name: [a]\nmodel_version: '1'\n",
    "model_name: !!python/name:os.system\nmodel_version: '1'\n",
    "model_name: a\nmodel_name: b\nmodel_version: '1'\n",
    "model_name: iris_clf\r\nmodel_version: '1'\r\n",
    `model_name: ${'x'.repeat(5000)}\nmodel_version: '1'\n`,
  ];
  const folder = await written();
  const before = await digestPackage(folder);
  for (const [text, claims] of good) {
    writeFileSync(join(folder, 'registered_model_meta'), text);
    const found = await digestPackage(folder);
    assert.deepEqual([found.package, found.note?.claims], [before.package, claims], text);
    assert.ok(!found.bytes.has('registered_model_meta') && found.files.length === before.files.length);
  }
  for (const text of bad) {
    writeFileSync(join(folder, 'registered_model_meta'), text);
    const found = await digestPackage(folder);
    assert.notEqual(found.package, before.package, text);
    assert.equal(found.note, null, text);
  }
  rmSync(join(folder, 'registered_model_meta'));
  mkdirSync(join(folder, 'below'));
  writeFileSync(join(folder, 'below', 'registered_model_meta'), good[0]![0]);
  assert.notEqual((await digestPackage(folder)).package, before.package);
});

test('a folder that is not a package is refused, and the error names it', async () => {
  const cases: [(folder: string) => void, string][] = [
    [(folder) => rmSync(join(folder, 'MLmodel')), 'PACKAGE_INVALID'],
    [(folder) => rmSync(join(folder, 'model.onnx')), 'PACKAGE_INVALID'],
    [(folder) => rmSync(join(folder, 'input_example.json')), 'PACKAGE_INVALID'],
    [(folder) => writeFileSync(join(folder, 'MLmodel'), ''), 'PACKAGE_INVALID'],
    [(folder) => writeFileSync(join(folder, 'MLmodel'), 'flavors: {}'), 'PACKAGE_INVALID'],
    [(folder) => writeFileSync(join(folder, 'MLmodel'), 'flavors: {onnx: {data: ../../etc/passwd}}'), 'PATH_REFUSED'],
    [(folder) => writeFileSync(join(folder, 'MLmodel'), 'flavors: {onnx: {data: /etc/passwd}}'), 'PATH_REFUSED'],
    [(folder) => writeFileSync(join(folder, 'MLmodel'), Buffer.from([0xff, 0xfe, 0x00])), 'PACKAGE_INVALID'],
    [(folder) => writeFileSync(join(folder, 'MLmodel'), `# ${'x'.repeat(1 << 20)}`), 'LIMIT_EXCEEDED'],
    [(folder) => rmSync(folder, { recursive: true }), 'FILE_NOT_FOUND'],
  ];
  if (process.platform !== 'win32')
    cases.push(
      [(folder) => symlinkSync('/etc/hostname', join(folder, 'link')), 'PATH_REFUSED'],
      [(folder) => symlinkSync('/', join(folder, 'all')), 'PATH_REFUSED'],
    );
  for (const [change, wanted] of cases) {
    const folder = await written();
    change(folder);
    await assert.rejects(readPackage(folder), code(wanted), String(change));
  }
});

test("Python's own loader and writer agree with the package", async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const folder = await written({ runId: 'r'.repeat(32), modelId: `m-${'0'.repeat(32)}`, artifactPath: 'x' });
  const done = runPython(
    found.python,
    `
import sys, json, os, yaml, logging
logging.disable(logging.CRITICAL)
import mlflow, onnx, pandas as pd
from mlflow.models import Model
from mlflow.models.utils import load_serving_example
folder, theirs = sys.argv[1], sys.argv[2]
m = mlflow.pyfunc.load_model(folder)
example = m.input_example
frame = m.predict(example)
mlflow.onnx.save_model(onnx.load(os.path.join(folder, "model.onnx")), theirs, signature=m.metadata.signature, input_example=pd.DataFrame({"a": [1.0, 2.5, 0.0], "b": [0.0, 3.0, 0.25]}), metadata={"k": "v"})
ours, own = (yaml.safe_load(open(os.path.join(p, "MLmodel"))) for p in (folder, theirs))
print(json.dumps({
  "frame": {c: [str(frame[c].dtype), frame[c].tolist()] for c in frame},
  "example": {c: [str(example[c].dtype), example[c].tolist()] for c in example},
  "ours": ours, "own": own,
  "same": {f: [json.load(open(os.path.join(p, f))) for p in (folder, theirs)] for f in ("input_example.json", "serving_input_example.json")},
  "text": [open(os.path.join(p, "input_example.json")).read() for p in (folder, theirs)],
  "envs": {f: [yaml.safe_load(open(os.path.join(p, f))) for p in (folder, theirs)] for f in ("conda.yaml", "python_env.yaml")},
  "requirements": [open(os.path.join(p, "requirements.txt")).read() for p in (folder, theirs)],
}))`,
    [folder, join(scratch(), 'theirs')],
  );
  assert.equal(done.status, 0, done.stderr);
  const answer = JSON.parse(done.stdout.trim().split('\n').at(-1) ?? '');
  assert.deepEqual(answer.example, {
    a: ['float64', [...(EXAMPLE.columns[0]!.values as Float64Array)]],
    b: ['float64', [...(EXAMPLE.columns[1]!.values as Float64Array)]],
  });
  assert.deepEqual(answer.frame.label, ['int64', [1, 0, 0]]);
  assert.deepEqual(Object.keys(answer.frame), ['label', 'probability_0', 'probability_1']);
  const golden = parseGolden(readFileSync(join(folder, 'golden_predictions.json'), 'utf8')).predictions;
  for (const name of ['probability_0', 'probability_1'])
    for (const [i, p] of (golden[name] ?? []).entries())
      assert.ok(Math.abs((p as number) - answer.frame[name][1][i]) < 1e-15);
  const optional = new Set(['artifact_path', 'run_id', 'model_id']);
  const keys = (o: object) =>
    Object.keys(o)
      .filter((key) => !optional.has(key))
      .sort();
  assert.deepEqual(keys(answer.ours), keys(answer.own));
  for (const key of [
    'signature',
    'saved_input_example_info',
    'mlflow_version',
    'is_signature_from_type_hint',
    'type_hint_from_example',
    'prompts',
    'model_size_bytes',
  ]) {
    if (key !== 'model_size_bytes') assert.deepEqual(answer.ours[key], answer.own[key], key);
  }
  assert.deepEqual(Object.keys(answer.ours.flavors.onnx).sort(), Object.keys(answer.own.flavors.onnx).sort());
  assert.equal(answer.ours.flavors.onnx.onnx_version, answer.own.flavors.onnx.onnx_version);
  assert.deepEqual(
    { ...answer.ours.flavors.python_function, python_version: '' },
    { ...answer.own.flavors.python_function, python_version: '' },
  );
  for (const [ours, own] of Object.values(answer.same) as [unknown, unknown][]) assert.deepEqual(ours, own);
  assert.equal(answer.text[0], answer.text[1]);
  for (const [ours, own] of Object.values(answer.envs) as [object, object][])
    assert.deepEqual(Object.keys(ours).sort(), Object.keys(own).sort());
  // Python adds what its own environment happens to hold; every pin of ours must be one of its pins.
  for (const line of (answer.requirements[0] as string).split('\n'))
    assert.ok(answer.requirements[1].split('\n').includes(line), `${line} in ${answer.requirements[1]}`);
});

test('a package with text inputs asks for pandas 2 and answers there', async (t) => {
  const text = {
    payload: { file: join(FIXTURES, 'model', 'text-input.onnx') },
    signature: {
      inputs: {
        kind: 'columns',
        columns: [
          { name: 'city', type: { kind: 'scalar', scalar: 'string' }, required: true },
          { name: 'a', type: { kind: 'scalar', scalar: 'double' }, required: true },
        ],
      },
      outputs: {
        kind: 'columns',
        columns: [{ name: 'sum', type: { kind: 'scalar', scalar: 'double' }, required: true }],
      },
      params: null,
    },
    inputExample: {
      kind: 'dataframe',
      table: {
        rows: 2,
        columns: [
          { name: 'city', type: 'string', values: ['x', 'ü"\n'] },
          { name: 'a', type: 'double', values: Float64Array.of(0.5, 1) },
        ],
      },
    },
    golden: null,
  };
  const folder = await written(text);
  assert.ok(readFileSync(join(folder, 'requirements.txt'), 'utf8').split('\n').includes('pandas<3'));
  const found = pythonOf('pandas2');
  if ('skip' in found) return t.skip(found.skip);
  const done = runPython(
    found.python,
    'import sys,json,mlflow\nm=mlflow.pyfunc.load_model(sys.argv[1])\nprint(json.dumps([m.input_example["city"].tolist(), m.predict(m.input_example)["sum"].tolist()]))',
    [folder],
  );
  assert.equal(done.status, 0, done.stderr);
  assert.deepEqual(JSON.parse(done.stdout.trim().split('\n').at(-1) ?? ''), [
    ['x', 'ü"\n'],
    [1.5, 1],
  ]);
});

test('every package that Python wrote, of the recorded cases, is read', async (t) => {
  const cases = casesFolder();
  if ('skip' in cases) return t.skip(cases.skip);
  const top = join(cases.folder, 'models');
  let read = 0;
  for (const name of readdirSync(top)) {
    const folder = join(top, name, 'model');
    const pkg = await readPackage(folder);
    assert.ok(pkg.model.flavors.has('python_function'), name);
    read++;
  }
  assert.ok(read > 20);
});

test('a run id that looks like a number stays text', async () => {
  const model = await readMlModel(
    'flavors: {python_function: {loader_module: x}}\nrun_id: 12e4567\nmlflow_version: 3.18.0\n',
  );
  assert.equal(model.runId, '12e4567');
  assert.equal(model.mlflowVersion, '3.18.0');
});
