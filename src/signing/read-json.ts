// Turns the bytes of a signature file into a checked value, or a refusal that says where it is malformed.
import type { ZodType } from 'zod';
import { jsonExcess } from '../text/json-limits.js';
import { printable } from '../text/printable.js';
import { signatureFault } from './signature-fault.js';

/** A signature of 100,000 files with long names. */
const MOST_BYTES = 128 * 1024 * 1024;

function parse(bytes: Uint8Array, what: string): unknown {
  if (bytes.byteLength > MOST_BYTES)
    throw signatureFault(`${what} has ${bytes.byteLength} bytes; at most ${MOST_BYTES} are read`);
  const excess = jsonExcess(bytes);
  if (excess !== null) throw signatureFault(`${what} ${excess}`);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw signatureFault(`${what} is not JSON`);
  }
}

/** Throws SIGNATURE_REFUSED. */
export function readJson<Value>(bytes: Uint8Array, shape: ZodType<Value>, what: string): Value {
  const read = shape.safeParse(parse(bytes, what));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const at = issue?.path.map((step) => printable(String(step), 60)).join('.') ?? '';
  throw signatureFault(
    `${what} is malformed${at === '' ? '' : ` at ${at}`}: ${printable(issue?.message ?? 'it has another form', 200)}`,
  );
}
