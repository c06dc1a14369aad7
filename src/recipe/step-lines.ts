// Turns steps into one line each for people: the name, the parameters, the columns.
import { isParts, type PipelineStep } from './recipe-types.js';

export function stepLines(steps: readonly PipelineStep[]): string[] {
  return steps.map(({ name, params, columns }) => {
    const shown = Object.entries(params).map(([key, value]) => `${key}=${parameter(value)}`);
    return `${name}(${shown.join(', ')})${columns === null ? '' : ` on ${columns.join(', ')}`}`;
  });
}

function parameter(value: unknown): string {
  // JSON has neither of them
  if (typeof value === 'number' && !Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : 'inf';
  if (!isParts(value)) return JSON.stringify(value);
  const parts = value.map(({ name, columns, steps }) => {
    const inner = typeof steps === 'string' ? steps : stepLines(steps).join(' > ');
    return `${name}: ${inner}${columns ? ` on ${columns.join(', ')}` : ''}`;
  });
  return `[${parts.join('; ')}]`;
}
