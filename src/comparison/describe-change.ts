// Turns a change of the signature into a sentence.
import type { ContractChangeDocument } from '../documents/contract.js';
import type { SignatureChange } from '../schema/compare-signatures.js';
import { printable } from '../text/printable.js';

const ONE = { inputs: 'input', outputs: 'output', params: 'param' } as const;

/** `input "age" is gone (long, required)` */
function changeText({ part, name, change, before, after }: SignatureChange): string {
  const what = name === null ? part : `${ONE[part]} "${printable(name, 80)}"`;
  const [was, is] = [printable(before ?? 'none', 200), printable(after ?? 'none', 200)];
  switch (change) {
    case 'added':
      return name === null ? `the ${part} are described now (${is})` : `${what} is new (${is})`;
    case 'removed':
      return name === null ? `the ${part} are not described any more` : `${what} is gone (${was})`;
    case 'order':
      return `the ${part} are in another order: ${is}; was ${was}`;
    case 'kind':
      return `the ${part} are ${is}, was ${was}`;
    case 'default':
      return `the default of ${what} is ${is}, was ${was}`;
    default:
      return `${what} is ${is}, was ${was}`;
  }
}

export const describeChange = (change: SignatureChange): ContractChangeDocument => ({
  ...change,
  message: changeText(change),
});
