// Turns an offset into MLflow's page token and back: base64 of {"offset": n}, as Python's store writes it; opaque to callers.
import { MlctlError } from '../errors/error.js';

export function formatPageToken(offset: number): string {
  return Buffer.from(JSON.stringify({ offset }), 'utf8').toString('base64');
}

export function parsePageToken(token: string | undefined): number {
  if (!token) return 0;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, 'base64').toString('utf8'));
    const offset = (parsed as { offset?: unknown } | null)?.offset;
    if (typeof offset === 'number' && Number.isSafeInteger(offset) && offset > 0) return offset;
  } catch {}
  throw new MlctlError('SEARCH_INVALID', 'the page token is not one that a search gave', {
    hint: 'begin the search again without a token',
  });
}
