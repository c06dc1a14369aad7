// Turns what Python saved of a class that multiplies by learned directions into its value.
import type { Projection } from '../../estimators/decomposition/projection.js';
import { inverseOf } from '../../estimators/linear-algebra/inverse.js';
import { productOf, transposed } from '../../estimators/linear-algebra/product.js';
import type { Attributes } from '../attributes.js';
import { readPoints } from '../pairwise/read-points.js';

/** Only the directions: TruncatedSVD, NeighborhoodComponentsAnalysis, the random projections. */
export function readDirections<Kind extends string>(kind: Kind, attributes: Attributes): Projection<Kind> {
  const components = attributes.get('components_');
  const { rows, width, values } = readPoints(components);
  return {
    ...attributes.fitted(kind, width),
    dtype: components.isFloat32 ? 'float32' : 'float64',
    components_: values,
    n_components: rows,
    mean_: null,
    scale: null,
  };
}

/** PCA and IncrementalPCA. */
export function readPCA<Kind extends string>(kind: Kind, attributes: Attributes): Projection<Kind> {
  const read = readDirections(kind, attributes);
  const variance = attributes.get('explained_variance_').vector(read.n_components);
  return {
    ...read,
    mean_: attributes.maybe('mean_')?.vector(widthOf(read)) ?? null,
    scale: attributes.get('whiten').flag() ? variance.map((value) => Math.max(Math.sqrt(value), Number.EPSILON)) : null,
  };
}

export function readFastICA(attributes: Attributes): Projection<'FastICA'> {
  const read = readDirections('FastICA', attributes);
  // false, or how the components were scaled; before scikit-learn 1.1 true
  const whiten = attributes.get('whiten').saved !== false;
  return { ...read, mean_: whiten ? attributes.get('mean_').vector(widthOf(read)) : null };
}

/** (x − mean) · (W ψ⁻¹)ᵀ · (1 + W ψ⁻¹ Wᵀ)⁻¹ is one matrix of directions. */
export function readFactorAnalysis(attributes: Attributes): Projection<'FactorAnalysis'> {
  const read = readDirections('FactorAnalysis', attributes);
  const { components_, n_components: count } = read;
  const width = widthOf(read);
  const noise = attributes.get('noise_variance_').vector(width);
  const weighted = components_.map((value, at) => value / noise[at % width]!);
  const covariance = productOf(weighted, transposed(components_, count, width), width, count);
  for (let k = 0; k < count; k++) covariance[k * (count + 1)]! += 1;
  const inverse = inverseOf(covariance, count) ?? attributes.get('components_').fail('components with a covariance');
  return {
    ...read,
    components_: productOf(transposed(inverse, count, count), weighted, count, width),
    mean_: attributes.get('mean_').vector(width),
  };
}

const widthOf = ({ components_, n_components }: Projection<string>): number =>
  n_components === 0 ? 0 : components_.length / n_components;
