// Turns a pattern of Python's `re` into one of JavaScript that finds the same in any text, or says what it does not know.

/** Python's \w: letters and numbers of any script, and the underscore. */
const WORD = '\\p{L}\\p{N}_';
const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

const CLASSES: Readonly<Record<string, string>> = {
  w: `[${WORD}]`,
  W: `[^${WORD}]`,
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  s: `[${SPACE}]`,
  S: `[^${SPACE}]`,
  b: `(?:(?<=[${WORD}])(?![${WORD}])|(?<![${WORD}])(?=[${WORD}]))`,
  B: `(?:(?<=[${WORD}])(?=[${WORD}])|(?<![${WORD}])(?![${WORD}]))`,
};
const IN_A_SET: Readonly<Record<string, string>> = { w: WORD, d: '\\p{Nd}', s: SPACE };
const CONTROLS = 'tnrfv';
const MOST_REPEATS = 4;

type Translation = { readonly pattern: RegExp; readonly groups: number } | { readonly unknown: string };

/**
 * A pattern whose repeated groups hold repeats, or with many repeats, could take for ever on some text, so it is refused; those of
 * tokenizers are simpler.
 */
export function translatePattern(python: string): Translation {
  const reader = new PatternReader(python);
  const fault = reader.read();
  if (fault !== null) return { unknown: fault };
  try {
    return { pattern: new RegExp(reader.made, `gu${reader.flags}`), groups: reader.groups };
  } catch {
    return { unknown: 'a pattern that JavaScript does not take' };
  }
}

class PatternReader {
  made = '';
  groups = 0;
  flags = 's';
  private at = 0;
  private unbounded = 0;
  /** Of each open group: whether it holds a repeat. */
  private readonly open: boolean[] = [];

  constructor(private readonly python: string) {
    // without DOTALL a dot stops at a line's end
    this.flags = '';
  }

  /** Null, or what it does not know. */
  read(): string | null {
    const inline = /^\(\?([aiLmsux]+)\)/.exec(this.python);
    if (inline) {
      for (const flag of inline[1]!)
        if ('ims'.includes(flag)) this.flags += flag;
        else if (flag !== 'u') return `the flag ${flag}`;
      this.at = inline[0].length;
    }
    while (this.at < this.python.length) {
      const fault = this.atom();
      if (fault !== null) return fault;
    }
    return this.open.length > 0 ? 'a group that is not closed' : null;
  }

  private atom(): string | null {
    const { python, at } = this;
    const char = String.fromCodePoint(python.codePointAt(at)!);
    this.at += char.length;
    switch (char) {
      case '\\':
        return this.escape(false);
      case '[':
        return this.set();
      case '(':
        return this.group();
      case ')':
        return this.close();
      case '|':
        this.made += char;
        return null;
      case '^':
        this.made += this.flags.includes('m') ? '^' : '(?<![\\s\\S])';
        return null;
      case '$':
        this.made += this.flags.includes('m') ? '(?=\\n|(?![\\s\\S]))' : '(?=\\n?(?![\\s\\S]))';
        return null;
      case '.':
        this.made += this.flags.includes('s') ? '[\\s\\S]' : '[^\\n]';
        return this.repeat(false);
      case '*':
      case '+':
      case '?':
      case '{':
      case '}':
      case ']':
        return `${char} where nothing stands before it`;
      default:
        this.made += literal(char);
        return this.repeat(false);
    }
  }

  private escape(inSet: boolean): string | null {
    const char = this.python[this.at++];
    if (char === undefined) return 'a backslash at the end';
    const known = (inSet ? IN_A_SET : CLASSES)[char];
    if (known !== undefined) this.made += known;
    else if (CONTROLS.includes(char)) this.made += `\\${char}`;
    else if (/[A-Za-z0-9]/.test(char)) return `\\${char}`;
    else this.made += literal(char);
    return inSet || char === 'b' || char === 'B' ? null : this.repeat(false);
  }

  private set(): string | null {
    this.made += '[';
    if (this.python[this.at] === '^') {
      this.made += '^';
      this.at++;
    }
    for (let first = true; ; first = false) {
      const code = this.python.codePointAt(this.at);
      if (code === undefined) return 'a set that is not closed';
      const char = String.fromCodePoint(code);
      this.at += char.length;
      if (char === ']' && !first) break;
      if (char === '\\') {
        const fault = this.escape(true);
        if (fault !== null) return fault;
      } else if (char === '-') this.made += first || this.python[this.at] === ']' ? '\\-' : '-';
      else this.made += literal(char);
    }
    this.made += ']';
    return this.repeat(false);
  }

  private group(): string | null {
    const rest = this.python.slice(this.at);
    const special = /^\?(?::|=|!|<=|<!)/.exec(rest);
    if (special) {
      this.made += `(${special[0]}`;
      this.at += special[0].length;
    } else if (rest.startsWith('?')) {
      return `(${rest.slice(0, 3)}`;
    } else {
      this.made += '(';
      this.groups++;
    }
    this.open.push(false);
    return null;
  }

  private close(): string | null {
    const repeats = this.open.pop();
    if (repeats === undefined) return ') without (';
    this.made += ')';
    if (repeats && this.open.length > 0) this.open[this.open.length - 1] = true;
    return this.repeat(repeats);
  }

  /** A quantifier, if one follows. */
  private repeat(holdsRepeat: boolean): string | null {
    const found = /^(?:[*+?]|\{(\d*)(,?)(\d*)\})\??/.exec(this.python.slice(this.at));
    if (!found || found[0] === '{}') return null;
    this.at += found[0].length;
    const isUnbounded = /^[*+]/.test(found[0]) || (found[2] === ',' && found[3] === '');
    const least = Number(found[1] ?? 0);
    if (least > 100 || Number(found[3] ?? 0) > 100) return 'a repeat of more than 100';
    if (found[0] !== '?' && holdsRepeat) return 'a repeat inside a repeated group';
    if (isUnbounded && ++this.unbounded > MOST_REPEATS) return `more than ${MOST_REPEATS} repeats without an end`;
    if (this.open.length > 0) this.open[this.open.length - 1] = true;
    this.made += found[0].startsWith('{,') ? found[0].replace('{,', '{0,') : found[0];
    // a quantifier of a quantifier means something else in Python
    return /^[*+?{]/.test(this.python.slice(this.at)) ? 'a repeat of a repeat' : null;
  }
}

const literal = (char: string): string => (/[\\^$.*+?()[\]{}|/-]/.test(char) ? `\\${char}` : char);
