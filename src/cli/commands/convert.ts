// `mlctl convert [uri] -o dir`: a model that Python logged, as an ONNX package.
import { MlctlError } from '../../errors/error.js';
import type { Command } from '../command.js';
import { defined, inferenceOptions, storeOptions } from '../defined.js';
import { convertText, convertVerdict } from '../render/convert.js';
import { URI_ARGUMENT } from '../uri-argument.js';
import { numberOf } from '../values.js';

export const convert: Command = {
  name: 'convert',
  arguments: [URI_ARGUMENT],
  options: [
    { flags: '-o, --out <dir>', meaning: 'Write the ONNX package into this new folder; nothing is ever overwritten.' },
    {
      flags: '--tolerance <number>',
      meaning:
        'Largest difference of two numbers, relative where they are above 1 (default: 1e-9, or 1e-6 for a model of float32). Labels must be the same.',
      parse: numberOf('--tolerance'),
    },
    { flags: '--dry-run', meaning: 'Convert and compare, but write nothing.' },
  ],
  examples: [
    { does: 'a scikit-learn model as ONNX', line: 'mlctl convert models:/churn/Production -o ./churn-onnx' },
    { does: 'log the result', line: 'mlctl log ./churn-onnx --register churn' },
    {
      does: 'only see how far the answers are apart',
      line: "mlctl convert models:/churn/3 -o ./churn-onnx --dry-run --json | jq '.verification'",
    },
  ],
  exits: [1, 3, 4, 6, 7],
  environment: ['MODEL_URI', 'MLFLOW_TRACKING_URI', 'MLFLOW_REGISTRY_URI'],
  deadline: true,
  doing: 'Converting',
  run: async (world, { args, flags, settings }) => {
    const { convertToOnnx } = await import('../../operations/convert.js');
    if (flags.out === undefined)
      throw new MlctlError('USAGE', 'convert needs a folder to write to', { hint: 'add -o FOLDER' });
    const document = await convertToOnnx(world, {
      ...storeOptions(settings),
      ...inferenceOptions(settings),
      out: flags.out as string,
      ...defined({
        uri: args[0],
        tolerance: flags.tolerance as number | undefined,
        dryRun: flags.dryRun === true ? true : undefined,
      }),
    });
    return {
      document: { ...document },
      exit: 0,
      text: (style) => convertText(style, document),
      verdict: (style) => convertVerdict(style, document),
    };
  },
};
