// Turns a model URI into an ONNX package in a new folder: resolved, fetched, verified, read, written as a graph, and compared with
// the model itself before it is kept.
import { resolve } from 'node:path';
import { dryRunOf } from '../documents/dry-run.js';
import type { ResolvedDocument } from '../documents/resolved.js';
import { type SignatureDocument, signatureDocument } from '../documents/signature-document.js';
import { MlctlError } from '../errors/error.js';
import { digestOfList, sha256 } from '../files/digest-folder.js';
import { type FolderFile, refuseExisting, writeFolderAtomically } from '../files/write-folder-atomically.js';
import { findPackage, openFetched } from '../loader/open-model.js';
import { PAYLOAD_NAME } from '../model/build-package.js';
import type { DigestPair } from '../model/types.js';
import { convertPackage } from '../packaging/conversion/convert-package.js';
import type { StoreOptions } from '../session/stores.js';
import type { World } from '../world.js';

export interface ConvertRequest extends StoreOptions {
  readonly uri?: string;
  /** The new folder. */
  readonly out: string;
  /** By how much a number may differ, relative to its size where that is above 1: 1e-9, or 1e-6 where Python computes in float32. */
  readonly tolerance?: number;
  /** Deadline for opening the model, ms. */
  readonly timeoutMs?: number;
  /** Convert and compare, and write nothing. */
  readonly dryRun?: boolean;
}

/** What `mlctl convert --json` prints. */
export interface ConvertDocument {
  readonly uri: string;
  readonly resolved: ResolvedDocument;
  /** What was converted. */
  readonly from: {
    readonly flavor: string;
    readonly estimator: string;
    readonly predict_fn: string;
    readonly digest: DigestPair;
    readonly verified: 'registry' | 'run' | 'none';
  };
  readonly signature: SignatureDocument | null;
  readonly digest: DigestPair;
  readonly payload_bytes: number;
  readonly verification: {
    /** Rows that both answered, those of the example among them. */
    readonly rows: number;
    readonly example_rows: number;
    /** Rows that both refused. */
    readonly refused: number;
    readonly refused_by_one: number;
    readonly labels_differ: number;
    readonly largest_difference: number;
    readonly tolerance: number;
  };
  /** Null for a dry run. */
  readonly path: string | null;
  readonly dry_run?: true;
}

/** Throws MODEL_UNSUPPORTED, CONVERSION_DIFFERS, SIGNATURE_MISSING, FILE_EXISTS, or whatever prevents opening the model. */
export async function convertToOnnx(world: World, request: ConvertRequest): Promise<ConvertDocument> {
  const { tolerance } = request;
  if (tolerance !== undefined && !(tolerance >= 0))
    throw new MlctlError('USAGE', `the tolerance is ${tolerance}, expected a number from 0`, {
      hint: 'give one such as 1e-9',
    });
  const out = resolve(world.cwd, request.out);
  await refuseExisting(out);
  const { resolved, pkg } = await findPackage(world, request.uri, request);
  try {
    const original = await openFetched(world, pkg, { timeoutMs: request.timeoutMs ?? null });
    const made = await convertPackage(world, {
      pkg,
      original,
      ...(tolerance === undefined ? {} : { tolerance }),
      source: { uri: resolved.uri, runId: resolved.document.run_id ?? pkg.model.runId },
    }).finally(() => original.close());
    if (request.dryRun !== true) await writeFolderAtomically(out, made.files, { signal: world.signal });
    return {
      uri: resolved.uri,
      resolved: resolved.document,
      from: {
        flavor: pkg.flavor,
        estimator: made.estimator,
        predict_fn: made.predictFn,
        digest: { package: pkg.digest.package, payload: pkg.digest.payload },
        verified: pkg.verified,
      },
      signature: signatureDocument(made.signature),
      digest: digestOf(made.files),
      payload_bytes: made.payloadBytes,
      verification: made.verification,
      path: request.dryRun === true ? null : out,
      ...dryRunOf(request),
    };
  } finally {
    await resolved.close();
  }
}

function digestOf(files: ReadonlyMap<string, FolderFile>): DigestPair {
  const listed = [...files].map(([path, content]) => ({ path, sha256: sha256(content as Uint8Array) }));
  const payload = listed.find(({ path }) => path === PAYLOAD_NAME);
  return { package: digestOfList(listed), payload: payload === undefined ? null : `sha256:${payload.sha256}` };
}
