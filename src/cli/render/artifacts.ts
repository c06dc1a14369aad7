// The files of a run as a table: path and size.
import type { ArtifactDocument } from '../../documents/artifact.js';
import type { Style } from '../style.js';
import { table } from './table.js';

function sizeWords(bytes: number | null): string {
  if (bytes === null) return '';
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

export function artifactsText(style: Style, artifacts: readonly ArtifactDocument[], indent = '  '): string {
  return table<ArtifactDocument>(
    style,
    [
      { title: 'path', of: ({ path }) => path, most: 400, kept: true },
      { title: 'size', right: true, of: ({ size }) => sizeWords(size) },
    ],
    artifacts,
    indent,
  );
}
