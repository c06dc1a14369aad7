// A frame to the same frame with some columns brought into a range.
import { type Frame, numericColumns, withRemainder } from './frame.js';
import type { MinMaxScaler } from './types.js';

export function transformMinMaxScaler(scaler: MinMaxScaler, frame: Frame): Frame {
  const [low, high] = scaler.featureRange;
  const made = numericColumns(frame, scaler.columns, scaler.kind).map((values, j) => {
    const scale = scaler.scale[j]!;
    const min = scaler.min[j]!;
    const scaled = values.map((x) => x * scale + min);
    // Math.min and Math.max keep NaN, as numpy's clip does
    if (scaler.clip) for (let i = 0; i < scaled.length; i++) scaled[i] = Math.min(Math.max(scaled[i]!, low), high);
    return { kind: 'number', name: scaler.columns[j]!, values: scaled } as const;
  });
  return withRemainder(frame, scaler.columns, made);
}
