// Turns the text of a variable into a value: what a reader of one kind of setting is.

export interface Reader<Value> {
  /** What is accepted, as an error says it: `one of strict, mlflow`. */
  readonly expected: string;
  /** The value where the variable is not set. */
  readonly unset: Value;
  /** The same for people; null where there is nothing to say. */
  readonly shown: string | null;
  /** Whether what was given may be shown; secrets of an address in it never are. */
  readonly open: boolean;
  /** undefined for what is not accepted. */
  read(text: string): Value | undefined;
}
