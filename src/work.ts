// Long work in parts: between two of them a fit says where it is, so that its caller can show that and can stop it. The parts are
// the same, and in the same order, as if it ran through.

/** Yields what is being done, or undefined where that has not changed; returns the result. */
export type Work<T> = Generator<string | undefined, T, void>;

/** Multiplications and additions between two yields: some milliseconds, long against what a yield costs. */
export const PART = 4_000_000;

/** Whether it is time to yield after step `n` of many equal steps of `size` such operations. */
export const isPart = (n: number, size: number): boolean => n % Math.max(1, Math.ceil(PART / (size + 1))) === 0;

/** The result, with all parts done at once. */
export function finish<T>(work: Work<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
