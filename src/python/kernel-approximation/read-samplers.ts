// Turns what Python saved of the classes that approach a kernel by random features into their values.
import type { AdditiveChi2Sampler } from '../../estimators/kernel-approximation/additive-chi2-sampler.js';
import type { PolynomialCountSketch } from '../../estimators/kernel-approximation/polynomial-count-sketch.js';
import type { RBFSampler, SkewedChi2Sampler } from '../../estimators/kernel-approximation/random-waves.js';
import type { Attributes } from '../attributes.js';

export function readRBFSampler(attributes: Attributes): RBFSampler {
  const { read, components } = readWaves('RBFSampler', attributes);
  return { ...read, scale: Math.sqrt(2 / components) };
}

export function readSkewedChi2Sampler(attributes: Attributes): SkewedChi2Sampler {
  const { read, components } = readWaves('SkewedChi2Sampler', attributes);
  const skewedness = attributes.get('skewedness').number();
  return { ...read, scale: Math.SQRT2 / Math.sqrt(components), skewedness };
}

function readWaves<Kind extends string>(kind: Kind, attributes: Attributes) {
  const weights = attributes.get('random_weights_');
  const { rows, width, values } = weights.matrix();
  if (width === 0) weights.fail('at least one component');
  const random_offset_ = attributes.get('random_offset_').vector(width);
  return {
    read: { ...attributes.fitted(kind, rows), random_weights_: values, random_offset_, single: weights.isFloat32 },
    components: width,
  };
}

/** The intervals that scikit-learn takes for one, two and three steps. */
const INTERVALS = [0.8, 0.5, 0.4];

export function readAdditiveChi2Sampler(attributes: Attributes): AdditiveChi2Sampler {
  const steps = attributes.get('sample_steps');
  const sample_steps = steps.integer(1);
  if (sample_steps > 1000) steps.unknown('at most 1000 steps');
  const given = attributes.maybe('sample_interval') ?? attributes.maybe('sample_interval_');
  const sample_interval =
    given?.number() ?? INTERVALS[sample_steps - 1] ?? steps.fail('a sample_interval for more than 3 steps');
  return { ...attributes.fitted('AdditiveChi2Sampler'), sample_steps, sample_interval };
}

export function readPolynomialCountSketch(attributes: Attributes): PolynomialCountSketch {
  const { rows: degree, width, values } = attributes.get('bitHash_').matrix();
  const coef0 = attributes.get('coef0').number();
  const hashes = attributes.get('indexHash_').matrix(width, degree);
  const n_components = attributes.get('n_components').integer(1);
  // they are as many as the rows get columns, and nothing in the file has their number
  if (n_components > 2 ** 16) attributes.get('n_components').unknown('at most 65,536 components');
  if (degree === 0 || hashes.values.some((at) => !(Number.isInteger(at) && at >= 0 && at < n_components)))
    attributes.get('indexHash_').fail(`places below ${n_components}`);
  return {
    ...attributes.fitted('PolynomialCountSketch', width - Number(coef0 !== 0)),
    degree,
    gamma: attributes.get('gamma').number(),
    coef0,
    n_components,
    indexHash_: Int32Array.from(hashes.values),
    bitHash_: values,
  };
}
