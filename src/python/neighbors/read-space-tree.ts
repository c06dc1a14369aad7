// Turns what Python saved of a KDTree or BallTree into its value.
import type { SpaceTree } from '../../estimators/neighbors/space-tree.js';
import { Attributes } from '../attributes.js';
import { isSaved } from '../is-saved.js';
import { Value } from '../value.js';

const NAME = /^sklearn\.neighbors\._(kd|ball)_tree\.(KD|Ball)Tree(64|32)?$/;

/** `rows` training points of `width` columns. */
export function readSpaceTree(value: Value, rows: number, width: number): SpaceTree {
  const { object } = new Attributes(value);
  const kind = NAME.exec(`${object.module}.${object.name}`)?.[1] as SpaceTree['kind'] | undefined;
  const { state } = object;
  if (kind === undefined || !isSaved(state, 'tuple')) return value.fail('a KDTree or BallTree');
  const part = (at: number, name: string) => new Value(state.items[at] ?? null, `${value.where}.${name}`);
  const nodes = part(2, 'node_data');
  const field = (key: string) => nodes.field(key) ?? nodes.fail(`records with the field ${key}`);
  const start = field('idx_start').places(rows + 1);
  const count = start.length;
  const end = field('idx_end').places(rows + 1, count);
  const leaf = Uint8Array.from(field('is_leaf').places(2, count));
  if (count === 0) nodes.fail('at least one node');
  for (let node = 0; node < count; node++) {
    if (start[node]! > end[node]!) nodes.fail('nodes that do not end before their start', `node ${node}`);
    if (!leaf[node] && 2 * node + 2 >= count) nodes.fail('nodes whose children are there', `node ${node}`);
  }
  const bounds = part(3, 'node_bounds');
  const { values, shape } = bounds.numbers();
  if (shape.length !== 3 || shape[0] !== (kind === 'kd' ? 2 : 1) || shape[1] !== count || shape[2] !== width)
    bounds.fail(`bounds of ${count} nodes in ${width} columns`);
  const order = part(1, 'idx_array').places(rows, rows);
  return { kind, order, start, end, leaf, radius: field('radius').vector(count), bounds: values };
}
