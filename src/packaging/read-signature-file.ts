// Turns a file that holds a signature (JSON, YAML or a whole MLmodel) into the signature, for all commands.
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isJsonObject, JsonSyntaxError, jsonGet, parseJson } from '../data/json.js';
import { formatJson } from '../data/json-format.js';
import type { JsonValue } from '../data/json-types.js';
import { MlctlError } from '../errors/error.js';
import { MAX_YAML_BYTES, parseYaml, type YamlValue } from '../model/parse-yaml.js';
import { YamlTimestamp } from '../model/yaml-11.js';
import { readGivenFile } from '../rows/read-given-file.js';
import { parseSignature, type SignatureTexts } from '../schema/parse-signature.js';
import type { Signature } from '../schema/types.js';
import { printable } from '../text/printable.js';
import type { World } from '../world.js';

/** Throws FILE_NOT_FOUND, FILE_REFUSED, LIMIT_EXCEEDED, or SIGNATURE_INVALID naming the file. */
export async function readSignatureFile(world: World, path: string): Promise<Signature> {
  const shown = printable(path, 150);
  const text = await readText(world, path, shown);
  const texts = textsOfJson(text) ?? (await textsOfYaml(text, shown));
  const signature = texts === null ? null : parseSignature(texts);
  if (signature !== null) return signature;
  throw new MlctlError(
    'SIGNATURE_INVALID',
    `"${shown}" contains no signature; expected the keys inputs, outputs and params`,
    {
      hint: 'for example {"inputs": [{"name": "a", "type": "double", "required": true}], "outputs": [{"name": "label", "type": "long"}]}',
    },
  );
}

async function readText(world: World, path: string, shown: string): Promise<string> {
  const file = resolve(world.cwd, path);
  const facts = statSync(file, { throwIfNoEntry: false });
  const hint = 'name a JSON or YAML file with inputs, outputs and params, or an MLmodel';
  if (!facts) throw new MlctlError('FILE_NOT_FOUND', `there is no signature file "${shown}"`, { hint });
  if (!facts.isFile() && !facts.isFIFO())
    throw new MlctlError('FILE_REFUSED', `"${shown}" is not a file, so no signature is read from it`, { hint });
  try {
    return (await readGivenFile(file, world.signal, MAX_YAML_BYTES)).toString('utf8').replace(/^\ufeff/, '');
  } catch (cause) {
    world.signal.throwIfAborted();
    if (cause instanceof MlctlError) throw cause;
    throw new MlctlError('FILE_REFUSED', `the signature file "${shown}" cannot be read`, { cause, hint });
  }
}

/** Null if the text is not a JSON object; it may still be YAML. */
function textsOfJson(text: string): SignatureTexts | null {
  if (!/^\s*\{/.test(text)) return null;
  try {
    const document = parseJson(text, { python: true });
    const inner = isJsonObject(document) ? (jsonGet(document, 'signature') ?? document) : document;
    return isJsonObject(inner) ? textsOf((key) => partOfJson(jsonGet(inner, key))) : {};
  } catch (error) {
    if (error instanceof JsonSyntaxError) return null;
    throw error;
  }
}

async function textsOfYaml(text: string, shown: string): Promise<SignatureTexts | null> {
  const top = await parseYaml(text, `signature file "${shown}"`).catch((error) => {
    if (!(error instanceof MlctlError) || error.code !== 'PACKAGE_INVALID') throw error;
    throw new MlctlError('SIGNATURE_INVALID', error.message, {
      hint: 'write JSON, or YAML as in an MLmodel',
      cause: error,
    });
  });
  const inner = top instanceof Map ? (top.get('signature') ?? top) : null;
  return inner instanceof Map ? textsOf((key) => partOfYaml(inner.get(key))) : null;
}

const textsOf = (part: (key: keyof SignatureTexts) => string | null): SignatureTexts => ({
  inputs: part('inputs'),
  outputs: part('outputs'),
  params: part('params'),
});

/** A part may be JSON text, as in MLmodel, or the list itself. */
function partOfJson(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : formatJson(value);
}

function partOfYaml(value: YamlValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : jsonOfYaml(value);
}

/** JSON text of a YAML value; big integers keep their digits. */
function jsonOfYaml(value: YamlValue): string {
  if (value instanceof Map)
    return `{${[...value].map(([key, item]) => `${JSON.stringify(String(key))}: ${jsonOfYaml(item)}`).join(', ')}}`;
  if (Array.isArray(value)) return `[${value.map(jsonOfYaml).join(', ')}]`;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : notFinite(value);
  return JSON.stringify(value instanceof YamlTimestamp ? value.text : value);
}

/** As Python's json writes them. */
const notFinite = (value: number): string => (Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity');
