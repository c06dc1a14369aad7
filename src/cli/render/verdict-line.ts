// The last line of an answer, which `--quiet` leaves: a mark and what came of it.
import { mark, type Style } from '../style.js';

const COLOURS = { pass: 'green', fail: 'red', warn: 'yellow' } as const;

export const verdictLine = (style: Style, status: keyof typeof COLOURS, text: string): string =>
  `${mark(style, status)} ${style.bold(style[COLOURS[status]](text))}`;
