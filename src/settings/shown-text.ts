// Turns the text of a setting into what of it people and programs may see: nothing, unless its row in the table says otherwise.
import { printable } from '../text/printable.js';
import { redactText, redactUri } from '../text/redact.js';
import { SETTINGS, type Setting, type SettingName } from './settings.js';

/** null for nothing of it. */
export function shownText(name: SettingName, given: string, most = 400): string | null {
  const { reader, secret = false }: Setting<unknown> = SETTINGS[name];
  return secret || !reader.open ? null : printable(redactText(redactUri(given)), most);
}
