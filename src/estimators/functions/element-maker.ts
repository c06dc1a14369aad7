// The rows of the tables of functions: how a call of Python, with what it fixes, becomes a function of one number.

export type Element = (x: number) => number;

/** A function of a library, and what a partial or `kw_args` gives to it beside the numbers. */
export interface FunctionCall {
  /** Its name, such as `numpy.log1p`. */
  readonly name: string;
  /** What stands in front of the numbers. */
  readonly first: readonly number[];
  readonly keywords: ReadonlyMap<string, number | null>;
}

/** `single`: the numbers are float32. Null for arguments that are not known. */
export type ElementMaker = (call: FunctionCall, single: boolean) => Element | null;

/** It takes nothing but the numbers. */
export const unary =
  (element: Element): ElementMaker =>
  ({ first, keywords }) =>
    first.length === 0 && keywords.size === 0 ? element : null;

/** The first of its two numbers is fixed. */
export const binary =
  (element: (first: number, x: number) => number): ElementMaker =>
  ({ first, keywords }) =>
    first.length === 1 && keywords.size === 0 ? (x) => element(first[0]!, x) : null;

/** Its keywords are these, and each has a value of its own if it is left out. */
export const withKeywords =
  <K extends string>(
    defaults: Readonly<Record<K, number | null>>,
    make: (given: Readonly<Record<K, number | null>>, single: boolean) => Element | null,
  ): ElementMaker =>
  ({ first, keywords }, single) => {
    if (first.length > 0 || [...keywords.keys()].some((key) => !Object.hasOwn(defaults, key))) return null;
    return make({ ...defaults, ...Object.fromEntries(keywords) }, single);
  };
