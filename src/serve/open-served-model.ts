// Turns a model URI and a name into a model that the server answers for, and that follows its stage or alias.
import { MlctlError } from '../errors/error.js';
import type { LoadedModel } from '../library/loaded-model.js';
import { openWatched } from '../library/open-watched.js';
import type { ModelFacts, WatchOptions } from '../library/types.js';
import { tableOfPython } from '../schema/table-of-python.js';
import type { Signature } from '../schema/types.js';
import { pythonAnswer } from '../scoring/python-answer.js';
import type { AnswerForm } from '../scoring/types.js';
import type { ServedModel, ServedVersion } from './types.js';

interface ModelEvents {
  changed(name: string, before: ModelFacts, after: ModelFacts): void;
  refused(name: string, error: MlctlError): void;
}

/** Without a name: that of the registered model, else `model`. */
export async function openServedModel(
  name: string | undefined,
  uri: string | undefined,
  options: WatchOptions,
  events: ModelEvents,
): Promise<ServedModel> {
  let refusal: MlctlError | null = null;
  let called = name ?? '';
  const watched = await openWatched(uri, {
    ...options,
    onChange: ({ before, after }) => {
      refusal = null;
      events.changed(called, before, after);
    },
    onError: (error) => {
      refusal = error instanceof MlctlError ? error : new MlctlError('BUG', error.message, { cause: error });
      events.refused(called, refusal);
    },
  });
  called = name ?? watched.resolved.name ?? 'model';
  const versions = new WeakMap<LoadedModel, ServedVersion>();
  const versionOf = (model: LoadedModel): ServedVersion => {
    const known = versions.get(model) ?? servedVersion(model);
    versions.set(model, known);
    return known;
  };
  return {
    name: called,
    get facts() {
      return watched;
    },
    get refusal() {
      return refusal;
    },
    pin: (work) => watched.pin((model) => work(versionOf(model))),
    reload: async () => {
      const changed = await watched.reload();
      refusal = null;
      return changed;
    },
    close: () => watched.close(),
  };
}

function servedVersion(model: LoadedModel): ServedVersion {
  const { signature } = model;
  const form = formOf(model.flavor, signature);
  const answer = (table: Parameters<LoadedModel['answer']>[0]) => model.answer(table);
  return {
    facts: model,
    signature,
    isTypeHint: model.package.model.isSignatureFromTypeHint,
    form,
    beside: model.beside,
    answer,
    answerPython: async (data) => pythonAnswer(await answer(tableOfPython(data, inputNames(signature))), form),
  };
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
