// `mlctl audit [uri]`: says of each claim about a model whether it is proven, recorded, unknown or refuted.
import { auditExitCode } from '../../../checks/audit-exit-code.js';
import { MlctlError } from '../../../errors/error.js';
import { DEFAULT_MAX } from '../../../session/list-options.js';
import type { World } from '../../../world.js';
import type { Answer, Command, Given, Settings } from '../../command.js';
import { defined, inferenceOptions, storeOptions } from '../../defined.js';
import { auditText, auditVerdict } from '../../render/proof/audit.js';
import { auditAllText, auditAllVerdict } from '../../render/proof/audit-all.js';
import { URI_ARGUMENT } from '../../uri-argument.js';
import { wholeOf } from '../../values.js';

async function everything(
  world: World,
  uri: string | undefined,
  flags: Given['flags'],
  settings: Settings,
): Promise<Answer> {
  const given = ['data', 'reproduce', 'bundle', 'expect'].find((flag) => flags[flag] !== undefined);
  if (uri !== undefined || given !== undefined)
    throw new MlctlError('USAGE', `--all audits a whole registry, but ${uri ?? `--${given}`} is about one model`, {
      hint: 'leave out one of them',
    });
  const { auditAll } = await import('../../../operations/audit-all.js');
  const document = await auditAll(world, {
    ...storeOptions(settings),
    ...inferenceOptions(settings),
    ...defined({ max: flags.max as number | undefined, publicKey: flags.publicKey as string | undefined }),
  });
  return {
    document: { ...document },
    exit: document.versions.every(({ ok }) => ok) ? 0 : 1,
    text: (style) => auditAllText(style, document),
    verdict: (style) => auditAllVerdict(style, document),
  };
}

export const audit: Command = {
  name: 'audit',
  arguments: [URI_ARGUMENT],
  options: [
    { flags: '--data <file>', meaning: 'Where the training data lies now, if it was moved.' },
    { flags: '--reproduce', meaning: 'Also train it again (see mlctl reproduce), and compare byte by byte.' },
    {
      flags: '--public-key <file>',
      meaning:
        'The public key (PEM) of who is trusted to sign; a signature that is missing or wrong is then a failure.',
    },
    {
      flags: '--bundle <folder>',
      meaning: 'Also write all that the audit rests on to this new folder, which can be audited without a server.',
    },
    { flags: '--all', meaning: 'Audit every version that a stage or an alias points to, a summary line for each.' },
    {
      flags: '--max <count>',
      meaning: `With --all: maximum number of registered models (default ${DEFAULT_MAX}).`,
      parse: wholeOf('--max', 1, 50_000),
    },
    {
      flags: '--expect <digest>',
      meaning: 'The digest that the bundle had when it was made; another one is a failure.',
    },
  ],
  examples: [
    { does: 'who trained this model, from what, and is it true?', line: 'mlctl audit models:/iris_clf@champion' },
    { does: 'all that services load', line: 'mlctl audit --all' },
    { does: 'keep the evidence', line: 'mlctl audit models:/iris_clf@champion --bundle evidence' },
    { does: 'judge it again, without a server', line: 'mlctl audit --offline evidence' },
  ],
  exits: [1, 3, 4, 6, 7],
  environment: ['MODEL_URI', 'MLFLOW_TRACKING_URI', 'MLFLOW_REGISTRY_URI', 'MLCTL_PUBLIC_KEY'],
  deadline: true,
  doing: 'Auditing',
  run: async (world, { args, flags, settings }) => {
    if (flags.all === true) return everything(world, args[0], flags, settings);
    if (flags.max !== undefined)
      throw new MlctlError('USAGE', '--max is about a whole registry', { hint: 'add --all' });
    const { auditModel } = await import('../../../operations/audit.js');
    const document = await auditModel(world, {
      ...storeOptions(settings),
      ...inferenceOptions(settings),
      ...defined({
        uri: args[0],
        data: flags.data as string | undefined,
        reproduce: flags.reproduce === true ? true : undefined,
        publicKey: flags.publicKey as string | undefined,
        bundle: flags.bundle as string | undefined,
        expect: flags.expect as string | undefined,
      }),
    });
    return {
      document: { ...document },
      exit: auditExitCode(document),
      text: (style) => auditText(style, document, settings.verbose),
      verdict: (style) => auditVerdict(style, document),
    };
  },
};
