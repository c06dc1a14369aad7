// The flags of commands that list things of the store.
import { DEFAULT_MAX } from '../session/list-options.js';
import type { OptionFacts } from './command.js';
import { list, wholeOf } from './values.js';

export const LIST_OPTIONS: readonly OptionFacts[] = [
  { flags: '--filter <filter>', meaning: "MLflow's filter language." },
  {
    flags: '--order-by <column>',
    meaning: "MLflow's order, such as 'metrics.val_acc DESC'; any number of times.",
    parse: list,
  },
  { flags: '--max <count>', meaning: `At most so many (${DEFAULT_MAX}).`, parse: wholeOf('--max', 1, 50_000) },
];
