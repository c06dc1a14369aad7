// Turns a package that Python logged with scikit-learn into an open model: its file is read as data, and evaluated here.
import { MlctlError } from '../errors/error.js';
import { labelsOf } from '../estimators/answer.js';
import type { Method } from '../estimators/evaluator.js';
import { findRowsTogether } from '../estimators/find-rows-together.js';
import { featureCount, type Part } from '../estimators/fitted.js';
import { frameOfMatrix } from '../estimators/frame-of-matrix.js';
import { frameOfTable } from '../estimators/frame-of-table.js';
import { PARTS } from '../estimators/parts.js';
import type { Prediction } from '../estimators/prediction.js';
import { WidthError } from '../estimators/width-error.js';
import type { MlModel } from '../model/types.js';
import { readModel, type Serialization } from '../python/read-model.js';
import type { Schema, Signature } from '../schema/types.js';
import { printable } from '../text/printable.js';
import { arrayTable, type NumpyArray } from './array-table.js';
import { readPayload } from './read-payload.js';
import type { OpenModel, OpenPythonPayload } from './types.js';
import { timeOf } from './within-time.js';

/** What `predict_fn` of MLmodel may name; MLflow allows `score` too, which needs the truth. */
const PREDICT_FNS = [
  'predict',
  'predict_proba',
  'predict_log_proba',
  'predict_joint_log_proba',
] as const satisfies readonly Method[];

type PredictFn = (typeof PREDICT_FNS)[number];

/** What the package holds, and the method of it that MLmodel names. */
export async function readSklearn(
  request: Pick<OpenPythonPayload, 'packageFolder' | 'payload' | 'digest' | 'model'>,
): Promise<{ readonly part: Part; readonly predictFn: PredictFn }> {
  const { packageFolder, payload, digest, model } = request;
  const { bytes } = readPayload(packageFolder, payload, digest);
  const predictFn = predictFnOf(model);
  const part = await readModel(bytes, serializationOf(model, payload));
  if (!PARTS.has(part, predictFn))
    throw new MlctlError(
      'MODEL_UNSUPPORTED',
      `MLmodel says predict_fn: ${predictFn}, which ${part.kind} does not have`,
      {
        hint: 'log the model again with pyfunc_predict_fn="predict"',
      },
    );
  return { part, predictFn };
}

export async function openSklearn(request: OpenPythonPayload): Promise<OpenModel> {
  const { part, predictFn } = await readSklearn(request);
  const { model } = request;
  const float32 = takesFloat32(model.signature?.inputs ?? null);
  refuseMisfits(part, predictFn, timeOf(request));
  const inTime = timeOf(request);
  const rowsTogether = findRowsTogether(part);
  return {
    engine: 'mlctl',
    details: { estimator: part.kind, predict_fn: predictFn },
    growsWithRows: () => true,
    ...(rowsTogether === null ? {} : { rowsTogether }),
    compare: (signature) => compareNames(part, signature),
    predict: async (table) => {
      const frame = frameOfTable(table, part, float32);
      const answer = inTime(table.rows, () =>
        predictFn === 'predict' ? predicted(PARTS.predict(part, frame)) : PARTS[predictFn](part, frame),
      );
      return arrayTable(answer, table.rows, model.signature?.outputs ?? null);
    },
    close: async () => {},
  };
}

/** Wider models are judged by the first rows. */
const MOST_TRIED = 100_000;

/** A row of zeros shows whether the parts fit together, before the first row comes. What it cannot show is left to the rows. */
function refuseMisfits(part: Part, predictFn: PredictFn, inTime: ReturnType<typeof timeOf>): void {
  const width = featureCount(part);
  if (width > MOST_TRIED) return;
  try {
    inTime(1, () => PARTS[predictFn](part, frameOfMatrix(1, width, new Float64Array(width))));
  } catch (error) {
    if (error instanceof WidthError)
      throw new MlctlError('MODEL_MALFORMED', `the parts of the model do not fit together: ${error.message}`);
  }
}

/** What MLmodel says; LightGBM's flavor says it too. MLflow itself never writes the forms of joblib. */
function serializationOf({ flavors }: Pick<MlModel, 'flavors'>, file: string): Serialization {
  const facts = flavors.get('sklearn') ?? flavors.get('lightgbm');
  if (facts?.get('serialization_format') === 'skops') return 'skops';
  return /\.joblib(\.gz)?$/.test(file) ? 'joblib' : 'pickle';
}

function predictFnOf({ flavors }: Pick<MlModel, 'flavors'>): PredictFn {
  const found = flavors.get('python_function')?.get('predict_fn') ?? 'predict';
  const known = PREDICT_FNS.find((name) => name === found);
  if (known !== undefined) return known;
  throw new MlctlError('MODEL_UNSUPPORTED', `MLmodel says predict_fn: ${printable(String(found), 60)}`, {
    hint: `log the model again with one of ${PREDICT_FNS.join(', ')}`,
  });
}

const takesFloat32 = (inputs: Schema | null): boolean =>
  inputs?.kind === 'tensors' && inputs.tensors.every(({ dtype }) => dtype === 'float32');

/** scikit-learn refuses other names than those that it was fitted with. */
function compareNames({ featuresIn, kind }: Part, { inputs }: Signature): string[] {
  if (inputs?.kind !== 'columns' || !('names' in featuresIn)) return [];
  const names = inputs.columns.map(({ name }) => name);
  if (names.some((name) => name === undefined)) return [];
  const known = new Set<string | undefined>(names);
  const missing = featuresIn.names.filter((name) => !known.has(name));
  return missing.map((name) => `${kind} was fitted with the column "${name}", which the signature does not have`);
}

export function predicted(prediction: Prediction): NumpyArray {
  switch (prediction.role) {
    case 'regressor':
      return prediction;
    case 'clusterer':
      return { values: prediction.clusters, width: null };
    case 'classifier':
      return { ...labelsOf(prediction.classes, prediction.codes), width: null };
    case 'outputs': {
      const { outputs } = prediction;
      const columns = outputs.map(({ classes, codes }) => labelsOf(classes, codes).values);
      const rows = columns[0]?.length ?? 0;
      const values = Array.from({ length: rows * columns.length }, (_, at) => {
        const value = columns[at % columns.length]![Math.floor(at / columns.length)]!;
        return outputs[at % columns.length]!.classes.type === 'boolean' ? value === 1 : value;
      });
      return { values, width: columns.length };
    }
  }
}
