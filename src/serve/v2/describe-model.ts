// Turns a served version into the metadata of the Open Inference Protocol: its inputs and outputs by its signature.
import type { Schema } from '../../schema/types.js';
import type { ServedModel, ServedVersion } from '../types.js';
import { datatypeOfColumn, datatypeOfDtype } from './datatypes.js';

export function describeModel({ name }: ServedModel, { facts, signature }: ServedVersion) {
  return {
    name,
    ...(facts.version === null ? {} : { versions: [String(facts.version)] }),
    platform: `mlflow_${facts.flavor}`,
    inputs: tensorsOf(signature?.inputs ?? null, 'input'),
    outputs: tensorsOf(signature?.outputs ?? null, 'output'),
  };
}

function tensorsOf(schema: Schema | null, kind: 'input' | 'output') {
  if (schema === null) return [];
  if (schema.kind === 'tensors')
    return schema.tensors.map(({ name, dtype, shape }, i) => ({
      name: name ?? `${kind}-${i}`,
      datatype: datatypeOfDtype(dtype),
      shape: shape.map((size) => (Number.isInteger(size) ? size : -1)),
    }));
  return schema.columns.map(({ name, type }, i) => ({
    name: name ?? `${kind}-${i}`,
    datatype: datatypeOfColumn(type),
    shape: [-1, type.kind === 'scalar' ? 1 : -1],
  }));
}
