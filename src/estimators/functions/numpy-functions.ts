// Turns the name of a function of numpy into what it does to each number.
import { exp, log } from '../exponential.js';
import { rint } from '../special/rint.js';
import { tanh } from '../special/tanh.js';
import { binary, type Element, type ElementMaker, unary, withKeywords } from './element-maker.js';

const isInfinite = (x: number): boolean => x === Number.POSITIVE_INFINITY || x === Number.NEGATIVE_INFINITY;
const toDegrees: Element = (x) => x * (180 / Math.PI);
const toRadians: Element = (x) => x * (Math.PI / 180);

const UNARY: Readonly<Record<string, Element>> = {
  abs: Math.abs,
  absolute: Math.abs,
  acos: Math.acos,
  acosh: Math.acosh,
  arccos: Math.acos,
  arccosh: Math.acosh,
  arcsin: Math.asin,
  arcsinh: Math.asinh,
  arctan: Math.atan,
  arctanh: Math.atanh,
  asin: Math.asin,
  asinh: Math.asinh,
  atan: Math.atan,
  atanh: Math.atanh,
  cbrt: Math.cbrt,
  ceil: Math.ceil,
  conj: (x) => x,
  conjugate: (x) => x,
  cos: Math.cos,
  cosh: Math.cosh,
  deg2rad: toRadians,
  degrees: toDegrees,
  exp,
  exp2: (x) => 2 ** x,
  expm1: Math.expm1,
  fabs: Math.abs,
  floor: Math.floor,
  isfinite: (x) => Number(Number.isFinite(x)),
  isinf: (x) => Number(isInfinite(x)),
  isnan: (x) => Number(Number.isNaN(x)),
  log,
  log10: Math.log10,
  log1p: Math.log1p,
  log2: Math.log2,
  logical_not: (x) => Number(x === 0),
  negative: (x) => -x,
  positive: (x) => x,
  rad2deg: toDegrees,
  radians: toRadians,
  rint,
  sign: Math.sign,
  signbit: (x) => Number(x < 0 || Object.is(x, -0)),
  sin: Math.sin,
  sinh: Math.sinh,
  sqrt: Math.sqrt,
  square: (x) => x * x,
  tan: Math.tan,
  tanh,
  trunc: Math.trunc,
};

/** What the one of two numbers is that is not missing. */
const lesser = (a: number, b: number): number => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.min(a, b));
const greater = (a: number, b: number): number => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.max(a, b));

const BINARY: Readonly<Record<string, (first: number, x: number) => number>> = {
  add: (a, b) => a + b,
  divide: (a, b) => a / b,
  fmax: greater,
  fmin: lesser,
  maximum: Math.max,
  minimum: Math.min,
  multiply: (a, b) => a * b,
  power: (a, b) => a ** b,
  subtract: (a, b) => a - b,
  true_divide: (a, b) => a / b,
};

/** `min` and `max` are the names since numpy 2.1. */
const clip = withKeywords({ a_min: null, a_max: null, min: null, max: null }, (given) => {
  const low = given.a_min ?? given.min ?? Number.NEGATIVE_INFINITY;
  const high = given.a_max ?? given.max ?? Number.POSITIVE_INFINITY;
  return (x) => Math.min(Math.max(x, low), high);
});

const LARGEST_SINGLE = 3.4028234663852886e38;

const nanToNum = withKeywords({ copy: 1, nan: 0, posinf: null, neginf: null }, ({ nan, posinf, neginf }, single) => {
  const largest = single ? LARGEST_SINGLE : Number.MAX_VALUE;
  const [missing, above, below] = [nan ?? 0, posinf ?? largest, neginf ?? -largest];
  return (x) => {
    if (Number.isNaN(x)) return missing;
    return isInfinite(x) ? (x > 0 ? above : below) : x;
  };
});

const round = withKeywords({ decimals: 0 }, ({ decimals }) => {
  const places = decimals ?? 0;
  if (!Number.isInteger(places) || Math.abs(places) > 22) return null;
  const unit = 10 ** Math.abs(places);
  return places >= 0 ? (x) => rint(x * unit) / unit : (x) => rint(x / unit) * unit;
});

const made = <F>(table: Readonly<Record<string, F>>, make: (value: F) => ElementMaker): [string, ElementMaker][] =>
  Object.entries(table).map(([name, value]) => [name, make(value)]);

export const NUMPY_FUNCTIONS: readonly (readonly [name: string, ElementMaker])[] = [
  ...made(UNARY, unary),
  ...made(BINARY, binary),
  ['clip', clip],
  ['nan_to_num', nanToNum],
  ['around', round],
  ['round', round],
];
