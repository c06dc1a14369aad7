// Turns an id of a run into what a table shows of it: on a terminal its beginning, which every command accepts.
import type { Style } from '../style.js';

const SHOWN = 8;

export const shortId = (style: Style, id: string | null): string =>
  id !== null && Number.isFinite(style.columns) ? id.slice(0, SHOWN) : (id ?? '');
