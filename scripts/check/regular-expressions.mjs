// Every regular expression in src/ is checked for catastrophic backtracking: data and servers choose what they are run on.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import recheck from 'recheck';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const files = readdirSync(join(root, 'src'), { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts'));
// A literal stands where an expression may begin; that is enough for this house's formatted code.
const LITERAL =
  /(?:[=(,:[!&|?{};]|return|=>)\s*\/((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n*[])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])*)\/([dgimsuvy]*)/g;
let count = 0;
let faults = 0;
/** Patterns of others are translated here, and those that could take for ever are refused. */
const MAKERS = new Set(['estimators/feature-extraction/text/translate-pattern.ts']);

for (const file of files) {
  const text = readFileSync(join(root, 'src', file), 'utf8');
  if (/new RegExp\((?!['"`])/.test(text) && !MAKERS.has(file)) {
    faults += 1;
    console.error(`${file}: a regular expression made from a value`);
  }
  for (const match of text.matchAll(LITERAL)) {
    const [, source, flags] = match;
    try {
      new RegExp(source, flags);
    } catch {
      continue;
    }
    count += 1;
    const verdict = recheck.checkSync(source, flags.replace(/[dv]/g, ''), { timeout: 20_000 });
    if (verdict.status !== 'vulnerable') continue;
    // Quadratic is what scanning a capped text may cost; anything beyond needs a bound, named in a comment above: `backtracking: why`.
    const { type, degree } = verdict.complexity;
    const before = text.slice(0, match.index).split('\n');
    const excused = before.slice(-4).some((line) => line.includes('backtracking:'));
    if (type === 'polynomial' && (degree <= 2 || excused)) continue;
    faults += 1;
    console.error(`${file}:${before.length}: /${source}/${flags}: ${verdict.complexity.summary}`);
  }
}
console.log(`${count} regular expressions, ${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;
