// The default recipe trained, converted and packed into a scratch folder, with what smoke needs beside it: for tests of checks.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundModel, SmokeTools } from '../../src/checks/smoke-check.js';
import { iris } from '../../src/data/iris.js';
import { takeRows } from '../../src/data/take-rows.js';
import { formatCsv } from '../../src/data/write/csv.js';
import { predict } from '../../src/estimators/trained/predict.js';
import { writeFolderAtomically } from '../../src/files/write-folder-atomically.js';
import { openOnnx } from '../../src/inference/open-onnx.js';
import type { OpenModel } from '../../src/inference/types.js';
import type { Evaluation } from '../../src/loader/evaluation.js';
import { buildPackage, type PackageFacts } from '../../src/model/build-package.js';
import { changedPackage, digestPackage } from '../../src/model/digest-package.js';
import { goldenOf } from '../../src/model/golden.js';
import { convertEstimator } from '../../src/onnx/convert-estimator.js';
import { DEFAULT_RECIPE_TEXT } from '../../src/recipe/default-recipe.js';
import { parseRecipe } from '../../src/recipe/parse-recipe.js';
import { trainRecipe } from '../../src/recipe/train-recipe.js';
import type { LogPlan } from '../../src/runs/log-model.js';
import { finish } from '../../src/work.js';
import { scratch } from './paths.js';
import { lineageLike } from './plans.js';

export const trained = finish(trainRecipe(parseRecipe(DEFAULT_RECIPE_TEXT, { file: 'default' }), iris()));

/** As the graph would be, evaluated in JavaScript; tests bend it. */
export const fakeModel: OpenModel = {
  engine: 'onnxruntime',
  details: {},
  compare: () => [],
  growsWithRows: () => true,
  predict: async (table) => predict(trained.estimator, table),
  close: async () => {},
};

const exampleTable = takeRows(trained.testInputs, Int32Array.of(0, 1));

/** The evaluation files and metrics as `train` leaves them behind. */
export const evaluation: Exclude<Evaluation, { missing: string }> = {
  rows: Buffer.from(formatCsv(trained.testInputs)),
  labels: Buffer.from(
    formatCsv({
      rows: 30,
      columns: [trained.testTarget],
    }),
  ),
  metrics: trained.evaluation.metrics,
};

/** Every file of the package. */
export function irisFiles(ids: Pick<PackageFacts, 'runId' | 'modelId' | 'uuid' | 'artifactPath' | 'createdAt'>) {
  return buildPackage({
    ...ids,
    payload: convertEstimator(trained.estimator, trained.inputs),
    signature: trained.signature,
    inputExample: { kind: 'dataframe', table: exampleTable },
    golden: goldenOf(predict(trained.estimator, exampleTable)),
    mlctlVersion: '0',
  });
}

/** A plan for logModel that leaves behind what smoke needs of a run. */
export function irisPlan(parts: Partial<LogPlan> = {}): LogPlan {
  return {
    experiment: '03-models-pyfunc',
    runName: 'logreg_v1',
    lineage: lineageLike(),
    params: trained.params,
    metrics: trained.evaluation.metrics,
    tags: new Map(),
    datasets: [],
    runFiles: new Map([
      ['evaluation/X_te.csv', evaluation.rows],
      ['evaluation/y_te.csv', evaluation.labels],
    ]),
    buildPackage: irisFiles,
    payload: 'model.onnx',
    vouched: true,
    signature: trained.signature,
    data: null,
    register: null,
    ...parts,
  };
}

export interface IrisPackage {
  readonly folder: string;
  readonly recorded: { readonly package: string; readonly payload: string | null };
  /** Changes a file (null removes it); `record` the digest anew, as if it had been logged so. */
  edit(path: string, change: ((text: string) => string) | null, record?: boolean): Promise<void>;
  found(): FoundModel;
  tools(over?: Partial<SmokeTools>): SmokeTools;
}

export async function irisPackage(): Promise<IrisPackage> {
  const folder = join(scratch('mlctl-iris-'), 'model');
  const files = irisFiles({ runId: null, modelId: null, uuid: '0'.repeat(32), artifactPath: null, createdAt: 0 });
  await writeFolderAtomically(folder, files);
  let recorded = await digestPackage(folder, 'model.onnx');
  const found = (): FoundModel => ({
    uri: folder,
    folder,
    recorded,
    verified: 'run',
    verify: async (digest) => {
      if (digest.package !== recorded.package) throw changedPackage(digest, recorded, folder, null);
    },
    doubts: [],
    disagreeing: [],
    resolved: {
      kind: 'path',
      run_id: null,
      name: null,
      version: null,
      stage: null,
      alias: null,
      model_id: null,
      location: folder,
    },
  });
  return {
    folder,
    get recorded() {
      return recorded;
    },
    async edit(path, change, record = true) {
      const place = join(folder, path);
      if (change === null) rmSync(place);
      else writeFileSync(place, change(readFileSync(place, 'latin1')), 'latin1');
      if (record) recorded = await digestPackage(folder, 'model.onnx');
    },
    found,
    tools: (over = {}) => ({
      mode: 'strict',
      maxLatencyMs: 1000,
      resolve: async () => found(),
      open: async () =>
        openOnnx({
          packageFolder: folder,
          payload: 'model.onnx',
          digest: await digestPackage(folder),
          trusted: true,
          timeoutMs: null,
        }),
      isKnown: () => false,
      hasRun: async () => false,
      strictPackage: false,
      rows: async () => null,
      evaluation: async () => evaluation,
      ...over,
    }),
  };
}
