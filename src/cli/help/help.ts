// Help as text: the overview of all commands, and the page of one command. Pure functions of the tables.
import type { ExitCode } from '../../errors/codes.js';
import { VARIABLES } from '../../settings/settings.js';
import type { Command } from '../command.js';
import { COMMANDS, GROUPS, TOPICS } from '../table.js';
import { wrap } from '../wrap.js';
import { definitions } from './definitions.js';
import { docsLink } from './docs-link.js';
import { EXIT_MEANINGS } from './exit-codes.js';
import { meaningOf } from './meaning-of.js';

export function overview(width: number): string {
  const groups = GROUPS.filter((group) => COMMANDS.some((row) => row.group === group)).map((group) => {
    const rows = COMMANDS.filter((row) => row.group === group);
    return `${group}:\n${definitions(
      rows.map((row) => [row.name.padEnd(10), row.sentence]),
      width,
    )}`;
  });
  return [
    'mlctl trains, logs, loads and verifies MLflow models from Node, without Python.',
    'Usage: mlctl <command> [options]',
    ...groups,
    `Topics (mlctl help <topic>):\n${definitions(
      TOPICS.map(({ name, sentence }) => [name.padEnd(12), sentence]),
      width,
    )}`,
    `For details and examples: mlctl help <command>\nWhat an error code means: mlctl explain <code>\nDocs: ${docsLink('commands.md')}`,
  ].join('\n\n');
}

export const usageOf = (command: Command): string =>
  ['mlctl', command.name, ...command.arguments.map((argument) => argument.name), '[options]'].join(' ');

export const exitsOf = (command: Command): ExitCode[] =>
  ([...new Set<ExitCode>([0, ...command.exits, 2, 70])] as ExitCode[]).sort((a, b) => a - b);

export function commandHelp(command: Command, width: number): string {
  const sentence = COMMANDS.find((row) => row.name === command.name)?.sentence ?? '';
  const section = (title: string, pairs: readonly (readonly [string, string])[]) =>
    pairs.length === 0 ? [] : [`${title}:\n${definitions(pairs, width)}`];
  return [
    ...wrap(sentence, width),
    '',
    [
      `Usage: ${usageOf(command)}`,
      `Examples:\n${command.examples.map(({ does, line }) => `  # ${does}\n  ${line}`).join('\n')}`,
      ...section(
        'Arguments',
        command.arguments.map((argument) => [argument.name, argument.meaning]),
      ),
      ...section(
        'Options',
        command.options.map((option) => [option.flags, meaningOf(option)]),
      ),
      ...section(
        'Exit codes',
        exitsOf(command).map((code) => [String(code), EXIT_MEANINGS[code]]),
      ),
      ...section(
        'Environment',
        command.environment.map((name) => [
          name,
          (VARIABLES.find((variable) => variable.name === name)?.meaning ?? '').replaceAll('`', ''),
        ]),
      ),
      `Options of every command (--json, --quiet …): mlctl help options\nDocs: ${docsLink('commands.md')}#mlctl-${command.name}`,
    ].join('\n\n'),
  ].join('\n');
}
