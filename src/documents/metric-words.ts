// Says what a metric of `train` averages, for those who read it without its definition.

/** The mean over the classes, each counting the same. */
const MACRO = 'macro';

const WORDS: ReadonlyMap<string, string> = new Map([
  ['val_precision', MACRO],
  ['val_recall', MACRO],
  ['val_f1', MACRO],
  ['val_roc_auc', `each class against the rest, ${MACRO}`],
]);

/** `classes`: how many classes the model knows. null: the metric averages nothing. */
export function metricWords(name: string, classes: number): string | null {
  // With two classes there is one curve.
  return name === 'val_roc_auc' && classes === 2 ? null : (WORDS.get(name) ?? null);
}
