// Turns a text of ASCII into bytes.

/** Writes at `at` and returns the end. */
export function writeAscii(text: string, view: DataView, at: number): number {
  for (let i = 0; i < text.length; i++) view.setUint8(at + i, text.charCodeAt(i));
  return at + text.length;
}
