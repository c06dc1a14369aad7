// A World for tests: a folder, no settings but those given, a clock that can be set.
import type { World } from '../../src/world.js';

export function testWorld(options: {
  cwd: string;
  env?: Record<string, string>;
  now?: () => number;
  signal?: AbortSignal;
  notes?: string[];
}): World {
  const notes = options.notes ?? [];
  return {
    env: options.env ?? {},
    cwd: options.cwd,
    now: options.now ?? Date.now,
    signal: options.signal ?? new AbortController().signal,
    note: (text) => notes.push(text),
    warn: (text) => notes.push(text),
  };
}
