import assert from 'node:assert/strict';
import { lstatSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { describe, test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import { convertEstimator } from '../../src/onnx/convert-estimator.js';
import { encodeModel } from '../../src/onnx/encode-model.js';
import type { GraphProto } from '../../src/onnx/graph.js';
import { scanError, scanModel } from '../../src/onnx/scan.js';
import { casesFolder, scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';
import { CASES } from './pipelines.js';

/** As src/inference does it: regular, one link, really inside. */
function filesOf(folder: string) {
  return (location: string) => {
    const path = join(folder, location);
    try {
      if (!realpathSync(path).startsWith(realpathSync(folder) + sep)) return 'it leads outside';
      const facts = lstatSync(path);
      return facts.isFile() && facts.nlink === 1 ? { size: facts.size } : 'it is a link or no file';
    } catch (error) {
      return String(error);
    }
  };
}

/** Rule of the first finding, or how the file could not be read. */
function verdict(file: string, folder: string): string {
  try {
    return scanModel(readFileSync(file), { externalFile: filesOf(folder) })[0]?.rule ?? 'fine';
  } catch (error) {
    assert.ok(error instanceof MlctlError, String(error));
    return error.code;
  }
}

describe('scanModel', () => {
  test('finds nothing in the graphs that mlctl writes', () => {
    for (const { estimator, inputs } of CASES) assert.deepEqual(scanModel(convertEstimator(estimator, inputs)), []);
  });

  test('an empty file, text, and a file with the mark of another format are refused', () => {
    assert.throws(() => scanModel(new Uint8Array()), /empty/);
    assert.throws(() => scanModel(new TextEncoder().encode('<html>no</html>')), MlctlError);
    const marked = convertEstimator(CASES[0]!.estimator, CASES[0]!.inputs);
    marked.set(new TextEncoder().encode('ORTM'), 4);
    assert.equal(scanModel(marked)[0]?.rule, 'format');
  });

  test('graphs in graphs deeper than protobuf readers go are refused, without running out of stack', () => {
    let graph: GraphProto = { name: 'inner' };
    for (let i = 0; i < 300; i++) graph = { node: [{ opType: 'If', attribute: [{ name: 'then_branch', g: graph }] }] };
    assert.throws(() => scanModel(encodeModel({ graph })), /nest deeper than 96/);
  });

  test('the message names file, place, rule, found and allowed', () => {
    const error = scanError('m/model.onnx', [
      {
        severity: 'hostile',
        rule: 'tensor-dims',
        place: 'graph "g" / initializer "W"',
        found: '-1',
        allowed: '0 or more',
      },
    ]);
    assert.equal(error.code, 'MODEL_HOSTILE');
    assert.equal(error.exitCode, 7);
    assert.equal(
      error.message,
      'opening m/model.onnx: graph "g" / initializer "W": tensor-dims: found -1, allowed: 0 or more',
    );
  });

  test('recorded hostile files are refused, their harmless twins are not', (t) => {
    const cases = casesFolder();
    if ('skip' in cases) return t.skip(cases.skip);
    const python = pythonOf('mlflow');
    if ('skip' in python) return t.skip(python.skip);
    const folder = scratch();
    const made = runPython(python.python, readFileSync(join(cases.folder, 'hostile-onnx', 'make.py'), 'utf8'), [], {
      cwd: folder,
    });
    assert.equal(made.status, 0, made.stderr);
    const models = join(folder, 'w', 'model');
    const files = readdirSync(models).filter((name) => name.endsWith('.onnx'));
    assert.ok(files.length >= 49, `${files.length} files`);
    for (const name of files) {
      const found = verdict(join(models, name), models);
      assert.equal(found === 'fine', name.endsWith('_ok.onnx'), `${name}: ${found}`);
    }
  });

  test('further attacks are refused by their rule, honest relatives are not', (t) => {
    const python = pythonOf('mlflow');
    if ('skip' in python) return t.skip(python.skip);
    const folder = scratch();
    writeFileSync(join(folder, 'w.bin'), new Uint8Array(16));
    const made = runPython(
      python.python,
      readFileSync(new URL('../../../fixtures/onnx/make-attacks.py', import.meta.url), 'utf8'),
      [],
      { cwd: folder },
    );
    assert.equal(made.status, 0, made.stderr);
    const wanted = JSON.parse(made.stdout) as Record<string, string>;
    const found = Object.fromEntries(Object.keys(wanted).map((name) => [name, verdict(join(folder, name), folder)]));
    assert.deepEqual(found, wanted);
  });

  test("the models that Python's onnx is tested with pass, but for two that make weights of 300 MB from nothing", (t) => {
    const python = pythonOf('mlflow');
    if ('skip' in python) return t.skip(python.skip);
    const data = runPython(
      python.python,
      'import onnx, os; print(os.path.join(os.path.dirname(onnx.__file__), "backend", "test", "data"))',
    ).stdout.trim();
    const files = readdirSync(data, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.onnx'));
    assert.ok(files.length > 100, `${files.length} files`);
    const refused = files
      .map((name) => `${basename(name)}: ${verdict(join(data, name), join(data, dirname(name)))}`)
      .filter((line) => !line.endsWith(': fine'));
    assert.deepEqual(refused.sort(), ['light_vgg19.onnx: made-size', 'light_zfnet512.onnx: made-size']);
  });
});
