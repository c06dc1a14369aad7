// Turns two points into the angle between them, their way over a sphere, or their distance in the columns that both have.
import type { Measure } from './metric.js';

const same = (value: number): number => value;

/** One less the cosine of the angle; `centred`: of the points less their own means, which is `correlation`. */
export function cosineMeasure(width: number, centred: boolean): Measure {
  return {
    reduced: (x, from, y, at) => {
      const [a, b] = centred ? [meanOf(x, from, width), meanOf(y, at, width)] : [0, 0];
      let dot = 0;
      let first = 0;
      let second = 0;
      for (let j = 0; j < width; j++) {
        const u = x[from + j]! - a;
        const v = y[at + j]! - b;
        dot += u * v;
        first += u * u;
        second += v * v;
      }
      if (centred) return 1 - dot / Math.sqrt(first * second);
      // a point of zeros has the length 1 when it is divided by it
      const cosine = dot / ((Math.sqrt(first) || 1) * (Math.sqrt(second) || 1));
      return Math.min(Math.max(1 - cosine, 0), 2);
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
