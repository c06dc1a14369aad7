// Turns the name of a function of scipy.special into what it does to each number.
import { exp, log } from '../exponential.js';
import { logistic } from '../special/logistic.js';
import { logit } from '../special/logit.js';
import { type Element, type ElementMaker, unary } from './element-maker.js';
import { erf, erfc, ndtr, ndtri } from './normal-distribution.js';

const UNARY: Readonly<Record<string, Element>> = {
  cbrt: Math.cbrt,
  entr: (x) => (x > 0 ? -x * log(x) : x === 0 ? 0 : Number.isNaN(x) ? x : Number.NEGATIVE_INFINITY),
  erf,
  erfc,
  exp10: (x) => 10 ** x,
  exp2: (x) => 2 ** x,
  expit: logistic,
  expm1: Math.expm1,
  log1p: Math.log1p,
  log_expit: (x) => (x < 0 ? x - Math.log1p(exp(x)) : -Math.log1p(exp(-x))),
  logit,
  ndtr,
  ndtri,
};

export const SPECIAL_FUNCTIONS: readonly (readonly [name: string, ElementMaker])[] = Object.entries(UNARY).map(
  ([name, element]) => [name, unary(element)],
);
