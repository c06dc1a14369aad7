// Turns a frame into the same frame with all numbers multiplied by a weight (`transformer_weights`).
import type { Frame } from '../frame.js';
import { mapNumbers } from './map-numbers.js';

/** `name` is the transformer's, for messages. */
export function weighted(frame: Frame, weight: number, name: string): Frame {
  if (weight === 1) return frame;
  return mapNumbers(frame, {
    step: name,
    missing: 'any',
    keepsZero: Number.isFinite(weight),
    changeOf: () => (x) => x * weight,
  });
}
