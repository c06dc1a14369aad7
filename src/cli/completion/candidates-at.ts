// Turns a place of the command line into the words that can stand there.
import { printable } from '../../text/printable.js';
import type { World } from '../../world.js';
import type { OptionFacts } from '../command.js';
import { resolveSettings } from '../options.js';
import { COMMANDS, TOPICS } from '../table.js';
import type { Candidate } from './candidate.js';
import { namesOf, type Place } from './place-of.js';
import { type StoreWords, storeWords } from './store-words.js';

export interface Candidates {
  /** Whether names of files can stand there too; the shell knows them. */
  readonly files: boolean;
  readonly values: readonly Candidate[];
}

export const NOTHING: Candidates = { files: false, values: [] };

/** What the words in angle brackets stand for. */
const PLACEHOLDERS: Readonly<Record<string, 'files' | keyof StoreWords>> = {
  file: 'files',
  path: 'files',
  dir: 'files',
  recipe: 'files',
  uri: 'uris',
  name: 'models',
  'name[/version]': 'models',
  alias: 'aliases',
  version: 'versions',
  id: 'runs',
  'run-id': 'runs',
};
/** Options whose word in angle brackets means something else. */
const OPTIONS: Readonly<Record<string, 'files' | keyof StoreWords | null>> = {
  '--experiment': 'experiments',
  '--encoding': null,
  '--run-name': null,
  '--tracking-uri': null,
  '--registry-uri': null,
};

const MOST_VALUES = 200;

const plain = (value: string): Candidate => ({ value, meaning: '' });

const described = ({ name, sentence }: { readonly name: string; readonly sentence: string }): Candidate => ({
  value: name,
  meaning: sentence,
});

function kindOf({ of }: Extract<Place, { kind: 'value' }>): 'files' | keyof StoreWords | null {
  const text = 'flags' in of ? of.flags : of.name;
  const long = 'flags' in of ? (namesOf(of).find((name) => name.startsWith('--')) ?? '') : '';
  if (Object.hasOwn(OPTIONS, long)) return OPTIONS[long] ?? null;
  const placeholder = /[<[](.*)[>\]]$/.exec(text)?.[1] ?? '';
  return PLACEHOLDERS[placeholder] ?? null;
}

async function valuesAt(world: World, place: Extract<Place, { kind: 'value' }>): Promise<Candidates> {
  if (place.of.choices) return { files: false, values: place.of.choices.map(plain) };
  const kind = kindOf(place);
  if (kind === null) return NOTHING;
  if (kind === 'files') return { files: true, values: [] };
  const typed = place.current.slice(place.before.length);
  const { given, args } = place;
  const flag = (name: string) => given.get(name) || undefined;
  const flags = {
    trackingUri: flag('--tracking-uri'),
    registryUri: flag('--registry-uri'),
    experiment: kind === 'experiments' ? undefined : flag('--experiment'),
    offline: given.has('--offline'),
  };
  const model = args[0]?.replace(/^models:\/+/, '').replace(/\/\d+$/, '') ?? flag('--register') ?? flag('--name');
  const values = await (async () => {
    const { settings, env } = resolveSettings(flags, world.env, world.cwd, false);
    return storeWords({ ...world, env }, settings)[kind](typed, model);
    // A store that is not there, or that nobody can read, has no names.
  })().catch(() => []);
  return { files: kind === 'uris' && !/^(?:models|runs):/.test(typed), values };
}

const optionWords = (options: readonly OptionFacts[], current: string): Candidate[] =>
  options.flatMap((option) =>
    namesOf(option)
      .filter((name) => current === '-' || name.startsWith('--'))
      .map((value) => ({ value, meaning: option.meaning })),
  );

async function allAt(world: World, place: Place): Promise<Candidates> {
  switch (place.kind) {
    case 'nothing':
      return NOTHING;
    case 'option':
      return { files: false, values: optionWords(place.options, place.current) };
    case 'command':
      return {
        files: false,
        values: [...COMMANDS.map(described), { value: 'help', meaning: 'Explain a command or a topic.' }],
      };
    case 'topic':
      return { files: false, values: [...COMMANDS, ...TOPICS].map(described) };
    case 'value':
      return valuesAt(world, place);
  }
}

/** Names come from others: one that would be shown in another form is not offered at all. */
const isShownAsItIs = ({ value }: Candidate): boolean => printable(value, 1000) === value;

export async function candidatesAt(world: World, place: Place): Promise<Candidates> {
  const { files, values } = await allAt(world, place);
  const before = place.kind === 'value' ? place.before : '';
  return {
    files,
    values: values
      .filter(isShownAsItIs)
      .map(({ value, meaning }) => ({ value: before + value, meaning: printable(meaning, 100) }))
      .filter(({ value }) => value.startsWith(place.current))
      .slice(0, MOST_VALUES),
  };
}
