// In one process: a row through model.predict against bare onnxruntime with the same inputs, in turn; 600 columns through model.check's
// caster; and the memory after a million calls. Arguments: the folder of the library, the model's URI, what to measure, and how many calls. Prints JSON.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { median } from './measure.mjs';

const [root, uri, what, calls = '1000000'] = process.argv.slice(2);
const library = await import(pathToFileURL(join(root, 'dist', 'index.js')).href);
const model = await library.load(uri);
const FLOWER = { 'sepal length (cm)': 5.1, 'sepal width (cm)': 3.5, 'petal length (cm)': 1.4, 'petal width (cm)': 0.2 };

/** Microseconds of a call, and of this process's processors. */
async function timed(calls, call) {
  const before = process.cpuUsage();
  const start = process.hrtime.bigint();
  for (let i = 0; i < calls; i++) await call();
  const wall = Number(process.hrtime.bigint() - start) / 1e3 / calls;
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / calls };
}

/** As a program would call the runtime that knows the model's inputs and checks nothing. */
async function bareCall() {
  const ort = createRequire(join(root, 'package.json'))('onnxruntime-node');
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential', logSeverityLevel: 4 };
  const session = await ort.InferenceSession.create(join(model.resolved.location, 'model.onnx'), options);
  return async () => {
    const feeds = {};
    for (const name of session.inputNames) feeds[name] = new ort.Tensor('float64', Float64Array.of(FLOWER[name]), [1]);
    const answers = await session.run(feeds);
    return Object.fromEntries(session.outputNames.map((name) => [name, answers[name].data[0]]));
  };
}

async function row() {
  const calls = { bare: await bareCall(), row: () => model.predict([FLOWER]), check: () => model.check([FLOWER]) };
  const times = { bare: [], row: [], check: [] };
  for (const name of Object.keys(calls)) await timed(5000, calls[name]);
  for (let turn = 0; turn < 9; turn++)
    for (const name of Object.keys(calls)) times[name].push(await timed(5000, calls[name]));
  const cpu = (name) => times[name].map((time) => time.cpu);
  return {
    row: Math.min(...cpu('row')),
    bare: Math.min(...cpu('bare')),
    check: Math.min(...cpu('check')),
    ratio: median(cpu('row').map((time, turn) => time / cpu('bare')[turn])),
  };
}

async function memory() {
  const used = () => {
    globalThis.gc();
    globalThis.gc();
    const { heapUsed, rss } = process.memoryUsage();
    return { heap: heapUsed / 2 ** 20, rss: rss / 2 ** 20 };
  };
  const run = async (calls) => {
    for (let i = 0; i < calls; i += 100) {
      await Promise.all(Array.from({ length: 98 }, (_, k) => model.predict([{ ...FLOWER, 'petal width (cm)': (i + k) / 1e6 }])));
      await model.predict([{ ...FLOWER, [`unknown ${i}`]: 1 }]).catch(() => {});
      await model.check([{ ...FLOWER, 'petal width (cm)': `${i}` }]);
    }
  };
  await run(Number(calls) / 10);
  const before = used();
  await run(Number(calls));
  const after = used();
  return { heap: after.heap - before.heap, rss: after.rss - before.rss };
}

/** A row of a model with as many columns as it has, which takes no time to make. */
async function wide() {
  const row = Object.fromEntries(model.signature.inputs.columns.map(({ name }, i) => [name, i / 7]));
  const check = () => model.check([row]);
  const found = await check();
  if (found.length > 0) throw new Error(JSON.stringify(found));
  await timed(500, check);
  const times = [];
  for (let turn = 0; turn < 9; turn++) times.push((await timed(200, check)).cpu);
  return { columns: model.signature.inputs.columns.length, check: Math.min(...times) };
}

process.stdout.write(JSON.stringify(await { row, memory, wide }[what]()));
await model.close();
