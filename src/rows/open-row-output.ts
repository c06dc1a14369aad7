// Turns an output name into a writer for predictions: stdout, or a named output.
import { resolve } from 'node:path';
import { openOutput } from '../files/open-output.js';
import { type Output, streamOutput } from '../files/stream-output.js';
import type { OutputStream } from './streams.js';

export async function openRowOutput(
  path: string,
  cwd: string,
  stdout: OutputStream,
  signal: AbortSignal,
): Promise<Output> {
  if (path === '-' || path === '/dev/stdout') return streamOutput(stdout, signal);
  return openOutput(resolve(cwd, path), signal);
}
