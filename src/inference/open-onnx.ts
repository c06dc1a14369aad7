// A model package with an ONNX payload → an open model: in this process where the package is trusted, else in one that can be ended.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Signature } from '../schema/types.js';
import type { OpenModel } from './types.js';

export interface OpenOnnxRequest {
  readonly packageFolder: string;
  /** POSIX path of the .onnx file, relative to the folder. */
  readonly payload: string;
  /** Its digest is recorded and matches, or mlctl just wrote it (contract §8.6). */
  readonly trusted: boolean;
  /** For opening, and again for each prediction; null: no deadline. A trusted model runs in this process and cannot be stopped. */
  readonly timeoutMs: number | null;
  readonly signature: Signature | null;
  /** Ends the process of an untrusted model that is being asked. */
  readonly signal?: AbortSignal;
  /** What the process of an untrusted model may take beside what its files and rows need; 448 MiB where left out. */
  readonly memoryBytes?: number;
}

const MEMORY_BYTES = 448 * 2 ** 20;

export async function openOnnx(request: OpenOnnxRequest): Promise<OpenModel> {
  const { packageFolder, payload, trusted, timeoutMs } = request;
  if (trusted) {
    const { openInProcess } = await import('./in-process-model.js');
    return openInProcess(packageFolder, payload);
  }
  const { openInChild } = await import('./child-model.js');
  // The runtime holds a model's weights a few times over while it opens it.
  const memoryBytes = (request.memoryBytes ?? MEMORY_BYTES) + 6 * fileSize(join(packageFolder, payload));
  return openInChild({ packageFolder, payload, timeoutMs, memoryBytes, signal: request.signal ?? null });
}

/** The child says what is wrong with the file; here only the size counts, as far as it can be had. */
function fileSize(path: string): number {
  try {
    return Math.min(statSync(path).size, 2 ** 31);
  } catch {
    return 0;
  }
}
