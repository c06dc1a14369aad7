// One call of MLflow's REST API: JSON out, JSON in, and the server's error bodies (JSON, HTML or plain text) as MlctlErrors.
import { MlctlError } from '../../errors/error.js';
import type { HttpClient, HttpRequest, HttpResponse } from '../../http/types.js';
import { printable } from '../../uri/printable.js';
import { redactText } from '../../uri/redact.js';

export interface Call {
  readonly method: HttpRequest['method'];
  /** Below `/api/2.0/mlflow/`. */
  readonly route: string;
  /** A list is sent as a repeated parameter. */
  readonly query?: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  readonly body?: unknown;
  readonly idempotent: boolean;
}

/** An answer that is no success: what the server said. */
export interface Refusal {
  readonly status: number;
  /** MLflow's error_code, '' where the body is not MLflow's JSON. */
  readonly errorCode: string;
  readonly message: string;
}

export type Answer = { readonly ok: true; readonly json: JsonMap } | { readonly ok: false; readonly refusal: Refusal };
export type JsonMap = Readonly<Record<string, unknown>>;

export interface Api {
  /** The refusal as a value, for callers that know what to make of it. */
  ask(call: Call): Promise<Answer>;
  /** The refusal as an error. */
  must(call: Call): Promise<JsonMap>;
  /** The refusal as an error, but null where the server says that the thing does not exist. */
  find(call: Call): Promise<JsonMap | null>;
}

export function openApi(http: HttpClient, base: URL): Api {
  function urlOf(call: Call): URL {
    const url = new URL(`${base.pathname.replace(/\/+$/, '')}/api/2.0/mlflow/${call.route}`, base);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value === undefined) continue;
      for (const one of typeof value === 'object' ? value : [String(value)]) url.searchParams.append(name, one);
    }
    return url;
  }

  async function ask(call: Call): Promise<Answer> {
    const response = await http.send({
      method: call.method,
      url: urlOf(call),
      idempotent: call.idempotent,
      ...(call.body === undefined
        ? {}
        : { body: JSON.stringify(call.body), headers: { 'content-type': 'application/json' } }),
    });
    if (response.status !== 200) return { ok: false, refusal: refusalOf(response) };
    const json = objectOf(response.body);
    if (json === null) {
      throw new MlctlError(
        'REMOTE_REFUSED',
        `${call.method} ${call.route}: the server answered 200 with something that is no JSON object: ${excerpt(response.body)}`,
        {
          hint: 'is MLFLOW_TRACKING_URI the address of an MLflow server?',
        },
      );
    }
    return { ok: true, json };
  }

  return {
    ask,
    async must(call) {
      const answer = await ask(call);
      if (answer.ok) return answer.json;
      throw errorOf(call, answer.refusal, base);
    },
    async find(call) {
      const answer = await ask(call);
      if (answer.ok) return answer.json;
      if (isMissing(answer.refusal)) return null;
      throw errorOf(call, answer.refusal, base);
    },
  };
}

/** A missing thing: 404 in MLflow's own JSON, never a proxy's HTML page. */
export function isMissing(refusal: Refusal): boolean {
  return refusal.errorCode === 'RESOURCE_DOES_NOT_EXIST' || refusal.errorCode === 'NOT_FOUND';
}

export function isTaken(refusal: Refusal): boolean {
  // Old servers say 500 with the same words.
  return refusal.errorCode === 'RESOURCE_ALREADY_EXISTS' || refusal.errorCode === 'ALREADY_EXISTS';
}

/** A route the server does not have (an older MLflow): 404 without MLflow's JSON, or its ENDPOINT_NOT_FOUND. */
export function isUnknownRoute(refusal: Refusal): boolean {
  return (
    refusal.errorCode === 'ENDPOINT_NOT_FOUND' ||
    ((refusal.status === 404 || refusal.status === 405) && refusal.errorCode === '')
  );
}

function objectOf(body: Uint8Array): JsonMap | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonMap) : null;
  } catch {
    return null;
  }
}

// backtracking: bounded repeats over at most 2,000 characters
function excerpt(body: Uint8Array): string {
  const text = Buffer.from(body.subarray(0, 2000))
    .toString('utf8')
    .replace(/<[^>]{0,500}>/g, ' ')
    .replace(/[ \t\r\n]+/g, ' ')
    .trim();
  return text === '' ? '(nothing)' : printable(redactText(text), 300);
}

export function refusalOf(response: HttpResponse): Refusal {
  const json = objectOf(response.body);
  const errorCode = typeof json?.['error_code'] === 'string' ? json['error_code'] : '';
  const told = json?.['message'] ?? json?.['detail'];
  return {
    status: response.status,
    errorCode,
    message: typeof told === 'string' ? printable(redactText(told), 300) : excerpt(response.body),
  };
}

export function errorOf(call: Call, refusal: Refusal, base: URL): MlctlError {
  const what = `${call.method} ${call.route} at ${base.host}`;
  const details = { status: refusal.status, error_code: refusal.errorCode || null, route: call.route };
  if (refusal.status === 401) {
    return new MlctlError('UNAUTHENTICATED', `${what}: the server wants a sign-in`, {
      hint: 'set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN',
      details,
    });
  }
  if (refusal.status === 403 && /Invalid Host header/i.test(refusal.message)) {
    return new MlctlError('HOST_HEADER_REFUSED', `${what}: the server does not answer to the name ${base.host}`, {
      hint: `start it with MLFLOW_SERVER_ALLOWED_HOSTS naming ${base.host} (port included), or use localhost or its IP address`,
      details,
    });
  }
  if (refusal.status === 403)
    return new MlctlError('PERMISSION_DENIED', `${what}: not allowed: ${refusal.message}`, {
      hint: 'ask for permission on this experiment or model',
      details,
    });
  const missing = isMissing(refusal) ? 'MODEL_NOT_FOUND' : null;
  if (missing) return new MlctlError(missing, `${what}: ${refusal.message}`, { details });
  return new MlctlError(
    'REMOTE_REFUSED',
    `${what}: ${refusal.status}${refusal.errorCode ? ` ${refusal.errorCode}` : ''}: ${refusal.message}`,
    { details },
  );
}
