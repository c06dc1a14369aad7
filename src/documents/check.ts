// One check of `smoke` as documents tell it.

export type CheckName =
  | 'resolve'
  | 'integrity'
  | 'package'
  | 'signature'
  | 'load'
  | 'example'
  | 'predict'
  | 'output'
  | 'golden'
  | 'guard'
  | 'rescore'
  | 'latency';

export interface CheckDocument {
  readonly name: CheckName;
  readonly status: 'pass' | 'fail' | 'warn' | 'skip';
  readonly message: string;
  readonly hint: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}
