// The texts that stand for a missing text in a graph: the empty one, and what Python's onnxruntime makes of NaN, None and pandas.NA
// in a text column (`str` of each).

export const PYTHON_MISSING = ['nan', 'None', '<NA>'] as const;

export const MISSING_TEXTS: ReadonlySet<string> = new Set(['', ...PYTHON_MISSING]);
