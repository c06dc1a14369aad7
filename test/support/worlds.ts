// A world for tests: a scratch folder, a clock that moves one millisecond a look, remarks kept.
import type { MlctlError } from '../../src/errors/error.js';
import type { World } from '../../src/world.js';
import { scratch } from './paths.js';

export interface TestWorld extends World {
  readonly notes: string[];
  stop(reason: MlctlError): void;
}

export function testWorld(parts: Partial<World> = {}): TestWorld {
  const notes: string[] = [];
  const controller = new AbortController();
  let now = Date.UTC(2026, 10, 23, 12);
  return {
    env: { USER: 'ada', MLCTL_CACHE_DIR: scratch('mlctl-cache-') },
    cwd: scratch(),
    now: () => now++,
    signal: controller.signal,
    note: (text) => notes.push(text),
    warn: (text) => notes.push(`warning: ${text}`),
    notes,
    stop: (reason) => controller.abort(reason),
    ...parts,
  };
}
