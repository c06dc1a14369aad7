// Turns a float64 into its exponential or logarithm, with the same last bit on every engine and processor: it uses only + − × ÷,
// whose results IEEE 754 fixes. (Math.exp and Math.log differ between engines, and a C++ compiler may fuse their multiply-adds on
// one processor and not on another.) Errors stay under one unit in the last place.

// 2^(j/32) for j = 0 … 31, each as the nearest double and the rest.
const ROOT = Float64Array.of(
  1.0,
  1.0218971486541166,
  1.0442737824274138,
  1.0671404006768237,
  1.0905077326652577,
  1.1143867425958924,
  1.1387886347566916,
  1.1637248587775775,
  1.189207115002721,
  1.215247359980469,
  1.241857812073484,
  1.2690509571917332,
  1.2968395546510096,
  1.3252366431597413,
  1.3542555469368927,
  1.383909881963832,
  Math.SQRT2,
  1.4451808069770467,
  1.4768261459394993,
  1.5091644275934228,
  1.5422108254079407,
  1.5759808451078865,
  1.6104903319492543,
  1.645755478153965,
  1.681792830507429,
  1.718619298122478,
  1.7562521603732995,
  1.7947090750031072,
  1.8340080864093424,
  1.8741676341103,
  1.9152065613971474,
  1.9571441241754002,
);
const ROOT_REST = Float64Array.of(
  0.0,
  5.109225028973444e-17,
  8.551889705537965e-17,
  -7.899853966841582e-17,
  -3.046782079812471e-17,
  1.0410278456845571e-16,
  8.912812676025408e-17,
  3.8292048369240935e-17,
  3.982015231465646e-17,
  -7.712630692681488e-17,
  4.658027591836937e-17,
  2.667932131342186e-18,
  2.5382502794888315e-17,
  -2.8587312100388614e-17,
  7.70094837980299e-17,
  -6.770511658794786e-17,
  -9.667293313452913e-17,
  -3.0237581349939873e-17,
  -3.483994556892796e-17,
  -1.016455327754295e-16,
  7.949834809697621e-17,
  -1.0136916471278304e-17,
  2.4707192569797888e-17,
  -1.0125679913674773e-16,
  8.199010020581497e-17,
  -1.851380418263111e-17,
  2.960140695448873e-17,
  1.8227458427912087e-17,
  3.283107224245627e-17,
  -6.122763413004143e-17,
  -1.0619946056195963e-16,
  8.960767791036668e-17,
);
const PER_LN2 = 46.16624130844683; // 32 / ln 2
const STEP_HIGH = 0.021660849335603416; // ln 2 / 32, its upper 29 bits, so that k · STEP_HIGH is exact
const STEP_LOW = 5.689487495325457e-11;
const LN2_HIGH = 0.6931471787393093;
const LN2_LOW = 1.8206359985041462e-9;
const ROUNDER = 6755399441055744; // 1.5 · 2^52: adding and taking it away rounds to the nearest integer

// 2^e for e = −1022 … 1023 at index e + 1022, made by doubling, which is exact.
const POWER = new Float64Array(2046);
POWER[0] = 2.2250738585072014e-308;
for (let e = 1; e < POWER.length; e++) POWER[e] = POWER[e - 1]! * 2;

/** e^x: x = (32 e + j) ln 2 / 32 + r, so e^x = 2^e · 2^(j/32) · e^r with |r| < 0.011, where six Taylor terms suffice. */
export function exp(x: number): number {
  if (!(x <= 709.782712893384)) return x > 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  if (x < -745.1332191019412) return 0;
  const k = x * PER_LN2 + ROUNDER - ROUNDER;
  const n = k | 0;
  return scaled(n, x - k * STEP_HIGH - k * STEP_LOW);
}

/** 2^x: x = n / 32 + r, and 2^r = e^(r ln 2). */
export function exp2(x: number): number {
  if (!(x < 1024)) return x > 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  if (x < -1075) return 0;
  const k = x * 32 + ROUNDER - ROUNDER;
  return scaled(k | 0, (x - k / 32) * Math.LN2);
}

/** 2^(n/32) e^r. */
function scaled(n: number, r: number): number {
  const square = r * r;
  const series = r + square * (0.5 + r * (1 / 6) + square * (1 / 24 + r * (1 / 120) + square * (1 / 720)));
  const j = n & 31;
  const root = ROOT[j]!;
  const value = root + (ROOT_REST[j]! + root * series);
  const e = n >> 5;
  // 2^1024 is not a double, and below 2^−1022 only the last product may round
  if (e > 1023) return value * 2 * POWER[2045]!;
  if (e < -1022) return value * POWER[e + 1082]! * 8.673617379884035e-19; // 2^−60
  return value * POWER[e + 1022]!;
}

const bits = new Float64Array(1);
const words = new Uint32Array(bits.buffer);

/** ln x: x = 2^k (1 + f) with 1 + f in [√½, √2), and ln(1 + f) = f − (f²/2 − s (f²/2 + R)), s = f / (2 + f), R = 2 Σ s^2i / (2i + 1). */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let k = 0;
  let value = x;
  if (x < 2.2250738585072014e-308) {
    value = x * 18014398509481984; // 2^54
    k = -54;
  }
  bits[0] = value;
  const high = words[1]!;
  k += (high >>> 20) - 1023;
  words[1] = (high & 0xfffff) | 0x3ff00000;
  let mantissa = bits[0]!;
  if (mantissa > Math.SQRT2) {
    mantissa *= 0.5;
    k += 1;
  }
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  const series =
    2 *
    z *
    (1 / 3 +
      z *
        (1 / 5 +
          z *
            (1 / 7 +
              z *
                (1 / 9 +
                  z * (1 / 11 + z * (1 / 13 + z * (1 / 15 + z * (1 / 17 + z * (1 / 19 + z * (1 / 21 + z / 23))))))))));
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + series) + k * LN2_LOW) - f);
}

/** ln(1 + x) for x ≥ 0, exact to the last places where x is small. */
export function log1p(x: number): number {
  const sum = 1 + x;
  return log(sum) + (x - (sum - 1)) / sum;
}
