// Turns a version into the one that a stage or alias points to, after smoke has passed. If smoke fails, nothing is moved.

import { auditExitCode } from '../checks/audit-exit-code.js';
import { smokeExitCode } from '../checks/smoke-exit-code.js';
import { compareVersions } from '../comparison/compare-versions.js';
import type { VerifiedModel } from '../comparison/side-of.js';
import type { AuditDocument } from '../documents/audit.js';
import type { ConflictDocument } from '../documents/conflict.js';
import type { ContractDocument } from '../documents/contract.js';
import type { DiffDocument } from '../documents/diff.js';
import { dryRunOf } from '../documents/dry-run.js';
import type { PlaceMoveDocument } from '../documents/move.js';
import type { SmokeDocument } from '../documents/smoke.js';
import { MlctlError } from '../errors/error.js';
import { findVersion } from '../loader/resolve-registered.js';
import { checkMessage } from '../registry/check-message.js';
import { moveVersion } from '../registry/move-version.js';
import { movedSince } from '../registry/moved-since.js';
import { checkRegistration } from '../registry/record-model-version.js';
import { currentVersion, isLoaded, type StageOrAlias, stageAndAliasOf } from '../registry/stage-or-alias.js';
import { existingStores, type StoreOptions, type Stores } from '../session/stores.js';
import type { ModelRegistry, ModelVersion } from '../tracking/model-registry.js';
import type { World } from '../world.js';
import { auditVersion } from './audit.js';
import { type JudgeOptions, smokeVersion } from './smoke.js';

export interface PromoteRequest extends StoreOptions, JudgeOptions {
  readonly name: string;
  /** The newest version if left out. */
  readonly version?: number;
  readonly stage?: string;
  readonly alias?: string;
  /** Move only if the stage or alias points to this version now; `none`: only if it points to none. */
  readonly ifCurrent?: number | 'none';
  /** false: do not run smoke first. */
  readonly smoke?: boolean;
  /** Also run the audit, and move nothing if a line of it is refuted. */
  readonly require?: 'audit';
  /** With `require`: the public key of who must have signed the version. */
  readonly publicKey?: string;
  /** Go on although callers of the version that is there now would notice the change of the signature as an error. */
  readonly allowSignatureChange?: boolean;
  /** Why, for the history. */
  readonly message?: string;
  /** Say what would be moved, and write nothing. */
  readonly dryRun?: boolean;
}

export interface PromoteContractDocument extends ContractDocument {
  /** All that differs, from that version (a) to this one (b); null if that version cannot be fetched or verified any more. */
  readonly diff: DiffDocument | null;
}

/** What `mlctl promote --json` prints. */
export interface PromoteDocument {
  readonly name: string;
  readonly version: number;
  readonly stage: string | null;
  readonly alias: string | null;
  /** The version that had the stage or the alias before. */
  readonly previous_version: number | null;
  /** Each stage and alias asked for; empty if nothing was moved. */
  readonly moves: readonly PlaceMoveDocument[];
  /**
   * False if smoke failed or the signature breaks callers (nothing was moved), or if somebody else moved it first. True if it
   * was there already.
   */
  readonly promoted: boolean;
  /** What changes for callers of each version that is there now. */
  readonly contracts: readonly PromoteContractDocument[];
  /** With `ifCurrent`, set if the stage or alias did not point, or did not stay, where it should. */
  readonly conflict: ConflictDocument | null;
  readonly smoke: SmokeDocument | null;
  /** With `require: 'audit'`, if smoke passed. */
  readonly audit?: AuditDocument;
  /** With `dryRun`: nothing was written, and all else says what would be. */
  readonly dry_run?: true;
}

async function versionOf(registry: ModelRegistry, request: PromoteRequest): Promise<ModelVersion> {
  const { name, version } = request;
  if (version !== undefined)
    return findVersion(registry, `models:/${name}/${version}`, { kind: 'version', name, version });
  return findVersion(registry, `models:/${name}/latest`, { kind: 'latest', name });
}

/** The first stage or alias that does not point to the version it should. */
async function conflictOf(
  registry: ModelRegistry,
  name: string,
  places: readonly StageOrAlias[],
  expected: number | null,
): Promise<ConflictDocument | null> {
  for (const place of places) {
    const conflict = await movedSince(registry, name, place, expected);
    if (conflict !== null) return conflict;
  }
  return null;
}

/** Compared with each version that services load by these stages and aliases now. */
async function contractsOf(
  world: World,
  stores: Stores,
  request: PromoteRequest,
  version: ModelVersion,
  places: readonly StageOrAlias[],
  verified: VerifiedModel | null,
): Promise<readonly PromoteContractDocument[]> {
  const registry = await stores.registry();
  const there = new Set<number>();
  for (const place of places.filter(isLoaded)) {
    const now = await currentVersion(registry, version.name, place);
    if (now !== null && now !== version.version) there.add(now);
  }
  const contracts: PromoteContractDocument[] = [];
  for (const now of there) {
    const before = await registry.getModelVersion(version.name, now);
    if (before === null) continue;
    const { contract, sides } = await compareVersions(world, stores, request, before, version, verified);
    // Only where a version is replaced: the comparison is a file of its own.
    const { compareModels } = await import('../comparison/compare-models.js');
    const diff = sides && (await compareModels(world, sides.a, sides.b, request));
    contracts.push({ ...contract, diff });
  }
  return contracts;
}

/**
 * Runs smoke on the version first, unless the request says `smoke: false`. Throws USAGE, MODEL_NOT_FOUND, or what the store
 * throws.
 */
export async function promoteModel(world: World, request: PromoteRequest): Promise<PromoteDocument> {
  const stores = existingStores(world, request);
  try {
    return await promoteIn(world, stores, request);
  } finally {
    await stores.close();
  }
}

/** The same in stores that the caller has opened and closes. */
export async function promoteIn(world: World, stores: Stores, request: PromoteRequest): Promise<PromoteDocument> {
  const { stage } = checkRegistration(request);
  checkMessage(request.message);
  if (stage === null && request.alias === undefined) {
    throw new MlctlError('USAGE', 'promote needs a stage or an alias to move to the version', {
      hint: 'add --stage Production or --alias champion',
    });
  }
  const registry = await stores.registry();
  const version = await versionOf(registry, request);
  const { name } = version;
  const base = { name, version: version.version, stage, alias: request.alias ?? null, ...dryRunOf(request) };
  const places = stageAndAliasOf(stage, request.alias);
  const conditional = request.ifCurrent !== undefined;
  const expected = typeof request.ifCurrent === 'number' ? request.ifCurrent : null;
  const notMoved = (found: Partial<PromoteDocument>): PromoteDocument => ({
    ...base,
    previous_version: null,
    moves: [],
    promoted: false,
    contracts: [],
    conflict: null,
    smoke: null,
    ...found,
  });
  // Smoke takes time, so a conflict that is visible already ends the command before it.
  const early = conditional ? await conflictOf(registry, name, places, expected) : null;
  if (early) return notMoved({ conflict: early });
  const judged = request.smoke === false ? null : await smokeVersion(world, stores, request, version);
  const smoke = judged?.smoke ?? null;
  if (smoke !== null && smokeExitCode(smoke) !== 0) return notMoved({ smoke });
  const audit = request.require === 'audit' ? { audit: await auditVersion(world, stores, request, version) } : {};
  if (audit.audit && auditExitCode(audit.audit) !== 0) return notMoved({ smoke, ...audit });
  const contracts = await contractsOf(world, stores, request, version, places, judged?.verified ?? null);
  if (request.allowSignatureChange !== true && contracts.some(({ breaking }) => breaking))
    return notMoved({ contracts, smoke, ...audit });
  world.signal.throwIfAborted();
  const { moves, conflict } = await moveVersion(world, registry, version, {
    ...(stage === null ? {} : { stage }),
    ...(request.alias === undefined ? {} : { alias: request.alias }),
    action: 'promote',
    message: request.message,
    dryRun: request.dryRun,
    ifCurrent: conditional ? expected : undefined,
  });
  if (conflict) return notMoved({ moves, conflict, contracts, smoke, ...audit });
  const previous = moves.find(({ from_version }) => from_version !== null)?.from_version ?? null;
  return { ...base, previous_version: previous, moves, promoted: true, contracts, conflict: null, smoke, ...audit };
}
