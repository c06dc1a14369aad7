// Turns support vector machines over dense data into the kernel's values by one Gemm, and the sums and votes of libsvm.
import { DATA_TYPE } from '../../../data/element-types.js';
import { stepName } from '../../../estimators/step-name.js';
import type { Kernel, SupportVectors } from '../../../estimators/svm/support-vectors.js';
import type { SupportVectorClassifier } from '../../../estimators/svm/svc.js';
import type { OneClassSvm, SupportVectorFunction } from '../../../estimators/svm/svr.js';
import type { Feature } from '../../convert/features.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { AnswerRow, GraphLabels, GraphScores } from '../answer-converter.js';
import { checkedMatrix } from '../checked-matrix.js';
import { gemm } from '../gemm.js';
import { above, greatestLabel } from '../labels.js';
import { noExactForm } from '../no-exact-form.js';

interface Machine extends Kernel {
  readonly kind: string;
  readonly support_vectors_: SupportVectors;
}

const squaredSum = (graph: GraphBuilder, matrix: string): string =>
  graph.node('ReduceSum', [graph.node('Mul', [matrix, matrix]), graph.int64s('axes', [1], [0n])], {
    attributes: { keepdims: 1n },
  });

/** [support vectors, N] */
function similarities(graph: GraphBuilder, model: Machine, features: readonly Feature[]): string {
  const { support_vectors_: support, kernel, gamma, coef0, degree, kind } = model;
  if (support.type !== 'dense') throw noExactForm(kind, 'it was fitted on sparse data or on a kernel of its own');
  const matrix = checkedMatrix(graph, features, stepName(kind));
  const { count, width, values } = support;
  const scalar = (value: number) => graph.doubles('constant', [], [value]);
  const products = (coef: Float64Array, intercept: Float64Array) => gemm(graph, matrix, coef, intercept);
  const nothing = new Float64Array(count);
  const affine = () =>
    graph.node('Add', [graph.node('Mul', [products(values, nothing), scalar(gamma)]), scalar(coef0)]);
  switch (kernel) {
    case 'linear':
      return products(values, nothing);
    case 'poly':
      return graph.node('Pow', [affine(), scalar(degree)]);
    case 'sigmoid':
      return graph.node('Tanh', [affine()]);
    case 'rbf': {
      // |x − s|² = |x|² + |s|² − 2 s·x
      const lengths = Float64Array.from({ length: count }, (_, s) =>
        values.subarray(s * width, (s + 1) * width).reduce((sum, value) => sum + value * value, 0),
      );
      const rest = products(
        values.map((value) => -2 * value),
        lengths,
      );
      const apart = graph.node('Max', [graph.node('Add', [rest, squaredSum(graph, matrix)]), scalar(0)]);
      return graph.node('Exp', [graph.node('Mul', [apart, scalar(-gamma)])]);
    }
    default:
      throw noExactForm(kind, `its kernel is ${kernel}`);
  }
}

/** The decisions between each two classes i < j, above zero for i: [pairs, N]. */
function pairDecisions(
  graph: GraphBuilder,
  model: SupportVectorClassifier<string>,
  features: readonly Feature[],
): string {
  const { support_vectors_, n_support_, dual_coef_, intercept_ } = model;
  const { count } = support_vectors_;
  const starts = [0];
  for (const size of n_support_) starts.push(starts.at(-1)! + size);
  const coef = new Float64Array(intercept_.length * count);
  for (let i = 0, pair = 0; i < n_support_.length; i++)
    for (let j = i + 1; j < n_support_.length; j++, pair++) {
      for (let s = starts[i]!; s < starts[i + 1]!; s++) coef[pair * count + s] = dual_coef_[(j - 1) * count + s]!;
      for (let s = starts[j]!; s < starts[j + 1]!; s++) coef[pair * count + s] = dual_coef_[i * count + s]!;
    }
  return gemm(graph, similarities(graph, model, features), coef, intercept_);
}

/** [classes, N]: the pairs that each class wins, and the sums of how clearly. */
function tally(graph: GraphBuilder, decisions: string, classes: number): { votes: string; clear: string } {
  const pairs = (classes * (classes - 1)) / 2;
  const [first, second] = [new Float64Array(classes * pairs), new Float64Array(classes * pairs)];
  for (let i = 0, pair = 0; i < classes; i++)
    for (let j = i + 1; j < classes; j++, pair++) {
      first[i * pairs + pair] = 1;
      second[j * pairs + pair] = 1;
    }
  const won = graph.node('Cast', [graph.node('Greater', [decisions, graph.doubles('zero', [], [0])])], {
    attributes: { to: BigInt(DATA_TYPE.DOUBLE) },
  });
  const lost = graph.node('Sub', [graph.doubles('one', [], [1]), won]);
  const none = new Float64Array(classes);
  const votes = graph.node('Add', [gemm(graph, won, first, none), gemm(graph, lost, second, none)]);
  const signed = first.map((value, at) => value - second[at]!);
  return { votes, clear: gemm(graph, decisions, signed, none) };
}

/** One value a class: its votes, and a part below one half by how clear they were. */
function ovrScores(graph: GraphBuilder, decisions: string, classes: number): string {
  const { votes, clear } = tally(graph, decisions, classes);
  const size = graph.node('Add', [graph.node('Abs', [clear]), graph.doubles('one', [], [1])]);
  const scaled = graph.node('Div', [clear, graph.node('Mul', [size, graph.doubles('three', [], [3])])]);
  return graph.node('Add', [votes, scaled]);
}

export const SUPPORT_VECTOR_CLASSIFIER: AnswerRow<SupportVectorClassifier<string>> = {
  decision_function: (graph, model, features): GraphScores => {
    const decisions = pairDecisions(graph, model, features);
    const classes = model.classes_.values.length;
    if (classes === 2) return { tensor: graph.node('Neg', [decisions]), width: null };
    if (model.decision_function_shape === 'ovo') return { tensor: decisions, width: model.intercept_.length };
    return { tensor: ovrScores(graph, decisions, classes), width: classes };
  },
  predict: (graph, model, features): GraphLabels => {
    const decisions = pairDecisions(graph, model, features);
    const { classes_, break_ties } = model;
    const classes = classes_.values.length;
    if (break_ties && classes > 2) return greatestLabel(graph, classes_, ovrScores(graph, decisions, classes));
    return greatestLabel(graph, classes_, tally(graph, decisions, classes).votes);
  },
};

function valuesOf(graph: GraphBuilder, model: SupportVectorFunction<string>, features: readonly Feature[]): string {
  return gemm(graph, similarities(graph, model, features), model.dual_coef_, [model.intercept_]);
}

export const SUPPORT_VECTOR_REGRESSOR: AnswerRow<SupportVectorFunction<string>> = {
  predict: (graph, model, features) => ({
    role: 'regressor',
    tensor: valuesOf(graph, model, features),
    width: null,
  }),
};

export const ONE_CLASS_SVM: AnswerRow<OneClassSvm> = {
  decision_function: (graph, model, features) => ({ tensor: valuesOf(graph, model, features), width: null }),
  predict: (graph, model, features) => ({
    role: 'classifier',
    classes: { type: 'long', values: [-1n, 1n] },
    codes: above(graph, valuesOf(graph, model, features), 0),
  }),
};
