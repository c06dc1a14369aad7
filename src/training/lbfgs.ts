// Turns a smooth function and a start into its minimum: limited-memory BFGS with the memory, line search and stopping rules of
// scipy.optimize.minimize(method='L-BFGS-B') without bounds (Byrd, Lu, Nocedal, Zhu, 1995; Nocedal & Wright, algorithm 7.4).

import type { Work } from '../work.js';
import { startLineSearch } from './start-line-search.js';

const MEMORY = 10;
const EPSILON = 2.220446049250313e-16;

/** Value at `x`; writes the gradient into `gradient`. */
export type Objective = (x: Float64Array, gradient: Float64Array) => Work<number>;

interface LbfgsOptions {
  readonly maxIterations: number;
  /** Stop when every |gradient| is at most this. */
  readonly gradientTolerance: number;
  /** Stop when an iteration lowers the value by at most this, relative to the value (at least 1). */
  readonly valueTolerance: number;
  readonly maxLineSearch: number;
  readonly maxEvaluations: number;
}

interface LbfgsResult {
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  readonly evaluations: number;
  /** `abnormal`: the line search found no lower value, which happens at the precision limit of float64. */
  readonly stop: 'gradient' | 'value' | 'max_iterations' | 'max_evaluations' | 'abnormal';
}

export function* lbfgs(objective: Objective, start: Float64Array, options: LbfgsOptions): Work<LbfgsResult> {
  const x = start.slice();
  const gradient = new Float64Array(x.length);
  let value = yield* objective(x, gradient);
  let evaluations = 1;
  let iterations = 0;
  const pairs: Pair[] = [];
  const done = (stop: LbfgsResult['stop']): LbfgsResult => ({ x, value, iterations, evaluations, stop });
  if (greatest(gradient) <= options.gradientTolerance) return done('gradient');

  for (;;) {
    const direction = descend(gradient, pairs);
    const x0 = x.slice();
    const gradient0 = gradient.slice();
    const value0 = value;
    const slope0 = dot(gradient, direction);
    const search =
      slope0 < 0
        ? startLineSearch(
            value0,
            slope0,
            iterations === 0 ? Math.min(1 / Math.sqrt(dot(direction, direction)), 1e10) : 1,
          )
        : null;
    let slope = slope0;
    let found = false;
    for (let tries = 0; search && tries < options.maxLineSearch && !found; tries++) {
      for (let i = 0; i < x.length; i++) x[i] = search.step * direction[i]! + x0[i]!;
      value = yield* objective(x, gradient);
      evaluations++;
      slope = dot(gradient, direction);
      found = search.observe(value, slope);
    }
    if (!search || !found) {
      x.set(x0);
      gradient.set(gradient0);
      value = value0;
      if (pairs.length === 0) return done('abnormal');
      // begin again from here along the steepest descent
      pairs.length = 0;
      continue;
    }
    iterations++;
    yield `iteration ${iterations}, loss ${value.toPrecision(5)}`;
    if (iterations >= options.maxIterations) return done('max_iterations');
    if (evaluations > options.maxEvaluations) return done('max_evaluations');
    if (greatest(gradient) <= options.gradientTolerance) return done('gradient');
    if (value0 - value <= options.valueTolerance * Math.max(Math.abs(value0), Math.abs(value), 1)) return done('value');
    // keep the pair only if the curvature along the step is clearly positive
    if ((slope - slope0) * search.step > EPSILON * -slope0 * search.step) {
      if (pairs.length === MEMORY) pairs.shift();
      pairs.push(pairOf(x, x0, gradient, gradient0));
    }
  }
}

/** A step taken and what it did to the gradient. */
interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** 1 / (step · change) */
  readonly rho: number;
}

function pairOf(x: Float64Array, x0: Float64Array, gradient: Float64Array, gradient0: Float64Array): Pair {
  const step = x.map((value, i) => value - x0[i]!);
  const change = gradient.map((value, i) => value - gradient0[i]!);
  return { step, change, rho: 1 / dot(step, change) };
}

/** −H · gradient by the two loops. */
function descend(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const q = gradient.slice();
  const alphas = new Float64Array(pairs.length);
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { step, change, rho } = pairs[i]!;
    alphas[i] = rho * dot(step, q);
    add(q, -alphas[i]!, change);
  }
  const last = pairs.at(-1);
  const scale = last ? 1 / (last.rho * dot(last.change, last.change)) : 1;
  for (let i = 0; i < q.length; i++) q[i] = q[i]! * scale;
  for (let i = 0; i < pairs.length; i++) {
    const { step, change, rho } = pairs[i]!;
    add(q, alphas[i]! - rho * dot(change, q), step);
  }
  for (let i = 0; i < q.length; i++) q[i] = -q[i]!;
  return q;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function add(to: Float64Array, factor: number, what: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i] = to[i]! + factor * what[i]!;
}

function greatest(values: Float64Array): number {
  let max = 0;
  for (const value of values) if (!(Math.abs(value) <= max)) max = Math.abs(value);
  return max;
}
