// Turns data in one of the protocol's forms, and its params, into a table by whatever the signature has: columns, tensors or nothing.
import type { JsonValue } from '../../data/json-types.js';
import type { Beside } from '../beside.js';
import type { CastResult } from '../cast-types.js';
import type { Signature } from '../types.js';
import { castForm } from './cast-form.js';
import { castParams } from './cast-params.js';
import { checkSignature } from './check-signature.js';
import type { FindingList } from './finding-list.js';
import type { Form } from './forms.js';
import { castTensors } from './tensors/cast-tensors.js';
import { untypedTable } from './tensors/untyped-table.js';

interface GivenData {
  readonly form: Form;
  readonly data: JsonValue;
  readonly params: JsonValue | undefined;
}

/** `layOut` makes the table of a signature of columns. */
export function castData(
  { form, data, params: given }: GivenData,
  signature: Signature,
  findings: FindingList,
  beside: Beside,
  layOut: typeof castForm = castForm,
): CastResult {
  const warnings = new Set<string>();
  const params = castParams(given, signature.params, findings);
  const { inputs } = signature;
  if (inputs !== null) checkSignature(inputs, findings);
  if (inputs?.kind === 'columns') {
    const batch = layOut(data, form, inputs.columns, findings, warnings, beside);
    if (batch === null || findings.total > 0) return findings.failed();
    return { ok: true, table: batch.table, kept: batch.kept, params, warnings: [...warnings] };
  }
  if (inputs === null) warnings.add('the model has no input signature: nothing was checked');
  const table =
    inputs === null ? untypedTable(data, form, findings) : castTensors(data, form, inputs.tensors, findings, warnings);
  if (table === null || findings.total > 0) return findings.failed();
  return { ok: true, table, params, warnings: [...warnings] };
}
