// Turns a row into the weights of atoms that minimize its error and the sum of their sizes, one weight after the other.

interface LassoProblem {
  /** The products of the atoms with one another. */
  readonly gram: Float64Array;
  /** The products of the atoms with the row. */
  readonly products: Float64Array;
  /** The product of the row with itself. */
  readonly square: number;
  readonly penalty: number;
  readonly rounds: number;
  readonly positive: boolean;
  readonly screening: boolean;
}

/** What scikit-learn's sparse coding asks for: since 1.8 it leaves out atoms that cannot be in the solution, and is stricter. */
const toleranceOf = ({ screening }: LassoProblem): number => (screening ? 1e-8 : 1e-4);

/** It stops where scikit-learn stops, because the last digits depend on it. */
export function descendLasso(problem: LassoProblem): Float64Array {
  const { gram, products, square, penalty, rounds, screening } = problem;
  const atoms = products.length;
  const weights = new Float64Array(atoms);
  // gram · weights
  const made = new Float64Array(atoms);
  const tolerance = toleranceOf(problem);
  const enough = tolerance * square;
  let active = Array.from({ length: atoms }, (_, k) => k).filter((k) => gram[k * (atoms + 1)] !== 0);
  const screen = (gap: Gap): void => {
    const radius = Math.sqrt(2 * Math.abs(gap.gap)) / penalty;
    active = active.filter((k) => {
      const side = Math.abs(gap.rest[k]! / Math.max(penalty, gap.most));
      if ((1 - side) / Math.sqrt(gram[k * (atoms + 1)]!) <= radius) return true;
      addTimes(made, gram, k, -weights[k]!);
      weights[k] = 0;
      return false;
    });
  };
  if (screening) {
    const first = gapOf(problem, weights, made);
    if (first.gap >= 0 && first.gap <= enough) return weights;
    if (penalty !== 0) screen(first);
  }
  for (let round = 0; round < rounds; round++) {
    const [change, size] = descendOnce(problem, weights, made, active);
    const ratio = change / size;
    const still = size === 0 || (screening ? ratio <= tolerance : ratio < tolerance);
    if (!still && round < rounds - 1) continue;
    const gap = gapOf(problem, weights, made);
    if (screening ? gap.gap <= enough : gap.gap < enough) break;
    if (screening && penalty !== 0) screen(gap);
  }
  return weights;
}

/** Answers the largest change and the largest size of a weight. */
function descendOnce(
  { gram, products, penalty, positive }: LassoProblem,
  weights: Float64Array,
  made: Float64Array,
  active: readonly number[],
): [change: number, size: number] {
  let most = 0;
  let size = 0;
  for (const k of active) {
    const own = gram[k * (weights.length + 1)]!;
    const before = weights[k]!;
    const pull = products[k]! - made[k]! + before * own;
    const after = positive && pull < 0 ? 0 : (Math.sign(pull) * Math.max(Math.abs(pull) - penalty, 0)) / own;
    weights[k] = after;
    if (after !== before) addTimes(made, gram, k, after - before);
    most = Math.max(most, Math.abs(after - before));
    size = Math.max(size, Math.abs(after));
  }
  return [most, size];
}

function addTimes(made: Float64Array, gram: Float64Array, k: number, factor: number): void {
  if (factor === 0) return;
  for (let j = 0; j < made.length; j++) made[j]! += factor * gram[k * made.length + j]!;
}

interface Gap {
  /** How far the weights can be from the best ones. */
  readonly gap: number;
  /** The products of the atoms with what is not explained, and the largest of them. */
  readonly rest: Float64Array;
  readonly most: number;
}

function gapOf({ products, square, penalty, positive }: LassoProblem, weights: Float64Array, made: Float64Array): Gap {
  let target = 0;
  let own = 0;
  let sizes = 0;
  let most = positive ? Number.NEGATIVE_INFINITY : 0;
  const rest = new Float64Array(weights.length);
  for (let k = 0; k < weights.length; k++) {
    target += weights[k]! * products[k]!;
    own += weights[k]! * made[k]!;
    sizes += Math.abs(weights[k]!);
    rest[k] = products[k]! - made[k]!;
    most = Math.max(most, positive ? rest[k]! : Math.abs(rest[k]!));
  }
  // without a penalty there is no gap, and the gradient takes its place
  if (penalty === 0) return { gap: rest.reduce((sum, value) => sum + value * value, 0), rest, most };
  const error = square + own - 2 * target;
  const scale = most > penalty ? penalty / most : 1;
  const gap = 0.5 * error + penalty * sizes - (-0.5 * scale * scale * error + scale * (square - target));
  return { gap, rest, most };
}
