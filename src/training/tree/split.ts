// The input and the result of a node's search for a split.

import type { Work } from '../../work.js';
import type { Criterion } from './criterion.js';
import type { FeatureDraw } from './feature-draw.js';
import type { NodeSamples } from './node-samples.js';
import type { XorShift } from './xorshift.js';

export interface SplitSearch {
  readonly samples: NodeSamples;
  readonly criterion: Criterion;
  readonly draw: FeatureDraw;
  readonly random: XorShift;
  readonly minSamplesLeaf: number;
  readonly minWeightLeaf: number;
}

export interface Split {
  readonly feature: number;
  /** Where the right part begins in the rows' order; the node's end if there is no split. */
  readonly pos: number;
  readonly threshold: number;
  readonly missingGoToLeft: boolean;
  readonly improvement: number;
  readonly leftImpurity: number;
  readonly rightImpurity: number;
  /** How many features are known to be constant below. */
  readonly constants: number;
}

/** Finds the split of the rows `start` to `end`, whose parents know `constants` constant features, and divides the rows by it. */
export type FindSplit = (
  search: SplitSearch,
  start: number,
  end: number,
  impurity: number,
  constants: number,
) => Work<Split>;

/** A node with more rows yields between its features; of smaller ones, many make a part. */
export const MANY_ROWS = 20_000;

/** The best candidate so far. */
export interface Candidate {
  feature: number;
  pos: number;
  threshold: number;
  missingGoToLeft: boolean;
  proxy: number;
}

export function noCandidate(end: number): Candidate {
  return { feature: 0, pos: end, threshold: 0, missingGoToLeft: false, proxy: Number.NEGATIVE_INFINITY };
}

/** The rows are in the order of the candidate: its impurities are stored, and the drawing of features ends. */
export function splitAt(search: SplitSearch, candidate: Candidate, end: number, impurity: number): Split {
  const { criterion, draw } = search;
  const found = candidate.pos < end;
  if (found) {
    criterion.reset();
    criterion.moveTo(candidate.pos);
    criterion.childrenImpurity();
  }
  return {
    feature: candidate.feature,
    pos: candidate.pos,
    threshold: candidate.threshold,
    missingGoToLeft: candidate.missingGoToLeft,
    improvement: found ? criterion.improvement(impurity) : Number.NEGATIVE_INFINITY,
    leftImpurity: found ? criterion.leftImpurity : Number.POSITIVE_INFINITY,
    rightImpurity: found ? criterion.rightImpurity : Number.POSITIVE_INFINITY,
    constants: draw.end(),
  };
}

/** Values that differ by no more than this count as equal (a float32, added in float32). */
export const SAME_VALUE = Math.fround(1e-7);
