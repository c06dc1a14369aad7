// A word that can stand at the end of a command line, and what it means.
export interface Candidate {
  readonly value: string;
  readonly meaning: string;
}
