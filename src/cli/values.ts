// Readers of option values: text in, value out, or the usage error that says what was expected.
import { MlctlError } from '../errors/error.js';
import { SETTINGS, type Setting, type SettingName, type SettingValue } from '../settings/settings.js';
import { nearestNames } from '../text/nearest-names.js';

function refuse(option: string, text: string, expected: string, hint?: string): never {
  throw new MlctlError('USAGE', `${option} needs ${expected}, found ${JSON.stringify(text.slice(0, 200))}`, {
    ...(hint === undefined ? {} : { hint }),
    details: { option, found: text.slice(0, 200), expected },
  });
}

export function numberOf(option: string, bounds: { readonly above?: number; readonly most?: number } = {}) {
  const { above = Number.NEGATIVE_INFINITY, most = Number.MAX_VALUE } = bounds;
  return (text: string): number => {
    const value = text.trim() === '' || /^[+-]?0[xob]/i.test(text.trim()) ? Number.NaN : Number(text);
    if (Number.isFinite(value) && value > above && value <= most) return value;
    return refuse(option, text, above === 0 ? 'a number above 0' : 'a number');
  };
}

export function wholeOf(option: string, least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d{1,15}$/.test(text) && value >= least && value <= most) return value;
    return refuse(option, text, `a whole number from ${least} to ${most}`);
  };
}

export function oneOf<Choice extends string>(option: string, choices: readonly Choice[]) {
  return (text: string): Choice => {
    const [near] = nearestNames(text, choices, 1);
    const hint = (near === undefined ? choices : [near]).map((choice) => `${option} ${choice}`).join(' or ');
    return choices.find((choice) => choice === text) ?? refuse(option, text, `one of ${choices.join(', ')}`, hint);
  };
}

/** An option that stands for a setting is read as the setting is. */
export function optionLike<Name extends SettingName>(option: string, name: Name) {
  const { reader } = SETTINGS[name] as unknown as Setting<SettingValue<Name>>;
  return (text: string): SettingValue<Name> => reader.read(text) ?? refuse(option, text, reader.expected);
}

/** `key=value`, any number of times; a later value of the same key wins. The value may hold further `=`. */
export function pairs<Value>(option: string, read: (text: string) => Value) {
  return (text: string, before: unknown): Map<string, Value> => {
    const at = text.indexOf('=');
    if (at < 1) refuse(option, text, 'key=value');
    const sofar = before instanceof Map ? (before as Map<string, Value>) : new Map<string, Value>();
    return sofar.set(text.slice(0, at), read(text.slice(at + 1)));
  };
}

/** Any number of times, in the order given. */
export const list = (text: string, before: unknown): string[] => [...(Array.isArray(before) ? before : []), text];

/** `a,b,"c, d"`, and any number of times: words separated by commas, one that holds a comma in double quotes. */
export function words(option: string) {
  return (text: string, before: unknown): string[] => {
    const found: string[] = [''];
    let inside = false;
    for (const char of text) {
      if (char === '"') inside = !inside;
      else if (char === ',' && !inside) found.push('');
      else found[found.length - 1] += char;
    }
    if (inside || found.includes('')) refuse(option, text, 'words separated by commas');
    return [...new Set([...(Array.isArray(before) ? (before as string[]) : []), ...found])];
  };
}

/** A metric may be no number, as in MLflow; `--json` then shows the word. */
export function metricOf(option: string) {
  const words = new Map([
    ['nan', Number.NaN],
    ['inf', Number.POSITIVE_INFINITY],
    ['infinity', Number.POSITIVE_INFINITY],
    ['-inf', Number.NEGATIVE_INFINITY],
    ['-infinity', Number.NEGATIVE_INFINITY],
  ]);
  const number = numberOf(option);
  return (text: string): number => words.get(text.trim().toLowerCase()) ?? number(text);
}
