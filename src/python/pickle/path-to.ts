// Turns the stack of a half-read pickle into the place of the value that comes next, such as `Pipeline.steps > PCA.mean_`.
import { isSaved } from '../is-saved.js';
import type { Saved } from '../saved.js';

/** A message needs no more levels than this. */
const MOST_LEVELS = 20;
/** Python fills lists and dicts with 1,000 items at a time. */
const MOST_VALUES = 5000;

/**
 * The stack holds what is still being filled, outermost first: an object, its dict of attributes, the name of one of them. It
 * does not say of each value what it is for, so this is a best guess, for messages only.
 */
export function pathTo(stack: readonly Saved[], marks: readonly number[]): string {
  const steps: string[] = [];
  const bounds = [0, ...marks.slice(0, MOST_LEVELS), stack.length];
  let isDict = false;
  for (let level = 0; level + 1 < bounds.length; level += 1) {
    const [from, to] = [bounds[level] as number, bounds[level + 1] as number];
    const values = stack.slice(to - from > MOST_VALUES ? to : from, to);
    const key = isDict ? openKey(values) : -1;
    if (key !== -1) steps.push(`.${values[key]}`);
    steps.push(...objectIn(values.slice(key + 1)));
    isDict = isSaved(values.at(-1), 'dict');
  }
  return steps.join('').replace(/^(?: > |\.)/, '');
}

/** The key whose value comes next: keys and values take turns, and each key is a text. */
function openKey(values: readonly Saved[]): number {
  if (typeof values[0] !== 'string') return -1;
  let at = 0;
  while (typeof values[at + 2] === 'string') at += 2;
  return at;
}

/** An object that has no attributes yet, and the key if it is filled one by one. */
function objectIn(values: readonly Saved[]): string[] {
  const at = values.findLastIndex((value) => isSaved(value, 'object'));
  const object = values[at];
  if (!isSaved(object, 'object') || object.state !== null) return [];
  const key = isSaved(values[at + 1], 'dict') ? values[at + 2] : undefined;
  return [` > ${object.name}`, ...(typeof key === 'string' ? [`.${key}`] : [])];
}
