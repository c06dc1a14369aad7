// Ids of logged models (`m-` and 32 hex digits): what is an id, and which one a version's source `models:/m-…` names.

const ID = /^m-[0-9a-f]{32}$/i;

export const isLoggedModelId = (text: string): boolean => ID.test(text);

export function loggedModelIdOf(source: string): string | null {
  const rest = source.startsWith('models:/') ? source.slice('models:/'.length) : '';
  return isLoggedModelId(rest) ? rest.toLowerCase() : null;
}
