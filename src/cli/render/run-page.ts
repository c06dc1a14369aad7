// Turns a run into the address of its page in MLflow's UI, where a server keeps it.
import { withoutEnd } from '../../text/without-end.js';

export function runPage(trackingUri: string | null, experiment: string | null, run: string | null): string | null {
  if (trackingUri === null || run === null || experiment === null || !/^https?:/.test(trackingUri)) return null;
  return `${withoutEnd(trackingUri, '/')}/#/experiments/${experiment}/runs/${run}`;
}
