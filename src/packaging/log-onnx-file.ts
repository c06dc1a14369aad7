// A lone .onnx file turned into a package to log: scanned, its signature given or inferred, its example run for the record.
import { realpathSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { MlctlError } from '../errors/error.js';
import type { FolderFile } from '../files/write-folder-atomically.js';
import { compareGraphWithSignature } from '../inference/compare-graph-with-signature.js';
import { readPayload } from '../inference/read-payload.js';
import { buildPackage } from '../model/build-package.js';
import { inspectModel, type ModelFacts } from '../onnx/inspect.js';
import { scanError, scanModel } from '../onnx/scan.js';
import type { Signature } from '../schema/types.js';
import { printable } from '../text/printable.js';
import { safeJoin } from '../uri/safe-join.js';
import { VERSION } from '../version.js';
import type { World } from '../world.js';
import { goldenOfPackage } from './golden-of-package.js';
import { inferGraphSignature } from './infer-graph-signature.js';
import { type GivenModel, type PackageToLog, refuseNoSignature } from './package-to-log.js';
import { castExample, readExampleText } from './read-input-example.js';
import { readSignatureFile } from './read-signature-file.js';

/** Tensor data beside the file, by the names the graph gives: they go along under the same names. */
function externalFiles(folder: string, names: readonly string[]): Map<string, FolderFile> {
  const files = new Map<string, FolderFile>();
  for (const name of names) {
    const file = safeJoin(folder, name);
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
      throw new MlctlError(
        'FILE_NOT_FOUND',
        `the model keeps tensors in "${printable(name, 120)}", which is not beside it`,
        { hint: 'put the file next to the .onnx file' },
      );
    }
    files.set(name, { file });
  }
  return files;
}

/** A given signature must be one of this graph: another would be found wrong at every later load. */
function refuseDisagreement(facts: ModelFacts, signature: Signature, path: string): void {
  const values = (list: ModelFacts['inputs']) => list.map((value) => ({ ...value, shape: value.shape ?? [] }));
  const [first, ...more] = compareGraphWithSignature(values(facts.inputs), values(facts.outputs), signature);
  if (first === undefined) return;
  throw new MlctlError(
    'SIGNATURE_INVALID',
    `the signature is not that of "${printable(path, 120)}": ${printable(first, 200)}${more.length > 0 ? ` (and ${more.length} more)` : ''}`,
    {
      hint: 'correct the signature file, or leave it out and give --input-example',
      details: { differences: [first, ...more].slice(0, 20) },
    },
  );
}

export async function onnxFileToLog(world: World, file: string, request: GivenModel): Promise<PackageToLog> {
  // The file may be a link of the user's own; its weights lie beside the file itself.
  const place = realpathSync(file);
  const folder = dirname(place);
  const { bytes, externalFile } = readPayload(folder, basename(place));
  const findings = scanModel(bytes, { externalFile });
  if (findings.length > 0) throw scanError(printable(file, 150), findings);
  const facts = inspectModel(bytes);
  const mode = request.mode ?? 'strict';
  const example = request.inputExample === undefined ? null : await readExampleText(world, request.inputExample, mode);
  const given = request.signature === undefined ? null : await readSignatureFile(world, request.signature);
  const signature = given ?? (example ? inferGraphSignature(facts.inputs, facts.outputs, example.columns) : null);
  if (signature === null && request.noSignature !== true) refuseNoSignature(request.path);
  if (given) refuseDisagreement(facts, given, request.path);
  const cast = example && signature ? await castExample(world, example, signature, mode) : null;
  const extra = externalFiles(folder, facts.externalFiles);
  const found = { folder, flavor: 'onnx', payload: basename(place) };
  const golden = cast && signature ? await goldenOfPackage(world, found, cast.table) : null;
  return {
    signature,
    payload: 'model.onnx',
    build: (ids) =>
      buildPackage({
        ...ids,
        payload: bytes,
        extra,
        signature,
        inputExample: cast?.stored ?? null,
        golden,
        mlctlVersion: VERSION,
      }),
  };
}

/** Whether `path` is a file to log this way. */
export const isOnnxFile = (path: string): boolean => /\.onnx$/i.test(path) && statSync(path).isFile();
