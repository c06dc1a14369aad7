// Readers of settings that are text: any text, or one of a few words.
import type { Reader } from './reader.js';

/** `shown`: the default in words. */
/** It may be a secret, or hold one, so that nothing of it is shown. */
export const text = (shown: string | null = null): Reader<string | undefined> => ({
  expected: 'a text',
  unset: undefined,
  shown,
  open: false,
  read: (given) => given,
});

/** A name, a file, a place: what people look for in `doctor`. */
export const openText = (shown: string | null = null): Reader<string | undefined> => ({ ...text(shown), open: true });

/** In any case, as boto3 and MLflow take their words. `shown`: in place of the default's own word. */
export function oneOf<const Word extends string, const Unset extends Word | undefined>(
  words: readonly Word[],
  unset: Unset,
  shown: string | null = unset ?? null,
): Reader<Word | Unset> {
  return {
    expected: `one of ${words.join(', ')}`,
    words,
    unset,
    shown,
    open: true,
    read: (given) => words.find((word) => word === given.trim().toLowerCase()),
  };
}
