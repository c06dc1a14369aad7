// Turns a tree and the columns of a table into the leaf that each row ends in (sklearn.tree._tree.Tree.apply).
import { LEAF, type Tree } from './tree.js';

/** `columns[j]` holds feature j; float64 values are rounded to float32 on the way, as scikit-learn casts X. */
export function applyTree(
  tree: Tree,
  columns: readonly (Float64Array | Float32Array)[],
  rows: number,
): Int32Array<ArrayBuffer> {
  const { children_left: left, children_right: right, feature, threshold, missing_go_to_left: missingLeft } = tree;
  const leaves = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    let node = 0;
    while (left[node] !== LEAF) {
      const value = Math.fround(columns[feature[node]!]![row]!);
      const goesLeft = value <= threshold[node]! || (missingLeft[node] === 1 && Number.isNaN(value));
      node = goesLeft ? left[node]! : right[node]!;
    }
    leaves[row] = node;
  }
  return leaves;
}

/** The values of each row's leaf, row-major, rows × `value_width`. */
export function predictTree(tree: Tree, columns: readonly (Float64Array | Float32Array)[], rows: number): Float64Array {
  const { value_width: width, value } = tree;
  const answers = new Float64Array(rows * width);
  applyTree(tree, columns, rows).forEach((leaf, row) => {
    for (let k = 0; k < width; k++) answers[row * width + k] = value[leaf * width + k]!;
  });
  return answers;
}
