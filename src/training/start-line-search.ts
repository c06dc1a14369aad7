// Turns a descent direction into a step length that meets the strong Wolfe conditions: Moré and Thuente, "Line search algorithms
// with guaranteed sufficient decrease", ACM TOMS 20 (1994), with the constants L-BFGS-B uses.

const SUFFICIENT_DECREASE = 1e-3;
const CURVATURE = 0.9;
const INTERVAL_TOLERANCE = 0.1;
const STEP_MAX = 1e10;

/** One end of the interval that contains a good step: the step, and the value and the slope there. */
interface End {
  step: number;
  value: number;
  slope: number;
}

interface LineSearch {
  /** The step to evaluate next. */
  readonly step: number;
  /** Takes value and slope at `step`; true when the search is over and `step` is the result. */
  observe(value: number, slope: number): boolean;
}

/** The search along a line with value and slope (negative) at 0, beginning with `first`. */
export function startLineSearch(value0: number, slope0: number, first: number): LineSearch {
  const test = SUFFICIENT_DECREASE * slope0;
  const best: End = { step: 0, value: value0, slope: slope0 };
  const other: End = { step: 0, value: value0, slope: slope0 };
  let step = first;
  let bracketed = false;
  let firstStage = true;
  let width = STEP_MAX;
  let previousWidth = 2 * STEP_MAX;
  let low = 0;
  let high = 5 * step;

  const observe = (value: number, slope: number): boolean => {
    const bound = value0 + step * test;
    if (firstStage && value <= bound && slope >= 0) firstStage = false;
    const stuck =
      (bracketed && (step <= low || step >= high)) ||
      (bracketed && high - low <= INTERVAL_TOLERANCE * high) ||
      (step === STEP_MAX && value <= bound && slope <= test) ||
      (step === 0 && (value > bound || slope >= test));
    if (stuck || (value <= bound && Math.abs(slope) <= CURVATURE * -slope0)) return true;

    // the first stage works on value − test · step, whose minimum lies nearer to a sufficient decrease
    const shift = firstStage && value <= best.value && value > bound ? test : 0;
    const here: End = { step, value: value - step * shift, slope: slope - shift };
    lower(best, shift);
    lower(other, shift);
    ({ step, bracketed } = nextStep(best, other, here, bracketed, low, high));
    lower(best, -shift);
    lower(other, -shift);

    if (bracketed) {
      if (Math.abs(other.step - best.step) >= 0.66 * previousWidth) step = best.step + 0.5 * (other.step - best.step);
      previousWidth = width;
      width = Math.abs(other.step - best.step);
      low = Math.min(best.step, other.step);
      high = Math.max(best.step, other.step);
    } else {
      low = step + 1.1 * (step - best.step);
      high = step + 4 * (step - best.step);
    }
    step = Math.min(Math.max(step, 0), STEP_MAX);
    if ((bracketed && (step <= low || step >= high)) || (bracketed && high - low <= INTERVAL_TOLERANCE * high))
      step = best.step;
    return false;
  };
  return {
    get step() {
      return step;
    },
    observe,
  };
}

function lower(end: End, shift: number): void {
  end.value -= end.step * shift;
  end.slope -= shift;
}

/** The safeguarded step of section 4 of the paper, its four cases; moves the ends of the interval. */
function nextStep(
  best: End,
  other: End,
  here: End,
  wasBracketed: boolean,
  low: number,
  high: number,
): { step: number; bracketed: boolean } {
  const opposed = here.slope * Math.sign(best.slope) < 0;
  let bracketed = wasBracketed;
  let step: number;
  if (here.value > best.value) {
    // 1: higher value: the minimum is bracketed
    const { theta, gamma } = cubic(best, here, here.step < best.step ? -1 : 1);
    const r = (gamma - best.slope + theta) / (gamma - best.slope + gamma + here.slope);
    const byCubic = best.step + r * (here.step - best.step);
    const gain = (best.value - here.value) / (here.step - best.step) + best.slope;
    const byQuadratic = best.step + (best.slope / gain / 2) * (here.step - best.step);
    step =
      Math.abs(byCubic - best.step) < Math.abs(byQuadratic - best.step)
        ? byCubic
        : byCubic + (byQuadratic - byCubic) / 2;
    bracketed = true;
  } else if (opposed) {
    // 2: lower value, slopes of opposite sign: also bracketed
    const { theta, gamma } = cubic(best, here, here.step > best.step ? -1 : 1);
    const r = (gamma - here.slope + theta) / (gamma - here.slope + gamma + best.slope);
    const byCubic = here.step + r * (best.step - here.step);
    const bySecant = here.step + (here.slope / (here.slope - best.slope)) * (best.step - here.step);
    step = Math.abs(byCubic - here.step) > Math.abs(bySecant - here.step) ? byCubic : bySecant;
    bracketed = true;
  } else if (Math.abs(here.slope) < Math.abs(best.slope)) {
    // 3: lower value, same sign, the slope flattens
    const { theta, gamma } = cubic(best, here, here.step > best.step ? -1 : 1, true);
    const r = (gamma - here.slope + theta) / (gamma + (best.slope - here.slope) + gamma);
    const byCubic = r < 0 && gamma !== 0 ? here.step + r * (best.step - here.step) : here.step > best.step ? high : low;
    const bySecant = here.step + (here.slope / (here.slope - best.slope)) * (best.step - here.step);
    const cubicNearer = Math.abs(byCubic - here.step) < Math.abs(bySecant - here.step);
    if (bracketed) {
      step = cubicNearer ? byCubic : bySecant;
      const limit = here.step + 0.66 * (other.step - here.step);
      step = here.step > best.step ? Math.min(limit, step) : Math.max(limit, step);
    } else {
      step = Math.min(Math.max(cubicNearer ? bySecant : byCubic, low), high);
    }
  } else if (bracketed) {
    // 4: lower value, same sign, the slope does not flatten
    const { theta, gamma } = cubic(other, here, here.step > other.step ? -1 : 1);
    const r = (gamma - here.slope + theta) / (gamma - here.slope + gamma + other.slope);
    step = here.step + r * (other.step - here.step);
  } else {
    step = here.step > best.step ? high : low;
  }

  if (here.value > best.value) {
    Object.assign(other, here);
  } else {
    if (opposed) Object.assign(other, best);
    Object.assign(best, here);
  }
  return { step, bracketed };
}

/** The cubic through both ends with their slopes; `real` guards the root where the cubic may have no minimum. */
function cubic(a: End, b: End, sign: number, real = false): { theta: number; gamma: number } {
  const theta = (3 * (a.value - b.value)) / (b.step - a.step) + a.slope + b.slope;
  const scale = Math.max(Math.abs(theta), Math.abs(a.slope), Math.abs(b.slope));
  const inside = (theta / scale) ** 2 - (a.slope / scale) * (b.slope / scale);
  return { theta, gamma: sign * scale * Math.sqrt(real ? Math.max(0, inside) : inside) };
}
