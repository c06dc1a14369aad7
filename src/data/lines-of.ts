// Turns byte chunks into lines, for NDJSON; a line ends with \n, and a \r before it belongs to the end.
import { MlctlError } from '../errors/error.js';

const MOST_LINE_BYTES = 64 * 1024 * 1024;

export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer[]> {
  let left: Buffer[] = [];
  let leftBytes = 0;
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      const piece = bytes.subarray(start, end);
      lines.push(withoutReturn(left.length === 0 ? piece : Buffer.concat([...left, piece])));
      left = [];
      leftBytes = 0;
      start = end + 1;
    }
    if (start < bytes.length) {
      left.push(bytes.subarray(start));
      leftBytes += bytes.length - start;
      if (leftBytes > MOST_LINE_BYTES) {
        throw new MlctlError('DATA_INVALID', `a line is longer than ${MOST_LINE_BYTES} bytes (64 MiB)`, {
          hint: 'NDJSON has one JSON object on each line; is this one JSON document? Then use --input-format json',
        });
      }
    }
    if (lines.length > 0) yield lines;
  }
  if (leftBytes > 0) yield [withoutReturn(Buffer.concat(left))];
}

function withoutReturn(line: Buffer): Buffer {
  return line.at(-1) === 13 ? line.subarray(0, -1) : line;
}
