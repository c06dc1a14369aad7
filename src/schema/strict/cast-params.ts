// Turns the params of a request into values by the params of the signature, strictly, with the defaults filled in.
import { isJsonObject } from '../../data/json.js';
import type { JsonObject, JsonValue } from '../../data/json-types.js';
import { NearNames, suggestionText } from '../near-miss.js';
import type { ParamSpec } from '../types.js';
import type { FindingList } from './finding-list.js';
import { nestedValue } from './nested-value.js';
import { doubleOf, floatOf, INT32, INT64, integerOf, isIntegerSpelling } from './numbers.js';
import { parseDatetime } from './parse-datetime.js';
import { Problem } from './problem.js';
import { isNumber, isNumberWord } from './scalar-rules.js';
import { showJson, showName, showNotFinite } from './show.js';

/** Null if the signature has none. `given` undefined: no params were sent. */
export function castParams(
  given: JsonValue | undefined,
  specs: readonly ParamSpec[] | null,
  findings: FindingList,
): ReadonlyMap<string, unknown> | null {
  if (given !== undefined && given !== null && !isJsonObject(given)) {
    findings.say('SCHEMA_BAD_PARAM', `params must be an object, not ${showJson(given)}`, {
      found: showJson(given),
      expected: 'object',
    });
    return null;
  }
  const entries = given === undefined || given === null ? [] : (given as JsonObject).entries;
  if (given === null)
    findings.say('SCHEMA_BAD_PARAM', 'params must be an object, not null', { found: 'null', expected: 'object' });
  if (specs === null) {
    if (entries.length > 0) {
      findings.say(
        'SCHEMA_UNKNOWN_PARAM',
        `the model declares no params, the request has ${entries
          .slice(0, 10)
          .map(([key]) => showName(key))
          .join(', ')}`,
      );
    }
    return null;
  }
  const known = new Map(specs.map((spec) => [spec.name, spec]));
  const names = new NearNames(known.keys());
  const values = new Map<string, unknown>();
  for (const [name, value] of entries) {
    const spec = known.get(name);
    if (spec === undefined) {
      const hint = suggestionText(name, names.near(name));
      findings.say('SCHEMA_UNKNOWN_PARAM', `param ${showName(name)} is not in the signature${hint}`, {
        found: showName(name),
        expected: names.listed,
      });
    } else if (values.has(name)) {
      findings.say('SCHEMA_DUPLICATE', `param ${showName(name)} occurs twice`, { found: showName(name) });
    } else {
      const plain = paramValue(value, spec);
      if (plain instanceof Problem) {
        findings.say('SCHEMA_BAD_PARAM', `param ${showName(name)}${plain.path}: ${plain.say}`, {
          found: plain.found,
          expected: plain.expected,
        });
      }
      values.set(name, plain);
    }
  }
  for (const spec of specs) if (!values.has(spec.name)) values.set(spec.name, spec.default);
  return values;
}

function paramValue(value: JsonValue, spec: ParamSpec): unknown | Problem {
  if (spec.shape === null) return paramScalar(value, spec);
  if (!Array.isArray(value))
    return new Problem('SCHEMA_BAD_PARAM', `${showJson(value)}, expected a list`, showJson(value), 'list');
  const out: unknown[] = [];
  for (const [i, item] of (value as readonly JsonValue[]).entries()) {
    const plain = paramScalar(item, spec);
    if (plain instanceof Problem) return plain.inside(`[${i}]`);
    out.push(plain);
  }
  return out;
}

function paramScalar(value: JsonValue, spec: ParamSpec): unknown | Problem {
  const { type } = spec;
  const name = type.kind === 'scalar' ? type.scalar : type.kind;
  const wrong = (say = `${showJson(value)} for ${name === 'integer' ? 'an' : 'a'} ${name}`): Problem =>
    new Problem('SCHEMA_BAD_PARAM', say, showJson(value), name);
  if (value === null) return wrong();
  if (type.kind !== 'scalar') return nestedValue(value, type);
  switch (type.scalar) {
    case 'boolean':
    case 'string':
      return typeof value === type.scalar ? value : wrong();
    case 'datetime': {
      if (typeof value !== 'string') return wrong();
      const parsed = parseDatetime(value);
      if (parsed instanceof Problem) return wrong(`${parsed.say} (a full date)`);
      // MLflow turns the value into a Python datetime, which only holds microseconds.
      return parsed.nanoseconds % 1000n === 0n ? parsed.nanoseconds : wrong('finer than a microsecond');
    }
    default: {
      if (!isNumber(value)) return wrong();
      if (isNumberWord(value.text)) return wrong(showNotFinite(value));
      if (type.scalar === 'double') return doubleOf(value.text);
      if (type.scalar === 'float') return floatOf(value.text);
      if (!isIntegerSpelling(value.text)) return wrong(`${value.text} is not an integer`);
      const whole = integerOf(value.text, type.scalar === 'long' ? INT64 : INT32);
      return typeof whole === 'bigint' && type.scalar === 'integer' ? Number(whole) : whole;
    }
  }
}
