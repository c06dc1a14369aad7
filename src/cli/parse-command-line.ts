// The command line into a command, its arguments and its flags, by commander; what it complains of becomes a usage error.
import { Command as Commander, CommanderError, Option } from 'commander';
import { MlctlError } from '../errors/error.js';
import { VERSION } from '../version.js';
import type { Command, OptionFacts } from './command.js';
import { commandName } from './command-name.js';
import { unknownCommand } from './commands/unknown-command.js';
import { COMMON_OPTIONS } from './options.js';
import { COMMANDS, TOPICS } from './table.js';

type Parsed =
  | { readonly kind: 'overview' }
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly command: Command }
  | { readonly kind: 'topic'; readonly text: (width: number) => string }
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly args: readonly (string | undefined)[];
      readonly flags: Readonly<Record<string, unknown>>;
    };

function addOption(target: Commander, facts: OptionFacts): void {
  if (facts.flags.startsWith('-h,')) return;
  const option = new Option(facts.flags, facts.meaning);
  if (facts.parse) option.argParser(facts.parse);
  target.addOption(option);
  for (const alias of facts.aliases?.split(', ') ?? []) {
    // An alias is a hidden option that writes under the name of the one it stands for.
    const hidden = new Option(alias).hideHelp();
    hidden.attributeName = () => option.attributeName();
    if (facts.parse) hidden.argParser(facts.parse);
    target.addOption(hidden);
  }
}

function usageError(error: CommanderError, name: string | undefined): MlctlError {
  const [, suggestion] = /\(Did you mean (.*?)\?\)/s.exec(error.message) ?? [];
  const message = error.message.replace(/^error: /, '').replace(/\s*\(Did you mean .*$/s, '');
  const known = COMMANDS.some((row) => row.name === name);
  if (!known && name !== undefined && /^commander\.(?:unknownCommand|help)/.test(error.code))
    return unknownCommand(name);
  return new MlctlError('USAGE', message, {
    hint: suggestion ? `did you mean ${suggestion}?` : known ? `mlctl ${name} --help` : 'mlctl --help',
    details: suggestion ? { suggestion } : {},
  });
}

export async function parseCommandLine(argv: readonly string[]): Promise<Parsed> {
  const name = commandName(argv);
  const topic = argv.find((word) => !word.startsWith('-')) === 'help' && TOPICS.find((row) => row.name === name);
  if (topic) return { kind: 'topic', text: await topic.load() };
  const program = new Commander('mlctl').exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
  program.version(VERSION, '-V, --version');
  for (const option of COMMON_OPTIONS) addOption(program, option);
  let parsed: Parsed | undefined;
  let command: Command | undefined;
  for (const row of COMMANDS) {
    const sub = program.command(row.name);
    if (row.name !== name) continue;
    command = await row.load();
    for (const argument of command.arguments) sub.argument(argument.name);
    for (const option of command.options) addOption(sub, option);
    sub.action((...values: unknown[]) => {
      parsed = {
        kind: 'run',
        command: command!,
        args: values.slice(0, -2).flat() as (string | undefined)[],
        flags: sub.optsWithGlobals(),
      };
    });
  }
  if (name === undefined && !argv.includes('--json') && !argv.some((word) => word === '--version' || word === '-V'))
    program.action(() => {
      parsed = { kind: 'overview' };
    });
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof MlctlError && error.hint === undefined && command)
      throw error.saying(error.message, { hint: `mlctl ${command.name} --help` });
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.version') return { kind: 'version' };
    if (error.code === 'commander.helpDisplayed' || error.code === 'commander.help') {
      if (command) return { kind: 'help', command };
      if (name === undefined && !argv.includes('--json')) return { kind: 'overview' };
      if (name === undefined) throw new MlctlError('USAGE', 'no command given', { hint: 'mlctl --help' });
      throw unknownCommand(name);
    }
    throw usageError(error, name);
  }
  return parsed ?? { kind: 'overview' };
}
