// A reader of one kind of setting: turns the text of a variable into a value.

export interface Reader<Value> {
  /** What is accepted, for errors: `one of strict, mlflow`. */
  readonly expected: string;
  /** The words that are accepted, if they are few. */
  readonly words?: readonly string[];
  /** The value if the variable is not set. */
  readonly unset: Value;
  /** The same in words; null if there is nothing to say. */
  readonly shown: string | null;
  /** Whether what was given may be shown; secrets of an address in it never are. */
  readonly open: boolean;
  /** undefined for what is not accepted. */
  read(text: string): Value | undefined;
}
