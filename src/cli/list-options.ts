// The flags of commands that list things of the store.
import { DEFAULT_MAX } from '../session/list-options.js';
import type { OptionFacts } from './command.js';
import { list, wholeOf } from './values.js';

export const LIST_OPTIONS: readonly OptionFacts[] = [
  { flags: '--filter <filter>', meaning: "Filter, in MLflow's filter language." },
  {
    flags: '--order-by <column>',
    meaning: "Sort by this column, such as 'metrics.val_acc DESC'; may be repeated.",
    parse: list,
  },
  {
    flags: '--max <count>',
    meaning: `Maximum number of results (default ${DEFAULT_MAX}).`,
    parse: wholeOf('--max', 1, 50_000),
  },
];
