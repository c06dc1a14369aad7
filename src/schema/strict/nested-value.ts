// Turns a nested JSON value into a plain one by an Array, Object, Map or AnyType, with MLflow's rules for leaves and none of its
// conversions.
import type { JsonNumber, JsonObject, JsonValue } from '../../data/json-types.js';
import { NearNames, suggestionText } from '../near-miss.js';
import type { ColumnType, Property, ScalarName } from '../types.js';
import { doubleOf, INT64, integerOf, isIntegerSpelling } from './numbers.js';
import { Problem } from './problem.js';
import { isNumber, isNumberWord } from './scalar-rules.js';
import { showJson, showName, showNotFinite } from './show.js';
import { textOf } from './text-of.js';

/**
 * What a nested leaf may be in JSON: MLflow compares dtypes there and casts nothing, so an int fits only long, and a float only
 * double.
 */
export function nestedValue(value: JsonValue, type: ColumnType): unknown | Problem {
  switch (type.kind) {
    case 'any':
      return anyValue(value);
    case 'scalar':
      return leaf(value, type.scalar);
    case 'array':
      return arrayValue(value, type.items);
    case 'sparkml_vector':
      return arrayValue(value, { kind: 'scalar', scalar: 'double' });
    case 'map':
      return objectEntries(value, 'map', (_key, item) => nestedValue(item, type.values));
    case 'object':
      return objectValue(value, type.properties);
  }
}

const wrong = (value: JsonValue, place: string, expected: string): Problem =>
  new Problem('SCHEMA_WRONG_TYPE', `${showJson(value)} in ${place}`, showJson(value), expected);

function leaf(value: JsonValue, scalar: ScalarName): unknown | Problem {
  if (value === null) return new Problem('SCHEMA_NULL', `null in a nested ${scalar}`, 'null', scalar);
  const unable = cannotCarry(scalar);
  if (unable !== null) return unable;
  if (scalar === 'string' && typeof value === 'string') return textOf(value);
  if (scalar === 'string' || scalar === 'boolean') {
    return typeof value === scalar ? value : wrong(value, `a nested ${scalar}`, scalar);
  }
  if (!isNumber(value)) return wrong(value, `a nested ${scalar}`, scalar);
  if (isNumberWord(value.text)) return notJson(value, scalar);
  const whole = isIntegerSpelling(value.text);
  if (value.isNative && scalar === 'double') return doubleOf(value.text);
  if (scalar === 'long') {
    return whole ? integerOf(value.text, INT64) : wrong(value, 'a nested long', 'an integer');
  }
  // Integers are int64 in pandas, which MLflow accepts as float or double only if they are 0 or 1.
  if (whole && Number(value.text) !== 0 && Number(value.text) !== 1) {
    return wrong(
      value,
      `a nested ${scalar}: MLflow accepts ${value.text}.0 but not integers other than 0 and 1`,
      scalar,
    );
  }
  if (scalar === 'float' && !whole) {
    return new Problem(
      'SCHEMA_FORM_CANNOT_CARRY',
      'nested floats (float32) cannot be sent as JSON, because MLflow refuses them',
      'JSON',
      'float',
    );
  }
  return value.double ?? doubleOf(value.text);
}

function cannotCarry(scalar: ScalarName): Problem | null {
  if (scalar === 'binary') {
    return new Problem('SCHEMA_FORM_CANNOT_CARRY', 'nested binary is not base64-decoded by MLflow', 'JSON', scalar);
  }
  if (scalar === 'integer' || scalar === 'datetime') {
    return new Problem(
      'SCHEMA_FORM_CANNOT_CARRY',
      `nested ${scalar} cannot be sent as JSON, because MLflow refuses it`,
      'JSON',
      scalar,
    );
  }
  return null;
}

const notJson = (value: JsonNumber, expected: string): Problem =>
  new Problem('SCHEMA_NOT_A_NUMBER', showNotFinite(value), value.text, expected);

function arrayValue(value: JsonValue, items: ColumnType): unknown | Problem {
  if (!Array.isArray(value)) return wrong(value, 'an array', 'array');
  const list = value as readonly JsonValue[];
  const plural = items.kind === 'scalar' ? items.scalar : items.kind;
  const out: unknown[] = [];
  // A list of numbers is one numpy array in MLflow: a single fraction makes all of them doubles.
  const fractions =
    items.kind === 'scalar' && items.scalar === 'double' && list.some((v) => isNumber(v) && !isIntegerSpelling(v.text));
  for (const [i, item] of list.entries()) {
    let plain: unknown;
    if (item === null && items.kind !== 'any') {
      plain = new Problem('SCHEMA_NULL', `null in an array of ${plural}s`, 'null', plural);
    } else if (fractions && isNumber(item)) {
      plain = item.double ?? (isNumberWord(item.text) ? notJson(item, 'double') : doubleOf(item.text));
    } else if (items.kind === 'scalar' && items.scalar === 'float') {
      plain = new Problem(
        'SCHEMA_FORM_CANNOT_CARRY',
        'arrays of floats (float32) cannot be sent as JSON, because MLflow refuses them',
        'JSON',
        'float',
      );
    } else plain = nestedValue(item, items);
    if (plain instanceof Problem) return plain.inside(`[${i}]`);
    out.push(plain);
  }
  return out;
}

function objectEntries(
  value: JsonValue,
  place: string,
  each: (key: string, item: JsonValue) => unknown,
): unknown | Problem {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isNumber(value)) {
    return wrong(value, place === 'map' ? 'a map' : 'an object', place);
  }
  const out: Record<string, unknown> = Object.create(null);
  for (const [key, item] of (value as JsonObject).entries) {
    if (key in out)
      return new Problem('SCHEMA_DUPLICATE', `key ${showName(key)} occurs twice`, showName(key), 'unique keys');
    const fault = textOf(key);
    if (fault instanceof Problem) return fault.inside(' key');
    const plain = each(key, item);
    if (plain instanceof Problem)
      return plain.inside(place === 'map' ? `[${showName(key)}]` : `.${showName(key).slice(1, -1)}`);
    out[key] = plain;
  }
  return out;
}

interface KnownProperties {
  readonly byName: ReadonlyMap<string, Property>;
  readonly names: NearNames;
  readonly required: readonly string[];
}

/** Laid out once for each type, not for each cell. */
const KNOWN = new WeakMap<readonly Property[], KnownProperties>();

function known(properties: readonly Property[]): KnownProperties {
  const there = KNOWN.get(properties);
  if (there !== undefined) return there;
  const byName = new Map(properties.map((property) => [property.name, property]));
  const required = properties.filter((property) => property.required).map(({ name }) => name);
  const made = { byName, names: new NearNames(byName.keys()), required };
  KNOWN.set(properties, made);
  return made;
}

function objectValue(value: JsonValue, properties: readonly Property[]): unknown | Problem {
  const { byName, names, required } = known(properties);
  const out = objectEntries(value, 'object', (key, item) => {
    const property = byName.get(key);
    if (property === undefined) {
      return new Problem(
        'SCHEMA_UNKNOWN_COLUMN',
        `the property is not in the signature${suggestionText(key, names.near(key))}`,
        showName(key),
        names.listed,
      );
    }
    return item === null && !property.required ? null : nestedValue(item, property.type);
  });
  if (out instanceof Problem) return out;
  const missing = required.find((name) => !(name in (out as object)));
  return missing === undefined
    ? out
    : new Problem('SCHEMA_MISSING_COLUMN', `the required property ${showName(missing)} is missing`, 'absent', missing);
}

/** Anything well-formed, as plain values: null-prototype objects, numbers, and bigint if a number would lose digits. */
function anyValue(value: JsonValue): unknown | Problem {
  if (typeof value === 'string') return textOf(value);
  if (value === null || typeof value !== 'object') return value;
  if (isNumber(value)) {
    if (isNumberWord(value.text)) return notJson(value, 'a number');
    const number = Number(value.text);
    if (isIntegerSpelling(value.text) && !Number.isSafeInteger(number)) return BigInt(value.text);
    return Number.isFinite(number)
      ? number
      : new Problem('SCHEMA_LOSSY_CAST', `${value.text} overflows double`, value.text, 'double');
  }
  if (Array.isArray(value)) {
    const out: unknown[] = [];
    for (const [i, item] of value.entries()) {
      const plain = anyValue(item as JsonValue);
      if (plain instanceof Problem) return plain.inside(`[${i}]`);
      out.push(plain);
    }
    return out;
  }
  return objectEntries(value, 'object', (_key, item) => anyValue(item));
}
