// Turns the Arrow schema that a writer left in a Parquet file (`ARROW:schema`) into facts that Parquet's own types do not give.
// The format: https://github.com/apache/arrow/blob/main/format/Schema.fbs and Message.fbs, in FlatBuffers.

/** What is known of one column; units as numpy writes them. */
export interface ArrowHint {
  readonly name: string;
  readonly zone?: string;
  /** The column counts time spans of this unit. */
  readonly duration?: TimeUnit;
  /** Values of a dictionary: pandas' category. */
  readonly dictionary: boolean;
}

export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

const UNITS: readonly TimeUnit[] = ['s', 'ms', 'us', 'ns'];
/** Positions in the union `Type`. */
const TIMESTAMP = 10;
const DURATION = 18;
const SCHEMA = 1;
const text = new TextDecoder();

/** Null if the text is not such a schema; a file is also read without it. */
export function readArrowSchema(base64: string): ArrowHint[] | null {
  try {
    const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
    const view = new DataView(bytes.buffer);
    // Newer writers put a mark before the length.
    const start = view.getInt32(0, true) === -1 ? 8 : 4;
    const message = new FlatTable(view, start + view.getUint32(start, true));
    const schema = message.table(2);
    if (message.byte(1) !== SCHEMA || schema === null) return null;
    return schema.tables(1).map(hintOf);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function hintOf(field: FlatTable): ArrowHint {
  const kind = field.byte(2);
  const type = field.table(3);
  const zone = kind === TIMESTAMP ? type?.text(1) : undefined;
  const duration = kind === DURATION ? UNITS[type?.short(0, 1) ?? 1] : undefined;
  return {
    name: field.text(0),
    dictionary: field.table(4) !== null,
    ...(zone ? { zone } : {}),
    ...(duration === undefined ? {} : { duration }),
  };
}

/** A table of FlatBuffers: it starts with a signed distance to its vtable, which holds the positions of its fields. */
class FlatTable {
  readonly #view: DataView;
  readonly #at: number;
  readonly #vtable: number;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
    this.#vtable = at - view.getInt32(at, true);
  }

  /** Where a field is; 0 if it is left out. */
  #place(field: number): number {
    const slot = 4 + 2 * field;
    if (slot >= this.#view.getUint16(this.#vtable, true)) return 0;
    const offset = this.#view.getUint16(this.#vtable + slot, true);
    return offset === 0 ? 0 : this.#at + offset;
  }

  #target(place: number): number {
    return place + this.#view.getUint32(place, true);
  }

  byte(field: number): number {
    const place = this.#place(field);
    return place === 0 ? 0 : this.#view.getUint8(place);
  }

  short(field: number, otherwise: number): number {
    const place = this.#place(field);
    return place === 0 ? otherwise : this.#view.getInt16(place, true);
  }

  table(field: number): FlatTable | null {
    const place = this.#place(field);
    return place === 0 ? null : new FlatTable(this.#view, this.#target(place));
  }

  text(field: number): string {
    const place = this.#place(field);
    if (place === 0) return '';
    const at = this.#target(place);
    return text.decode(new Uint8Array(this.#view.buffer, at + 4, this.#view.getUint32(at, true)));
  }

  tables(field: number): FlatTable[] {
    const place = this.#place(field);
    if (place === 0) return [];
    const at = this.#target(place);
    const count = this.#view.getUint32(at, true);
    if (at + 4 + 4 * count > this.#view.byteLength) throw new RangeError('a vector longer than the schema');
    return Array.from({ length: count }, (_, i) => new FlatTable(this.#view, this.#target(at + 4 + 4 * i)));
  }
}
