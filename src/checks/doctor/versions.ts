// Checks the files of every registered version against the digest recorded when it was logged. Reads all of them, so it is asked for.
import { worstExit } from '../../errors/codes.js';
import type { MlctlError } from '../../errors/error.js';
import { fetchPackage } from '../../loader/fetch-package.js';
import { resolveIn } from '../../loader/resolve-model.js';
import { versionsOf } from '../../registry/versions-of.js';
import type { Stores } from '../../session/stores.js';
import { plural } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import { pagedAll } from '../../tracking/paged.js';
import type { World } from '../../world.js';
import { type Check, passed, skipped } from '../check.js';
import { withinDeadline } from './deadline.js';
import { failed, hintOf, knownError } from './failed.js';
import type { DoctorRequest } from './request.js';

const MOST_SHOWN = 50;

interface Fault {
  readonly model: string;
  readonly version: number;
  readonly code: string;
  readonly message: string;
}

/** What is said where nobody asked for it. */
export const unreadVersions: Check = {
  ...skipped('the files of registered versions were not read'),
  hint: 'mlctl doctor --verify reads all of them and compares them with their digests',
};

export function judgeVersions(world: World, stores: Stores, request: DoctorRequest): Promise<Check> {
  let at = 'the registry';
  return withinDeadline(
    world,
    () => at,
    () => examine(world, stores, request, (version) => (at = version)),
  );
}

async function examine(
  world: World,
  stores: Stores,
  request: DoctorRequest,
  reading: (version: string) => void,
): Promise<Check> {
  const faults: Fault[] = [];
  const errors: MlctlError[] = [];
  const unverified: string[] = [];
  let verified = 0;
  try {
    const registry = await stores.registry();
    for (const { name } of await pagedAll('models', (page) => registry.searchRegisteredModels(page)))
      for (const { version } of await versionsOf(registry, name)) {
        world.signal.throwIfAborted();
        const uri = `models:/${name}/${version}`;
        reading(uri);
        world.progress?.(uri);
        try {
          const pkg = await fetchPackage(world, await resolveIn(world, stores, request, uri));
          if (pkg.verified === 'none') unverified.push(uri);
          else verified += 1;
        } catch (error) {
          world.signal.throwIfAborted();
          const known = knownError(error);
          errors.push(known);
          faults.push({ model: name, version, code: known.code, message: printable(known.message, 400) });
        }
      }
  } catch (error) {
    return failed(error);
  }
  const details = {
    verified,
    without_digest: unverified.slice(0, MOST_SHOWN).map((uri) => printable(uri, 200)),
    faults: faults.slice(0, MOST_SHOWN),
  };
  const [first] = errors;
  const total = verified + unverified.length + faults.length;
  const versions = plural(total, 'registered version');
  const none = unverified.length === 0 ? '' : `; nobody recorded a digest for ${unverified.length} of them`;
  if (first === undefined)
    return total === 0
      ? skipped('there are no registered versions')
      : passed(`${versions}: all files are there and as logged${none}`, details);
  const hint = hintOf(first);
  const { model, version, message } = faults[0] as Fault;
  const others = faults.length === 1 ? '' : ` (and ${faults.length - 1} more)`;
  return {
    status: 'fail',
    message: `${faults.length} of ${versions} ${faults.length === 1 ? 'is' : 'are'} not as logged: ${printable(model, 100)}/${version}: ${message}${others}`,
    ...(hint === undefined
      ? {}
      : { hint: faults.length === 1 ? hint : `${hint}; mlctl doctor --verify --json lists all` }),
    details,
    exit: worstExit(errors.map(({ exitCode }) => exitCode)),
  };
}
