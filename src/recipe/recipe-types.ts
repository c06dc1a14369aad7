// A recipe, checked and with every default filled in; parameters have scikit-learn's names.

export interface PipelineStep {
  /** scikit-learn's class name in snake_case: a step of `steps/table.ts`. */
  readonly name: string;
  /** As the step's schema shapes them. */
  readonly params: Readonly<Record<string, unknown>>;
  /** null: all columns. The others pass through, after the columns that the step makes. */
  readonly columns: readonly string[] | null;
}

/** Steps inside a step, over some of its columns. */
export interface StepsPart {
  readonly name: string;
  readonly columns?: readonly string[];
  readonly steps: readonly PipelineStep[] | 'passthrough' | 'drop';
}

/** Whether a parameter holds lists of steps. */
export function isParts(value: unknown): value is readonly StepsPart[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((part) => typeof part === 'object' && part !== null && 'steps' in part)
  );
}

export interface Recipe {
  /** The registered name if --register does not give one. */
  readonly name: string | null;
  readonly experiment: string | null;
  readonly run_name: string | null;
  readonly data: {
    /** `iris`, a path relative to the recipe, or an s3:// or https:// address. */
    readonly source: string;
    readonly target: string;
    /** Columns that are neither features nor the target. */
    readonly drop: readonly string[];
    /** null: as many as are plausible. */
    readonly max_classes: number | null;
    /** How the CSV is written, if it is not as usual. */
    readonly delimiter?: string | undefined;
    readonly decimal?: '.' | ',' | undefined;
    readonly encoding?: string | undefined;
    readonly missing_values?: readonly string[] | undefined;
    readonly quote?: string | null | undefined;
  };
  readonly split: {
    /** A share in (0, 1), or a number of rows. */
    readonly test_size: number;
    readonly random_state: number;
    /** Only classes can be kept in proportion, so it is false if the last step is a regressor. */
    readonly stratify: boolean;
  };
  /** Transformers, then one that predicts. */
  readonly pipeline: readonly PipelineStep[];
}
