// The floor: bare node and onnxruntime-node. Opens a model by path, predicts one row of zeros, nothing else.
import { createRequire } from 'node:module';

const ort = createRequire(import.meta.url)('onnxruntime-node');
const session = await ort.InferenceSession.create(process.argv[2], { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential', logSeverityLevel: 4 });
const feeds = {};
for (const name of session.inputNames) feeds[name] = new ort.Tensor('float64', new Float64Array([1]), [1]);
await session.run(feeds);
