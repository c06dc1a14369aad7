// Turns KMeans into the position of the nearest centre.
import { distanceTerms, type KMeans, type MiniBatchKMeans } from '../../../estimators/cluster/k-means.js';
import { stepName } from '../../../estimators/step-name.js';
import type { AnswerRow } from '../answer-converter.js';
import { checkedMatrix } from '../checked-matrix.js';
import { gemm } from '../gemm.js';

export const K_MEANS: AnswerRow<KMeans | MiniBatchKMeans> = {
  predict: (graph, model, features) => {
    const { coef, intercept } = distanceTerms(model, features.length);
    const distances = gemm(graph, checkedMatrix(graph, features, stepName(model.kind)), coef, intercept);
    const clusters = graph.node('ArgMin', [distances], { attributes: { axis: 0n, keepdims: 0n } });
    return { role: 'clusterer', clusters };
  },
};
