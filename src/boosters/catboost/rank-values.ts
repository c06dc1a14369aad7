// Turns the values of columns into ranks: how many borders of its column a value is above.

/** `values` row by row, `ranks` column by column. */
export function rankValues(
  values: Float64Array,
  width: number,
  count: number,
  borders: readonly Float64Array[],
  ranks: Int32Array,
): void {
  for (const [column, own] of borders.entries())
    for (let row = 0; row < count; row++) ranks[column * count + row] = rankOf(values[row * width + column]!, own);
}

/** NaN is above no border. */
function rankOf(value: number, borders: Float64Array): number {
  let low = 0;
  let high = borders.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value > borders[middle]!) low = middle + 1;
    else high = middle;
  }
  return low;
}
