// Turns what Python saved of a FunctionTransformer into its value.
import { elementFunction } from '../../estimators/functions/element-function.js';
import type { FunctionCall } from '../../estimators/functions/element-maker.js';
import type { FunctionTransformer } from '../../estimators/preprocessing/function-transformer.js';
import type { Attributes } from '../attributes.js';
import { isSaved } from '../is-saved.js';
import { Value } from '../value.js';

export function readFunctionTransformer(attributes: Attributes): FunctionTransformer {
  const width = attributes.maybe('n_features_in_')?.integer(0);
  return {
    ...attributes.fitted('FunctionTransformer', width),
    func: readCall(attributes, 'func', 'kw_args'),
    inverse_func: readCall(attributes, 'inverse_func', 'inv_kw_args'),
    validate: attributes.get('validate').flag(),
  };
}

function readCall(attributes: Attributes, name: string, keywords: string): FunctionCall | null {
  const value = attributes.maybe(name);
  if (value === null) return null;
  const bare = callOf(value);
  const given = attributes.maybe(keywords);
  const call = given === null ? bare : { ...bare, keywords: new Map([...bare.keywords, ...keywordsOf(given)]) };
  return elementFunction(call, false)
    ? call
    : (given ?? value).unknown('a function of numpy and arguments that mlctl knows');
}

/** A function by its name, or functools.partial of one. */
function callOf(value: Value): FunctionCall {
  const { saved, where } = value;
  if (isSaved(saved, 'name')) return { name: `${saved.module}.${saved.name}`, first: [], keywords: new Map() };
  const state =
    isSaved(saved, 'object') && saved.module === 'functools' && saved.name === 'partial' ? saved.state : null;
  if (!isSaved(state ?? undefined, 'tuple')) return value.unknown('a function of numpy, scipy.special or operator');
  const [func, first, keywords] = new Value(state, where).items();
  if (!func || !first || !keywords) return value.fail('a function, its arguments and its keywords');
  const inner = callOf(func);
  return {
    name: inner.name,
    first: [...inner.first, ...first.items().map((item) => item.number())],
    keywords: new Map([...inner.keywords, ...keywordsOf(keywords)]),
  };
}

/** A type, such as a dtype, is said by its keyword alone: null. */
function keywordsOf(value: Value): [string, number | null][] {
  return value.entries().map(([key, given]) => {
    const isNull = given.isNone || isSaved(given.saved, 'name');
    return [key.text(), isNull ? null : given.number()];
  });
}
