// Turns a command into the options of every command that change something for it.
import type { Command, OptionFacts } from './command.js';
import { COMMON_OPTIONS } from './options.js';

export const commonOptionsOf = (command: Command): readonly OptionFacts[] =>
  COMMON_OPTIONS.filter(({ applies }) => applies === undefined || applies(command));
