// Turns what Python saved of a QuantileTransformer into its value.
import type { QuantileTransformer } from '../../estimators/preprocessing/quantile-transformer.js';
import type { Attributes } from '../attributes.js';

export function readQuantileTransformer(attributes: Attributes): QuantileTransformer {
  const references = attributes.get('references_').vector();
  const { values, width, rows } = attributes.get('quantiles_').matrix();
  if (rows !== references.length || rows === 0)
    attributes.get('quantiles_').fail(`${references.length} rows, at least one`);
  return {
    ...attributes.fitted('QuantileTransformer', width),
    output_distribution: attributes.get('output_distribution').choice('uniform', 'normal'),
    quantiles_: Array.from({ length: width }, (_, j) =>
      Float64Array.from({ length: rows }, (_, i) => values[i * width + j]!),
    ),
    references_: references,
  };
}
