// Turns the facts of a column into what a recipe does with it: drop it, with the reason, or use it as a number, as text or as it is.
import { MISSING_TEXTS } from '../../estimators/missing-texts.js';
import type { ColumnFacts } from './column-facts.js';

export type Verdict =
  | { readonly use: 'number' | 'text' | 'flag'; readonly facts: ColumnFacts }
  | { readonly use: 'drop'; readonly facts: ColumnFacts; readonly reason: string };

/** One column for each text is made of them, and a text that is in the test rows only is no use. */
const MOST_TEXTS = 50;
/** Up to this many values an id may also be a class, as a shop_id of three shops. */
const FEW_IDS = 20;
/** In a smaller table, values that all differ say nothing. */
const ENOUGH_ROWS = 10;

export function judgeColumn(facts: ColumnFacts): Verdict {
  const drop = (reason: string): Verdict => ({ use: 'drop', facts, reason });
  const { type, rows, missing, values, namedId } = facts;
  const present = rows - missing;
  if (present === 0) return drop('it has no values');
  if (facts.untrained) return drop('it has no values in the rows to train on');
  if (values.size === 1) return drop('every value is the same');
  if (namedId && values.size > FEW_IDS) return drop(`an id by its name, ${values.size} different values`);
  switch (type) {
    case 'double':
    case 'float':
    case 'long':
    case 'integer':
      if (facts.counts && rows >= ENOUGH_ROWS) return drop('it counts the rows');
      return facts.infinite ? drop('it holds infinity, which no step takes') : { use: 'number', facts };
    case 'boolean':
      return missing > 0 ? drop(`true and false with ${missing} missing, which no step takes`) : { use: 'flag', facts };
    case 'string':
      if (facts.dates) return drop('dates, which no step takes');
      if (values.size === present && present >= ENOUGH_ROWS) return drop('a different text in every row');
      if (values.size > MOST_TEXTS || values.size * 2 > present)
        return drop(`${values.size} different texts are too many for one_hot_encoder`);
      return missing > 0 && [...values].some((text) => MISSING_TEXTS.has(text as string))
        ? drop('it has missing values and also a text that stands for them')
        : { use: 'text', facts };
    case 'datetime':
      return drop('dates, which no step takes');
    default:
      return drop(`${type} values, which no step takes`);
  }
}
