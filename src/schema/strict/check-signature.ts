// Turns a signature into the reasons why no data can meet it.
import type { Schema } from '../types.js';
import type { FindingList } from './finding-list.js';
import { showName } from './show.js';

/** Looked at once, not for each row of a service. */
const SOUND = new WeakSet<Schema>();

export function checkSignature(schema: Schema, findings: FindingList): void {
  if (SOUND.has(schema)) return;
  const before = findings.total;
  const names =
    schema.kind === 'columns'
      ? schema.columns.map((column) => column.name)
      : schema.tensors.map((tensor) => tensor.name);
  const what = schema.kind === 'columns' ? 'column' : 'tensor';
  const seen = new Set<string>();
  for (const name of names) {
    if (name === undefined) continue;
    if (name === '') findings.sayOnce('empty', 'SCHEMA_BAD_SIGNATURE', `signature: a ${what} has an empty name`);
    else if (seen.has(name)) {
      findings.sayOnce(`sig ${name}`, 'SCHEMA_BAD_SIGNATURE', `signature: ${what} ${showName(name)} occurs twice`, {
        column: name,
      });
    }
    seen.add(name);
  }
  if (findings.total === before) SOUND.add(schema);
}
