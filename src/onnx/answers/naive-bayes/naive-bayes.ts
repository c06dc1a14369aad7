// Turns the naive Bayes classifiers into the joint log-likelihoods of rows and classes, their label and their probabilities.
import type { BernoulliNb, DiscreteNb } from '../../../estimators/naive-bayes/discrete-nb.js';
import type { GaussianNb } from '../../../estimators/naive-bayes/gaussian-nb.js';
import type { NaiveBayes } from '../../../estimators/naive-bayes/joint-log-likelihood.js';
import { stepName } from '../../../estimators/step-name.js';
import type { Feature } from '../../convert/features.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { AnswerRow, GraphScores } from '../answer-converter.js';
import { checkedMatrix } from '../checked-matrix.js';
import { gemm } from '../gemm.js';
import { greatestLabel } from '../labels.js';
import { asDouble } from '../rows.js';

/** A normal distribution of each feature in each class. */
function likelihoods(graph: GraphBuilder, model: GaussianNb, features: readonly Feature[]): GraphScores {
  const { class_prior_, theta_, var_ } = model;
  const classes = class_prior_.length;
  const width = theta_.length / classes;
  const shape = [classes, width, 1];
  const matrix = checkedMatrix(graph, features, 'gaussian_nb');
  const apart = graph.node('Sub', [matrix, graph.doubles('means', shape, theta_)]);
  const terms = graph.node('Div', [graph.node('Mul', [apart, apart]), graph.doubles('variances', shape, var_)]);
  const sum = graph.node('ReduceSum', [terms, graph.int64s('axes', [1], [1n])], { attributes: { keepdims: 0n } });
  const half = graph.node('Mul', [sum, graph.doubles('half', [], [0.5])]);
  const constants = Array.from({ length: classes }, (_, k) => {
    let all = 0;
    for (let j = 0; j < width; j++) all += Math.log(2 * Math.PI * var_[k * width + j]!);
    return -0.5 * all;
  });
  const likely = graph.node('Sub', [graph.doubles('constants', [classes, 1], constants), half]);
  const priors = graph.doubles('priors', [classes, 1], Array.from(class_prior_, Math.log));
  return { tensor: graph.node('Add', [priors, likely]), width: classes };
}

/** Multinomial: the logarithm of each count's probability, as often as it is counted. Only a prior of one class counts for Complement. */
function discrete(graph: GraphBuilder, model: DiscreteNb<string>, features: readonly Feature[]): GraphScores {
  const { feature_log_prob_, class_log_prior_, kind } = model;
  const classes = class_log_prior_.length;
  const priors = kind === 'ComplementNB' && classes > 1 ? new Float64Array(classes) : class_log_prior_;
  const matrix = checkedMatrix(graph, features, stepName(kind));
  return { tensor: gemm(graph, matrix, feature_log_prob_, priors), width: classes };
}

/** A feature that is absent counts as well. */
function bernoulli(graph: GraphBuilder, model: BernoulliNb, features: readonly Feature[]): GraphScores {
  const { feature_log_prob_, class_log_prior_, binarize } = model;
  const classes = class_log_prior_.length;
  const width = feature_log_prob_.length / classes;
  const absent = feature_log_prob_.map((x) => Math.log(1 - Math.exp(x)));
  const constants = class_log_prior_.map((prior, k) =>
    absent.subarray(k * width, (k + 1) * width).reduce((sum, x) => sum + x, prior),
  );
  const matrix = checkedMatrix(graph, features, 'bernoulli_nb');
  const counted =
    binarize === null
      ? matrix
      : asDouble(graph, graph.node('Greater', [matrix, graph.doubles('least', [], [binarize])]));
  const weights = feature_log_prob_.map((x, at) => x - absent[at]!);
  return { tensor: gemm(graph, counted, weights, constants), width: classes };
}

type Likelihoods<E> = (graph: GraphBuilder, model: E, features: readonly Feature[]) => GraphScores;

const naiveBayes = <E extends NaiveBayes<string>>(likelihoodsOf: Likelihoods<E>): AnswerRow<E> => ({
  predict: (graph, model, features) =>
    greatestLabel(graph, model.classes_, likelihoodsOf(graph, model, features).tensor),
  predict_joint_log_proba: likelihoodsOf,
  predict_log_proba: (graph, model, features) => {
    const { tensor, width } = likelihoodsOf(graph, model, features);
    const most = graph.node('ReduceMax', [tensor], { attributes: { axes: [0n], keepdims: 1n } });
    const less = graph.node('Sub', [tensor, most]);
    const sum = graph.node('ReduceSum', [graph.node('Exp', [less]), graph.int64s('axes', [1], [0n])], {
      attributes: { keepdims: 1n },
    });
    const all = graph.node('Add', [most, graph.node('Log', [sum])]);
    return { tensor: graph.node('Sub', [tensor, all]), width };
  },
  predict_proba: (graph, model, features, parts) => {
    const { tensor, width } = parts.predict_log_proba(model, features);
    return { tensor: graph.node('Exp', [tensor]), width };
  },
});

export const GAUSSIAN_NB = naiveBayes<GaussianNb>(likelihoods);

export const DISCRETE_NB = naiveBayes<DiscreteNb<string>>(discrete);

export const BERNOULLI_NB = naiveBayes<BernoulliNb>(bernoulli);
