// What the server needs to know: the models it answers for, and how it was asked to answer.
import type { MlctlError } from '../errors/error.js';
import type { ModelFacts } from '../library/types.js';
import type { EnforcementMode } from '../schema/cast-types.js';
import type { ErrorDetail, ScoredModel } from '../scoring/types.js';
import type { Admission } from './overload/admission.js';
import type { InferCast } from './v2/infer-caster.js';

/** One version of a model, which answers whole requests. */
export interface ServedVersion extends ScoredModel {
  readonly facts: ModelFacts;
  /** The same version, whose calls are dropped once `signal` is aborted, if they still wait for a process; null if none ever waits. */
  readonly until: ((signal: AbortSignal) => ServedVersion) | null;
  /** The strict caster of inference requests. Throws DATA_INVALID for what does not follow the protocol. */
  castInfer(body: Uint8Array): InferCast;
  /** The body of a request that it answers: the input example of its package; null if it has none that can be read. */
  readonly example: string | null;
}

/** A model under the name that clients call it by. */
export interface ServedModel {
  readonly name: string;
  /** Facts of the version that answers now; null if it was unloaded. */
  readonly facts: ModelFacts | null;
  /** How many processes of their own answer for it; 0 if this one does. */
  readonly workers: number;
  /** Why the next version did not take over; null if the last look found nothing wrong. */
  readonly refusal: MlctlError | null;
  /** `work` is done with one version, whatever takes over meanwhile. Throws MODEL_NOT_FOUND if it was unloaded. */
  pin<T>(work: (version: ServedVersion) => Promise<T>): Promise<T>;
  /** Looks at the stage or alias now, or loads the model again; true if another version answers. */
  reload(): Promise<boolean>;
  /** Waits for the calls under way. */
  unload(): Promise<void>;
}

/** How requests are answered. */
export interface AnswerOptions {
  readonly schema: EnforcementMode;
  readonly errorDetail: ErrorDetail;
  readonly maxBodyBytes: number;
  /** Clients may load and unload the models that were named at the start. */
  readonly allowLoad: boolean;
  /** Every request must bring it; null: none. */
  readonly token: string | null;
  /** Names that the Host header may have; null: any. */
  readonly hosts: ReadonlySet<string> | null;
  /** MLflow signs its webhooks with it; null: none are accepted. */
  readonly webhookSecret: string | null;
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
}

/** What Prometheus reads. */
export interface Metrics {
  answered(route: string, method: string, status: number, seconds: number): void;
  scored(model: string, rows: number, refused: string | null): void;
  reloaded(model: string, result: 'changed' | 'refused'): void;
  read(): Promise<{ readonly contentType: string; readonly text: string }>;
}

export interface AccessLog {
  request(line: LoggedRequest): void;
  /** All lines are written. */
  close(): Promise<void>;
}

interface LoggedRequest {
  readonly method: string;
  /** The address without its query. */
  readonly path: string;
  readonly status: number;
  readonly ms: number;
  readonly client: string;
  readonly traceparent?: string;
  readonly outcome: Outcome | null;
}

/** What the routes share. */
export interface ServerState {
  readonly models: ReadonlyMap<string, ServedModel>;
  readonly options: AnswerOptions;
  readonly metrics: Metrics | null;
  readonly log: AccessLog | null;
  /** It was asked to stop: it says that it is not ready. */
  isDraining: boolean;
  readonly admission: Admission;
  now(): number;
  warn(text: string): void;
}

/** What is counted and logged of a request; never what it holds. */
interface Outcome {
  readonly model: string;
  readonly version: number | null;
  readonly rows: number;
  readonly refused: string | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The Content-Type as it was sent; null if there was none. */
    declaredType: string | null;
    outcome: Outcome | null;
    startedMs: number;
  }
  interface FastifyContextConfig {
    /** It runs a model, so only so many are let in at a time. */
    readonly isPrediction?: true;
    /** MLflow signs the body in place of a token. */
    readonly takesWebhook?: true;
  }
}
