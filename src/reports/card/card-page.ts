// Turns a model card into one HTML file that stands alone: it runs no script, loads nothing, and is escaped by construction.
import { createHash } from 'node:crypto';
import { exactTime } from '../../text/exact-time.js';
import { cardHead, nameOf } from './card-head.js';
import { CARD_STYLE } from './card-style.js';
import { checksSection } from './checks-section.js';
import { contractSection } from './contract-section.js';
import { filesSection } from './files-section.js';
import { historySection } from './history-section.js';
import { html, styleElement } from './html.js';
import { lineageSection } from './lineage-section.js';
import type { ModelCard } from './model-card.js';
import { picturesSection } from './pictures-section.js';
import { proofSection } from './proof-section.js';
import { useSection } from './use-section.js';
import { metricsSection, paramsSection } from './values-section.js';

/** The one style sheet is allowed by its hash, and images by their bytes; nothing else is. */
const policy = (): string =>
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(CARD_STYLE).digest('base64')}'; img-src data:; base-uri 'none'; form-action 'none'`;

export function cardPage(card: ModelCard): string {
  const { resolved, made } = card;
  const title = `${nameOf(card)}${resolved.version === null ? '' : ` version ${resolved.version}`}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · model card</title>
${styleElement(CARD_STYLE)}
</head>
<body>
${cardHead(card)}<main>
${metricsSection(card)}${contractSection(card)}${picturesSection(card)}${lineageSection(card)}${paramsSection(card)}${proofSection(card)}${checksSection(
  card,
)}${historySection(card)}${useSection(card)}${filesSection(card)}</main>
<footer>Written by mlctl ${made.version} on ${exactTime(made.time)}. This file stands alone: it runs no script and loads nothing.</footer>
</body>
</html>
`.toString();
}
