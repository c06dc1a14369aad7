// Turns data and a signature into findings, without running a model. All of the input is read.
import { MlctlError } from '../errors/error.js';
import { leftOutOf } from '../model/left-out.js';
import { findingsOfParams } from '../rows/given-params.js';
import { givenRows, type RowsRequest } from '../rows/given-rows.js';
import { hintFor } from '../rows/hint-for.js';
import { openRows } from '../rows/open-rows.js';
import type { Streams } from '../rows/streams.js';
import { groupDocument } from '../rows/violation.js';
import { groupText } from '../schema/finding-group.js';
import type { SchemaFinding, Signature } from '../schema/types.js';
import type { StoreOptions } from '../session/stores.js';
import type { World } from '../world.js';

export interface ValidateRequest extends StoreOptions, RowsRequest {
  readonly uri?: string;
  /** A file that holds a signature (JSON, YAML or an MLmodel), instead of a URI. */
  readonly signature?: string;
  readonly params?: ReadonlyMap<string, string>;
}

/** What `mlctl validate --json` prints. */
export interface ValidateDocument {
  /** The model whose signature was used; null with `signature`. */
  readonly uri: string | null;
  readonly input: string;
  readonly rows: number;
  readonly valid: boolean;
  /** Every finding, in row order. */
  readonly findings: readonly SchemaFinding[];
  /** The same, counted by kind and column. */
  readonly groups: readonly ReturnType<typeof groupDocument>[];
  readonly total: number;
  readonly warnings: readonly string[];
  /** What to type or change next; null if all is well. */
  readonly hint: string | null;
}

export async function validate(world: World, request: ValidateRequest, streams: Streams): Promise<ValidateDocument> {
  const given = givenRows(request, '--input-format');
  const { uri, signature, leftOut } = await signatureOf(world, request);
  const params = findingsOfParams(request.params, signature);
  const rows = await openRows(world, given, signature, streams.stdin, leftOut);
  let seen = 0;
  for await (const batch of rows.batches) {
    seen += batch.rowsRead;
    // Without a header, or after a quote that is never closed, further rows tell nothing.
    if (rows.fatal() && rows.findings.total > 1000) break;
  }
  const findings = [...params.kept, ...rows.findings.kept].slice(0, 20);
  const groups = [...params.groups, ...rows.findings.groups].map((group) =>
    groupDocument({ ...group, message: groupText(group) }),
  );
  const hint = rows.findings.total === 0 ? null : hintFor(rows);
  for (const note of rows.notes?.() ?? []) world.note(note);
  const total = params.total + rows.findings.total;
  return {
    uri,
    input: request.input,
    rows: seen,
    valid: total === 0,
    findings,
    groups,
    total,
    warnings: rows.warnings(),
    hint,
  };
}

async function signatureOf(
  world: World,
  request: ValidateRequest,
): Promise<{ uri: string | null; signature: Signature; leftOut: readonly string[] }> {
  if (request.signature !== undefined) {
    const { readSignatureFile } = await import('../packaging/read-signature-file.js');
    return { uri: null, signature: await readSignatureFile(world, request.signature), leftOut: [] };
  }
  const { findPackage } = await import('../loader/open-model.js');
  const { resolved, pkg } = await findPackage(world, request.uri, request);
  try {
    const { model } = pkg;
    if (model.signature === null)
      throw new MlctlError(
        'SIGNATURE_MISSING',
        `there is no signature in ${resolved.uri}: nothing to check the data against`,
        { hint: 'give one with --signature file.json, or log the model with one' },
      );
    return { uri: resolved.uri, signature: model.signature, leftOut: leftOutOf(model) };
  } finally {
    await resolved.close();
  }
}
