// Schema findings as lines: what is wrong, the near miss, the stable word.
import { grouped } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import { mark, type Style } from '../style.js';

export interface FindingLike {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly suggestion?: unknown;
  /** File and line, or the flag; with it, `path` is also shown. */
  readonly where?: unknown;
  readonly path?: unknown;
  /** How many findings the line stands for, if not one. */
  readonly count?: unknown;
}

function findingLine(style: Style, { code, message, suggestion, where, path }: FindingLike): string {
  const place = where === undefined ? '' : `${where}: ${path}: `;
  const what = place + String(message ?? code ?? '');
  const near = typeof suggestion === 'string' && !what.includes(suggestion) ? `; did you mean ${suggestion}?` : '';
  return `  ${mark(style, 'fail')} ${printable(what + near, 600)} ${style.dim(printable(String(code ?? ''), 80))}`.trimEnd();
}

/** At most `most` of them, and how many more there are. */
export function findingLines(style: Style, findings: readonly FindingLike[], total: number, most = 20): string[] {
  const shown = findings.slice(0, most).map((finding) => findingLine(style, finding));
  const counted = findings.slice(0, most).reduce((sum, { count }) => sum + (typeof count === 'number' ? count : 1), 0);
  return total > counted ? [...shown, style.dim(`  … and ${grouped(total - counted)} more`)] : shown;
}
