// The names of registered models that a URI can spell: what keeps `models:/<name>/<version>` from having two meanings.

/** The name of a model that is trained on this file or address, if nobody names it. */
export function modelNameOfData(source: string): string {
  const path = source.includes('://') ? source.replace(/[?#].*$/s, '') : source;
  const file = path.split(/[\\/]/).pop() ?? '';
  const stem = file.replace(/\.gz$/i, '').replace(/(?<=.)\.[^.]*$/, '');
  const name = stem.replace(/[^\p{L}\p{N}_.-]+/gu, '_');
  return faultOfModelName(name) === null ? name : 'model';
}

/** What is wrong with the name, or null. */
export function faultOfModelName(name: string): string | null {
  if (name.trim() === '') return 'it is empty';
  if (/[/:\\]/.test(name)) return 'it may not contain / : or \\';
  if (name === '.' || name === '..') return 'it may not be . or ..';
  return /[\u0000-\u001f\u007f-\u009f]/.test(name) ? 'it may not contain control characters' : null;
}
