// A file that says a signature (JSON, YAML, or a whole MLmodel) turned into the signature.
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { MAX_YAML_BYTES, parseYaml, type YamlValue } from '../model/parse-yaml.js';
import { YamlTimestamp } from '../model/yaml-11.js';
import { parseSignature } from '../schema/signature-json.js';
import type { Signature } from '../schema/types.js';
import { printable } from '../text/printable.js';
import type { World } from '../world.js';

/** A part may be JSON text, as in MLmodel, or the list itself. */
function partText(value: YamlValue | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : jsonText(value);
}

/** JSON text of a YAML value; big integers keep their digits. */
export function jsonText(value: YamlValue): string {
  if (value instanceof Map)
    return `{${[...value].map(([key, item]) => `${JSON.stringify(String(key))}: ${jsonText(item)}`).join(', ')}}`;
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number')
    return Number.isFinite(value)
      ? JSON.stringify(value)
      : Number.isNaN(value)
        ? 'NaN'
        : value > 0
          ? 'Infinity'
          : '-Infinity';
  return JSON.stringify(value instanceof YamlTimestamp ? value.text : value);
}

/** Throws FILE_NOT_FOUND, or SIGNATURE_INVALID naming the file. */
export async function readSignatureFile(world: World, path: string): Promise<Signature> {
  const file = resolve(world.cwd, path);
  const shown = printable(path, 150);
  const facts = statSync(file, { throwIfNoEntry: false });
  if (!facts?.isFile())
    throw new MlctlError('FILE_NOT_FOUND', `There is no signature file "${shown}"`, {
      hint: 'Name a JSON or YAML file with inputs, outputs and params, or an MLmodel.',
    });
  if (facts.size > MAX_YAML_BYTES)
    throw new MlctlError('LIMIT_EXCEEDED', `"${shown}" has ${facts.size} bytes; at most ${MAX_YAML_BYTES} are read`);
  // Every JSON text without tabs for indentation is YAML; tabs between tokens mean nothing in either.
  const top = await parseYaml(
    readFileSync(file, 'utf8').replace(/^\t+/gm, (tabs) => ' '.repeat(tabs.length)),
    `signature file "${shown}"`,
  );
  const inner = top instanceof Map ? (top.get('signature') ?? top) : null;
  const signature =
    inner instanceof Map
      ? parseSignature({
          inputs: partText(inner.get('inputs')),
          outputs: partText(inner.get('outputs')),
          params: partText(inner.get('params')),
        })
      : null;
  if (signature !== null) return signature;
  throw new MlctlError(
    'SIGNATURE_INVALID',
    `"${shown}" says no signature; expected the keys inputs, outputs and params`,
    {
      hint: 'For example {"inputs": [{"name": "a", "type": "double", "required": true}], "outputs": [{"name": "label", "type": "long"}]}',
    },
  );
}
