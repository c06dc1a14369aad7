// Turns pictures into their section of the card: drawn ones as they are, files of the run as images, which can neither run nor load
// anything.
import { drawnPicture, type Html, html } from './html.js';
import type { ModelCard, Picture } from './model-card.js';
import { wideSection } from './section.js';

const figure = (picture: Picture): Html =>
  picture.kind === 'drawn'
    ? html`<figure>${drawnPicture(picture.svg)}</figure>`
    : html`<figure><img src="data:${picture.type};base64,${dataOf(picture)}" alt="${picture.name}"><figcaption>${picture.name}, as the run recorded it</figcaption></figure>`;

/** Base64 has nothing to escape, and is longer than a text may be. */
function dataOf({ base64 }: Extract<Picture, { kind: 'recorded' }>): readonly string[] {
  const parts: string[] = [];
  for (let at = 0; at < base64.length; at += 1024) parts.push(base64.slice(at, at + 1024));
  return parts;
}

export function picturesSection({ pictures, noPictures }: ModelCard): Html | null {
  if (pictures.length === 0 && noPictures === null) return null;
  const drawn = pictures.some(({ kind }) => kind === 'drawn');
  return wideSection('Evaluation', drawn ? 'the rows that the run held out, scored again for this report' : null, [
    pictures.length > 0 ? html`<div class="pictures">${pictures.map(figure)}</div>` : null,
    noPictures === null ? null : html`<p class="muted">${noPictures}</p>`,
  ]);
}
