// The flags that let the user's own Python run a model: nothing else can ask for it, no setting and no file.
import type { PredictRequest } from '../../operations/predict.js';
import type { OptionFacts } from '../command.js';
import { defined } from '../defined.js';
import { oneOf } from '../values.js';

const ENGINES = ['python'] as const;

export const ENGINE_OPTIONS: readonly OptionFacts[] = [
  {
    flags: '--engine <engine>',
    meaning: 'python: run the model, and with it its own code, in your Python with MLflow (default: mlctl runs it).',
    choices: ENGINES,
    parse: oneOf('--engine', ENGINES),
  },
  { flags: '--python <file>', meaning: 'The Python interpreter for --engine python (default: python3 on the PATH).' },
];

export const engineFlags = (flags: Readonly<Record<string, unknown>>): Pick<PredictRequest, 'engine' | 'python'> =>
  defined({ engine: flags.engine as 'python' | undefined, python: flags.python as string | undefined });
