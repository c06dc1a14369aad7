// Turns the categories that XGBoost 3.1 and later keep of a data frame into texts by feature.
import type { Fields } from './fields.js';

/** `cats`: of `gradient_booster.model`. Categories that are not texts are codes already. */
export function readCategoryTexts(cats: Fields, features: number): (readonly string[] | null)[] {
  const columns = cats.objects('enc');
  if (columns.length > features)
    throw cats.refuse.malformed(`${cats.path} has the categories of ${columns.length} columns, the model ${features} features`);
  return columns.map((column) => (column.has('offsets') ? readTexts(column) : null));
}

/** All texts one after the other, in bytes, and where each of them begins. */
function readTexts(column: Fields): string[] {
  const offsets = column.integers('offsets');
  const bytes = Uint8Array.from(column.integers('values'));
  const decoder = new TextDecoder();
  return Array.from(offsets.subarray(1), (end, i) => {
    const start = offsets[i]!;
    if (start < 0 || end < start || end > bytes.length)
      throw column.refuse.malformed(`${column.path}: category ${i} is ${start} to ${end} of ${bytes.length} bytes`);
    return decoder.decode(bytes.subarray(start, end));
  });
}
