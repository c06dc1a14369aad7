// A confusion matrix as an SVG plot: rows are true classes, columns predicted ones, shades are shares of the true class.

import { grouped } from '../text/numbers.js';
import { colourBar } from './colour-bar.js';
import { textWidth } from './fit-text.js';
import { TONES } from './look.js';
import { svgLine, svgRect, svgText } from './svg.js';
import { svgDocument } from './svg-document.js';

export interface ConfusionMatrix {
  readonly labels: readonly string[];
  /** counts[i][j]: rows of true class i that were predicted as class j. */
  readonly counts: readonly (readonly number[])[];
}

const TOP = 84;
/** Below this line stands the name of the x axis. */
const FOOT = 452;
const BAR = 584;

/** An empty cell can still be seen. */
const strength = (share: number): number => 0.04 + 0.96 * share;
/** From here on, dark text cannot be read. */
const STRONG = 0.68;

/** Never rounded to all or to nothing. */
function percent(share: number): string {
  if (share === 0 || share === 1) return `${share * 100}%`;
  return share > 0.999 ? '>99.9%' : share < 0.001 ? '<0.1%' : `${(share * 100).toFixed(1)}%`;
}

function explained(bottom: number): string[] {
  const parts = colourBar({
    x: BAR,
    top: TOP,
    height: bottom - TOP,
    least: 0,
    colourOf: (share) => [TONES.shade, strength(share)],
  });
  for (const at of [0, 0.5, 1])
    parts.push(svgText(BAR + 18, bottom - at * (bottom - TOP) + 4, `${at * 100}%`, { size: 11, fill: TONES.muted }));
  parts.push(svgText(BAR + 12, TOP - 10, 'of true class', { size: 11, fill: TONES.muted, anchor: 'middle' }));
  return parts;
}

/** As many as have room for their names; a square for each pair of more would be a large file that shows nothing. */
const MOST_CLASSES = 32;

/** The places of the classes with the most errors, in their order. */
function mostErrors({ labels, counts }: ConfusionMatrix): number[] {
  const places = Array.from(labels, (_, k) => k);
  if (labels.length <= MOST_CLASSES) return places;
  const errors = new Float64Array(labels.length);
  counts.forEach((row, i) => {
    row.forEach((count, j) => {
      if (i === j) return;
      errors[i]! += count;
      errors[j]! += count;
    });
  });
  return places
    .sort((a, b) => errors[b]! - errors[a]! || a - b)
    .slice(0, MOST_CLASSES)
    .sort((a, b) => a - b);
}

/** Counts and shares are written into the cells while they are large enough. */
export function confusionMatrixSvg({ labels: names, counts }: ConfusionMatrix): string {
  const total = counts.reduce((sum, row) => row.reduce((a, b) => a + b, sum), 0);
  const right = counts.reduce((sum, row, i) => sum + (row[i] ?? 0), 0);
  const kept = mostErrors({ labels: names, counts });
  const labels = kept.map((k) => names[k]!);
  const classes = labels.length;
  const size = Math.max(7, Math.min(13, Math.floor((FOOT - 46 - TOP) / Math.max(classes, 1) / 1.25)));
  const longest = Math.max(0, ...labels.map((label) => textWidth(label, size)));
  const nameRoom = Math.min(130, Math.max(30, longest + 2));
  const left = 50 + nameRoom;
  const wide = (BAR - 28 - left) / Math.max(classes, 1);
  const flat = longest <= wide - 8;
  const upright = !flat && wide < 60;
  const footRoom = Math.min(90, longest + 2);
  const bottom = FOOT - (upright ? footRoom + 12 : 34);
  const high = (bottom - TOP) / Math.max(classes, 1);
  const body: string[] = [];
  kept.forEach((place, i) => {
    const row = counts[place] ?? [];
    const sum = row.reduce((a, b) => a + b, 0);
    kept.forEach((other, j) => {
      const count = row[other] ?? 0;
      const [x, y] = [left + j * wide, TOP + i * high];
      const share = sum === 0 ? 0 : count / sum;
      body.push(
        svgRect(x + 0.5, y + 0.5, Math.max(wide - 1, 0.5), Math.max(high - 1, 0.5), TONES.shade, strength(share)),
      );
      const fill = share > STRONG ? TONES.onShade : count === 0 ? TONES.pale : TONES.ink;
      const text = grouped(count);
      const font = Math.min(
        20,
        Math.floor(Math.min(Math.max(high * 0.42, Math.min(high * 0.75, 10)), (wide * 0.86) / (text.length * 0.6))),
      );
      if (font < 7) return;
      const both = high >= 44 && wide >= 52;
      body.push(
        svgText(x + wide / 2, y + high / 2 + font * 0.36 - (both ? 7 : 0), text, {
          size: font,
          fill,
          anchor: 'middle',
          bold: i === j,
        }),
      );
      if (both)
        body.push(
          svgText(x + wide / 2, y + high / 2 + font * 0.36 + 10, percent(share), { size: 11, fill, anchor: 'middle' }),
        );
    });
  });
  body.push(svgLine(left, bottom, BAR - 28, bottom, TONES.rule), svgLine(left, TOP, left, bottom, TONES.rule));
  labels.forEach((label, i) => {
    body.push(svgText(left - 8, TOP + (i + 0.5) * high + size * 0.36, label, { size, anchor: 'end', room: nameRoom }));
    const x = left + (i + 0.5) * wide;
    if (flat) body.push(svgText(x, bottom + 18, label, { size, anchor: 'middle' }));
    else if (!upright) body.push(svgText(x, bottom + 18, label, { size, anchor: 'middle', room: wide - 8 }));
    else body.push(svgText(x + size * 0.36, bottom + 7, label, { size, anchor: 'end', rotate: -90, room: footRoom }));
  });
  body.push(svgText((left + BAR - 28) / 2, 468, 'Predicted class', { anchor: 'middle' }));
  body.push(svgText(26, (TOP + bottom) / 2, 'True class', { anchor: 'middle', rotate: -90 }));
  body.push(...explained(bottom));
  const accuracy =
    total === 0
      ? 'no rows'
      : `${grouped(right)} of ${grouped(total)} evaluation rows right (${percent(right / total)})`;
  const shown =
    names.length > classes ? `; the ${classes} of ${grouped(names.length)} classes with the most errors` : '';
  return svgDocument({ title: 'Confusion matrix', subtitle: `${accuracy}${shown}`, body });
}
