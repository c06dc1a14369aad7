// Turns a call of a function that a file of Python names into what it does to each number, if mlctl knows it.
import { type Element, type ElementMaker, type FunctionCall, unary, withKeywords } from './element-maker.js';
import { NUMPY_FUNCTIONS } from './numpy-functions.js';
import { SPECIAL_FUNCTIONS } from './special-functions.js';

const OPERATOR_FUNCTIONS: readonly (readonly [name: string, ElementMaker])[] = [
  ['abs', unary(Math.abs)],
  ['neg', unary((x) => -x)],
  ['pos', unary((x) => x)],
];

/** HistGradientBoosting has it in front of its numbers, to look at nothing but whether they are numbers. */
const CHECK_ARRAY = withKeywords({ dtype: null, ensure_all_finite: 1, force_all_finite: 1 }, (given) =>
  given.ensure_all_finite === 0 || given.force_all_finite === 0 ? (x) => x : null,
);

/** Where pickle finds a function of numpy, which depends on numpy's version. */
const NUMPY_MODULES = [
  'numpy',
  'numpy.core._multiarray_umath',
  'numpy.core.fromnumeric',
  'numpy.core.numeric',
  'numpy.core.umath',
  'numpy.lib.type_check',
  'numpy._core._multiarray_umath',
  'numpy._core.umath',
];

const inModules = (
  modules: readonly string[],
  functions: readonly (readonly [name: string, ElementMaker])[],
): [string, ElementMaker][] =>
  modules.flatMap((module) => functions.map(([name, maker]): [string, ElementMaker] => [`${module}.${name}`, maker]));

const MAKERS: ReadonlyMap<string, ElementMaker> = new Map([
  ...inModules(NUMPY_MODULES, NUMPY_FUNCTIONS),
  ...inModules(['scipy.special._ufuncs', 'scipy.special._special_ufuncs'], SPECIAL_FUNCTIONS),
  ...inModules(['_operator', 'operator'], OPERATOR_FUNCTIONS),
  ...inModules(['builtins', '__builtin__'], OPERATOR_FUNCTIONS.slice(0, 1)),
  ['sklearn.utils.validation.check_array', CHECK_ARRAY],
]);

/** Null if the function, or what it is given, is not known. */
export function elementFunction(call: FunctionCall, single: boolean): Element | null {
  return MAKERS.get(call.name)?.(call, single) ?? null;
}

export const isElementFunction = (module: string, name: string): boolean => MAKERS.has(`${module}.${name}`);
