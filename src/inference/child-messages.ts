// The messages between the process that runs an untrusted model and its parent (structured clone over the IPC channel).
import type { Table } from '../data/table.js';
import type { DigestedFile } from '../files/digest-folder.js';
import type { GraphValue } from './types.js';

export interface OpenInChild {
  readonly packageFolder: string;
  readonly payload: string;
  /** The folder as it was hashed. */
  readonly files: readonly DigestedFile[];
  /** The folder for copies that the runtime needs as files; the parent removes what is left of it. */
  readonly copyFolder: string;
}

export type ToChild =
  | { readonly kind: 'open'; readonly request: OpenInChild }
  | { readonly kind: 'predict'; readonly table: Table };

export type FromChild =
  | {
      readonly kind: 'opened';
      readonly inputs: readonly GraphValue[];
      readonly outputs: readonly GraphValue[];
      readonly growsWithRows: boolean;
    }
  | { readonly kind: 'predicted'; readonly table: Table }
  | {
      readonly kind: 'failed';
      readonly code: string;
      readonly message: string;
      readonly hint: string | undefined;
      readonly details: Record<string, unknown>;
    };

/** The child says this on stderr before it ends itself for using too much memory. */
export const MEMORY_MARK = 'mlctl: memory limit';
