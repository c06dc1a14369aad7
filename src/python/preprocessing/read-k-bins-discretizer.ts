// Turns what Python saved of a KBinsDiscretizer into its value.
import type { KBinsDiscretizer } from '../../estimators/preprocessing/k-bins-discretizer.js';
import type { Attributes } from '../attributes.js';
import { readDtype } from '../read-dtype.js';

export function readKBinsDiscretizer(attributes: Attributes): KBinsDiscretizer {
  const edges = attributes
    .get('bin_edges_')
    .items()
    .map((own) => {
      const found = own.vector();
      const rises = found.every((edge, i) => i === 0 || edge >= found[i - 1]!);
      return found.length >= 2 && rises ? found.slice(1, -1) : own.fail('at least two edges that rise');
    });
  const dtype = attributes.maybe('dtype');
  return {
    ...attributes.fitted('KBinsDiscretizer', edges.length),
    encode: attributes.get('encode').choice('onehot', 'onehot-dense', 'ordinal'),
    inner_edges: edges,
    raised: attributes.isBefore(1, 1),
    output_dtype: dtype === null ? null : readDtype(dtype),
  };
}
