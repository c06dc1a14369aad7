// Turns a stage or alias back to the version it had before, after smoke has passed for that version.

import { smokeExitCode } from '../checks/smoke-exit-code.js';
import { compareVersions } from '../comparison/compare-versions.js';
import type { ConflictDocument } from '../documents/conflict.js';
import type { ContractDocument } from '../documents/contract.js';
import { dryRunOf } from '../documents/dry-run.js';
import type { SmokeDocument } from '../documents/smoke.js';
import { MlctlError } from '../errors/error.js';
import { findVersion } from '../loader/resolve-registered.js';
import { checkMessage } from '../registry/check-message.js';
import { moveVersion } from '../registry/move-version.js';
import { movedSince } from '../registry/moved-since.js';
import { readHistory } from '../registry/read-history.js';
import { checkRegistration } from '../registry/record-model-version.js';
import { inWords, type StageOrAlias, stageAndAliasOf } from '../registry/stage-or-alias.js';
import { existingStores, type StoreOptions, type Stores } from '../session/stores.js';
import { printable } from '../text/printable.js';
import type { ModelRegistry } from '../tracking/model-registry.js';
import type { World } from '../world.js';
import { type JudgeOptions, smokeVersion } from './smoke.js';

export interface RollbackRequest extends StoreOptions, JudgeOptions {
  readonly name: string;
  /** One of the two. */
  readonly stage?: string;
  readonly alias?: string;
  /** The version to go back to; if left out, the one before, according to the history. */
  readonly to?: number;
  /** false: do not run smoke first. */
  readonly smoke?: boolean;
  /** Why, for the history. */
  readonly message?: string;
  /** Say what would be moved, and write nothing. */
  readonly dryRun?: boolean;
}

/** What `mlctl rollback --json` prints. */
export interface RollbackDocument {
  readonly name: string;
  /** The version it was moved back to. */
  readonly version: number;
  readonly stage: string | null;
  readonly alias: string | null;
  /** The version it was moved away from. */
  readonly previous_version: number | null;
  /** False if smoke failed (nothing was moved), or if somebody else moved it meanwhile. */
  readonly rolled_back: boolean;
  readonly conflict: ConflictDocument | null;
  /** What changes for callers of the version it was moved away from; null if there was none. */
  readonly contract: ContractDocument | null;
  readonly smoke: SmokeDocument | null;
  /** With `dryRun`: nothing was written, and all else says what would be. */
  readonly dry_run?: true;
}

function placeOf(request: RollbackRequest): StageOrAlias {
  const { stage } = checkRegistration(request);
  const places = stageAndAliasOf(stage, request.alias);
  const [place] = places;
  if (place === undefined || places.length > 1)
    throw new MlctlError('USAGE', 'rollback moves one stage or one alias', {
      hint: `mlctl rollback ${printable(request.name, 100)} --stage Production`,
    });
  if (place.kind === 'stage' && place.target !== 'Production' && place.target !== 'Staging')
    throw new MlctlError('USAGE', `${place.target} can hold many versions, so it has no version before`, {
      hint: 'Production and Staging can be rolled back, and every alias',
    });
  return place;
}

/** Refuses if the history does not say: a guess would put a version into production that nobody chose. */
async function versionBefore(
  registry: ModelRegistry,
  name: string,
  place: StageOrAlias,
): Promise<{ now: number | null; before: number }> {
  const { replayed, current } = await readHistory(registry, name);
  const now = current.get(`${place.kind}:${place.target}`) ?? null;
  const before = replayed.before(place.kind, place.target);
  if (before.known && before.version !== null) return { now, before: before.version };
  const shown = printable(name, 100);
  const to = `mlctl rollback ${shown} --${place.kind} ${place.target} --to ${(!before.known && before.last) || 'VERSION'}`;
  throw new MlctlError(
    'VERSION_BEFORE_UNKNOWN',
    before.known
      ? `${inWords(place)} of ${shown} ${now === null ? 'points nowhere' : `is version ${now}`}, and had no version before`
      : `${inWords(place)} of ${shown} ${now === null ? 'points nowhere' : `is version ${now}`}; it was moved by a client that keeps no history, so the version before is not known${
          before.last === null ? '' : ` (the last known one is version ${before.last})`
        }`,
    {
      hint: `see mlctl history ${shown}, then name the version: ${to}`,
      details: { name: shown, now, last_known: before.known ? null : before.last },
    },
  );
}

/**
 * Runs smoke on that version first, unless the request says `smoke: false`. Throws USAGE, MODEL_NOT_FOUND,
 * VERSION_BEFORE_UNKNOWN, or what the store throws.
 */
export async function rollbackModel(world: World, request: RollbackRequest): Promise<RollbackDocument> {
  const stores = existingStores(world, request);
  try {
    return await rollbackIn(world, stores, request);
  } finally {
    await stores.close();
  }
}

/** The same in stores that the caller has opened and closes. */
export async function rollbackIn(world: World, stores: Stores, request: RollbackRequest): Promise<RollbackDocument> {
  const place = placeOf(request);
  checkMessage(request.message);
  const registry = await stores.registry();
  const { name } = request;
  const { now, before } =
    request.to === undefined
      ? await versionBefore(registry, name, place)
      : {
          now: (await readHistory(registry, name)).current.get(`${place.kind}:${place.target}`) ?? null,
          before: request.to,
        };
  const version = await findVersion(registry, `models:/${name}/${before}`, { kind: 'version', name, version: before });
  const base = {
    name,
    version: version.version,
    stage: place.kind === 'stage' ? place.target : null,
    alias: place.kind === 'alias' ? place.target : null,
    previous_version: now,
    ...dryRunOf(request),
  };
  const judged = request.smoke === false ? null : await smokeVersion(world, stores, request, version);
  const smoke = judged?.smoke ?? null;
  if (smoke !== null && smokeExitCode(smoke) !== 0)
    return { ...base, rolled_back: false, conflict: null, contract: null, smoke };
  const left = now === null || now === version.version ? null : await registry.getModelVersion(name, now);
  // A rollback is not refused for it: what is there now is worse.
  const contract =
    left === null ? null : (await compareVersions(world, stores, request, left, version, judged?.verified)).contract;
  world.signal.throwIfAborted();
  // Somebody may have moved it while smoke was running; that move is not undone.
  const { conflict } =
    now === version.version
      ? { conflict: await movedSince(registry, name, place, now) }
      : await moveVersion(world, registry, version, {
          [place.kind]: place.target,
          action: 'rollback',
          ifCurrent: now,
          message: request.message,
          dryRun: request.dryRun,
        });
  return { ...base, rolled_back: conflict === null, conflict, contract, smoke };
}
