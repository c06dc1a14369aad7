// Turns a node of a forest into the leaves that rows can reach from it.
import type { Forest } from './forest.js';

/** `start`: a node, or `~leaf`. */
export function leavesUnder({ children }: Forest, start: number): number[] {
  const leaves: number[] = [];
  const open = [start];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node < 0) leaves.push(~node);
    else open.push(children[node * 2]!, children[node * 2 + 1]!);
  }
  return leaves;
}
