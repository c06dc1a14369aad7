// Turns names and their meanings into two columns: names to the left, meanings wrapped to the right.
import { wrap } from '../wrap.js';

export function definitions(pairs: readonly (readonly [name: string, meaning: string])[], width: number): string {
  const left = Math.min(Math.max(...pairs.map(([name]) => name.length), 0), 30) + 4;
  return pairs
    .map(([name, meaning]) => {
      const [first = '', ...rest] = wrap(meaning, Math.max(width - left, 24));
      const head = name.length + 4 > left ? `  ${name}\n${' '.repeat(left)}` : `  ${name}`.padEnd(left);
      return [`${head}${first}`, ...rest.map((more) => ' '.repeat(left) + more)].join('\n');
    })
    .join('\n');
}
