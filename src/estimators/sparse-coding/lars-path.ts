// Turns a row into the weights of atoms along the path of least angles, as far as a penalty or a number of steps (LARS and lasso).
import { solveCholesky } from '../linear-algebra/cholesky.js';
import { rint } from '../special/rint.js';
import { ActiveTriangle } from './active-triangle.js';

interface LarsProblem {
  /** The products of the atoms with one another. */
  readonly gram: Float64Array;
  /** The products of the atoms with the row. */
  readonly products: Float64Array;
  /** The number of features. */
  readonly samples: number;
  /** The penalty at which the path ends. */
  readonly least: number;
  readonly rounds: number;
  /** Whether an atom is dropped when its weight comes to zero. */
  readonly lasso: boolean;
  readonly positive: boolean;
}

const TINY = 1.1754943508222875e-38;
const CLOSE = 1.1920928955078125e-7;

/** The steps and their exits are those of scikit-learn's `lars_path_gram`, because a step more or less changes all weights. */
export function larsPath(problem: LarsProblem): Float64Array {
  const path = new Path(problem);
  // each step takes an atom, drops one or leaves one out; numbers that overflow must not make it go on
  const most = (problem.rounds + 1) * (problem.products.length + 1);
  for (let steps = 0; steps < most && path.step(); steps++);
  return path.weights;
}

class Path {
  weights: Float64Array<ArrayBuffer>;
  private readonly atoms: number;
  /** The active atoms stand in front, in the order in which they came. */
  private readonly order: number[];
  private active = 0;
  private signs: number[] = [];
  /** The products of the atoms that are not active with what is not explained, in their order. */
  private rest: number[];
  private readonly triangle: ActiveTriangle;
  private before: Float64Array<ArrayBuffer>;
  private alphaBefore = 0;
  private taken = 0;
  private dropped = false;

  constructor(private readonly problem: LarsProblem) {
    this.atoms = problem.products.length;
    this.order = Array.from({ length: this.atoms }, (_, k) => k);
    this.rest = Array.from(problem.products);
    this.triangle = new ActiveTriangle(Math.min(problem.rounds, this.atoms));
    this.weights = new Float64Array(this.atoms);
    this.before = new Float64Array(this.atoms);
  }

  /** False at the end of the path. */
  step(): boolean {
    const { samples, least, rounds, lasso, positive } = this.problem;
    const next = this.nextAtom();
    const signed = this.rest[next] ?? 0;
    const most = positive ? signed : Math.abs(signed);
    const alpha = most / samples;
    if (alpha <= least + CLOSE) {
      if (Math.abs(alpha - least) > CLOSE && this.taken > 0) this.comeBack(alpha);
      return false;
    }
    if (this.taken >= rounds || this.active >= this.atoms) return false;
    if (!this.dropped && !this.add(next, positive ? 1 : Math.sign(signed))) return true;
    if (lasso && this.taken > 0 && this.alphaBefore < alpha) return false;
    this.walk(most, alpha);
    return true;
  }

  private nextAtom(): number {
    const { positive } = this.problem;
    const size = (value: number): number => (positive ? value : Math.abs(value));
    let best = 0;
    for (let k = 1; k < this.rest.length; k++) if (size(this.rest[k]!) > size(this.rest[best]!)) best = k;
    return best;
  }

  /** The last step went beyond the penalty. */
  private comeBack(alpha: number): void {
    const share = (this.alphaBefore - this.problem.least) / (this.alphaBefore - alpha);
    this.weights = this.weights.map((weight, k) => this.before[k]! + share * (weight - this.before[k]!));
  }

  /** False if the atom is a mixture of the active ones; then it is left out. */
  private add(next: number, sign: number): boolean {
    const { active, order, rest } = this;
    this.signs[active] = sign;
    [rest[next], rest[0]] = [rest[0]!, rest[next]!];
    [order[active + next], order[active]] = [order[active]!, order[active + next]!];
    if (!this.triangle.add(active, (k) => this.between(active, k))) {
      rest[0] = 0;
      [rest[next], rest[0]] = [rest[0]!, rest[next]!];
      return false;
    }
    rest.shift();
    this.active++;
    return true;
  }

  private between(a: number, b: number): number {
    return this.problem.gram[this.order[a]! * this.atoms + this.order[b]!]!;
  }

  /** Goes along the direction that has the same angle to all active atoms, until another atom has it too. */
  private walk(most: number, alpha: number): void {
    const { positive, lasso } = this.problem;
    const { active, order, rest } = this;
    const { direction, pace } = this.direction();
    const turn = rest.map((_, k) => {
      let sum = 0;
      for (let j = 0; j < active; j++) sum += this.between(j, active + k) * direction[j]!;
      return rounded(sum);
    });
    const upper = leastPositive(rest.map((value, k) => (most - value) / (pace - turn[k]! + TINY)));
    const lower = positive
      ? Number.MAX_VALUE
      : leastPositive(rest.map((value, k) => (most + value) / (pace + turn[k]! + TINY)));
    let length = Math.min(upper, lower, most / pace);
    const zeros = Array.from(direction, (value, k) => -this.weights[order[k]!]! / (value + TINY));
    const zero = leastPositive(zeros);
    this.dropped = zero < length;
    const gone = this.dropped ? zeros.flatMap((value, k) => (value === zero ? [k] : [])).reverse() : [];
    for (const k of gone) this.signs[k] = -this.signs[k]!;
    if (this.dropped && lasso) length = zero;
    this.taken++;
    this.before = this.weights;
    this.alphaBefore = alpha;
    this.weights = new Float64Array(this.atoms);
    for (let k = 0; k < active; k++) this.weights[order[k]!] = this.before[order[k]!]! + length * direction[k]!;
    for (let k = 0; k < rest.length; k++) rest[k] = rest[k]! - length * turn[k]!;
    if (this.dropped && lasso) this.drop(gone);
  }

  private direction(): { direction: Float64Array; pace: number } {
    const { active, signs } = this;
    const solve = (extra: number): [Float64Array, number] => {
      const made = Float64Array.from(signs.slice(0, active));
      solveCholesky(this.triangle.compact(active, extra), active, made);
      return [made, made.reduce((sum, value, k) => sum + value * signs[k]!, 0)];
    };
    let [direction, sum] = solve(0);
    if (active === 1 && direction[0] === 0) return { direction: Float64Array.of(1), pace: 1 };
    let pace = 1 / Math.sqrt(sum);
    let extra = 0;
    for (let round = 0; !Number.isFinite(pace) && round < 1000; round++) {
      extra += 2 ** round * Number.EPSILON;
      [direction, sum] = solve(extra);
      pace = 1 / Math.sqrt(Math.max(sum, Number.EPSILON));
    }
    return { direction: direction.map((value) => value * pace), pace };
  }

  private drop(gone: readonly number[]): void {
    const { order } = this;
    for (const k of gone) this.triangle.remove(this.active, k);
    this.active--;
    const left: number[] = [];
    for (const k of gone) {
      const atom = order[k]!;
      left.push(atom);
      order.splice(k, 1);
      order.splice(this.active, 0, atom);
      this.signs.splice(k, 1);
    }
    const { gram, products } = this.problem;
    const again = left.map((atom) => {
      let explained = 0;
      for (let k = 0; k < this.atoms; k++) explained += gram[atom * this.atoms + k]! * this.weights[k]!;
      return products[atom]! - explained;
    });
    this.rest.unshift(...again);
  }
}

/** numpy's rounding to 15 places. */
const rounded = (value: number): number => rint(value * 1e15) / 1e15;

function leastPositive(values: readonly number[]): number {
  let least = Number.MAX_VALUE;
  for (const value of values) if (value > 0 && value < least) least = value;
  return least;
}
