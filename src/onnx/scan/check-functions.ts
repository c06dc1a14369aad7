// Checks model-local functions: none calls itself, and the graph stays small when all are written out (each level may double it).
import type { FunctionProto, ModelProto, NodeProto } from '../graph.js';
import { walkFunction, walkModel } from '../walk-model.js';
import type { Findings } from './findings.js';

const keyOf = (domain: string | undefined, name: string | undefined, overload: string | undefined): string =>
  JSON.stringify([domain === 'ai.onnx' ? '' : (domain ?? ''), name ?? '', overload ?? '']);

export const functionKey = (fn: FunctionProto): string => keyOf(fn.domain, fn.name, fn.overload);
export const callKey = (node: NodeProto): string => keyOf(node.domain, node.opType, node.overload);

export function checkFunctions(model: ModelProto, findings: Findings) {
  const root = { parent: null, kind: 'functions', name: '' };
  const calls = new Map<string, string[]>();
  for (const fn of model.functions ?? []) {
    const key = functionKey(fn);
    if (calls.has(key)) findings.hostile('function-twice', root, key, 'each function once');
    const made: string[] = [];
    walkFunction(fn, { node: (node) => made.push(callKey(node)) });
    calls.set(key, made);
  }
  if (calls.size === 0) return;
  const sizes = new Map<string, number>();
  for (const key of calls.keys()) {
    if (!measure(key, calls, sizes)) {
      return findings.hostile('function-recursion', root, `the function ${key} calls itself`, 'no recursion');
    }
  }
  let total = 0;
  walkModel(
    { ...model, functions: [] },
    {
      node(node) {
        total += sizes.get(callKey(node)) ?? 1;
      },
    },
  );
  if (total > findings.limits.nodes) {
    findings.hostile(
      'node-count',
      root,
      `${total} nodes when functions are written out`,
      `${findings.limits.nodes} at most`,
    );
  }
}

/**
 * Sets the written-out size of a function and all it calls; false on a cycle. It does not recurse, because chains may be long.
 */
function measure(start: string, calls: ReadonlyMap<string, readonly string[]>, sizes: Map<string, number>): boolean {
  const stack = [start];
  const open = new Set<string>();
  while (stack.length > 0) {
    const key = stack[stack.length - 1]!;
    if (sizes.has(key)) {
      stack.pop();
      continue;
    }
    const inner = calls.get(key) ?? [];
    const waiting = inner.filter((callee) => calls.has(callee) && !sizes.has(callee));
    if (waiting.length === 0) {
      sizes.set(
        key,
        inner.reduce((sum, callee) => Math.min(sum + (sizes.get(callee) ?? 1), 1e15), 1),
      );
      open.delete(key);
      stack.pop();
    } else if (open.has(key) || waiting.some((callee) => open.has(callee))) {
      return false;
    } else {
      open.add(key);
      for (const callee of new Set(waiting)) stack.push(callee);
    }
  }
  return true;
}
