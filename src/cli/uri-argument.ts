// The model URI of a command: its argument, or MLflow's flag -m/--model-uri; left out, the operation looks for it.
import { MlctlError } from '../errors/error.js';
import type { ArgumentFacts, OptionFacts } from './command.js';

export const URI_ARGUMENT: ArgumentFacts = {
  name: '[uri]',
  meaning:
    'The model: runs:/ID/model, models:/NAME/VERSION, /STAGE or @ALIAS, models:/m-ID, s3://…, a folder. Left out: MODEL_URI, else the newest finished run that has a model.',
};

export const URI_OPTION: OptionFacts = { flags: '-m, --model-uri <uri>', meaning: 'The same as the argument.' };

export function uriOf(argument: string | undefined, flag: unknown): string | undefined {
  if (argument !== undefined && typeof flag === 'string' && flag !== argument)
    throw new MlctlError('USAGE', `two models are named: ${argument} and --model-uri ${flag}`, { hint: 'name one' });
  return argument ?? (typeof flag === 'string' ? flag : undefined);
}
