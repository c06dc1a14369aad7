// Turns a name into what can be typed after a command: quoted where a shell would read it otherwise.
import { printable } from './printable.js';

export const asTyped = (text: string): string =>
  /^[\w.:/-]+$/.test(text) ? text : JSON.stringify(printable(text, 200));
