// Turns an error about some columns into one that has a line for each of them; the program lists them as findings.
import { MlctlError } from '../errors/error.js';

interface Columns {
  /** A line each, at most as many as are shown. */
  readonly shown: readonly string[];
  readonly total: number;
  readonly hint: string;
}

export function errorOfColumns(
  cause: MlctlError & { readonly columns: readonly string[] },
  message: string,
  { shown, total, hint }: Columns,
): MlctlError {
  const more = total > shown.length ? [`… and ${total - shown.length} more`] : [];
  const lines = [...shown, ...more].map((line) => `  ${line}`);
  return new MlctlError(cause.code, `${message}:\n${lines.join('\n')}`, {
    hint,
    details: { columns: cause.columns, findings: shown.map((line) => ({ message: line })), total },
    cause,
  });
}
