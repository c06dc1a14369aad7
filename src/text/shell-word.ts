// Turns any text into one word of a shell command.

export const shellWord = (text: string): string =>
  /^[\w.,:@+%=/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
