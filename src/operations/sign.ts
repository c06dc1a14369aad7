// Turns a model and a private key into a signature over its files, a provenance that binds them to name, version and run, and a
// signed test result.
import { join, resolve } from 'node:path';
import { smokeExitCode } from '../checks/smoke-exit-code.js';
import type { ResolvedDocument } from '../documents/resolved.js';
import type { SmokeDocument } from '../documents/smoke.js';
import { MlctlError } from '../errors/error.js';
import { listFolder } from '../files/digest-folder.js';
import { writeAtomically } from '../files/write-atomically.js';
import type { FetchedPackage } from '../loader/fetch-package.js';
import { makingFacts } from '../loader/making-facts.js';
import { findPackage } from '../loader/open-model.js';
import type { ResolvedModel } from '../loader/resolve-model.js';
import { writeSignature } from '../loader/signature-store.js';
import { digestToSign, signatureOfFile } from '../loader/signed-folder.js';
import type { StoreOptions } from '../session/stores.js';
import type { SigningKey } from '../signing/keys.js';
import { signModelFiles } from '../signing/model-signature.js';
import { signProvenance } from '../signing/provenance.js';
import { SIGNATURE_FILES } from '../signing/signature-names.js';
import { signTestResult } from '../signing/test-result.js';
import type { Binding, SignatureFiles, SignedFile } from '../signing/types.js';
import { printable } from '../text/printable.js';
import { parseModelUri } from '../uri/parse-model-uri.js';
import { VERSION } from '../version.js';
import type { World } from '../world.js';
import { signingKeyOf } from './signing-keys.js';
import { type JudgeOptions, smokeModel } from './smoke.js';

export interface SignRequest extends StoreOptions, JudgeOptions {
  /** A model URI, a folder or a file. */
  readonly uri?: string;
  /** File of the private key (PEM); MLCTL_SIGNING_KEY if left out. */
  readonly key?: string;
  /** File that holds the passphrase of the key; MLCTL_SIGNING_PASSPHRASE if left out. */
  readonly passphraseFile?: string;
  /** Write the signature files into this folder, and not to the run or into the signed folder. */
  readonly out?: string;
  /** Sign no test result, and do not run the test. */
  readonly skipSmoke?: boolean;
}

/** What `mlctl sign --json` prints. */
export interface SignDocument {
  readonly uri: string;
  /** Null for a folder that no store knows. */
  readonly resolved: ResolvedDocument | null;
  /** SHA-256 of the public key's PEM text. */
  readonly key: string;
  /** `sha256:` of the digests of all files. */
  readonly root: string;
  readonly files: number;
  /** What the provenance binds the files to; null for a folder. */
  readonly bound: Binding | null;
  /** What was signed besides the files. */
  readonly statements: readonly ('provenance' | 'test_result')[];
  /** Where the signature was written: a folder, a file, or `runs:/ID/PATH`. */
  readonly path: string;
}

/** What the standard leaves out of a signature: in a signed folder these would be files that nobody vouches for. */
const LEFT_OUT: readonly string[] = ['.git', '.gitignore', '.gitattributes', '.github'];
const NAMES: readonly string[] = Object.values(SIGNATURE_FILES);

function checkFiles(files: readonly SignedFile[], shown: string): void {
  if (files.length === 0)
    throw new MlctlError('FILE_REFUSED', `"${printable(shown)}" has no files, so there is nothing to sign`, {
      hint: 'name the folder that holds the model',
    });
  const [left] = files.map(({ path }) => path.split('/')[0] ?? '').filter((name) => LEFT_OUT.includes(name));
  if (left !== undefined)
    throw new MlctlError(
      'FILE_REFUSED',
      `"${printable(shown)}" holds ${left}, which the standard leaves out of signatures, so it would not be protected`,
      { hint: `copy the model without ${left}, and sign the copy` },
    );
}

/** Throws KEY_REFUSED, FILE_REFUSED, SIGNATURE_REFUSED if the model fails its test, or what prevents loading it. */
export async function signModel(world: World, request: SignRequest): Promise<SignDocument> {
  const { uri, out } = request;
  const key = await signingKeyOf(world, request.key, request.passphraseFile);
  const target = out === undefined ? null : resolve(world.cwd, out);
  const parsed = uri === undefined ? null : parseModelUri(uri);
  if (parsed?.kind === 'path') return signFolder(world, resolve(world.cwd, parsed.path), parsed.path, key, target);
  const { resolved, pkg } = await findPackage(world, uri, request);
  try {
    return await signResolved(world, resolved, pkg, key, target, request);
  } finally {
    await resolved.close();
  }
}

/** Names that are not signed because the signature is stored under them, unless the package has a file of that name. */
const ignoredBeside = (files: readonly SignedFile[]): string[] =>
  NAMES.filter((name) => !files.some(({ path }) => path === name));

async function signFolder(
  world: World,
  place: string,
  shown: string,
  key: SigningKey,
  target: string | null,
): Promise<SignDocument> {
  const { files, name, single } = await digestToSign(place, target === null || target === place);
  checkFiles(files, shown);
  const { root, bundle } = signModelFiles(files, name, single ? [] : ignoredBeside(files), key);
  const own = single ? signatureOfFile(place) : join(place, SIGNATURE_FILES.signature);
  const path = target === null ? own : join(target, SIGNATURE_FILES.signature);
  await writeAtomically(path, bundle, { mode: 0o644, signal: world.signal });
  return {
    uri: shown,
    resolved: null,
    key: key.hint,
    root: `sha256:${root}`,
    files: files.length,
    bound: null,
    statements: [],
    path,
  };
}

/** Throws SIGNATURE_REFUSED unless the model passes, as the bytes that are signed. */
async function passedSmoke(
  world: World,
  pkg: FetchedPackage,
  uri: string,
  request: SignRequest,
): Promise<SmokeDocument> {
  const smoke = await smokeModel(world, { ...request, uri });
  if (smokeExitCode(smoke) === 0 && smoke.digest?.package === pkg.digest.package) return smoke;
  const failed = smoke.checks
    .filter(({ status }) => status === 'fail')
    .map(({ name, message }) => `${name}: ${message}`);
  throw new MlctlError('SIGNATURE_REFUSED', `${uri} was not signed, because smoke failed (${failed.join('; ')})`, {
    hint: 'mlctl smoke shows every check; --no-smoke signs without a test result',
    details: { checks: smoke.checks },
  });
}

async function signResolved(
  world: World,
  resolved: ResolvedModel,
  pkg: FetchedPackage,
  key: SigningKey,
  target: string | null,
  request: SignRequest,
): Promise<SignDocument> {
  const { uri, document } = resolved;
  listFolder(pkg.folder, 'refuse');
  checkFiles(pkg.digest.files, uri);
  const exact = exactUri(document, uri);
  const smoke = request.skipSmoke === true ? null : await passedSmoke(world, pkg, exact, request);
  const facts = await makingFacts(world, resolved, request);
  const { name, version, run_id } = facts;
  const subject = name === null ? 'model' : `${name}/${version}`;
  const { root, bundle } = signModelFiles(pkg.digest.files, subject, ignoredBeside(pkg.digest.files), key);
  const tested = smoke && {
    checks: smoke.checks,
    started: smoke.started,
    digest: pkg.digest.package,
    tester: VERSION,
  };
  const testResult = tested && Buffer.from(signTestResult(root, subject, tested, key));
  const files: SignatureFiles = {
    signature: Buffer.from(bundle),
    provenance: Buffer.from(signProvenance(root, subject, facts, testResult, key)),
    testResult,
  };
  const path =
    target === null
      ? await writeSignature(world, resolved, request, files, { key: key.hint, root: `sha256:${root}` })
      : await writeTo(world, target, files);
  return {
    uri,
    resolved: document,
    key: key.hint,
    root: `sha256:${root}`,
    files: pkg.digest.files.length,
    bound: { name, version, run_id },
    statements: smoke === null ? ['provenance'] : ['provenance', 'test_result'],
    path,
  };
}

/** A stage or an alias may move while the model is tested. */
const exactUri = ({ name, version }: ResolvedDocument, uri: string): string =>
  name === null || version === null ? uri : `models:/${name}/${version}`;

async function writeTo(world: World, folder: string, files: SignatureFiles): Promise<string> {
  for (const part of ['provenance', 'testResult', 'signature'] as const) {
    const bytes = files[part];
    if (bytes !== null)
      await writeAtomically(join(folder, SIGNATURE_FILES[part]), bytes, { mode: 0o644, signal: world.signal });
  }
  return folder;
}
