// Collects findings: keeps the first 20, counts all, and reports the same structural fault only once.
import type { FindingCode } from '../finding-codes.js';
import type { SchemaFinding } from '../types.js';

const MOST_FINDINGS = 20;
/** Things said once that are remembered; beyond them each row counts anew, so that memory does not grow with the rows. */
const MOST_SAID = 100_000;

export class FindingList {
  readonly kept: SchemaFinding[] = [];
  total = 0;
  readonly #said = new Set<string>();

  /** What is found from here on is only counted. */
  get isFull(): boolean {
    return this.kept.length >= MOST_FINDINGS;
  }

  add(finding: SchemaFinding): void {
    this.total++;
    if (!this.isFull) this.kept.push(finding);
  }

  /** A finding about the table as a whole. */
  say(code: FindingCode, message: string, facts: Omit<SchemaFinding, 'code' | 'message'> = {}): void {
    this.add({ code, ...facts, message });
  }

  /** The same as `say`, but once for each key, however many rows repeat it. */
  sayOnce(key: string, code: FindingCode, message: string, facts: Omit<SchemaFinding, 'code' | 'message'> = {}): void {
    if (this.#said.has(key)) return;
    if (this.#said.size < MOST_SAID) this.#said.add(key);
    this.say(code, message, facts);
  }

  failed(): { ok: false; findings: readonly SchemaFinding[]; total: number } {
    return { ok: false, findings: this.kept, total: this.total };
  }
}
