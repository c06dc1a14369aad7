// What a run kept of its evaluation, so that a model can be scored again.

/** What a run recorded of its evaluation; `missing` says why there is nothing to score again. */
export type Evaluation =
  | { readonly rows: Uint8Array; readonly labels: Uint8Array; readonly metrics: ReadonlyMap<string, number> }
  | { readonly missing: string };
