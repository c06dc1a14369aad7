// Turns the categories that XGBoost 3.1 and later keep of a data frame into codes by text.
import type { Refuse } from '../refuse.js';
import type { Fields } from './fields.js';

export interface CategoryTexts {
  readonly codes: ReadonlyMap<string, number>;
  /** Texts whose end is not in the file: what there is of them, and how many characters they have. */
  readonly cut: readonly { readonly start: string; readonly length: number; readonly code: number }[];
}

/** `cats`: of `gradient_booster.model`; null for a feature whose categories are not texts, because they are codes already. */
export function readCategoryTexts(cats: Fields, features: number): (CategoryTexts | null)[] {
  const columns = cats.objects('enc');
  if (columns.length > features)
    throw cats.refuse.malformed(
      `${cats.path} has the categories of ${columns.length} columns, the model ${features} features`,
    );
  return columns.map((column) => (column.has('offsets') ? readTexts(column, cats.refuse) : null));
}

/** Undefined if the text was not in the training data. */
export function codeOfText({ codes, cut }: CategoryTexts, text: string): number | undefined {
  const code = codes.get(text);
  if (code !== undefined || cut.length === 0) return code;
  const length = Array.from(text).length;
  const found = cut.filter((partial) => partial.length === length && text.startsWith(partial.start));
  return found.length === 1 ? found[0]!.code : undefined;
}

/** All texts one after the other in UTF-8, and where each of them begins. */
function readTexts(column: Fields, refuse: Refuse): CategoryTexts | null {
  const offsets = column.integers('offsets');
  const bytes = Uint8Array.from(column.integers('values'));
  if (offsets.length === 0) return null;
  for (const [i, end] of offsets.entries())
    if (end < (offsets[i - 1] ?? 0) || end > bytes.length)
      throw refuse.malformed(`${column.path}: category ${i - 1} ends at ${end} of ${bytes.length} bytes`);
  return byBytes(offsets, bytes) ?? byCharacters(offsets, bytes);
}

const decoded = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
};

function byBytes(offsets: Int32Array, bytes: Uint8Array): CategoryTexts | null {
  const codes = new Map<string, number>();
  for (let code = 0; code + 1 < offsets.length; code++) {
    const text = decoded(bytes.subarray(offsets[code], offsets[code + 1]));
    if (text === null) return null;
    codes.set(text, code);
  }
  return { codes, cut: [] };
}

/**
 * XGBoost 3.1 to 3.3 counts characters where it means bytes (`pd_cat_inf`), so with other letters than English ones the borders
 * are characters, and the ends of the last texts are missing.
 */
function byCharacters(offsets: Int32Array, bytes: Uint8Array): CategoryTexts {
  // The last character may be cut in two.
  const characters = Array.from(new TextDecoder().decode(bytes, { stream: true }));
  const codes = new Map<string, number>();
  const cut = [];
  for (let code = 0; code + 1 < offsets.length; code++) {
    const length = offsets[code + 1]! - offsets[code]!;
    const found = characters.slice(offsets[code], offsets[code + 1]);
    if (found.length === length) codes.set(found.join(''), code);
    else cut.push({ start: found.join(''), length, code });
  }
  return { codes, cut };
}
