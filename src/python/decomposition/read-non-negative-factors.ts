// Turns what Python saved of NMF and MiniBatchNMF into their values.
import type { MiniBatchNMF, NMF, NonNegativeFactors } from '../../estimators/decomposition/non-negative-factors.js';
import type { Attributes } from '../attributes.js';
import { readRounds } from './read-rounds.js';

const LOSSES = { frobenius: 2, 'kullback-leibler': 1, 'itakura-saito': 0 };

export function readNMF(attributes: Attributes): NMF {
  const shuffle = attributes.maybe('shuffle');
  if (shuffle?.flag()) shuffle.unknown('shuffle=False, because the order would be drawn at random');
  const solver = attributes.get('solver').choice('cd', 'mu');
  return { ...readFactors('NMF', attributes), solver, max_iter: readRounds(attributes.get('max_iter'), 1) };
}

export function readMiniBatchNMF(attributes: Attributes): MiniBatchNMF {
  const max_iter = attributes.maybe('transform_max_iter') ?? attributes.get('max_iter');
  return { ...readFactors('MiniBatchNMF', attributes), solver: 'batch', max_iter: readRounds(max_iter, 1) };
}

function readFactors<Kind extends string>(
  kind: Kind,
  attributes: Attributes,
): Omit<NonNegativeFactors<Kind>, 'solver' | 'max_iter'> {
  const { rows, width, values } = attributes.get('components_').matrix();
  const loss = attributes.get('beta_loss');
  const beta_loss =
    typeof loss.saved === 'string'
      ? LOSSES[loss.choice('frobenius', 'kullback-leibler', 'itakura-saito')]
      : loss.number();
  const ratio = attributes.get('l1_ratio').number();
  const penalty = penaltyOf(attributes, width);
  return {
    ...attributes.fitted(kind, width),
    components_: values,
    n_components: rows,
    beta_loss,
    tol: attributes.get('tol').number(),
    l1_reg_W: penalty * ratio,
    l2_reg_W: penalty * (1 - ratio),
  };
}

/** Before scikit-learn 1.2 there was one `alpha` for both sides, which was not multiplied by the number of columns. */
function penaltyOf(attributes: Attributes, width: number): number {
  const old = attributes.maybe('alpha');
  if (old !== null && typeof old.saved !== 'string' && old.number() !== 0) {
    const sides = attributes.maybe('regularization')?.text() ?? 'both';
    return sides === 'both' || sides === 'transformation' ? old.number() : 0;
  }
  return width * (attributes.maybe('alpha_W')?.number() ?? 0);
}
