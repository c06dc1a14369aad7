// Turns a matrix with its classes into the function that logistic regression minimizes: scikit-learn's mean half-multinomial (two
// classes: half-binomial) loss plus ½ λ |w|², with its gradient. The shares of blocks of rows are added in a fixed order.

import { isPart } from '../../work.js';
import type { Objective } from '../lbfgs.js';
import { BLOCK, blockLoss, type LogisticProblem, scoreCount, shareSize } from './block-loss.js';
import type { LossHelpers } from './loss-helpers.js';

/** Parameters: `scoreCount` rows of features coefficients, then, with an intercept, one intercept a row. */
export function logisticLoss(problem: LogisticProblem, helpers: LossHelpers | null = null): Objective {
  const { rows, features, target, classWeight, l2 } = problem;
  const size = scoreCount(problem.classes) * features;
  const shareOf = blockLoss(problem);
  const share = new Float64Array(shareSize(problem));
  const blocks = Math.ceil(rows / BLOCK);
  let weightSum = rows;
  if (classWeight) {
    weightSum = 0;
    for (let i = 0; i < rows; i++) weightSum += classWeight[target[i]!]!;
  }
  return function* (x, gradient) {
    gradient.fill(0);
    let loss = 0;
    const add = (one: Float64Array): void => {
      for (let j = 0; j < gradient.length; j++) gradient[j] = gradient[j]! + one[j]!;
      loss += one[one.length - 1]!;
    };
    let block = helpers === null ? 0 : yield* helpers.addShares(x, add);
    for (; block < blocks; block++) {
      if (isPart(block + 1, 2 * BLOCK * size)) yield;
      shareOf(x, block, share);
      add(share);
    }
    let squares = 0;
    for (let j = 0; j < size; j++) {
      squares += x[j]! * x[j]!;
      gradient[j] = gradient[j]! / weightSum + l2 * x[j]!;
    }
    for (let j = size; j < gradient.length; j++) gradient[j] = gradient[j]! / weightSum;
    return loss / weightSum + 0.5 * l2 * squares;
  };
}
