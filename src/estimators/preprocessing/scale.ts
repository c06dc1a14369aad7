// Turns columns into the same columns less a centre and divided by a scale, and back, as several scalers do.
import type { Frame } from '../frame.js';
import { mapNumbers } from '../frames/map-numbers.js';

/** [features] each; null if it is not done. */
interface Scale {
  readonly mean: Float64Array | null;
  readonly scale: Float64Array | null;
}

export function scale(frame: Frame, step: string, { mean, scale: scales }: Scale): Frame {
  return mapNumbers(frame, {
    step,
    missing: 'allowed',
    keepsZero: mean === null,
    changeOf: (j, single) => {
      const [centre, unit] = [mean?.[j] ?? 0, scales?.[j] ?? 1];
      if (!single) return (x) => (x - centre) / unit;
      // float32 rounds what was learned too (as scikit-learn 1.9 does), and after each operation
      const [centre32, unit32] = [Math.fround(centre), Math.fround(unit)];
      return (x) => Math.fround(x - centre32) / unit32;
    },
  });
}

export function invertScale(frame: Frame, step: string, { mean, scale: scales }: Scale): Frame {
  return mapNumbers(frame, {
    step,
    missing: 'allowed',
    keepsZero: mean === null,
    changeOf: (j, single) => {
      const [centre, unit] = [mean?.[j] ?? 0, scales?.[j] ?? 1];
      if (!single) return (x) => x * unit + centre;
      const [centre32, unit32] = [Math.fround(centre), Math.fround(unit)];
      return (x) => Math.fround(x * unit32) + centre32;
    },
  });
}
