// Every loader that skops 0.11 to 0.16 has, by the word that `__loader__` says.
import type { Loader } from '../loader.js';
import { loadArray, loadDType, loadMaskedArray } from './arrays.js';
import { loadBytes, loadSlice } from './bytes.js';
import { loadDefaultDict, loadDict, loadDictWithDeprecatedKeys, loadList, loadSet, loadTuple } from './containers.js';
import { loadJson } from './json-text.js';
import { loadFunction, loadMethod, loadOperator, loadPartial, loadType } from './names.js';
import { loadConstructed, loadGenerator, loadObject, loadRandomState, loadReduced, loadTree } from './objects.js';
import { loadSparse } from './sparse.js';

/** CachedNode is not here: a node with an id that was read before never gets to its loader. */
export const LOADERS: ReadonlyMap<string, Loader> = new Map([
  ['JsonNode', loadJson],
  ['ObjectNode', loadObject],
  ['DictNode', loadDict],
  ['DefaultDictNode', loadDefaultDict],
  ['_DictWithDeprecatedKeysNode', loadDictWithDeprecatedKeys],
  ['ListNode', loadList],
  ['TupleNode', loadTuple],
  ['SetNode', loadSet],
  ['TypeNode', loadType],
  ['FunctionNode', loadFunction],
  ['MethodNode', loadMethod],
  ['PartialNode', loadPartial],
  ['OperatorFuncNode', loadOperator],
  ['SliceNode', loadSlice],
  ['BytesNode', loadBytes],
  ['BytearrayNode', loadBytes],
  ['NdArrayNode', loadArray],
  ['MaskedArrayNode', loadMaskedArray],
  ['DTypeNode', loadDType],
  ['SparseMatrixNode', loadSparse],
  ['RandomStateNode', loadRandomState],
  ['RandomGeneratorNode', loadGenerator],
  ['ConstructorFromReduceNode', loadConstructed],
  ['TreeNode', loadTree],
  ['LossNode', loadReduced],
  ['QuantileForestNode', loadReduced],
]);
