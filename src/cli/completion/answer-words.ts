// Turns the words of an unfinished command line into what can stand at its end, for the scripts that `mlctl completion` prints.
import { processEnvironment } from '../../env.js';
import { createWorld } from '../../world.js';
import { type Candidates, candidatesAt, NOTHING } from './candidates-at.js';
import { placeOf } from './place-of.js';

/** Whoever presses Tab waits no longer than this, whatever a server does. */
const PATIENCE_MS = 1000;

/**
 * The first line says whether file names can stand there too (`files`), and whether a value can go on (`open`); then one value a
 * line, with a tab and its meaning.
 */
function lines({ files, values }: Candidates): string {
  const isOpen = values.some(({ value }) => /[/@=]$/.test(value));
  const head = [files ? 'files' : 'words', ...(isOpen ? ['open'] : [])].join(' ');
  const rows = values.map(({ value, meaning }) => (meaning === '' ? value : `${value}\t${meaning}`));
  return `${[head, ...rows].join('\n')}\n`;
}

/**
 * The last word is the unfinished one behind `=`, because some shells drop an empty argument. It never fails and says nothing on
 * stderr, because that would be written into the line that somebody types.
 */
export async function answerWords(words: readonly string[]): Promise<number> {
  const current = words.at(-1)?.replace(/^=/, '') ?? '';
  const stopped = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Candidates>((resolve) => {
    timer = setTimeout(() => {
      stopped.abort(new Error('nobody waits longer for candidates'));
      resolve(NOTHING);
    }, PATIENCE_MS);
  });
  const world = createWorld({ env: processEnvironment(), signal: stopped.signal });
  const found = placeOf(words.slice(0, -1), current).then((place) => candidatesAt(world, place));
  const answer = await Promise.race([found.catch(() => NOTHING), late]);
  clearTimeout(timer);
  process.stdout.write(lines(answer));
  // A connection that did not close in time must not keep the shell.
  if (stopped.signal.aborted) setTimeout(() => process.exit(), 50);
  return 0;
}
