// Turns rows into an aligned table with a dim head that fits the terminal: texts are cut first, then columns are left out from
// the right, the spare ones first. Titles and cells are shown safe to print.
import { printable } from '../../text/printable.js';
import { cutTo, padTo, textWidth } from '../../text/width.js';
import type { Style } from '../style.js';

export interface Column<Row> {
  readonly title: string;
  readonly of: (row: Row) => string | number | null | undefined;
  /** Numbers read best aligned to the right. */
  readonly right?: boolean;
  readonly most?: number;
  /** A text that may be cut to this many columns where the terminal is narrow. */
  readonly least?: number;
  /** Never left out. */
  readonly kept?: boolean;
  /** Left out before all that are not spare. */
  readonly spare?: boolean;
}

const GAP = 2;
/** Characters of a cell, whatever its column allows. */
const MOST = 400;

/** The widest first, down to what it may be cut to. */
function narrow(columns: readonly Column<never>[], widths: number[], room: number): void {
  const over = () => widths.reduce((sum, width) => sum + width + GAP, -GAP) - room;
  while (over() > 0) {
    let widest = -1;
    for (const [at, { least }] of columns.entries())
      if (least !== undefined && widths[at]! > least && (widest === -1 || widths[at]! > widths[widest]!)) widest = at;
    if (widest === -1) return;
    widths[widest] = widths[widest]! - 1;
  }
}

/** Which columns are shown, and how wide. */
function fit(columns: readonly Column<never>[], full: readonly number[], room: number): Map<number, number> {
  const shown = columns.map((_, at) => at);
  for (;;) {
    const widths = shown.map((at) => full[at]!);
    narrow(
      shown.map((at) => columns[at]!),
      widths,
      room,
    );
    const needed = widths.reduce((sum, width) => sum + width + GAP, -GAP);
    const spare = shown.findLastIndex((at) => columns[at]!.spare === true);
    const last = spare > 0 ? spare : shown.findLastIndex((at) => columns[at]!.kept !== true);
    if (needed <= room || last < 1) return new Map(shown.map((at, n) => [at, widths[n]!]));
    shown.splice(last, 1);
  }
}

export function table<Row>(style: Style, columns: readonly Column<Row>[], rows: readonly Row[], indent = '  '): string {
  const cells = rows.map((row) =>
    columns.map(({ of, most = 48 }) => cutTo(printable(String(of(row) ?? ''), MOST), most)),
  );
  const titles = columns.map(({ title }) => printable(title, 48));
  const full = titles.map((title, at) =>
    cells.reduce((most, row) => Math.max(most, textWidth(row[at]!)), textWidth(title)),
  );
  const widths = fit(columns as readonly Column<never>[], full, style.columns - indent.length);
  const line = (texts: readonly string[]) =>
    [...widths]
      .map(([at, width]) => {
        const text = cutTo(texts[at]!, width);
        return columns[at]!.right ? ' '.repeat(width - textWidth(text)) + text : padTo(text, width);
      })
      .join(' '.repeat(GAP))
      .trimEnd();
  return [indent + style.dim(line(titles)), ...cells.map((row) => indent + line(row))].join('\n');
}
