// Turns a text into the same one without its accents, as scikit-learn's strip_accents_unicode and strip_accents_ascii do.

const ASCII = /^[\x00-\x7f]*$/;

export function stripAccents(text: string, way: 'ascii' | 'unicode'): string {
  if (ASCII.test(text)) return text;
  const apart = Array.from(text.normalize('NFKD'));
  return apart.filter((char) => (way === 'ascii' ? ASCII.test(char) : !isCombining(char))).join('');
}

/**
 * Whether Unicode gives the character a combining class: then it changes places with a mark of a lower class before it, or of a
 * higher class behind it, when a text is put in order.
 */
function isCombining(char: string): boolean {
  if (!/^\p{M}$/u.test(char)) return false;
  // U+0345 has the class 240, the highest; U+0334 the class 1, the lowest
  return `\u0345${char}`.normalize('NFD').startsWith(char) || `${char}\u0334`.normalize('NFD').startsWith('\u0334');
}
