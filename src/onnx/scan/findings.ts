// What the scan reports: the rule that was broken, where, what was found and what is allowed.

import { describePlace, type Place } from '../walk-model.js';
import { SCAN_LIMITS, type ScanLimits } from './scan-limits.js';

export interface ScanFinding {
  /**
   * `hostile`: no honest exporter writes this. `missing`: a file of the model is not there. `unsupported`: may be honest, but
   * mlctl does not run it.
   */
  readonly severity: 'hostile' | 'missing' | 'unsupported';
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
   * with one name (no links), null if nothing is there, else a sentence saying what is wrong. If left out, external data is
   * refused.
   */
  readonly externalFile?: (location: string) => ExternalFileFacts | string | null;
  readonly limits?: Partial<ScanLimits>;
}

const MAX_FINDINGS = 20;
/** Protobuf's own limit for one message. */
const MAX_FILE_BYTES = 2 ** 31 - 1;

export class Findings {
  readonly list: ScanFinding[] = [];
  readonly limits: ScanLimits;

  constructor(readonly options: ScanOptions) {
    this.limits = { ...SCAN_LIMITS, ...options.limits };
  }

  hostile(rule: string, place: Place, found: unknown, allowed: unknown): void {
    this.#add('hostile', rule, place, found, allowed);
  }

  missing(rule: string, place: Place, found: unknown, allowed: unknown): void {
    this.#add('missing', rule, place, found, allowed);
  }

  unsupported(rule: string, place: Place, found: unknown, allowed: unknown): void {
    this.#add('unsupported', rule, place, found, allowed);
  }

  /** A graph asks for a tensor of this size, which is not in the file: an honest export could have stored what protobuf can hold. */
  made(place: Place, found: string, bytes: bigint): void {
    if (bytes <= this.limits.madeBytes) return;
    const severity = bytes > MAX_FILE_BYTES ? 'hostile' : 'unsupported';
    this.#add(severity, 'made-size', place, found, `${this.limits.madeBytes} bytes at most`);
  }

  #add(severity: ScanFinding['severity'], rule: string, place: Place, found: unknown, allowed: unknown): void {
    if (this.list.length >= MAX_FINDINGS) return;
    this.list.push({ severity, rule, place: describePlace(place), found: String(found), allowed: String(allowed) });
  }
}
