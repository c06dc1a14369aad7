// Turns the type of a column, as the JSON of a signature has it, into words.

type Spec = Readonly<Record<string, unknown>>;

export const isSpec = (value: unknown): value is Spec =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `array of long`, `object {a: double, b?: string}`, `tensor float32 [N, 4]`. */
export function typeWords(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value;
  if (!isSpec(value) || depth > 8) return '…';
  const { type } = value;
  if (type === 'tensor' && isSpec(value['tensor-spec'])) {
    const { dtype, shape } = value['tensor-spec'];
    const sizes = Array.isArray(shape) ? shape.map((size) => (size === -1 ? 'N' : String(size))).join(', ') : '…';
    return `tensor ${String(dtype)} [${sizes}]`;
  }
  if (type === 'array') return `array of ${typeWords(value.items, depth + 1)}`;
  if (type === 'map') return `map of ${typeWords(value.values, depth + 1)}`;
  if (type === 'object' && isSpec(value.properties)) {
    const inner = Object.entries(value.properties).map(([name, property]) => {
      const optional = isSpec(property) && property.required !== true ? '?' : '';
      return `${name}${optional}: ${typeWords(property, depth + 1)}`;
    });
    return `object {${inner.join(', ')}}`;
  }
  return String(type ?? '…');
}
