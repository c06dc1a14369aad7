// Turns a category's text into CatBoost's hash: the lower half of CityHash64 in its first version (CityHash 1.0, Google, 2011).

const MASK = 0xffffffffffffffffn;
const K0 = 0xc3a5c85c97cb3127n;
const K1 = 0xb492b66fbe98f273n;
const K2 = 0x9ae16a3b2f90404fn;
const K3 = 0xc949d7c7509e6557n;
/** Of Hash128to64. */
const MURMUR = 0x9ddfea08eb382d69n;

const cut = (value: bigint): bigint => value & MASK;
const rotate = (value: bigint, by: bigint): bigint => cut((value >> by) | (value << (64n - by)));
const mix = (value: bigint): bigint => value ^ (value >> 47n);

function join(low: bigint, high: bigint): bigint {
  const a = mix(cut((low ^ high) * MURMUR));
  const b = mix(cut((high ^ a) * MURMUR));
  return cut(b * MURMUR);
}

/** CatBoost takes the hash for an int, so the upper half of them is negative. */
export function hashOfCategory(text: string): number {
  return Number(BigInt.asIntN(32, cityHash64(new TextEncoder().encode(text))));
}

function cityHash64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const size = bytes.length;
  if (size <= 16) return upTo16(view, size);
  if (size <= 32) return upTo32(view, size);
  if (size <= 64) return upTo64(view, size);
  return longer(view, size);
}

const at64 = (view: DataView, at: number): bigint => view.getBigUint64(at, true);

function upTo16(view: DataView, size: number): bigint {
  const length = BigInt(size);
  if (size > 8) {
    const [a, b] = [at64(view, 0), at64(view, size - 8)];
    return join(a, rotate(cut(b + length), length)) ^ b;
  }
  if (size >= 4) {
    const a = BigInt(view.getUint32(0, true));
    return join(cut(length + (a << 3n)), BigInt(view.getUint32(size - 4, true)));
  }
  if (size === 0) return K2;
  const y = BigInt(view.getUint8(0) + (view.getUint8(size >> 1) << 8));
  const z = BigInt(size + (view.getUint8(size - 1) << 2));
  return cut(mix(cut(y * K2) ^ cut(z * K3)) * K2);
}

function upTo32(view: DataView, size: number): bigint {
  const a = cut(at64(view, 0) * K1);
  const b = at64(view, 8);
  const c = cut(at64(view, size - 8) * K2);
  const d = cut(at64(view, size - 16) * K0);
  return join(cut(rotate(cut(a - b), 43n) + rotate(c, 30n) + d), cut(a + rotate(b ^ K3, 20n) - c + BigInt(size)));
}

function upTo64(view: DataView, size: number): bigint {
  const half = (first: bigint, z: bigint, second: bigint, third: bigint): [bigint, bigint] => {
    let a = first;
    const b = rotate(cut(a + z), 52n);
    let c = rotate(a, 37n);
    a = cut(a + second);
    c = cut(c + rotate(a, 7n));
    a = cut(a + third);
    return [cut(a + z), cut(b + rotate(a, 31n) + c)];
  };
  const start = cut(at64(view, 0) + (BigInt(size) + at64(view, size - 16)) * K0);
  const [vf, vs] = half(start, at64(view, 24), at64(view, 8), at64(view, 16));
  const end = cut(at64(view, 16) + at64(view, size - 32));
  const [wf, ws] = half(end, at64(view, size - 8), at64(view, size - 24), at64(view, size - 16));
  const r = mix(cut((vf + ws) * K2 + (wf + vs) * K0));
  return cut(mix(cut(r * K0 + vs)) * K2);
}

/** 32 bytes into a state of two numbers. */
function fold(view: DataView, at: number, first: bigint, second: bigint): [bigint, bigint] {
  const [w, x, y, z] = [at64(view, at), at64(view, at + 8), at64(view, at + 16), at64(view, at + 24)];
  let a = cut(first + w);
  let b = rotate(cut(second + a + z), 21n);
  const c = a;
  a = cut(a + x + y);
  b = cut(b + rotate(a, 44n));
  return [cut(a + z), cut(b + c)];
}

function longer(view: DataView, size: number): bigint {
  const length = BigInt(size);
  let x = at64(view, 0);
  let y = at64(view, size - 16) ^ K1;
  let z = at64(view, size - 56) ^ K0;
  let v = fold(view, size - 64, length, y);
  let w = fold(view, size - 32, cut(length * K1), K0);
  z = cut(z + mix(v[1]) * K1);
  x = cut(rotate(cut(z + x), 39n) * K1);
  y = cut(rotate(y, 33n) * K1);
  const blocks = (size - 1) & ~63;
  for (let at = 0; at < blocks; at += 64) {
    x = cut(rotate(cut(x + y + v[0] + at64(view, at + 16)), 37n) * K1);
    y = cut(rotate(cut(y + v[1] + at64(view, at + 48)), 42n) * K1);
    x ^= w[1];
    y ^= v[0];
    z = rotate(z ^ w[0], 33n);
    v = fold(view, at, cut(v[1] * K1), cut(x + w[0]));
    w = fold(view, at + 32, cut(z + w[1]), y);
    [x, z] = [z, x];
  }
  return join(cut(join(v[0], w[0]) + mix(y) * K1 + z), cut(join(v[1], w[1]) + x));
}
