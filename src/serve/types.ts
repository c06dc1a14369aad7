// What the server needs to know: the models it answers for, and how it was asked to answer.
import type { MlctlError } from '../errors/error.js';
import type { ModelFacts } from '../library/types.js';
import type { EnforcementMode } from '../schema/cast-types.js';
import type { ErrorDetail, ScoredModel } from '../scoring/types.js';

/** One version of a model, which answers whole requests. */
export interface ServedVersion extends ScoredModel {
  readonly facts: ModelFacts;
}

/** A model under the name that clients call it by. */
export interface ServedModel {
  readonly name: string;
  /** Facts of the version that answers now. */
  readonly facts: ModelFacts;
  /** Why the next version did not take over; null if the last look found nothing wrong. */
  readonly refusal: MlctlError | null;
  /** `work` is done with one version, whatever takes over meanwhile. */
  pin<T>(work: (version: ServedVersion) => Promise<T>): Promise<T>;
  reload(): Promise<boolean>;
  close(): Promise<void>;
}

/** How requests are answered. */
export interface AnswerOptions {
  readonly schema: EnforcementMode;
  readonly errorDetail: ErrorDetail;
  readonly maxBodyBytes: number;
}

/** What the routes share. */
export interface ServerState {
  readonly models: ReadonlyMap<string, ServedModel>;
  readonly options: AnswerOptions;
  /** Requests to stop have arrived: nothing new is taken on. */
  isDraining: boolean;
  warn(text: string): void;
}
