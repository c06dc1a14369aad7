// Turns every class of estimator into how it is evaluated: one table a family of scikit-learn's classes.
import { BOOSTERS } from './boosters/table.js';
import { CALIBRATION } from './calibration/table.js';
import { COVARIANCE } from './covariance/table.js';
import { CROSS_DECOMPOSITION } from './cross-decomposition/table.js';
import { DECOMPOSITION } from './decomposition/table.js';
import { DISCRIMINANT_ANALYSIS } from './discriminant-analysis/table.js';
import { DUMMY } from './dummy/table.js';
import { ENSEMBLE } from './ensemble/table.js';
import { FEATURE_EXTRACTION } from './feature-extraction/table.js';
import { FEATURE_SELECTION } from './feature-selection/table.js';
import { GAUSSIAN_PROCESS } from './gaussian-process/table.js';
import { KERNEL_APPROXIMATION } from './kernel-approximation/table.js';
import { MANIFOLD } from './manifold/table.js';
import { MIXTURE } from './mixture/table.js';
import { MODEL_SELECTION } from './model-selection/table.js';
import { MULTIOUTPUT } from './multioutput/table.js';
import { NAIVE_BAYES } from './naive-bayes/table.js';
import { NEIGHBORS } from './neighbors/table.js';
import { NEURAL_NETWORK } from './neural-network/table.js';
import { SEMI_SUPERVISED } from './semi-supervised/table.js';
import { SVM } from './svm/table.js';
import { TRAINED_EVALUATORS } from './trained/evaluators.js';

export const EVALUATORS = {
  ...TRAINED_EVALUATORS,
  ...BOOSTERS,
  ...CALIBRATION,
  ...COVARIANCE,
  ...CROSS_DECOMPOSITION,
  ...DECOMPOSITION,
  ...DISCRIMINANT_ANALYSIS,
  ...DUMMY,
  ...ENSEMBLE,
  ...FEATURE_EXTRACTION,
  ...FEATURE_SELECTION,
  ...GAUSSIAN_PROCESS,
  ...KERNEL_APPROXIMATION,
  ...MANIFOLD,
  ...MIXTURE,
  ...MODEL_SELECTION,
  ...MULTIOUTPUT,
  ...NAIVE_BAYES,
  ...NEIGHBORS,
  ...NEURAL_NETWORK,
  ...SEMI_SUPERVISED,
  ...SVM,
} as const;
