// Replays every package of a folder that Python logged, with Python's recorded answers: npm run cases:models -- DIR [WORD …]
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { expectedOf, replay } = await import(join(root, 'build', 'test', 'support', 'python-case.js'));
const [folder, ...words] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('which folder? npm run cases:models -- DIR [WORD …]\n');
  process.exit(2);
}
const counts = { same: 0, close: 0, wrong: 0, refused: 0, failed: 0 };
let worst = 0;
for (const name of readdirSync(folder).sort()) {
  const path = join(folder, name);
  if (!existsSync(join(path, 'expected.json')) || (words.length > 0 && !words.some((word) => name.includes(word))))
    continue;
  const { expect } = expectedOf(path);
  try {
    const { ok, same, labels, largest, notes } = await replay(path);
    const verdict = expect === 'refuse' ? 'wrong' : ok ? (same ? 'same' : 'close') : 'wrong';
    counts[verdict]++;
    if (ok) worst = Math.max(worst, largest);
    else
      console.log(
        `✖ ${name}: ${labels} labels differ, largest ${largest.toExponential(1)}\n    ${notes.join('\n    ')}`,
      );
    if (expect === 'refuse') console.log(`✖ ${name}: ran, but it should be refused`);
  } catch (error) {
    if (expect === 'refuse' && error.exitCode === 7) counts.refused++;
    else {
      counts.failed++;
      const at = error.code === undefined ? `\n${error.stack}` : '';
      console.log(`✖ ${name}: ${error.code ?? error.name}: ${error.message}${at}`);
    }
  }
}
const { same, close, wrong, refused, failed } = counts;
console.log(
  `${same} with the same bits, ${close} within the tolerance (largest ${worst.toExponential(1)}), ${refused} refused as they should be, ${wrong} wrong, ${failed} failed`,
);
process.exit(wrong + failed === 0 ? 0 : 1);
