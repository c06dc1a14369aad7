// Turns a title and what stands under it into a section, and rows into a table: the parts that all sections are made of.
import { grouped } from '../../text/numbers.js';
import { type Html, html } from './html.js';

const heading = (title: string, note: string | null): Html =>
  html`<div><h2>${title}</h2>${note === null ? null : html`<p>${note}</p>`}</div>`;

export const section = (title: string, note: string | null, body: readonly (Html | null)[]): Html =>
  html`<section>${heading(title, note)}<div>${body}</div></section>\n`;

/** The same over the whole width. */
export const wideSection = (title: string, note: string | null, body: readonly (Html | null)[]): Html =>
  html`<section class="wide">${heading(title, note)}<div>${body}</div></section>\n`;

export interface CardColumn<Row> {
  readonly title: string;
  readonly of: (row: Row) => Html | string | number | null;
  readonly right?: boolean;
  /** Short words, which are not broken. */
  readonly whole?: boolean;
}

/** At most `most` rows; says how many are left out. A column without any value is left out. */
export function cardTable<Row>(columns: readonly CardColumn<Row>[], rows: readonly Row[], most = 200): Html {
  const left = rows.length - most;
  const shown = rows.slice(0, most);
  const filled = columns.filter(({ of }) => shown.some((row) => of(row) !== null));
  const classOf = ({ right, whole }: CardColumn<Row>): string => (right ? 'right' : whole ? 'whole' : 'any');
  const head = filled.map((column) => html`<th class="${classOf(column)}">${column.title}</th>`);
  const body = shown.map(
    (row) => html`<tr>${filled.map((column) => html`<td class="${classOf(column)}">${column.of(row)}</td>`)}</tr>\n`,
  );
  return html`<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>
${body}</tbody></table></div>${left > 0 && html`<p class="muted">… and ${grouped(left)} more</p>`}`;
}

/** Facts that nobody recorded are said to be unknown, so that a gap is seen. */
export const factList = (facts: readonly (readonly [name: string, value: Html | string | null])[]): Html =>
  html`<dl class="facts">${facts.map(
    ([name, value]) => html`<dt>${name}</dt><dd>${value ?? html`<span class="muted">not recorded</span>`}</dd>`,
  )}</dl>`;
