// Turns what Python saved of a PowerTransformer into its value.
import type { PowerTransformer } from '../../estimators/preprocessing/power-transformer.js';
import { Attributes } from '../attributes.js';
import { readStandardScaler } from './read-standard-scaler.js';

export function readPowerTransformer(attributes: Attributes): PowerTransformer {
  const lambdas = attributes.get('lambdas_').vector();
  const standardize = attributes.get('standardize').flag();
  return {
    ...attributes.fitted('PowerTransformer', lambdas.length),
    method: attributes.get('method').choice('yeo-johnson', 'box-cox'),
    lambdas_: lambdas,
    scaler: standardize ? scalerOf(attributes, lambdas.length) : null,
  };
}

function scalerOf(attributes: Attributes, width: number) {
  const value = attributes.get('_scaler');
  const inner = new Attributes(value);
  if (inner.kind !== 'StandardScaler') return value.fail('a StandardScaler');
  const scaler = readStandardScaler(inner);
  return scaler.scale_?.length === width ? scaler : value.fail(`a scaler of ${width} columns`);
}
