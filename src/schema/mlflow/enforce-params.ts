// Turns the params of a request into checked ones with the defaults filled in (`_enforce_params_schema`).

import type { ParamSpec } from '../types.js';
import { checkParam } from './enforce-param.js';
import { mlflowFailure, PyFailure } from './failure.js';
import { pyRepr, pyStr } from './python/python-repr.js';
import { className, PyDict, type PyValue } from './python/python-value.js';
import type { MlflowWarning } from './warning.js';

/** The params in the order sent, then the defaults; null if there were none and no schema. Adds to `warnings` on the way. */
export function enforceParams(given: PyValue, specs: readonly ParamSpec[] | null, warnings: MlflowWarning[]): PyValue {
  if (specs === null) {
    if (given === null || (given instanceof PyDict && given.map.size === 0)) return given;
    warnings.push({ w: 'no_params_schema' });
    return new PyDict();
  }
  const sent = given ?? new PyDict();
  if (!(sent instanceof PyDict))
    throw mlflowFailure('params_not_dict', `Parameters must be a dictionary. Got type '${className(sent)}'.`, {
      type: className(sent),
    });
  let entries = [...sent.map];
  if (entries.some(([key]) => typeof key !== 'string')) {
    warnings.push({ w: 'params_nonstr_keys' });
    entries = entries.map(([key, value]) => [pyStr(key), value]);
  }
  const allowed = new Set(specs.map(({ name }) => name));
  const ignored = entries.map(([key]) => key as string).filter((key) => !allowed.has(key));
  if (ignored.length > 0) warnings.push({ w: 'unrecognized_params', names: [...ignored].sort() });
  const params = new PyDict(entries.filter(([key]) => allowed.has(key as string)));
  const invalid: string[] = [];
  for (const spec of specs) {
    if (!params.map.has(spec.name)) {
      params.map.set(spec.name, spec.default as PyValue);
      continue;
    }
    try {
      params.map.set(spec.name, checkParam(spec, params.map.get(spec.name)!));
    } catch (error) {
      if (!(error instanceof PyFailure) || error.exc !== 'MlflowException') throw error;
      invalid.push(pyRepr({ kind: 'tuple', items: [spec.name, error.message] }));
    }
  }
  if (invalid.length > 0)
    throw new PyFailure('MlflowException', `Invalid parameters found: {${invalid.join(', ')}}`, {
      tmpl: 'params_invalid',
      // Python prints a set, and several elements come in an order of its own.
      args: invalid.length > 1 ? { parts: invalid } : {},
      exact: invalid.length === 1,
    });
  return params;
}
