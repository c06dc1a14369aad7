// Turns a plain scalar into its value as PyYAML (YAML 1.1) reads it: the patterns of its resolver, so that a git hash like
// 12e4567 stays text here, too. Facts from PyYAML's resolver.py and constructor.py (yaml.safe_load); the code is our own.

/** A date or time without quotes. Python makes a date of it; only its text is needed here. */
export class YamlTimestamp {
  constructor(readonly text: string) {}
}

const BOOLEAN = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const INTEGER = /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const TIMESTAMP =
  /^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?)$/;

export const isYamlNull = (text: string): boolean => NULL.test(text);
export const isYamlBoolean = (text: string): boolean => BOOLEAN.test(text);
export const isYamlInteger = (text: string): boolean => INTEGER.test(text);
export const isYamlFloat = (text: string): boolean => FLOAT.test(text);
export const isYamlTimestamp = (text: string): boolean => TIMESTAMP.test(text);

/** Whether plain `text` is anything but a string to PyYAML (`=` and `<<` included, which it cannot construct). */
export function isYamlSpecial(text: string): boolean {
  return (
    isYamlNull(text) ||
    isYamlBoolean(text) ||
    isYamlInteger(text) ||
    isYamlFloat(text) ||
    isYamlTimestamp(text) ||
    text === '=' ||
    text === '<<'
  );
}

export const yamlBoolean = (text: string): boolean => ['yes', 'true', 'on'].includes(text.toLowerCase());

/** A number if it is exact, else a bigint. */
export function yamlInteger(text: string): number | bigint | undefined {
  const bare = text.replaceAll('_', '');
  const negative = bare.startsWith('-');
  const digits = bare.replace(/^[-+]/, '');
  let value: bigint;
  try {
    if (digits === '0') value = 0n;
    else if (/^0[bx]/.test(digits)) value = BigInt(digits);
    else if (digits.startsWith('0')) value = BigInt(`0o${digits.slice(1)}`);
    else if (digits.includes(':')) value = digits.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n);
    else value = BigInt(digits);
  } catch {
    return undefined;
  }
  if (/^0[bx]$/.test(digits)) return undefined;
  if (negative) value = -value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

export function yamlFloat(text: string): number {
  const bare = text.replaceAll('_', '').toLowerCase();
  const sign = bare.startsWith('-') ? -1 : 1;
  const digits = bare.replace(/^[-+]/, '');
  if (digits === '.inf') return sign * Number.POSITIVE_INFINITY;
  if (digits === '.nan') return Number.NaN;
  if (digits.includes(':')) return sign * digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return sign * Number(digits);
}
