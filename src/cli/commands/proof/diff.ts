// `mlctl diff A B`: two models side by side.
import type { Command } from '../../command.js';
import { defined, judgeOptions, storeOptions } from '../../defined.js';
import { DIALECT_OPTIONS, dialectFlags, IGNORE_OPTION } from '../../flags/dialect-options.js';
import { ENGINE_OPTIONS, engineFlags } from '../../flags/engine-options.js';
import { diffMarkdown } from '../../render/diff/diff-markdown.js';
import { diffText, diffVerdict } from '../../render/diff/diff-text.js';

export const diff: Command = {
  name: 'diff',
  arguments: [
    { name: '<a>', meaning: 'The model before: any model URI.' },
    { name: '<b>', meaning: 'The model after.' },
  ],
  options: [
    {
      flags: '--rows <file>',
      meaning:
        'Rows that both models predict (default: the evaluation rows of the run of b, else of a, else an input example).',
    },
    IGNORE_OPTION,
    { flags: '--md', meaning: 'Markdown, for a merge request.' },
    ...DIALECT_OPTIONS,
    ...ENGINE_OPTIONS,
  ],
  examples: [
    { does: 'what a version changes for its callers', line: 'mlctl diff models:/iris_clf/1 models:/iris_clf/2' },
    { does: 'what would move into production', line: 'mlctl diff models:/iris_clf@champion models:/iris_clf/latest' },
    {
      does: 'a comment for a merge request',
      line: 'mlctl diff models:/iris_clf@champion runs:/$RUN_ID/model --md > diff.md',
    },
  ],
  exits: [1, 3, 4, 5, 6, 7],
  environment: ['MLFLOW_TRACKING_URI', 'MLFLOW_REGISTRY_URI', 'MLCTL_SCHEMA'],
  deadline: true,
  doing: 'Comparing',
  run: async (world, { args, flags, settings }) => {
    const { diffModels } = await import('../../../operations/diff.js');
    const document = await diffModels(world, {
      ...storeOptions(settings),
      ...judgeOptions(settings),
      ...engineFlags(flags),
      ...dialectFlags(flags),
      a: args[0]!,
      b: args[1]!,
      ...defined({ rows: flags.rows as string | undefined, ignore: flags.ignore as string[] | undefined }),
    });
    return {
      document: { ...document },
      exit: document.same ? 0 : 1,
      text: (style) => (flags.md === true ? diffMarkdown(document) : diffText(style, document)),
      verdict: (style) => diffVerdict(style, document),
    };
  },
};
