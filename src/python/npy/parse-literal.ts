// Turns a Python literal (the header of a .npy file) into its value. The grammar is that of what numpy writes, and nothing else is
// read: no names, no sums, no calls.
import { READ_LIMITS } from '../limits.js';
import { malformed } from '../refuse.js';
import type { Saved } from '../saved.js';

const DEPTH = 16;
/** Python 2 wrote an L behind some ints. */
const INT = /-?(?:0|[1-9][0-9]*)/y;
const WORDS = { True: true, False: false, None: null } as const;
const ESCAPES: Partial<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', "'": "'", '"': '"' };
const CODE_LENGTHS: Partial<Record<string, number>> = { x: 2, u: 4, U: 8 };

export function parseLiteral(text: string, where: string): Saved {
  const parser = new LiteralParser(text, where);
  const value = parser.value(0);
  parser.end();
  return value;
}

class LiteralParser {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly where: string,
  ) {}

  value(depth: number): Saved {
    if (depth > DEPTH) throw this.fault('values inside values', `at most ${DEPTH} levels`);
    this.space();
    const char = this.text[this.at];
    if (char === '{') return this.dict(depth);
    if (char === '[') return { type: 'list', items: this.items(']', depth).items };
    if (char === '(') return this.parentheses(depth);
    if (char === "'" || char === '"') return this.string(char);
    for (const [word, value] of Object.entries(WORDS))
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    return this.int();
  }

  end(): void {
    this.space();
    if (this.at < this.text.length) throw this.fault(this.rest(), 'the end of the header');
  }

  private dict(depth: number): Saved {
    const entries: [Saved, Saved][] = [];
    this.at += 1;
    for (this.space(); !this.took('}'); this.separator('}')) {
      const key = this.value(depth + 1);
      if (!this.took(':')) throw this.fault(this.rest(), "':'");
      entries.push([key, this.value(depth + 1)]);
    }
    return { type: 'dict', entries };
  }

  private parentheses(depth: number): Saved {
    const { items, commas } = this.items(')', depth);
    // A value in parentheses is the value itself, and a comma makes it a tuple.
    if (items.length === 1 && commas === 0) return items[0] as Saved;
    return { type: 'tuple', items };
  }

  private items(close: string, depth: number): { items: Saved[]; commas: number } {
    const items: Saved[] = [];
    let commas = 0;
    this.at += 1;
    for (this.space(); !this.took(close); commas += this.separator(close)) items.push(this.value(depth + 1));
    return { items, commas };
  }

  /** One comma, which may also stand behind the last item; 0 if the list ends here. */
  private separator(close: string): number {
    if (this.took(',')) return 1;
    this.space();
    if (this.text[this.at] !== close) throw this.fault(this.rest(), `',' or '${close}'`);
    return 0;
  }

  private int(): bigint {
    INT.lastIndex = this.at;
    const digits = INT.exec(this.text)?.[0];
    if (digits === undefined || digits.length > READ_LIMITS.digits) throw this.fault(this.rest(), 'a literal');
    this.at += digits.length;
    if (this.text[this.at] === 'L') this.at += 1;
    if (/[\w.]/.test(this.text[this.at] ?? '')) throw this.fault(this.rest(), 'the end of the number');
    return BigInt(digits);
  }

  private string(quote: string): string {
    let value = '';
    for (this.at += 1; ; this.at += 1) {
      const char = this.text[this.at];
      if (char === undefined || char === '\n') throw this.fault('a text that does not end', quote);
      if (char === quote) break;
      value += char === '\\' ? this.escape() : char;
    }
    this.at += 1;
    return value;
  }

  private escape(): string {
    this.at += 1;
    const letter = this.text[this.at] ?? '';
    const plain = ESCAPES[letter];
    if (plain !== undefined) return plain;
    const length = CODE_LENGTHS[letter] ?? 0;
    const code = this.text.slice(this.at + 1, this.at + 1 + length);
    const point = /^[0-9a-fA-F]+$/.test(code) && code.length === length ? Number.parseInt(code, 16) : Number.NaN;
    if (!(point <= 0x10ffff)) throw this.fault(`the escape \\${letter}`, 'an escape that numpy writes');
    this.at += length;
    return String.fromCodePoint(point);
  }

  private took(char: string): boolean {
    this.space();
    if (this.text[this.at] !== char) return false;
    this.at += 1;
    return true;
  }

  private space(): void {
    while (this.text[this.at] === ' ' || this.text[this.at] === '\n') this.at += 1;
  }

  private rest(): string {
    return `'${this.text.slice(this.at, this.at + 30)}' at character ${this.at}`;
  }

  private fault(found: string, expected: string): Error {
    return malformed(this.where, found, expected);
  }
}
