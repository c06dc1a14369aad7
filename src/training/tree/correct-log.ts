// Turns a float64 into its natural logarithm, rounded to the nearest float64 except in a few cases of a thousand million, the
// same on every engine: only + − × ÷. A C library's log differs by one rounding in a few cases of a thousand. If two splits are
// equal except for that, scikit-learn's choice depends on its library.

/** ln 2, its upper 40 bits (so that k · LN2_HIGH is exact) and the rest. */
const LN2_HIGH = 0.6931471805592082;
const LN2_LOW = 7.371002565167799e-13;
/** m in [√½, √2) is c (1 + r), c = j / 128 from 91/128 to 181/128. */
const FIRST = 90;

// ln c as the nearest double and the rest
const logHigh = new Float64Array(93);
const logLow = new Float64Array(93);

const bits = new Float64Array(1);
const words = new Uint32Array(bits.buffer);

/** For finite x > 0 that is not subnormal: x = 2^k c (1 + r), ln x = k ln 2 + ln c + r − r²/2 + r³/3 …, |r| < 0.006. */
export function correctLog(x: number): number {
  if (logHigh[0] === 0) fillTable();
  bits[0] = x;
  const high = words[1]!;
  let k = (high >>> 20) - 1023;
  words[1] = (high & 0xfffff) | 0x3ff00000;
  let m = bits[0]!;
  if (m > Math.SQRT2) {
    m *= 0.5;
    k += 1;
  }
  const j = Math.round(m * 128);
  const c = j / 128;
  // m − c is exact, and so is the remainder of the division: c has 8 bits
  const r = (m - c) / c;
  const upper = upperHalf(r);
  const rest = (m - c - upper * c - (r - upper) * c) / c;
  const series = r * r * (-1 / 2 + r * (1 / 3 + r * (-1 / 4 + r * (1 / 5 + r * (-1 / 6 + r * (1 / 7 - r / 8))))));
  const base = k * LN2_HIGH;
  const sum = base + logHigh[j - FIRST]!;
  const sumRest = restOfSum(base, logHigh[j - FIRST]!, sum);
  const total = sum + r;
  const totalRest = restOfSum(sum, r, total);
  return total + (totalRest + sumRest + (k * LN2_LOW + logLow[j - FIRST]! + rest + series));
}

/** The upper 26 bits of a number (Veltkamp). */
function upperHalf(x: number): number {
  const scaled = x * 134217729;
  return scaled - (scaled - x);
}

/** a + b − their rounded sum, exactly (Knuth). */
function restOfSum(a: number, b: number, sum: number): number {
  const part = sum - a;
  return a - (sum - part) + (b - part);
}

/** ln c = 2 (s + s³/3 + s⁵/5 + …), s = (c − 1) / (c + 1), in pairs of doubles. */
function fillTable(): void {
  for (let i = 0; i < logHigh.length; i++) {
    const s = quotient(i + FIRST - 128, i + FIRST + 128);
    const square = product(s, s);
    let sum: Pair = [0, 0];
    for (let power = 41; power >= 1; power -= 2) sum = added(product(sum, square), quotient(2, power));
    [logHigh[i], logLow[i]] = product(sum, s) as [number, number];
  }
}

type Pair = readonly [number, number];

function pair(high: number, low: number): Pair {
  const sum = high + low;
  return [sum, restOfSum(high, low, sum)];
}

function added(a: Pair, b: Pair): Pair {
  const sum = a[0] + b[0];
  return pair(sum, restOfSum(a[0], b[0], sum) + a[1] + b[1]);
}

function restOfProduct(a: number, b: number, rounded: number): number {
  const aUpper = upperHalf(a);
  const bUpper = upperHalf(b);
  const aLower = a - aUpper;
  const bLower = b - bUpper;
  return aUpper * bUpper - rounded + aUpper * bLower + aLower * bUpper + aLower * bLower;
}

function product(a: Pair, b: Pair): Pair {
  const rounded = a[0] * b[0];
  return pair(rounded, restOfProduct(a[0], b[0], rounded) + a[0] * b[1] + a[1] * b[0]);
}

/** Of whole numbers. */
function quotient(a: number, b: number): Pair {
  const high = a / b;
  const whole = high * b;
  return pair(high, (a - whole - restOfProduct(high, b, whole)) / b);
}
