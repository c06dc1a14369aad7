// predict: rows stream from every format to every format, a bad row leaves nothing or goes to the rejects.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { before, test } from 'node:test';
import type { MlctlError } from '../../src/errors/error.js';
import { digestFolder } from '../../src/files/digest-folder.js';
import { writeFolderAtomically } from '../../src/files/write-folder-atomically.js';
import { rememberPackage } from '../../src/loader/known-packages.js';
import { buildPackage } from '../../src/model/build-package.js';
import type { GraphProto, ValueInfoProto } from '../../src/onnx/graph.js';
import { type PredictRequest, predict } from '../../src/operations/predict.js';
import type { ScalarName, Signature } from '../../src/schema/types.js';
import type { World } from '../../src/world.js';
import { DOUBLE, INT64, modelOf, STRING, value } from '../inference/models.js';
import { scratch } from '../support/paths.js';

const cache = scratch('mlctl-cache-');
const packages = scratch('mlctl-packages-');
const at = (name: string): string => join(packages, name);

const worldIn = (cwd: string): World => ({
  env: { MLCTL_CACHE_DIR: cache },
  cwd,
  now: () => performance.now(),
  signal: new AbortController().signal,
  note: () => {},
  warn: () => {},
});

const column = (name: string, scalar: ScalarName, required = true) =>
  ({ name, type: { kind: 'scalar', scalar }, required }) as const;
const A = column('a', 'double');
const B = column('b', 'long');
const tensor = (name: string, type: number): ValueInfoProto => value(name, type, ['N']);

/** The sum, and the long as it came. */
const SUMS: GraphProto = {
  input: [tensor('a', DOUBLE), tensor('b', INT64)],
  output: [tensor('sum', DOUBLE), tensor('same', INT64)],
  node: [
    { opType: 'Cast', input: ['b'], output: ['b as double'], attribute: [{ name: 'to', i: BigInt(DOUBLE), type: 2 }] },
    { opType: 'Add', input: ['a', 'b as double'], output: ['sum'] },
    { opType: 'Identity', input: ['b'], output: ['same'] },
  ],
};
/** The same, and the text. */
const TEXTS: GraphProto = {
  ...SUMS,
  input: [...(SUMS.input ?? []), tensor('s', STRING)],
  output: [...(SUMS.output ?? []), tensor('text "s"', STRING)],
  node: [...(SUMS.node ?? []), { opType: 'Identity', input: ['s'], output: ['text "s"'] }],
};
/** The value at the place that b names: the model itself refuses a place beyond the last row. */
const PLACES: GraphProto = {
  input: SUMS.input ?? [],
  output: [tensor('found', DOUBLE)],
  node: [{ opType: 'Gather', input: ['a', 'b'], output: ['found'] }],
};

/** A package that this machine knows, so that it runs in the process of the test. */
async function makePackage(name: string, graph: GraphProto, columns: Signature['inputs'] & object): Promise<void> {
  const files = buildPackage({
    payload: modelOf(graph),
    signature: { inputs: columns, outputs: null, params: null },
    inputExample: null,
    golden: null,
    runId: null,
    modelId: null,
    uuid: '0'.repeat(32),
    artifactPath: 'model',
    createdAt: 0,
    mlctlVersion: '0.0.0',
  });
  await writeFolderAtomically(at(name), files);
  rememberPackage(worldIn(packages), (await digestFolder(at(name))).digest);
}

before(async () => {
  await makePackage('sums', SUMS, { kind: 'columns', columns: [A, B, column('s', 'string', false)] });
  await makePackage('texts', TEXTS, { kind: 'columns', columns: [A, B, column('s', 'string')] });
  await makePackage('places', PLACES, { kind: 'columns', columns: [A, B] });
});

function collect(): { stream: Writable; text(): string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    highWaterMark: 16,
    write(chunk, _encoding, done) {
      chunks.push(Buffer.from(chunk as Buffer));
      setImmediate(done);
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}

async function run(request: Partial<PredictRequest> & { text: string }): Promise<string> {
  const folder = scratch();
  const out = collect();
  const { text, ...rest } = request;
  const streams = { stdin: Readable.from([Buffer.from(text)]), stdout: out.stream };
  await predict(worldIn(folder), { uri: at('sums'), input: '-', output: '-', ...rest }, streams);
  return out.text();
}

test('every input format to every output format', async () => {
  const csv = 'a,b,s\n1.5,9007199254740993,x\n-2,3,"q""u,o"\n';
  const ndjson = '{"b":9007199254740993,"a":1.5,"s":"x"}\r\n\n{"s":"q\\"u,o","a":-2,"b":3}';
  const json = '{"dataframe_split":{"columns":["a","b","s"],"data":[[1.5,9007199254740993,"x"],[-2,3,"q\\"u,o"]]}}';
  const wanted = {
    csv: 'sum,same,"text ""s"""\n9007199254740994.0,9007199254740993,x\n1.0,3,"q""u,o"\n',
    ndjson:
      '{"sum": 9007199254740994.0, "same": 9007199254740993, "text \\"s\\"": "x"}\n{"sum": 1.0, "same": 3, "text \\"s\\"": "q\\"u,o"}\n',
    json: '{"predictions": [{"sum": 9007199254740994.0, "same": 9007199254740993, "text \\"s\\"": "x"}, {"sum": 1.0, "same": 3, "text \\"s\\"": "q\\"u,o"}]}\n',
  };
  for (const [inputFormat, text] of Object.entries({ csv, ndjson, json })) {
    for (const [outputFormat, answer] of Object.entries(wanted)) {
      const formats = { inputFormat, outputFormat } as { inputFormat: 'csv'; outputFormat: 'csv' };
      assert.equal(await run({ uri: at('texts'), text, ...formats }), answer, `${inputFormat} to ${outputFormat}`);
    }
  }
});

test('the fast writer of numeric answers gives the same text', async () => {
  const text = 'a,b\n0.5,1\n1e-7,-20\n2,5000000000\n';
  assert.equal(await run({ text }), 'sum,same\n1.5,1\n-19.9999999,-20\n5000000002.0,5000000000\n');
  const json = await run({ text, outputFormat: 'json' });
  assert.deepEqual(JSON.parse(json), {
    predictions: [
      { sum: 1.5, same: 1 },
      { sum: -19.9999999, same: -20 },
      { sum: 5000000002, same: 5000000000 },
    ],
  });
});

test('many rows go through in batches, in order', async () => {
  const rows = 50_000;
  const text = `a,b\n${Array.from({ length: rows }, (_, i) => `${i}.25,${i}`).join('\n')}\n`;
  const done: number[] = [];
  const lines = (await run({ text, onProgress: (progress) => done.push(progress.rows) })).split('\n');
  assert.equal(lines.length, rows + 2);
  assert.equal(lines[40_001], '80000.25,40000');
  assert.ok(done.length > 1 && done.at(-1) === rows, String(done));
});

test('all rows before a fault are given out, however many there are', async () => {
  const rows = 120_000;
  const lines = Array.from({ length: rows }, (_, i) => `${i}.25,${i === rows - 1 ? 'x' : i}`);
  for (const outputFormat of ['csv', 'ndjson'] as const) {
    const out = collect();
    const streams = { stdin: Readable.from([Buffer.from(`a,b\n${lines.join('\n')}\n`)]), stdout: out.stream };
    const request = { uri: at('sums'), input: '-', inputFormat: 'csv', output: '-', outputFormat } as const;
    await assert.rejects(predict(worldIn(scratch()), request, streams), (error: MlctlError) => {
      const { rows_answered } = error.details as { rows_answered: number };
      const found = out.text().trimEnd().split('\n');
      if (outputFormat === 'csv') assert.equal(found.shift(), 'sum,same');
      assert.ok(rows_answered > 100_000, String(rows_answered));
      assert.equal(found.length, rows_answered);
      for (const [i, line] of found.entries())
        assert.equal(line, outputFormat === 'csv' ? `${2 * i}.25,${i}` : `{"sum": ${2 * i}.25, "same": ${i}}`);
      return true;
    });
  }
});

test('an optional column may come late in a stream', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => (i < 17_000 ? `{"a":1,"b":2}` : `{"b":2,"a":1,"s":"x${i}"}`));
  const lines = (await run({ text: rows.join('\n'), inputFormat: 'ndjson' })).trimEnd().split('\n');
  assert.equal(lines.length, 20_000);
  for (const line of lines) assert.equal(line, '{"sum": 3.0, "same": 2}');
});

test('a bad row stops the command, names the row and leaves no file', async () => {
  const folder = scratch();
  writeFileSync(join(folder, 'in.csv'), 'a,b\n1,2\n1.5,x\n3,4\n');
  mkdirSync(join(folder, 'out'));
  const streams = { stdin: Readable.from([]), stdout: collect().stream };
  await assert.rejects(
    predict(worldIn(folder), { uri: at('sums'), input: 'in.csv', output: 'out/p.csv' }, streams),
    (error: MlctlError) => {
      assert.equal(error.code, 'SCHEMA_VIOLATION');
      assert.match(error.message, /column 'b' row 1 \(line 3\): "x" is not an integer/);
      return true;
    },
  );
  assert.deepEqual(readdirSync(join(folder, 'out')), []);
  // A folder that is mistyped is not made.
  await assert.rejects(
    predict(worldIn(folder), { uri: at('sums'), input: 'in.csv', output: 'uot/p.csv' }, streams),
    (error: MlctlError) => {
      assert.equal(error.code, 'FILE_WRITE_FAILED');
      assert.match(error.hint ?? '', /mkdir -p .*uot/);
      return true;
    },
  );
  assert.ok(!existsSync(join(folder, 'uot')));
  await assert.rejects(predict(worldIn(folder), { uri: at('sums'), input: 'none.csv', output: 'p.csv' }, streams), {
    code: 'FILE_NOT_FOUND',
  });
  assert.ok(!existsSync(join(folder, 'p.csv')));
});

test('bad rows can be skipped and are kept aside as they were written', async () => {
  const folder = scratch();
  const request = {
    uri: at('sums'),
    input: '-',
    output: 'p.ndjson',
    inputFormat: 'csv',
    onBadRow: 'skip',
    rejects: 'r.ndjson',
  } as const;
  const streams = { stdin: Readable.from(['a,b\n1,2\n1.5,x\n3\n3,4\n']), stdout: collect().stream };
  const document = await predict(worldIn(folder), request, streams);
  assert.deepEqual([document.rows, document.rejected], [2, 2]);
  assert.equal(readFileSync(join(folder, 'p.ndjson'), 'utf8'), '{"sum": 3.0, "same": 2}\n{"sum": 7.0, "same": 4}\n');
  const rejects = readFileSync(join(folder, 'r.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    rejects.map(({ row, original }) => [row, original]),
    [
      [1, '1.5,x'],
      [2, '3'],
    ],
  );
  // A wrong header cannot be skipped, and neither can an input without a single good row.
  for (const text of ['a,c\n1,2\n', 'a,b\nx,y\n']) {
    const stdin = Readable.from([text]);
    await assert.rejects(predict(worldIn(folder), { ...request, output: 'q.csv' }, { ...streams, stdin }), {
      code: 'SCHEMA_VIOLATION',
    });
  }
  assert.deepEqual(readdirSync(folder).sort(), ['p.ndjson', 'r.ndjson']);
  // Where every row is bad, the rejects are written and the answer is not.
  assert.deepEqual(
    readFileSync(join(folder, 'r.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).original),
    ['x,y'],
  );
});

test('a list of records, as pandas writes it, is read from a file; MLflow itself refuses it', async () => {
  const folder = scratch();
  const streams = { stdin: Readable.from([]), stdout: collect().stream };
  const request = { uri: at('sums'), input: 'records.json', output: 'p.csv' };
  writeFileSync(join(folder, 'records.json'), '[{"a":1.0,"b":2},{"a":3.0,"b":4}]');
  const { rows } = await predict(worldIn(folder), request, streams);
  assert.equal(rows, 2);
  assert.equal(readFileSync(join(folder, 'p.csv'), 'utf8'), 'sum,same\n3.0,2\n7.0,4\n');
  await assert.rejects(predict(worldIn(folder), { ...request, mode: 'mlflow' }, streams), { code: 'SCHEMA_VIOLATION' });
  for (const text of ['[]', '[1, 2]', '[{"a":1.0,"b":2}, 3]']) {
    writeFileSync(join(folder, 'records.json'), text);
    await assert.rejects(predict(worldIn(folder), request, streams), /expected an object with one of .*, or a list/);
  }
});

test('a reader that closes the pipe is not an error, a failing model is', async () => {
  const folder = scratch();
  const closed = new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    },
  });
  const rows = Array.from({ length: 100_000 }, (_, i) => `${i},${i}`).join('\n');
  const streams = { stdin: Readable.from([Buffer.from(`a,b\n${rows}\n`)]), stdout: closed };
  const document = await predict(worldIn(folder), { uri: at('sums'), input: '-', output: '-' }, streams);
  assert.ok(document.rows < 100_000);
  const stdin = Readable.from(['a,b\n1,2\n']);
  const request = { uri: at('places'), input: '-', output: 'x.csv' };
  await assert.rejects(predict(worldIn(folder), request, { ...streams, stdin }), { code: 'MODEL_FAILED' });
  assert.deepEqual(readdirSync(folder), []);
});
