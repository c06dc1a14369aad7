// Pairs of numbers in a plane with axes: the common part of the plots of a regressor. Many points become squares, darker where
// more of them lie, so that a million rows stay a small file and none of them is left out.

import { grouped } from '../text/numbers.js';
import { axisOf } from './axis-ticks.js';
import { SERIES, TONES } from './look.js';
import { coordinate, svgLine, svgText } from './svg.js';
import { svgDocument } from './svg-document.js';

interface PointsPlot {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Where every prediction would be right: the line y = x, with the same range on both axes, or y = 0. */
  readonly line: 'diagonal' | 'zero';
}

const LEFT = 92;
const TOP = 72;
const WIDE = 516;
const HIGH = 344;
const MOST_POINTS = 2000;
const SQUARE = 4;
/** How strong a square is, from few points to many. */
const STRENGTHS = [0.2, 0.33, 0.48, 0.64, 0.82, 1] as const;

/** The least and the greatest finite number. */
function rangeOf(...lists: readonly ArrayLike<number>[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of lists)
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  return low > high ? [0, 1] : [low, high];
}

type Place = (i: number) => readonly [x: number, y: number] | null;

function circles(rows: number, place: Place): string[] {
  const parts = [`<g fill="${SERIES[0]}" fill-opacity="0.5">`];
  for (let i = 0; i < rows; i++) {
    const at = place(i);
    if (at) parts.push(`<circle cx="${coordinate(at[0])}" cy="${coordinate(at[1])}" r="3"/>`);
  }
  return [...parts, '</g>'];
}

/** One path a shade. The shade says how many halvings the square is from the fullest. */
function squares(rows: number, place: Place): { parts: string[]; most: number } {
  const across = Math.ceil(WIDE / SQUARE) + 1;
  const counts = new Map<number, number>();
  let most = 0;
  for (let i = 0; i < rows; i++) {
    const at = place(i);
    if (!at) continue;
    const key = Math.floor((at[1] - TOP) / SQUARE) * across + Math.floor((at[0] - LEFT) / SQUARE);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > most) most = count;
  }
  const paths = STRENGTHS.map(() => '');
  for (const key of [...counts.keys()].sort((a, b) => a - b)) {
    let shade = STRENGTHS.length - 1;
    for (let bound = most / 2; shade > 0 && counts.get(key)! <= bound; bound /= 2) shade--;
    paths[shade] +=
      `M${LEFT + (key % across) * SQUARE} ${TOP + Math.floor(key / across) * SQUARE}h${SQUARE}v${SQUARE}h-${SQUARE}z`;
  }
  const parts = paths.flatMap((path, shade) =>
    path === '' ? [] : [`<path d="${path}" fill="${TONES.shade}" fill-opacity="${STRENGTHS[shade]}"/>`],
  );
  return { parts, most };
}

export function pointsSvg(plot: PointsPlot): string {
  const { x, y } = plot;
  const shared = plot.line === 'diagonal';
  const across = axisOf(...(shared ? rangeOf(x, y) : rangeOf(x)));
  const up = shared ? across : axisOf(...rangeOf(y, [0]));
  const px = (part: number): number => LEFT + part * WIDE;
  const py = (part: number): number => TOP + (1 - part) * HIGH;
  const body: string[] = [];
  for (const { part, name } of across.ticks)
    body.push(
      svgLine(px(part), TOP, px(part), TOP + HIGH, TONES.faint),
      svgText(px(part), TOP + HIGH + 17, name, { size: 11, fill: TONES.muted, anchor: 'middle', room: 62 }),
    );
  for (const { part, name } of up.ticks)
    body.push(
      svgLine(LEFT, py(part), LEFT + WIDE, py(part), TONES.faint),
      svgText(LEFT - 8, py(part) + 4, name, { size: 11, fill: TONES.muted, anchor: 'end', room: LEFT - 34 }),
    );
  body.push(
    svgLine(LEFT, TOP, LEFT, TOP + HIGH, TONES.rule),
    svgLine(LEFT, TOP + HIGH, LEFT + WIDE, TOP + HIGH, TONES.rule),
  );
  const place: Place = (i) =>
    Number.isFinite(x[i]) && Number.isFinite(y[i]) ? [px(across.partOf(x[i]!)), py(up.partOf(y[i]!))] : null;
  const notes = [`${grouped(x.length)} evaluation ${x.length === 1 ? 'row' : 'rows'}`];
  if (x.length <= MOST_POINTS) body.push(...circles(x.length, place));
  else {
    const { parts, most } = squares(x.length, place);
    body.push(...parts);
    notes.push(`up to ${grouped(most)} in a square`);
  }
  const right = plot.line === 'zero' ? [py(up.partOf(0)), py(up.partOf(0))] : [py(0), py(1)];
  body.push(svgLine(LEFT, right[0]!, LEFT + WIDE, right[1]!, TONES.ink, '6 4'));
  body.push(svgText(LEFT + WIDE / 2, TOP + HIGH + 42, plot.xLabel, { anchor: 'middle', room: WIDE }));
  body.push(svgText(20, TOP + HIGH / 2, plot.yLabel, { anchor: 'middle', rotate: -90, room: HIGH }));
  const outside = x.reduce((count, _, i) => count + (place(i) ? 0 : 1), 0);
  if (outside > 0) notes.push(`${grouped(outside)} not finite and not drawn`);
  notes.push('the prediction is exact on the dashed line');
  return svgDocument({ title: plot.title, subtitle: notes.join('; '), body });
}
