// Curves in the unit square with axes and a legend that stays readable for many classes: the common part of ROC and precision-recall plots.

import { grouped } from '../text/numbers.js';
import { DASHES, SERIES, TONES } from './look.js';
import { coordinate, svgLine, svgText } from './svg.js';
import { svgDocument } from './svg-document.js';

interface Curve {
  readonly label: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Area under the curve, null where the class has no rows of one kind and the curve is therefore undefined. */
  readonly area: number | null;
}

interface CurvesPlot {
  readonly title: string;
  readonly subtitle: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** Short name of the area: AUC, AP. */
  readonly areaName: string;
  readonly curves: readonly Curve[];
  /** Draw the line of chance from (0, 0) to (1, 1). */
  readonly diagonal: boolean;
  /** `line` joins the points; `steps` holds y until the next x, as precision is not to be interpolated. */
  readonly join: 'line' | 'steps';
}

const LEFT = 64;
const TOP = 72;
const SIDE = 352;
const LEGEND = 444;
const LEGEND_ROOM = 176;
/** With more curves than colours only the weakest are named. */
const NAMED = 6;
/** Grey curves; with more the plot is grey as a whole and the file large. */
const MOST_CURVES = 60;

const px = (value: number) => LEFT + value * SIDE;
const py = (value: number) => TOP + (1 - value) * SIDE;

/** Path of a curve; points that fall on the last one or go on in its direction are left out, so that a million rows stay a small file. */
function pathOf({ x, y }: Curve, join: 'line' | 'steps'): string {
  const points: [string, string][] = [];
  const add = (a: number, b: number) => {
    const [nextX, nextY] = [coordinate(px(a)), coordinate(py(b))];
    const last = points.at(-1);
    if (last && last[0] === nextX && last[1] === nextY) return;
    const before = points.at(-2);
    const straight =
      before && last && ((before[0] === last[0] && last[0] === nextX) || (before[1] === last[1] && last[1] === nextY));
    // Only a run that goes on the same way may be shortened; one that turns back must keep its end.
    const onward =
      straight &&
      Math.sign(Number(last[0]) - Number(before[0])) === Math.sign(Number(nextX) - Number(last[0])) &&
      Math.sign(Number(last[1]) - Number(before[1])) === Math.sign(Number(nextY) - Number(last[1]));
    if (onward) points.pop();
    points.push([nextX, nextY]);
  };
  const usable = (value: number | undefined): value is number => value !== undefined && value >= 0 && value <= 1;
  let last: readonly [number, number] | null = null;
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i], y[i]];
    if (!usable(a) || !usable(b)) continue;
    // Between two recalls precision is that of the higher one's threshold: flat, then a jump at the lower recall.
    if (join === 'steps' && last) add(a < last[0] ? a : last[0], a < last[0] ? last[1] : b);
    add(a, b);
    last = [a, b];
  }
  return points.map(([a, b], i) => `${i === 0 ? 'M' : 'L'}${a} ${b}`).join('');
}

function axes(plot: CurvesPlot): string[] {
  const parts: string[] = [];
  for (let i = 0; i <= 5; i++) {
    const at = i / 5;
    parts.push(
      svgLine(px(at), TOP, px(at), TOP + SIDE, TONES.faint),
      svgLine(LEFT, py(at), LEFT + SIDE, py(at), TONES.faint),
    );
    parts.push(svgText(px(at), TOP + SIDE + 17, at.toFixed(1), { size: 11, fill: TONES.muted, anchor: 'middle' }));
    parts.push(svgText(LEFT - 8, py(at) + 4, at.toFixed(1), { size: 11, fill: TONES.muted, anchor: 'end' }));
  }
  parts.push(
    svgLine(LEFT, TOP, LEFT, TOP + SIDE, TONES.rule),
    svgLine(LEFT, TOP + SIDE, LEFT + SIDE, TOP + SIDE, TONES.rule),
  );
  parts.push(svgText(LEFT + SIDE / 2, TOP + SIDE + 39, plot.xLabel, { anchor: 'middle' }));
  parts.push(svgText(22, TOP + SIDE / 2, plot.yLabel, { anchor: 'middle', rotate: -90 }));
  if (plot.diagonal) parts.push(svgLine(px(0), py(0), px(1), py(1), TONES.base, '4 4'));
  return parts;
}

/** The plot. Up to eight classes are each named; with more, up to 60 of the least area are drawn grey and six of them are named. */
export function curvesSvg(plot: CurvesPlot): string {
  const drawn = plot.curves.map((curve, index) => ({ curve, index }));
  const all = drawn.length <= SERIES.length;
  const weakest = drawn
    .filter(({ curve }) => curve.area !== null)
    .sort((a, b) => (a.curve.area ?? 0) - (b.curve.area ?? 0) || a.index - b.index)
    .slice(0, MOST_CURVES);
  const named = all ? drawn : weakest.slice(0, NAMED);
  const body = axes(plot);
  const curve = (path: string, stroke: string, width: number, dash: string) =>
    path === ''
      ? ''
      : `<path d="${path}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linejoin="round"${dash === '' ? '' : ` stroke-dasharray="${dash}"`}/>`;
  if (!all) for (const { curve: one } of weakest) body.push(curve(pathOf(one, plot.join), TONES.grey, 1, ''));
  named.forEach(({ curve: one }, i) => {
    body.push(curve(pathOf(one, plot.join), SERIES[i] ?? TONES.ink, 2, DASHES[i] ?? ''));
  });

  let y = TOP + 12;
  if (!all) {
    body.push(
      svgText(LEGEND, y, `${grouped(drawn.length)} classes; named: the ${named.length} with`, {
        size: 11,
        fill: TONES.muted,
      }),
    );
    body.push(
      svgText(
        LEGEND,
        y + 15,
        `lowest ${plot.areaName}${weakest.length < drawn.length ? `; grey: the ${weakest.length} lowest` : ', others grey'}`,
        { size: 11, fill: TONES.muted },
      ),
    );
    y += 40;
  }
  named.forEach(({ curve: one }, i) => {
    const dash = DASHES[i] ? ` stroke-dasharray="${DASHES[i]}"` : '';
    body.push(`<path d="M${LEGEND} ${y - 4}h24" stroke="${SERIES[i]}" stroke-width="2.5"${dash}/>`);
    body.push(svgText(LEGEND + 32, y, one.label, { room: LEGEND_ROOM - 32 }));
    const area = `${plot.areaName} ${one.area === null ? 'undefined' : one.area.toFixed(3)}`;
    body.push(svgText(LEGEND + 32, y + 15, area, { size: 11, fill: TONES.muted, room: LEGEND_ROOM - 32 }));
    y += 37;
  });
  const areas = plot.curves.flatMap(({ area }) => (area === null ? [] : [area]));
  if (areas.length > 1) {
    const mean = areas.reduce((sum, area) => sum + area, 0) / areas.length;
    body.push(svgLine(LEGEND, y - 6, LEGEND + LEGEND_ROOM, y - 6, TONES.rule));
    body.push(svgText(LEGEND, y + 12, `Mean ${plot.areaName} ${mean.toFixed(3)}`, { bold: true }));
  }
  return svgDocument({ title: plot.title, subtitle: plot.subtitle, body: body.filter((part) => part !== '') });
}
