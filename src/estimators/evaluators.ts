// Turns every class of estimator into how it is evaluated: one table a family of scikit-learn's classes.
import { BOOSTERS } from './boosters/table.js';
import { CALIBRATION } from './calibration/table.js';
import { CLUSTER } from './cluster/table.js';
import { COMPOSE } from './compose/table.js';
import { COVARIANCE } from './covariance/table.js';
import { CROSS_DECOMPOSITION } from './cross-decomposition/table.js';
import { DECOMPOSITION } from './decomposition/table.js';
import { DISCRIMINANT_ANALYSIS } from './discriminant-analysis/table.js';
import { DUMMY } from './dummy/table.js';
import { ENSEMBLE } from './ensemble/table.js';
import { FEATURE_EXTRACTION } from './feature-extraction/table.js';
import { FEATURE_SELECTION } from './feature-selection/table.js';
import { GAUSSIAN_PROCESS } from './gaussian-process/table.js';
import { IMPUTE } from './impute/table.js';
import { KERNEL_APPROXIMATION } from './kernel-approximation/table.js';
import { LINEAR_MODEL } from './linear-model/table.js';
import { MANIFOLD } from './manifold/table.js';
import { MIXTURE } from './mixture/table.js';
import { MODEL_SELECTION } from './model-selection/table.js';
import { MULTIOUTPUT } from './multioutput/table.js';
import { NAIVE_BAYES } from './naive-bayes/table.js';
import { NEIGHBORS } from './neighbors/table.js';
import { NEURAL_NETWORK } from './neural-network/table.js';
import { PIPELINE } from './pipeline/table.js';
import { PREPROCESSING } from './preprocessing/table.js';
import { SEMI_SUPERVISED } from './semi-supervised/table.js';
import { SVM } from './svm/table.js';
import { TREE } from './tree/table.js';

export const EVALUATORS = {
  ...BOOSTERS,
  ...CALIBRATION,
  ...CLUSTER,
  ...COMPOSE,
  ...COVARIANCE,
  ...CROSS_DECOMPOSITION,
  ...DECOMPOSITION,
  ...DISCRIMINANT_ANALYSIS,
  ...DUMMY,
  ...ENSEMBLE,
  ...FEATURE_EXTRACTION,
  ...FEATURE_SELECTION,
  ...GAUSSIAN_PROCESS,
  ...IMPUTE,
  ...KERNEL_APPROXIMATION,
  ...LINEAR_MODEL,
  ...MANIFOLD,
  ...MIXTURE,
  ...MODEL_SELECTION,
  ...MULTIOUTPUT,
  ...NAIVE_BAYES,
  ...NEIGHBORS,
  ...NEURAL_NETWORK,
  ...PIPELINE,
  ...PREPROCESSING,
  ...SEMI_SUPERVISED,
  ...SVM,
  ...TREE,
} as const;
