// Turns a parameter that says how often a step may iterate into a number that ends in time.
import type { Value } from '../value.js';

/** A file may say any number, and a tolerance that is never reached. */
const MOST_ROUNDS = 100_000;

export function readRounds(value: Value, least: number): number {
  const rounds = value.integer(least);
  return rounds > MOST_ROUNDS ? value.unknown(`at most ${MOST_ROUNDS} rounds`) : rounds;
}
