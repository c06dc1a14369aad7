// Turns the values of a table into what JSON can show, for JSON.stringify.

export const plainValue = (_: string, value: unknown): unknown =>
  typeof value === 'bigint'
    ? `${value}n`
    : value instanceof Map
      ? Object.fromEntries(value)
      : ArrayBuffer.isView(value)
        ? Array.from(value as unknown as ArrayLike<unknown>)
        : value;
