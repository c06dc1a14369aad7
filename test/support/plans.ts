// A plan for logModel over the package of test/support/packages.
import type { LogPlan } from '../../src/runs/log-model.js';
import { irisLikePackage, SIGNATURE } from './packages.js';

export function irisLikePlan(parts: Partial<LogPlan> = {}): LogPlan {
  return {
    experiment: '03-models-pyfunc',
    runName: 'logreg_v1',
    sourceName: 'recipe.yaml',
    params: new Map([
      ['C', '1.0'],
      ['__proto__', 'x'],
    ]),
    metrics: new Map([
      ['val_acc', 0.9667],
      ['val_log_loss', Number.NaN],
    ]),
    tags: new Map([
      ['team', 'red'],
      ['mlctl.data_digest', 'sha256:abc'],
    ]),
    datasets: [
      {
        name: 'iris',
        digest: 'abc',
        sourceType: 'local',
        source: '{"uri":"/x/iris.csv"}',
        schema: null,
        profile: '{"num_rows":150}',
        tags: new Map([['mlflow.data.context', 'training']]),
      },
    ],
    runFiles: new Map([['reports/summary.txt', new TextEncoder().encode('fine\n')]]),
    buildPackage: (ids) => irisLikePackage(ids),
    payload: 'model.onnx',
    vouched: true,
    signature: SIGNATURE,
    data: { source: 'iris', digest: 'sha256:abc', rows: 150 },
    register: null,
    ...parts,
  };
}
