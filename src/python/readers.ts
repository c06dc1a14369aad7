// Turns what Python saved of every class of estimator into its value: one table a family of scikit-learn's classes.
import { BOOSTERS_READERS } from './boosters/boosters-readers.js';
import { CALIBRATION_READERS } from './calibration/calibration-readers.js';
import { CLUSTER_READERS } from './cluster/cluster-readers.js';
import { COMPOSE_READERS } from './compose/compose-readers.js';
import { COVARIANCE_READERS } from './covariance/covariance-readers.js';
import { CROSS_DECOMPOSITION_READERS } from './cross-decomposition/cross-decomposition-readers.js';
import { DECOMPOSITION_READERS } from './decomposition/decomposition-readers.js';
import { DISCRIMINANT_ANALYSIS_READERS } from './discriminant-analysis/discriminant-analysis-readers.js';
import { DUMMY_READERS } from './dummy/dummy-readers.js';
import { ENSEMBLE_READERS } from './ensemble/ensemble-readers.js';
import { FEATURE_EXTRACTION_READERS } from './feature-extraction/feature-extraction-readers.js';
import { FEATURE_SELECTION_READERS } from './feature-selection/feature-selection-readers.js';
import { GAUSSIAN_PROCESS_READERS } from './gaussian-process/gaussian-process-readers.js';
import { IMPUTE_READERS } from './impute/impute-readers.js';
import { KERNEL_APPROXIMATION_READERS } from './kernel-approximation/kernel-approximation-readers.js';
import { LINEAR_MODEL_READERS } from './linear-model/linear-model-readers.js';
import { MANIFOLD_READERS } from './manifold/manifold-readers.js';
import { MIXTURE_READERS } from './mixture/mixture-readers.js';
import { MODEL_SELECTION_READERS } from './model-selection/model-selection-readers.js';
import { MULTIOUTPUT_READERS } from './multioutput/multioutput-readers.js';
import { NAIVE_BAYES_READERS } from './naive-bayes/naive-bayes-readers.js';
import { NEIGHBORS_READERS } from './neighbors/neighbors-readers.js';
import { NEURAL_NETWORK_READERS } from './neural-network/neural-network-readers.js';
import { PIPELINE_READERS } from './pipeline/pipeline-readers.js';
import { PREPROCESSING_READERS } from './preprocessing/preprocessing-readers.js';
import { SEMI_SUPERVISED_READERS } from './semi-supervised/semi-supervised-readers.js';
import { SVM_READERS } from './svm/svm-readers.js';
import { TREE_READERS } from './tree/tree-readers.js';

export const READERS = {
  ...BOOSTERS_READERS,
  ...CALIBRATION_READERS,
  ...CLUSTER_READERS,
  ...COMPOSE_READERS,
  ...COVARIANCE_READERS,
  ...CROSS_DECOMPOSITION_READERS,
  ...DECOMPOSITION_READERS,
  ...DISCRIMINANT_ANALYSIS_READERS,
  ...DUMMY_READERS,
  ...ENSEMBLE_READERS,
  ...FEATURE_EXTRACTION_READERS,
  ...FEATURE_SELECTION_READERS,
  ...GAUSSIAN_PROCESS_READERS,
  ...IMPUTE_READERS,
  ...KERNEL_APPROXIMATION_READERS,
  ...LINEAR_MODEL_READERS,
  ...MANIFOLD_READERS,
  ...MIXTURE_READERS,
  ...MODEL_SELECTION_READERS,
  ...MULTIOUTPUT_READERS,
  ...NAIVE_BAYES_READERS,
  ...NEIGHBORS_READERS,
  ...NEURAL_NETWORK_READERS,
  ...PIPELINE_READERS,
  ...PREPROCESSING_READERS,
  ...SEMI_SUPERVISED_READERS,
  ...SVM_READERS,
  ...TREE_READERS,
} as const;
