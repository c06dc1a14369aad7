// Schema findings as lines: what is wrong, the near miss, the stable word.
import { grouped } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import { mark, type Style } from '../style.js';
import { wrap } from '../wrap.js';

/** Columns before the words of a finding. */
const INDENT = '    ';

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
  const word = printable(String(code ?? ''), 80);
  const words = wrap(`${printable(what + near, 600)} ${word}`.trimEnd(), style.columns - INDENT.length).join(
    `\n${INDENT}`,
  );
  // The last word is the code; it is not broken.
  return `  ${mark(style, 'fail')} ${words.slice(0, words.length - word.length)}${style.dim(word)}`;
}

/** At most `most` of them, and how many more there are. */
export function findingLines(style: Style, findings: readonly FindingLike[], total: number, most = 20): string[] {
  const shown = findings.slice(0, most).map((finding) => findingLine(style, finding));
  const counted = findings.slice(0, most).reduce((sum, { count }) => sum + (typeof count === 'number' ? count : 1), 0);
  return total > counted ? [...shown, style.dim(`  … and ${grouped(total - counted)} more`)] : shown;
}
