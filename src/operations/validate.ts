// `validate`: data against a signature, without running a model; reads all of the input and reports what is wrong.
import { resolve } from 'node:path';
import { isJsonObject, jsonGet, parseJson } from '../data/json.js';
import type { JsonValue } from '../data/json-types.js';
import { MlctlError } from '../errors/error.js';
import { findingsOfParams } from '../rows/given-params.js';
import { formatOf } from '../rows/open-input.js';
import { openRows } from '../rows/open-rows.js';
import { readGivenFile } from '../rows/read-given-file.js';
import type { Streams } from '../rows/streams.js';
import type { EnforcementMode } from '../schema/cast-types.js';
import { parseSignature } from '../schema/signature-json.js';
import type { SchemaFinding, Signature } from '../schema/types.js';
import type { StoreOptions } from '../session/stores.js';
import { printable } from '../text/printable.js';
import type { World } from '../world.js';

export interface ValidateRequest extends StoreOptions {
  readonly uri?: string;
  /** A file that holds a signature (JSON, or an MLmodel), instead of a URI. */
  readonly signature?: string;
  /** A path, or `-` for stdin. */
  readonly input: string;
  readonly inputFormat?: 'csv' | 'json' | 'ndjson' | 'parquet';
  readonly params?: ReadonlyMap<string, string>;
  readonly mode?: EnforcementMode;
}

export interface ValidateDocument {
  /** The model whose signature was used; null with `signature`. */
  readonly uri: string | null;
  readonly input: string;
  readonly rows: number;
  readonly valid: boolean;
  /** Every finding, in the order of the rows. */
  readonly findings: readonly SchemaFinding[];
  readonly total: number;
  readonly warnings: readonly string[];
}

export async function validate(world: World, request: ValidateRequest, streams: Streams): Promise<ValidateDocument> {
  const format = formatOf(request.input, request.inputFormat, '--input-format');
  const { uri, signature } = await signatureOf(world, request);
  const params = findingsOfParams(request.params, signature);
  const rows = await openRows(world, request.input, format, signature, request.mode ?? 'strict', streams.stdin);
  let seen = 0;
  for await (const batch of rows.batches) {
    seen += batch.rowsRead;
    // Without a header, or behind a quote that is never closed, further rows say nothing.
    if (rows.fatal() && rows.findings.total > 1000) break;
  }
  const findings = [...params.kept, ...rows.findings.kept].slice(0, 20);
  const total = params.total + rows.findings.total;
  return { uri, input: request.input, rows: seen, valid: total === 0, findings, total, warnings: rows.warnings() };
}

async function signatureOf(
  world: World,
  request: ValidateRequest,
): Promise<{ uri: string | null; signature: Signature }> {
  if (request.signature !== undefined) {
    const signature = await readSignature(world, resolve(world.cwd, request.signature));
    if (signature !== null) return { uri: null, signature };
    throw noSignature(`the file "${printable(request.signature)}"`);
  }
  const { findPackage } = await import('../loader/open-model.js');
  const { resolved, pkg } = await findPackage(world, request.uri, request);
  try {
    const { model } = pkg;
    if (model.signature === null) throw noSignature(resolved.uri);
    return { uri: resolved.uri, signature: model.signature };
  } finally {
    await resolved.close();
  }
}

const noSignature = (where: string): MlctlError =>
  new MlctlError('SIGNATURE_MISSING', `There is no signature in ${where}: nothing to check the data against`, {
    hint: 'Give one with --signature file.json, or log the model with one.',
  });

/** A JSON file `{"inputs": […], "outputs": […], "params": […]}` (values may be JSON texts, as in MLmodel), or an MLmodel. */
async function readSignature({ signal }: World, path: string): Promise<Signature | null> {
  let text: string;
  try {
    text = (await readGivenFile(path, signal)).toString('utf8');
  } catch (cause) {
    signal.throwIfAborted();
    throw new MlctlError('FILE_NOT_FOUND', `The signature file "${printable(path)}" cannot be read`, { cause });
  }
  if (!/^\s*\{/.test(text)) {
    const { readMlModel } = await import('../model/read-ml-model.js');
    return (await readMlModel(text)).signature;
  }
  const document = parseJson(text, { python: true });
  const inner = isJsonObject(document) ? (jsonGet(document, 'signature') ?? document) : document;
  if (!isJsonObject(inner)) throw noSignature(`"${printable(path)}"`);
  const { formatJson } = await import('../data/json-format.js');
  const part = (key: string): string | null => {
    const value: JsonValue | undefined = jsonGet(inner, key);
    if (value === undefined || value === null) return null;
    return typeof value === 'string' ? value : formatJson(value);
  };
  return parseSignature({ inputs: part('inputs'), outputs: part('outputs'), params: part('params') });
}
