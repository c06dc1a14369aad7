// The tag that MLflow shows as the description of a run.
export const NOTE_TAG = 'mlflow.note.content';
