// Turns a piece of text into the number of line breaks in it: \n, \r\n and \r, as in CSV.

const LF = 10;
const CR = 13;

export function breaksIn(bytes: Uint8Array, start: number, end: number): number {
  let breaks = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) breaks++;
  }
  return breaks;
}
