// Turns a number of rows into how many classes a target may have before mlctl asks whether it is a quantity.

const FEW = 20;
const MANY = 100;

/** At most 100, and at most half as many as rows if there are more than 20. */
export function classLimit(rows: number): number {
  return Math.max(FEW, Math.min(MANY, Math.floor(rows / 2)));
}
