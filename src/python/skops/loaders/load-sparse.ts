// Turns the nodes of sparse matrices, which are .npz archives inside the archive, into objects with their arrays by name.
import { readNpy } from '../../npy/read-npy.js';
import { malformed, unsupported } from '../../refuse.js';
import type { Saved, SavedArray } from '../../saved.js';
import type { ZipArchive } from '../../zip/open-zip.js';
import { textField } from '../field-of.js';
import type { Loader } from '../loader.js';
import { placeText } from '../place.js';

const COMPRESSED = ['data', 'indices', 'indptr'];
const PARTS: { readonly [format: string]: readonly string[] } = Object.assign(Object.create(null), {
  csr: COMPRESSED,
  csc: COMPRESSED,
  bsr: COMPRESSED,
  coo: ['data', 'row', 'col'],
  dia: ['data', 'offsets'],
});

export const loadSparse: Loader = (node, place, reading) => {
  const where = placeText(place);
  const type = textField(node.fields, 'type', place);
  if (type !== 'scipy') throw malformed(where, `a sparse matrix of type ${type}`, 'scipy');
  const archive = reading.inner(textField(node.fields, 'file', place), place);
  const format = textOf(part(archive, 'format', where));
  const parts = PARTS[format];
  if (parts === undefined)
    throw unsupported(where, `a sparse matrix in the format '${format}'`, Object.keys(PARTS).join(', '));
  // scipy takes the class from the format, so the two must say the same.
  const name = `${format}_matrix`;
  const own = [`scipy.sparse._${format}.${name}`, `scipy.sparse.${format}.${name}`];
  if (!own.includes(`${node.module}.${node.name}`))
    throw malformed(where, `${node.module}.${node.name} in the format ${format}`, own.join(' or '));
  const entries = parts.map((name): [string, Saved] => [name, part(archive, name, where)]);
  entries.push(['_shape', { type: 'tuple', items: intsOf(part(archive, 'shape', where), where) }]);
  return { type: 'object', module: node.module, name, args: [], state: { type: 'dict', entries } };
};

function part(archive: ZipArchive, name: string, where: string): SavedArray {
  const place = `${where}.${name}`;
  const bytes = archive.read(`${name}.npy`);
  if (bytes === undefined) throw malformed(place, 'no such file in the archive', `${name}.npy`);
  return readNpy(bytes, place);
}

/** numpy keeps the format as bytes or as text, by the version of scipy. */
function textOf({ values }: SavedArray): string {
  const first: unknown = values?.[0];
  return first instanceof Uint8Array ? String.fromCharCode(...first.subarray(0, 8)) : String(first).slice(0, 8);
}

function intsOf(array: SavedArray, where: string): bigint[] {
  const ints = array.values instanceof BigInt64Array || array.values instanceof Int32Array ? array.values : [];
  if (ints.length !== 2) throw malformed(where, 'a shape of another kind', 'two ints');
  return Array.from<number | bigint, bigint>(ints, BigInt);
}
