// Turns a loaded model into a version that answers whole requests: with Python's form of answers, and with its input example.
import type { LoadedModel } from '../library/loaded-model.js';
import { NO_SIGNATURE } from '../schema/no-signature.js';
import { SeenBodies } from '../schema/strict/seen/seen-bodies.js';
import type { Signature } from '../schema/types.js';
import { jsonCaster } from '../scoring/cast-strict-request.js';
import type { AnswerForm } from '../scoring/types.js';
import type { ServedVersion } from './types.js';
import { inferCaster } from './v2/infer-caster.js';

export function openServedVersion(model: LoadedModel): ServedVersion {
  const { signature } = model;
  const form = formOf(model.flavor, signature);
  const seen = new SeenBodies(jsonCaster(signature ?? NO_SIGNATURE, model.beside));
  const answersOf = (signal?: AbortSignal) => {
    const answer: ServedVersion['answer'] = (table) => model.answer(table, signal);
    const answerPython: ServedVersion['answerPython'] = async (data) => {
      // What only `--schema mlflow` needs.
      const [{ tableOfPython }, { pythonAnswer }] = await Promise.all([
        import('../schema/table-of-python.js'),
        import('../scoring/python-answer.js'),
      ]);
      return pythonAnswer(await answer(tableOfPython(data, inputNames(signature))), form);
    };
    return { answer, answerPython };
  };
  const version: ServedVersion = {
    facts: model,
    signature,
    isTypeHint: model.package.model.isSignatureFromTypeHint,
    form,
    beside: model.beside,
    castJson: (body) => seen.cast(body),
    castInfer: inferCaster(signature ?? NO_SIGNATURE, model.beside),
    ...answersOf(),
    until: model.pool === null ? null : (signal) => ({ ...version, ...answersOf(signal) }),
    example: model.example,
  };
  return version;
}

/** The ONNX flavor of Python answers a table with a table and arrays with arrays; the other flavors answer numpy's array. */
function formOf(flavor: string, signature: Signature | null): AnswerForm {
  if (flavor !== 'onnx') return 'array';
  const { inputs, outputs } = signature ?? { inputs: null, outputs: null };
  // A converted package answers as the model that it was made from.
  if (outputs?.kind === 'tensors' && outputs.tensors.length === 1 && outputs.tensors[0]!.name === undefined)
    return 'array';
  return inputs?.kind === 'tensors' ? 'arrays' : 'table';
}

function inputNames(signature: Signature | null): (string | undefined)[] {
  const inputs = signature?.inputs ?? null;
  if (inputs === null) return [];
  return (inputs.kind === 'columns' ? inputs.columns : inputs.tensors).map(({ name }) => name);
}
