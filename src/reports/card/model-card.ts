// What a model card shows: everything that is known of a model, as plain data.
import type { AuditLineDocument } from '../../documents/audit.js';
import type { LineageDocument } from '../../documents/lineage.js';
import type { MoveDocument } from '../../documents/move.js';
import type { ResolvedDocument } from '../../documents/resolved.js';
import type { SignatureDocument } from '../../documents/signature-document.js';
import type { SmokeDocument } from '../../documents/smoke.js';
import type { Lineage } from '../../lineage/types.js';
import type { DigestPair } from '../../model/types.js';

/** `drawn`: by mlctl, from the evaluation rows, a moment ago. `recorded`: a file of the run, which is shown as an image and nothing else. */
export type Picture =
  | { readonly kind: 'drawn'; readonly name: string; readonly svg: string }
  | { readonly kind: 'recorded'; readonly name: string; readonly type: string; readonly base64: string };

export interface ModelCard {
  readonly uri: string;
  /** What loads exactly this model later: its version or its run, not a stage or an alias that moves on. */
  readonly pinnedUri: string;
  readonly resolved: ResolvedDocument;
  /** Where runs and versions are kept; null for a model that no store knows. */
  readonly trackingUri: string | null;
  readonly description: string;
  /** What points to the version now: `Production`, `@champion`. */
  readonly places: readonly string[];
  /** When; null if the URI names no version. */
  readonly registered: string | null;
  readonly flavor: string;
  /** What the package says about itself: `mlflow 3.17.2`, `onnx 1.23.2`. */
  readonly madeWith: readonly (readonly [name: string, value: string])[];
  readonly signature: SignatureDocument | null;
  /** Values of the first row of the input example, by column, and the answer to it. */
  readonly example: {
    readonly inputs: ReadonlyMap<string, unknown>;
    readonly outputs: ReadonlyMap<string, unknown>;
  } | null;
  /** The run; null if none is known. */
  readonly lineage: LineageDocument | null;
  /** What it recorded of how the model was made; null if no run is known. */
  readonly origin: Lineage | null;
  /** Why the record is not what it was, or could not be read; null if it is. */
  readonly originFault: string | null;
  /** The lines of an audit; why there are none, if it could not be done. */
  readonly proof: readonly AuditLineDocument[] | string;
  /** The recipe that trained it, as YAML. */
  readonly recipe: string | null;
  /** Lines of requirements.txt. */
  readonly requirements: readonly string[];
  readonly pictures: readonly Picture[];
  /** Why pictures are missing; null if none is. */
  readonly noPictures: string | null;
  readonly smoke: SmokeDocument;
  readonly verified: 'registry' | 'run' | 'none';
  /** Newest first; null if the model is not registered. */
  readonly history: { readonly moves: readonly MoveDocument[]; readonly more: boolean } | null;
  readonly digest: DigestPair;
  readonly files: readonly { readonly path: string; readonly size: number; readonly sha256: string }[];
  readonly made: { readonly time: string; readonly version: string };
}
