// Turns PolynomialFeatures into Gather and Mul, degree by degree, each product made of one of a degree less, as in scikit-learn.
import { featureCount } from '../../../estimators/fitted.js';
import type { PolynomialFeatures } from '../../../estimators/preprocessing/polynomial-features.js';
import { productsOf } from '../../../estimators/preprocessing/products.js';
import { type Feature, rowsOf } from '../../convert/features.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { AnswerRow } from '../answer-converter.js';
import { checkedMatrix } from '../checked-matrix.js';

function transform(graph: GraphBuilder, model: PolynomialFeatures, features: readonly Feature[]): Feature[] {
  const width = featureCount(model);
  const { levels, from, bias, width: kept, end } = productsOf(model, width);
  const matrix = checkedMatrix(graph, features, 'polynomial_features');
  let all = matrix;
  for (const { skips, end: before } of levels) {
    const left: bigint[] = [];
    const right: bigint[] = [];
    for (let j = 0; j < width; j++)
      for (let place = skips[j]!; place < before; place++) {
        left.push(BigInt(place));
        right.push(BigInt(j));
      }
    if (left.length === 0) continue;
    const rows = (tensor: string, places: bigint[]) =>
      graph.node('Gather', [tensor, graph.int64s('rows', [places.length], places)], { attributes: { axis: 0n } });
    const made = graph.node('Mul', [rows(all, left), rows(matrix, right)]);
    all = graph.node('Concat', [all, made], { attributes: { axis: 0n } });
  }
  const names = Array.from({ length: kept }, (_, k) => `x${k}`);
  const own = rowsOf(
    all,
    Array.from({ length: end }, (_, k) => `x${k}`),
  ).slice(from);
  if (!bias) return own;
  const first = graph.node('Gather', [matrix, graph.int64s('first', [1], [0n])], { attributes: { axis: 0n } });
  const one = graph.doubles('one', [], [1]);
  const ones = graph.node('Where', [graph.node('Equal', [first, first]), one, one]);
  return [...rowsOf(ones, names.slice(0, 1)), ...own];
}

export const POLYNOMIAL_FEATURES: AnswerRow<PolynomialFeatures> = { transform };
