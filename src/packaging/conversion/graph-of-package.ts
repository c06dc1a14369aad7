// Turns a package that Python logged into the bytes of a graph with its signature: what Python saved is read as data, and written
// as nodes.
import { type ElementType, elementOfColumn, elementOfDtype } from '../../data/element-types.js';
import { MlctlError } from '../../errors/error.js';
import type { BoosterModel } from '../../estimators/boosters/booster-model.js';
import type { Part } from '../../estimators/fitted.js';
import { isSavedEstimator, type Library, readBooster } from '../../inference/open-booster.js';
import { readSklearn } from '../../inference/open-sklearn.js';
import { knownFlavor } from '../../model/flavors.js';
import type { ModelPackage } from '../../model/read-package.js';
import { convertModel, type ModelInputs, type ModelOutputs } from '../../onnx/convert-model.js';
import type { Schema, Signature } from '../../schema/types.js';
import { printable } from '../../text/printable.js';

export interface PackageGraph {
  readonly bytes: Uint8Array;
  readonly part: Part;
  readonly predictFn: string;
  readonly signature: Signature;
  readonly inputs: ModelInputs;
}

/** Throws SIGNATURE_MISSING, or MODEL_UNSUPPORTED for what has no exact form in ONNX. */
export async function graphOfPackage(pkg: ModelPackage): Promise<PackageGraph> {
  const { folder, flavor, payload, digest, model } = pkg;
  if (flavor === 'onnx')
    throw new MlctlError('USAGE', 'converting the model: it is an ONNX model already', {
      hint: 'copy it with mlctl load URI --to FOLDER',
    });
  const known = knownFlavor(flavor);
  if (known === null || known === 'onnx' || payload === null)
    throw new MlctlError(
      'MODEL_UNSUPPORTED',
      `converting the model: mlctl writes models of scikit-learn, XGBoost and LightGBM as ONNX, this one has the flavor ${printable(flavor, 60)}`,
      { hint: 'run the model by its own file: mlctl predict, smoke and load take it as it is' },
    );
  const { signature } = model;
  if (signature === null || signature.inputs === null)
    throw new MlctlError(
      'SIGNATURE_MISSING',
      'converting the model: it has no signature, which names and types the inputs of a graph',
      { hint: 'log it with a signature: in Python, signature=infer_signature(X, model.predict(X))' },
    );
  const saved = { packageFolder: folder, payload, digest, model };
  const { part, predictFn } =
    known === 'sklearn' || isSavedEstimator(known, model) ? await readSklearn(saved) : readLibrary(known, saved);
  const inputs = inputsOf(signature.inputs);
  const bytes = convertModel(part, predictFn, inputs, outputsOf(signature.outputs));
  return { bytes, part, predictFn, signature, inputs };
}

const KINDS = { xgboost: 'XGBModel', lightgbm: 'Booster', catboost: 'CatBoost' } as const;

/** The library's own file, as a step that takes its columns by position. */
function readLibrary(
  library: Library,
  saved: Parameters<typeof readBooster>[1],
): { readonly part: BoosterModel<string>; readonly predictFn: 'predict' } {
  const booster = readBooster(library, saved);
  const featuresIn = { count: booster.featureCount };
  const dtype = library === 'xgboost' ? 'float32' : 'float64';
  return { part: { kind: KINDS[library], featuresIn, dtype, booster, classes_: null }, predictFn: 'predict' };
}

const refused = (what: string): MlctlError =>
  new MlctlError('MODEL_UNSUPPORTED', `converting the model: its signature has ${what}`, {
    hint: 'run the model by its own file: mlctl predict, smoke and load take it as it is',
  });

function inputsOf(schema: Schema): ModelInputs {
  if (schema.kind === 'tensors') {
    const [tensor] = schema.tensors;
    const element = tensor && elementOfDtype(tensor.dtype);
    if (schema.tensors.length !== 1 || !element?.runs)
      throw refused('inputs that are not one tensor of numbers or text');
    return { kind: 'tensor', name: tensor!.name ?? 'input', element };
  }
  const columns = schema.columns.map(({ name, type, required }) => {
    const element = type.kind === 'scalar' ? elementOfColumn(type.scalar) : undefined;
    const shown = printable(name ?? '', 60);
    if (name === undefined) throw refused('input columns without names');
    if (!element) throw refused(`the input column "${shown}", which no tensor of one value a row can hold`);
    return { name, element, required };
  });
  return { kind: 'columns', columns };
}

function outputsOf(schema: Schema | null): ModelOutputs {
  const listed: readonly { readonly name: string | undefined; readonly element: ElementType | undefined }[] =
    schema === null
      ? []
      : schema.kind === 'tensors'
        ? schema.tensors.map(({ name, dtype }) => ({ name, element: elementOfDtype(dtype) }))
        : schema.columns.map(({ name, type }) => ({
            name,
            element: type.kind === 'scalar' ? elementOfColumn(type.scalar) : undefined,
          }));
  const names = listed.map(({ name }) => name);
  const known = names.length > 0 && names.every((name) => name !== undefined);
  const kind = listed[0]?.element?.runs?.kind;
  return {
    element: kind === undefined || kind === 'text' ? null : listed[0]!.element!,
    names: known ? (names as string[]) : null,
  };
}
