// Turns the start of a command into the lineage that it will record: git is asked at once, so that it works while the model is fitted.
import { userName } from '../session/user-name.js';
import type { World } from '../world.js';
import { gitLineage } from './git/git-lineage.js';
import type { Lineage } from './types.js';
import { versionsHere } from './versions-here.js';

interface Begun {
  readonly madeBy: 'train' | 'log';
  /** The recipe or model file, as it was named. */
  readonly source: string;
  /** The folder whose repository holds the source. */
  readonly folder: string;
}

/** What is known only once the work is done. */
export type Learned = Pick<Lineage, 'recipe' | 'data' | 'split' | 'seeds' | 'given'>;

/** The function it returns ends the work, and waits for git. */
export function beginLineage(world: World, { madeBy, source, folder }: Begun): (learned: Learned) => Promise<Lineage> {
  const started = new Date(world.now()).toISOString();
  const git = gitLineage(world, folder);
  const user = userName(world);
  return async (learned) => {
    const ended = new Date(world.now()).toISOString();
    return {
      schema: 'mlctl.lineage/1',
      made_by: madeBy,
      user,
      source,
      started,
      ended,
      git: await git,
      versions: versionsHere(),
      ...learned,
    };
  };
}
