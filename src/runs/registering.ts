// The registry as the last step of a run that is whole: what fails there says how far it came and how to take it up.
import { MlctlError } from '../errors/error.js';
import { asTyped } from '../registry/as-typed.js';
import type { Registration } from '../registry/record-model-version.js';
import type { World } from '../world.js';
import { outcomeUnknown, reasonOf } from './stop-reason.js';

const WHOLE = 'the run finished and its model is complete';

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
    const made = thrown.state.registered;
    const next = made
      ? `mlctl promote ${asTyped(`${name}/${made.version}`)}${places}`
      : // Where the model has a version already, this finds it and makes no other.
        `mlctl register ${uri} --name ${asTyped(name)}${places}`;
    throw error.saying(
      made
        ? `${error.message}; ${WHOLE}, registered as version ${made.version} of ${asTyped(name)}, but not moved to all that was asked`
        : `${error.message}; ${WHOLE}, but ${outcomeUnknown(world, thrown) ? 'whether it was registered is not known' : 'not registered'}`,
      {
        hint: thrown.state.halfMoved && thrown.hint !== undefined ? thrown.hint : error.thenHint(next),
        details: { ...thrown.details, model_uri: uri },
        state: thrown.state,
      },
    );
  }
}
