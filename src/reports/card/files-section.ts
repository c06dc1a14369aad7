// Turns the files of a package into their section of the card.
import { grouped } from '../../text/numbers.js';
import { type Html, html } from './html.js';
import type { ModelCard } from './model-card.js';
import { cardTable, section } from './section.js';

const MOST = 60;

export const filesSection = ({ files }: ModelCard): Html =>
  section('Files', 'the package, with the SHA-256 of each file', [
    cardTable(
      [
        { title: 'path', of: ({ path }) => path },
        { title: 'bytes', right: true, of: ({ size }) => grouped(size) },
        { title: 'SHA-256', of: ({ sha256 }) => html`<code>${sha256}</code>` },
      ],
      files,
      MOST,
    ),
  ]);
