// The registry as the last step of a run that is whole: what fails there says how far it came and how to take it up.
import { MlctlError } from '../errors/error.js';
import { asTyped } from '../registry/as-typed.js';
import type { Registration } from '../registry/record-model-version.js';
import type { World } from '../world.js';
import { outcomeUnknown, reasonOf } from './stop-reason.js';

/** The version that was made before the failure; recordModelVersion says so in the details. */
function madeBy(error: MlctlError): { name: string; version: number } | null {
  const made = error.details['registered'];
  return typeof made === 'object' && made !== null ? (made as { name: string; version: number }) : null;
}

const WHOLE = 'the run is finished and its model whole';

/** `uri` is that of the model in the run. */
export async function registering<T>(
  world: World,
  uri: string,
  registration: Registration,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const error = reasonOf(world, thrown);
    if (!(thrown instanceof MlctlError && error instanceof MlctlError)) throw error;
    const { name, stage, alias } = registration;
    const places = `${stage === undefined ? '' : ` --stage ${stage}`}${alias === undefined ? '' : ` --alias ${alias}`}`;
    const made = madeBy(thrown);
    const next = made
      ? `mlctl promote ${asTyped(`${name}/${made.version}`)}${places}`
      : // Where the model has a version already, this finds it and makes no other.
        `mlctl register ${uri} --name ${asTyped(name)}${places}`;
    throw new MlctlError(
      error.code,
      made
        ? `${error.message}; ${WHOLE}, registered as version ${made.version} of ${asTyped(name)}, but not moved to all that was asked`
        : `${error.message}; ${WHOLE}, but ${outcomeUnknown(world, thrown) ? 'whether it was registered is not known' : 'not registered'}`,
      {
        // What moved half-way has said already how to go on.
        hint:
          thrown.details['unsure'] !== undefined
            ? (thrown.hint ?? next)
            : `${error.hint === undefined ? '' : `${error.hint}; then `}${next}`,
        details: { ...error.details, ...thrown.details, model_uri: uri },
        cause: error,
      },
    );
  }
}
