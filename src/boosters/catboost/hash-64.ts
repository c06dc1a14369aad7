// Joins numbers to CatBoost's 64-bit hash of a combination of features, in two halves, because BigInt is slow.

const MULTIPLIER_HIGH = 0x4906ba49;
const MULTIPLIER_LOW = 0x4954cb65;

/** A 64-bit integer. */
export class Hash64 {
  low = 0;
  high = 0;

  clear(): void {
    this.low = 0;
    this.high = 0;
  }

  /** `hash = M * (hash + M * value)`, the value taken for a signed 64-bit integer. */
  add(value: number): void {
    const [low, high] = [this.low, this.high];
    this.low = value | 0;
    this.high = value < 0 ? -1 : 0;
    this.#multiply();
    const sum = (this.low >>> 0) + (low >>> 0);
    this.high = (this.high + high + (sum > 0xffffffff ? 1 : 0)) | 0;
    this.low = sum | 0;
    this.#multiply();
  }

  #multiply(): void {
    const { low, high } = this;
    const cross = Math.imul(low, MULTIPLIER_HIGH) + Math.imul(high, MULTIPLIER_LOW);
    this.low = Math.imul(low, MULTIPLIER_LOW);
    this.high = (upperHalf(low >>> 0, MULTIPLIER_LOW) + cross) | 0;
  }
}

/** The upper 32 bits of the product of two unsigned 32-bit integers. */
function upperHalf(a: number, b: number): number {
  const [aLow, aHigh, bLow, bHigh] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const other = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(other / 65536)) | 0;
}
