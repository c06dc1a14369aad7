// Turns the classes that Python saved of a tree or a forest into ours: of one target, or of several.
import type { TreeClasses } from '../../estimators/tree/class-outputs.js';
import type { Attributes } from '../attributes.js';
import type { TreeTargets } from './read-tree.js';

/** Also what the values of the trees then are. */
export function readTreeClasses(attributes: Attributes): { classes: TreeClasses; targets: TreeTargets } {
  const value = attributes.get('classes_');
  const outputs = attributes.maybe('n_outputs_')?.integer(1) ?? 1;
  if (outputs === 1) {
    const classes_ = value.labels();
    return { classes: { classes_ }, targets: { classes: [classes_.values.length] } };
  }
  const outputs_ = value.items().map((item) => item.labels());
  if (outputs_.length !== outputs) value.fail(`classes of ${outputs} targets`);
  return {
    classes: { classes_: outputs_[0]!, outputs_ },
    targets: { classes: outputs_.map(({ values }) => values.length) },
  };
}
