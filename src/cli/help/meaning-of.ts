// Turns an option into the sentence that help and docs show: several spellings and the choices belong to it.
import type { OptionFacts } from '../command.js';

export function meaningOf(option: OptionFacts): string {
  const choices = option.choices ? ` One of: ${option.choices.join(', ')}.` : '';
  const aliases = option.aliases ? ` Also ${option.aliases}.` : '';
  return `${option.meaning}${choices}${aliases}`;
}
