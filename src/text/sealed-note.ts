// Turns a note that mlctl writes into one that it recognises later, and a note into what mlctl wrote, so that one that a person
// wrote or changed is never replaced.
import { createHash } from 'node:crypto';

const SEAL = /^([\s\S]*)\n\n<!-- written by mlctl ([0-9a-f]{16}) -->$/;

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Markdown does not show the last line. */
export const sealNote = (text: string): string => `${text}\n\n<!-- written by mlctl ${digestOf(text)} -->`;

/** null: somebody else wrote it, or changed it. */
export function unsealNote(note: string): string | null {
  const [, text, digest] = SEAL.exec(note) ?? [];
  return text !== undefined && digestOf(text) === digest ? text : null;
}
