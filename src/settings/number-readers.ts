// Readers of settings that are numbers. A number beyond `most` is an error, or counts as `most` if MLflow itself has such a cap.
import type { Reader } from './reader.js';

interface Bounds {
  /** The smallest number that is accepted. */
  readonly least?: number;
  /** The value must be larger than `least`. */
  readonly beyondLeast?: boolean;
  readonly most?: number;
  /** A larger value counts as `most`. */
  readonly capped?: boolean;
}

function within(value: number, { least = 0, beyondLeast = false, most, capped = false }: Bounds): number | undefined {
  if (!Number.isFinite(value) || value < least || (beyondLeast && value === least)) return undefined;
  if (most === undefined || value <= most) return value;
  return capped ? most : undefined;
}

function bounds({ least = 0, beyondLeast = false, most, capped = false }: Bounds): string {
  const atLeast = beyondLeast ? `above ${least}` : `of at least ${least}`;
  return most === undefined || capped ? atLeast : `${atLeast} and at most ${most}`;
}

/** A decimal number, as Python's float reads it: no hexadecimal. */
export const seconds = (unset: number, limits: Bounds = {}): Reader<number> => ({
  expected: `a number of seconds ${bounds(limits)}`,
  unset,
  shown: String(unset),
  open: true,
  read: (given) => (/^\s*[+-]?0[xob]/i.test(given) ? undefined : within(Number(given), limits)),
});

export const whole = (unset: number, limits: Bounds = {}): Reader<number> => ({
  expected: `an integer ${bounds(limits)}`,
  unset,
  shown: String(unset),
  open: true,
  read: (given) => (/^\s*\+?\d{1,15}\s*$/.test(given) ? within(Number(given), limits) : undefined),
});
