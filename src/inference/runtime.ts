// Loads onnxruntime-node, the native runtime, when a model is first opened. If it is missing, the error says which platforms it
// is made for.
import { createRequire } from 'node:module';
import { muteRuntimeTelemetry } from '../env.js';
import { MlctlError } from '../errors/error.js';

export type Runtime = typeof import('onnxruntime-node') & typeof import('onnxruntime-node/dist/binding.js');

/** What the loaders of Linux and macOS, and V8 when it starts, say if a limit leaves no room for a library. */
export const NO_ROOM =
  /failed to (?:map|reserve virtual memory)|cannot (?:allocate|create|map)|out of memory|no memory/i;

let loaded: Runtime | undefined;

/** A limit of this process, and not the model or the platform, keeps the runtime from starting. `reason`: what the system said. */
export function noRoom(reason: string): MlctlError {
  return new MlctlError(
    'RUNTIME_MISSING',
    'opening the model: the memory that this process may have is too small for ONNX Runtime',
    {
      hint: 'allow more address space (ulimit -v unlimited), or give the container more memory',
      details: { platform: `${process.platform}-${process.arch}`, reason },
    },
  );
}

export function loadRuntime(): Runtime {
  try {
    muteRuntimeTelemetry();
    loaded ??= {
      ...(createRequire(import.meta.url)('onnxruntime-node') as Runtime),
      ...(createRequire(import.meta.url)('onnxruntime-node/dist/binding.js') as Runtime),
    };
    return loaded;
  } catch (cause) {
    const platform = `${process.platform}-${process.arch}`;
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (NO_ROOM.test(reason)) throw noRoom(reason);
    throw new MlctlError(
      'RUNTIME_MISSING',
      `opening the model: onnxruntime-node has no runtime that starts on ${platform}`,
      {
        hint:
          platform === 'darwin-x64'
            ? 'ONNX Runtime is not made for macOS on Intel since version 1.24: run mlctl in a Linux container, or on an Apple-silicon Mac'
            : 'it runs on Linux (glibc) x64 and arm64, macOS arm64 and Windows x64 and arm64. There: npm ci in the folder of mlctl',
        details: { platform, reason },
        cause,
      },
    );
  }
}
