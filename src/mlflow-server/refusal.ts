// Turns an answer that is not a success (MLflow's JSON, a proxy's HTML, plain text) into a value, and into the error all callers share.
import { MlctlError } from '../errors/error.js';
import { type JsonMap, jsonObject } from '../http/json.js';
import { jsonExcess } from '../text/json-limits.js';
import { printable } from '../text/printable.js';
import { redactText } from '../text/redact.js';

export interface Refusal {
  readonly status: number;
  /** MLflow's error_code, '' if the body is not MLflow's JSON. */
  readonly errorCode: string;
  readonly message: string;
}

/** Errors are short: only the beginning of a larger page is shown. */
const MOST_ERROR_BYTES = 1 << 20;

/** The beginning of a body as one line for people. */
export function excerpt(body: Uint8Array): string {
  const text = Buffer.from(body.subarray(0, 2000))
    .toString('utf8')
    // backtracking: bounded repeats over at most 2,000 characters
    .replace(/<(style|script)\b[^>]{0,200}>[^<]{0,1500}/gi, ' ')
    .replace(/<[^<>]{0,500}>/g, ' ')
    .replace(/[ \t\r\n]+/g, ' ')
    .trim();
  return text === '' ? '(nothing)' : printable(redactText(text), 300);
}

export function refusalOf(response: { readonly status: number; readonly body: Uint8Array }): Refusal {
  const { body } = response;
  // A body that breaks our JSON limits is treated as plain text, or the limit error would hide the server's.
  const short = body.byteLength <= MOST_ERROR_BYTES && jsonExcess(body) === null;
  return refusalFrom(response.status, short ? jsonObject('', body) : null, body);
}

/** The same for a body that was parsed already. */
export function refusalFrom(status: number, json: JsonMap | null, body: Uint8Array): Refusal {
  const errorCode = typeof json?.['error_code'] === 'string' ? printable(json['error_code'], 60) : '';
  const told = json?.['message'] ?? json?.['detail'];
  return {
    status,
    errorCode,
    message: typeof told === 'string' ? printable(redactText(told), 300) : excerpt(body),
  };
}

/** Sign-in, permission and the host check, in the same words for all callers. null for any other refusal. */
export function signInError(what: string, refusal: Refusal, base: URL): MlctlError | null {
  const details = { status: refusal.status, error_code: refusal.errorCode || null };
  if (refusal.status === 401) {
    return new MlctlError('UNAUTHENTICATED', `${what}: the server needs a sign-in, or refuses the one given`, {
      hint: 'set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN',
      details,
    });
  }
  if (refusal.status === 403 && /Invalid Host header/i.test(refusal.message)) {
    return new MlctlError('HOST_HEADER_REFUSED', `${what}: the server rejects the Host header ${base.host}`, {
      hint: `start it with MLFLOW_SERVER_ALLOWED_HOSTS naming ${base.host} (port included), or use localhost or its IP address`,
      details,
    });
  }
  if (refusal.status === 403)
    return new MlctlError('PERMISSION_DENIED', `${what}: not allowed: ${refusal.message}`, {
      hint: 'ask for permission on this experiment or model',
      details,
    });
  return null;
}
