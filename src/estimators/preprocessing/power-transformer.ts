// Turns columns into powers of them that look more normal (sklearn.preprocessing.PowerTransformer).
import { MlctlError } from '../../errors/error.js';
import { exp, log } from '../exponential.js';
import type { Fitted } from '../fitted.js';
import { type Frame, numericColumns } from '../frame.js';
import { mapNumbers } from '../frames/map-numbers.js';
import { invertStandardScaler, type StandardScaler, transformStandardScaler } from './standard-scaler.js';

const STEP = 'power_transformer';

export interface PowerTransformer extends Fitted<'PowerTransformer'> {
  readonly method: 'yeo-johnson' | 'box-cox';
  /** [features] */
  readonly lambdas_: Float64Array;
  /** `standardize`: what scales the powers; null if nothing does. */
  readonly scaler: StandardScaler | null;
}

type Power = (x: number, lambda: number) => number;

export function transformPowerTransformer(power: PowerTransformer, frame: Frame): Frame {
  const { method, scaler } = power;
  if (method === 'box-cox') refuseNotPositive(frame);
  const made = raised(power, frame, method === 'box-cox' ? boxCox : yeoJohnson);
  return scaler ? transformStandardScaler(scaler, made) : made;
}

export function invertPowerTransformer(power: PowerTransformer, frame: Frame): Frame {
  const { method, scaler } = power;
  const powers = scaler ? invertStandardScaler(scaler, frame) : frame;
  return raised(power, powers, method === 'box-cox' ? invertBoxCox : invertYeoJohnson);
}

function raised({ lambdas_ }: PowerTransformer, frame: Frame, power: Power): Frame {
  return mapNumbers(frame, {
    step: STEP,
    missing: 'allowed',
    keepsZero: false,
    changeOf: (j) => {
      const lambda = lambdas_[j]!;
      return (x) => power(x, lambda);
    },
  });
}

function refuseNotPositive(frame: Frame): void {
  const bad = numericColumns(frame, STEP).find(({ values }) => values.some((x) => x <= 0));
  if (!bad) return;
  throw new MlctlError('DATA_INVALID', `${STEP}: column "${bad.name}" holds a number that is not above 0`, {
    hint: 'the Box-Cox transformation takes positive numbers only',
  });
}

function yeoJohnson(x: number, lambda: number): number {
  if (x >= 0) return Math.abs(lambda) < Number.EPSILON ? Math.log1p(x) : Math.expm1(lambda * Math.log1p(x)) / lambda;
  const rest = 2 - lambda;
  return Math.abs(rest) > Number.EPSILON ? -Math.expm1(rest * Math.log1p(-x)) / rest : -Math.log1p(-x);
}

function invertYeoJohnson(x: number, lambda: number): number {
  if (x >= 0) return Math.abs(lambda) < Number.EPSILON ? exp(x) - 1 : (x * lambda + 1) ** (1 / lambda) - 1;
  const rest = 2 - lambda;
  return Math.abs(rest) > Number.EPSILON ? 1 - (1 - rest * x) ** (1 / rest) : 1 - exp(-x);
}

/** Where the exponential would overflow, it is divided first. */
function boxCox(x: number, lambda: number): number {
  const size = log(x);
  if (Math.abs(lambda) < 1e-19) return size;
  if (lambda * size < 709.78) return Math.expm1(lambda * size) / lambda;
  return Math.sign(lambda) * exp(lambda * size - log(Math.abs(lambda))) - 1 / lambda;
}

function invertBoxCox(x: number, lambda: number): number {
  if (lambda === 0) return exp(x);
  if (lambda * x < 1.79e308) return exp(Math.log1p(lambda * x) / lambda);
  return exp((log(Math.sign(lambda) * (x + 1 / lambda)) + log(Math.abs(lambda))) / lambda);
}
