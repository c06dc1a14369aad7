// Turns the words of an unfinished command line into the place of the word that is being typed: a command, an option, or a value.
import type { ArgumentFacts, Command, OptionFacts } from '../command.js';
import { commonOptionsOf } from '../common-options-of.js';
import { COMMON_OPTIONS } from '../options.js';
import { COMMANDS } from '../table.js';

interface Around {
  /** The words of the line that are not options, without the command. */
  readonly args: readonly string[];
  /** Values of options that were given, by their long name; '' where there is none. */
  readonly given: ReadonlyMap<string, string>;
}

export type Place = Around & { readonly current: string } & (
    | { readonly kind: 'command' | 'topic' | 'nothing' }
    | { readonly kind: 'option'; readonly options: readonly OptionFacts[] }
    /** `before`: what of the typed word is not the value, such as `--stage=`. */
    | { readonly kind: 'value'; readonly of: OptionFacts | ArgumentFacts; readonly before: string }
  );

/** `-i` and `--input` of `-i, --input <file>`. */
export const namesOf = (option: OptionFacts): readonly string[] =>
  `${option.flags}, ${option.aliases ?? ''}`.match(/(?<![\w-])--?[a-z][\w-]*/gi) ?? [];

const isOption = (word: string): boolean => word.startsWith('-') && word.length > 1;

interface Read {
  readonly bare: string[];
  readonly given: Map<string, string>;
  /** The option that the next word is a value of. */
  readonly waiting: OptionFacts | undefined;
  /** After `--` no word is an option. */
  readonly ended: boolean;
}

function read(words: readonly string[], byName: ReadonlyMap<string, OptionFacts>): Read {
  const bare: string[] = [];
  const given = new Map<string, string>();
  let waiting: OptionFacts | undefined;
  let ended = false;
  for (const word of words) {
    if (waiting !== undefined && !(waiting.flags.includes('[') && isOption(word))) {
      given.set(namesOf(waiting).find((name) => name.startsWith('--')) ?? '', word);
      waiting = undefined;
    } else if (ended || !isOption(word)) bare.push(word);
    else if (word === '--') ended = true;
    else {
      const [name = '', ...value] = word.split('=');
      waiting = value.length === 0 && /[<[]/.test(byName.get(name)?.flags ?? '') ? byName.get(name) : undefined;
      given.set(name, value.join('='));
    }
  }
  return { bare, given, waiting, ended };
}

const index = (options: readonly OptionFacts[]): ReadonlyMap<string, OptionFacts> =>
  new Map(options.flatMap((option) => namesOf(option).map((name) => [name, option] as const)));

async function commandIn(words: readonly string[]): Promise<Command | undefined> {
  const name = read(words, index(COMMON_OPTIONS)).bare[0];
  return COMMANDS.find((row) => row.name === name)?.load();
}

export async function placeOf(words: readonly string[], current: string): Promise<Place> {
  const command = await commandIn(words);
  const options = command ? [...command.options, ...commonOptionsOf(command)] : COMMON_OPTIONS;
  const byName = index(options);
  const { bare, given, waiting, ended } = read(words, byName);
  const around = { args: bare.slice(1), given, current };
  if (waiting !== undefined && !(waiting.flags.includes('[') && isOption(current)))
    return { ...around, kind: 'value', of: waiting, before: '' };
  if (!ended && current.startsWith('-')) {
    const [, before = '', name = ''] = /^((--[\w-]+)=)/.exec(current) ?? [];
    const of = byName.get(name);
    if (of) return { ...around, kind: 'value', of, before };
    return { ...around, kind: 'option', options };
  }
  if (bare.length === 0) return { ...around, kind: 'command' };
  if (bare[0] === 'help' && bare.length === 1) return { ...around, kind: 'topic' };
  const argument = command?.arguments[around.args.length];
  return argument === undefined
    ? { ...around, kind: 'nothing' }
    : { ...around, kind: 'value', of: argument, before: '' };
}
