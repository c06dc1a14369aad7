// Turns an existing MLmodel into one with a few keys changed and all others kept, as text.
import { formatYaml, type Writable } from './format-yaml.js';
import type { MlModel } from './types.js';
import { YamlTimestamp } from './yaml-11.js';

/** Timestamps become text (that is what MLflow writes); MLmodel cannot have a key that is not text. */
function writable(value: unknown): Writable {
  if (value instanceof YamlTimestamp) return value.text;
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [String(key), writable(item)]));
  if (Array.isArray(value)) return value.map(writable);
  return value as Writable;
}

/** `changes` replace or add keys; undefined removes one. */
export function rewriteMlModel(model: MlModel, changes: ReadonlyMap<string, Writable | undefined>): string {
  const entries = new Map([...model.raw].map(([key, value]) => [key, writable(value)]));
  for (const [key, value] of changes) {
    if (value === undefined) entries.delete(key);
    else entries.set(key, value);
  }
  return formatYaml(entries);
}

/** MLmodel as the JSON text that 2.x servers keep of each logged model. */
export function mlModelJson(model: MlModel): string {
  const plain = (value: Writable): unknown =>
    value instanceof Map
      ? Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]))
      : Array.isArray(value)
        ? value.map(plain)
        : typeof value === 'bigint'
          ? Number(value)
          : value;
  return JSON.stringify(plain(writable(model.raw)));
}
