// Turns the bytes of a lineage artifact into a lineage. Whoever may write to the run may have written them, so every part is checked.
import { printable } from '../text/printable.js';
import type { Lineage } from './types.js';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const whole: Check = (value) => Number.isSafeInteger(value);
const flag: Check = (value) => typeof value === 'boolean';
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string);
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const values =
  (check: Check): Check =>
  (value) =>
    isObject(value) && Object.values(value).every(check);
/** Keys that a later version adds are let through. */
const shape =
  (parts: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) && Object.entries(parts).every(([key, check]) => Object.hasOwn(value, key) && check(value[key]));

const PARTS: Readonly<Record<keyof Lineage, Check>> = {
  schema: oneOf('mlctl.lineage/1'),
  made_by: orNull(oneOf('train', 'log')),
  user: orNull(text),
  source: orNull(text),
  started: orNull(text),
  ended: orNull(text),
  git: shape({
    commit: orNull(text),
    branch: orNull(text),
    remote: orNull(text),
    dirty: orNull(flag),
    diff_digest: orNull(text),
    folder: orNull(text),
    shallow: flag,
    unknown: values(text),
  }),
  recipe: orNull(shape({ digest: text, file: orNull(text), file_digest: orNull(text) })),
  data: list(
    shape({
      role: oneOf('training'),
      name: text,
      source: text,
      kind: text,
      digest: text,
      bytes: orNull(whole),
      rows: orNull(whole),
      columns: orNull(list(shape({ name: text, type: text, required: flag }))),
      path: orNull(text),
    }),
  ),
  split: orNull(shape({ digest: text, train: whole, test: whole })),
  seeds: values(whole),
  versions: shape({
    mlctl: orNull(text),
    node: orNull(text),
    onnxruntime: orNull(text),
    lock: orNull(text),
    platform: orNull(text),
  }),
  given: orNull(shape({ path: text, digest: text })),
};

/** A text says what is wrong with it. */
export function parseLineage(bytes: Uint8Array): Lineage | string {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return 'it is not JSON';
  }
  if (!isObject(value)) return 'it is not an object';
  if (!PARTS.schema(value.schema)) return `its schema is ${printable(JSON.stringify(value.schema) ?? 'missing', 60)}`;
  for (const [key, check] of Object.entries(PARTS))
    if (!Object.hasOwn(value, key) || !check(value[key])) return `its part "${key}" is missing or has another form`;
  return value as unknown as Lineage;
}
