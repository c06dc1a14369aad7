// Collects findings: keeps the first 20, counts all, and by kind and column; reports the same structural fault only once.
import type { FindingCode } from '../finding-codes.js';
import type { FindingGroup } from '../finding-group.js';
import type { SchemaFinding } from '../types.js';
import type { Problem } from './problem.js';

const MOST_FINDINGS = 20;
/** Columns that are counted for themselves, for each kind; findings in others are counted in the total only. */
const MOST_GROUPS = 100;
/** Things said once that are remembered; beyond them each row counts anew, so that memory does not grow with the rows. */
const MOST_SAID = 100_000;

type Group = { -readonly [Key in keyof FindingGroup]: FindingGroup[Key] };

export class FindingList {
  readonly kept: SchemaFinding[] = [];
  total = 0;
  readonly #said = new Set<string>();
  readonly #groups = new Map<string, Map<string | undefined, Group>>();

  /** What is found from here on is only counted. */
  get isFull(): boolean {
    return this.kept.length >= MOST_FINDINGS;
  }

  /** In the order of their first findings. */
  get groups(): readonly FindingGroup[] {
    return [...this.#groups.values()].flatMap((ofCode) => [...ofCode.values()]);
  }

  add(finding: SchemaFinding, kind?: string): void {
    this.total++;
    if (!this.isFull) this.kept.push(finding);
    const { code, column } = finding;
    let ofCode = this.#groups.get(code);
    if (ofCode === undefined) {
      ofCode = new Map();
      this.#groups.set(code, ofCode);
    }
    const group = ofCode.get(column);
    if (group !== undefined) group.count++;
    else if (ofCode.size < MOST_GROUPS)
      ofCode.set(column, {
        code,
        ...(column === undefined ? {} : { column }),
        ...(kind === undefined ? {} : { kind }),
        count: 1,
        first: finding,
      });
  }

  /** Counts a problem whose text nobody will read. False if it is the first of its kind: then it must be added. */
  count({ code }: Problem, column: string | undefined): boolean {
    const group = this.#groups.get(code)?.get(column);
    if (group === undefined || !this.isFull) return false;
    this.total++;
    group.count++;
    return true;
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

  failed(): {
    ok: false;
    findings: readonly SchemaFinding[];
    groups: readonly FindingGroup[];
    total: number;
  } {
    return { ok: false, findings: this.kept, groups: this.groups, total: this.total };
  }
}
