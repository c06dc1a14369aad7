// The powers of ten that are exact in a double: 10^0 … 10^22.

export const POWERS_OF_TEN: readonly number[] = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
