// Turns a text of any form of input into itself, or into why no model can be given it: the one rule of all roads.
import { faultOfText } from '../../text/fault-of-text.js';
import { Problem } from './problem.js';
import { showText } from './show.js';

export function textOf(text: string): string | Problem {
  const fault = faultOfText(text);
  return fault === null
    ? text
    : new Problem('SCHEMA_MALFORMED', `the text holds ${fault}`, `"${showText(text)}"`, 'text');
}
