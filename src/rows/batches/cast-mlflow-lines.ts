// Turns NDJSON into rows cast as MLflow would. MLflow does not have NDJSON, so the lines count as the records of one request.
import { JsonSyntaxError, parseJson } from '../../data/json.js';
import { castMlflow } from '../../schema/cast-mlflow.js';
import type { CastResult } from '../../schema/cast-types.js';
import type { Signature } from '../../schema/types.js';

export function castMlflowLines(bytes: Uint8Array, signature: Signature): CastResult {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return malformed('the input is not UTF-8');
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  for (const [row, line] of lines.entries()) {
    const flaw = flawOf(line);
    if (flaw !== null) return malformed(`row ${row}: ${flaw}`, row);
  }
  return castMlflow(`{"dataframe_records":[${lines.join(',')}]}`, 'application/json', signature);
}

const malformed = (message: string, row?: number): CastResult => ({
  ok: false,
  findings: [{ code: 'SCHEMA_MALFORMED', message, ...(row === undefined ? {} : { row }) }],
  total: 1,
});

/** Each line must be JSON by itself. Only the syntax is checked here; the rest is MLflow's to judge. */
function flawOf(line: string): string | null {
  try {
    parseJson(line, { python: true });
    return null;
  } catch (error) {
    return error instanceof JsonSyntaxError ? error.message : null;
  }
}
