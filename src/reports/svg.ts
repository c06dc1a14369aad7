// Turns texts, lines and rectangles into the elements that pictures are made of.
import { escapeXml } from './escape-xml.js';
import { fitText } from './fit-text.js';
import { TONES } from './look.js';

/** A coordinate: at most one decimal place, never `-0`. */
export function coordinate(value: number): string {
  const text = value.toFixed(1);
  const short = text.endsWith('.0') ? text.slice(0, -2) : text;
  return short === '-0' ? '0' : short;
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

/** How much wider bold text is. */
const BOLD = 1.08;

export function svgText(x: number, y: number, text: string, style: TextStyle = {}): string {
  const size = style.size ?? 12;
  const shown = style.room === undefined ? text : fitText(text, style.room / (style.bold ? BOLD : 1), size);
  const attributes = [
    `x="${coordinate(x)}" y="${coordinate(y)}" font-size="${size}" fill="${style.fill ?? TONES.ink}"`,
  ];
  if (style.anchor && style.anchor !== 'start') attributes.push(`text-anchor="${style.anchor}"`);
  if (style.bold) attributes.push('font-weight="600"');
  if (style.rotate) attributes.push(`transform="rotate(${style.rotate} ${coordinate(x)} ${coordinate(y)})"`);
  return `<text ${attributes.join(' ')}>${escapeXml(shown, 500)}</text>`;
}

export function svgLine(x1: number, y1: number, x2: number, y2: number, stroke: string, dash = ''): string {
  const dashes = dash === '' ? '' : ` stroke-dasharray="${dash}"`;
  return `<line x1="${coordinate(x1)}" y1="${coordinate(y1)}" x2="${coordinate(x2)}" y2="${coordinate(y2)}" stroke="${stroke}"${dashes}/>`;
}

/** `strength`: from 0, where the ground shows through, to 1. */
export function svgRect(x: number, y: number, width: number, height: number, fill: string, strength = 1): string {
  const opacity = strength >= 1 ? '' : ` fill-opacity="${Number(strength.toFixed(3))}"`;
  return `<rect x="${coordinate(x)}" y="${coordinate(y)}" width="${coordinate(width)}" height="${coordinate(height)}" fill="${fill}"${opacity}/>`;
}
