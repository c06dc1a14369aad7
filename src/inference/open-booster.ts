// Turns a package that Python logged with XGBoost, LightGBM or CatBoost into an open model.
import { openCatboost } from '../boosters/catboost/open-catboost.js';
import { openLightgbm } from '../boosters/lightgbm/open-lightgbm.js';
import type { FlavorFacts, OpenBooster, Prediction } from '../boosters/types.js';
import { openXgboost } from '../boosters/xgboost/open-xgboost.js';
import type { Signature } from '../schema/types.js';
import { arrayTable, type NumpyArray } from './array-table.js';
import { readPayload } from './read-payload.js';
import type { OpenModel, OpenPythonPayload } from './types.js';
import { timeOf } from './within-time.js';

const LIBRARIES = { xgboost: openXgboost, lightgbm: openLightgbm, catboost: openCatboost } as const;

export type Library = keyof typeof LIBRARIES;

const factsOf = (library: Library, { flavors }: OpenPythonPayload['model']): FlavorFacts =>
  Object.fromEntries(flavors.get(library) ?? []);

/** What MLflow saves of the scikit-learn API of LightGBM is a pickle or a skops file. */
export const isSavedEstimator = (library: Library, model: OpenPythonPayload['model']): boolean =>
  library === 'lightgbm' && String(factsOf(library, model)['model_class'] ?? '').startsWith('lightgbm.sklearn.');

export function readBooster(
  library: Library,
  { packageFolder, payload, digest, model }: Pick<OpenPythonPayload, 'packageFolder' | 'payload' | 'digest' | 'model'>,
): OpenBooster {
  const { bytes } = readPayload(packageFolder, payload, digest);
  return LIBRARIES[library](bytes, factsOf(library, model), payload);
}

export async function openBooster(library: Library, request: OpenPythonPayload): Promise<OpenModel> {
  const { model } = request;
  if (isSavedEstimator(library, model)) return (await import('./open-sklearn.js')).openSklearn(request);
  const booster = readBooster(library, request);
  const inTime = timeOf(request);
  return {
    engine: 'mlctl',
    details: { library, ...booster.details },
    growsWithRows: () => true,
    compare: (signature) => compareCount(booster, signature),
    predict: async (table) => {
      const answer = inTime(table.rows, () => booster.predict(table));
      return arrayTable(arrayOf(answer), table.rows, model.signature?.outputs ?? null);
    },
    close: async () => {},
  };
}

function compareCount({ featureCount, library }: OpenBooster, { inputs }: Signature): string[] {
  if (inputs?.kind !== 'columns' || inputs.columns.length >= featureCount) return [];
  return [`${library} was trained on ${featureCount} columns, the signature has ${inputs.columns.length}`];
}

function arrayOf({ dtype, values, shape }: Prediction): NumpyArray {
  const width = shape[1] ?? null;
  return dtype === 'bool' ? { type: 'boolean', values, width } : { values, width };
}
