// Turns a lineage into the bytes of the artifact and their digest.
import { sha256 } from '../files/digest-folder.js';
import { canonicalJson } from './canonical-json.js';
import type { Lineage } from './types.js';

export function formatLineage(lineage: Lineage): { readonly bytes: Uint8Array; readonly digest: string } {
  const bytes = new TextEncoder().encode(canonicalJson(lineage));
  return { bytes, digest: `sha256:${sha256(bytes)}` };
}
