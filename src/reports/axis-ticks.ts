// A range of numbers to an axis: round ticks with short names, and each number's place along it, the same on every machine.

interface Axis {
  readonly ticks: readonly { readonly part: number; readonly name: string }[];
  /** 0 at the low end, 1 at the high one. */
  readonly partOf: (value: number) => number;
}

/** At most this many steps between ticks fit into the range. */
const WANTED = 7;
/** A range or a number below this counts as zero: parts of it would be too small for a float64. */
const SMALLEST = 1e-300;
/** Names up to this long are written in full. */
const LONGEST = 7;

export function axisOf(low: number, high: number): Axis {
  const [from, to] = widened(low, high);
  // quarters, because the difference of two large numbers of different sign may be no float64
  const span = to / 4 - from / 4;
  const partOf = (value: number): number => (value / 4 - from / 4) / span;
  const step = roundStep((span / WANTED) * 4);
  const ticks: Axis['ticks'][number][] = [];
  for (let i = Math.ceil(from / step); i <= Math.floor(to / step) && ticks.length < 2 * WANTED; i++)
    ticks.push({ part: partOf(i * step), name: tickName(i * step) });
  return { ticks, partOf };
}

/** A little room at both ends; a range without length gets one. */
function widened(low: number, high: number): [number, number] {
  const room = (high / 4 - low / 4) * 0.16;
  const size = Math.max(Math.abs(low), Math.abs(high));
  const added = room > SMALLEST ? room : (size > SMALLEST ? size : 1) / 2;
  return [Math.max(low - added, -Number.MAX_VALUE), Math.min(high + added, Number.MAX_VALUE)];
}

/** The least of 1, 2, 5 and 10 times a power of ten that is not below `size`. */
function roundStep(size: number): number {
  const exponent = Number(size.toExponential().split('e')[1]);
  const steps = [1, 2, 5].map((digit) => Number(`${digit}e${exponent}`));
  return steps.find((step) => step >= size) ?? Number(`1e${exponent + 1}`);
}

/** The greatest of 1, 2 and 5 times a power of ten that is not above `size`, which is positive. */
export function roundBelow(size: number): number {
  const exponent = Number(size.toExponential().split('e')[1]);
  return [5, 2, 1].map((digit) => Number(`${digit}e${exponent}`)).find((step) => step <= size) ?? size;
}

/** In full up to six digits or where that is the shorter way. */
export function tickName(value: number): string {
  const rounded = Number(value.toPrecision(12));
  const full = String(rounded).replace('e+', 'e');
  const short = rounded.toExponential().replace('e+', 'e');
  return (full.length <= LONGEST || full.length <= short.length ? full : short).replaceAll('-', '\u2212');
}
