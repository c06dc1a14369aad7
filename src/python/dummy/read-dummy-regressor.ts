// Turns what Python saved of a DummyRegressor into its value.
import type { DummyRegressor } from '../../estimators/dummy/dummy-regressor.js';
import type { Attributes } from '../attributes.js';

export function readDummyRegressor(attributes: Attributes): DummyRegressor {
  const targets = attributes.get('n_outputs_').integer(1);
  const constant = attributes.get('constant_');
  const { values } = constant.numbers();
  // numpy repeats one number
  const fits = values.length === targets || values.length === 1;
  return {
    ...attributes.fitted('DummyRegressor'),
    constant_: fits && targets <= values.length ? values : constant.fail(`${targets} numbers`),
  };
}
