// One estimator's value against another: the same keys, numbers within a bound of their size.
import assert from 'node:assert/strict';
import { type Fitted, featureCount } from '../../src/estimators/fitted.js';

/** What stands under a key of `loose` may differ. Names are compared where both know them: inside, scikit-learn often counts only. */
export function sameValue(found: unknown, wanted: unknown, bound: number, loose: readonly string[], path = ''): void {
  if (typeof wanted === 'number' && typeof found === 'number') {
    const near = Object.is(found, wanted) || Math.abs(found - wanted) <= bound * Math.max(Math.abs(wanted), 1e-3);
    assert.ok(near, `${path}: ${found}, scikit-learn ${wanted}`);
  } else if (ArrayBuffer.isView(wanted)) {
    assert.equal(Object.getPrototypeOf(found), Object.getPrototypeOf(wanted), path);
    sameValue([...(found as Float64Array)], [...(wanted as unknown as Float64Array)], bound, loose, path);
  } else if (Array.isArray(wanted)) {
    assert.ok(Array.isArray(found), path);
    assert.equal(found.length, wanted.length, `${path}.length`);
    for (const [i, one] of wanted.entries()) sameValue(found[i], one, bound, loose, `${path}.${i}`);
  } else if (typeof wanted === 'object' && wanted !== null) {
    const [own, theirs] = [found as Record<string, unknown>, wanted as Record<string, unknown>];
    assert.deepEqual(Object.keys(own).sort(), Object.keys(theirs).sort(), path);
    for (const key of Object.keys(theirs)) {
      if (key === 'featuresIn') sameFeatures(own as never, theirs as never, path);
      else if (!loose.includes(key)) sameValue(own[key], theirs[key], bound, loose, `${path}.${key}`);
    }
  } else assert.deepEqual(found, wanted, path);
}

function sameFeatures(found: Fitted<string>, wanted: Fitted<string>, path: string): void {
  assert.equal(featureCount(found), featureCount(wanted), path);
  if ('names' in wanted.featuresIn) assert.deepEqual(found.featuresIn, wanted.featuresIn, path);
}
