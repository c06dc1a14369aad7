// How text for one stream is dressed: colour or none, marks in Unicode or ASCII, columns.

type Mark = 'pass' | 'fail' | 'warn' | 'skip' | 'note';
type Paint = (text: string) => string;

export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
  readonly unicode: boolean;
  /** Columns that paragraphs stay within. */
  readonly width: number;
  /** Columns of the terminal, which tables stay within; Infinity where nobody watches and programs may read. */
  readonly columns: number;
}

const MARKS: Record<
  Mark,
  readonly [unicode: string, ascii: string, colour: 'green' | 'red' | 'yellow' | 'dim' | 'cyan']
> = {
  pass: ['✔', '+', 'green'],
  fail: ['✖', 'x', 'red'],
  warn: ['!', '!', 'yellow'],
  skip: ['–', '-', 'dim'],
  note: ['•', '*', 'cyan'],
};

/** A mark is never used alone: the caller writes the word next to it. */
export function mark(style: Style, which: Mark): string {
  const [unicode, ascii, colour] = MARKS[which];
  return style[colour](style.unicode ? unicode : ascii);
}

const asIs: Paint = (text) => text;

export function plainStyle(unicode = false, width = 80, columns = Number.POSITIVE_INFINITY): Style {
  return { bold: asIs, dim: asIs, red: asIs, green: asIs, yellow: asIs, cyan: asIs, unicode, width, columns };
}
