// Rows that are written one by one as the array of one JSON document, whose other keys are known only at the end.
import { Writable } from 'node:stream';
import { jsonText } from './json.js';

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
