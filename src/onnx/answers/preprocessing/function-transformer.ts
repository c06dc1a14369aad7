// Turns FunctionTransformer into the nodes of its function.
import type { FunctionTransformer } from '../../../estimators/preprocessing/function-transformer.js';
import { namesOf, rowsOf } from '../../convert/features.js';
import type { AnswerRow } from '../answer-converter.js';
import { checkedMatrix } from '../checked-matrix.js';
import { applied } from './applied-function.js';

export const FUNCTION_TRANSFORMER: AnswerRow<FunctionTransformer> = {
  transform: (graph, { func, validate }, features) => {
    if (func === null && !validate) return [...features];
    const matrix = checkedMatrix(graph, features, 'function_transformer', validate ? 'not finite' : 'nothing');
    return rowsOf(applied(graph, func, matrix), namesOf(features));
  },
};
