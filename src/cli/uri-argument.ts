// The model URI of a command: its argument, or MLflow's flag -m/--model-uri; left out, the operation looks for it.
import { MlctlError } from '../errors/error.js';
import type { ArgumentFacts, OptionFacts } from './command.js';

export const URI_ARGUMENT: ArgumentFacts = {
  name: '[uri]',
  meaning:
    'The model: runs:/ID/model, models:/NAME/VERSION, models:/NAME/STAGE, models:/NAME@ALIAS, models:/m-ID, s3://… or a folder. Default: MODEL_URI, else the newest finished run that has a model.',
};

export const URI_OPTION: OptionFacts = { flags: '-m, --model-uri <uri>', meaning: 'Same as the argument.' };

export function uriOf(argument: string | undefined, flag: unknown): string | undefined {
  if (argument !== undefined && typeof flag === 'string' && flag !== argument)
    throw new MlctlError('USAGE', `two models are given: ${argument} and --model-uri ${flag}`, {
      hint: 'give one of them',
    });
  return argument ?? (typeof flag === 'string' ? flag : undefined);
}
