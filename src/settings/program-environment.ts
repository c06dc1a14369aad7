// Turns the environment into what another program needs to be found and to start; none of our passwords is among it.
import type { World } from '../world.js';

const NEEDED = /^(?:PATH|SYSTEMROOT|TMPDIR|TEMP)$/i;

/** `also`: names that this program needs besides. */
export function programEnvironment(env: World['env'], also?: RegExp): Record<string, string> {
  const needed = Object.entries(env).filter(([name]) => NEEDED.test(name) || also?.test(name));
  return Object.fromEntries(needed) as Record<string, string>;
}
