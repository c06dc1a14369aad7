// Turns a single .onnx file into a package to log: it is scanned, its signature is given or inferred, and its example is run for
// the record.
import { lstatSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { sha256OfFile } from '../files/digest-folder.js';
import type { FolderFile } from '../files/write-folder-atomically.js';
import { compareGraphWithSignature } from '../inference/compare-graph-with-signature.js';
import { readPayload, type VerifiedFiles } from '../inference/read-payload.js';
import { buildPackage } from '../model/build-package.js';
import { goldenOf } from '../model/golden.js';
import { inspectModel, type ModelFacts } from '../onnx/inspect.js';
import type { Signature } from '../schema/types.js';
import { printable } from '../text/printable.js';
import { faultOfPath, safeJoin } from '../uri/safe-join.js';
import { VERSION } from '../version.js';
import type { World } from '../world.js';
import { inferGraphSignature } from './infer-graph-signature.js';
import { type GivenModel, type PackageToLog, refuseNoSignature } from './package-to-log.js';
import { castExample, readExampleText } from './read-input-example.js';
import { readSignatureFile } from './read-signature-file.js';
import { tryModel } from './try-model.js';

/** The current files of these names. The scan later refuses what is not a file in the folder. */
async function hashed(folder: string, names: readonly string[]): Promise<VerifiedFiles> {
  const files = [];
  for (const path of names) {
    if (faultOfPath(path) !== null) continue;
    const file = safeJoin(folder, path);
    const facts = lstatSync(file, { throwIfNoEntry: false });
    if (facts?.isFile()) files.push({ path, size: facts.size, sha256: await sha256OfFile(file) });
  }
  return { files, bytes: new Map() };
}

/**
 * Tensor data files beside the model, by the names the graph gives: they are logged under the same names, as they were when it
 * ran.
 */
function externalFiles(folder: string, names: readonly string[], { files }: VerifiedFiles): Map<string, FolderFile> {
  return new Map(
    names.map((name) => {
      const found = files.find(({ path }) => path === name);
      if (found) return [name, { file: safeJoin(folder, name), sha256: found.sha256 }];
      // It was there when the model was scanned.
      throw new MlctlError('FILE_NOT_FOUND', `"${printable(name, 120)}" changed while the model was logged`, {
        hint: 'log the model again when nothing else writes to its folder',
      });
    }),
  );
}

/** A given signature must fit this graph, or every later load would fail. */
function refuseDisagreement(facts: ModelFacts, signature: Signature, path: string): void {
  const [first, ...more] = compareGraphWithSignature(facts.inputs, facts.outputs, signature);
  if (first === undefined) return;
  throw new MlctlError(
    'SIGNATURE_INVALID',
    `the signature does not match "${printable(path, 120)}": ${printable(first, 200)}${more.length > 0 ? ` (and ${more.length} more)` : ''}`,
    {
      hint: 'correct the signature file, or leave it out and give --input-example',
      details: { differences: [first, ...more].slice(0, 20) },
    },
  );
}

export async function onnxFileToLog(world: World, file: string, request: GivenModel): Promise<PackageToLog> {
  // The file may be a link; its weights are beside the file that the link leads to.
  const place = realpathSync(file);
  const folder = dirname(place);
  const payload = basename(place);
  const itself = await hashed(folder, [payload]);
  const { bytes } = readPayload(folder, payload, itself);
  const facts = inspectModel(bytes);
  const weights = await hashed(folder, facts.externalFiles);
  const digest = { files: [...itself.files, ...weights.files], bytes: new Map([[payload, bytes]]) };
  // Scanned in a process that can be ended, before anything else is said about it.
  const model = { flavors: new Map(), signature: null };
  const trial = await tryModel(world, { packageFolder: folder, flavor: 'onnx', payload, digest, model });
  try {
    const { mode = 'strict', dialect = {} } = request;
    const example =
      request.inputExample === undefined ? null : await readExampleText(world, request.inputExample, mode, dialect);
    const given = request.signature === undefined ? null : await readSignatureFile(world, request.signature);
    const signature = given ?? (example ? inferGraphSignature(facts.inputs, facts.outputs, example.columns) : null);
    if (signature === null && request.noSignature !== true) refuseNoSignature(request.path);
    if (given) refuseDisagreement(facts, given, request.path);
    const cast = example && signature ? await castExample(world, example, signature, mode) : null;
    const extra = externalFiles(folder, facts.externalFiles, weights);
    const golden = cast && trial ? goldenOf(await trial.answer(cast.table)) : null;
    const inputExample = cast?.stored ?? null;
    return {
      signature,
      payload: 'model.onnx',
      digest: `sha256:${itself.files[0]?.sha256 ?? ''}`,
      vouched: trial?.vouched() ?? false,
      build: (ids) =>
        buildPackage({ ...ids, payload: bytes, extra, signature, inputExample, golden, mlctlVersion: VERSION }),
    };
  } finally {
    await trial?.close();
  }
}

/** Whether `path` is a file to log this way. */
export const isOnnxFile = (path: string): boolean => /\.onnx$/i.test(path) && statSync(path).isFile();
