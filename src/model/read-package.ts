// Turns a package folder into its parsed MLmodel, its payload and its digest; every file it names must exist.
import { join } from 'node:path';
import { MlctlError } from '../errors/error.js';
import type { FolderFile } from '../files/write-folder-atomically.js';
import { printable } from '../text/printable.js';
import { type DigestedPackage, digestOfFile, digestPackage } from './digest-package.js';
import { flavorOf, payloadOf } from './flavors.js';
import { MAX_YAML_BYTES } from './parse-yaml.js';
import { readMlModel } from './read-ml-model.js';
import type { MlModel } from './types.js';

export interface ModelPackage {
  readonly folder: string;
  readonly model: MlModel;
  /** The flavor to read: `onnx`, `sklearn` … ; `python_function` only if there is no other. */
  readonly flavor: string;
  /** Path of the payload inside the package; null if the flavor does not name one. */
  readonly payload: string | null;
  readonly digest: DigestedPackage;
}

/** Its files to copy: as they were hashed, or verified while they are copied. */
export function filesOf({
  folder,
  digest,
}: {
  readonly folder: string;
  readonly digest: Pick<DigestedPackage, 'files' | 'bytes'>;
}): Map<string, FolderFile> {
  return new Map(
    digest.files.map(({ path, sha256 }) => [path, digest.bytes.get(path) ?? { file: join(folder, path), sha256 }]),
  );
}

function refuseMissing(pkg: Omit<ModelPackage, 'folder'>): void {
  const paths = new Set(pkg.digest.files.map((file) => file.path));
  const there = (path: string): boolean => paths.has(path) || [...paths].some((file) => file.startsWith(`${path}/`));
  const named: [string, string | null | undefined][] = [
    [`the payload of flavor ${pkg.flavor}`, pkg.payload],
    ['the input example', pkg.model.inputExample?.path],
    ['the serving input example', pkg.model.inputExample?.servingPath],
  ];
  for (const [what, path] of named) {
    if (path === null || path === undefined || there(path)) continue;
    throw new MlctlError(
      'PACKAGE_INVALID',
      `MLmodel names "${printable(path, 120)}" as ${printable(what, 60)}, but there is no such file in the package`,
      {
        hint: 'fetch or log the package again',
        details: { missing: printable(path), files: [...paths].slice(0, 50).map((file) => printable(file, 120)) },
      },
    );
  }
}

/**
 * Digests every file, calls `verify` with the digests, and only then parses MLmodel, from the same bytes that were hashed. Throws
 * what `verify` throws, PACKAGE_INVALID, PATH_REFUSED, LIMIT_EXCEEDED.
 */
export async function readPackage(
  folder: string,
  verify: (digest: DigestedPackage) => Promise<void> = async () => {},
  shown: string = folder,
): Promise<ModelPackage> {
  const digest = await digestPackage(folder);
  await verify(digest);
  return readDigested(folder, digest, shown);
}

/** The same for files that are already digested and verified. */
export async function readDigested(
  folder: string,
  digest: DigestedPackage,
  shown: string = folder,
): Promise<ModelPackage> {
  const file = digest.files.find((one) => one.path === 'MLmodel');
  if (!file) {
    throw new MlctlError('PACKAGE_INVALID', `"${printable(shown)}" has no MLmodel file, so it is not a model package`, {
      hint: 'name the folder that holds MLmodel',
      details: { files: digest.files.slice(0, 20).map((one) => printable(one.path, 120)) },
    });
  }
  const bytes = digest.bytes.get('MLmodel');
  if (file.size > MAX_YAML_BYTES || !bytes) {
    throw new MlctlError('LIMIT_EXCEEDED', `MLmodel has ${file.size} bytes; at most ${MAX_YAML_BYTES} are read`);
  }
  const model = await readMlModel(bytes);
  const flavor = flavorOf(model);
  const payload = payloadOf(model, flavor);
  const found = {
    model,
    flavor,
    payload,
    digest: { ...digest, payload: payload === null ? null : digestOfFile(digest.files, payload) },
  };
  refuseMissing(found);
  return { folder, ...found };
}
