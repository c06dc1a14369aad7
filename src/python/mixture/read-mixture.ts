// Turns what Python saved of a mixture of Gaussians into its value.
import { log } from '../../estimators/exponential.js';
import type { BayesianGaussianMixture, GaussianMixture, Mixture } from '../../estimators/mixture/gaussian-mixture.js';
import { digamma } from '../../estimators/special/digamma.js';
import type { Attributes } from '../attributes.js';

export function readGaussianMixture(attributes: Attributes): GaussianMixture {
  const { components, logDeterminants, read } = readGaussians('GaussianMixture', attributes);
  const weights = attributes.get('weights_').vector(components);
  return { ...read, offsets: logDeterminants.map((value, k) => value + log(weights[k]!)) };
}

/** Its weights and precisions are known as distributions, so their expected logarithms take the place of the logarithms. */
export function readBayesianGaussianMixture(attributes: Attributes): BayesianGaussianMixture {
  const { components, logDeterminants, read, width } = readGaussians('BayesianGaussianMixture', attributes);
  const given = attributes.get('degrees_of_freedom_').numbers().values;
  // with one covariance for all there is one number
  const freedom = given.length === 1 ? new Float64Array(components).fill(given[0]!) : given;
  if (freedom.length !== components) attributes.get('degrees_of_freedom_').fail(`${components} numbers`);
  const precision = attributes.get('mean_precision_').vector(components);
  const weights = expectedLogWeights(attributes, components);
  const offsets = logDeterminants.map((value, k) => {
    let logs = width * Math.LN2;
    for (let j = 0; j < width; j++) logs += digamma(0.5 * (freedom[k]! - j));
    return value - 0.5 * width * log(freedom[k]!) + 0.5 * (logs - width / precision[k]!) + weights[k]!;
  });
  return { ...read, offsets };
}

function readGaussians<Kind extends string>(kind: Kind, attributes: Attributes) {
  const { rows: components, width, values: means_ } = attributes.get('means_').matrix();
  const covariance_type = attributes.get('covariance_type').choice('full', 'tied', 'diag', 'spherical');
  const precisions = attributes.get('precisions_cholesky_');
  const { values, shape } = precisions.numbers();
  const expected = {
    full: [components, width, width],
    tied: [width, width],
    diag: [components, width],
    spherical: [components],
  }[covariance_type];
  if (shape.length !== expected.length || expected.some((size, d) => shape[d] !== size))
    precisions.fail(`numbers of the shape (${expected.join(', ')})`);
  if (components === 0) precisions.fail('at least one component');
  const read: Omit<Mixture<Kind>, 'offsets'> = {
    ...attributes.fitted(kind, width),
    covariance_type,
    means_,
    precisions_cholesky_: values,
  };
  const logDeterminants = Float64Array.from({ length: components }, (_, k) => {
    if (covariance_type === 'spherical') return width * log(values[k]!);
    let sum = 0;
    for (let j = 0; j < width; j++) {
      if (covariance_type === 'diag') sum += log(values[k * width + j]!);
      else sum += log(values[(covariance_type === 'full' ? k * width * width : 0) + j * (width + 1)]!);
    }
    return sum;
  });
  return { components, width, logDeterminants, read };
}

function expectedLogWeights(attributes: Attributes, components: number): Float64Array {
  const type = attributes.get('weight_concentration_prior_type').choice('dirichlet_process', 'dirichlet_distribution');
  const concentration = attributes.get('weight_concentration_');
  if (type === 'dirichlet_distribution') {
    const values = concentration.vector(components);
    const total = digamma(values.reduce((sum, value) => sum + value, 0));
    return values.map((value) => digamma(value) - total);
  }
  const [first, second] = concentration.items().map((item) => item.vector(components));
  if (!first || !second) return concentration.fail('two lists of numbers');
  let rest = 0;
  return first.map((value, k) => {
    const total = digamma(value + second[k]!);
    const made = digamma(value) - total + rest;
    rest += digamma(second[k]!) - total;
    return made;
  });
}
