// Turns two points of numbers into their distance, by the metrics that compare them column by column.
import type { Compare, Measure, Metric } from './metric.js';

const same = (value: number): number => value;
const square = (value: number): number => value * value;

export function realMeasure(metric: Metric, width: number): Measure {
  switch (metric.name) {
    case 'euclidean':
      return { reduced: squares(width), distanceOf: Math.sqrt, reducedOf: square };
    case 'sqeuclidean':
      return { reduced: squares(width), distanceOf: same, reducedOf: same };
    case 'seuclidean':
      return { reduced: scaledSquares(width, metric.variances!), distanceOf: Math.sqrt, reducedOf: square };
    case 'mahalanobis':
      return { reduced: quadratic(width, metric.inverse!), distanceOf: Math.sqrt, reducedOf: square };
    case 'minkowski':
      return minkowski(width, metric.p, metric.weights);
    case 'chebyshev':
      return plain((x, from, y, at) => {
        let most = 0;
        for (let j = 0; j < width; j++) most = Math.max(most, Math.abs(x[from + j]! - y[at + j]!));
        return most;
      });
    case 'hamming':
      return plain((x, from, y, at) => {
        let differ = 0;
        for (let j = 0; j < width; j++) if (x[from + j]! !== y[at + j]!) differ++;
        return differ / width;
      });
    case 'canberra':
      return plain((x, from, y, at) => {
        let sum = 0;
        for (let j = 0; j < width; j++) {
          const size = Math.abs(x[from + j]!) + Math.abs(y[at + j]!);
          if (size > 0) sum += Math.abs(x[from + j]! - y[at + j]!) / size;
        }
        return sum;
      });
    case 'braycurtis':
      return plain((x, from, y, at) => {
        let sum = 0;
        let size = 0;
        for (let j = 0; j < width; j++) {
          sum += Math.abs(x[from + j]! - y[at + j]!);
          size += Math.abs(x[from + j]!) + Math.abs(y[at + j]!);
        }
        return size > 0 ? sum / size : 0;
      });
    default:
      return plain((x, from, y, at) => {
        let sum = 0;
        for (let j = 0; j < width; j++) sum += Math.abs(x[from + j]! - y[at + j]!);
        return sum;
      });
  }
}

const plain = (reduced: Compare): Measure => ({ reduced, distanceOf: same, reducedOf: same });

function squares(width: number): Compare {
  return (x, from, y, at) => {
    let sum = 0;
    for (let j = 0; j < width; j++) {
      const difference = x[from + j]! - y[at + j]!;
      sum += difference * difference;
    }
    return sum;
  };
}

function scaledSquares(width: number, variances: Float64Array): Compare {
  return (x, from, y, at) => {
    let sum = 0;
    for (let j = 0; j < width; j++) {
      const difference = x[from + j]! - y[at + j]!;
      sum += (difference * difference) / variances[j]!;
    }
    return sum;
  };
}

function quadratic(width: number, inverse: Float64Array): Compare {
  const difference = new Float64Array(width);
  return (x, from, y, at) => {
    for (let j = 0; j < width; j++) difference[j] = x[from + j]! - y[at + j]!;
    let sum = 0;
    for (let i = 0; i < width; i++) {
      let row = 0;
      for (let j = 0; j < width; j++) row += inverse[i * width + j]! * difference[j]!;
      sum += row * difference[i]!;
    }
    return sum;
  };
}

function minkowski(width: number, p: number, weights: Float64Array | null): Measure {
  return {
    reduced: (x, from, y, at) => {
      let sum = 0;
      for (let j = 0; j < width; j++) {
        const power = Math.abs(x[from + j]! - y[at + j]!) ** p;
        sum += weights === null ? power : weights[j]! * power;
      }
      return sum;
    },
    distanceOf: (reduced) => reduced ** (1 / p),
    reducedOf: (distance) => distance ** p,
  };
}
