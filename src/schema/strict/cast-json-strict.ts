// Turns one JSON request of the scoring protocol (dataframe_split, dataframe_records, instances or inputs, and params) into a
// table, strictly.
import { isJsonArray, isJsonObject, jsonGet, parseJson } from '../../data/json.js';
import type { JsonObject, JsonValue } from '../../data/json-types.js';
import { MlctlError } from '../../errors/error.js';
import type { Beside } from '../beside.js';
import type { CastResult } from '../cast-types.js';
import { NearNames, suggestionText } from '../near-miss.js';
import type { Signature } from '../types.js';
import { castData } from './cast-data.js';
import { castParams } from './cast-params.js';
import { FindingList } from './finding-list.js';
import { FORMS, type Form } from './forms.js';
import { showJson, showName } from './show.js';

const LLM_KEYS: ReadonlySet<string> = new Set(['messages', 'prompt', 'input']);

interface How {
  /** A list of objects, which pandas writes with `orient='records'`, counts as `dataframe_records`. */
  readonly isFile: boolean;
  readonly beside: Beside;
}

export function castJsonStrict(body: Uint8Array | string, signature: Signature, { isFile, beside }: How): CastResult {
  const findings = new FindingList();
  const document = parseRequest(body, findings, isFile);
  const form = document === null ? null : topLevel(document, findings);
  if (document === null) return findings.failed();
  const params = jsonGet(document, 'params');
  if (form === null) {
    castParams(params, signature.params, findings);
    return findings.failed();
  }
  const data = jsonGet(document, form)!;
  return castData({ form, data, params }, signature, findings, beside);
}

function parseRequest(body: Uint8Array | string, findings: FindingList, isFile: boolean): JsonObject | null {
  let value: JsonValue;
  try {
    value = parseJson(body, { python: true });
  } catch (error) {
    if (!(error instanceof MlctlError)) throw error;
    findings.say('SCHEMA_MALFORMED', error.message, { expected: 'JSON' });
    return null;
  }
  if (isJsonObject(value)) return value;
  if (isFile && isJsonArray(value) && value.length > 0 && value.every(isJsonObject))
    return { kind: 'object', entries: [['dataframe_records', value]] };
  const expected = `an object with one of ${FORMS.join(', ')}${isFile ? ', or a list of objects' : ''}`;
  findings.say('SCHEMA_PROTOCOL', `the request is ${showJson(value)}, expected ${expected}`, {
    found: showJson(value),
    expected,
  });
  return null;
}

function topLevel(document: JsonObject, findings: FindingList): Form | null {
  const keys = document.entries.map(([key]) => key);
  const forms = FORMS.filter((form) => keys.includes(form));
  const known = new NearNames([...FORMS, 'params']);
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key))
      findings.say('SCHEMA_DUPLICATE', `top-level key ${showName(key)} occurs twice`, { found: showName(key) });
    seen.add(key);
    if (known.has(key)) continue;
    const hint = suggestionText(key, known.near(key));
    const say = LLM_KEYS.has(key)
      ? `turns the request into MLflow's LLM form${forms.length > 0 ? ` and drops ${forms.join(', ')}` : ''}${hint}`
      : `is not part of the protocol${hint}`;
    findings.say('SCHEMA_PROTOCOL', `top-level key ${showName(key)} ${say}`, {
      found: showName(key),
      expected: known.listed,
    });
  }
  if (forms.length === 1) return forms[0]!;
  const found = forms.length === 0 ? 'none of them' : forms.join(' and ');
  findings.say('SCHEMA_PROTOCOL', `the request must have exactly one of ${FORMS.join(', ')}; it has ${found}`, {
    found,
    expected: 'exactly one',
  });
  return null;
}
