// Turns the text of ~/.mlflow/credentials into a user name and a password, as Python's configparser reads it for MLflow.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { readSetting } from '../settings/read-setting.js';
import type { World } from '../world.js';

export interface StoredSignIn {
  readonly username: string | null;
  readonly password: string | null;
}

export const credentialsPath = (env: World['env']): string =>
  join(readSetting(env, 'HOME') ?? homedir(), '.mlflow', 'credentials');

/** `%(name)s` may name a key whose value names another: as many levels as in Python. */
const DEEPEST = 10;
const MOST_NAMED = 100;

/**
 * Never shows the line itself, because it may hold the password. A file that MLflow would refuse is an error here, and not an
 * anonymous start.
 */
function refused(line: number | string, found: string, hint: string): never {
  const where = typeof line === 'number' ? `line ${line}` : line;
  throw new MlctlError('CONFIG_INVALID', `~/.mlflow/credentials, ${where}: ${found}`, { hint });
}

type Section = Map<string, string[]>;

/** Section name → key in lower case → its lines. */
function sectionsOf(text: string): Map<string, Section> {
  const sections = new Map<string, Section>([['DEFAULT', new Map()]]);
  let section: Section | undefined;
  let value: string[] | undefined;
  let indent = 0;
  for (const [at, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const trimmed = line.trim();
    if (trimmed.startsWith('#') || trimmed.startsWith(';')) continue;
    if (trimmed === '') {
      value?.push('');
      continue;
    }
    const depth = line.length - line.trimStart().length;
    // A line that is indented further continues the value above it.
    if (value !== undefined && depth > indent) {
      value.push(trimmed);
      continue;
    }
    indent = depth;
    const close = trimmed.lastIndexOf(']');
    if (trimmed.startsWith('[') && close > 1) {
      const name = trimmed.slice(1, close);
      if (name !== 'DEFAULT' && sections.has(name)) refused(at + 1, 'the section is in the file twice', 'join the two');
      section = sections.get(name) ?? new Map();
      sections.set(name, section);
      value = undefined;
      continue;
    }
    if (section === undefined) refused(at + 1, 'is before any section', 'put a line with [mlflow] above it');
    const split = trimmed.search(/[=:]/);
    if (split < 1) refused(at + 1, 'is not a key and a value', 'write it as key = value, or take the line out');
    const key = trimmed.slice(0, split).trim().toLowerCase();
    if (section.has(key)) refused(at + 1, 'gives a key for the second time', 'take one of the two out');
    value = [trimmed.slice(split + 1).trim()];
    section.set(key, value);
  }
  return sections;
}

/** `%%` is a percent sign, `%(name)s` another value of the section. */
function interpolated(key: string, text: string, raw: (key: string) => string | null, depth = 0): string {
  return text.replace(/%(%|\([^()]*\)s)?/g, (_, what: string | undefined) => {
    if (what === '%') return '%';
    const other = what === undefined || depth >= DEEPEST ? null : raw(what.slice(1, -2).toLowerCase());
    if (other === null) refused(key, 'has a single % in it', 'write %% for a percent sign');
    return interpolated(key, other, raw, depth + 1);
  });
}

/** `[mlflow]`, each key by itself, as MLflow reads them. */
export function parseCredentials(text: string): StoredSignIn {
  const sections = sectionsOf(text);
  const own = sections.get('mlflow');
  let asked = 0;
  const raw = (key: string): string | null => {
    // A value that names two others, which name two others: each step doubles the text.
    if (++asked > MOST_NAMED) refused(key, `names other keys more than ${MOST_NAMED} times`, 'write the value itself');
    return (own?.get(key) ?? sections.get('DEFAULT')?.get(key))?.join('\n').trimEnd() ?? null;
  };
  const read = (key: string): string | null => {
    const value = own === undefined ? null : raw(key);
    if (value?.includes('\n'))
      refused(key, 'goes on in the line below, which is indented', 'start every key at the same column');
    return value === null ? null : interpolated(key, value, raw);
  };
  return { username: read('mlflow_tracking_username'), password: read('mlflow_tracking_password') };
}
