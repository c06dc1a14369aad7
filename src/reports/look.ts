// The one look of all pictures, and of the report that shows them: colours by what they mean, in light and in dark.

/** Light. `dark` says what each becomes in the dark. */
export const TONES = {
  ground: '#ffffff',
  ink: '#1f2328',
  muted: '#59636e',
  /** Text that is nearly nothing: a count of 0. */
  pale: '#8c959f',
  rule: '#d1d9e0',
  faint: '#eaeef2',
  /** A line that data is compared with: zero, chance. */
  base: '#aab3bd',
  /** Curves that are not named. */
  grey: '#c4ccd4',
  /** Cells, as strong as their share. */
  shade: '#0b4a8f',
  /** Cells of numbers below and above zero. */
  below: '#1166aa',
  above: '#b84e00',
  /** Text on a strong cell, the same in the dark. */
  onShade: '#fdfdfe',
} as const;

/** Okabe and Ito's colours (2008), told apart with every common kind of colour blindness; their yellow is left out: too pale on white. */
export const SERIES = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000', '#8c6d1f'] as const;

/** A second way to tell curves apart, for print and for curves that lie on each other. */
export const DASHES = ['', '8 3', '3 3', '10 3 2 3', '6 2', '2 2', '12 4', '5 2 1 2'] as const;

const DARK: Readonly<Record<string, string>> = {
  [TONES.ground]: '#0d1117',
  [TONES.ink]: '#e6edf3',
  [TONES.muted]: '#9198a1',
  [TONES.pale]: '#6e7781',
  [TONES.rule]: '#3d444d',
  [TONES.faint]: '#21262d',
  [TONES.base]: '#59636e',
  [TONES.grey]: '#3d444d',
  [TONES.shade]: '#1c5fc4',
  [TONES.below]: '#1d61bd',
  [TONES.above]: '#b85a14',
  [SERIES[0]]: '#4ea1e0',
  [SERIES[1]]: '#ff8a3d',
  [SERIES[2]]: '#2bbf95',
  [SERIES[3]]: '#e29bc4',
  [SERIES[4]]: '#f0b429',
  [SERIES[5]]: '#9bd4f7',
  [SERIES[6]]: '#f0f6fc',
  [SERIES[7]]: '#c9a54c',
};

/** The colour in the dark; the same where it has no other. */
export const dark = (light: string): string => DARK[light] ?? light;
