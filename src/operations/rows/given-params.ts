// Casts `--param k=v` by the params of the signature; text is text for a string param and JSON for any other.
import { parseJson } from '../../data/json.js';
import type { JsonValue } from '../../data/json-types.js';
import { castGivenParams } from '../../schema/cast.js';
import type { Signature } from '../../schema/types.js';
import { violation } from './violation.js';

export function givenParams(
  given: ReadonlyMap<string, string> | undefined,
  signature: Signature,
): ReadonlyMap<string, unknown> | null {
  if (given === undefined || given.size === 0) return castGivenParams([], signature).values;
  const specs = new Map((signature.params ?? []).map((spec) => [spec.name, spec]));
  const entries = [...given].map(([name, text]): [string, JsonValue] => {
    const type = specs.get(name)?.type;
    const plain =
      type?.kind === 'scalar' &&
      (type.scalar === 'string' || type.scalar === 'datetime') &&
      specs.get(name)?.shape === null;
    return [name, plain ? text : jsonOrText(text)];
  });
  const { values, findings } = castGivenParams(entries, signature);
  if (findings.total > 0) throw violation('--param', { findings });
  return values;
}

function jsonOrText(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
