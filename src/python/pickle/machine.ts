// Turns one opcode after the other into plain values, on a stack of its own. Nothing is called and nothing is built.
import { monotonicMs } from '../../world.js';
import type { ReadLimits } from '../limits.js';
import type { DTypeField } from '../numpy/dtype.js';
import { hostile, malformed, unsupported } from '../refuse.js';
import type { Saved, SavedObject } from '../saved.js';
import { pathTo } from './path-to.js';
import { PickleBytes } from './pickle-bytes.js';

/** Whether mlctl knows a class or a function by exactly this module and this name. */
export type IsKnown = (module: string, name: string) => boolean;

/** What stands for a call: the value that Python's function would return, as plain data. */
export type Call = (machine: Machine, args: readonly Saved[]) => Saved;

/** How often the clock is looked at, in opcodes. */
const CLOCK_EVERY = 1 << 14;
const SPARE_BYTES = 1 << 20;
const CONTAINER = 10;

export class Machine extends PickleBytes {
  stack: Saved[] = [];
  /** How long the stack was at each MARK that is still open. */
  marks: number[] = [];
  memo: Saved[] = [];
  /** What BUILD makes of the state of a value that is not an object with attributes; each value is built once. */
  readonly builders = new Map<Saved, (state: Saved) => Saved>();
  /** What an element of each dtype is: its base, and the shape if it is itself an array. */
  readonly dtypes = new Map<SavedObject, Pick<DTypeField, 'dtype' | 'shape'>>();
  #spent = 0;
  #copied = 0;
  #opcodes = 0;
  readonly #until: number;

  constructor(
    bytes: Uint8Array,
    readonly isKnown: IsKnown,
    readonly limits: ReadLimits,
    /** By module, a dot and name. Names have no dots, so the border between the two cannot shift. */
    public calls: ReadonlyMap<string, Call>,
  ) {
    super(bytes);
    this.#until = monotonicMs() + limits.milliseconds;
  }

  /** Runs a pickle inside of this one, which shares the file and the limits and nothing else. */
  nested(calls: ReadonlyMap<string, Call>, run: (machine: Machine) => Saved): Saved {
    const { stack, marks, memo, calls: own } = this;
    Object.assign(this, { stack: [], marks: [], memo: [], calls });
    const value = run(this);
    Object.assign(this, { stack, marks, memo, calls: own });
    return value;
  }

  /** Counts one opcode, which leaves at most one value on the stack or in the memo. */
  tick(): void {
    this.#opcodes += 1;
    this.spend(1);
    if (this.#opcodes % CLOCK_EVERY === 0 && monotonicMs() > this.#until)
      throw hostile(this.place, 'a pickle that is still not read', `at most ${this.limits.milliseconds} ms`);
  }

  /** Counts a list, a dict or an object, which takes far more memory than a number. */
  spendContainer(items: number): void {
    this.spend(CONTAINER + items);
  }

  /** Counts values that are made, or work as long as making them. */
  spend(values: number): void {
    this.#spent += values;
    if (this.#spent > this.limits.values)
      throw hostile(this.place, 'too many values', `at most ${this.limits.values} values`);
  }

  /** Counts bytes that are copied. A writer makes each array from bytes of its own, at most by way of a text. */
  spendBytes(bytes: number): void {
    this.#copied += bytes;
    const most = 2 * this.bytes.length + SPARE_BYTES;
    if (this.#copied > most) throw hostile(this.where, 'bytes that are used again and again', `at most ${most} bytes`);
  }

  /** Where the value stands that is being read, as far as the stack tells. */
  get place(): string {
    const path = pathTo(this.stack, this.marks);
    return path === '' ? this.where : `${path}, ${this.where}`;
  }

  push(value: Saved): void {
    this.stack.push(value);
  }

  /** Nothing below the last MARK can be taken away. */
  pop(): Saved {
    if (this.stack.length <= (this.marks.at(-1) ?? 0)) throw this.malformed('an empty stack', 'a value before it');
    return this.stack.pop() as Saved;
  }

  top(): Saved {
    if (this.stack.length <= (this.marks.at(-1) ?? 0)) throw this.malformed('an empty stack', 'a value before it');
    return this.stack.at(-1) as Saved;
  }

  mark(): void {
    if (this.marks.length >= this.limits.depth)
      throw hostile(this.where, 'MARK inside MARK', `at most ${this.limits.depth} levels`);
    this.marks.push(this.stack.length);
  }

  /** Everything since the last MARK, which is closed. */
  popMark(): Saved[] {
    const from = this.marks.pop();
    if (from === undefined) throw this.malformed('no MARK on the stack', 'a MARK before it');
    return this.stack.splice(from);
  }

  remember(index: number): void {
    // A writer numbers its memo, and each number takes at least two bytes.
    if (index >= this.bytes.length)
      throw hostile(this.where, `the memo number ${index}`, 'numbers that count up from 0');
    this.spend(1);
    this.memo[index] = this.top();
  }

  recall(index: number): void {
    const value = this.memo[index];
    if (value === undefined) throw this.malformed(`the memo number ${index}`, 'one that was stored before');
    this.push(value);
  }

  malformed(found: string, expected: string): Error {
    return malformed(this.place, found, expected);
  }

  unsupported(found: string, expected: string, hint?: string): Error {
    return unsupported(this.place, found, expected, hint);
  }
}
