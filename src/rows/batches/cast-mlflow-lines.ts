// Turns NDJSON into rows cast as MLflow would. MLflow does not have NDJSON, so the lines count as the records of one request.
import { JsonSyntaxError, parseJson } from '../../data/json.js';
import { rowName } from '../../errors/row-name.js';
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
  const lines: string[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const flaw = flawOf(line);
    if (flaw !== null) return malformed(`${rowName(lines.length, at + 1)}: ${flaw}`, lines.length, at + 1);
    lines.push(line);
  }
  return castMlflow(`{"dataframe_records":[${lines.join(',')}]}`, 'application/json', signature);
}

const malformed = (message: string, row?: number, line?: number): CastResult => ({
  ok: false,
  findings: [
    {
      code: 'SCHEMA_MALFORMED',
      message,
      ...(row === undefined ? {} : { row }),
      ...(line === undefined ? {} : { line }),
    },
  ],
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
