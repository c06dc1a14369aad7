// A frame to the same frame with some columns centred and scaled.
import { type Frame, numericColumns, withRemainder } from './frame.js';
import type { StandardScaler } from './types.js';

export function transformStandardScaler(scaler: StandardScaler, frame: Frame): Frame {
  const made = numericColumns(frame, scaler.columns, scaler.kind).map((values, j) => {
    const mean = scaler.mean ? scaler.mean[j]! : 0;
    const scale = scaler.scale ? scaler.scale[j]! : 1;
    return { kind: 'number', name: scaler.columns[j]!, values: values.map((x) => (x - mean) / scale) } as const;
  });
  return withRemainder(frame, scaler.columns, made);
}
