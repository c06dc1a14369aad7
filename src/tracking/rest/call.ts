// One call of MLflow's REST API: JSON out, JSON in, and what the server refuses as MlctlErrors.

import type { ErrorCode } from '../../errors/codes.js';
import { MlctlError } from '../../errors/error.js';
import { type JsonMap, jsonObject } from '../../http/json.js';
import { sleep } from '../../http/retry.js';
import type { HttpClient, HttpRequest } from '../../http/types.js';
import { excerpt, type Refusal, refusalFrom, refusalOf, signInError } from '../../mlflow-server/refusal.js';
import { isForeign, isRefusal } from '../../mlflow-server/refusal-in.js';
import { withoutEnd } from '../../text/without-end.js';
import { monotonicMs } from '../../world.js';

export interface Call {
  readonly method: HttpRequest['method'];
  /** Below `/api/2.0/mlflow/`. */
  readonly route: string;
  /** A list is sent as a repeated parameter. */
  readonly query?: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  readonly body?: unknown;
  readonly idempotent: boolean;
}

type Answer = { readonly ok: true; readonly json: JsonMap } | { readonly ok: false; readonly refusal: Refusal };

export interface Api {
  /** The refusal as a value, for callers that handle it. */
  ask(call: Call): Promise<Answer>;
  /** The refusal as an error. */
  must(call: Call): Promise<JsonMap>;
  /** The refusal as an error, or null if the server says that the thing does not exist. */
  find(call: Call): Promise<JsonMap | null>;
  /**
   * A call that creates something and must not create it twice. `find` looks for what the request's own tag marks: first, for a
   * request that is repeated, and again each time the outcome is unknown (the answer was lost, or the server failed).
   */
  once<T>(call: Call, read: (json: JsonMap) => T, find: () => Promise<T | undefined>): Promise<T>;
  /** The same for something known by its name: it does not look first, and a name that is taken is a success. */
  ensure(call: Call, isThere: () => Promise<boolean>): Promise<void>;
  error(call: Call, refusal: Refusal): MlctlError;
}

/** Tries of one creation: concurrent requests compete for version numbers, and a server's database is busy at times. */
const MOST_CREATIONS = 8;
/** Tries if an answer of 200 is cut short or is not JSON: a gateway's trouble passes, a login page stays. */
const MOST_UNREADABLE = 3;
const UNREADABLE_WAIT_MS = 100;
/** A page of a thousand runs with all their tags; one thing, of which a run of a long training is the largest. */
const MOST_LIST_BYTES = 64 * 1024 * 1024;
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_ERROR_BYTES = 1 << 20;

const isList = (route: string): boolean => /\/(?:search|get-latest-versions)$/.test(route);

const sizes = new WeakMap<JsonMap, number>();

/** How many bytes an answer was: what a pager adds up. */
export const sizeOf = (json: JsonMap): number => sizes.get(json) ?? 0;

export function openApi(http: HttpClient, base: URL, signal: AbortSignal): Api {
  function urlOf(call: Call): URL {
    const url = new URL(`${withoutEnd(base.pathname, '/')}/api/2.0/mlflow/${call.route}`, base);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value === undefined) continue;
      for (const one of typeof value === 'object' ? value : [String(value)]) url.searchParams.append(name, one);
    }
    return url;
  }

  async function ask(call: Call): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      const response = await http.send({
        method: call.method,
        url: urlOf(call),
        idempotent: call.idempotent,
        maxBytes: isList(call.route) ? MOST_LIST_BYTES : MOST_BYTES,
        ...(call.body === undefined
          ? {}
          : { body: JSON.stringify(call.body), headers: { 'content-type': 'application/json' } }),
      });
      // Ignore the body of an implausibly large error.
      if (response.status !== 200 && response.body.byteLength > MOST_ERROR_BYTES)
        return { ok: false, refusal: refusalOf(response) };
      const json = jsonObject(`${call.method} ${call.route}`, response.body);
      const isJson = /^application\/json\b/i.test(response.headers.get('content-type') ?? '');
      // A refusal may be any page. One that calls itself JSON but is not was cut, so it is not known what it refuses.
      if (response.status !== 200 && (json !== null || !isJson))
        return { ok: false, refusal: refusalFrom(response.status, json, response.body) };
      if (json !== null && isRefusal(json))
        return { ok: false, refusal: refusalFrom(response.status, json, response.body) };
      if (json !== null && !isForeign(json)) {
        sizes.set(json, response.body.byteLength);
        return { ok: true, json };
      }
      if (!call.idempotent || tries >= MOST_UNREADABLE) {
        throw new MlctlError(
          'REMOTE_REFUSED',
          `${call.method} ${call.route}: the server answered ${response.status} with something that is not ${json === null ? 'a JSON object' : "MLflow's answer"}: ${excerpt(response.body)}`,
          { hint: 'is MLFLOW_TRACKING_URI the address of an MLflow server?', state: { outcome: 'unreadable' } },
        );
      }
      await sleep(UNREADABLE_WAIT_MS * tries, signal);
    }
  }

  async function must(call: Call): Promise<JsonMap> {
    const answer = await ask(call);
    if (answer.ok) return answer.json;
    throw errorOf(call, answer.refusal, base);
  }

  /** A random delay, so that clients that collided do not collide again. */
  const apart = (tries: number): Promise<void> => sleep(50 * 2 ** tries * (0.5 + (monotonicMs() % 1)), signal);

  return {
    ask,
    must,
    error: (call, refusal) => errorOf(call, refusal, base),
    async find(call) {
      const answer = await ask(call);
      if (answer.ok) return answer.json;
      if (isMissing(answer.refusal)) return null;
      throw errorOf(call, answer.refusal, base);
    },
    async once(call, read, find) {
      for (let tries = 1; ; tries += 1) {
        const found = await find();
        if (found !== undefined) return found;
        try {
          return readable(await must(call), read);
        } catch (error) {
          if (!outcomeUnknown(error) || tries >= mostTries(error)) throw error;
          await apart(tries);
        }
      }
    },
    async ensure(call, isThere) {
      for (let tries = 1; ; tries += 1) {
        try {
          await must(call);
          return;
        } catch (error) {
          if (!outcomeUnknown(error)) throw error;
          // Old servers answer 500 to a name that exists, and a lost answer tells nothing, so look for it.
          if (await isThere()) return;
          if (tries >= mostTries(error)) throw error;
          await apart(tries);
        }
      }
    },
  };
}

const mostTries = (error: unknown): number =>
  error instanceof MlctlError && error.state.outcome === 'unreadable' ? MOST_UNREADABLE : MOST_CREATIONS;

/** An unreadable answer to a creation counts as a lost one: what was requested may exist. */
function readable<T>(json: JsonMap, read: (json: JsonMap) => T): T {
  try {
    return read(json);
  } catch (error) {
    if (!(error instanceof MlctlError)) throw error;
    throw error.saying(error.message, { state: { outcome: 'unreadable' } });
  }
}

const LOST_RACE = /UniqueViolation|UNIQUE constraint failed|duplicate key value|Duplicate entry/;

const outcomeUnknown = (error: unknown): error is MlctlError =>
  error instanceof MlctlError && (error.code === 'REMOTE_UNREACHABLE' || error.state.outcome !== undefined);

/** Whether a refused request may have been carried out, or somebody else created the same thing. */
function mayBeDone(code: ErrorCode, { status, errorCode, message }: Refusal): boolean {
  // Two clients inserted the same row, and the server passed on its database's error to the second (seen with 3.17, PostgreSQL
  // and SQLite).
  if (LOST_RACE.test(message)) return true;
  // A race for a version number, reported as a conflict (MLflow's store gives up after three attempts).
  if (errorCode === 'RESOURCE_ALREADY_EXISTS' || errorCode === 'RESOURCE_CONFLICT') return true;
  return code === 'REMOTE_REFUSED' && status >= 500;
}

/** A missing thing, in MLflow's own JSON; a proxy's HTML page does not count. */
export function isMissing(refusal: Refusal): boolean {
  return refusal.errorCode === 'RESOURCE_DOES_NOT_EXIST' || refusal.errorCode === 'NOT_FOUND';
}

/** A route the server does not have (an older MLflow): 404 without MLflow's JSON, or its ENDPOINT_NOT_FOUND. */
export function isUnknownRoute(refusal: Refusal): boolean {
  return (
    refusal.errorCode === 'ENDPOINT_NOT_FOUND' ||
    ((refusal.status === 404 || refusal.status === 405) && refusal.errorCode === '')
  );
}

function codeOf(route: string, refusal: Refusal): ErrorCode {
  if (isMissing(refusal)) {
    // If a run names an experiment that does not exist, the experiment is what is missing.
    if (route.startsWith('experiments/') || route === 'runs/create' || /\bexperiment\b/i.test(refusal.message))
      return 'EXPERIMENT_NOT_FOUND';
    return route.startsWith('runs/') ? 'RUN_NOT_FOUND' : 'MODEL_NOT_FOUND';
  }
  if (refusal.errorCode === 'INVALID_PARAMETER_VALUE' || refusal.errorCode === 'BAD_REQUEST') {
    if (route.endsWith('/search')) return 'SEARCH_INVALID';
    if (
      route.startsWith('runs/log-') &&
      /param/i.test(refusal.message) &&
      /chang|already logged/i.test(refusal.message)
    )
      return 'PARAM_CONFLICT';
  }
  return 'REMOTE_REFUSED';
}

function errorOf(call: Call, refusal: Refusal, base: URL): MlctlError {
  const what = `${call.method} ${call.route} at ${base.host}`;
  const signIn = signInError(what, refusal, base);
  if (signIn) return signIn;
  const code = codeOf(call.route, refusal);
  const details = { status: refusal.status, error_code: refusal.errorCode || null, route: call.route };
  const said =
    code === 'REMOTE_REFUSED'
      ? `${refusal.status}${refusal.errorCode ? ` ${refusal.errorCode}` : ''}: ${refusal.message}`
      : refusal.message;
  const hint = hintFor(refusal, base);
  return new MlctlError(code, `${what}: ${said}`, {
    ...(hint === null ? {} : { hint }),
    details,
    ...(mayBeDone(code, refusal) ? { state: { outcome: 'unknown' } } : {}),
  });
}

function hintFor(refusal: Refusal, base: URL): string | null {
  if (isUnknownRoute(refusal))
    return `is ${base.origin}${base.pathname} the address of an MLflow server? this server does not have the route`;
  if (isMissing(refusal))
    return 'if it was there a moment ago, run the command again; `mlctl runs` and `mlctl models` show what there is';
  if (refusal.status === 429) return 'the server asks for fewer calls: wait a little, then run the command again';
  if (refusal.status >= 500)
    return `the server, or a proxy before it, failed: see its log; run mlctl doctor to see whether it answers again`;
  return null;
}
