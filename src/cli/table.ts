// Every command there is: its group, its one sentence and how it is loaded. Help without a command reads nothing else.
import type { Command } from './command.js';

export const GROUPS = ['Everyday', 'Registry', 'Inspect', 'Shell'] as const;
export type Group = (typeof GROUPS)[number];

export interface TableRow {
  readonly name: string;
  readonly group: Group;
  readonly sentence: string;
  readonly load: () => Promise<Command>;
}

const row = (group: Group, name: string, sentence: string, load: TableRow['load']): TableRow => ({
  name,
  group,
  sentence,
  load,
});

export const COMMANDS: readonly TableRow[] = [
  row(
    'Shell',
    'completion',
    'Print a completion script for a shell.',
    async () => (await import('./commands/completion.js')).completion,
  ),
  row(
    'Shell',
    'version',
    'Show the versions of mlctl, Node and the platform.',
    async () => (await import('./commands/version.js')).version,
  ),
];
