// Turns a resolved model into the signature that its run keeps, and a new signature into files of that run.
import type { ArtifactStore } from '../artifacts/store.js';
import type { ResolvedDocument } from '../documents/resolved.js';
import { MlctlError } from '../errors/error.js';
import { artifactsAt } from '../session/artifacts-at.js';
import type { StoreOptions } from '../session/stores.js';
import { NO_SIGNATURE, SIGNATURE_FILES, SIGNATURE_TAG, signatureFolder } from '../signing/signature-names.js';
import type { Binding, SignatureFiles } from '../signing/types.js';
import type { World } from '../world.js';
import type { ResolvedModel } from './resolve-model.js';

const MOST_BYTES = 130 * 1024 * 1024;

export const bindingOf = ({ name, version, run_id }: ResolvedDocument): Binding => ({ name, version, run_id });

type Located = Pick<ResolvedModel, 'document' | 'path'>;

const folderOf = ({ document, path }: Located): string =>
  signatureFolder(bindingOf(document), document.model_id ?? path);

async function runFiles(
  world: World,
  resolved: ResolvedModel,
  options: StoreOptions,
  to: 'read' | 'write',
): Promise<ArtifactStore | null> {
  const run = await resolved.run();
  if (run === null) return null;
  const tracking = await resolved.stores.tracking();
  return artifactsAt({ world, options, tracking }, run.artifactUri, { store: tracking, what: `run ${run.runId}`, to });
}

async function readIfThere(files: ArtifactStore, path: string): Promise<Uint8Array | null> {
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of await files.read(path)) {
      size += chunk.byteLength;
      if (size > MOST_BYTES)
        throw new MlctlError('LIMIT_EXCEEDED', `${path} of the run has more than ${MOST_BYTES} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof MlctlError && error.code === 'ARTIFACT_NOT_FOUND') return null;
    throw error;
  }
}

/** Nothing of it is trusted before it is verified. */
export async function readSignature(
  world: World,
  resolved: ResolvedModel,
  options: StoreOptions,
): Promise<SignatureFiles> {
  const files = await runFiles(world, resolved, options, 'read');
  return files === null ? NO_SIGNATURE : readSignatureIn(files, resolved);
}

/** The same of a run whose artifacts are open already. */
export async function readSignatureIn(files: ArtifactStore, resolved: Located): Promise<SignatureFiles> {
  const folder = folderOf(resolved);
  const [signature, provenance, testResult] = await Promise.all(
    Object.values(SIGNATURE_FILES).map((name) => readIfThere(files, `${folder}/${name}`)),
  );
  return { signature: signature ?? null, provenance: provenance ?? null, testResult: testResult ?? null };
}

/** The signature itself goes last, and what an earlier one left is removed. The tag is for people. */
export async function writeSignature(
  world: World,
  resolved: ResolvedModel,
  options: StoreOptions,
  { signature, provenance, testResult }: SignatureFiles,
  facts: { readonly key: string; readonly root: string },
): Promise<string> {
  const files = await runFiles(world, resolved, options, 'write');
  const { name, version, run_id: runId } = resolved.document;
  if (files === null)
    throw new MlctlError('RUN_NOT_FOUND', `no run made ${resolved.uri}, so there is no place for its signature`, {
      hint: 'write the signature into a folder with --out FOLDER',
    });
  const folder = folderOf(resolved);
  await files.remove(`${folder}/${SIGNATURE_FILES.signature}`);
  for (const [path, bytes] of [
    [SIGNATURE_FILES.provenance, provenance],
    [SIGNATURE_FILES.testResult, testResult],
    [SIGNATURE_FILES.signature, signature],
  ] as const) {
    if (bytes === null) await files.remove(`${folder}/${path}`);
    else await files.write(`${folder}/${path}`, { bytes });
  }
  const place = `runs:/${runId}/${folder}`;
  if (name !== null && version !== null) {
    const registry = await resolved.stores.registry();
    await registry.setModelVersionTag(name, version, SIGNATURE_TAG, JSON.stringify({ ...facts, place }));
  }
  return place;
}
