// Turns what Python saved of a LatentDirichletAllocation into its value.
import type { LatentDirichletAllocation } from '../../estimators/decomposition/latent-dirichlet-allocation.js';
import type { Attributes } from '../attributes.js';
import { readRounds } from './read-rounds.js';

export function readLatentDirichletAllocation(attributes: Attributes): LatentDirichletAllocation {
  const { rows, width, values } = attributes.get('exp_dirichlet_component_').matrix();
  return {
    ...attributes.fitted('LatentDirichletAllocation', width),
    exp_dirichlet_component_: values,
    topics: rows,
    doc_topic_prior_: attributes.get('doc_topic_prior_').number(),
    max_doc_update_iter: readRounds(attributes.get('max_doc_update_iter'), 0),
    mean_change_tol: attributes.get('mean_change_tol').number(),
  };
}
