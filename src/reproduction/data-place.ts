// Turns what a run recorded of its data into where the data is now: where it was said to be, where it was, or in this clone of its repository.
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { sha256OfFile } from '../files/digest-folder.js';
import type { DataLineage, Lineage } from '../lineage/types.js';
import { isNotAPath } from '../rows/training-data.js';
import { printable } from '../text/printable.js';
import type { World } from '../world.js';

export interface WhereAsked {
  /** As --data says. */
  readonly data?: string | undefined;
  /** The root of the repository of this folder; null outside of one. */
  readonly root: string | null;
  /** Files of the recorded commit, laid out in a folder; only these count. */
  readonly checkout?: { readonly tree: string; readonly paths: readonly string[] } | undefined;
}

/** A path, or an address that is not a path. `source` is what the recipe says. */
export async function dataPlace(
  world: World,
  source: string,
  lineage: Pick<Lineage, 'git' | 'data'>,
  { data, root, checkout }: WhereAsked,
): Promise<string> {
  if (data !== undefined) return isNotAPath(data) ? data : resolve(world.cwd, data);
  const recorded = lineage.data[0];
  const inGit = pathInRepository(lineage.git, recorded);
  if (checkout !== undefined && inGit !== null && checkout.paths.includes(inGit)) return join(checkout.tree, inGit);
  if (isNotAPath(source) && !/^file:/i.test(source)) return source.includes('***') ? secretGone(source) : source;
  const places = [
    ...(recorded === undefined ? [] : [resolve(world.cwd, recorded.source)]),
    ...(root === null || inGit === null ? [] : [join(root, inGit)]),
    ...(recorded?.path == null ? [resolve(world.cwd, source)] : [resolve(world.cwd, recorded.path)]),
  ];
  const there = [...new Set(places)].filter((place) => statSync(place, { throwIfNoEntry: false })?.isFile());
  if (there.length > 1 && recorded !== undefined)
    for (const place of there) if (`sha256:${await sha256OfFile(place)}` === recorded.digest) return place;
  return there[0] ?? nowhere([...new Set(places)]);
}

/** The path of the data from the root of the repository; null if it is not in it. */
export function pathInRepository(git: Lineage['git'], data: DataLineage | undefined): string | null {
  if (data?.path == null || git.folder === null) return null;
  const parts: string[] = [];
  for (const part of `${git.folder}/${data.path}`.split('/')) {
    if (part === '..' && parts.pop() === undefined) return null;
    if (part !== '..' && part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function nowhere(places: readonly string[]): never {
  throw new MlctlError(
    'FILE_NOT_FOUND',
    `the data that the model was trained on is not at ${places.map((place) => printable(place, 200)).join(' or ')}`,
    { hint: 'say where it is now: add --data FILE', details: { places } },
  );
}

function secretGone(source: string): never {
  throw new MlctlError(
    'FILE_NOT_FOUND',
    `the address of the data was recorded without its secrets: ${printable(source, 200)}`,
    { hint: 'give the whole address, or a copy of the file: add --data ADDRESS' },
  );
}
