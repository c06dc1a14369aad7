// The tag of a version that holds the answer to the model's own example, where the package has none recorded inside.

export const GOLDEN_TAG = 'mlctl.golden_predictions';
