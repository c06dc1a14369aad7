// Turns an object that a file of Python holds into its attributes by name.
import type { Fitted } from '../estimators/fitted.js';
import { isSaved } from './is-saved.js';
import { malformed } from './refuse.js';
import type { Saved, SavedObject } from './saved.js';
import { Value } from './value.js';

export class Attributes {
  private readonly byName = new Map<string, Saved>();

  readonly object: SavedObject;
  /** Its place in the file, such as `steps[1]`; empty for the model itself. */
  readonly where: string;

  constructor(value: Value) {
    const { saved } = value;
    if (!isSaved(saved, 'object')) value.fail('an object');
    this.object = saved;
    this.where = value.where;
    for (const state of statesOf(saved.state))
      for (const [key, entry] of state) if (typeof key === 'string') this.byName.set(key, entry);
  }

  /** The name of its class, without the module. */
  get kind(): string {
    return this.object.name;
  }

  has(name: string): boolean {
    return this.byName.has(name);
  }

  /** An attribute that has to be there; it may be None. */
  get(name: string): Value {
    const saved = this.byName.get(name);
    if (saved !== undefined) return new Value(saved, this.placeOf(name));
    throw malformed(this.placeOf(name), 'nothing', `an attribute of a fitted ${this.kind}`);
  }

  /** Null if the attribute is None or not there, as in older versions of a library. */
  maybe(name: string): Value | null {
    const saved = this.byName.get(name);
    return saved === undefined || saved === null ? null : new Value(saved, this.placeOf(name));
  }

  /** An argument of the class's `__reduce__`. */
  argument(index: number): Value {
    return new Value(this.object.args[index] ?? null, `${this.where} (argument ${index})`);
  }

  /** What every fitted estimator has. `width` is the number of its columns, for a class that does not keep it. */
  fitted<Kind extends string>(kind: Kind, width?: number): Fitted<Kind> {
    const names = this.maybe('feature_names_in_')?.texts();
    const said = this.maybe('n_features_in_')?.integer(0);
    if (width !== undefined && said !== undefined && said !== width)
      this.get('n_features_in_').fail(`${width}, the number of columns that its other attributes are for`);
    const count = width ?? said ?? names?.length ?? 0;
    if (names && names.length !== count) this.get('feature_names_in_').fail(`the names of ${count} columns`);
    const featuresIn = names ? { names } : { count };
    return { kind, featuresIn, dtype: 'float64' };
  }

  /** Whether an older version of scikit-learn than this saved it. An estimator without a version counts as new. */
  isBefore(major: number, minor: number): boolean {
    const version = /^(\d{1,3})\.(\d{1,3})/.exec(this.maybe('_sklearn_version')?.text() ?? '');
    if (!version) return false;
    const [foundMajor, foundMinor] = [Number(version[1]), Number(version[2])];
    return foundMajor < major || (foundMajor === major && foundMinor < minor);
  }

  private placeOf(name: string): string {
    return this.where === '' ? name : `${this.where}.${name}`;
  }
}

/** The state is a dict, or for classes with slots a pair of them. */
function statesOf(state: Saved): readonly (readonly [Saved, Saved])[][] {
  if (isSaved(state, 'dict')) return [state.entries];
  return isSaved(state, 'tuple') ? state.items.flatMap(statesOf) : [];
}
