// `mlctl completion SHELL`: a static script made from the tables, so that completion does not start mlctl.
import type { Command } from '../command.js';
import { bash, fish, type Words, zsh } from '../completion-scripts.js';
import { COMMON_OPTIONS } from '../options.js';
import { COMMANDS } from '../table.js';
import { oneOf } from '../values.js';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

async function words(): Promise<Words[]> {
  return Promise.all(
    COMMANDS.map(async (row) => {
      const command = await row.load();
      const flags = [...command.options, ...COMMON_OPTIONS].map((option) => ({
        names: option.flags.match(/(?<![\w-])--?[a-z][\w-]*/gi) ?? [],
        meaning: option.meaning,
        takesValue: option.flags.includes('<'),
        choices: option.choices ?? [],
      }));
      const values = command.name === 'completion' ? SHELLS : [];
      return { name: row.name, sentence: row.sentence, flags, values };
    }),
  );
}

export const completion: Command = {
  name: 'completion',
  arguments: [{ name: '<shell>', meaning: `One of ${SHELLS.join(', ')}.` }],
  options: [],
  examples: [
    { does: 'bash, in ~/.bashrc', line: 'source <(mlctl completion bash)' },
    { does: 'zsh, in ~/.zshrc', line: 'source <(mlctl completion zsh)' },
    { does: 'fish', line: 'mlctl completion fish > ~/.config/fish/completions/mlctl.fish' },
  ],
  exits: [],
  environment: [],
  deadline: false,
  doing: '',
  run: async (_world, { args }) => {
    const shell = oneOf('completion', SHELLS)(args[0] ?? '');
    const script = { bash, zsh, fish }[shell](await words());
    return { document: { shell, script }, exit: 0, text: () => script.trimEnd() };
  },
};
