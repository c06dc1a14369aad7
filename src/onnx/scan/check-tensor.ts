// Checks a tensor's claims against its content: type, dimensions, and data that adds up to exactly what they say.
import { elementType } from '../../data/element-types.js';
import { EXTERNAL, type SparseTensorProto, type TensorProto } from '../graph.js';
import { elementCount, typedData, typedField } from '../tensor-size.js';
import type { Place } from '../walk-model.js';
import type { Findings } from './findings.js';

export function checkTensor(tensor: TensorProto, place: Place, findings: Findings) {
  const type = elementType(tensor.dataType);
  const dims = tensor.dims ?? [];
  if (type === undefined)
    return findings.unsupported('tensor-type', place, `element type ${tensor.dataType ?? 0}`, 'a type of ONNX');
  if (!checkDims(dims, place, findings)) return;
  if (tensor.segment) findings.unsupported('tensor-segment', place, 'a tensor in segments', 'whole tensors');
  if (tensor.dataLocation === EXTERNAL) return;
  if (tensor.dataLocation !== undefined && tensor.dataLocation !== 0) {
    return findings.hostile('data-location', place, `data_location ${tensor.dataLocation}`, '0 or 1');
  }
  if (tensor.externalData?.length) {
    findings.hostile('data-location', place, 'external_data and also data_location DEFAULT', 'one of the two');
  }
  checkInlineData(tensor, type.name, type.bits, elementCount(dims), place, findings);
}

function checkDims(dims: readonly bigint[], place: Place, findings: Findings): boolean {
  if (dims.length > findings.limits.rank) {
    findings.hostile('tensor-rank', place, `${dims.length} dimensions`, `${findings.limits.rank} at most`);
    return false;
  }
  const negative = dims.find((size) => size < 0n);
  if (negative !== undefined) findings.hostile('tensor-dims', place, `a dimension of ${negative}`, '0 or more');
  return negative === undefined;
}

function checkInlineData(
  tensor: TensorProto,
  name: string,
  bits: number,
  count: bigint,
  place: Place,
  findings: Findings,
) {
  const raw = tensor.rawData?.length ?? 0;
  const typed = typedData(tensor);
  if (typed.length + (raw > 0 ? 1 : 0) > 1) {
    return findings.hostile('tensor-data', place, `data in ${typed.length + (raw > 0 ? 1 : 0)} fields`, 'one');
  }
  const claim = `${name}[${(tensor.dims ?? []).join(',')}]`;
  if (raw > 0) {
    const expected = bits === 0 ? null : (count * BigInt(bits) + 7n) / 8n;
    if (expected !== BigInt(raw))
      findings.hostile('tensor-data', place, `${raw} bytes of raw data`, `${expected ?? 'none'} for ${claim}`);
    return;
  }
  const wanted = typedField(name, bits, count);
  const [given] = typed;
  if (
    given === undefined ? wanted.values !== 0n : given.field !== wanted.field || BigInt(given.length) !== wanted.values
  ) {
    const found = given === undefined ? 'no data' : `${given.length} values in ${given.field}`;
    findings.hostile('tensor-data', place, found, `${wanted.values} values in ${wanted.field} for ${claim}`);
  }
}

/** The runtime writes sparse tensors out in full, so the dense size counts. */
export function checkSparseTensor(sparse: SparseTensorProto, place: Place, findings: Findings) {
  const dims = sparse.dims ?? [];
  if (!checkDims(dims, place, findings)) return;
  const { values, indices } = sparse;
  if (values === undefined || indices === undefined) {
    return findings.hostile('sparse-tensor', place, 'no values or no indices', 'both');
  }
  const bits = elementType(values.dataType)?.bits || 64;
  const dense = (elementCount(dims) * BigInt(bits)) / 8n;
  findings.made(place, `a sparse tensor of ${dense} bytes when written out`, dense);
  const stored = values.dims ?? [];
  const places = indices.dims ?? [];
  const fits =
    stored.length === 1 &&
    places[0] === stored[0] &&
    (places.length === 1 || (places.length === 2 && places[1] === BigInt(dims.length)));
  if (!fits || elementType(indices.dataType)?.name !== 'int64') {
    findings.hostile(
      'sparse-tensor',
      place,
      `values [${stored.join(',')}] and indices [${places.join(',')}]`,
      'values [n] and int64 indices [n] or [n, rank]',
    );
  }
}
