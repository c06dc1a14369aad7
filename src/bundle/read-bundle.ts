// Turns a folder that `audit --bundle` wrote into its record, and into what does not fit: files that are not those it was sealed with.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { digestFolder, digestOfList } from '../files/digest-folder.js';
import { printable } from '../text/printable.js';
import { RECORD_FILE } from './is-bundle.js';
import { type BundleRecord, parseRecord } from './record.js';
import { SUMS_FILE } from './write-bundle.js';

/** Runs with a hundred thousand tags are not audited. */
const MOST_BYTES = 64 * 1024 * 1024;

export interface ReadBundle {
  readonly folder: string;
  readonly record: BundleRecord;
  readonly files: readonly string[];
  /** Of SHA256SUMS as it is now. */
  readonly digest: string;
  /** As SHA256SUMS says. */
  readonly sums: ReadonlyMap<string, string>;
  /** A sentence for each file that is changed, missing or new. */
  readonly problems: readonly string[];
}

function textOf(folder: string, name: string): string {
  const file = join(folder, name);
  const facts = statSync(file, { throwIfNoEntry: false });
  if (!facts?.isFile() || facts.size > MOST_BYTES)
    throw new MlctlError('BUNDLE_INVALID', `the bundle "${printable(folder)}" has no ${name}, or it is too large`, {
      hint: 'make the bundle again: mlctl audit URI --bundle FOLDER',
    });
  return readFileSync(file, 'utf8');
}

/** Null if a line is not one of `sha256sum`. */
function parseSums(text: string): ReadonlyMap<string, string> | null {
  const sums = new Map<string, string>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, sum, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (sum === undefined || path === undefined || sums.has(path)) return null;
    sums.set(path, sum);
  }
  return sums;
}

/** Throws BUNDLE_INVALID. */
export async function readBundle(folder: string): Promise<ReadBundle> {
  const record = parseRecord(textOf(folder, RECORD_FILE));
  const { files } = await digestFolder(folder);
  const sealed = parseSums(textOf(folder, SUMS_FILE));
  if (sealed === null)
    throw new MlctlError('BUNDLE_INVALID', `${SUMS_FILE} of the bundle is not a list of digests`, {
      hint: 'make the bundle again: mlctl audit URI --bundle FOLDER',
    });
  const now = new Map(files.filter(({ path }) => path !== SUMS_FILE).map(({ path, sha256 }) => [path, sha256]));
  const problems = [
    ...[...sealed].flatMap(([path, sum]) => {
      const found = now.get(path);
      return found === sum
        ? []
        : [`${printable(path, 200)} ${found === undefined ? 'is missing' : 'was changed'} since the bundle was made`];
    }),
    ...[...now.keys()]
      .filter((path) => !sealed.has(path))
      .map((path) => `${printable(path, 200)} was added since the bundle was made`),
  ];
  return {
    folder,
    record,
    files: files.map(({ path }) => path),
    digest: digestOfList([...sealed].map(([path, sum]) => ({ path, sha256: sum }))),
    sums: sealed,
    problems,
  };
}
