// Turns what Python saved of a SparsePCA or MiniBatchSparsePCA into its value.
import type { SparsePCA } from '../../estimators/decomposition/sparse-pca.js';
import { choleskyOf } from '../../estimators/linear-algebra/cholesky.js';
import { productOf, transposed } from '../../estimators/linear-algebra/product.js';
import type { Attributes } from '../attributes.js';

export function readSparsePCA<Kind extends 'SparsePCA' | 'MiniBatchSparsePCA'>(
  kind: Kind,
  attributes: Attributes,
): SparsePCA<Kind> {
  const { rows, width, values } = attributes.get('components_').matrix();
  const gram = productOf(values, transposed(values, rows, width), width, rows);
  const alpha = attributes.get('ridge_alpha').number();
  for (let k = 0; k < rows; k++) gram[k * (rows + 1)]! += alpha;
  return {
    ...attributes.fitted(kind, width),
    mean_: attributes.get('mean_').vector(width),
    components_: values,
    n_components: rows,
    triangle: choleskyOf(gram, rows) ?? attributes.get('components_').fail('components that are independent'),
  };
}
