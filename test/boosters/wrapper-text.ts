// Takes the text of the Booster out of a pickle or skops file of LightGBM's scikit-learn API, for tests of the booster alone.

/** The bytes of `_handle`. */
export function handleOf(file: Buffer): Buffer {
  const inJson = file.indexOf('"\\"tree\\\\nversion=');
  if (inJson !== -1) return fromJson(file, inJson);
  const raw = file.indexOf('tree\nversion=');
  if (raw !== -1) return fromPickle(file, raw);
  // Protocol 0 writes a line with escapes.
  const line = file.indexOf('Vtree\\u000aversion=');
  const text = file.toString('latin1', line + 1, file.indexOf('\n', line));
  return Buffer.from(
    text.replace(/\\u([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  );
}

/** skops: a JSON text inside a JSON text. */
function fromJson(file: Buffer, start: number): Buffer {
  let end = start + 1;
  while (file[end] !== 0x22) end += file[end] === 0x5c ? 2 : 1;
  return Buffer.from(JSON.parse(JSON.parse(file.toString('utf8', start, end + 1)) as string) as string);
}

/** BINUNICODE: the length stands before the text. */
function fromPickle(file: Buffer, start: number): Buffer {
  return file.subarray(start, start + file.readUInt32LE(start - 4));
}
