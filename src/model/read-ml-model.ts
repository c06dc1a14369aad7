// Turns the text of an `MLmodel` file into checked values; unknown keys are kept in `raw`.
import { MlctlError } from '../errors/error.js';
import { parseSignature } from '../schema/parse-signature.js';
import { printable } from '../text/printable.js';
import { safePath } from '../uri/safe-join.js';
import { parseYaml, type YamlValue } from './parse-yaml.js';
import type { MlModel } from './types.js';
import { YamlTimestamp } from './yaml-11.js';

function invalid(why: string, found?: unknown): never {
  const shown = found === undefined ? '' : `; found ${printable(describe(found), 80)}`;
  throw new MlctlError('PACKAGE_INVALID', `MLmodel is not as MLflow writes it: ${why}${shown}`, {
    hint: 'log the model again, or compare with an MLmodel written by Python MLflow',
  });
}

function describe(value: unknown): string {
  if (value instanceof Map) return 'a mapping';
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'nothing' : String(value instanceof YamlTimestamp ? value.text : value);
}

/** Keys as text, as MLflow's readers use them. */
function mapping(value: unknown, what: string): ReadonlyMap<string, unknown> {
  if (!(value instanceof Map)) return invalid(`${what} must be a mapping`, value);
  return new Map(
    [...(value as Map<YamlValue, YamlValue>)].map(([key, item]) => [
      typeof key === 'object' ? invalid(`${what} has a key that is not text`) : String(key),
      item,
    ]),
  );
}

function text(map: ReadonlyMap<string, unknown>, key: string, what = key): string | null {
  const value = map.get(key);
  if (value === undefined || value === null) return null;
  if (value instanceof YamlTimestamp) return value.text;
  // A run id of digits only, or 12.5 as a version, was written without quotes, so its text is lost. It is accepted only if the
  // value prints back the same.
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return typeof value === 'string' ? value : invalid(`${what} must be text`, value);
}

function fileName(map: ReadonlyMap<string, unknown>, key: string, what: string): string | null {
  const path = text(map, key, what);
  return path === null ? null : safePath(path);
}

function readFlavors(top: ReadonlyMap<string, unknown>): MlModel['flavors'] {
  const flavors = mapping(top.get('flavors') ?? null, '`flavors`');
  if (flavors.size === 0) invalid('`flavors` is empty');
  return new Map([...flavors].map(([name, value]) => [name, mapping(value, `flavor ${name}`)]));
}

function readSignatureText(top: ReadonlyMap<string, unknown>): MlModel['signatureText'] {
  const value = top.get('signature');
  if (value === undefined || value === null) return null;
  const map = mapping(value, '`signature`');
  return {
    inputs: text(map, 'inputs', 'signature.inputs'),
    outputs: text(map, 'outputs', 'signature.outputs'),
    params: text(map, 'params', 'signature.params'),
  };
}

function readInputExample(top: ReadonlyMap<string, unknown>): MlModel['inputExample'] {
  const value = top.get('saved_input_example_info');
  if (value === undefined || value === null) return null;
  const map = mapping(value, '`saved_input_example_info`');
  const path = fileName(map, 'artifact_path', 'saved_input_example_info.artifact_path');
  if (path === null) return null;
  return {
    path,
    servingPath: fileName(map, 'serving_input_path', 'saved_input_example_info.serving_input_path'),
    type: text(map, 'type') ?? 'dataframe',
    orient: text(map, 'pandas_orient'),
  };
}

function parseSignatureText(texts: NonNullable<MlModel['signatureText']>): MlModel['signature'] {
  try {
    return parseSignature(texts);
  } catch (cause) {
    throw new MlctlError(
      'PACKAGE_INVALID',
      `MLmodel has a signature that cannot be read: ${printable((cause as Error).message, 200)}`,
      {
        hint: 'log the model again with a signature',
        cause,
      },
    );
  }
}

/** Throws PACKAGE_INVALID, LIMIT_EXCEEDED (over 1 MiB) or PATH_REFUSED (a file it names is outside). */
export async function readMlModel(content: string | Uint8Array): Promise<MlModel> {
  let decoded: string;
  try {
    decoded = typeof content === 'string' ? content : new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return invalid('it is not UTF-8');
  }
  const top = mapping(await parseYaml(decoded, 'MLmodel'), 'the file');
  const flavors = readFlavors(top);
  const signatureText = readSignatureText(top);
  const metadata = top.get('metadata');
  return {
    flavors,
    signature: signatureText === null ? null : parseSignatureText(signatureText),
    signatureText,
    modelId: text(top, 'model_id'),
    modelUuid: text(top, 'model_uuid'),
    runId: text(top, 'run_id'),
    utcTimeCreated: text(top, 'utc_time_created'),
    mlflowVersion: text(top, 'mlflow_version'),
    inputExample: readInputExample(top),
    isSignatureFromTypeHint: top.get('is_signature_from_type_hint') === true,
    metadata: metadata === undefined || metadata === null ? null : mapping(metadata, '`metadata`'),
    raw: top,
  };
}
