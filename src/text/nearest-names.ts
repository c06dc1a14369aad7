// Turns a name that was not found into the known names nearest to it, for hints.
import { editDistance } from './edit-distance.js';

/** Separators are typed in many ways: `max-iter`, `max_iter`, `maxIter`. */
const plain = (text: string): string => text.slice(0, 100).toLowerCase().replace(/[-_ ]/g, '');

/** Up to `max` names near `name`, nearest first; names that start with it count as near. */
export function nearestNames(name: string, known: readonly string[], max = 3): readonly string[] {
  const asked = plain(name);
  // Every letter is near to every other one.
  const allowed = asked.length < 2 ? 0 : Math.max(1, Math.floor(asked.length / 3));
  return known
    .map((one) => {
      const other = plain(one);
      const starts = asked.length >= 3 && (other.startsWith(asked) || asked.startsWith(other));
      const far = editDistance(asked, other);
      return { one, far: starts ? Math.min(1, far) : far };
    })
    .filter(({ far }) => far <= allowed)
    .sort((a, b) => a.far - b.far)
    .slice(0, max)
    .map(({ one }) => one);
}
