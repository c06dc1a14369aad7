// What a recipe says, checked and with every default filled in; parameters carry scikit-learn's names.

export interface StandardScalerParams {
  readonly with_mean: boolean;
  readonly with_std: boolean;
}

export interface MinMaxScalerParams {
  readonly feature_range: readonly [number, number];
  readonly clip: boolean;
}

export interface SimpleImputerParams {
  readonly strategy: 'mean' | 'median' | 'most_frequent' | 'constant';
  /** null: 0 for numbers, "missing_value" for text. */
  readonly fill_value: number | string | null;
}

export interface OneHotEncoderParams {
  readonly handle_unknown: 'error' | 'ignore';
  readonly drop: 'first' | 'if_binary' | null;
}

export interface LogisticRegressionParams {
  /** Infinity: no penalty. */
  readonly C: number;
  readonly max_iter: number;
  readonly tol: number;
  readonly fit_intercept: boolean;
  /** Pairs of class (as text) and weight, or scikit-learn's word. */
  readonly class_weight: 'balanced' | readonly (readonly [string, number])[] | null;
  readonly solver: 'lbfgs';
  /** lbfgs draws nothing; kept because recipes and logs name it. */
  readonly random_state: number | null;
}

interface Step<Kind extends string, Params> {
  readonly kind: Kind;
  readonly params: Params;
  /** null: all columns. */
  readonly columns: readonly string[] | null;
}

export type TransformerStep =
  | Step<'standard_scaler', StandardScalerParams>
  | Step<'min_max_scaler', MinMaxScalerParams>
  | Step<'simple_imputer', SimpleImputerParams>
  | Step<'one_hot_encoder', OneHotEncoderParams>;

/** Regressors join this union later. */
export type PredictorStep = Step<'logistic_regression', LogisticRegressionParams>;

export type PipelineStep = TransformerStep | PredictorStep;

export interface Recipe {
  /** The registered name where --register gives none. */
  readonly name: string | null;
  readonly experiment: string | null;
  readonly run_name: string | null;
  readonly data: {
    /** `iris`, a path relative to the recipe, or an s3:// address. */
    readonly source: string;
    readonly target: string;
    /** Columns that are neither feature nor target. */
    readonly drop: readonly string[];
  };
  readonly split: {
    /** A share in (0, 1), or a number of rows. */
    readonly test_size: number;
    readonly random_state: number;
    readonly stratify: boolean;
  };
  /** Transformers, then one predictor. */
  readonly pipeline: { readonly transformers: readonly TransformerStep[]; readonly predictor: PredictorStep };
}
