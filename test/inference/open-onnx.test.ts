import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Column, Table } from '../../src/data/table.js';
import type { ErrorCode } from '../../src/errors/codes.js';
import { MlctlError } from '../../src/errors/error.js';
import { openOnnx } from '../../src/inference/open-onnx.js';
import { convertEstimator } from '../../src/onnx/convert-estimator.js';
import type { AttributeProto, GraphProto, NodeProto } from '../../src/onnx/graph.js';
import { scanModel } from '../../src/onnx/scan.js';
import { CASES, expected } from '../onnx/pipelines.js';
import { casesFolder, ROOT, scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';
import {
  BOOL,
  DOUBLE,
  endlessLoop,
  FLOAT,
  filesAsTheyLie,
  hungry,
  INT64,
  identity,
  packageOf,
  STRING,
  value,
} from './models.js';

const opening = async (
  packageFolder: string,
  more: { trusted?: boolean; timeoutMs?: number; memoryBytes?: number; payload?: string } = {},
) =>
  openOnnx({
    packageFolder,
    payload: 'model.onnx',
    digest: filesAsTheyLie(packageFolder),
    trusted: true,
    timeoutMs: null,
    ...more,
  });

const doubles = (name: string, values: readonly number[]): Column => ({
  name,
  type: 'double',
  values: Float64Array.from(values),
});
const table = (...columns: Column[]): Table => ({ rows: columns[0]!.values.length, columns });
const fails =
  (code: ErrorCode, words = /./) =>
  (error: unknown) => {
    assert.ok(error instanceof MlctlError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, words);
    return true;
  };

/** Text exactly, numbers to a few float32 roundings: tree ensembles add up in an order that differs between runtimes. */
function compare(found: unknown, wanted: unknown, where: string): void {
  if (Array.isArray(wanted) && !Array.isArray(found) && wanted.length === 1) compare(found, wanted[0], where);
  else if (typeof wanted === 'number') {
    assert.ok(
      Math.abs(Number(found) - wanted) <= 3e-7 * Math.abs(wanted) + 1e-12,
      `${where}: ${found} instead of ${wanted}`,
    );
  } else if (typeof wanted === 'object' && wanted !== null) {
    const entries = Object.entries(wanted);
    assert.deepEqual(
      Object.keys(found as object),
      entries.map(([key]) => key),
      where,
    );
    for (const [key, item] of entries) compare((found as Record<string, unknown>)[key], item, `${where}.${key}`);
  } else assert.equal(found, wanted, where);
}

describe('openOnnx', () => {
  for (const trusted of [true, false]) {
    test(`answers as the estimator does, ${trusted ? 'in this process' : 'in its own process'}`, async () => {
      for (const example of CASES) {
        const folder = scratch();
        writeFileSync(join(folder, 'model.onnx'), convertEstimator(example.estimator, example.inputs));
        const model = await opening(folder, { trusted });
        const answer = await model.predict(example.table);
        const { labels, probabilities } = expected(example);
        assert.deepEqual([...answer.columns[0]!.values], labels);
        answer.columns.slice(1).forEach((column, c) => {
          assert.equal(column.type, 'double');
          probabilities.forEach((row, i) => {
            assert.ok(Math.abs((column.values[i] as number) - row[c]!) <= 1e-13);
          });
        });
        const reordered = { ...example.table, columns: [...example.table.columns].reverse() };
        assert.deepEqual(await model.predict(reordered), answer);
        const none = {
          rows: 0,
          columns: example.table.columns.map((c) => ({ ...c, values: c.values.slice(0, 0) })) as unknown as Column[],
        };
        assert.equal((await model.predict(none)).rows, 0);
        await model.close();
      }
    });
  }

  test('one [N, k] input takes all columns in their order, cast as MLflow casts', async () => {
    const folder = packageOf(identity([value('X', FLOAT, ['N', 2])], [value('Y', FLOAT, ['N', 2])]));
    const model = await opening(folder);
    const answer = await model.predict(table(doubles('b', [0.1, 1]), doubles('a', [2, 1e-60])));
    assert.deepEqual(answer.columns, [
      {
        name: 'Y',
        type: 'object',
        values: [
          [Math.fround(0.1), 2],
          [1, 0],
        ],
      },
    ]);
    const mixed = table(doubles('b', [1]), { name: 'a', type: 'long', values: BigInt64Array.of(3n) });
    assert.deepEqual((await model.predict(mixed)).columns[0]!.values, [[1, 3]]);
    const lists = table({
      name: 'X',
      type: 'object',
      values: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    });
    assert.deepEqual((await model.predict(lists)).columns[0]!.values, [
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const longs = table(
      { name: 'a', type: 'long', values: BigInt64Array.of(3n) },
      { name: 'b', type: 'long', values: BigInt64Array.of(3n) },
    );
    await assert.rejects(
      model.predict(longs),
      fails('MODEL_FAILED', /takes float32, but the table of 2 columns is int64/),
    );
    const text = table(doubles('b', [1]), { name: 'a', type: 'string', values: ['x'] });
    await assert.rejects(model.predict(text), fails('MODEL_FAILED'));
    await assert.rejects(
      model.predict(table(doubles('a', [1]), doubles('b', [1]), doubles('c', [1]))),
      fails('MODEL_FAILED'),
    );
    await assert.rejects(
      model.predict(table({ name: 'X', type: 'object', values: [[1, 2], [3]] })),
      fails('MODEL_FAILED', /different lengths/),
    );
  });

  test('types go through unchanged, and a column that is missing or of another type is refused', async () => {
    const inputs = [
      value('d', DOUBLE, ['N']),
      value('l', INT64, ['N']),
      value('b', BOOL, ['N']),
      value('s', STRING, ['N']),
      value('__proto__', FLOAT, ['N']),
    ];
    const outputs = inputs.map((input, i) => ({ ...input, name: `o${i}` }));
    const model = await opening(packageOf(identity(inputs, outputs)));
    const rows = table(
      doubles('d', [Number.NaN, -0]),
      { name: 'l', type: 'long', values: BigInt64Array.of(9007199254740993n, -(1n << 63n)) },
      { name: 'b', type: 'boolean', values: Uint8Array.of(1, 0) },
      { name: 's', type: 'string', values: ['', 'é\u{1F600}\n'] },
      { name: '__proto__', type: 'float', values: Float32Array.of(1.5, Number.POSITIVE_INFINITY) },
    );
    const answer = await model.predict(rows);
    assert.deepEqual(
      answer.columns.map(({ values }) => values),
      rows.columns.map(({ values }) => values),
    );
    assert.deepEqual(
      answer.columns.map(({ type }) => type),
      ['double', 'long', 'boolean', 'string', 'float'],
    );
    await assert.rejects(
      model.predict({ rows: 2, columns: rows.columns.slice(1) }),
      fails('MODEL_FAILED', /takes "d", but the table has no such column/),
    );
    const wrong = rows.columns.map(
      (c): Column => (c.name === 'l' ? { name: 'l', type: 'integer', values: Int32Array.of(1, 2) } : c),
    );
    await assert.rejects(
      model.predict({ rows: 2, columns: wrong }),
      fails('MODEL_FAILED', /takes int64, but l is int32/),
    );
    const missing = rows.columns.map(
      (c): Column => (c.name === 'l' ? ({ ...c, nulls: Uint8Array.of(0, 1) } as Column) : c),
    );
    await assert.rejects(model.predict({ rows: 2, columns: missing }), fails('MODEL_FAILED', /missing values/));
  });

  test('an unknown category is named', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'model.onnx'), convertEstimator(CASES[4]!.estimator, CASES[4]!.inputs));
    const model = await opening(folder);
    const rows = table({ name: 'word', type: 'string', values: ['a', 'zebra'] });
    await assert.rejects(
      model.predict(rows),
      fails('MODEL_FAILED', /^running the model: unknown category in column "word" \(Gather: /),
    );
  });

  test('an answer without one row for each row is refused', async () => {
    const graph = identity([value('x', DOUBLE, ['N'])], [value('y', DOUBLE, ['M'])]);
    const folder = packageOf({
      ...graph,
      node: [{ opType: 'Concat', input: ['x', 'x'], output: ['y'], attribute: [{ name: 'axis', i: 0n, type: 2 }] }],
    });
    await assert.rejects(
      (await opening(folder)).predict(table(doubles('x', [1, 2]))),
      fails('MODEL_FAILED', /shape \[4\] for 2 rows/),
    );
  });

  test('a model that never answers is ended at the deadline, and stays ended', async () => {
    const model = await opening(packageOf(endlessLoop()), { trusted: false, timeoutMs: 2000 });
    assert.deepEqual((await model.predict(table(doubles('x', [-1, 2])))).columns[0]!.values, Float64Array.of(-1, 2));
    await assert.rejects(model.predict(table(doubles('x', [1]))), fails('MODEL_TIMEOUT', /no answer within 2000 ms/));
    await assert.rejects(model.predict(table(doubles('x', [-1]))), fails('MODEL_TIMEOUT'));
    await model.close();
  });

  test('a model that takes all memory is ended, and this process goes on', async () => {
    const model = await opening(packageOf(hungry()), { trusted: false, timeoutMs: 60_000, memoryBytes: 300 * 2 ** 20 });
    const longs = (n: bigint): Table => table({ name: 'x', type: 'long', values: BigInt64Array.of(n) });
    assert.deepEqual((await model.predict(longs(5n))).columns[0]!.values, BigInt64Array.of(10n));
    await assert.rejects(model.predict(longs(100_000_000n)), fails('MODEL_CRASHED', /more than the 300 MiB allowed/));
    await model.close();
  });

  test('an output of a type that the runtime infers and cannot hand over is refused when the model is opened', async () => {
    const to = (type: bigint) => [{ name: 'to', i: type, type: 2 }];
    const cast = (type: bigint): NodeProto => ({ opType: 'Cast', input: ['x'], output: ['y'], attribute: to(type) });
    // bfloat16, float8 and int4: without a word in the graph, so that only the runtime knows.
    for (const type of [16n, 17n, 22n]) {
      const folder = packageOf({ input: [value('x', FLOAT, ['N'])], output: [{ name: 'y' }], node: [cast(type)] });
      await assert.rejects(
        opening(folder),
        fails('MODEL_UNSUPPORTED', /"y" is a tensor of (bfloat16|float8|int4)/),
        String(type),
      );
    }
  });

  test('files that are not models, lead out of the package or have false sizes are refused before the runtime sees them', async () => {
    const folder = packageOf(identity([value('x', DOUBLE, ['N'])], [value('y', DOUBLE, ['N'])]));
    const outside = scratch();
    writeFileSync(join(outside, 'model.onnx'), readFileSync(join(folder, 'model.onnx')));
    symlinkSync(join(outside, 'model.onnx'), join(folder, 'link.onnx'));
    mkdirSync(join(folder, 'folder.onnx'));
    writeFileSync(join(folder, 'text.onnx'), 'not a model');
    await assert.rejects(opening(folder, { payload: 'link.onnx' }), fails('MODEL_HOSTILE', /link out of the package/));
    if (spawnSync('mkfifo', [join(folder, 'pipe.onnx')]).status === 0) {
      await assert.rejects(opening(folder, { payload: 'pipe.onnx' }), fails('MODEL_HOSTILE', /not a regular file/));
    }
    await assert.rejects(opening(folder, { payload: '../x.onnx' }), fails('PATH_REFUSED'));
    await assert.rejects(opening(folder, { payload: 'none.onnx' }), fails('PACKAGE_INVALID'));
    await assert.rejects(opening(folder, { payload: 'folder.onnx' }), fails('MODEL_HOSTILE', /not a regular file/));
    for (const trusted of [true, false])
      await assert.rejects(opening(folder, { payload: 'text.onnx', trusted }), fails('MODEL_MALFORMED'));
  });

  test('external data is read beside the model, never from the current folder, and never through links', async () => {
    const weight = (location: string) =>
      packageOf(
        {
          input: [value('x', FLOAT, ['N', 4])],
          output: [value('y', FLOAT, ['N', 4])],
          initializer: [
            {
              name: 'w',
              dataType: 1,
              dims: [4n],
              dataLocation: 1,
              externalData: [
                { key: 'location', value: location },
                { key: 'length', value: '16' },
              ],
            },
          ],
          node: [{ opType: 'Add', input: ['x', 'w'], output: ['y'] }],
        },
        'data/model.onnx',
      );
    const cwd = process.cwd();
    const decoy = scratch();
    writeFileSync(join(decoy, 'w.bin'), new Uint8Array(Float32Array.of(9, 9, 9, 9).buffer));
    const good = weight('w.bin');
    writeFileSync(join(good, 'data', 'w.bin'), new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer));
    process.chdir(decoy);
    try {
      const model = await opening(good, { payload: 'data/model.onnx' });
      const rows = table({ name: 'x', type: 'object', values: [[0, 0, 0, 0]] });
      assert.deepEqual((await model.predict(rows)).columns[0]!.values, [[1, 2, 3, 4]]);
      const absent = weight('w.bin');
      await assert.rejects(
        opening(absent, { payload: 'data/model.onnx' }),
        fails('PACKAGE_INVALID', /keeps tensors in "w.bin", which is missing/),
      );
      linkSync(join(decoy, 'w.bin'), join(absent, 'data', 'w.bin'));
      await assert.rejects(opening(absent, { payload: 'data/model.onnx' }), fails('MODEL_HOSTILE', /hard links/));
      const symbolic = weight('w.bin');
      symlinkSync(join(decoy, 'w.bin'), join(symbolic, 'data', 'w.bin'));
      await assert.rejects(opening(symbolic, { payload: 'data/model.onnx' }), fails('MODEL_HOSTILE', /symbolic link/));
      const byFolder = weight('sub/w.bin');
      const other = scratch();
      writeFileSync(join(other, 'w.bin'), new Uint8Array(16));
      symlinkSync(other, join(byFolder, 'data', 'sub'));
      await assert.rejects(
        opening(byFolder, { payload: 'data/model.onnx' }),
        fails('MODEL_HOSTILE', /folder on the way/),
      );
    } finally {
      process.chdir(cwd);
    }
  });

  test('a ZipMap answers one {class: probability} a row', async () => {
    const utf8 = new TextEncoder();
    const zipMap = (attribute: AttributeProto): GraphProto => ({
      input: [value('p', FLOAT, ['N', 2])],
      output: [
        {
          name: 'maps',
          type: {
            sequenceType: {
              elemType: { mapType: { keyType: STRING, valueType: { tensorType: { elemType: FLOAT } } } },
            },
          },
        },
      ],
      node: [{ opType: 'ZipMap', domain: 'ai.onnx.ml', input: ['p'], output: ['maps'], attribute: [attribute] }],
    });
    const rows = table({
      name: 'p',
      type: 'object',
      values: [
        [0.25, 0.75],
        [1, 0],
      ],
    });
    const texts = await opening(
      packageOf(
        zipMap({ name: 'classlabels_strings', strings: ['no', '__proto__'].map((text) => utf8.encode(text)), type: 8 }),
      ),
    );
    assert.equal(texts.outputs[0]!.elementType, 'sequence(map(string,float32))');
    const answer = (await texts.predict(rows)).columns[0]!;
    assert.equal(JSON.stringify(answer.values), '[{"no":0.25,"__proto__":0.75},{"no":1,"__proto__":0}]');
    const longs = await opening(packageOf(zipMap({ name: 'classlabels_int64s', ints: [7n, -1n], type: 7 })));
    assert.deepEqual({ ...((await longs.predict(rows)).columns[0]!.values[0] as object) }, { 7: 0.25, '-1': 0.75 });
  });

  test('damaged models that pass the scan can only crash their own process', async () => {
    const folder = scratch();
    const model = convertEstimator(CASES[2]!.estimator, CASES[2]!.inputs);
    let tried = 0;
    for (let bit = 5; tried < 20; bit += 397) {
      const flipped = model.slice();
      flipped[(bit >> 3) % model.length]! ^= 1 << (bit & 7);
      try {
        if (scanModel(flipped).length > 0) continue;
      } catch {
        continue;
      }
      tried += 1;
      writeFileSync(join(folder, 'model.onnx'), flipped);
      try {
        const opened = await opening(folder, { trusted: false, timeoutMs: 20_000 });
        try {
          assert.equal((await opened.predict(CASES[2]!.table)).rows, 4);
        } finally {
          await opened.close();
        }
      } catch (error) {
        assert.ok(error instanceof MlctlError && error.exitCode === 7, `bit ${bit}: ${error}`);
      }
    }
  });

  test('a platform without a runtime gets an error with a hint', () => {
    const program = `Object.defineProperty(process, 'platform', { value: 'darwin' });
      Object.defineProperty(process, 'arch', { value: 'x64' });
      const { loadRuntime } = await import(${JSON.stringify(pathToFileURL(join(ROOT, 'build', 'src', 'inference', 'runtime.js')).href)});
      try { loadRuntime(); } catch (e) { console.log(e.code, e.exitCode, e.message, e.hint); }`;
    const done = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
    assert.match(done.stdout, /^RUNTIME_MISSING 7 .*darwin-x64 .*macOS on Intel since version 1\.24/);
  });

  test('an open model in its own process does not keep the program alive, and dies with it', () => {
    const folder = packageOf(identity([value('x', DOUBLE, ['N'])], [value('y', DOUBLE, ['N'])]));
    const program = `import { openOnnx } from ${JSON.stringify(pathToFileURL(join(ROOT, 'build', 'src', 'inference', 'open-onnx.js')).href)};
      import { digestPackage } from ${JSON.stringify(pathToFileURL(join(ROOT, 'build', 'src', 'model', 'digest-package.js')).href)};
      const packageFolder = ${JSON.stringify(folder)};
      const digest = await digestPackage(packageFolder);
      const model = await openOnnx({ packageFolder, digest, payload: 'model.onnx', trusted: false, timeoutMs: null });
      console.log((await model.predict({ rows: 1, columns: [{ name: 'x', type: 'double', values: Float64Array.of(7) }] })).columns[0].values[0]);`;
    const done = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    assert.deepEqual([done.status, done.stdout, done.stderr], [0, '7\n', '']);
  });

  test('recorded hostile files are refused in a package, and their harmless twins are run', async (t) => {
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
    const rows = table({ name: 'X', type: 'float', values: Float32Array.of(0, 0, 0, 0) });
    for (const payload of readdirSync(models).filter((name) => name.endsWith('.onnx'))) {
      if (payload.endsWith('_ok.onnx')) {
        const model = await opening(models, { payload });
        assert.deepEqual([...(await model.predict(rows)).columns[0]!.values], [1, 1, 1, 1], payload);
        await model.close();
      } else await assert.rejects(opening(models, { payload }), fails('MODEL_HOSTILE'), payload);
    }
  });

  test('answers the recorded ONNX models as Python does', async (t) => {
    const cases = casesFolder();
    if ('skip' in cases) return t.skip(cases.skip);
    const names = readdirSync(join(cases.folder, 'models')).filter((name) => name.startsWith('onnx-'));
    assert.ok(names.length > 0);
    for (const name of names) {
      const folder = join(cases.folder, 'models', name);
      const recorded = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
      const model = await opening(join(folder, 'model'), { trusted: false });
      const rows: number[][] = recorded.input.rows.map((row: unknown[]) => row.map(Number));
      const answer = await model.predict({
        rows: rows.length,
        columns: [{ name: model.inputs[0]!.name, type: 'object', values: rows }],
      });
      await model.close();
      for (const [output, { data }] of Object.entries<{ data: unknown[] }>(recorded.output.data)) {
        const found = answer.columns.find((column) => column.name === output);
        compare(Array.from(found!.values as ArrayLike<unknown>), data, `${name} ${output}`);
      }
    }
  });
});
