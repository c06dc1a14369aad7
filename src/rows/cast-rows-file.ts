// A small file of rows (CSV, JSON, NDJSON by its name) to a table by the signature, or what is wrong with it.
import { readFile, stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import type { JsonObject } from '../data/json-types.js';
import { MlctlError } from '../errors/error.js';
import { castDocument, castRecords } from '../schema/cast.js';
import type { CastResult, EnforcementMode } from '../schema/cast-types.js';
import type { Signature } from '../schema/types.js';
import { printable } from '../text/printable.js';
import type { World } from '../world.js';

/** The rows are judged in one piece; `predict` streams. */
const MOST_BYTES = 64 * 1024 * 1024;

async function recordsOf(text: string, name: string): Promise<JsonObject[]> {
  const { isJsonObject, parseJson } = await import('../data/json.js');
  return text.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === '') return [];
    const value = parseJson(line);
    if (isJsonObject(value)) return [value];
    throw new MlctlError('DATA_INVALID', `Line ${i + 1} of ${name} is no JSON object; expected one row a line`);
  });
}

export async function castRowsFile(
  world: World,
  path: string,
  signature: Signature,
  mode: EnforcementMode,
): Promise<CastResult> {
  const file = resolve(world.cwd, path);
  const name = printable(path, 200);
  const facts = await stat(file).catch(() => null);
  if (!facts?.isFile())
    throw new MlctlError('FILE_NOT_FOUND', `There is no file "${name}" to take rows from`, {
      hint: 'Name a CSV, JSON or NDJSON file after --rows.',
    });
  if (facts.size > MOST_BYTES) {
    throw new MlctlError('LIMIT_EXCEEDED', `"${name}" has ${facts.size} bytes; --rows takes at most ${MOST_BYTES}`, {
      hint: `mlctl predict -i ${name} streams a file of any size.`,
    });
  }
  const bytes = await readFile(file);
  switch (extname(file).toLowerCase()) {
    case '.csv':
      return castDocument(bytes, 'csv', signature, mode);
    case '.json':
      return castDocument(bytes, 'json', signature, mode);
    case '.ndjson':
    case '.jsonl':
      return castRecords(await recordsOf(bytes.toString('utf8'), name), 0, signature);
    default:
      throw new MlctlError('USAGE', `"${name}" ends in none of .csv, .json, .ndjson, .jsonl`, {
        hint: 'Rename the file to what it holds.',
      });
  }
}
