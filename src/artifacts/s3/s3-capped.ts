// Turns every answer of S3, except a file itself, into one that was read completely within a cap before the SDK parses it,
// because the SDK has no cap.
import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { MlctlError } from '../../errors/error.js';
import { printable } from '../../text/printable.js';
import { redactText } from '../../text/redact.js';
import { watched } from '../watched.js';

/** A page of a thousand keys is at most a few MB. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Opening and closing tags: a page of a thousand keys has some twenty thousand. */
const MOST_TAGS = 200_000;
const MOST_DEPTH = 50;

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const [QUESTION, BANG] = [0x3f, 0x21];

/** Which limit an XML document breaks, by its tags alone; null if none. */
export function xmlExcess(bytes: Uint8Array): string | null {
  let tags = 0;
  let depth = 0;
  /** The next `>`, searched once, however many `<` come before it. */
  let end = bytes.indexOf(GREATER);
  for (let at = bytes.indexOf(LESS); at >= 0; at = bytes.indexOf(LESS, at + 1)) {
    tags += 1;
    if (tags > MOST_TAGS) return `has more than ${MOST_TAGS} tags`;
    const next = bytes[at + 1];
    if (next === SLASH) depth -= 1;
    else if (next !== QUESTION && next !== BANG) {
      if (end >= 0 && end < at) end = bytes.indexOf(GREATER, at);
      if (end < 0 || bytes[end - 1] !== SLASH) depth += 1;
      if (depth > MOST_DEPTH) return `nests deeper than ${MOST_DEPTH} levels`;
      if (end < 0) return null;
    }
  }
  return null;
}

async function wholeOf(body: Readable, signal: AbortSignal, silenceMs: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let got = 0;
  for await (const chunk of watched(body, signal, silenceMs)) {
    got += chunk.byteLength;
    if (got > MOST_BYTES) throw endless(`is larger than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const endless = (how: string): MlctlError =>
  new MlctlError('REMOTE_LIMIT', `the answer of the S3 server ${how}`, {
    hint: 'is MLFLOW_S3_ENDPOINT_URL the address of an S3 server?',
  });

/** The outermost tag of a successful answer to each command; those of other commands are empty. The SDK reads `Error`. */
const ROOTS: ReadonlyMap<string, string> = new Map([
  ['ListObjectsV2Command', 'ListBucketResult'],
  ['CreateMultipartUploadCommand', 'InitiateMultipartUploadResult'],
  ['CompleteMultipartUploadCommand', 'CompleteMultipartUploadResult'],
]);
// backtracking: bounded repeats over the first 2,000 characters
const ROOT_TAG = /^\ufeff?\s{0,100}(?:<\?xml[^>]{0,200}>)?\s{0,100}<(?:\w{1,20}:)?(\w{1,60})/;

/** The SDK reads a page of a gateway, or an empty body, as a list without entries. */
function refuseOther(whole: Uint8Array, command: string): void {
  const expected = ROOTS.get(command);
  if (whole.byteLength === 0 && expected === undefined) return;
  const begins = Buffer.from(whole.subarray(0, 2000)).toString('utf8');
  const root = ROOT_TAG.exec(begins)?.[1];
  if (root === 'Error' || (root !== undefined && root === expected)) return;
  const found = whole.byteLength === 0 ? 'nothing' : printable(redactText(begins), 100);
  throw new MlctlError('REMOTE_REFUSED', `the S3 server answered 200 with what is not an answer of S3: ${found}`, {
    hint: 'is MLFLOW_S3_ENDPOINT_URL the address of an S3 server? try: mlctl doctor',
  });
}

/** Puts the cap between the sockets and the rest of the client. */
export function capAnswers(client: S3Client, signal: AbortSignal, silenceMs: number): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args);
      const response = result.response as { statusCode?: number; body?: unknown };
      const ok = response.statusCode === 200 || response.statusCode === 206;
      if (response.body === undefined || response.body instanceof Uint8Array) return result;
      // The file itself is checked by whoever reads it.
      if (ok && context.commandName === 'GetObjectCommand') return result;
      const whole = await wholeOf(response.body as Readable, signal, silenceMs);
      const excess = xmlExcess(whole);
      if (excess !== null) throw endless(excess);
      if (ok) refuseOther(whole, context.commandName ?? '');
      response.body = whole;
      return result;
    },
    { step: 'deserialize', name: 'mlctlCap', priority: 'low' },
  );
}
