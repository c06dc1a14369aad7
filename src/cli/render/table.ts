// Rows as an aligned table with a dim head. Titles and cells are shown safe to print; long ones are cut.
import { printable } from '../../text/printable.js';
import { padTo, textWidth } from '../../text/width.js';
import type { Style } from '../style.js';

export interface Column<Row> {
  readonly title: string;
  readonly of: (row: Row) => string | number | null | undefined;
  /** Numbers read best aligned to the right. */
  readonly right?: boolean;
  readonly most?: number;
}

export function table<Row>(style: Style, columns: readonly Column<Row>[], rows: readonly Row[], indent = '  '): string {
  const cells = rows.map((row) => columns.map(({ of, most = 48 }) => printable(String(of(row) ?? ''), most)));
  const titles = columns.map(({ title }) => printable(title, 48));
  const widths = titles.map((title, at) => Math.max(textWidth(title), ...cells.map((row) => textWidth(row[at]!))));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) =>
        columns[at]!.right ? ' '.repeat(widths[at]! - textWidth(text)) + text : padTo(text, widths[at]!),
      )
      .join('  ')
      .trimEnd();
  return [indent + style.dim(line(titles)), ...cells.map((row) => indent + line(row))].join('\n');
}
