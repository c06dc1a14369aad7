// predict: rows stream from every format to every format, a bad row leaves nothing or goes to the rejects.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import type { Table } from '../../src/data/table.js';
import { MlctlError } from '../../src/errors/error.js';
import type { PredictRequest } from '../../src/operations/predict.js';
import { type PredictModel, predict } from '../../src/operations/predict.js';
import type { ScalarName, Signature } from '../../src/schema/types.js';
import type { World } from '../../src/world.js';
import { scratch } from '../support/paths.js';

const column = (name: string, scalar: ScalarName, required = true) =>
  ({ name, type: { kind: 'scalar', scalar }, required }) as const;
const signature: Signature = {
  inputs: { kind: 'columns', columns: [column('a', 'double'), column('b', 'long'), column('s', 'string', false)] },
  outputs: null,
  params: null,
};

/** Answers the sum, the long as it came, and the text. */
const model = (seen: number[] = []): PredictModel => ({
  uri: 'models:/fake/1',
  resolved: {
    kind: 'path',
    run_id: null,
    name: null,
    version: null,
    stage: null,
    alias: null,
    model_id: null,
    location: '',
  },
  signature,
  model: {
    async predict(table: Table): Promise<Table> {
      seen.push(table.rows);
      const [a, b, s] = table.columns;
      const sum = Float64Array.from({ length: table.rows }, (_, i) => Number(a!.values[i]) + Number(b!.values[i]));
      return {
        rows: table.rows,
        columns: [
          { name: 'sum', type: 'double', values: sum },
          { name: 'b', type: 'long', values: b!.values as BigInt64Array },
          ...(s === undefined ? [] : [{ ...s, name: 'text "s"' }]),
        ],
      };
    },
  },
  close: async () => {},
});

const remarks: string[] = [];
const worldIn = (cwd: string, signal = new AbortController().signal): World => ({
  env: {},
  cwd,
  now: () => performance.now(),
  signal,
  note: (text) => remarks.push(text),
  warn: (text) => remarks.push(text),
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

async function run(request: Partial<PredictRequest> & { text: string }, seen?: number[]): Promise<string> {
  const folder = scratch();
  const out = collect();
  const { text, ...rest } = request;
  const streams = { stdin: Readable.from([Buffer.from(text)]), stdout: out.stream };
  await predict(worldIn(folder), { input: '-', output: '-', ...rest }, streams, async () => model(seen));
  return out.text();
}

test('every input format to every output format', async () => {
  const csv = 'a,b,s\n1.5,9007199254740993,x\n-2,3,"q""u,o"\n';
  const ndjson = '{"b":9007199254740993,"a":1.5,"s":"x"}\r\n\n{"s":"q\\"u,o","a":-2,"b":3}';
  const json = '{"dataframe_split":{"columns":["a","b","s"],"data":[[1.5,9007199254740993,"x"],[-2,3,"q\\"u,o"]]}}';
  const wanted = {
    csv: 'sum,b,"text ""s"""\n9007199254740994.0,9007199254740993,x\n1.0,3,"q""u,o"\n',
    ndjson:
      '{"sum": 9007199254740994.0, "b": 9007199254740993, "text \\"s\\"": "x"}\n{"sum": 1.0, "b": 3, "text \\"s\\"": "q\\"u,o"}\n',
    json: '{"predictions": [{"sum": 9007199254740994.0, "b": 9007199254740993, "text \\"s\\"": "x"}, {"sum": 1.0, "b": 3, "text \\"s\\"": "q\\"u,o"}]}\n',
  };
  for (const [inputFormat, text] of Object.entries({ csv, ndjson, json })) {
    for (const [outputFormat, answer] of Object.entries(wanted)) {
      const request = { text, inputFormat, outputFormat } as { text: string; inputFormat: 'csv'; outputFormat: 'csv' };
      assert.equal(await run(request), answer, `${inputFormat} to ${outputFormat}`);
    }
  }
});

test('numeric answers take the fast way with the same text', async () => {
  const text = 'a,b\n0.5,1\n1e-7,-20\n2,5000000000\n';
  assert.equal(await run({ text }), 'sum,b\n1.5,1\n-19.9999999,-20\n5000000002.0,5000000000\n');
  const json = await run({ text, outputFormat: 'json' });
  assert.deepEqual(JSON.parse(json), {
    predictions: [
      { sum: 1.5, b: 1 },
      { sum: -19.9999999, b: -20 },
      { sum: 5000000002, b: 5000000000 },
    ],
  });
});

test('many rows go through in batches, in order', async () => {
  const rows = 50_000;
  const text = `a,b\n${Array.from({ length: rows }, (_, i) => `${i}.25,${i}`).join('\n')}\n`;
  const seen: number[] = [];
  const lines = (await run({ text }, seen)).split('\n');
  assert.equal(lines.length, rows + 2);
  assert.equal(lines[40_001], '80000.25,40000');
  assert.ok(seen.length > 1 && Math.max(...seen) < rows);
});

test('an optional column may come late in a stream', async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => (i < 17_000 ? `{"a":1,"b":2}` : `{"b":2,"a":1,"s":"x${i}"}`));
  const lines = (await run({ text: rows.join('\n'), inputFormat: 'ndjson' })).trimEnd().split('\n');
  assert.equal(lines[16_000], '{"sum": 3.0, "b": 2}');
  assert.equal(lines[19_999], '{"sum": 3.0, "b": 2, "text \\"s\\"": "x19999"}');
});

test('a bad row stops the command, names the row and leaves no file', async () => {
  const folder = scratch();
  writeFileSync(join(folder, 'in.csv'), 'a,b\n1,2\n1.5,x\n3,4\n');
  const streams = { stdin: Readable.from([]), stdout: collect().stream };
  await assert.rejects(
    predict(worldIn(folder), { input: 'in.csv', output: 'out/p.csv' }, streams, async () => model()),
    (error: MlctlError) => {
      assert.equal(error.code, 'SCHEMA_VIOLATION');
      assert.match(error.message, /column 'b' row 1: "x" is not an integer/);
      return true;
    },
  );
  assert.deepEqual(readdirSync(join(folder, 'out')), []);
  await assert.rejects(
    predict(worldIn(folder), { input: 'none.csv', output: 'p.csv' }, streams, async () => model()),
    { code: 'FILE_NOT_FOUND' },
  );
  assert.ok(!existsSync(join(folder, 'p.csv')));
});

test('bad rows can be skipped and are kept aside as they were written', async () => {
  const folder = scratch();
  const request = {
    input: '-',
    output: 'p.ndjson',
    inputFormat: 'csv',
    onBadRow: 'skip',
    rejects: 'r.ndjson',
  } as const;
  const streams = { stdin: Readable.from(['a,b\n1,2\n1.5,x\n3\n3,4\n']), stdout: collect().stream };
  const document = await predict(worldIn(folder), request, streams, async () => model());
  assert.deepEqual([document.rows, document.rejected], [2, 2]);
  assert.equal(readFileSync(join(folder, 'p.ndjson'), 'utf8'), '{"sum": 3.0, "b": 2}\n{"sum": 7.0, "b": 4}\n');
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
    await assert.rejects(
      predict(worldIn(folder), { ...request, output: 'q.csv' }, { ...streams, stdin }, async () => model()),
      {
        code: 'SCHEMA_VIOLATION',
      },
    );
  }
  assert.deepEqual(readdirSync(folder).sort(), ['p.ndjson', 'r.ndjson']);
});

test('a reader that goes away ends it quietly, a failing model does not', async () => {
  const folder = scratch();
  const closed = new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    },
  });
  const rows = Array.from({ length: 100_000 }, (_, i) => `${i},${i}`).join('\n');
  const streams = { stdin: Readable.from([Buffer.from(`a,b\n${rows}\n`)]), stdout: closed };
  const document = await predict(worldIn(folder), { input: '-', output: '-' }, streams, async () => model());
  assert.ok(document.rows < 100_000);
  const failing: PredictModel = {
    ...model(),
    model: { predict: () => Promise.reject(new MlctlError('MODEL_FAILED', 'no')) },
  };
  const stdin = Readable.from(['a,b\n1,2\n']);
  await assert.rejects(
    predict(worldIn(folder), { input: '-', output: 'x.csv' }, { ...streams, stdin }, async () => failing),
    {
      code: 'MODEL_FAILED',
    },
  );
  assert.deepEqual(readdirSync(folder), []);
});
