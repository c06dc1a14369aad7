// The coefficients of a linear model as an SVG plot: bars per class, or a grid of colours where the classes are many.

import { grouped, plural } from '../text/numbers.js';
import { roundBelow, tickName } from './axis-ticks.js';
import { colourBar } from './colour-bar.js';
import { textWidth } from './fit-text.js';
import { SERIES, TONES } from './look.js';
import { svgLine, svgRect, svgText } from './svg.js';
import { svgDocument } from './svg-document.js';

const WORDS = {
  classifier: { title: 'Coefficients', meaning: 'blue: away from the class, orange: towards it' },
  regressor: { title: 'Coefficients', meaning: 'blue: lowers the prediction, orange: raises it' },
  tree: { title: 'Feature importances', meaning: 'how much each lowers the impurity, 1 in all' },
};

export interface Coefficients {
  readonly features: readonly string[];
  /** A coefficient of a classifier leads towards a class, one of a regressor raises the prediction; a tree has importances. */
  readonly of: keyof typeof WORDS;
  /** One entry a row of `coef`: the class its scores speak for, or the target of a regressor. */
  readonly classes: readonly { readonly label: string; readonly values: ArrayLike<number> }[];
}

const BOTTOM = 440;
const RIGHT = 620;
/** Below the last row: the names of the ticks. */
const FOOT = 40;
const ROW = 48;
const MOST_FEATURES = 20;
const MOST_PANELS = 5;
const MOST_CLASSES = 24;

/** Up to four significant digits and no exponent where it can be helped; the same on every machine. */
function short(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) return value.toExponential(1).replace('e+', 'e').replace('-', '\u2212');
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3).replace('-', '\u2212');
}

/** Blue for negative, orange for positive, as strong as the number: told apart with every kind of colour blindness. */
const diverging = (part: number): readonly [fill: string, strength: number] => [
  part < 0 ? TONES.below : TONES.above,
  0.04 + 0.96 * Math.min(Math.abs(part), 1),
];

interface Shown {
  readonly features: readonly { readonly name: string; readonly index: number }[];
  readonly largest: number;
  readonly nameRoom: number;
  readonly size: number;
  readonly rowHeight: number;
  readonly top: number;
}

function names({ features, nameRoom, size, rowHeight, top }: Shown): string[] {
  return features.map(({ name }, i) =>
    svgText(24 + nameRoom, top + (i + 0.5) * rowHeight + size * 0.36, name, { size, anchor: 'end', room: nameRoom }),
  );
}

/** Lines at zero and at a round number on both sides; labels stay inside of their panel and do not touch. */
function panelAxis(axis: {
  readonly middle: number;
  readonly reach: number;
  readonly top: number;
  readonly bottom: number;
  readonly largest: number;
  readonly labelled: boolean;
}): string[] {
  const { middle, reach, top, bottom, largest, labelled } = axis;
  const round = largest > 0 ? roundBelow(largest) : 1;
  const far = largest > 0 ? (round / largest) * reach : reach;
  const label = (x: number, text: string) =>
    svgText(x, bottom + 16, text, { size: 10, fill: TONES.muted, anchor: 'middle' });
  const half = textWidth(tickName(-round), 10) / 2;
  const at = Math.min(far, reach - half);
  return [
    ...[-far, far].map((x) => svgLine(middle + x, top, middle + x, bottom, TONES.faint)),
    svgLine(middle, top, middle, bottom, TONES.base),
    ...(labelled
      ? [
          label(middle - at, tickName(-round)),
          ...(at - half > 6 ? [label(middle, '0')] : []),
          label(middle + at, tickName(round)),
        ]
      : [label(middle, `±${tickName(round)}`)]),
  ];
}

function panels(classes: Coefficients['classes'], shown: Shown): string[] {
  const { features, largest, rowHeight, top } = shown;
  const left = 34 + shown.nameRoom;
  const wide = (RIGHT - left) / classes.length;
  const height = features.length * rowHeight;
  return classes.flatMap(({ label, values }, k) => {
    const [from, to] = [left + k * wide + 6, left + (k + 1) * wide - 6];
    const middle = (from + to) / 2;
    const reach = (to - from) / 2;
    const labelled = reach >= 42 && rowHeight >= 14;
    const parts = [svgText(middle, top - 12, label, { anchor: 'middle', bold: true, room: to - from - 4 })];
    parts.push(...panelAxis({ middle, reach, top, bottom: top + height, largest, labelled }));
    features.forEach(({ index }, i) => {
      const value = values[index] ?? 0;
      const long = largest === 0 || !Number.isFinite(value) ? 0 : (Math.abs(value) / largest) * reach;
      const y = top + (i + 0.5) * rowHeight;
      const thick = Math.min(28, rowHeight * 0.62);
      parts.push(
        svgRect(value < 0 ? middle - long : middle, y - thick / 2, long, thick, value < 0 ? SERIES[0] : SERIES[1]),
      );
      if (!labelled) return;
      // On the other side of the line there is always room.
      parts.push(
        svgText(value < 0 ? middle + 5 : middle - 5, y + 3.5, short(value), {
          size: 10,
          fill: TONES.muted,
          anchor: value < 0 ? 'start' : 'end',
        }),
      );
    });
    return parts;
  });
}

function grid(classes: Coefficients['classes'], shown: Shown): string[] {
  const { features, largest, rowHeight, top } = shown;
  const left = 34 + shown.nameRoom;
  const wide = (RIGHT - 60 - left) / classes.length;
  const size = Math.max(8, Math.min(12, Math.floor(wide * 0.8)));
  const parts: string[] = [];
  classes.forEach(({ label, values }, k) => {
    const x = left + k * wide;
    const upright = textWidth(label, size) > wide - 4;
    if (upright) parts.push(svgText(x + wide / 2 + size * 0.36, top - 5, label, { size, rotate: -90, room: top - 66 }));
    else parts.push(svgText(x + wide / 2, top - 8, label, { size, anchor: 'middle' }));
    features.forEach(({ index }, i) => {
      const value = values[index] ?? 0;
      const part = largest === 0 || !Number.isFinite(value) ? 0 : value / largest;
      const y = top + i * rowHeight;
      parts.push(svgRect(x + 0.5, y + 0.5, wide - 1, rowHeight - 1, ...diverging(part)));
      if (wide < 34 || rowHeight < 14) return;
      const fill = Math.abs(part) > 0.68 ? TONES.onShade : TONES.ink;
      parts.push(svgText(x + wide / 2, y + rowHeight / 2 + 3.5, short(value), { size: 10, fill, anchor: 'middle' }));
    });
  });
  const bar = RIGHT - 44;
  const height = features.length * rowHeight;
  parts.push(...colourBar({ x: bar, top, height, least: -1, colourOf: diverging }));
  for (const at of [1, 0, -1])
    parts.push(
      svgText(bar + 16, top + ((1 - at) / 2) * height + 4, short(at * largest), { size: 10, fill: TONES.muted }),
    );
  return parts;
}

/** At most the 20 features and 24 classes of the largest coefficients are drawn; the subtitle says so where there are more. */
export function coefficientsSvg({ features, of, classes }: Coefficients): string {
  const size = (value: number | undefined) => (value !== undefined && Number.isFinite(value) ? Math.abs(value) : 0);
  const strengthOf = (index: number) => classes.reduce((most, { values }) => Math.max(most, size(values[index])), 0);
  const ranked = features.map((name, index) => ({ name, index, strength: strengthOf(index) }));
  const kept =
    ranked.length <= MOST_FEATURES
      ? ranked
      : ranked.toSorted((a, b) => b.strength - a.strength || a.index - b.index).slice(0, MOST_FEATURES);
  const largestOf = (values: ArrayLike<number>) =>
    kept.reduce((most, { index }) => Math.max(most, size(values[index])), 0);
  const drawn =
    classes.length <= MOST_CLASSES
      ? classes
      : classes
          .map((one, index) => ({ one, index, strength: largestOf(one.values) }))
          .sort((a, b) => b.strength - a.strength || a.index - b.index)
          .slice(0, MOST_CLASSES)
          .sort((a, b) => a.index - b.index)
          .map(({ one }) => one);
  const bars = drawn.length <= MOST_PANELS;
  const upright = bars ? 0 : Math.min(90, Math.max(...drawn.map(({ label }) => textWidth(label, 12))));
  const top = bars || upright < 30 ? 92 : 68 + upright;
  const rowHeight = Math.min(ROW, (BOTTOM - top) / Math.max(kept.length, 1));
  const font = Math.max(9, Math.min(12, Math.floor(rowHeight * 0.75)));
  const nameRoom = Math.min(170, Math.max(30, ...kept.map(({ name }) => textWidth(name, font) + 2)));
  const shown: Shown = {
    features: kept,
    largest: Math.max(0, ...drawn.map(({ values }) => largestOf(values))),
    nameRoom,
    size: font,
    rowHeight,
    top,
  };
  const notes = [
    kept.length < features.length
      ? `the ${kept.length} largest of ${grouped(features.length)} features`
      : plural(kept.length, 'feature'),
    drawn.length < classes.length ? `${drawn.length} of ${grouped(classes.length)} classes` : null,
  ];
  const body = [...names(shown), ...(bars ? panels(drawn, shown) : grid(drawn, shown))];
  body.push(
    svgLine(
      34 + nameRoom,
      top + kept.length * rowHeight,
      RIGHT - (bars ? 0 : 60),
      top + kept.length * rowHeight,
      TONES.rule,
    ),
  );
  return svgDocument({
    title: WORDS[of].title,
    height: Math.ceil(top + kept.length * rowHeight + FOOT),
    subtitle: `${notes.filter((note) => note !== null).join(', ')}; ${WORDS[of].meaning}`,
    body,
  });
}
