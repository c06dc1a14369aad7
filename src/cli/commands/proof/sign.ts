// `mlctl sign [uri]`: signs the files of a model, and what it was made from; `--new-key` makes the key.
import type { World } from '../../../world.js';
import type { Answer, Command, Given } from '../../command.js';
import { defined, judgeOptions, storeOptions } from '../../defined.js';
import { newKeyText, newKeyVerdict, signText, signVerdict } from '../../render/proof/sign.js';
import { URI_ARGUMENT } from '../../uri-argument.js';

async function makeKey(world: World, path: string, passphraseFile: string | undefined): Promise<Answer> {
  const { makeSigningKey } = await import('../../../operations/make-signing-key.js');
  const document = await makeSigningKey(world, { path, ...defined({ passphraseFile }) });
  return {
    document: { ...document },
    exit: 0,
    text: (style) => newKeyText(style, document),
    verdict: (style) => newKeyVerdict(style, document),
  };
}

async function signWithKey(world: World, { args, flags, settings }: Given): Promise<Answer> {
  const { signModel } = await import('../../../operations/sign.js');
  const document = await signModel(world, {
    ...storeOptions(settings),
    ...judgeOptions(settings),
    ...defined({
      uri: args[0],
      key: flags.key as string | undefined,
      passphraseFile: flags.passphraseFile as string | undefined,
      out: flags.out as string | undefined,
      skipSmoke: flags.smoke === false ? true : undefined,
    }),
  });
  return {
    document: { ...document },
    exit: 0,
    text: (style) => signText(style, document),
    verdict: (style) => signVerdict(style, document),
  };
}

export const sign: Command = {
  name: 'sign',
  arguments: [URI_ARGUMENT],
  options: [
    {
      flags: '--key <file>',
      meaning: 'Private key to sign with (PEM, P-256, P-384 or P-521). Default: MLCTL_SIGNING_KEY.',
    },
    {
      flags: '--passphrase-file <file>',
      meaning: 'File whose first line is the passphrase of the key. Default: MLCTL_SIGNING_PASSPHRASE.',
    },
    {
      flags: '-o, --out <dir>',
      meaning: 'Write the signature files into this folder. Default: the run of the model, or the signed folder.',
    },
    { flags: '--no-smoke', meaning: 'Do not run smoke first, and sign no test result.' },
    {
      flags: '--new-key <file>',
      meaning: 'Make a new private key in this file and its public key in FILE.pub, and sign nothing.',
    },
  ],
  examples: [
    { does: 'make a pair of keys, once', line: 'mlctl sign --new-key signing.key' },
    { does: 'sign a version', line: 'mlctl sign models:/iris_clf/3 --key signing.key' },
    { does: 'sign a folder, for Python’s model_signing as well', line: 'mlctl sign ./model --key signing.key' },
  ],
  exits: [3, 4, 6, 7],
  environment: ['MODEL_URI', 'MLFLOW_TRACKING_URI', 'MLCTL_SIGNING_KEY', 'MLCTL_SIGNING_PASSPHRASE'],
  deadline: true,
  doing: 'Signing',
  run: (world, given) => {
    const { newKey, passphraseFile } = given.flags;
    return typeof newKey === 'string'
      ? makeKey(world, newKey, passphraseFile as string | undefined)
      : signWithKey(world, given);
  },
};
