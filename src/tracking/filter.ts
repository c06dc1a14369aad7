// Turns MLflow's filter language ("metrics.acc > 0.9 AND tags.`a b` LIKE 'x%'") into comparisons, checked against what may be
// searched.
import { MlctlError } from '../errors/error.js';
import { nearestNames } from '../text/nearest-names.js';
import { SEARCHABLE, type SearchEntity, type SearchKind } from './searchable.js';

type Comparator = '=' | '!=' | '>' | '>=' | '<' | '<=' | 'LIKE' | 'ILIKE' | 'IN' | 'NOT IN' | 'IS NULL' | 'IS NOT NULL';

export interface Comparison {
  readonly kind: SearchKind;
  readonly key: string;
  readonly comparator: Comparator;
  /** Null for IS NULL and IS NOT NULL. */
  readonly value: string | number | readonly string[] | null;
}

interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'operator' | 'mark';
  readonly text: string;
  readonly at: number;
}

/** A filter that works, for each of what is searched. */
const EXAMPLES: Readonly<Record<SearchEntity, string>> = {
  run: "metrics.val_acc > 0.9 AND params.`C` = '1.0' AND tags.mlflow.user LIKE 'a%' AND attributes.status = 'FINISHED'",
  experiment: "name LIKE 'churn%'",
  registered_model: "name LIKE 'churn%' AND tags.owner = 'ana'",
  model_version: "name = 'churn' AND version_number > 3",
};

export function searchInvalid(message: string, text: string, hint = `write for example: ${EXAMPLES.run}`): MlctlError {
  return new MlctlError('SEARCH_INVALID', `${message} in ${JSON.stringify(text)}`, { hint });
}

const BLANK = /\s*/y;
const NUMBER = /-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const OPERATOR = /[!><]=|[=><]/y;

/** The end of a word: dotted parts, each bare or quoted (tags.mlflow.user, params.`a b`). Quotes have no escapes in MLflow's keys. */
function endOfWord(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '`' || char === '"') {
      const close = text.indexOf(char, at + 1);
      if (close < 0) throw searchInvalid(`a quote is not closed at position ${at}`, text);
      at = close + 1;
    } else if (/[\s=!<>(),']/.test(char)) break;
    else at += 1;
  }
  return at;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const match = (pattern: RegExp, at: number) => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? '';
  };
  for (let at = match(BLANK, 0).length; at < text.length; ) {
    const char = text.charAt(at);
    let kind: Token['kind'] = 'mark';
    let found = char;
    if (char === "'") {
      // A doubled quote does not end the text; MLflow leaves it doubled.
      let close = text.indexOf("'", at + 1);
      while (close >= 0 && text.charAt(close + 1) === "'") close = text.indexOf("'", close + 2);
      if (close < 0) throw searchInvalid(`a quote is not closed at position ${at}`, text);
      kind = 'string';
      found = text.slice(at, close + 1);
    } else if (/[\d.-]/.test(char)) {
      kind = 'number';
      found = match(NUMBER, at);
      if (found === '' || endOfWord(text, at + found.length) > at + found.length)
        throw searchInvalid(`expected a number at position ${at}`, text);
    } else if (/[=!<>]/.test(char)) {
      kind = 'operator';
      found = match(OPERATOR, at);
      if (found === '') throw searchInvalid(`expected a comparison at position ${at}`, text);
    } else if (!/[(),]/.test(char)) {
      found = text.slice(at, endOfWord(text, at));
      kind = /^"[^"]*"$/.test(found) ? 'string' : 'word';
    }
    tokens.push({ kind, text: found, at });
    at += found.length;
    at += match(BLANK, at).length;
  }
  return tokens;
}

export function parseFilter(text: string | undefined, entity: SearchEntity): Comparison[] {
  if (!text || text.trim() === '') return [];
  if (text.length > 100_000) throw searchInvalid('more than 100000 characters', `${text.slice(0, 60)}…`);
  const tokens = tokenize(text);
  const comparisons: Comparison[] = [];
  let next = 0;
  const isWord = (token: Token | undefined, word: string) =>
    token?.kind === 'word' && token.text.toUpperCase() === word;
  const fail = (expected: string): never => {
    const found = tokens[next];
    throw searchInvalid(`expected ${expected}, found ${found ? found.text : 'the end'}`, text, exampleOf(entity));
  };

  function comparator(): Comparator {
    const token = tokens[next];
    if (token?.kind === 'operator') {
      next += 1;
      return token.text as Comparator;
    }
    for (const words of ['LIKE', 'ILIKE', 'IN', 'NOT IN', 'IS NOT NULL', 'IS NULL'] as const) {
      const parts = words.split(' ');
      if (parts.every((part, i) => isWord(tokens[next + i], part))) {
        next += parts.length;
        return words;
      }
    }
    return fail('a comparison (=, !=, >, >=, <, <=, LIKE, ILIKE, IN, NOT IN, IS NULL, IS NOT NULL)');
  }

  function list(): string[] {
    if (tokens[next]?.text !== '(') fail('a list in parentheses');
    next += 1;
    const items: string[] = [];
    for (;;) {
      const token = tokens[next];
      if (token?.kind !== 'string') return fail('a quoted text');
      items.push(token.text.slice(1, -1));
      next += 1;
      if (tokens[next]?.text === ',') next += 1;
      else if (tokens[next]?.text !== ')') fail(', or )');
      if (tokens[next]?.text === ')') break;
    }
    next += 1;
    return items;
  }

  for (;;) {
    const word = tokens[next];
    if (word?.kind !== 'word') return fail('a name such as metrics.val_acc');
    next += 1;
    const { kind, key, numeric, lists, comparators } = identify(word.text, entity, text);
    const compare = comparator();
    if (!(comparators as readonly string[]).includes(compare))
      throw searchInvalid(`${word.text} cannot be compared with ${compare}`, text);
    let value: Comparison['value'] = null;
    if (compare === 'IN' || compare === 'NOT IN') {
      if (!lists) throw searchInvalid(`${word.text} cannot be compared with a list`, text);
      value = list();
    } else if (!compare.startsWith('IS')) {
      const token = tokens[next];
      if (numeric ? token?.kind !== 'number' : token?.kind !== 'string') fail(numeric ? 'a number' : 'a quoted text');
      value = numeric ? Number(token?.text) : (token?.text ?? '').slice(1, -1);
      next += 1;
    }
    comparisons.push({ kind, key, comparator: compare, value });
    if (next === tokens.length) return comparisons;
    if (!isWord(tokens[next], 'AND')) fail('AND');
    next += 1;
  }
}

const unquoted = (text: string) => (/^(`[^`]*`|"[^"]*"|'[^']*')$/.test(text) ? text.slice(1, -1) : text);

const exampleOf = (entity: SearchEntity): string => `write for example: ${EXAMPLES[entity]}`;

/** A bare word is an attribute. Of a run, it is more often a metric or a param whose kind was left out. */
function withoutPrefix(key: string, entity: SearchEntity, example: string): string {
  const rules = SEARCHABLE[entity];
  const [near] = nearestNames(key, [...rules.attributes.keys(), ...rules.otherNames.keys()]);
  if (near !== undefined) return `did you mean ${near}?`;
  return entity === 'run' ? `did you mean metrics.${key}, params.${key} or tags.${key}?` : example;
}

interface Identified {
  readonly kind: SearchKind;
  readonly key: string;
  readonly numeric: boolean;
  readonly lists: boolean;
  readonly comparators: readonly string[];
}

/** `metrics.x`, `attributes.status`, or a bare attribute. */
export function identify(word: string, entity: SearchEntity, text: string, example = exampleOf(entity)): Identified {
  const rules = SEARCHABLE[entity];
  const dot = word.indexOf('.');
  const prefix = dot < 0 ? 'attribute' : unquoted(word.slice(0, dot));
  const kind = rules.prefixes.get(prefix);
  if (!kind)
    throw searchInvalid(`unknown kind ${prefix}; there are ${[...rules.prefixes.keys()].join(', ')}`, text, example);
  let key = unquoted(dot < 0 ? word : word.slice(dot + 1));
  if (kind === 'attribute' || kind === 'dataset') {
    key = rules.otherNames.get(key) ?? key;
    const attribute = (kind === 'attribute' ? rules.attributes : rules.datasets).get(key);
    if (!attribute)
      throw searchInvalid(
        `unknown ${kind} ${key}; there are ${[...(kind === 'attribute' ? rules.attributes : rules.datasets).keys()].join(', ')}`,
        text,
        dot < 0 ? withoutPrefix(key, entity, example) : example,
      );
    return { kind, key, numeric: attribute.numeric, lists: attribute.lists, comparators: attribute.comparators };
  }
  if (key === '') throw searchInvalid(`no name after ${prefix}`, text, example);
  return { kind, key, numeric: kind === 'metric', lists: false, comparators: rules.comparators[kind] };
}
