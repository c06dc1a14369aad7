// Rows that are written one by one as the array of one JSON document, whose other keys are known only at the end.
import { fstatSync } from 'node:fs';
import { Writable } from 'node:stream';
import { MlctlError } from '../errors/error.js';
import { ciListens } from '../settings/ci-listens.js';
import { holdsCommand } from '../text/ci-commands.js';
import type { World } from '../world.js';
import { jsonText } from './json-text.js';

/** Set on an error whose --json answer was begun: the rest of the document is left to write, not a new one. */
const begun = new WeakMap<object, (rest: Readonly<Record<string, unknown>>) => string>();

/** The end of the document that was begun before this error, if one was. */
export function restOfDocument(error: unknown, rest: Readonly<Record<string, unknown>>): string | undefined {
  return typeof error === 'object' && error !== null ? begun.get(error)?.(rest) : undefined;
}

interface RowDocument {
  /** Takes NDJSON: one JSON value a line. */
  readonly sink: Writable;
  close(rest: Readonly<Record<string, unknown>>): Promise<void>;
  /** Remembers with the error that the document was begun. */
  fail(error: unknown): void;
}

export function openRowDocument(target: Writable, schema: string, key: string): RowDocument {
  let rows = 0;
  let left = '';
  const put = (text: string) => new Promise<void>((done) => (target.write(text) ? done() : target.once('drain', done)));
  const head = `{\n  "schema": ${JSON.stringify(schema)},\n  ${JSON.stringify(key)}: [`;
  const row = (line: string) => {
    rows += 1;
    return `${rows === 1 ? head : ','}\n    ${line}`;
  };
  const ending = (rest: Readonly<Record<string, unknown>>) =>
    `${rows === 0 ? `${head}]` : '\n  ]'},${jsonText(rest).slice(1)}`;
  const sink = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      const lines = (left + String(chunk)).split('\n');
      left = lines.pop() ?? '';
      const text = lines
        .filter((line) => line.trim() !== '')
        .map(row)
        .join('');
      put(text).then(() => done(), done);
    },
  });
  return {
    sink,
    close: async (rest) => {
      if (!sink.writableEnded) await new Promise<void>((done) => sink.end(done));
      await put(`${left.trim() === '' ? '' : row(left)}${ending(rest)}\n`);
    },
    fail: (error) => {
      if (rows > 0 && typeof error === 'object' && error !== null) begun.set(error, ending);
    },
  };
}

interface Rows {
  readonly fd?: unknown;
  readonly destroyed: boolean;
  write(bytes: Uint8Array, done: (error?: Error | null) => void): unknown;
  on(event: 'error', listener: () => void): unknown;
  off(event: 'error', listener: () => void): unknown;
}

/** Longer than what makes a command of what follows. */
const TAIL = 64;

/** Rows on stdout are data, which no escape may change: those with a command in them are refused, unless stdout is a file. */
export function guardRows(env: World['env'], stdout: Rows): Rows {
  const { fd } = stdout;
  if (!ciListens(env) || (typeof fd === 'number' && fstatSync(fd).isFile())) return stdout;
  let before = '\n';
  return {
    get destroyed() {
      return stdout.destroyed;
    },
    on: (event, listener) => stdout.on(event, listener),
    off: (event, listener) => stdout.off(event, listener),
    write(bytes, done) {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
      if (holdsCommand(text, before)) {
        const hint = 'write them to a file: -o FILE';
        return done(new MlctlError('USAGE', 'the rows hold what the CI runner would take for a command', { hint }));
      }
      before = (before + text).slice(-TAIL);
      return stdout.write(bytes, done);
    },
  };
}
