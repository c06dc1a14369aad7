// Turns a package with an ONNX payload into an open model: in this process where the package is trusted, else in one that can be ended.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { compareGraphWithSignature } from './compare-graph-with-signature.js';
import type { GraphValue, OpenGraph, OpenModel, OpenPayload } from './types.js';

type OnnxModel = OpenModel & OpenGraph;

const MEMORY_BYTES = 448 * 2 ** 20;
const MOST_SHOWN = 50;

export async function openOnnx(request: OpenPayload): Promise<OnnxModel> {
  const graph = await openGraph(request);
  const { inputs, outputs } = graph;
  return {
    ...graph,
    engine: 'onnxruntime',
    details: { inputs: shown(inputs), outputs: shown(outputs) },
    compare: (signature) => compareGraphWithSignature(inputs, outputs, signature),
  };
}

async function openGraph(request: OpenPayload): Promise<OpenGraph> {
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

const shown = (values: readonly GraphValue[]) =>
  values.slice(0, MOST_SHOWN).map(({ name, elementType, shape }) => ({ name, element_type: elementType, shape }));

/** The child says what is wrong with the file; here only the size counts, as far as it can be had. */
function fileSize(path: string): number {
  try {
    return Math.min(statSync(path).size, 2 ** 31);
  } catch {
    return 0;
  }
}
