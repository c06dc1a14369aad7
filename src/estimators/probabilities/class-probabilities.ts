// Turns decision values into probabilities: the logistic of the one value of two classes, a softmax over the values of more.
import type { Scores } from '../prediction.js';
import { logistic } from '../special/logistic.js';
import { pairsOf } from './pairs-of.js';
import { softmaxOf } from './softmax.js';

export const classProbabilities = ({ values, width }: Scores): Scores =>
  width === null ? pairsOf(values.map(logistic)) : softmaxOf(values, width);
