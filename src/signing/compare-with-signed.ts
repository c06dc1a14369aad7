// Turns the files that are there and those that were signed into what differs: changed, missing, and not signed.
import { printable } from '../text/printable.js';
import type { SignaturePart, SignedFile } from './types.js';

const MOST_NAMED = 10;

/** A model of a single file is signed under its name, or as "." by Python's tool. */
function signedNames(signed: ReadonlyMap<string, string>, files: readonly SignedFile[], single: boolean) {
  const own = signed.get('.');
  const [file] = files;
  return single && file && own !== undefined && signed.size === 1 ? new Map([[file.path, own]]) : signed;
}

export function compareWithSigned(
  files: readonly SignedFile[],
  signed: ReadonlyMap<string, string>,
  single: boolean,
): SignaturePart {
  const expected = signedNames(signed, files, single);
  const found = new Set(files.map(({ path }) => path));
  const differences = {
    changed: files
      .filter(({ path, sha256 }) => expected.has(path) && expected.get(path) !== sha256)
      .map(({ path }) => path),
    missing: [...expected.keys()].filter((path) => !found.has(path)),
    not_signed: files.filter(({ path }) => !expected.has(path)).map(({ path }) => path),
  };
  const parts = Object.entries(differences).flatMap(([what, paths]) => {
    if (paths.length === 0) return [];
    const named = paths.slice(0, MOST_NAMED).map((path) => printable(path, 120));
    const more = paths.length > MOST_NAMED ? ` and ${paths.length - MOST_NAMED} more` : '';
    return [`${what.replace('_', ' ')}: ${named.join(', ')}${more}`];
  });
  if (parts.length === 0)
    return {
      part: 'files',
      status: 'pass',
      message: `${files.length === 1 ? 'the file is the one' : `all ${files.length} files are those`} that ${files.length === 1 ? 'was' : 'were'} signed`,
      details: { files: files.length },
    };
  const bounded = Object.entries(differences).map(([what, paths]) => [
    what,
    paths.slice(0, 50).map((path) => printable(path, 200)),
  ]);
  return {
    part: 'files',
    status: 'fail',
    message: `the files are not those that were signed: ${parts.join('; ')}`,
    details: Object.fromEntries(bounded),
  };
}
