// Turns an answer with a successful status into the refusal that it contains, from the server or from a proxy before it.
import { type JsonMap, jsonObject } from '../http/json.js';
import { type Refusal, refusalFrom, refusalOf } from './refusal.js';

/** The names at the top of MLflow's answers. Each leaves out empty parts, so an answer may be `{}`. */
const ANSWERS = new Set(
  `experiment experiments experiment_id run runs run_info metrics next_page_token model models registered_model
   registered_models model_version model_versions artifact_uri root_uri files upload_id credentials url headers file_size`.split(
    /\s+/,
  ),
);

/** A refusal that came with 200: it must not pass for an empty list. */
export const isRefusal = (json: JsonMap): boolean => Object.hasOwn(json, 'error_code');

/** An answer that has no name of MLflow's: it came from something else, such as a proxy. */
export function isForeign(json: JsonMap): boolean {
  const names = Object.keys(json);
  return names.length > 0 && !names.some((name) => ANSWERS.has(name));
}

const BRACE = 0x7b;

/** The refusal in an answer of the artifact proxy, whatever its status; null if there is none. */
export function refusalIn(
  what: string,
  response: { readonly status: number; readonly body: Uint8Array },
): Refusal | null {
  if (response.status !== 200) return refusalOf(response);
  if (response.body.byteLength === 0) return null;
  const json = jsonObject(what, response.body);
  // MLflow's answer that was cut on the way refuses nothing: what was written is read back, and a list is judged by its reader.
  if (json === null && response.body[0] === BRACE) return null;
  return json === null || isRefusal(json) || isForeign(json) ? refusalFrom(200, json, response.body) : null;
}
