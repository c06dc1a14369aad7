// Runs recorded cases through mlctl and says where its verdict is not Python's.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareFrame } from './compare-frame.js';
import { compareSig } from './compare-sig.js';
import { compareWire } from './compare-wire.js';

/** What differs, empty where all agrees; `left` where only pandas explains the case (a rule of left.json). */
export interface Comparison {
  readonly differences: readonly string[];
  readonly left?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: recorded cases are JSON of many shapes.
export type Case = any;

const LAYERS: Readonly<Record<string, (one: Case) => Comparison>> = {
  sigs: compareSig,
  frame: compareFrame,
  wire: compareWire,
  directed: compareWire,
};

export const LAYER_NAMES = Object.keys(LAYERS);

export interface LayerTally {
  readonly layer: string;
  readonly total: number;
  readonly agree: number;
  readonly left: number;
  readonly disagreements: readonly { readonly id: string; readonly category: string; readonly text: string }[];
}

export function compareLayer(file: string, layer: string): LayerTally {
  const compare = LAYERS[layer]!;
  const disagreements: { id: string; category: string; text: string }[] = [];
  let total = 0;
  let agree = 0;
  let left = 0;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    const one = JSON.parse(line);
    total++;
    let found: Comparison;
    try {
      found = compare(one);
    } catch (error) {
      found = { differences: [`crash: ${(error as Error).stack?.split('\n').slice(0, 4).join(' ')}`] };
    }
    if (found.differences.length === 0) agree++;
    else if (found.left !== undefined) left++;
    else
      disagreements.push({
        id: one.id,
        category: `${layer}/${one.cat}`,
        text: `${one.sub ?? ''}: ${found.differences.join('; ')}`,
      });
  }
  return { layer, total, agree, left, disagreements };
}

/** The cases may lie in the folder itself, or where the folder of all cases keeps them. */
function findFile(folder: string, name: string): string | undefined {
  return ['.', 'schema', 'public', join('schema', 'public')].map((part) => join(folder, part, name)).find(existsSync);
}

export function compareFolder(folder: string, only?: string): number {
  let total = 0;
  let agree = 0;
  let left = 0;
  for (const layer of Object.keys(LAYERS)) {
    const file = findFile(folder, `${layer}.jsonl`);
    if ((only !== undefined && only !== layer) || file === undefined) continue;
    const tally = compareLayer(file, layer);
    total += tally.total;
    agree += tally.agree;
    left += tally.left;
    const byCategory = new Map<string, number>();
    for (const { id, category, text } of tally.disagreements) {
      const seen = (byCategory.get(category) ?? 0) + 1;
      byCategory.set(category, seen);
      if (seen <= 40) console.log(`${id} ${category} ${text}`.slice(0, 1200));
    }
    for (const [category, count] of byCategory) console.log(`${category}: ${count} disagree`);
    console.log(`${layer}: ${tally.agree} of ${tally.total} agree`);
  }
  console.log(left === 0 ? `${agree} of ${total} agree` : `${agree} of ${total} agree, ${left} left`);
  return agree + left === total && total > 0 ? 0 : 1;
}
