// What a command is: facts that help, docs and completion read, and one function from flags to an answer.
import type { ExitCode } from '../errors/codes.js';
import type { World } from '../world.js';
import type { Style } from './style.js';
import type { Terminal } from './terminal.js';

export interface ArgumentFacts {
  /** `<uri>` where it is needed, `[uri]` where it is not. */
  readonly name: string;
  readonly meaning: string;
  /** The words it may be. */
  readonly choices?: readonly string[];
}

export interface OptionFacts {
  /** commander's spelling: `-i, --input <file>`. */
  readonly flags: string;
  readonly meaning: string;
  /** Other names of the same option, shown beside it. */
  readonly aliases?: string;
  readonly choices?: readonly string[];
  /** Whether this option of every command changes anything for the command; it does if left out. */
  readonly applies?: (command: Command) => boolean;
  /** Turns the text into the value; `before` is the value of the same option given earlier. Throws what the parser shows. */
  readonly parse?: (text: string, before: unknown) => unknown;
}

interface Example {
  readonly does: string;
  readonly line: string;
}

/** What a command answers: `document` is the --json answer without `schema` and `ok`. */
export interface Answer {
  readonly document: Readonly<Record<string, unknown>>;
  /** The same for people; without the last line feed. Empty where there is nothing to say. */
  readonly text: (style: Style) => string;
  /** What `--quiet` leaves of it; all of it if left out. */
  readonly verdict?: (style: Style) => string;
  readonly exit: ExitCode;
  /** Lines for the runner of a CI job, after the text. */
  readonly commands?: readonly string[];
  /** The document was written already, row by row. */
  readonly written?: boolean;
}

export interface Given {
  readonly args: readonly (string | undefined)[];
  /** commander's camelCase names. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly settings: Settings;
  readonly terminal: Terminal;
}

/** The common flags after precedence: flag, environment, configuration file, default. */
export interface Settings {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly offline: boolean;
  readonly mode: 'strict' | 'mlflow';
  /** Seconds; null where the command has no deadline. */
  readonly timeout: number | null;
  readonly trackingUri: string | undefined;
  readonly registryUri: string | undefined;
  readonly experiment: string | undefined;
  /** Configuration files that were read, nearest first. */
  readonly configFiles: readonly string[];
  /** Variables of `world.env` that a configuration file gave: name → file. */
  readonly fromConfig: ReadonlyMap<string, string>;
}

export interface Command {
  readonly name: string;
  readonly arguments: readonly ArgumentFacts[];
  readonly options: readonly OptionFacts[];
  readonly examples: readonly Example[];
  /** Exit codes it can give besides 2, 70, 130 and 143. */
  readonly exits: readonly ExitCode[];
  /** Variables that matter most to it. */
  readonly environment: readonly string[];
  /** True where a deadline holds without --timeout (contract §8.5). */
  readonly deadline: boolean;
  /** It runs until it is stopped: deadlines are for its start, and what is under way may end. */
  readonly staysUp?: true;
  /** What the spinner says meanwhile. */
  readonly doing: string;
  run(world: World, given: Given): Promise<Answer>;
}
