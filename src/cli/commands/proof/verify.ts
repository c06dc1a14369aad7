// `mlctl verify [uri]`: whether the files of a model are those that were signed, as this version; the exit code is the verdict.
import type { Command } from '../../command.js';
import { defined, storeOptions } from '../../defined.js';
import { verifyText, verifyVerdict } from '../../render/proof/verify.js';
import { URI_ARGUMENT } from '../../uri-argument.js';

export const verify: Command = {
  name: 'verify',
  arguments: [URI_ARGUMENT],
  options: [
    { flags: '--public-key <file>', meaning: 'Public key of who signed it (PEM). Default: MLCTL_PUBLIC_KEY.' },
    {
      flags: '--signature <path>',
      meaning:
        'The signature file, or a folder with the signature files. Default: those of the run, or in the folder that is verified.',
    },
  ],
  examples: [
    {
      does: 'is this the version that was signed? (exit code 0: yes)',
      line: 'mlctl verify models:/iris_clf@champion --public-key signing.key.pub',
    },
    { does: 'a folder', line: 'mlctl verify ./model --public-key signing.key.pub' },
    {
      does: 'what was signed, for a program',
      line: "mlctl verify models:/iris_clf/3 --json | jq '.bound'",
    },
  ],
  exits: [3, 4, 6, 7],
  environment: ['MODEL_URI', 'MLFLOW_TRACKING_URI', 'MLCTL_PUBLIC_KEY'],
  deadline: true,
  doing: 'Verifying',
  run: async (world, { args, flags, settings }) => {
    const { verifyModel } = await import('../../../operations/verify.js');
    const document = await verifyModel(world, {
      ...storeOptions(settings),
      ...defined({
        uri: args[0],
        publicKey: flags.publicKey as string | undefined,
        signature: flags.signature as string | undefined,
      }),
    });
    return {
      document: { ...document },
      exit: document.valid ? 0 : 7,
      text: (style) => verifyText(style, document),
      verdict: (style) => verifyVerdict(style, document),
    };
  },
};
