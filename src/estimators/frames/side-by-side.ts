// Turns row-major blocks of the same rows into one, side by side (numpy.hstack).

interface ValueBlock {
  readonly values: ArrayLike<number>;
  readonly width: number;
  /** How many columns are left out on the left. */
  readonly skip?: number;
}

export function sideBySide(rows: number, blocks: readonly ValueBlock[]): { values: Float64Array; width: number } {
  const width = blocks.reduce((sum, block) => sum + block.width - (block.skip ?? 0), 0);
  const values = new Float64Array(rows * width);
  let left = 0;
  for (const { values: from, width: stride, skip = 0 } of blocks) {
    for (let i = 0; i < rows; i++)
      for (let k = skip; k < stride; k++) values[i * width + left + k - skip] = from[i * stride + k]!;
    left += stride - skip;
  }
  return { values, width };
}
