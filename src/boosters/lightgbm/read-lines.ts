// Turns the text of a LightGBM model into its header, the lines of its trees and what follows them.
import type { Refuse } from '../refuse.js';

export type Lines = ReadonlyMap<string, string>;

interface ModelText {
  readonly header: Lines;
  readonly trees: readonly Lines[];
  /** Of the last line, as JSON. */
  readonly pandasCategorical: string | null;
}

/** `text` in bytes (Latin-1), because the file gives the sizes of its trees in bytes. */
export function readLines(text: string, refuse: Refuse): ModelText {
  const first = text.indexOf('\nTree=');
  const end = text.indexOf('\nend of trees');
  if (!/^(tree|dart)\r?\n/.test(text.slice(0, 10)))
    throw refuse.malformed(`the file begins with ${JSON.stringify(text.slice(0, 20))}, expected "tree"`);
  if (end === -1) throw refuse.malformed('the text ends before "end of trees"');
  const start = first === -1 || first > end ? end : first;
  const header = linesOf(text.slice(0, start), refuse);
  const marker = text.lastIndexOf('\npandas_categorical:');
  return {
    header,
    trees: treesOf(text, start + 1, end + 1, sizesOf(header, refuse), refuse),
    pandasCategorical: marker < end ? null : text.slice(marker + 20).trim(),
  };
}

/** Files below version 3 do not have them. */
function sizesOf(header: Lines, refuse: Refuse): readonly number[] | null {
  const line = header.get('tree_sizes');
  if (line === undefined) return null;
  const sizes = line.split(' ').filter((word) => word !== '');
  if (sizes.some((size) => !/^\d{1,12}$/.test(size))) throw refuse.malformed('tree_sizes is not a list of sizes');
  return sizes.map(Number);
}

function treesOf(text: string, start: number, end: number, sizes: readonly number[] | null, refuse: Refuse): Lines[] {
  const trees: Lines[] = [];
  for (let at = start; at < end; ) {
    if (!text.startsWith('Tree=', at)) throw refuse.malformed(`at byte ${at}: expected "Tree=${trees.length}"`);
    const size = sizes?.[trees.length];
    const following = text.indexOf('\nTree=', at);
    const next = following === -1 || following >= end ? end : following + 1;
    if (size !== undefined && at + size !== next)
      throw refuse.malformed(`tree ${trees.length} takes ${next - at} bytes, but tree_sizes says ${size}`);
    trees.push(linesOf(text.slice(at, next), refuse));
    at = next;
  }
  if (sizes !== null && sizes.length !== trees.length)
    throw refuse.malformed(`the text has ${trees.length} trees, but tree_sizes has ${sizes.length}`);
  return trees;
}

/** `key=value`, or a word alone. */
function linesOf(text: string, refuse: Refuse): Lines {
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    if (line === '') continue;
    const sign = line.indexOf('=');
    const key = sign === -1 ? line : line.slice(0, sign);
    if (found.has(key))
      throw refuse.malformed(`the line ${JSON.stringify(key.slice(0, 60))} stands twice in one block`);
    found.set(key, sign === -1 ? '' : line.slice(sign + 1));
  }
  return found;
}
