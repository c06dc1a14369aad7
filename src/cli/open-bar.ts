// Turns the share of a work that is done into a bar, with the time that is left.
import { duration } from '../text/numbers.js';
import { monotonicMs } from '../world.js';

const CELLS = 20;
/** Before that the time left is a guess. */
const FIRST_MS = 1000;

/** `what` names the work: the time is that of the work of this name. */
export function openBar(unicode: boolean, now: () => number = monotonicMs) {
  const [full, empty] = unicode ? ['█', '░'] : ['#', '.'];
  let work = '';
  let began = 0;
  let first = 0;
  return (what: string, share: number): string => {
    if (what !== work || share < first) {
      work = what;
      began = now();
      first = share;
    }
    const cells = Math.min(CELLS, Math.floor(share * CELLS));
    const past = now() - began;
    const left = past < FIRST_MS || share <= first ? null : ((1 - share) / (share - first)) * past;
    const time =
      left === null ? '' : `, ${duration(Math.max(1000, Math.round(left / 1000) * 1000)).replace('.0 s', ' s')} left`;
    return `${full!.repeat(cells)}${empty!.repeat(CELLS - cells)} ${Math.floor(share * 100)} %${time}`;
  };
}
