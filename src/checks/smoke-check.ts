// A check of smoke as a value: what it needs, and a function from what is known so far to a verdict and new knowledge.
import type { Table } from '../data/table.js';
import type { CheckName } from '../documents/check.js';
import type { ResolvedDocument } from '../documents/resolved.js';
import type { MlctlError } from '../errors/error.js';
import type { OpenModel } from '../inference/types.js';
import type { Evaluation } from '../loader/evaluation.js';
import type { DigestedPackage } from '../model/digest-package.js';
import type { ModelPackage } from '../model/read-package.js';
import type { DigestPair, MlModel } from '../model/types.js';
import type { CastResult, EnforcementMode } from '../schema/cast-types.js';
import type { Signature } from '../schema/types.js';
import type { ClassEvaluation } from '../training/evaluate-classes.js';
import type { ValueEvaluation } from '../training/evaluate-values.js';
import type { Check } from './check.js';

/** Where a URI led: a local folder, and the digest recorded outside of it where there is one. */
export interface FoundModel {
  /** The URI as it was given or chosen. */
  readonly uri: string;
  readonly resolved: ResolvedDocument;
  /** Empty where `refused`. */
  readonly folder: string;
  /** Where the store gave other bytes than were recorded: nothing of them was kept. */
  readonly refused?: MlctlError;
  readonly recorded: DigestPair | null;
  /** The text of the predictions that the registry has, for a package without. */
  readonly golden?: string | null;
  readonly verified: 'registry' | 'run' | 'none';
  /** Throws INTEGRITY_MISMATCH where the files are not those recorded. */
  readonly verify: (digest: DigestedPackage) => Promise<void>;
  /** What the stores say against it, beside its bytes: a run that failed or is gone, an upload that never finished. */
  readonly doubts: readonly string[];
  /** Who recorded which digest, where they do not agree. */
  readonly disagreeing: readonly string[];
}

/** What the operation provides: the parts of smoke that reach outside of the package. */
export interface SmokeTools {
  readonly mode: EnforcementMode;
  /** Milliseconds the median may take; null where nobody asked. */
  readonly maxLatencyMs: number | null;
  /** Whether the files of the package are compared with one another. */
  readonly strictPackage: boolean;
  resolve(): Promise<FoundModel>;
  /** Whether the tracking store knows this run. */
  hasRun(runId: string): Promise<boolean>;
  /** Whether mlctl trained exactly these bytes, or ran them within limits, on this machine. */
  isKnown(packageDigest: string): boolean;
  /** Trusted models run in this process, others where they can be ended (§8.6). */
  open(modelPackage: ModelPackage, trusted: boolean): Promise<OpenModel>;
  /** The rows of `--rows` as the caster takes them; null where there are none. */
  rows(model: MlModel, signature: Signature): Promise<CastResult | null>;
  evaluation(found: FoundModel): Promise<Evaluation>;
}

/** What is known so far; each check adds what it found out. */
export interface SmokeFacts {
  readonly found?: FoundModel;
  readonly digest?: DigestedPackage;
  /** mlctl itself vouches for the bytes (`isKnown`): they may run in this process. */
  readonly trusted?: boolean;
  readonly modelPackage?: ModelPackage;
  readonly model?: OpenModel;
  /** The input example as cast, and as the text of a request. */
  readonly example?: { readonly table: Table; readonly body: string };
  /** Answer to the input example. */
  readonly answer?: Table;
  /** Answer to `--rows`. */
  readonly rowsAnswer?: Table;
  /** The evaluation rows of the run, scored again. */
  readonly evaluated?: ClassEvaluation | ValueEvaluation;
}

export interface Verdict extends Check {
  readonly facts?: Partial<SmokeFacts>;
}

export interface SmokeCheck {
  readonly name: CheckName;
  /** Where one of these failed, or was itself not reached, this check is not reached. */
  readonly needs: readonly CheckName[];
  /** May throw an MlctlError: the check has then failed with it. */
  run(facts: SmokeFacts, tools: SmokeTools): Promise<Verdict>;
}

/** A fact that `needs` guarantees. */
export function known<T>(fact: T | undefined): T {
  if (fact === undefined) throw new Error('a check ran before what it needs');
  return fact;
}
