// Turns one HTTP request of the scoring protocol into cast rows, or into findings with the status that says whose fault it is.

import { Beside } from '../schema/beside.js';
import { castCsv } from '../schema/cast.js';
import type { CastResult } from '../schema/cast-types.js';
import { readContentType } from '../schema/mlflow/wire/read-content-type.js';
import { castJsonStrict } from '../schema/strict/cast-json-strict.js';
import { FindingList } from '../schema/strict/finding-list.js';
import { showText } from '../schema/strict/show.js';
import type { Signature } from '../schema/types.js';

interface StrictCast {
  /** Of the answer if the rows were refused. */
  readonly status: 400 | 415;
  readonly result: CastResult;
}

/** Judges the JSON bodies of requests for one model. */
export function jsonCaster(signature: Signature, beside: Beside): (body: Uint8Array) => CastResult {
  return (body) => castJsonStrict(body, signature, { isFile: false, beside });
}

type ContentType = ReturnType<typeof readContentType>;

/** The last one: clients say the same again and again. */
let last: { readonly text: string; readonly read: ContentType } = { text: '', read: readContentType('') };

function readAgain(text: string): ContentType {
  if (text !== last.text) last = { text, read: readContentType(text) };
  return last.read;
}

/** `contentType` null: the request had none. */
export function castStrictRequest(
  contentType: string | null,
  body: Uint8Array,
  signature: Signature,
  beside = new Beside(),
  castJson = jsonCaster(signature, beside),
): StrictCast {
  const read = contentType === null ? null : readAgain(contentType);
  if (read?.ok && read.mediaType === 'application/json') return { status: 400, result: castJson(body) };
  if (read?.ok && read.mediaType === 'text/csv') return { status: 400, result: castCsv(body, signature, beside) };
  const findings = new FindingList();
  findings.say(
    'SCHEMA_PROTOCOL',
    read === null ? 'the request has no Content-Type' : read.ok ? 'Parquet is not read from a request' : read.message,
    {
      found: contentType === null ? 'no Content-Type' : showText(contentType),
      expected: 'application/json or text/csv',
    },
  );
  return { status: 415, result: findings.failed() };
}
