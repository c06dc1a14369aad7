// What is wrong with a value that a rule refuses; the caster adds column and row and makes a finding of it.

import { rowName } from '../../errors/row-name.js';
import type { FindingCode } from '../finding-codes.js';
import type { SchemaFinding } from '../types.js';
import { showName } from './show.js';

export class Problem {
  readonly code: FindingCode;
  /** What is wrong, without the place: `1.7 is not an integer`. */
  readonly say: string;
  readonly found: string;
  readonly expected: string;
  /** Where inside a nested value: `.x[1]`. */
  readonly path: string;

  constructor(code: FindingCode, say: string, found: string, expected: string, path = '') {
    this.code = code;
    this.say = say;
    this.found = found;
    this.expected = expected;
    this.path = path;
  }

  /** What is wrong without the value: `not a number`. */
  get kind(): string {
    const start = `${this.found} is `;
    return this.say.startsWith(start) ? this.say.slice(start.length) : this.say;
  }

  inside(step: string): Problem {
    return new Problem(this.code, this.say, this.found, this.expected, step + this.path);
  }

  finding(column: string | undefined, row: number | undefined, line?: number): SchemaFinding {
    const place = column === undefined ? '' : `column ${showName(column)}${this.path}`;
    const named = row === undefined ? '' : rowName(row, line);
    const where = [place, named].filter((part) => part !== '').join(' ');
    return {
      code: this.code,
      ...(column === undefined ? {} : { column }),
      ...(row === undefined ? {} : { row }),
      ...(line === undefined ? {} : { line }),
      found: this.found,
      expected: this.expected,
      message: where === '' ? this.say : `${where}: ${this.say}`,
    };
  }
}
