// Turns a fitted estimator into the bytes of an ONNX model: one input a column, one 1-D output per output column, float64 throughout.
import { MlctlError } from '../errors/error.js';
import type { FeatureColumn } from '../estimators/feature-column.js';
import { featureCount, type Part } from '../estimators/fitted.js';
import { answerColumns } from '../estimators/trained/role.js';
import type { Estimator } from '../estimators/types.js';
import { finish, type Work } from '../work.js';
import type { Parts, PredictConverter, TransformConverter } from './convert/converter.js';
import type { Feature } from './convert/features.js';
import { GraphBuilder } from './convert/graph-builder.js';
import { checkNames, inputFeatures, inputInfos, valueInfo } from './convert/inputs.js';
import { CONVERTERS } from './convert/table.js';
import { encodeModelInParts } from './encode-model.js';

export function convertEstimator(estimator: Estimator, inputs: readonly FeatureColumn[]): Uint8Array {
  return finish(convertEstimatorInParts(estimator, inputs));
}

/** Throws MODEL_UNSUPPORTED if a part has no exact form in ONNX, COLUMN_NAME_UNUSABLE for a name that a graph cannot have. */
export function* convertEstimatorInParts(estimator: Estimator, inputs: readonly FeatureColumn[]): Work<Uint8Array> {
  const answers = answerColumns(estimator);
  const names = [...inputs, ...answers].map((column) => column.name);
  checkNames(names.slice(0, inputs.length), names.slice(inputs.length));
  const graph = new GraphBuilder(names);
  const parts: Parts = {
    transform: (part, features) => converterOf(part, features, 'transform')(graph, part, features, parts) as Feature[],
    *predict(part, features) {
      const work = converterOf(part, features, 'predict')(graph, part, features, parts) as Work<void> | undefined;
      if (work) yield* work;
    },
  };
  yield* parts.predict(estimator, inputFeatures(graph, inputs));
  const outputs = answers.map(({ name, type }) => valueInfo(name, type, ['N']));
  return yield* encodeModelInParts({
    irVersion: 9n,
    producerName: 'mlctl',
    graph: graph.finish('pipeline', inputInfos(inputs), outputs),
    opsetImport: [
      { domain: '', version: 17n },
      { domain: 'ai.onnx.ml', version: 3n },
    ],
  });
}

function converterOf(
  estimator: Part,
  features: readonly Feature[],
  way: 'transform' | 'predict',
): TransformConverter<Part> | PredictConverter<Part> {
  const { kind, dtype } = estimator;
  const refused = (why: string) => new MlctlError('MODEL_UNSUPPORTED', `writing ${kind} as ONNX: ${why}`);
  const found: unknown = Object.hasOwn(CONVERTERS, kind) ? CONVERTERS[kind as keyof typeof CONVERTERS] : undefined;
  const convert = (found as Partial<Record<typeof way, unknown>> | undefined)?.[way];
  if (!convert) throw refused('ONNX has no exact form of it');
  if (dtype !== 'float64') throw refused(`it computes in ${dtype}, but graphs are written in float64`);
  if (features.length !== featureCount(estimator))
    throw refused(`${features.length} columns reach it; it was fitted on ${featureCount(estimator)}`);
  // the compiler does not follow a kind through a look-up
  return convert as TransformConverter<Part> | PredictConverter<Part>;
}
