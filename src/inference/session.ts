// Opens a graph with the native session of onnxruntime-node, which answers at once. Its InferenceSession puts a turn of the event
// loop and three promises around each run, which take 3 of the 17 µs of a small graph.
import type { Tensor } from 'onnxruntime-node';
import { elementType } from '../data/element-types.js';
import type { Runtime } from './runtime.js';

/**
 * One thread, in order: small models answer fastest that way, and rows give the same bits every time. 4: the native side prints
 * nothing.
 */
export const SESSION_OPTIONS = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 4,
} as const;

type Native = InstanceType<Runtime['binding']['InferenceSession']>;
type Value = Native['outputMetadata'][number];
type Tensors = Readonly<Record<string, Tensor>>;

export class Session {
  readonly #native: Native;
  /** No prototype: an output may be called __proto__. */
  readonly #outputs: Record<string, null> = Object.create(null);

  /** `model`: its path or its bytes. Throws what the runtime says. */
  constructor({ binding, initOrt }: Runtime, model: string | Uint8Array) {
    initOrt();
    this.#native = new binding.InferenceSession();
    if (typeof model === 'string') this.#native.loadModel(model, SESSION_OPTIONS);
    else this.#native.loadModel(model.buffer as ArrayBuffer, model.byteOffset, model.byteLength, SESSION_OPTIONS);
    for (const value of [...this.#native.inputMetadata, ...this.#native.outputMetadata]) refuseOther(value);
    for (const { name } of this.#native.outputMetadata) this.#outputs[name] = null;
  }

  /** One tensor for each input and output, by name. Throws what the runtime says. */
  run(feeds: Tensors): Tensors {
    return this.#native.run(feeds, this.#outputs, {}) as Tensors;
  }

  /** Frees its memory; it cannot be used afterwards. */
  release(): void {
    this.#native.dispose();
  }
}

/** A graph may leave out the types of its outputs, and the native side ends the process for some that the runtime infers. */
function refuseOther({ name, isTensor, type }: Value): void {
  const element = isTensor ? elementType(type) : undefined;
  if (!element?.runs)
    throw new Error(
      `${JSON.stringify(name)} is ${element ? `a tensor of ${element.name}` : 'of a type that mlctl cannot read'}`,
    );
}
