// Turns the YAML text of a model package into plain values, as PyYAML's safe_load reads it; hostile text is refused and never
// expanded.
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import {
  isYamlBoolean,
  isYamlFloat,
  isYamlInteger,
  isYamlNull,
  isYamlTimestamp,
  YamlTimestamp,
  yamlBoolean,
  yamlFloat,
  yamlInteger,
} from './yaml-11.js';

/** Contract §7. */
export const MAX_YAML_BYTES = 1024 * 1024;
const MAX_DEPTH = 100;
const MAX_ALIASES = 100;
/** Values after every alias is written out; far more than any real MLmodel has. */
const MAX_VALUES = 200_000;

/**
 * Characters that PyYAML refuses, and line breaks of YAML 1.1 that are letters to 1.2 parsers: a text must have only one meaning.
 */
const AMBIGUOUS = /[^\t\n\r\u0020-\u007e\u00a0-\u2027\u202a-\ufffd\u{10000}-\u{10ffff}]/u;

export type YamlValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | YamlTimestamp
  | YamlValue[]
  | Map<YamlValue, YamlValue>;

type JsYaml = typeof import('js-yaml');
let known: { yaml: JsYaml; schema: InstanceType<JsYaml['Schema']> } | undefined;

/** js-yaml is loaded on first use, so that commands that read no YAML start faster. */
async function pythonSchema(): Promise<NonNullable<typeof known>> {
  if (known) return known;
  const yaml = await import('js-yaml');
  const scalar = <T>(
    name: string,
    matches: (text: string) => boolean,
    make: (text: string) => T | undefined,
    first: string,
  ) =>
    yaml.defineScalarTag<T>(`tag:yaml.org,2002:${name}`, {
      implicit: true,
      implicitFirstChars: [...first, ...(name === 'null' ? [''] : [])],
      resolve: (text) => {
        if (!matches(text)) return yaml.NOT_RESOLVED;
        const value = make(text);
        return value === undefined ? yaml.NOT_RESOLVED : value;
      },
      identify: () => false,
    });
  const refused = (name: string, text: string) =>
    scalar(
      name,
      (source) => source === text,
      () => {
        throw new Error(`the plain scalar ${text} (a YAML 1.1 merge or default key) is not accepted`);
      },
      text.slice(0, 1),
    );
  const schema = new yaml.Schema([
    yaml.strTag,
    yaml.seqTag,
    yaml.realMapTag,
    scalar('bool', isYamlBoolean, yamlBoolean, 'yYnNtTfFoO'),
    scalar('int', isYamlInteger, yamlInteger, '-+0123456789'),
    scalar('float', isYamlFloat, yamlFloat, '-+0123456789.'),
    scalar('null', isYamlNull, () => null, '~nN'),
    scalar('timestamp', isYamlTimestamp, (text) => new YamlTimestamp(text), '0123456789'),
    refused('merge', '<<'),
    refused('value', '='),
  ]);
  known = { yaml, schema };
  return known;
}

/**
 * Counts the values of a copy without aliases, each shared value once; throws beyond the limit and for a value that contains
 * itself.
 */
function countValues(value: unknown, counted: Map<object, number>, open: Set<object>, depth: number): number {
  if (typeof value !== 'object' || value === null || value instanceof YamlTimestamp) return 1;
  const before = counted.get(value);
  if (before !== undefined) return before;
  if (open.has(value)) throw new Error('a value contains itself');
  if (depth > MAX_DEPTH) throw new Error(`nested deeper than ${MAX_DEPTH} levels`);
  open.add(value);
  let sum = 1;
  const children = value instanceof Map ? [...value.keys(), ...value.values()] : (value as unknown[]);
  for (const child of children) {
    sum += countValues(child, counted, open, depth + 1);
    if (sum > MAX_VALUES) throw new Error(`aliases expand to more than ${MAX_VALUES} values`);
  }
  open.delete(value);
  counted.set(value, sum);
  return sum;
}

/** One document. Throws PACKAGE_INVALID naming `what`. Only YAML's own plain tags are allowed. */
export async function parseYaml(text: string, what: string): Promise<YamlValue> {
  const fail = (why: string, cause?: unknown): never => {
    throw new MlctlError('PACKAGE_INVALID', `${printable(what, 120)} is not readable YAML: ${printable(why, 200)}`, {
      hint: 'mlctl reads what Python MLflow writes; compare the file with one written by log_model',
      cause,
    });
  };
  if (text.length > MAX_YAML_BYTES || Buffer.byteLength(text) > MAX_YAML_BYTES) {
    throw new MlctlError(
      'LIMIT_EXCEEDED',
      `${printable(what, 120)} has ${text.length} characters; at most ${MAX_YAML_BYTES} bytes are read`,
    );
  }
  const clean = text.startsWith('\ufeff') ? text.slice(1) : text;
  const odd = AMBIGUOUS.exec(clean);
  if (odd) fail(`it holds the character U+${(odd[0].codePointAt(0) ?? 0).toString(16).padStart(4, '0')} unescaped`);
  if (clean.trim() === '') return null;
  const { yaml, schema } = await pythonSchema();
  try {
    const value = yaml.load(clean, { schema, maxDepth: MAX_DEPTH, maxAliases: MAX_ALIASES });
    countValues(value, new Map(), new Set(), 0);
    return value as YamlValue;
  } catch (error) {
    return fail((error as Error).message.split('\n')[0] ?? 'unknown', error);
  }
}
