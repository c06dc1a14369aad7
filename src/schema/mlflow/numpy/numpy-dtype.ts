// Turns any spelling that `np.dtype()` accepts into the name numpy gives it (`<f4` → `float32`), or null.

const NAMES: readonly (readonly [name: string, spellings: string])[] = [
  ['bool', '? b1 bool bool_'],
  ['int8', 'b i1 byte int8'],
  ['int16', 'h i2 short int16'],
  ['int32', 'i i4 intc int32'],
  ['int64', 'l n p i8 int int_ intp long int64 q longlong'],
  ['uint8', 'B u1 ubyte uint8'],
  ['uint16', 'H u2 ushort uint16'],
  ['uint32', 'I u4 uintc uint32'],
  ['uint64', 'L N P u8 uint uintp ulong uint64 Q ulonglong'],
  ['float16', 'e f2 half float16'],
  ['float32', 'f f4 single float32'],
  ['float64', 'd f8 double float float64'],
  ['float128', 'g f16 longdouble float128'],
  ['complex64', 'F c8 csingle complex64'],
  ['complex128', 'D c16 complex cdouble complex128'],
  ['complex256', 'G c32 clongdouble complex256'],
  ['str', 'U U0 str str_ unicode'],
  ['bytes', 'a S S0 a0 bytes bytes_'],
  ['bytes8', 'c'],
  ['void', 'V V0 void'],
  ['object', 'O O4 O8 object object_'],
  ['datetime64', 'M M8 datetime64'],
  ['timedelta64', 'm m8 timedelta64'],
];

const BY_SPELLING = new Map(
  NAMES.flatMap(([name, spellings]) => spellings.split(' ').map((spelling) => [spelling, name] as const)),
);
const UNIT = /^(?<kind>datetime64|timedelta64|M8|m8)\[(?<unit>\d*(?:generic|[YMWDhms]|[munpfa]s))\]$/;
/** Sized text, bytes and void carry their size in bits. */
const SIZED = /^(?<letter>[USaV])(?<size>[1-9]\d{0,8})$/;
const BITS: Readonly<Record<string, readonly [string, number]>> = {
  U: ['str', 32],
  S: ['bytes', 8],
  a: ['bytes', 8],
  V: ['void', 8],
};

export function dtypeName(spelling: string): string | null {
  // Only the short spellings may have a byte order in front.
  const bare = /^[<>=|]/.test(spelling) ? spelling.slice(1) : spelling;
  if (bare !== spelling && !/^(?:.|[A-Za-z]\d+|[Mm]8\[.*\])$/.test(bare)) return null;
  const plain = BY_SPELLING.get(bare);
  if (plain !== undefined) return plain;
  const sized = SIZED.exec(bare)?.groups;
  if (sized) {
    const [name, bits] = BITS[sized.letter!]!;
    return `${name}${Number(sized.size) * bits}`;
  }
  const dated = UNIT.exec(bare)?.groups;
  if (!dated) return null;
  const kind = dated.kind === 'M8' || dated.kind === 'datetime64' ? 'datetime64' : 'timedelta64';
  return dated.unit === 'generic' ? kind : `${kind}[${dated.unit!.replace(/^1(?=\D)/, '')}]`;
}
