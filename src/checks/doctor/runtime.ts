// Turns the runtime of models into a check: does it start here, and which version is it?
import { type Check, passed } from '../check.js';
import { failed } from './failed.js';

export async function judgeRuntime(): Promise<Check> {
  try {
    const { loadRuntime } = await import('../../inference/runtime.js');
    const { versions } = loadRuntime().env;
    const version = versions.node ?? versions.common;
    return passed(`ONNX Runtime ${version}`, { onnxruntime: version });
  } catch (error) {
    return failed(error);
  }
}
