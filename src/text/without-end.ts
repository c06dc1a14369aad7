// Removes one character from the end of a text, as often as it is there, in linear time: a pattern would start again at each of
// them.

export function withoutEnd(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end--;
  return text.slice(0, end);
}
