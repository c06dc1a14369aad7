// Turns a template and values into HTML that is escaped by construction: a text can become markup in this file only.
import { grouped } from '../../text/numbers.js';
import { escapeXml } from '../escape-xml.js';

/** Markup: made by `html` of a template in the source and of values, which are escaped. */
class Html {
  readonly #markup: string;
  constructor(markup: string) {
    this.#markup = markup;
  }
  toString(): string {
    return this.#markup;
  }
}

export type { Html };

type Part = Html | string | number | null | undefined | false | readonly Part[];

/** A text is cut here: MLflow keeps values of up to 8,000 characters, and a report is read by people. */
const LONGEST = 2000;

function markupOf(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.toString();
  if (typeof part === 'object') return part.map(markupOf).join('');
  return escapeXml(String(part), LONGEST);
}

/** Texts and numbers are escaped; nothing, null and false are left out; lists are joined. */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(template.reduce((all, text, i) => `${all}${text}${markupOf(parts[i])}`, ''));
}

/** A picture of our own writer, which escapes as this one does. The page has its style. */
export const drawnPicture = (svg: string): Html => new Html(svg.replace(/<style>[^<]*<\/style>\n/, ''));

/** Text of several lines: each is escaped, and the line feeds stay. */
export const linesOf = (text: string, most: number): Html => {
  const lines = text.replace(/\r\n?/g, '\n').trimEnd().split('\n');
  const left = lines.length - most;
  const shown = lines.slice(0, most).map((line) => escapeXml(line, LONGEST));
  return new Html([...shown, ...(left > 0 ? [`… and ${grouped(left)} more lines`] : [])].join('\n'));
};

/** The style sheet of the page, which is a constant of the source. */
export const styleElement = (css: string): Html => new Html(`<style>${css}</style>`);
