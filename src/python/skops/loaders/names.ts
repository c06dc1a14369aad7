// Turns the nodes of classes, functions and what wraps them into names and plain data. None of them is looked up or called.

import { isSaved } from '../../is-saved.js';
import { malformed } from '../../refuse.js';
import type { Saved } from '../../saved.js';
import { fieldOf, objectField, textField } from '../field-of.js';
import type { Loader, LoaderTable } from '../loader.js';
import { placeText, stepInto } from '../place.js';
import { SCALARS } from './scalars.js';

/** Types that a parameter names, such as the dtype of an encoder. */
const TYPES = [
  ...['str', 'int', 'float', 'bool', 'bytes', 'complex', 'list', 'tuple', 'set', 'dict', 'object'].map(
    (name) => `builtins.${name}`,
  ),
  'builtins.NoneType',
  'numpy.ndarray',
  ...Object.keys(SCALARS).map((name) => `numpy.${name}`),
];

const loadType: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place, TYPES);
  return { type: 'name', module: node.module, name: node.name };
};

/** Protocol 0 had the function in its content. */
const loadFunction: Loader = (node, place, reading) => {
  const isOld = reading.protocol === 0;
  const content = isOld ? objectField(node.fields, 'content', place) : null;
  const module = content === null ? node.module : textField(content, 'module_path', place);
  const name = content === null ? node.name : textField(content, 'function', place);
  reading.checkName(module, name, place);
  return { type: 'name', module, name };
};

/** A method of an object: what getattr() would be called with, as pickle writes it. */
const loadMethod: Loader = (node, place, reading) => {
  const content = objectField(node.fields, 'content', place);
  const method = textField(content, 'func', place);
  reading.checkName(node.module, `${node.name}.${method}`, place);
  const owner = reading.read(fieldOf(content, 'obj'), stepInto(place, '.__self__'));
  if (!isSaved(owner, 'object') || owner.module !== node.module || owner.name !== node.name)
    throw malformed(placeText(place), 'a method of another class', `${node.module}.${node.name}`);
  return { type: 'object', module: 'builtins', name: 'getattr', args: [owner, method], state: null };
};

const loadPartial: Loader = (node, place, reading) => {
  reading.checkName('functools', 'partial', place);
  const content = objectField(node.fields, 'content', place);
  const parts = ['func', 'args', 'kwds', 'namespace'].map((name) =>
    reading.read(fieldOf(content, name), stepInto(place, `.${name}`)),
  );
  const state: Saved = { type: 'tuple', items: parts };
  return { type: 'object', module: 'functools', name: 'partial', args: parts.slice(0, 1), state };
};

/** attrgetter, itemgetter and methodcaller of the module operator. */
const loadOperator: Loader = (node, place, reading) => {
  reading.checkName(node.module, node.name, place);
  if (node.module !== 'operator') throw malformed(placeText(place), `the module ${node.module}`, 'operator');
  const attributes = reading.read(fieldOf(node.fields, 'attrs'), stepInto(place, '.attrs'));
  if (!isSaved(attributes, 'tuple')) throw malformed(placeText(place), 'attrs of another kind', 'a tuple');
  return { type: 'object', module: node.module, name: node.name, args: attributes.items, state: null };
};

export const NAMES: LoaderTable = {
  TypeNode: loadType,
  FunctionNode: loadFunction,
  MethodNode: loadMethod,
  PartialNode: loadPartial,
  OperatorFuncNode: loadOperator,
};
