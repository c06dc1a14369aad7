// Casts the forms of the protocol into tensors of the signature, strictly.
import type { JsonValue } from '../../data/json-types.js';
import type { Table } from '../../data/table.js';
import type { TensorSpec } from '../types.js';
import type { FindingList } from './finding-list.js';
import type { Form } from './json-document.js';

export function castTensors(
  _data: JsonValue,
  _form: Form,
  _tensors: readonly TensorSpec[],
  findings: FindingList,
  _warnings: Set<string>,
): Table | null {
  findings.say('SCHEMA_FORM_CANNOT_CARRY', 'tensors: not yet');
  return null;
}
