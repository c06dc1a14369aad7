// Turns untrusted text into text of an XML or HTML document.
import { printable } from '../text/printable.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Untrusted text for XML content and attributes: control, invisible and non-XML characters shown as escapes, marks as entities. */
export function escapeXml(text: string, max = 300): string {
  return printable(text, max)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
}
