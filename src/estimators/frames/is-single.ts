// Turns a frame into whether all of its numbers are float32, so that numpy computes with it in float32.
import type { Frame } from '../frame.js';

export function isSingle(frame: Frame): boolean {
  const made = frame.dense?.values ?? frame.sparse?.data;
  if (made) return made instanceof Float32Array;
  return frame.columns.every((column) => column.kind === 'number' && column.values instanceof Float32Array);
}
