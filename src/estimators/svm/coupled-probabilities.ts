// Turns the decisions between each two classes into one probability a class, as libsvm does: a sigmoid makes each decision a
// probability of the pair (Platt 1999), and an iteration finds those of the classes that fit them best (Wu, Lin and Weng 2004).
import { exp } from '../exponential.js';

/** The sigmoid of each pair is 1 / (1 + exp(probA · decision + probB)). */
export interface Platt {
  readonly probA: Float64Array;
  readonly probB: Float64Array;
}

const LEAST = 1e-7;

/** Row-major: a column for each pair i < j in, a column for each class out. */
export function coupledProbabilities(decisions: Float64Array, { probA, probB }: Platt, classes: number): Float64Array {
  const pairs = probA.length;
  const rows = decisions.length / pairs;
  const made = new Float64Array(rows * classes);
  const coupling = new Coupling(classes);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let i = 0, pair = 0; i < classes; i++) {
      for (let j = i + 1; j < classes; j++, pair++) {
        const first = sigmoid(decisions[at++]! * probA[pair]! + probB[pair]!);
        coupling.set(i, j, Math.min(Math.max(first, LEAST), 1 - LEAST));
      }
    }
    coupling.solve();
    made.set(coupling.p, row * classes);
  }
  return made;
}

function sigmoid(x: number): number {
  if (x < 0) return 1 / (1 + exp(x));
  const small = exp(-x);
  return small / (1 + small);
}

class Coupling {
  /** The probabilities of the classes. */
  readonly p: Float64Array;
  /** r[i][j]: the probability of i among i and j. */
  private readonly r: Float64Array;
  private readonly q: Float64Array;
  private readonly qp: Float64Array;

  constructor(private readonly classes: number) {
    this.p = new Float64Array(classes);
    this.r = new Float64Array(classes * classes);
    this.q = new Float64Array(classes * classes);
    this.qp = new Float64Array(classes);
  }

  set(i: number, j: number, probability: number): void {
    this.r[i * this.classes + j] = probability;
    this.r[j * this.classes + i] = 1 - probability;
  }

  /** Minimizes pᵀQp over probabilities p, one after another, until all gradients agree. */
  solve(): void {
    const { classes, p, q, qp } = this;
    p.fill(1 / classes);
    this.setQ();
    const most = Math.max(100, classes);
    for (let step = 0; step < most; step++) {
      let pqp = 0;
      for (let t = 0; t < classes; t++) {
        let sum = 0;
        for (let j = 0; j < classes; j++) sum += q[t * classes + j]! * p[j]!;
        qp[t] = sum;
        pqp += p[t]! * sum;
      }
      let error = 0;
      for (let t = 0; t < classes; t++) error = Math.max(error, Math.abs(qp[t]! - pqp));
      if (error < 0.005 / classes) return;
      for (let t = 0; t < classes; t++) pqp = this.improve(t, pqp);
    }
  }

  private improve(t: number, pqp: number): number {
    const { classes, p, q, qp } = this;
    const own = q[t * classes + t]!;
    const by = (pqp - qp[t]!) / own;
    p[t]! += by;
    const next = (pqp + by * (by * own + 2 * qp[t]!)) / (1 + by) / (1 + by);
    for (let j = 0; j < classes; j++) {
      qp[j] = (qp[j]! + by * q[t * classes + j]!) / (1 + by);
      p[j]! /= 1 + by;
    }
    return next;
  }

  private setQ(): void {
    const { classes, r, q } = this;
    for (let t = 0; t < classes; t++) {
      let own = 0;
      for (let j = 0; j < classes; j++) {
        if (j === t) continue;
        const other = r[j * classes + t]!;
        own += other * other;
        q[t * classes + j] = j < t ? q[j * classes + t]! : -other * r[t * classes + j]!;
      }
      q[t * classes + t] = own;
    }
  }
}
