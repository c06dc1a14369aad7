// A column of the data that a model takes, as in its signature. Numbers are used as float64 inside, and text stays text.

export interface FeatureColumn {
  readonly name: string;
  readonly type: 'double' | 'long' | 'string' | 'boolean';
  /** False if the training data had missing values in it (an imputer fills them). */
  readonly required: boolean;
}
