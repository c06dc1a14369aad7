// Turns what the server does into counters. They are kept by a library that takes as long to load as a model, so it loads once there
// is something to count.
import type { Metrics, ServedModel } from '../types.js';
import { type Answered, type Counters, type Prometheus, registerCounters, type Scored } from './register-counters.js';

/** Counted together: one by one they took 4 µs more of each request. Few enough to be young garbage by then. */
const MOST_WAITING = 64;

export function openMetrics(
  load: () => Promise<Prometheus>,
  models: () => Iterable<ServedModel>,
  underWay: () => number,
): Metrics {
  let counters: Counters | undefined;
  let loading: Promise<Counters> | undefined;
  let answers: Answered[] = [];
  let scores: Scored[] = [];
  const loaded = () => {
    loading ??= load().then(
      (library) => {
        counters = registerCounters(library, models, underWay);
        return counters;
      },
      (error) => {
        // It is tried again; what was not counted by then must not fill the memory.
        loading = undefined;
        [answers, scores] = [[], []];
        throw error;
      },
    );
    return loading;
  };
  /** Whoever reads the counters is told; an answer is not worth less. */
  const unheard = () => {};
  const count = ({ answered, scored }: Counters) => {
    const [answersNow, scoresNow] = [answers, scores];
    [answers, scores] = [[], []];
    for (const one of answersNow) answered(one);
    for (const one of scoresNow) scored(one);
  };
  return {
    answered: (route, method, status, duration) => {
      answers.push({ route, method, status, duration });
      if (answers.length < MOST_WAITING) return;
      if (counters === undefined) loaded().catch(unheard);
      else count(counters);
    },
    scored: (model, rows, refused) => {
      scores.push({ model, count: rows, refused });
    },
    reloaded: (model, result) => {
      loaded().then((to) => to.reloaded(model, result), unheard);
    },
    read: async () => {
      const from = await loaded();
      count(from);
      return from.read();
    },
  };
}
