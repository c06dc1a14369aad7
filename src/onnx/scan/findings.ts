// What the scan reports: the rule that was broken, where, what was found and what is allowed.

import { describePlace, type Place } from '../walk-model.js';
import { SCAN_LIMITS, type ScanLimits } from './scan-limits.js';

export interface ScanFinding {
  /** `hostile`: no honest exporter writes this. `unsupported`: may be honest, but mlctl does not run it. */
  readonly severity: 'hostile' | 'unsupported';
  /** A stable word. */
  readonly rule: string;
  readonly place: string;
  readonly found: string;
  readonly allowed: string;
}

export interface ExternalFileFacts {
  readonly size: number;
}

export interface ScanOptions {
  /**
   * What is at the location of external data, relative to the model's folder: its size if it is a regular file inside the package
   * with one name (no links), else a sentence saying what is wrong. If left out, external data is refused.
   */
  readonly externalFile?: (location: string) => ExternalFileFacts | string;
  readonly limits?: Partial<ScanLimits>;
}

const MAX_FINDINGS = 20;

export class Findings {
  readonly list: ScanFinding[] = [];
  readonly limits: ScanLimits;

  constructor(readonly options: ScanOptions) {
    this.limits = { ...SCAN_LIMITS, ...options.limits };
  }

  hostile(rule: string, place: Place, found: unknown, allowed: unknown): void {
    this.#add('hostile', rule, place, found, allowed);
  }

  unsupported(rule: string, place: Place, found: unknown, allowed: unknown): void {
    this.#add('unsupported', rule, place, found, allowed);
  }

  #add(severity: ScanFinding['severity'], rule: string, place: Place, found: unknown, allowed: unknown): void {
    if (this.list.length >= MAX_FINDINGS) return;
    this.list.push({ severity, rule, place: describePlace(place), found: String(found), allowed: String(allowed) });
  }
}
