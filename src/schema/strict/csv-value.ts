// Turns the text of a CSV cell into a value of a scalar type: the one table of what text means.
//
// | type            | accepted text                                                        | an empty cell        |
// | --------------- | -------------------------------------------------------------------- | -------------------- |
// | double, float   | `[+-]digits[.digits][e[+-]digits]`, also `.5` and `5.`, blanks around | missing              |
// | integer, long   | the same, if the value is whole and in range (`2.0`: with a warning)  | refused (no missing) |
// | boolean         | true True TRUE false False FALSE, or 1 and 0; not both in one column  | refused (no missing) |
// | string          | any text but the missing words below                                 | missing; `""`: ''    |
// | datetime, binary, nested, any, tensors | none: CSV carries no such values                     |                      |
//
// A missing cell is refused in a required column. Quoting does not change the meaning but for `""` in a string column.
// The words pandas takes for missing (NA, null, None, nan …) are refused everywhere: by CSV they would reach Python as
// a missing value and by JSON as text. Numbers are decided on their digits by the rules JSON numbers go through.

import { MISSING_WORDS } from '../../data/missing-words.js';
import type { ScalarName } from '../types.js';
import type { ColumnState } from './column-state.js';
import { doubleOf, floatOf, INT32, INT64 } from './numbers.js';
import { Problem } from './problem.js';
import { type ScalarValue, wholeText } from './scalar-rules.js';
import { showText } from './show.js';
import { textOf } from './text-of.js';

const NUMBER = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const NUMBER_WORD = /^[+-]?(?:nan|inf|infinity|1\.#(?:ind|qnan))$/i;

const BOOLEANS = new Map<string, readonly [boolean, 'words' | 'digits']>([
  ['true', [true, 'words']],
  ['True', [true, 'words']],
  ['TRUE', [true, 'words']],
  ['false', [false, 'words']],
  ['False', [false, 'words']],
  ['FALSE', [false, 'words']],
  ['1', [true, 'digits']],
  ['0', [false, 'digits']],
]);

/** null is a missing value; the caller decides whether the column may have one. */
export function csvValue(
  text: string,
  quoted: boolean,
  scalar: ScalarName,
  state: ColumnState,
  decimal: '.' | ',' = '.',
): ScalarValue | null | Problem {
  if (text === '') return quoted && scalar === 'string' ? '' : null;
  switch (scalar) {
    case 'double':
    case 'float':
    case 'integer':
    case 'long': {
      const digits = pointed(trimBlanks(text), decimal);
      if (!NUMBER.test(digits)) return notANumber(text, scalar);
      if (scalar === 'double') return doubleOf(digits);
      if (scalar === 'float') return floatOf(digits);
      const whole = wholeText(digits, scalar === 'long' ? INT64 : INT32, state);
      return scalar === 'integer' && typeof whole === 'bigint' ? Number(whole) : whole;
    }
    case 'boolean':
      return booleanOf(text, state);
    case 'string':
      if (MISSING_WORDS.has(text)) {
        const say = `"${text}" would become a missing value`;
        return new Problem('SCHEMA_MISSING_WORD', say, `"${text}"`, 'other text, or the same row as JSON');
      }
      return textOf(text);
    default:
      return new Problem('SCHEMA_FORM_CANNOT_CARRY', `${scalar} columns cannot be sent as CSV`, 'CSV', 'JSON');
  }
}

function booleanOf(text: string, state: ColumnState): boolean | Problem {
  const known = BOOLEANS.get(text);
  const expected = 'true or false, or 1 or 0';
  if (known === undefined) {
    if (MISSING_WORDS.has(text)) return notANumber(text, 'boolean');
    return new Problem('SCHEMA_WRONG_TYPE', `"${showText(text)}" is not a boolean`, `"${showText(text)}"`, expected);
  }
  state.booleanSpelling ??= known[1];
  if (state.booleanSpelling !== known[1]) {
    const say = `"${text}" in a column with other booleans as ${state.booleanSpelling}`;
    return new Problem('SCHEMA_WRONG_TYPE', say, `"${text}"`, state.booleanSpelling);
  }
  return known[0];
}

function notANumber(text: string, scalar: ScalarName): Problem {
  const shown = `"${showText(text)}"`;
  const word = trimBlanks(text);
  if (NUMBER_WORD.test(word)) return new Problem('SCHEMA_NOT_A_NUMBER', `${shown} is not a number`, shown, scalar);
  if (MISSING_WORDS.has(word)) {
    return new Problem('SCHEMA_MISSING_WORD', `${shown} would become a missing value`, shown, scalar);
  }
  const expected =
    scalar === 'integer' || scalar === 'long' ? 'an integer' : scalar === 'boolean' ? 'a boolean' : 'a number';
  return new Problem('SCHEMA_WRONG_TYPE', `${shown} is not ${expected}`, shown, scalar);
}

/** With decimal commas a point is not a part of a number. */
const pointed = (text: string, decimal: '.' | ','): string =>
  decimal === '.' ? text : text.replace(/[.,]/g, (mark) => (mark === ',' ? '.' : ','));

function trimBlanks(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && (text[from] === ' ' || text[from] === '\t')) from++;
  while (to > from && (text[to - 1] === ' ' || text[to - 1] === '\t')) to--;
  return text.slice(from, to);
}
