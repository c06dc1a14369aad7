// Turns `--param k=v` into values by the params of the signature: text for a string param, JSON for any other.
import { parseJson } from '../data/json.js';
import type { JsonValue } from '../data/json-types.js';
import { castGivenParams } from '../schema/cast.js';
import type { Signature } from '../schema/types.js';
import { violation } from './violation.js';

/** The values that were given. Throws SCHEMA_VIOLATION. */
export function givenParams(
  given: ReadonlyMap<string, string> | undefined,
  signature: Signature,
): ReadonlyMap<string, unknown> {
  const { values, findings } = castGivenParams(entriesOf(given, signature), signature);
  if (findings.total > 0) throw violation('a param', { findings });
  return new Map([...(given ?? [])].map(([name]) => [name, values?.get(name)]));
}

export function findingsOfParams(given: ReadonlyMap<string, string> | undefined, signature: Signature) {
  return castGivenParams(entriesOf(given, signature), signature).findings;
}

function entriesOf(given: ReadonlyMap<string, string> | undefined, signature: Signature): [string, JsonValue][] {
  const specs = new Map((signature.params ?? []).map((spec) => [spec.name, spec]));
  return [...(given ?? [])].map(([name, text]) => {
    const spec = specs.get(name);
    const isText = spec?.type.kind === 'scalar' && (spec.type.scalar === 'string' || spec.type.scalar === 'datetime');
    return [name, isText && spec.shape === null ? text : jsonOrText(text)];
  });
}

function jsonOrText(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
