// Turns features into the components that keep neighbours of one class together (sklearn.neighbors.NeighborhoodComponentsAnalysis).
import type { Projection } from '../decomposition/projection.js';

export type NeighborhoodComponentsAnalysis = Projection<'NeighborhoodComponentsAnalysis'>;
