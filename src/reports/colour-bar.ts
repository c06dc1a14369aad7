// Turns the strengths of a colour into the bar that explains them, from 1 at the top to 0 (or −1) at the bottom.
import { svgRect } from './svg.js';

const WIDE = 12;
const STEPS = 40;

interface Bar {
  readonly x: number;
  readonly top: number;
  readonly height: number;
  /** What the bottom means. */
  readonly least: 0 | -1;
  readonly colourOf: (part: number) => readonly [fill: string, strength: number];
}

/** Steps with sharp edges: soft ones leave a seam between two strengths. So does a height that is rounded apart from the next edge. */
export function colourBar({ x, top, height, least, colourOf }: Bar): string[] {
  const edge = (i: number): number => Math.round((top + (i / STEPS) * height) * 10) / 10;
  return [
    '<g shape-rendering="crispEdges">',
    ...Array.from({ length: STEPS }, (_, i) => {
      const part = 1 - ((i + 0.5) / STEPS) * (1 - least);
      return svgRect(x, edge(i), WIDE, edge(i + 1) - edge(i), ...colourOf(part));
    }),
    '</g>',
  ];
}
