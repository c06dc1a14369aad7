// An existing package folder turned into a package to log: its files as they are, its MLmodel under the new ids, golden predictions added.

import { parseJson } from '../data/json.js';
import type { FolderFile } from '../files/write-folder-atomically.js';
import { runsHere } from '../inference/open-package.js';
import type { Writable } from '../model/format-yaml.js';
import { formatGolden } from '../model/golden.js';
import { formatInputExample } from '../model/input-example.js';
import { type ModelPackage, readPackage } from '../model/read-package.js';
import { rewriteMlModel } from '../model/rewrite-ml-model.js';
import { formatSignature } from '../schema/signature-format.js';
import type { Signature } from '../schema/types.js';
import type { World } from '../world.js';
import { goldenOfPackage } from './golden-of-package.js';
import { type GivenModel, type PackageToLog, packageFile, refuseNoSignature } from './package-to-log.js';
import { castExample, type ExampleText, exampleOfJson, readExampleText } from './read-input-example.js';
import { readSignatureFile } from './read-signature-file.js';

const GOLDEN = 'golden_predictions.json';
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The example the package has; null where there is none or it is too large to be one. */
function storedExample({ model, digest }: ModelPackage): ExampleText | null {
  const bytes = model.inputExample === null ? undefined : digest.bytes.get(model.inputExample.path);
  return bytes === undefined ? null : exampleOfJson(parseJson(new TextDecoder().decode(bytes), { python: true }));
}

export async function packageToLog(world: World, folder: string, request: GivenModel): Promise<PackageToLog> {
  const pkg = await readPackage(folder);
  const given: Signature | null =
    request.signature === undefined ? null : await readSignatureFile(world, request.signature);
  const signature = given ?? pkg.model.signature;
  if (signature === null && request.noSignature !== true) refuseNoSignature(request.path);

  const files = new Map<string, FolderFile>(
    pkg.digest.files.map((file) => [file.path, pkg.digest.bytes.get(file.path) ?? packageFile(folder, file.path)]),
  );
  const changes = new Map<string, Writable | undefined>();
  if (given) changes.set('signature', { ...formatSignature(given) });
  const mode = request.mode ?? 'strict';
  const example =
    request.inputExample === undefined ? storedExample(pkg) : await readExampleText(world, request.inputExample, mode);
  const runnable = runsHere(pkg.flavor) && pkg.payload !== null;
  const wanted = request.inputExample !== undefined || (runnable && !files.has(GOLDEN));
  const cast = example && signature && wanted ? await castExample(world, example, signature, mode) : null;
  if (cast && request.inputExample !== undefined) {
    for (const [path, text] of Object.entries(formatInputExample(cast.stored))) files.set(path, encode(text));
    changes.set('saved_input_example_info', {
      artifact_path: 'input_example.json',
      serving_input_path: 'serving_input_example.json',
      type: cast.stored.kind,
      ...(cast.stored.kind === 'dataframe' ? { pandas_orient: 'split' } : {}),
    });
    // Predictions recorded for another example mean nothing now.
    files.delete(GOLDEN);
  }
  if (runnable && cast && signature && !files.has(GOLDEN)) {
    const golden = await goldenOfPackage(world, pkg, cast.table);
    if (golden) files.set(GOLDEN, encode(formatGolden(golden)));
  } else if (!runnable) {
    world.note(`no predictions were recorded: the flavor ${pkg.flavor} is not run here when it is logged`);
  }
  return {
    signature,
    payload: pkg.payload,
    build: (ids) => {
      const own = new Map(changes)
        .set('run_id', ids.runId)
        .set('artifact_path', ids.artifactPath)
        .set('model_id', ids.modelId ?? undefined)
        .set('model_uuid', ids.modelId ?? ids.uuid);
      return new Map(files).set('MLmodel', encode(rewriteMlModel(pkg.model, own)));
    },
  };
}
