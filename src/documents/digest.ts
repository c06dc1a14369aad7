// The two digests of a model as documents name them.

export interface DigestPair {
  readonly package: string;
  readonly payload: string | null;
}
