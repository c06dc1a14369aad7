// Turns a package that Python logged into the files of an ONNX package that answers the same, as was verified on its example and
// on random rows.
import { MlctlError } from '../../errors/error.js';
import { featureCount } from '../../estimators/fitted.js';
import { sha256 } from '../../files/digest-folder.js';
import type { FolderFile } from '../../files/write-folder-atomically.js';
import { openOnnx } from '../../inference/open-onnx.js';
import type { OpenModel } from '../../inference/types.js';
import { buildPackage, PAYLOAD_NAME } from '../../model/build-package.js';
import type { Writable } from '../../model/format-yaml.js';
import { goldenOf } from '../../model/golden.js';
import type { ModelPackage } from '../../model/read-package.js';
import type { Signature } from '../../schema/types.js';
import { VERSION } from '../../version.js';
import type { World } from '../../world.js';
import { castExample, storedExample } from '../read-input-example.js';
import { edgesOf } from './edges-of.js';
import { graphOfPackage, type PackageGraph } from './graph-of-package.js';
import { plainRows } from './plain-rows.js';
import { randomRows } from './random-rows.js';
import { type Verification, verifyConversion } from './verify-conversion.js';

const RANDOM_ROWS = 1_000;
/** Numbers of float64: sums, softmax and exp differ in the last bits between libraries. */
const DOUBLE_TOLERANCE = 1e-9;
/** Where Python computes in float32, a graph in float64 differs from it by as much as Python rounds. */
const SINGLE_TOLERANCE = 1e-6;

interface ConvertedPackage {
  readonly files: ReadonlyMap<string, FolderFile>;
  readonly estimator: string;
  readonly predictFn: string;
  readonly signature: Signature;
  readonly payloadBytes: number;
  readonly verification: Verification & { readonly example_rows: number; readonly tolerance: number };
}

interface Request {
  readonly pkg: ModelPackage;
  readonly original: OpenModel;
  /** By how much a number may differ, relative to its size where that is above 1; by the precision of the model if left out. */
  readonly tolerance?: number;
  /** What MLmodel says of where it came from. */
  readonly source: { readonly uri: string; readonly runId: string | null };
}

/** Throws CONVERSION_DIFFERS if the answers are further apart than the tolerance, or a label differs. */
export async function convertPackage(world: World, request: Request): Promise<ConvertedPackage> {
  const { pkg, original, source } = request;
  const made = await graphOfPackage(pkg);
  world.signal.throwIfAborted();
  const example = await exampleOf(world, pkg, made);
  const tolerance = request.tolerance ?? toleranceOf(made);
  const converted = await openBytes(made);
  try {
    const random = randomRows(example.table, RANDOM_ROWS, edgesOf(made.part), optionalOf(made.signature));
    const onExample = await verifyConversion(original, converted, example.table);
    const onRandom = await verifyConversion(original, converted, random);
    const verification = {
      ...together(onExample, onRandom),
      example_rows: example.stored ? example.table.rows : 0,
      tolerance,
    };
    refuseApart(verification);
    const golden =
      example.stored && onExample.rows === example.table.rows ? goldenOf(await converted.predict(example.table)) : null;
    const files = buildPackage({
      payload: made.bytes,
      signature: made.signature,
      inputExample: example.stored,
      golden,
      runId: null,
      modelId: null,
      uuid: sha256(made.bytes).slice(0, 32),
      artifactPath: null,
      createdAt: world.now(),
      mlctlVersion: VERSION,
      convertedFrom: {
        uri: source.uri,
        run_id: source.runId,
        flavor: pkg.flavor,
        estimator: made.part.kind,
        package_digest: pkg.digest.package,
        payload_digest: pkg.digest.payload,
        rows_compared: verification.rows,
        largest_difference: verification.largest_difference,
        tolerance,
      } satisfies Writable,
    });
    const { part, predictFn, signature, bytes } = made;
    return { files, estimator: part.kind, predictFn, signature, payloadBytes: bytes.byteLength, verification };
  } finally {
    await converted.close();
  }
}

/** The package's own; else plain rows of the signature's types, which are not stored. */
async function exampleOf(world: World, pkg: ModelPackage, { signature, inputs, part }: PackageGraph) {
  const example = storedExample(pkg);
  if (example) return castExample(world, example, signature, 'mlflow');
  world.note('the model was logged without an input example, so only random rows of its signature are compared');
  return { table: plainRows(inputs, featureCount(part)), stored: null };
}

/** It was written here, so it runs in this process. */
function openBytes({ bytes, signature }: PackageGraph): Promise<OpenModel> {
  const digest = {
    files: [{ path: PAYLOAD_NAME, size: bytes.byteLength, sha256: sha256(bytes) }],
    bytes: new Map([[PAYLOAD_NAME, bytes]]),
  };
  const model = { flavors: new Map(), signature };
  return openOnnx({ packageFolder: '', payload: PAYLOAD_NAME, digest, trusted: true, timeoutMs: null, model });
}

const optionalOf = ({ inputs }: Signature): ReadonlySet<string> =>
  new Set(
    inputs?.kind === 'columns'
      ? inputs.columns.flatMap(({ name, required }) => (required || name === undefined ? [] : [name]))
      : [],
  );

function toleranceOf({ part, signature: { inputs, outputs } }: PackageGraph): number {
  const schemas = [inputs, outputs].filter((schema) => schema !== null);
  const single = schemas.some((schema) =>
    schema.kind === 'tensors'
      ? schema.tensors.some(({ dtype }) => dtype === 'float32')
      : schema.columns.some(({ type }) => type.kind === 'scalar' && type.scalar === 'float'),
  );
  return single || part.dtype === 'float32' ? SINGLE_TOLERANCE : DOUBLE_TOLERANCE;
}

const together = (a: Verification, b: Verification): Verification => ({
  rows: a.rows + b.rows,
  refused: a.refused + b.refused,
  refused_by_one: a.refused_by_one + b.refused_by_one,
  labels_differ: a.labels_differ + b.labels_differ,
  largest_difference: Math.max(a.largest_difference, b.largest_difference),
});

function refuseApart(verification: Verification & { readonly tolerance: number }): void {
  const { rows, refused_by_one, labels_differ, largest_difference, tolerance } = verification;
  const faults = [
    ...(refused_by_one > 0 ? [`${refused_by_one} rows are refused by only one of the two`] : []),
    ...(labels_differ > 0 ? [`${labels_differ} labels differ`] : []),
    ...(largest_difference > tolerance
      ? [`the largest difference is ${largest_difference.toExponential(1)}, above the tolerance of ${tolerance}`]
      : []),
    ...(rows === 0 ? ['no row was answered by both'] : []),
  ];
  if (faults.length === 0) return;
  throw new MlctlError(
    'CONVERSION_DIFFERS',
    `converting the model: the graph does not answer as the model does (${rows} rows compared): ${faults.join('; ')}`,
    {
      hint:
        refused_by_one + labels_differ > 0 || rows === 0
          ? 'run the model by its own file: mlctl predict, smoke and load take it as it is'
          : `run the model by its own file, or accept the difference with --tolerance ${largest_difference.toPrecision(1)}`,
      details: { ...verification },
    },
  );
}
