// A column of the data a model takes, as in its signature. Numbers are used as float64 inside, text stays text.

export interface FeatureColumn {
  readonly name: string;
  readonly type: 'double' | 'long' | 'string' | 'boolean';
  /** False where the training data had missing values in it (an imputer fills them). */
  readonly required: boolean;
}
