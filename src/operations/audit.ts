// Turns a model URI into the answer of `audit`: what is claimed of the model, and what proves each claim.
import { resolve } from 'node:path';
import { isBundle } from '../bundle/is-bundle.js';
import { keepRunFiles } from '../bundle/keep-run-files.js';
import type { AuditFacts } from '../checks/audit-facts.js';
import { type Reproduce, storeSource } from '../checks/evidence/store-source.js';
import { gatherFacts } from '../checks/gather-facts.js';
import { countsOf, judgeAudit } from '../checks/judge-audit.js';
import type { AuditDocument, MadeDocument } from '../documents/audit.js';
import { NOT_THE_MODEL } from '../errors/codes.js';
import { MlctlError } from '../errors/error.js';
import { refuseExisting } from '../files/write-folder-atomically.js';
import { existingStores, type StoreOptions, type Stores } from '../session/stores.js';
import { readSetting } from '../settings/read-setting.js';
import type { SigningKey } from '../signing/keys.js';
import { printable } from '../text/printable.js';
import type { ModelVersion } from '../tracking/model-registry.js';
import { parseModelUri } from '../uri/parse-model-uri.js';
import type { World } from '../world.js';

/** What an audit needs besides the model. */
export interface AuditOptions {
  /** Where the training data lies now, if it was moved. */
  readonly data?: string;
  /** File of the public key of who is trusted to sign (PEM); MLCTL_PUBLIC_KEY if left out. */
  readonly publicKey?: string;
  /** Deadline for inference, ms. */
  readonly timeoutMs?: number;
}

export interface AuditRequest extends StoreOptions, AuditOptions {
  /** A model, or a folder that `bundle` wrote. */
  readonly uri?: string;
  /** Write all that the audit rests on to this folder, so that it can be judged again without the stores. */
  readonly bundle?: string;
  /** Also train it again, and compare byte by byte. */
  readonly reproduce?: boolean;
  /** The digest that the bundle had when it was made, if `uri` is a bundle. */
  readonly expect?: string;
}

/** Throws what keeps the model from being found. What is false is in the document. */
export async function auditModel(world: World, request: AuditRequest): Promise<AuditDocument> {
  const folder = request.uri === undefined ? null : bundleAt(world, request.uri);
  if (folder !== null) return auditBundle(world, folder, request);
  if (request.expect !== undefined)
    throw new MlctlError(
      'USAGE',
      `${printable(request.uri ?? 'this', 200)} is not a bundle, so it has no digest to expect`,
      {
        hint: 'name the folder that --bundle wrote',
      },
    );
  const stores = existingStores(world, request);
  try {
    return await auditIn(world, stores, request);
  } finally {
    await stores.close().catch(() => {});
  }
}

/** The same in stores that the caller has opened and closes. */
export async function auditIn(world: World, stores: Stores, request: AuditRequest): Promise<AuditDocument> {
  const start = world.now();
  if (request.bundle !== undefined) await refuseExisting(resolve(world.cwd, request.bundle));
  const { kept, watched } = keepRunFiles();
  const source = storeSource(world, stores, request, {
    ...(request.bundle === undefined ? {} : { watched }),
    ...(request.reproduce === true ? { reproduce: reproducer(world, request) } : {}),
  });
  try {
    const gathered = await gatherFacts(world, source, await keyOf(world, request));
    const { facts, unreadable } = gathered;
    // Nothing but the files says that there is a model, so there is none, and nothing is refuted.
    const { kind } = facts.resolved;
    if (unreadable !== null && (kind === 'path' || kind === 'artifact')) throw unreadable;
    const lines = judgeAudit(facts);
    const audited = new Date(start).toISOString();
    const bundle =
      request.bundle === undefined
        ? null
        : await (await import('../bundle/write-bundle.js')).writeBundle(world, request.bundle, {
            gathered,
            lines,
            audited,
            runFiles: kept,
          });
    return documentOf(facts, lines, bundle, audited, world.now() - start);
  } finally {
    await source.close();
  }
}

/** What cannot be compared is said in the line; what ends the command is thrown on. */
const reproducer =
  (world: World, request: AuditRequest): Reproduce =>
  async (resolved, pkg) => {
    const { reproduceModel } = await import('../reproduction/reproduce-model.js');
    const nothing = { payload: null, predictions: null, metrics: null };
    try {
      const done = await reproduceModel(world, resolved, pkg, request);
      const differences = done.differences.filter(({ matters }) => matters).map(({ message }) => message);
      return { identical: done.identical, trained: done.actual.recipe !== null, differences, why: null };
    } catch (error) {
      world.signal.throwIfAborted();
      if (!(error instanceof MlctlError) || NOT_THE_MODEL.has(error.exitCode)) throw error;
      return { identical: nothing, trained: false, differences: [], why: error.message };
    }
  };

/** Null if the user names none: the line of the signature then says so. */
const keyOf = async (world: World, { publicKey, uri }: AuditRequest): Promise<SigningKey | null> =>
  publicKey === undefined && readSetting(world.env, 'MLCTL_PUBLIC_KEY') === undefined
    ? null
    : (await import('./signing-keys.js')).publicKeyOf(world, publicKey, uri);

function bundleAt(world: World, uri: string): string | null {
  const parsed = parseModelUri(uri);
  if (parsed.kind !== 'path') return null;
  const folder = resolve(world.cwd, parsed.path);
  return isBundle(folder) ? folder : null;
}

/** Judges what is in the folder; no store and no server is asked. */
async function auditBundle(world: World, folder: string, request: AuditRequest): Promise<AuditDocument> {
  const start = world.now();
  const [{ readBundle }, { bundleSource }, { bundleProblems }] = await Promise.all([
    import('../bundle/read-bundle.js'),
    import('../bundle/bundle-source.js'),
    import('../bundle/bundle-problems.js'),
  ]);
  const read = await readBundle(folder);
  const source = bundleSource(world, read, request);
  try {
    const { facts, found } = await gatherFacts(world, source, await keyOf(world, request));
    const lines = judgeAudit(facts);
    const { digest, files, record } = read;
    const problems = await bundleProblems(read, { facts, found, lines }, request.expect);
    return documentOf(facts, lines, { path: folder, digest, files, problems }, record.audited, world.now() - start);
  } finally {
    await source.close();
  }
}

function madeOf({ lineage }: AuditFacts): MadeDocument | null {
  if (lineage === null) return null;
  const { user, made_by: by, source, started, ended, git, data } = lineage.lineage;
  const commit = git.commit;
  return {
    user,
    command: by === null ? null : `mlctl ${by}`,
    source,
    started,
    ended,
    commit,
    data: data.map((one) => one.source),
  };
}

const documentOf = (
  facts: AuditFacts,
  lines: AuditDocument['lines'],
  bundle: AuditDocument['bundle'],
  audited: string,
  elapsed: number,
): AuditDocument => ({
  uri: facts.uri,
  resolved: facts.resolved,
  made: madeOf(facts),
  flavor: facts.flavor,
  digest: facts.digest,
  lines,
  counts: countsOf(lines),
  bundle,
  audited,
  elapsed_ms: elapsed,
});

/** The audit of a version that is about to be moved. */
export const auditVersion = (
  world: World,
  stores: Stores,
  options: StoreOptions & AuditOptions,
  { name, version }: Pick<ModelVersion, 'name' | 'version'>,
): Promise<AuditDocument> => auditIn(world, stores, { ...options, uri: `models:/${name}/${version}` });
