// Turns an artifact location and parts of a path into the location below it; it may be a plain path or a URI with a query.
import { join } from 'node:path';

export function appendToLocation(location: string, ...parts: readonly string[]): string {
  const tail = parts.join('/');
  if (!/^[a-z][a-z0-9+.-]+:/i.test(location)) return join(location, ...parts);
  const end = location.search(/[?#]/);
  const path = end < 0 ? location : location.slice(0, end);
  return `${path.endsWith('/') ? path : `${path}/`}${tail}${end < 0 ? '' : location.slice(end)}`;
}
