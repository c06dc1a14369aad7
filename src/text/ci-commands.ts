// Turns text into text that a CI runner takes for text: what would be a command to it is broken by an escape, and read by people as before.

/**
 * GitHub's runner takes a line for a command if it begins with `::` after blanks, and `##[` at any place. Azure's: `##vso[` and
 * `##[`, TeamCity's: `##teamcity[`, and GitLab's section marks. The runners know more kinds of blanks than space and tab.
 */
const LINE_COMMAND = /^([\s\u0085]*):(?=:)/gmu;
const INNER_COMMAND = /#(?=#\w{0,20}\[)/g;
const SECTION = /s(?=ection_(?:start|end):)/g;

/** For text that people read, of any number of lines. */
export const breakCommands = (text: string): string =>
  text.replace(LINE_COMMAND, '$1\\u{3a}').replace(INNER_COMMAND, '\\u{23}').replace(SECTION, '\\u{73}');

/** Within JSON these stand only in strings, so that the values stay the same. */
export const breakCommandsInJson = (json: string): string =>
  json.replace(INNER_COMMAND, '\\u0023').replace(SECTION, '\\u0073');

/** `before`: what was written just before, which may be the beginning of a command. */
export function holdsCommand(text: string, before: string): boolean {
  const whole = before + text;
  // What was before was looked at, and may begin in the middle of a line.
  const lines = before.endsWith('\n') ? text : whole.slice(whole.indexOf('\n') + 1);
  return [LINE_COMMAND, INNER_COMMAND, SECTION].some((command, k) => (k === 0 ? lines : whole).search(command) >= 0);
}
