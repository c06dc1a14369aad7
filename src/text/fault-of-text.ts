// Turns a text into what keeps UTF-8 or a C string from holding it; null if nothing does.

/** A NUL ends a C string, so what comes after it would be lost; half a surrogate pair has no UTF-8. */
export function faultOfText(text: string): string | null {
  if (text.includes('\0')) return 'a NUL character';
  return (text as string & { isWellFormed(): boolean }).isWellFormed() ? null : 'half a surrogate pair';
}
