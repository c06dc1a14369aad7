// Turns untrusted YAML text into plain values with the line of each; what a recipe does not need (aliases, tags, depth, size) is
// refused.
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { MlctlError } from '../errors/error.js';

export const MAX_RECIPE_BYTES = 1 << 20;
const MAX_DEPTH = 32;

/** Mappings become objects without a prototype, so that `__proto__` is an ordinary key. */
export interface YamlSource {
  readonly value: unknown;
  /** 1-based line of the value at `path`, or of its nearest ancestor; of the key itself with `key`. */
  lineOf(path: readonly PropertyKey[], key?: string): number;
}

export function readYaml(text: string, name: string): YamlSource {
  const refuse = (message: string, line: number | null, hint?: string): MlctlError =>
    new MlctlError('RECIPE_INVALID', `${name}${line === null ? '' : `:${line}`}: ${message}`, {
      ...(hint ? { hint } : {}),
      details: { file: name, line },
    });
  if (text.length > MAX_RECIPE_BYTES || Buffer.byteLength(text) > MAX_RECIPE_BYTES)
    throw refuse(`the text has more than ${MAX_RECIPE_BYTES} bytes (1 MiB), the most a recipe may have`, null);
  const hostile = unfitToParse(text);
  if (hostile !== null) throw refuse(hostile.message, hostile.line, hostile.hint);

  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    logLevel: 'error',
    strict: true,
    uniqueKeys: true,
    merge: false,
  });
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  const problem = document.errors[0];
  if (problem)
    throw refuse(
      `not valid YAML: ${problem.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '')}`,
      lineAt(problem.pos[0]),
    );
  visit(document, {
    Node(_, node) {
      const line = node.range ? lineAt(node.range[0]) : null;
      if (isAlias(node))
        throw refuse(
          `an alias (*${printed(node.source)}): recipes use neither anchors nor aliases`,
          line,
          'write the value out',
        );
      if (node.tag && !(isMap(node) || isSeq(node) ? PLAIN_COLLECTIONS : PLAIN_SCALARS).has(node.tag))
        throw refuse(`the tag ${printed(node.tag)}: recipes hold plain values only`, line, 'leave the tag out');
    },
  });
  return {
    value: plain(document.contents, (message, node) => refuse(message, node?.range ? lineAt(node.range[0]) : null)),
    lineOf: (path, key) => lineOf(document, path, key, lineAt),
  };
}

const PLAIN_COLLECTIONS = new Set(['tag:yaml.org,2002:map', 'tag:yaml.org,2002:seq']);
const PLAIN_SCALARS = new Set(['str', 'int', 'float', 'bool', 'null'].map((name) => `tag:yaml.org,2002:${name}`));

/** What the lexer writes before the text of a scalar. */
const SCALAR = '\u001f';

/**
 * The first anchor, and the line where nesting passes the limit. The lexer finds them alone, because the parser's time grows with
 * the square of anchors and of depth.
 */
function unfitToParse(
  text: string,
): { readonly message: string; readonly line: number; readonly hint?: string } | null {
  let line = 1;
  let flow = 0;
  let items = 0;
  let before = '';
  for (const token of new Lexer().lex(text)) {
    if (token.startsWith('&') && before !== SCALAR)
      return {
        message: `an anchor (${printed(token)}): recipes use neither anchors nor aliases`,
        line,
        hint: 'write the value out',
      };
    before = token;
    if (token === '[' || token === '{') flow++;
    else if (token === ']' || token === '}') flow = Math.max(0, flow - 1);
    else if (token === '-' || token === '?') items++;
    else if (token.includes('\n')) {
      line += token.split('\n').length - 1;
      items = 0;
    }
    if (flow > MAX_DEPTH || items > MAX_DEPTH) return { message: `nested deeper than ${MAX_DEPTH} levels`, line };
  }
  return null;
}

function plain(node: unknown, refuse: (message: string, node?: Node) => MlctlError, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw refuse(`nested deeper than ${MAX_DEPTH} levels`, node as Node);
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return node.items.map((item) => plain(item, refuse, depth + 1));
  if (!isMap(node)) return null;
  const made: Record<string, unknown> = Object.create(null);
  for (const { key, value } of node.items) {
    if (!isScalar(key)) throw refuse('a key that is not a plain word', (key as Node | null) ?? node);
    const name = keyText(key.value);
    if (Object.hasOwn(made, name)) throw refuse(`the key ${printed(name)} is given twice`, key);
    made[name] = plain(value, refuse, depth + 1);
  }
  return made;
}

function lineOf(
  document: Document,
  path: readonly PropertyKey[],
  key: string | undefined,
  lineAt: (offset: number) => number,
): number {
  let node: unknown = document.contents;
  let offset = (node as Node | null)?.range?.[0] ?? 0;
  for (const [i, part] of [...path, ...(key === undefined ? [] : [key])].entries()) {
    const wantKey = i === path.length;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && keyText(item.key.value) === part);
      const found = (wantKey ? pair?.key : (pair?.value ?? pair?.key)) as Node | undefined;
      if (!found) break;
      offset = found.range?.[0] ?? offset;
      node = pair?.value;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
      if (!node) break;
      offset = (node as Node).range?.[0] ?? offset;
    } else break;
  }
  return lineAt(offset);
}

function keyText(key: unknown): string {
  return key === null ? 'null' : String(key);
}

/** A piece of the text for a message: short, without control characters. */
export function printed(text: string): string {
  const clean = JSON.stringify(text)
    .slice(1, -1)
    .replace(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g, '?');
  return clean.length > 60 ? `${clean.slice(0, 60)}…` : clean;
}
