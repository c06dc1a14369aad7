// `mlctl promote NAME[/VERSION]`: smoke first, then move a stage or an alias.

import { MlctlError } from '../../errors/error.js';
import type { Command } from '../command.js';
import { defined, judgeOptions, storeOptions } from '../defined.js';
import { exitOfMove } from '../exit-of-move.js';
import { STAGE_CHOICES } from '../flags/stage-choices.js';
import { judgedText, promoteVerdict } from '../render/registry/moves.js';
import type { Style } from '../style.js';
import { wholeOf } from '../values.js';

/** `iris_clf`, `iris_clf/3`, `models:/iris_clf/3`. */
function nameAndVersion(text: string): { name: string; version: number | undefined } {
  const bare = text.replace(/^models:\/+/, '');
  const at = bare.lastIndexOf('/');
  if (at === -1) return { name: bare, version: undefined };
  const version = bare.slice(at + 1);
  if (!/^[1-9]\d{0,14}$/.test(version))
    throw new MlctlError('USAGE', `the version in ${text} is not a number: found ${JSON.stringify(version)}`, {
      hint: `mlctl promote ${bare.slice(0, at)}/VERSION --alias champion`,
    });
  return { name: bare.slice(0, at), version: Number(version) };
}

export const promote: Command = {
  name: 'promote',
  arguments: [{ name: '<name[/version]>', meaning: 'The registered model and the version (default: the newest).' }],
  options: [
    { flags: '--stage <stage>', meaning: 'The stage to move.', choices: STAGE_CHOICES },
    { flags: '--alias <alias>', meaning: 'The alias to move.' },
    {
      flags: '--if-current <version>',
      meaning: 'Promote only if it points to this version now (or to none); otherwise exit 1.',
      parse: (text) => (text === 'none' ? text : wholeOf('--if-current', 1, 999_999_999)(text)),
    },
    { flags: '-m, --message <text>', meaning: 'Why, for mlctl history.' },
    { flags: '--dry-run', meaning: 'Run smoke and say what would be moved; move nothing.' },
    { flags: '--no-smoke', meaning: 'Skip smoke; move without testing the version.' },
    {
      flags: '--require <what>',
      meaning: 'Also run this, and move nothing if it fails: audit (see mlctl audit).',
      choices: ['audit'],
    },
    { flags: '--public-key <file>', meaning: 'With --require audit: the key of who must have signed the version.' },
    {
      flags: '--allow-signature-change',
      meaning: 'Promote although the new signature breaks callers of the version there now; otherwise exit 1.',
    },
  ],
  examples: [
    { does: 'point champion at version 3, if smoke passes', line: 'mlctl promote iris_clf/3 --alias champion' },
    { does: 'the newest version into a stage', line: 'mlctl promote iris_clf --stage Production' },
    {
      does: 'only if every claim about it that can be tested is true',
      line: 'mlctl promote iris_clf/3 --alias champion --require audit',
    },
    {
      does: 'only if nobody else has moved it',
      line: 'mlctl promote iris_clf/4 --alias champion --if-current 3',
    },
  ],
  exits: [1, 3, 4, 6, 7],
  environment: ['MLFLOW_TRACKING_URI', 'MLFLOW_REGISTRY_URI', 'MLCTL_SCHEMA'],
  deadline: true,
  doing: 'Checking and promoting',
  run: async (world, { args, flags, settings }) => {
    const { name, version } = nameAndVersion(args[0]!);
    const { promoteModel } = await import('../../operations/promote.js');
    const document = await promoteModel(world, {
      ...storeOptions(settings),
      ...judgeOptions(settings),
      name,
      ...defined({
        version,
        stage: flags.stage as string | undefined,
        alias: flags.alias as string | undefined,
        ifCurrent: flags.ifCurrent as number | 'none' | undefined,
        smoke: flags.smoke === false ? false : undefined,
        allowSignatureChange: flags.allowSignatureChange === true ? true : undefined,
        require: flags.require as 'audit' | undefined,
        publicKey: flags.publicKey as string | undefined,
        message: flags.message as string | undefined,
        dryRun: flags.dryRun === true ? true : undefined,
      }),
    });
    const exit = exitOfMove(document.promoted, document.smoke);
    const verdict = (style: Style) => promoteVerdict(style, document);
    return {
      document: { ...document },
      exit,
      text: (style) => judgedText(style, verdict(style), document),
      verdict,
    };
  },
};
