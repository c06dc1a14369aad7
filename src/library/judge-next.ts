// Turns the version that a stage or alias points to now into a loaded model, if it may take over: fetched, verified, passed by smoke,
// and with a signature that callers of the version before can live with.

import { smokeExitCode } from '../checks/smoke-exit-code.js';
import { describeChange } from '../comparison/describe-change.js';
import type { SmokeDocument } from '../documents/smoke.js';
import { NOT_THE_MODEL } from '../errors/codes.js';
import { MlctlError } from '../errors/error.js';
import { fetchPackage } from '../loader/fetch-package.js';
import type { ResolvedModel } from '../loader/resolve-model.js';
import { smokeModel, smokeVersion } from '../operations/smoke.js';
import { compareSignatures } from '../schema/compare-signatures.js';
import { printable } from '../text/printable.js';
import type { World } from '../world.js';
import type { LoadedModel } from './loaded-model.js';
import { MODEL_TIMEOUT_MS, openResolved, requireSigned } from './open-resolved.js';
import type { ModelFacts, WatchOptions } from './types.js';

export async function judgeNext(
  world: World,
  resolved: ResolvedModel,
  before: ModelFacts,
  options: WatchOptions,
): Promise<LoadedModel> {
  const { schema, timeoutMs = MODEL_TIMEOUT_MS, ...rest } = options;
  const how = {
    ...rest,
    ...(schema === undefined ? {} : { mode: schema }),
    ...(timeoutMs === null ? {} : { timeoutMs }),
  };
  // Smoke runs the model, so it comes after the signature.
  if (options.publicKey !== undefined)
    await requireSigned(world, resolved, await fetchPackage(world, resolved), options);
  const { name, version } = resolved.document;
  const verdict =
    name === null || version === null
      ? await smokeModel(world, { ...how, uri: resolved.uri })
      : (await smokeVersion(world, resolved.stores, how, { name, version })).smoke;
  const next = shownNext(resolved);
  if (smokeExitCode(verdict) !== 0) throw failedSmoke(next, verdict);
  return openResolved(world, resolved, options, ({ digest, model }) => {
    // Without a recorded digest nothing else says that these are the bytes that smoke ran.
    if (digest.package !== verdict.digest?.package)
      throw refused(next, 'its files changed while smoke was running', 'log and promote the model again');
    const breaking = compareSignatures(before.signature, model.signature)
      .map(describeChange)
      .filter((change) => change.breaking);
    if (breaking.length > 0 && options.allowSignatureChange !== true)
      throw refused(
        next,
        `its signature breaks callers of the version before: ${breaking
          .slice(0, 5)
          .map(({ message }) => message)
          .join('; ')}`,
        'promote a version with the same signature, or watch with { allowSignatureChange: true }',
        { changes: breaking },
      );
  });
}

function shownNext({ uri, document: { name, version } }: ResolvedModel): string {
  return version === null ? uri : `${uri} (${printable(name ?? '', 120)} version ${version})`;
}

/** What failed for a reason outside of the model (a server, a sign-in) keeps its own code. */
function failedSmoke(next: string, { checks, error }: SmokeDocument): MlctlError {
  const failed = checks.filter(({ status }) => status === 'fail');
  const said = failed.map(({ name, message }) => `${name}: ${message}`).join('; ') || (error?.message ?? '');
  if (error && NOT_THE_MODEL.has(error.exit_code))
    return new MlctlError(error.code, `${next} does not take over yet: ${error.message}`, { details: error.details });
  return refused(next, `smoke failed (${said})`, 'mlctl smoke shows every check', { checks: failed });
}

function refused(next: string, why: string, hint: string, details: Record<string, unknown> = {}): MlctlError {
  return new MlctlError('VERSION_REFUSED', `${next} does not take over: ${why}`, { hint, details });
}
