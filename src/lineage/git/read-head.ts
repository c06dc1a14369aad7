// Turns a repository into the branch that is checked out and the commit that it is at.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isFile, type Repository, readSmall } from './repository.js';

const MAX_REFS_BYTES = 32 * 1024 * 1024;
const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const REF = /^refs\/[\w./@+-]+$/;

interface Head {
  readonly commit: string | null;
  /** null: HEAD is detached, or cannot be read. */
  readonly branch: string | null;
  readonly isDetached: boolean;
}

export function readHead(repository: Repository): Head {
  const text = readSmall(join(repository.folder, 'HEAD')).trim();
  if (COMMIT.test(text)) return { commit: text, branch: null, isDetached: true };
  const ref = /^ref: (\S+)$/.exec(text)?.[1] ?? '';
  // A reftable keeps HEAD elsewhere, and has this word here.
  const branch = /^refs\/heads\/(?!\.invalid$)(.+)$/.exec(ref)?.[1] ?? null;
  return { commit: readRef(repository, ref), branch: isRef(ref) ? branch : null, isDetached: false };
}

/** A ref becomes a path. */
const isRef = (name: string): boolean => REF.test(name) && !name.split('/').includes('..');

/** The commit that a ref leads to; null if there is none (a branch without a commit, refs in another format). */
function readRef(repository: Repository, start: string): string | null {
  let name = start;
  for (let steps = 0; steps < 5; steps++) {
    if (!isRef(name)) return null;
    const loose = [repository.folder, repository.common].map((folder) => join(folder, name)).find(isFile);
    const text = loose ? readSmall(loose).trim() : packedRef(repository, name);
    if (text === null) return null;
    if (COMMIT.test(text)) return text;
    const next = /^ref: (\S+)$/.exec(text)?.[1];
    if (next === undefined) return null;
    name = next;
  }
  return null;
}

function packedRef({ common }: Repository, name: string): string | null {
  const file = join(common, 'packed-refs');
  if (!isFile(file) || statSync(file).size > MAX_REFS_BYTES) return null;
  const line = readFileSync(file, 'utf8')
    .split('\n')
    .find((line) => line.endsWith(` ${name}`));
  return line?.slice(0, line.indexOf(' ')) ?? null;
}
