// Readers of settings that are yes or no. Any other word is an error, except for variables that belong to other programs.
import type { Reader } from './reader.js';

const MLFLOW = { yes: ['true', '1'], no: ['false', '0'] } as const;
const OWN = { yes: [...MLFLOW.yes, 'yes', 'on'], no: [...MLFLOW.no, 'no', 'off'] } as const;

function words<Unset extends boolean | undefined>(
  { yes, no }: { readonly yes: readonly string[]; readonly no: readonly string[] },
  unset: Unset,
  shown: string | null,
): Reader<boolean | Unset> {
  return {
    expected: `one of ${[...yes, ...no].join(', ')}`,
    unset,
    shown,
    open: true,
    read(given) {
      const word = given.trim().toLowerCase();
      return yes.includes(word) ? true : no.includes(word) ? false : undefined;
    },
  };
}

/** A variable of mlctl's own. */
export const flag = (unset: boolean): Reader<boolean> => words(OWN, unset, unset ? 'yes' : 'no');

/** A variable of MLflow's, whose own reader takes these four words and throws at any other. `shown`: the default in words. */
export const mlflowFlag = <Unset extends boolean | undefined>(
  unset: Unset,
  shown: string = String(unset),
): Reader<boolean | Unset> => words(MLFLOW, unset, shown);

/** A variable of another program that is on only if it is `true`, as in boto3 and GitHub's runners. */
export const isTrue: Reader<boolean> = {
  expected: 'true',
  unset: false,
  shown: null,
  open: true,
  read: (given) => given.trim().toLowerCase() === 'true',
};

/** A variable of another program that is on if it is set, and off if it is `0` or `false`. */
export const isOn: Reader<boolean | undefined> = {
  expected: 'anything',
  unset: undefined,
  shown: null,
  open: true,
  read: (given) => !['0', 'false'].includes(given.trim().toLowerCase()),
};
