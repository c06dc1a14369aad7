// Takes one character off the end of a text, as often as it stands there: in one walk, where a pattern starts anew at each of them.

export function withoutEnd(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end--;
  return text.slice(0, end);
}
