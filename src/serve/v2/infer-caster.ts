// Turns the bodies of inference requests for one model into tables, by the same caster as all other rows.

import type { Beside } from '../../schema/beside.js';
import { castPlainStrict } from '../../schema/cast-plain.js';
import type { CastResult } from '../../schema/cast-types.js';
import { SeenBodies } from '../../schema/strict/seen/seen-bodies.js';
import type { Schema, Signature } from '../../schema/types.js';
import { datatypeOfColumn } from './datatypes.js';
import { readInferRequest } from './read-infer-request.js';

type Refused = Extract<CastResult, { ok: false }>;
type Accepted = Extract<CastResult, { ok: true }> & {
  readonly id: string | null;
  readonly outputs: readonly string[] | null;
  /** Every input has the datatype of its column, so that no number is rounded or refused by the protocol. */
  readonly isExact: boolean;
};

export type InferCast = Accepted | Refused;

/** The strict caster. It throws DATA_INVALID for what does not follow the protocol. */
export function inferCaster(signature: Signature, beside: Beside): (body: Uint8Array) => InferCast {
  const cast = (body: Uint8Array): InferCast => {
    const { given, datatypes, id, outputs } = readGiven(body, signature);
    const { result } = castPlainStrict(given, signature, beside);
    return result.ok ? { ...result, id, outputs, isExact: isExact(datatypes, signature.inputs) } : result;
  };
  const seen = new SeenBodies<Accepted>(cast, { fixed: 'shape', isExact: (accepted) => accepted.isExact });
  return (body) => seen.cast(body);
}

const isExact = (datatypes: ReadonlyMap<string, string>, inputs: Schema | null): boolean =>
  inputs?.kind === 'columns' &&
  inputs.columns.every(({ name, type }) => datatypes.get(name ?? '') === datatypeOfColumn(type));

/** The rows and params that a request gives, and what it says besides them. */
export function readGiven(body: Uint8Array, { inputs, params: declared }: Signature) {
  const { columns, params, ...besides } = readInferRequest(body, inputs);
  return { given: { rows: rowsOf(columns, inputs), params: declared === null ? undefined : params }, ...besides };
}

/** A signature without names takes its inputs by their order, and one tensor without a name is the rows themselves. */
function rowsOf(columns: Readonly<Record<string, readonly unknown[]>>, inputs: Schema | null): unknown {
  const given = Object.values(columns);
  if (inputs === null) return columns;
  if (inputs.kind === 'tensors')
    return inputs.tensors.length === 1 && inputs.tensors[0]!.name === undefined && given.length === 1
      ? given[0]
      : columns;
  if (inputs.columns.some(({ name }) => name !== undefined)) return columns;
  const rows = given.reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: rows }, (_, row) => given.map((values) => values[row]));
}
