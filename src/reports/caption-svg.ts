// Turns a plot into the same plot with a caption at its upper right: the model and the run that it is of.
import { TONES } from './look.js';
import { svgText } from './svg.js';

const END = '</svg>\n';

/** `plot` is one of our documents. */
export function captionSvg(plot: string, caption: string): string {
  if (caption === '' || !plot.endsWith(END)) return plot;
  const text = svgText(620, 30, caption, { size: 12, fill: TONES.muted, anchor: 'end', room: 290 });
  return `${plot.slice(0, -END.length)}${text}\n${END}`;
}
