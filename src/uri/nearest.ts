// The known name nearest to one that was not found, for hints.

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}

/** Up to `max` names near `name`, nearest first; names that start with it count as near. */
export function nearestNames(name: string, known: readonly string[], max = 3): readonly string[] {
  const asked = name.toLowerCase().slice(0, 100);
  const allowed = Math.max(1, Math.floor(asked.length / 3));
  return known
    .map((one) => {
      const other = one.toLowerCase().slice(0, 100);
      const starts = asked.length >= 3 && (other.startsWith(asked) || asked.startsWith(other));
      return { one, far: starts ? Math.min(1, distance(asked, other)) : distance(asked, other) };
    })
    .filter(({ far }) => far <= allowed)
    .sort((a, b) => a.far - b.far)
    .slice(0, max)
    .map(({ one }) => one);
}
