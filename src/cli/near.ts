// The near miss among known words, for hints. Case is ignored; a word too far away is no hint.

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, swap));
    }
    row = next;
  }
  return row[b.length]!;
}

export function nearest(word: string, known: readonly string[]): string | undefined {
  const asked = word.toLowerCase().slice(0, 100);
  const ranked = known
    .map((name) => ({ name, far: distance(asked, name.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  const best = ranked[0];
  return best && best.far <= Math.max(1, Math.floor(asked.length / 3)) ? best.name : undefined;
}
