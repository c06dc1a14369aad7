// Turns a class name of scikit-learn into the name of its step in recipes and messages: `StandardScaler` → `standard_scaler`.

export function stepName(kind: string): string {
  return kind
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}
