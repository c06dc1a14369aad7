// Turns a signature into the names of its text inputs, which Python cannot always feed.
import type { Signature } from '../schema/types.js';

export function textInputs(signature: Signature | null): readonly string[] {
  const inputs = signature?.inputs;
  if (!inputs) return [];
  return inputs.kind === 'columns'
    ? inputs.columns.flatMap(({ name, type }, i) =>
        type.kind === 'scalar' && type.scalar === 'string' ? [name ?? String(i)] : [],
      )
    : inputs.tensors.flatMap(({ name, dtype }, i) => (['str', 'object'].includes(dtype) ? [name ?? String(i)] : []));
}
