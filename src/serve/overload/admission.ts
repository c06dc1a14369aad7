// Decides which predictions are let in: all of them while the server keeps up, and only as many as it can answer at once while more
// come than that.

/** More than this at a time only wait for each other. */
const MOST = 128;
/** Fewer than this never are too many, however long one of them takes. */
const FEW = 16;
/** Where all answers take longer than this, for longer than that, more come than can be answered. */
const SLOW_MS = 1000;
const SLOW_FOR_MS = 1000;
/** How often an overload is looked at again. */
const WINDOW_MS = 1000;
/** Where so many connections are held back, an end would only begin the next overload. */
const MOST_HELD = 64;
/** Others are there if one of them was answered so recently. */
const OTHERS_MS = 5;

export class Admission {
  /** Predictions that were let in and not answered yet. */
  underWay = 0;
  /** Connections that are not read for the moment, because their last request was refused. */
  held = 0;
  readonly #now: () => number;
  readonly #atNextTurn: (work: () => void) => void;
  readonly #workers: () => number;
  /** One turn of the event loop: the requests that were waiting when it looked at the sockets. */
  #isInTurn = false;
  #inTurn = 0;
  /** Since when all answers were slow; null if the last was not. */
  #slowSince: number | null = null;
  #lastAnswer = 0;
  #isOverloaded = false;
  #windowStart = 0;
  #let = 0;
  #refused = 0;

  /** `workers`: how many processes answer beside this one. */
  constructor(now: () => number, atNextTurn: (work: () => void) => void, workers: () => number) {
    this.#now = now;
    this.#atNextTurn = atNextTurn;
    this.#workers = workers;
  }

  /** Only as many are let in as are answered at once. */
  get isOverloaded(): boolean {
    return this.#isOverloaded;
  }

  /**
   * For a request whose body has not been read: it would be refused, so that reading it is not worth the time. `isLate`: it has
   * waited for long, so its place goes to others, if there are any.
   */
  isFull(isLate: boolean): boolean {
    if (!this.#isOverloaded) return false;
    const now = this.#now();
    this.#turn();
    this.#look(now);
    if (!this.#isOverloaded) return false;
    if (this.#hasRoom() && !(isLate && now - this.#lastAnswer < OTHERS_MS)) return false;
    this.#refused += 1;
    return true;
  }

  /** What `leave` is given later; null if it is refused. */
  enter(): number | null {
    const now = this.#now();
    this.#turn();
    if (this.#isOverloaded) this.#look(now);
    else if (Math.max(this.underWay, this.#inTurn) >= MOST) this.#overload(now);
    if (this.#isOverloaded && !this.#hasRoom()) {
      this.#refused += 1;
      return null;
    }
    this.underWay += 1;
    this.#inTurn += 1;
    this.#let += 1;
    return now;
  }

  leave(entered: number): void {
    this.underWay -= 1;
    const now = this.#now();
    this.#lastAnswer = now;
    const isSlow = this.underWay >= FEW && now - entered > SLOW_MS;
    this.#slowSince = isSlow ? (this.#slowSince ?? now) : null;
    if (isSlow && !this.#isOverloaded && now - this.#slowSince! > SLOW_FOR_MS) this.#overload(now);
  }

  #turn(): void {
    if (this.#isInTurn) return;
    this.#isInTurn = true;
    this.#inTurn = 0;
    this.#atNextTurn(() => {
      this.#isInTurn = false;
    });
  }

  /** One at a time, and two for each process, so that none has to wait for its next. */
  #hasRoom(): boolean {
    return this.#inTurn === 0 && this.underWay < Math.max(1, 2 * this.#workers());
  }

  #overload(now: number): void {
    this.#isOverloaded = true;
    this.#slowSince = null;
    this.#windowStart = now;
    this.#let = 0;
    this.#refused = 0;
  }

  /** It is over once most are let in and few are held back, or nobody came. */
  #look(now: number): void {
    if (now - this.#windowStart < WINDOW_MS) return;
    const isOver = this.#refused < this.#let && this.held <= MOST_HELD;
    // The last answer, because a turn of the event loop may itself take longer than that.
    if (isOver || now - this.#lastAnswer >= WINDOW_MS) this.#isOverloaded = false;
    else this.#overload(now);
  }
}
