// Turns two points into the angle between them, their way over a sphere, or their distance in the columns that both have.
import type { Measure } from './metric.js';

const same = (value: number): number => value;

/** One less the cosine of the angle, by the rows divided by their lengths, as scikit-learn has it. */
export function cosineMeasure(width: number): Measure {
  return {
    reduced: (x, from, y, at) => {
      // a point of zeros has the length 1 when it is divided by it
      const [first, second] = [lengthOf(x, from, width, 0) || 1, lengthOf(y, at, width, 0) || 1];
      let cosine = 0;
      for (let j = 0; j < width; j++) cosine += (x[from + j]! / first) * (y[at + j]! / second);
      return Math.min(Math.max(1 - cosine, 0), 2);
    },
    distanceOf: same,
    reducedOf: same,
  };
}

/** The same of the points less their own means, divided in the end, as scipy has it. */
export function correlationMeasure(width: number): Measure {
  return {
    reduced: (x, from, y, at) => {
      const [a, b] = [meanOf(x, from, width), meanOf(y, at, width)];
      let dot = 0;
      for (let j = 0; j < width; j++) dot += (x[from + j]! - a) * (y[at + j]! - b);
      const cosine = dot / (lengthOf(x, from, width, a) * lengthOf(y, at, width, b));
      return 1 - (Math.abs(cosine) > 1 ? Math.sign(cosine) : cosine);
    },
    distanceOf: same,
    reducedOf: same,
  };
}

function meanOf(values: Float64Array, from: number, width: number): number {
  let sum = 0;
  for (let j = 0; j < width; j++) sum += values[from + j]!;
  return sum / width;
}

function lengthOf(values: Float64Array, from: number, width: number, mean: number): number {
  let sum = 0;
  for (let j = 0; j < width; j++) sum += (values[from + j]! - mean) ** 2;
  return Math.sqrt(sum);
}

/** Latitude and longitude in radians, on a sphere of radius 1. */
export function haversineMeasure(): Measure {
  return {
    reduced: (x, from, y, at) => {
      const north = Math.sin(0.5 * (x[from]! - y[at]!));
      const east = Math.sin(0.5 * (x[from + 1]! - y[at + 1]!));
      return north * north + Math.cos(x[from]!) * Math.cos(y[at]!) * east * east;
    },
    distanceOf: (reduced) => 2 * Math.asin(Math.sqrt(reduced)),
    reducedOf: (distance) => Math.sin(0.5 * distance) ** 2,
  };
}

/** NaN if the points have no column in common. */
export function nanEuclideanMeasure(width: number): Measure {
  return {
    reduced: (x, from, y, at) => {
      let sum = 0;
      let present = 0;
      for (let j = 0; j < width; j++) {
        const difference = x[from + j]! - y[at + j]!;
        if (Number.isNaN(difference)) continue;
        sum += difference * difference;
        present++;
      }
      return present === 0 ? Number.NaN : (sum / present) * width;
    },
    distanceOf: Math.sqrt,
    reducedOf: (distance) => distance * distance,
  };
}
