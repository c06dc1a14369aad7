// Turns the body of a picture into a whole SVG document: self-contained (no script, font or link), light and dark, the same bytes
// for the same input.
import { escapeXml } from './escape-xml.js';
import { dark, SERIES, TONES } from './look.js';
import { svgRect, svgText } from './svg.js';

const WIDTH = 640;
const HEIGHT = 480;
const FONT = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans', sans-serif";

/** Each element has its light colour, for readers that know no style sheets; the dark ones replace them by name. Paper stays light. */
export const DARK_RULES = `@media screen and (prefers-color-scheme:dark){${[
  ...new Set<string>([...Object.values(TONES), ...SERIES]),
]
  .filter((light) => dark(light) !== light)
  .map((light) => `[fill="${light}"]{fill:${dark(light)}}[stroke="${light}"]{stroke:${dark(light)}}`)
  .join('')}}`;

/** White or black ground, title and subtitle at the top left, then the body. */
export function svgDocument(plot: {
  readonly title: string;
  readonly subtitle: string;
  readonly body: readonly string[];
  readonly height?: number;
}): string {
  const { height = HEIGHT } = plot;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="${FONT}">`,
    `<title>${escapeXml(plot.title)}</title>`,
    `<desc>${escapeXml(plot.subtitle)}</desc>`,
    `<style>${DARK_RULES}</style>`,
    svgRect(0, 0, WIDTH, height, TONES.ground),
    svgText(20, 30, plot.title, { size: 17, bold: true, room: WIDTH - 40 }),
    svgText(20, 49, plot.subtitle, { size: 12, fill: TONES.muted, room: WIDTH - 40 }),
    ...plot.body,
    '</svg>',
  ].join('\n')}\n`;
}
