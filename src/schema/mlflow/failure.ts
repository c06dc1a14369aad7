// An exception of Python as a value that can be thrown: class, template, arguments cut out of the text, and the text itself.

interface FailureFacts {
  /** Id of the message template; `native:*` for texts of numpy, pandas or Python itself. */
  readonly tmpl?: string;
  readonly args?: Readonly<Record<string, unknown>>;
  /** The text is MLflow's own, byte for byte what Python says. */
  readonly exact?: boolean;
}

export class PyFailure extends Error {
  /** Name of the Python class. */
  readonly exc: string;
  readonly tmpl: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly exact: boolean;

  constructor(exc: string, message: string, facts: FailureFacts = {}) {
    super(message);
    this.name = 'PyFailure';
    this.exc = exc;
    this.tmpl = facts.tmpl ?? 'other';
    this.args = facts.args ?? {};
    this.exact = facts.exact ?? false;
  }
}

/** An MlflowException with MLflow's own text. */
export function mlflowFailure(tmpl: string, message: string, args: Readonly<Record<string, unknown>> = {}): PyFailure {
  return new PyFailure('MlflowException', message, { tmpl, args, exact: true });
}
