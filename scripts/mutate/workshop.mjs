// Turns the project into a copy that may be spoiled: build/ is copied, the rest is linked. The program that tests start is the
// compiled one and not the bundle, so that it holds the mutant, too.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const OWN = new Set(['bin', 'build', '.git', 'package.json']);

/** While `cover/` is there, the program writes there which of its functions ran, as node does for the tests themselves. */
const PROGRAM = `
import { existsSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
const cover = new URL('../cover/', import.meta.url);
if (existsSync(cover)) {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  process.on('exit', () =>
    session.post('Profiler.takePreciseCoverage', (_, found) =>
      writeFileSync(new URL(\`program-\${process.pid}.json\`, cover), JSON.stringify(found)),
    ),
  );
}
const { main } = await import('../build/src/cli/main.js');
process.exitCode = await main(process.argv.slice(2));
`;

export function openWorkshop(root) {
  const folder = mkdtempSync(join(tmpdir(), 'mutate-'));
  for (const name of readdirSync(root)) if (!OWN.has(name)) symlinkSync(join(root, name), join(folder, name));
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  cpSync(join(root, 'build'), join(folder, 'build'), { recursive: true });
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'mlctl.js'), PROGRAM);
  return {
    folder,
    cover: join(folder, 'cover'),
    close: () => existsSync(folder) && rmSync(folder, { recursive: true, force: true }),
  };
}
