// Evaluates the forest of a folder on its rows, and prints how many milliseconds a pass took once the program was warm.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { frameOfMatrix } from '../src/estimators/frame-of-matrix.js';
import { PARTS } from '../src/estimators/parts.js';
import { readModel } from '../src/python/read-model.js';

const [, , folder, featureCount] = process.argv;
const features = Number(featureCount);
const forest = await readModel(readFileSync(join(folder!, 'forest', 'model.pkl')), 'pickle');
const file = readFileSync(join(folder!, 'rows'));
const values = new Float64Array(file.buffer, file.byteOffset, file.length / 8);
const wanted = readFileSync(join(folder!, 'answers'));
let best = Number.POSITIVE_INFINITY;
for (let pass = 0; pass < 3; pass++) {
  const start = process.hrtime.bigint();
  const answers = PARTS.predict_proba(forest, frameOfMatrix(values.length / features, features, values));
  best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e6);
  if (!Buffer.from(answers.values.buffer).equals(wanted)) throw new Error('the answers are not those of scikit-learn');
}
console.log(best);
