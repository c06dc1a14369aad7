// Turns text into lines of at most `width` columns, broken at spaces; a longer word stands alone.
import { textWidth } from '../text/width.js';

export function wrap(text: string, width: number): string[] {
  return wrapWords(text.split(' '), width);
}

/** A command of mlctl or of the shell, to the end of its clause; words in quotes belong to it whatever they hold. */
const COMMAND = /\b(?:mlctl|export|npm|timedatectl|ulimit|gzip)(?: (?:'[^']*'|"[^"]*"|[^\s'"`;,()])+)+/g;

/** A hint: a command in it is not broken, so that it can be copied; one that is longer than a line is a line of its own. */
export function wrapHint(text: string, width: number): string[] {
  const words: string[] = [];
  let from = 0;
  for (const { 0: command, index } of text.matchAll(COMMAND)) {
    const before = text.slice(from, index).split(' ');
    const glued = before.pop()!;
    words.push(...before);
    from = index + command.length;
    const after = /^\S*/.exec(text.slice(from))![0];
    words.push(glued + command + after);
    from += after.length + 1;
  }
  if (from < text.length || from === 0) words.push(...text.slice(from).split(' '));
  return wrapWords(words, width);
}

function wrapWords(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
