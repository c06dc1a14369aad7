// The name of the command in a command line, before anything that understands it is loaded.
import { COMMON_WITH_VALUE } from './options.js';

/** The words that are not flags: the command, or after `help` the command that it is about. */
export function commandName(argv: readonly string[]): string | undefined {
  let asked = false;
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at]!;
    if (COMMON_WITH_VALUE.has(word)) at += 1;
    else if (word === 'help' && !asked) asked = true;
    else if (!word.startsWith('-')) return word;
  }
  return undefined;
}
