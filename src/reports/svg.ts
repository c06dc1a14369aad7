// The ground that all plots stand on: escaped and measured text, fixed number formats, colours, and the frame of an SVG document.
// Documents are self-contained (no script, style sheet, font or link) and the same input gives the same bytes.
import { printable } from '../text/printable.js';

const WIDTH = 640;
const HEIGHT = 480;

/** Okabe and Ito's colours (2008), told apart with every common kind of colour blindness; their yellow is left out: too pale on white. */
export const COLOURS = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#000000',
  '#8c6d1f',
] as const;
/** A second way to tell curves apart, for print and for curves that lie on each other. */
export const DASHES = ['', '8 3', '3 3', '10 3 2 3', '6 2', '2 2', '12 4', '5 2 1 2'] as const;
export const INK = '#1f2328';
export const MUTED = '#59636e';
export const RULE = '#d1d9e0';
export const FAINT = '#eaeef2';

const FONT = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans', sans-serif";

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Untrusted text for XML content and attributes: control, invisible and non-XML characters shown as escapes, marks as entities. */
export function escapeXml(text: string, max = 300): string {
  return printable(text, max)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
}

/** A coordinate: at most one decimal place, never `-0`. */
export function coordinate(value: number): string {
  const text = value.toFixed(1);
  const short = text.endsWith('.0') ? text.slice(0, -2) : text;
  return short === '-0' ? '0' : short;
}

/** Estimated width of one character in em of a usual sans-serif font, on the wide side so that text rather ends early than overlaps. */
function emOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x2e80) {
    if (/\p{Mn}/u.test(character)) return 0;
    if (/[ijl.,:;'|!]/.test(character)) return 0.3;
    if (/[frt()[\]{}/\\\- ]/.test(character)) return 0.4;
    if (/[mwMW@%]/.test(character)) return 0.93;
    if (/[A-Z&_]/.test(character)) return 0.69;
    return 0.6;
  }
  return 1.05;
}

export function textWidth(text: string, size: number): number {
  let em = 0;
  for (const character of text) em += emOf(character);
  return em * size;
}

/** `text` made printable and cut with an ellipsis to `room` pixels, between what readers see as characters. Not escaped yet. */
export function fitText(text: string, room: number, size: number): string {
  const shown = printable(text, 400);
  if (textWidth(shown, size) <= room) return shown;
  const parts = /^[\x20-\x7e]*$/.test(shown)
    ? [...shown]
    : Array.from(new Intl.Segmenter('en').segment(shown), (part) => part.segment);
  let left = room - textWidth('…', size);
  let kept = '';
  for (const part of parts) {
    left -= textWidth(part, size);
    if (left < 0) break;
    kept += part;
  }
  return `${kept.trimEnd()}…`;
}

interface TextStyle {
  readonly size?: number;
  readonly fill?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly bold?: boolean;
  /** Degrees clockwise around (x, y). */
  readonly rotate?: number;
  /** Cut to this many pixels. */
  readonly room?: number;
}

export function svgText(x: number, y: number, text: string, style: TextStyle = {}): string {
  const size = style.size ?? 12;
  const shown = style.room === undefined ? text : fitText(text, style.room, size);
  const attributes = [`x="${coordinate(x)}" y="${coordinate(y)}" font-size="${size}" fill="${style.fill ?? INK}"`];
  if (style.anchor && style.anchor !== 'start') attributes.push(`text-anchor="${style.anchor}"`);
  if (style.bold) attributes.push('font-weight="600"');
  if (style.rotate) attributes.push(`transform="rotate(${style.rotate} ${coordinate(x)} ${coordinate(y)})"`);
  return `<text ${attributes.join(' ')}>${escapeXml(shown, 500)}</text>`;
}

export function svgLine(x1: number, y1: number, x2: number, y2: number, stroke: string, dash = ''): string {
  const dashes = dash === '' ? '' : ` stroke-dasharray="${dash}"`;
  return `<line x1="${coordinate(x1)}" y1="${coordinate(y1)}" x2="${coordinate(x2)}" y2="${coordinate(y2)}" stroke="${stroke}"${dashes}/>`;
}

export function svgRect(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${coordinate(x)}" y="${coordinate(y)}" width="${coordinate(width)}" height="${coordinate(height)}" fill="${fill}"/>`;
}

/** The whole document: white ground, title and subtitle at the top left, then the body. */
export function svgDocument(plot: {
  readonly title: string;
  readonly subtitle: string;
  readonly body: readonly string[];
  readonly height?: number;
}): string {
  const { height = HEIGHT } = plot;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="${FONT}">`,
    `<title>${escapeXml(plot.title)}</title>`,
    `<desc>${escapeXml(plot.subtitle)}</desc>`,
    svgRect(0, 0, WIDTH, height, '#ffffff'),
    svgText(20, 30, plot.title, { size: 17, bold: true, room: WIDTH - 40 }),
    svgText(20, 49, plot.subtitle, { size: 12, fill: MUTED, room: WIDTH - 40 }),
    ...plot.body,
    '</svg>',
  ].join('\n')}\n`;
}

/** A whole number with thin grouping (1 234 567), the same on every machine. */
export function grouped(count: number): string {
  const digits = String(count);
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(end - 3, 0), end));
  return groups.join('\u202f');
}
