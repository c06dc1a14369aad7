// Where a model URI led, as documents contain it.

/** What a model URI led to. */
export interface ResolvedDocument {
  readonly kind: 'run' | 'version' | 'stage' | 'latest' | 'alias' | 'model_id' | 'artifact' | 'path';
  readonly run_id: string | null;
  readonly name: string | null;
  readonly version: number | null;
  readonly stage: string | null;
  readonly alias: string | null;
  readonly model_id: string | null;
  /** Where the files are, without secrets. */
  readonly location: string;
}
