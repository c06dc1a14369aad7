// A plan for logModel over the package of test/support/packages.
import { NO_GIT } from '../../src/lineage/git/git-lineage.js';
import type { Lineage } from '../../src/lineage/types.js';
import type { LogPlan } from '../../src/runs/log-model.js';
import { irisLikePackage, SIGNATURE } from './packages.js';

export function irisLikePlan(parts: Partial<LogPlan> = {}): LogPlan {
  return {
    experiment: '03-models-pyfunc',
    runName: 'logreg_v1',
    lineage: lineageLike(),
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

export const lineageLike = (parts: Partial<Lineage> = {}): Lineage => ({
  schema: 'mlctl.lineage/1',
  made_by: 'train',
  user: 'ada',
  source: 'recipe.yaml',
  started: '2026-11-30T12:00:00.000Z',
  ended: '2026-11-30T12:00:01.000Z',
  git: { ...NO_GIT, unknown: { commit: 'the folder is not in a git repository' } },
  recipe: { digest: `sha256:${'1'.repeat(64)}`, file: '/x/recipe.yaml', file_digest: `sha256:${'2'.repeat(64)}` },
  data: [
    {
      role: 'training',
      name: 'iris.csv',
      source: '/x/iris.csv',
      kind: 'local',
      digest: `sha256:${'3'.repeat(64)}`,
      bytes: 4000,
      rows: 150,
      columns: [{ name: 'species', type: 'long', required: true }],
      path: 'iris.csv',
    },
  ],
  split: { digest: `sha256:${'4'.repeat(64)}`, train: 120, test: 30 },
  seeds: { random_state: 42 },
  versions: { mlctl: '0.1.0', node: '22.0.0', onnxruntime: '1.30.0', lock: null, platform: 'linux-x64' },
  given: null,
  ...parts,
});
