// Says whether a float32 keeps a number as it was written.

/** `float`: the number in single precision. Nothing overflows, underflows or loses digits of a whole number. */
export const keepsFloat = (value: number, float: number, isWhole: boolean): boolean =>
  float - float === 0 && (float !== 0 || value === 0) && (!isWhole || float === value);
