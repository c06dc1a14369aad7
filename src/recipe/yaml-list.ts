// Turns words into a list as YAML has it, for hints.

const MOST_SHOWN = 20;

export function yamlList(words: readonly string[]): string {
  const items = [...new Set(words)].map((word) => (/^[A-Za-z][\w-]*$/.test(word) ? word : JSON.stringify(word)));
  return `[${items.slice(0, MOST_SHOWN).join(', ')}]`;
}
