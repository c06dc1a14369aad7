// Turns `registered_model_meta`, the note that Python's MLflow leaves in the folder of a model that it loads by `models:/…`, into
// what the note claims (contract §8.16).
import { faultOfModelName } from '../uri/model-name.js';
import { parseYaml, type YamlValue } from './parse-yaml.js';

/** At the root of the package, and nowhere else. */
export const REGISTERED_MODEL_META = 'registered_model_meta';

/** A registered name has at most 256 characters. */
const MOST_BYTES = 4096;

export interface ClaimedVersion {
  readonly name: string;
  readonly version: number;
}

/** Two keys in this order, nothing before, between or behind them. A plain name holds no comment. */
const FORM = /^model_name: (?:'.*'|".*"|(?!['"])(?:(?!\s#).)*)\nmodel_version: (?:'\d+'|\d+|null)\n$/s;

const versionOf = (value: YamlValue | undefined): number | null => {
  const version = typeof value === 'string' || typeof value === 'bigint' ? Number(value) : value;
  return typeof version === 'number' && Number.isSafeInteger(version) && version > 0 ? version : null;
};

/**
 * The version that the note names; `'nothing'` for a load by `models:/m-…`, which writes null; null if MLflow did not write these
 * bytes.
 */
export async function readRegisteredModelMeta(bytes: Uint8Array): Promise<ClaimedVersion | 'nothing' | null> {
  if (bytes.byteLength > MOST_BYTES) return null;
  const text = Buffer.from(bytes).toString('utf8');
  if (!Buffer.from(text).equals(bytes) || !FORM.test(text)) return null;
  let value: YamlValue;
  try {
    value = await parseYaml(text, REGISTERED_MODEL_META);
  } catch {
    return null;
  }
  if (!(value instanceof Map) || value.size !== 2) return null;
  const name = value.get('model_name');
  const version = value.get('model_version');
  if (name === null && version === null) return 'nothing';
  const number = versionOf(version);
  return typeof name === 'string' && faultOfModelName(name) === null && number !== null
    ? { name, version: number }
    : null;
}
