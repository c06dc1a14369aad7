// Turns a float into decimal text in bytes: that of the double with the fewest digits that rounds to the same float.
import { POWERS_OF_TEN } from '../powers-of-ten.js';
import { writeDouble } from './write-double.js';

const SHORTEST = new Float64Array(1);
const FEWEST = 6;
const MOST = 8;

/** Writes `values[place]` at `at` and returns the end. */
export function writeFloat(values: Float32Array, place: number, view: DataView, at: number): number {
  const value = values[place]!;
  const size = Math.abs(value);
  SHORTEST[0] = size >= 1e-6 && size < 1e6 ? shortest(size, value) : shortestText(value);
  return writeDouble(SHORTEST, 0, view, at);
}

/** Digits over an exact power of ten are rounded once, as those of a text. */
function shortest(size: number, value: number): number {
  let places = FEWEST - 1;
  while (size >= POWERS_OF_TEN[FEWEST - places]!) places--;
  while (size * POWERS_OF_TEN[places]! < 1e5) places++;
  for (let digits = FEWEST; digits <= MOST; digits++, places++) {
    const power = POWERS_OF_TEN[places]!;
    const product = size * power;
    const whole = Math.floor(product + 0.5);
    // The product is rounded, so half-way is not known for sure.
    if (Math.abs(product - whole) > 0.49999) return shortestText(value);
    const short = whole / power;
    if (Math.fround(short) === size) return value < 0 ? -short : short;
  }
  return value;
}

function shortestText(value: number): number {
  for (let digits = FEWEST; digits <= MOST; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
