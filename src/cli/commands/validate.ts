// `mlctl validate [uri]`: checks rows against a signature without running a model.
import { MlctlError } from '../../errors/error.js';
import type { Command } from '../command.js';
import { defined, storeOptions } from '../defined.js';
import { INPUT_OPTIONS, inputOf, rowsOf } from '../flags/input-options.js';
import { validateText, validateVerdict } from '../render/validate.js';
import { URI_ARGUMENT, URI_OPTION, uriOf } from '../uri-argument.js';

export const validate: Command = {
  name: 'validate',
  arguments: [URI_ARGUMENT],
  options: [
    URI_OPTION,
    { flags: '--signature <file>', meaning: 'Use this signature (JSON, YAML or an MLmodel) instead of a model.' },
    ...INPUT_OPTIONS,
  ],
  examples: [
    { does: 'would the model accept these rows?', line: 'mlctl validate models:/iris_clf@champion -i rows.csv' },
    { does: 'against a signature in a file', line: 'mlctl validate --signature signature.json -i rows.ndjson' },
    {
      does: 'check them the way Python MLflow does',
      line: 'mlctl validate models:/iris_clf/1 -i rows.csv --schema mlflow',
    },
  ],
  exits: [3, 4, 5, 6, 7],
  environment: ['MODEL_URI', 'MLFLOW_TRACKING_URI', 'MLCTL_SCHEMA'],
  deadline: true,
  doing: '',
  run: async (world, { args, flags, settings }) => {
    const uri = uriOf(args[0], flags.modelUri);
    if (uri !== undefined && flags.signature !== undefined)
      throw new MlctlError('USAGE', 'both a model and --signature are given', {
        hint: 'give one of them',
      });
    const { validate: run } = await import('../../operations/validate.js');
    const document = await run(
      world,
      {
        ...storeOptions(settings),
        input: inputOf(flags.input, 'mlctl validate models:/NAME/VERSION -i rows.csv'),
        mode: settings.mode,
        ...defined({
          ...rowsOf(flags),
          uri,
          signature: flags.signature as string | undefined,
        }),
      },
      { stdin: process.stdin, stdout: process.stdout },
    );
    return {
      document: { ...document },
      exit: document.valid ? 0 : 5,
      text: (style) => validateText(style, document),
      verdict: (style) => validateVerdict(style, document),
    };
  },
};
