// Turns an existing package folder into a package to log: its files as they are, its MLmodel under the new ids, golden
// predictions added.

import type { Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import type { FolderFile } from '../files/write-folder-atomically.js';
import { runsHere } from '../inference/open-package.js';
import { compareWithGolden } from '../model/compare-with-golden.js';
import type { Writable } from '../model/format-yaml.js';
import { formatGolden, GOLDEN_FILE, goldenOf, parseGolden } from '../model/golden.js';
import { GOLDEN_TOLERANCE } from '../model/golden-tolerance.js';
import { formatInputExample } from '../model/input-example.js';
import { filesOf, type ModelPackage, readPackage } from '../model/read-package.js';
import { rewriteMlModel } from '../model/rewrite-ml-model.js';
import { formatSignature } from '../schema/format-signature.js';
import type { Signature } from '../schema/types.js';
import { plural } from '../text/numbers.js';
import type { World } from '../world.js';
import { type GivenModel, type PackageToLog, refuseNoSignature } from './package-to-log.js';
import { castExample, readExampleText, storedExample } from './read-input-example.js';
import { readSignatureFile } from './read-signature-file.js';
import { tryModel } from './try-model.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Scans, opens and runs it; its answer becomes the golden predictions. Returns whether it may run in the process from now on. */
async function tryPackage(
  world: World,
  pkg: ModelPackage,
  example: Table | null,
  files: Map<string, FolderFile>,
): Promise<boolean> {
  const trial = await tryModel(world, { ...pkg, packageFolder: pkg.folder });
  if (trial === null) return false;
  try {
    if (example === null) return false;
    const answer = await trial.answer(example);
    refuseOtherGolden(files, answer);
    if (!files.has(GOLDEN_FILE)) files.set(GOLDEN_FILE, encode(formatGolden(goldenOf(answer))));
    return trial.vouched();
  } finally {
    await trial.close();
  }
}

/** Predictions that come with the package are compared with its answer here; they are not trusted. */
function refuseOtherGolden(files: ReadonlyMap<string, FolderFile>, answer: Table): void {
  const own = files.get(GOLDEN_FILE);
  if (own === undefined) return;
  const hint = `remove ${GOLDEN_FILE} from the folder, so that the answer of this machine is recorded, and log it again`;
  if (!(own instanceof Uint8Array))
    throw new MlctlError('LIMIT_EXCEEDED', `${GOLDEN_FILE} is too large to be read`, { hint });
  const golden = parseGolden(new TextDecoder().decode(own));
  const { differences, total } = compareWithGolden(answer, golden, Math.min(golden.tolerance, GOLDEN_TOLERANCE));
  if (total === 0) return;
  throw new MlctlError(
    'PACKAGE_INVALID',
    `${GOLDEN_FILE} is not what the model answers to its input example: ${plural(total, 'value differs', 'values differ')}`,
    { hint, details: { differences, total } },
  );
}

export async function packageToLog(world: World, folder: string, request: GivenModel): Promise<PackageToLog> {
  const pkg = await readPackage(folder);
  const given: Signature | null =
    request.signature === undefined ? null : await readSignatureFile(world, request.signature);
  const signature = given ?? pkg.model.signature;
  if (signature === null && request.noSignature !== true) refuseNoSignature(request.path);

  const files = filesOf(pkg);
  const changes = new Map<string, Writable | undefined>();
  if (given) changes.set('signature', { ...formatSignature(given) });
  const { mode = 'strict', dialect = {} } = request;
  const example =
    request.inputExample === undefined
      ? storedExample(pkg)
      : await readExampleText(world, request.inputExample, mode, dialect);
  const runnable = runsHere(pkg.flavor) && pkg.payload !== null;
  const wanted = request.inputExample !== undefined || runnable;
  const cast = example && signature && wanted ? await castExample(world, example, signature, mode) : null;
  if (cast && request.inputExample !== undefined) {
    for (const [path, text] of Object.entries(formatInputExample(cast.stored))) files.set(path, encode(text));
    changes.set('saved_input_example_info', {
      artifact_path: 'input_example.json',
      serving_input_path: 'serving_input_example.json',
      type: cast.stored.kind,
      ...(cast.stored.kind === 'dataframe' ? { pandas_orient: 'split' } : {}),
    });
    // Predictions recorded for another example do not apply any more.
    files.delete(GOLDEN_FILE);
  }
  if (!runnable) world.note(`no predictions were recorded: the flavor ${pkg.flavor} cannot be run when it is logged`);
  const vouched = runnable && (await tryPackage(world, pkg, cast?.table ?? null, files));
  return {
    signature,
    payload: pkg.payload,
    digest: pkg.digest.package,
    vouched,
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
