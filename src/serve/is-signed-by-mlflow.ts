// Turns the headers and the body of a webhook into whether MLflow sent it: an HMAC over its id, its time and its body.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A delivery that is older may be a repetition of one that somebody recorded. */
const OLDEST_SECONDS = 300;

export function isSignedByMlflow(
  headers: IncomingHttpHeaders,
  body: Uint8Array,
  secret: string,
  nowMs: number,
): boolean {
  const id = headers['x-mlflow-delivery-id'];
  const time = headers['x-mlflow-timestamp'];
  const signature = headers['x-mlflow-signature'];
  if (typeof id !== 'string' || typeof time !== 'string' || typeof signature !== 'string') return false;
  const age = Math.abs(nowMs / 1000 - Number(time));
  if (!/^\d{1,12}$/.test(time) || !(age <= OLDEST_SECONDS)) return false;
  const expected = createHmac('sha256', secret).update(`${id}.${time}.`).update(body).digest();
  const given = Buffer.from(/^v1,([A-Za-z0-9+/]{43}=)$/.exec(signature)?.[1] ?? '', 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
