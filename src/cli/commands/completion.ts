// `mlctl completion SHELL`: the script that a shell reads once, and that then asks mlctl at every Tab.
import type { Command } from '../command.js';
import { SHELL_SCRIPTS } from '../completion/shell-scripts.js';
import { oneOf } from '../values.js';

const SHELLS = Object.keys(SHELL_SCRIPTS) as (keyof typeof SHELL_SCRIPTS)[];

export const completion: Command = {
  name: 'completion',
  arguments: [{ name: '<shell>', meaning: `One of ${SHELLS.join(', ')}.`, choices: SHELLS }],
  options: [],
  examples: [
    { does: 'bash, in ~/.bashrc', line: 'source <(mlctl completion bash)' },
    { does: 'zsh, in ~/.zshrc after compinit', line: 'source <(mlctl completion zsh)' },
    { does: 'fish', line: 'mlctl completion fish > ~/.config/fish/completions/mlctl.fish' },
    { does: 'PowerShell, in $PROFILE', line: 'mlctl completion pwsh | Out-String | Invoke-Expression' },
  ],
  exits: [],
  environment: [],
  deadline: false,
  doing: '',
  run: async (_world, { args }) => {
    const shell = oneOf('completion', SHELLS)(args[0] ?? '');
    const script = SHELL_SCRIPTS[shell];
    return { document: { shell, script }, exit: 0, text: () => script.trimEnd() };
  },
};
