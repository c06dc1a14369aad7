// A LightGBM model as its text holds it, checked.
import type { Forest } from '../forest/forest.js';
import type { Link } from './link-of.js';

/** Of linear trees: each leaf's constant, and its coefficients one after the other. */
export interface LeafModels {
  readonly constants: Float64Array;
  /** By leaf, where its coefficients begin; one more entry with their number. */
  readonly starts: Int32Array;
  readonly features: Int32Array;
  readonly coefficients: Float64Array;
}

export interface LightgbmModel {
  readonly version: string;
  /** As the file writes it, parameters included; null if the model was trained with a function of the user's own. */
  readonly objective: string | null;
  readonly link: Link;
  readonly forest: Forest;
  readonly leafValues: Float64Array;
  /** Null if no tree is linear; a leaf of a tree that is not has NaN as its constant. */
  readonly leafModels: LeafModels | null;
  /** Trees of one iteration: the outputs of a row. */
  readonly outputs: number;
  readonly iterations: number;
  /** Random forest: the mean of the trees. */
  readonly average: boolean;
  readonly featureNames: readonly string[];
  /** The categories of the data frame's categorical columns, in their order. */
  readonly pandasCategories: readonly (readonly unknown[])[];
}
