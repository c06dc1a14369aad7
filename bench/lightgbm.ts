// Evaluates the LightGBM model of a folder on its rows, and prints how many milliseconds a pass took once the program was warm.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLightgbm } from '../src/boosters/lightgbm/open-lightgbm.js';
import type { Column } from '../src/data/table.js';

const [, , folder, featureCount] = process.argv;
const width = Number(featureCount);
const booster = openLightgbm(readFileSync(join(folder!, 'model.txt')), {}, 'model.txt');
const file = readFileSync(join(folder!, 'rows'));
const values = new Float64Array(file.buffer.slice(file.byteOffset, file.byteOffset + file.length));
const rows = values.length / width;
const columns = Array.from({ length: width }, (_, j): Column => {
  const column = Float64Array.from({ length: rows }, (_, i) => values[i * width + j]!);
  return { name: `Column_${j}`, type: 'double', values: column };
});
let best = Number.POSITIVE_INFINITY;
for (let pass = 0; pass < 30; pass++) {
  const start = process.hrtime.bigint();
  booster.predict({ rows, columns });
  best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e6);
}
console.log(best);
