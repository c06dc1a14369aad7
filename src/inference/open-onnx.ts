// Turns a package with an ONNX payload into an open model: in this process if the package is trusted, else in one that can be
// ended.
import { scratchPath } from '../files/scratch-folder.js';
import { compareGraphWithSignature } from './compare-graph-with-signature.js';
import { listedColumns, listedWidth } from './listed-columns.js';
import type { GraphValue, OpenGraph, OpenModel, OpenPayload, OpenPythonPayload } from './types.js';

type OnnxModel = OpenModel & OpenGraph;

const MEMORY_BYTES = 448 * 2 ** 20;
const MOST_SHOWN = 50;

type OnnxRequest = OpenPayload & Partial<Pick<OpenPythonPayload, 'model'>>;

export async function openOnnx(request: OnnxRequest): Promise<OnnxModel> {
  const graph = await openGraph(request);
  const { inputs, outputs } = graph;
  const listed = listedWidth(outputs, request.model?.signature?.outputs ?? null) !== null;
  return {
    ...graph,
    predict: listed ? async (table, call) => listedColumns(await graph.predict(table, call)) : graph.predict,
    engine: 'onnxruntime',
    details: { inputs: shown(inputs), outputs: shown(outputs) },
    compare: (signature) => compareGraphWithSignature(inputs, outputs, signature),
  };
}

type Graph = OpenGraph & Pick<OpenModel, 'poolState'>;

async function openGraph(request: OpenPayload): Promise<Graph> {
  const { packageFolder, payload, digest, trusted, manyCalls = false, pool } = request;
  if (trusted) {
    const { openInProcess } = await import('./open-in-process.js');
    return openInProcess({ packageFolder, payload, digest, copyFolder: scratchPath(), trusted, manyCalls });
  }
  const inChild = await childOpener(request);
  if (pool === undefined) return inChild(request.signal ?? null);
  const { openInPool } = await import('./open-in-pool.js');
  return openInPool(inChild, pool, request.signal ?? null);
}

/** Opens the model in a process of its own, as often as it is called. */
async function childOpener({ packageFolder, payload, digest, timeoutMs, ...request }: OpenPayload) {
  const { openInChild } = await import('./open-in-child.js');
  // The runtime holds a model's weights several times while it opens it; they may be in files beside the graph.
  const weights = Math.min(
    digest.files.reduce((sum, file) => sum + file.size, 0),
    2 ** 31,
  );
  const memoryBytes = (request.memoryBytes ?? MEMORY_BYTES) + 6 * weights;
  const files = digest.files;
  return (signal: AbortSignal | null) =>
    // The folder for copies is created only if the runtime needs files.
    openInChild({
      open: { packageFolder, payload, files, copyFolder: scratchPath() },
      timeoutMs,
      memoryBytes,
      signal,
    });
}

const shown = (values: readonly GraphValue[]) =>
  values.slice(0, MOST_SHOWN).map(({ name, elementType, shape }) => ({ name, element_type: elementType, shape }));
