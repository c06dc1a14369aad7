// Turns plain values into block YAML that PyYAML (YAML 1.1) and YAML 1.2 parsers read back identically, in PyYAML's own style.
import { isYamlSpecial } from './yaml-11.js';

export type Writable =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Writable[]
  | ReadonlyMap<string, Writable>
  | { readonly [key: string]: Writable };

interface FormatYamlOptions {
  /** Keys in code point order, as yaml.safe_dump writes MLmodel; otherwise in the given order. */
  readonly sortKeys?: boolean;
}

/** Words that some YAML 1.1 or 1.2 reader does not take for text. */
const AMBIGUOUS_WORD = /^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i;
/** Text that every reader takes for text: it cannot contain `: `, ` #`, a quote or an indicator. */
const PLAIN = /^-?[A-Za-z](?:[A-Za-z0-9_./+<>=~!,@-]|:(?=\/)| (?=[A-Za-z0-9_/]))*$/;
const DOTTED_VERSION = /^\d+\.\d+\.\d+$/;
/** A longer key needs `? `: YAML allows 1024 characters before the colon. */
const LONGEST_KEY = 1000;

const escapeCharacter = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  if (character === '"' || character === '\\') return `\\${character}`;
  if (character === '\n') return '\\n';
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
};

function formatString(text: string): string {
  if ((PLAIN.test(text) || DOTTED_VERSION.test(text)) && !AMBIGUOUS_WORD.test(text) && !isYamlSpecial(text))
    return text;
  if (/^[\u0020-\u007e]*$/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return `"${text.replace(/[^\u0020-\u007e]|["\\]/gu, escapeCharacter)}"`;
}

/** PyYAML takes `1e3` for text: a float needs its dot, and an exponent its sign. */
function formatNumber(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  if (Object.is(value, -0)) return '-0.0';
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString();
  const text = String(value);
  const [digits = '', exponent] = text.split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}${exponent === undefined ? '' : `e${exponent}`}`;
}

function formatScalar(value: null | boolean | number | bigint | string): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return formatNumber(value);
  return typeof value === 'string' ? formatString(value) : String(value);
}

function entriesOf(
  value: ReadonlyMap<string, Writable> | { readonly [key: string]: Writable },
  sort: boolean,
): [string, Writable][] {
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return sort ? entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)) : entries;
}

/** Lines of a block at `indent` spaces; a scalar or an empty collection is one line. */
function linesOf(value: Writable, indent: number, sort: boolean): { block: boolean; lines: string[] } {
  if (typeof value !== 'object' || value === null) return { block: false, lines: [formatScalar(value)] };
  const pad = ' '.repeat(indent);
  const lines: string[] = [];
  if (Array.isArray(value)) {
    for (const item of value as readonly Writable[]) {
      const inner = linesOf(item, indent + 2, sort);
      const [first = '', ...rest] = inner.lines;
      lines.push(`${pad}- ${inner.block ? first.slice(indent + 2) : first}`, ...rest);
    }
    return lines.length === 0 ? { block: false, lines: ['[]'] } : { block: true, lines };
  }
  for (const [key, item] of entriesOf(value as ReadonlyMap<string, Writable>, sort)) {
    const name = formatString(key);
    const head = name.length > LONGEST_KEY ? [`${pad}? ${name}`, `${pad}:`] : [`${pad}${name}:`];
    // A list has the indent of its key, as PyYAML writes it.
    const inner = linesOf(item, Array.isArray(item) && head.length === 1 ? indent : indent + 2, sort);
    if (inner.block) lines.push(...head, ...inner.lines);
    else lines.push(...head.slice(0, -1), `${head.at(-1)} ${inner.lines[0]}`);
  }
  return lines.length === 0 ? { block: false, lines: ['{}'] } : { block: true, lines };
}

/** One YAML document, ending in a newline. */
export function formatYaml(value: Writable, options: FormatYamlOptions = {}): string {
  return `${linesOf(value, 0, options.sortKeys ?? true).lines.join('\n')}\n`;
}
