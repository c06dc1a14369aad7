// Help as text: the overview of all commands, and the page of one command. Pure functions of the tables.
import type { ExitCode } from '../errors/codes.js';
import { VARIABLES } from '../settings/settings.js';
import type { Command } from './command.js';
import { EXIT_MEANINGS } from './exit-codes.js';
import { COMMON_OPTIONS } from './options.js';
import { COMMANDS, GROUPS, TOPICS } from './table.js';
import { wrap } from './wrap.js';

/** Two columns: names to the left, meanings wrapped to the right. */
export function definitions(pairs: readonly (readonly [name: string, meaning: string])[], width: number): string {
  const left = Math.min(Math.max(...pairs.map(([name]) => name.length), 0), 30) + 4;
  return pairs
    .map(([name, meaning]) => {
      const [first = '', ...rest] = wrap(meaning, Math.max(width - left, 24));
      const head = name.length + 4 > left ? `  ${name}\n${' '.repeat(left)}` : `  ${name}`.padEnd(left);
      return [`${head}${first}`, ...rest.map((more) => ' '.repeat(left) + more)].join('\n');
    })
    .join('\n');
}

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
    `Options of every command:\n${definitions(
      COMMON_OPTIONS.map((option) => [option.flags, option.meaning]),
      width,
    )}`,
    `For details and examples: mlctl help <command>\n${TOPICS.map(({ name, sentence }) => `${sentence.replace(/\.$/, '')}: mlctl help ${name}`).join('\n')}`,
  ].join('\n\n');
}

/** Names of several spellings, and the choices, belong to the meaning. */
export function meaningOf(option: Command['options'][number]): string {
  const choices = option.choices ? ` One of: ${option.choices.join(', ')}.` : '';
  const aliases = option.aliases ? ` Also ${option.aliases}.` : '';
  return `${option.meaning}${choices}${aliases}`;
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
        'Options of every command',
        COMMON_OPTIONS.map((option) => [option.flags, option.meaning]),
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
    ].join('\n\n'),
  ].join('\n');
}
