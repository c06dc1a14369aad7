// Turns the model of a finished run into a registry version, as the last step. An error says how far it came and how to go on.
import { MlctlError } from '../errors/error.js';
import type { Registration } from '../registry/record-model-version.js';
import { asTyped } from '../text/as-typed.js';
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
      : // If the model already has a version, this finds it and does not make another.
        `mlctl register ${uri} --name ${asTyped(name)}${places}`;
    throw error.saying(
      made
        ? `${error.message}; ${WHOLE}, registered as version ${made.version} of ${asTyped(name)}, but not moved to every stage and alias asked for`
        : `${error.message}; ${WHOLE}, but ${outcomeUnknown(world, thrown) ? 'whether it was registered is not known' : 'not registered'}`,
      {
        hint: thrown.state.halfMoved && thrown.hint !== undefined ? thrown.hint : error.thenHint(next),
        details: { ...thrown.details, model_uri: uri },
        state: thrown.state,
      },
    );
  }
}
