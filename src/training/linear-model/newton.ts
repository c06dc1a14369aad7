// Turns a nearly minimal logistic loss into its minimum: Newton's steps by conjugate gradients, which do not compare values.
// L-BFGS compares values, and at a gradient of about √ε those no longer differ; a smaller `tol` is reached here.

import { exp } from '../../estimators/exponential.js';
import { PART, type Work } from '../../work.js';
import type { Objective } from '../lbfgs.js';
import { addOuterProducts, linearScores } from '../linear-kernels.js';
import { type LogisticProblem, scoreCount } from './block-loss.js';

const BLOCK = 256;

/**
 * Moves `x` in place. Stops at the tolerance, after `maxSteps`, or when a step no longer lowers the gradient. Returns the number
 * of steps.
 */
export function* newtonSteps(
  problem: LogisticProblem,
  objective: Objective,
  x: Float64Array,
  tolerance: number,
  maxSteps: number,
): Work<{ steps: number; gradient: number }> {
  const gradient = new Float64Array(x.length);
  yield* objective(x, gradient);
  let norm = greatest(gradient);
  let steps = 0;
  while (norm > tolerance && steps < maxSteps) {
    const direction = yield* solve(hessian(problem, x), gradient, scoreCount(problem.classes), problem.features);
    const next = x.map((value, i) => value - direction[i]!);
    const nextGradient = new Float64Array(x.length);
    yield* objective(next, nextGradient);
    const nextNorm = greatest(nextGradient);
    if (!(nextNorm < norm)) break;
    x.set(next);
    gradient.set(nextGradient);
    norm = nextNorm;
    steps++;
    yield `step ${steps} of Newton, gradient ${norm.toExponential(1)}`;
  }
  return { steps, gradient: norm };
}

type Product = (v: Float64Array, to: Float64Array) => Work<void>;

/** v → H v at `x`: per row the scores' second derivative, diag(p) − p pᵀ (two classes: p (1 − p)), between X and Xᵀ. */
function hessian(problem: LogisticProblem, x: Float64Array): Product {
  const { matrix, rows, features, classWeight, target, fitIntercept, l2 } = problem;
  const width = scoreCount(problem.classes);
  const size = width * features;
  const weightOf = (row: number): number => (classWeight ? classWeight[target[row]!]! : 1);
  const interceptOf = (v: Float64Array): Float64Array => (fitIntercept ? v.slice(size) : new Float64Array(width));
  let weightSum = 0;
  for (let i = 0; i < rows; i++) weightSum += weightOf(i);
  const p = new Float64Array(rows * width);
  for (let from = 0; from < rows; from += BLOCK) {
    const count = Math.min(BLOCK, rows - from);
    const block = p.subarray(from * width, (from + count) * width);
    linearScores(matrix, from, count, features, x.subarray(0, size), interceptOf(x), block);
    probabilities(block, width);
  }
  const scores = new Float64Array(BLOCK * width);
  const blocksOfPart = Math.ceil(PART / (2 * BLOCK * size));
  return function* (v, to) {
    to.fill(0);
    const intercept = interceptOf(v);
    let blocks = 0;
    for (let from = 0; from < rows; from += BLOCK) {
      if (++blocks % blocksOfPart === 0) yield;
      const count = Math.min(BLOCK, rows - from);
      linearScores(matrix, from, count, features, v.subarray(0, size), intercept, scores);
      for (let i = 0; i < count; i++) {
        const at = i * width;
        const own = (from + i) * width;
        const weight = weightOf(from + i);
        let mean = 0;
        for (let k = 0; k < width; k++) mean += p[own + k]! * scores[at + k]!;
        for (let k = 0; k < width; k++) {
          const change = p[own + k]! * (scores[at + k]! - mean) * weight;
          scores[at + k] = change;
          if (fitIntercept) to[size + k] = to[size + k]! + change;
        }
      }
      addOuterProducts(matrix, from, count, features, scores, width, to);
    }
    for (let j = 0; j < to.length; j++) to[j] = to[j]! / weightSum + (j < size ? l2 * v[j]! : 0);
  };
}

/** Turns scores into probabilities in place; the one score of two classes into the probability of the second. */
function probabilities(block: Float64Array, width: number): void {
  for (let at = 0; at < block.length; at += width) {
    if (width === 1) {
      block[at] = 1 / (1 + exp(-block[at]!));
      continue;
    }
    let max = block[at]!;
    for (let k = 1; k < width; k++) max = Math.max(max, block[at + k]!);
    let sum = 0;
    for (let k = 0; k < width; k++) sum += block[at + k] = exp(block[at + k]! - max);
    for (let k = 0; k < width; k++) block[at + k] = block[at + k]! / sum;
  }
}

/**
 * Conjugate gradients for H d = b (Hestenes & Stiefel, 1952). Adding the same number to every class changes no probability, so H
 * is singular in that direction. Rounding errors in that direction are removed, so that they do not grow.
 */
function* solve(product: Product, b: Float64Array, width: number, features: number): Work<Float64Array> {
  const d = new Float64Array(b.length);
  const rest = b.slice();
  centre(rest, width, features);
  const direction = rest.slice();
  const image = new Float64Array(b.length);
  const enough = 1e-20 * dot(b, b);
  let squared = dot(rest, rest);
  for (let i = 0; i < Math.min(1000, 20 * b.length) && squared > enough; i++) {
    yield* product(direction, image);
    centre(image, width, features);
    const curvature = dot(direction, image);
    if (!(curvature > 0)) break;
    const step = squared / curvature;
    for (let j = 0; j < d.length; j++) {
      d[j] = d[j]! + step * direction[j]!;
      rest[j] = rest[j]! - step * image[j]!;
    }
    const next = dot(rest, rest);
    for (let j = 0; j < d.length; j++) direction[j] = rest[j]! + (next / squared) * direction[j]!;
    squared = next;
  }
  return d;
}

/** Subtracts the mean over the classes from each feature's values (and from the intercepts). */
function centre(v: Float64Array, width: number, features: number): void {
  if (width === 1) return;
  for (let j = 0; j < features; j++) centreOne(v, j, features, width);
  if (v.length > width * features) centreOne(v, width * features, 1, width);
}

function centreOne(v: Float64Array, first: number, stride: number, width: number): void {
  let sum = 0;
  for (let k = 0; k < width; k++) sum += v[first + k * stride]!;
  for (let k = 0; k < width; k++) v[first + k * stride] = v[first + k * stride]! - sum / width;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function greatest(values: Float64Array): number {
  return values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
}
