// The only reader and writer of `process.env`: what this process was given, and what libraries find there.
import { createWorld, type World } from './world.js';

/**
 * This process's environment without its empty variables.
 *
 * @example
 * const env = { ...processEnvironment(), MLFLOW_TRACKING_URI: 'https://mlflow.example' };
 * const model = await load('models:/iris_clf@champion', { env });
 */
export function processEnvironment(): Record<string, string> {
  const env: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined && value !== '') env[name] = value;
  return env;
}

/** Sets the variables that libraries read for colour to what mlctl decided for the stream they write to. */
export function imposeColour(on: boolean): void {
  delete process.env.NO_COLOR;
  process.env.FORCE_COLOR = on ? '1' : '0';
}

/**
 * ONNX Runtime 1.30 on Linux keeps a device id in ~/.cache/Microsoft, writes /tmp/mat-debug-<pid>.log and reports to its makers,
 * unless this is set before its library is loaded. mlctl only contacts the servers that it was told to.
 */
export function muteRuntimeTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1';
}

/**
 * A world with this process's settings; the given parts replace them.
 *
 * @example
 * const world = worldOfProcess({ note: console.error });
 * await train({}, world);
 */
export function worldOfProcess(parts: Partial<World> = {}): World {
  return createWorld({ env: processEnvironment(), ...parts });
}
