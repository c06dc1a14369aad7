import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { captionSvg } from '../../src/reports/caption-svg.js';
import { coefficientsSvg } from '../../src/reports/coefficients-svg.js';
import { confusionMatrixSvg } from '../../src/reports/confusion-matrix-svg.js';
import { escapeXml } from '../../src/reports/escape-xml.js';
import { fitText, textWidth } from '../../src/reports/fit-text.js';
import { dark, SERIES, TONES } from '../../src/reports/look.js';
import { precisionRecallSvg } from '../../src/reports/precision-recall-svg.js';
import { predictedActualSvg } from '../../src/reports/predicted-actual-svg.js';
import { residualsSvg } from '../../src/reports/residuals-svg.js';
import { rocSvg } from '../../src/reports/roc-svg.js';
import { coordinate } from '../../src/reports/svg.js';
import { HOSTILE_TEXTS } from '../support/hostile-texts.js';

const ELEMENTS = new Set(['svg', 'title', 'desc', 'rect', 'line', 'path', 'text', 'g', 'circle', 'style']);
const ATTRIBUTES = new Set(
  'xmlns width height viewBox role font-family font-size font-weight fill fill-opacity cx cy r stroke stroke-width stroke-linejoin stroke-dasharray x y x1 x2 y1 y2 d text-anchor transform shape-rendering'.split(
    ' ',
  ),
);

/** Reads the document as strict XML of the few forms that plots use; anything else is a fault. Gives the texts. */
function readSvg(svg: string): string[] {
  const texts: string[] = [];
  const open: string[] = [];
  let at = 0;
  const pattern = /<(\/?)([a-z]+)((?: [A-Za-z0-9:-]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  for (const match of svg.matchAll(pattern)) {
    assert.equal(match.index, at, `not XML at ${svg.slice(at, at + 80)}`);
    at += match[0].length;
    const [, close, name, attributes, empty, text] = match;
    if (text !== undefined) {
      assert.doesNotMatch(text, /&(?!(?:amp|lt|gt|quot|#39);)/);
      assert.doesNotMatch(
        text,
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\ud800-\udfff\ufffe\uffff](?<![\ud800-\udbff][\udc00-\udfff])(?![\udc00-\udfff])/,
      );
      if (text.trim() !== '') texts.push(text);
    } else if (close) assert.equal(open.pop(), name);
    else {
      assert.ok(ELEMENTS.has(name ?? ''), `element ${name}`);
      for (const [, attribute] of (attributes ?? '').matchAll(/ ([A-Za-z0-9:-]+)="/g))
        assert.ok(ATTRIBUTES.has(attribute ?? ''), `attribute ${attribute}`);
      if (!empty) open.push(name ?? '');
    }
  }
  assert.equal(at, svg.length);
  assert.deepEqual(open, []);
  return texts;
}

/** No coordinate that is no number, none that leaves the picture (texts that are turned are checked by their anchor). */
function checkNumbers(svg: string): void {
  assert.doesNotMatch(svg, /NaN|Infinity|undefined"/);
  for (const [, name, value] of svg.matchAll(/ (x|y|x1|x2|y1|y2|cx|cy)="([^"]*)"/g)) {
    const number = Number(value);
    assert.ok(number >= 0 && number <= (name?.includes('x') ? 640 : 480), `${name}=${value}`);
  }
  for (const [, x, y, size, rest, text] of svg.matchAll(
    /<text x="([^"]*)" y="([^"]*)" font-size="([^"]*)"([^>]*)>([^<]*)</g,
  )) {
    if (rest?.includes('rotate')) continue;
    const plain = (text ?? '').replace(/&(?:amp|lt|gt|quot|#39);/g, 'x');
    const wide = textWidth(plain, Number(size));
    const left = rest?.includes('"end"')
      ? Number(x) - wide
      : rest?.includes('"middle"')
        ? Number(x) - wide / 2
        : Number(x);
    assert.ok(left >= -1 && left + wide <= 641, `"${plain}" at ${x}, ${y} reaches from ${left} to ${left + wide}`);
  }
}

const square = (n: number) =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 90 : (i * 7 + j) % 5)));
const curve = (label: string, i: number) => ({
  label,
  fpr: [0, 0.1 * (i % 5), 1],
  tpr: [0, 0.8, 1],
  auc: i === 2 ? null : 0.5 + (i % 40) / 100,
});

const regressorPlots = (target: string, actual: ArrayLike<number>, predicted: ArrayLike<number>): string[] => {
  const rows = { target, actual: Float64Array.from(actual), predicted: Float64Array.from(predicted) };
  return [residualsSvg(rows), predictedActualSvg(rows)];
};

function plotsOf(labels: readonly string[]): string[] {
  return [
    confusionMatrixSvg({ labels, counts: square(labels.length) }),
    rocSvg({ rows: 30, curves: labels.map(curve) }),
    precisionRecallSvg({
      rows: 30,
      curves: labels.map((label, i) => ({
        label,
        recall: [1, 0.5, 0.5, 0],
        precision: [0.3, 0.5, 0.6, 1],
        averagePrecision: i / 40,
      })),
    }),
    coefficientsSvg({
      of: 'classifier',
      features: labels,
      classes: labels.map((label, i) => ({ label, values: labels.map((_, j) => (i - j) * 1.7) })),
    }),
    coefficientsSvg({
      of: 'classifier',
      features: labels,
      classes: [{ label: labels[0] ?? '', values: labels.map((_, j) => -j * 1e-9) }],
    }),
    ...labels.flatMap((target) => regressorPlots(target, [1, 2, 4], [1.5, 2, 3])),
  ];
}

test('hostile names add no element and no attribute, and no text leaves the picture', () => {
  for (const svg of [
    HOSTILE_TEXTS,
    HOSTILE_TEXTS.slice(0, 2),
    HOSTILE_TEXTS.slice(0, 5),
    HOSTILE_TEXTS.slice(8, 16),
  ].flatMap(plotsOf)) {
    readSvg(svg);
    checkNumbers(svg);
  }
});

test('any names and any counts make well-formed documents, the same bytes each time', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { minLength: 1, maxLength: 12 }), (labels) => {
      const plots = plotsOf(labels);
      for (const svg of plots) {
        readSvg(svg);
        checkNumbers(svg);
      }
      assert.deepEqual(plotsOf(labels), plots);
    }),
    { numRuns: 60 },
  );
});

test('a confusion matrix shows its counts, shares and the right total', () => {
  const texts = readSvg(
    confusionMatrixSvg({
      labels: ['setosa', 'versicolor', 'virginica'],
      counts: [
        [10, 0, 0],
        [0, 9, 1],
        [0, 0, 10],
      ],
    }),
  );
  assert.ok(texts.includes('29 of 30 evaluation rows right (96.7%)'));
  assert.equal(texts.filter((text) => text === '10').length, 2);
  assert.deepEqual(
    texts.filter((text) => text === '90.0%' || text === '10.0%'),
    ['90.0%', '10.0%'],
  );
  assert.equal(texts.filter((text) => text === 'virginica').length, 2);
});

test('a share that is not whole is never rounded to all or nothing', () => {
  const texts = readSvg(
    confusionMatrixSvg({
      labels: ['0', '1'],
      counts: [
        [100000, 1],
        [0, 7],
      ],
    }),
  );
  assert.ok(texts.includes('&gt;99.9%') && texts.includes('&lt;0.1%'));
});

test('curves show their areas, and name the weakest where the classes are many', () => {
  const few = readSvg(
    rocSvg({
      rows: 30,
      curves: [
        { label: 'a', fpr: [0, 0, 1], tpr: [0, 1, 1], auc: 1 },
        { label: 'b', fpr: [], tpr: [], auc: null },
      ],
    }),
  );
  assert.ok(few.includes('AUC 1.000') && few.includes('AUC undefined'));
  const many = readSvg(
    rocSvg({
      rows: 30,
      curves: Array.from({ length: 30 }, (_, i) => ({ label: `c${i}`, fpr: [0, 1], tpr: [0, 1], auc: 1 - i / 100 })),
    }),
  );
  assert.deepEqual(
    many.filter((text) => /^c\d+$/.test(text)),
    ['c29', 'c28', 'c27', 'c26', 'c25', 'c24'],
  );
  assert.ok(many.includes('30 classes; named: the 6 with'));
});

test('precision is drawn in steps: flat to the next recall, then the jump', () => {
  const svg = precisionRecallSvg({
    rows: 4,
    curves: [{ label: 'a', recall: [1, 0.5, 0], precision: [0.5, 1, 1], averagePrecision: 0.75 }],
  });
  assert.match(svg, /<path d="M416 248L240 248L240 72L64 72"/);
});

test('a curve of many points stays a small document and keeps its ends', () => {
  const n = 100_000;
  const fpr = Float64Array.from({ length: n }, (_, i) => i / (n - 1));
  const svg = rocSvg({ rows: n, curves: [{ label: 'a', fpr, tpr: fpr.map(Math.sqrt), auc: 2 / 3 }] });
  assert.ok(svg.length < 100_000, `${svg.length} bytes`);
  assert.match(svg, /d="M64 424L/);
  assert.match(svg, /L416 72"/);
});

test('of many features the 20 largest are drawn, and the plot says so', () => {
  const features = Array.from({ length: 57 }, (_, i) => `f${i}`);
  const texts = readSvg(
    coefficientsSvg({
      of: 'classifier',
      features,
      classes: [{ label: 'yes', values: features.map((_, i) => (i % 2 ? -i : i)) }],
    }),
  );
  assert.deepEqual(
    texts.filter((text) => /^f\d+$/.test(text)),
    features.slice(-20).reverse(),
  );
  assert.ok(texts.some((text) => text.startsWith('the 20 largest of 57 features')));
});

test('of hundreds of classes the worst are drawn, in a small document', () => {
  const n = 624;
  const labels = Array.from({ length: n }, (_, i) => `c${i}`);
  const counts = labels.map((_, i) => labels.map((_, j) => (i === j ? 3 : i === 600 && j === 7 ? 5 : 0)));
  const matrix = confusionMatrixSvg({ labels, counts });
  const texts = readSvg(matrix);
  assert.ok(matrix.length < 200_000, `${matrix.length} bytes`);
  assert.ok(texts.includes('1,872 of 1,877 evaluation rows right (99.7%); the 32 of 624 classes with the most errors'));
  assert.equal(texts.filter((text) => text === 'c600').length, 2);
  assert.equal(texts.filter((text) => text === 'c7').length, 2);
  const steps = Array.from({ length: 500 }, (_, i) => i / 499);
  const curves = labels.map((label, i) => ({
    label,
    fpr: steps,
    tpr: steps.map((x) => Math.min(1, x * (1 + (i % 9)))),
    auc: i / n,
  }));
  const roc = rocSvg({ rows: 5000, curves });
  assert.ok(roc.length < 800_000, `${roc.length} bytes`);
  assert.ok(readSvg(roc).includes('lowest AUC; grey: the 60 lowest'));
});

test('coefficients: the height follows the rows, the ticks are round and do not touch', () => {
  for (const [largest, tick] of [
    [2.52, '2'],
    [2, '2'],
    [0.0019, '0.001'],
    [7e-9, '5e\u22129'],
    [123456, '100000'],
  ] as const) {
    const svg = coefficientsSvg({
      of: 'classifier',
      features: ['a', 'b', 'c', 'd'],
      classes: ['x', 'y', 'z'].map((label) => ({ label, values: [largest, -largest / 2, 0, largest / 3] })),
    });
    const texts = readSvg(svg);
    assert.ok(texts.includes(tick) && texts.includes(`\u2212${tick}`), `${tick} in ${texts}`);
    assert.ok(Number(/height="(\d+)"/.exec(svg)![1]) < 340);
    // The labels below the rows, from left to right
    const labels = [
      ...svg.matchAll(/<text x="([^"]*)" y="([^"]*)" font-size="10"[^>]*text-anchor="middle"[^>]*>([^<]*)</g),
    ]
      .map(([, x, , text]) => ({ x: Number(x), half: textWidth(text!, 10) / 2 }))
      .sort((a, b) => a.x - b.x);
    assert.ok(labels.length >= 6);
    for (const [i, { x, half }] of labels.slice(1).entries())
      assert.ok(labels[i]!.x + labels[i]!.half < x - half + 0.2, `${labels[i]!.x} and ${x} touch`);
  }
});

test('a caption says whose plot it is, and stays in the picture', () => {
  const plot = confusionMatrixSvg({ labels: ['a', 'b'], counts: square(2) });
  assert.equal(captionSvg(plot, ''), plot);
  assert.ok(readSvg(captionSvg(plot, 'iris_clf, run logreg_v1')).includes('iris_clf, run logreg_v1'));
  for (const name of HOSTILE_TEXTS) {
    readSvg(captionSvg(plot, name));
    checkNumbers(captionSvg(plot, name));
  }
});

test('text is cut between characters and never beyond its room', () => {
  assert.equal(fitText('short', 100, 12), 'short');
  for (const text of HOSTILE_TEXTS) assert.ok(textWidth(fitText(text, 80, 12), 12) <= 80 + 12);
  assert.match(fitText('👩‍👩‍👧‍👦'.repeat(20), 80, 12), /…$/);
  assert.equal(escapeXml('a<b>&"\''), 'a&lt;b&gt;&amp;&quot;&#39;');
  assert.equal(coordinate(-0.001), '0');
});

test('plots of a regressor take any numbers: points in the picture, round ticks, the same bytes each time', () => {
  const number = fc.oneof(
    fc.double(),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.constantFrom(0, -0, 5, 1e-300, 5e-324, -5e-324),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { maxLength: 40 }), (pairs) => {
      const [actual, predicted] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
      const draw = () => regressorPlots('t', actual, predicted);
      for (const svg of draw()) {
        readSvg(svg);
        checkNumbers(svg);
      }
      assert.deepEqual(draw(), draw());
    }),
    { numRuns: 300 },
  );
});

test('ticks are round numbers around the data', () => {
  const [residuals] = regressorPlots('t', [10, 20, 30], [12, 17, 38]);
  const texts = readSvg(residuals!);
  for (const tick of ['15', '20', '25', '30', '35', '0', '\u22128', '2'])
    assert.ok(texts.includes(tick), `${tick} in ${texts}`);
});

test('many points become squares that count every row, in a small document', () => {
  const rows = 100_000;
  const predicted = Float64Array.from({ length: rows }, (_, i) => (i * 7919) % 1000);
  const actual = predicted.map((value, i) => value + (((i * 104729) % 997) - 498) * (i === 0 ? 50 : 1));
  for (const svg of regressorPlots('t', actual, predicted)) {
    const texts = readSvg(svg);
    checkNumbers(svg);
    assert.ok(svg.length < 150_000, `${svg.length} bytes`);
    assert.ok(!svg.includes('<circle'));
    assert.match(texts.join(), /100,000 evaluation rows; up to [\d,]+ in a square/);
  }
  const [few] = regressorPlots('t', actual.slice(0, 2000), predicted.slice(0, 2000));
  assert.equal(few!.split('<circle').length - 1, 2000);
});

test('rows without a finite value are counted and not drawn', () => {
  const [residuals] = regressorPlots('t', [1, Number.NaN, 3], [1, 2, Number.POSITIVE_INFINITY]);
  assert.match(readSvg(residuals!).join(), /3 evaluation rows; 2 not finite and not drawn/);
  assert.equal(residuals!.split('<circle').length - 1, 1);
});

test('every colour of a picture is one of the look, and the style sheet has its dark one', () => {
  const known = new Set<string>([...Object.values(TONES), ...SERIES]);
  const many = Array.from({ length: 12 }, (_, i) => `c${i}`);
  const rows = Array.from({ length: 3000 }, (_, i) => (i * 7919) % 1000);
  const pictures = [
    ...[...plotsOf(['a', 'b', 'c']), ...plotsOf(many)],
    ...regressorPlots('t', rows, rows.toReversed()),
    captionSvg(confusionMatrixSvg({ labels: ['a', 'b'], counts: square(2) }), 'caption'),
  ];
  for (const svg of pictures) {
    const style = /<style>(.*)<\/style>/.exec(svg)?.[1] ?? '';
    assert.match(style, /^@media screen and \(prefers-color-scheme:dark\)\{.*\}$/);
    for (const [, name, colour] of svg.replace(/<style>.*<\/style>/, '').matchAll(/ (fill|stroke)="([^"]*)"/g)) {
      if (colour === 'none') continue;
      assert.ok(known.has(colour!), `${name} ${colour}`);
      const inTheDark = dark(colour!);
      assert.equal(style.includes(`[${name}="${colour}"]{${name}:${inTheDark}}`), inTheDark !== colour, colour);
    }
  }
});

test('small cells of a matrix still show their counts', () => {
  const labels = Array.from({ length: 24 }, (_, i) => `class ${i}`);
  const texts = readSvg(confusionMatrixSvg({ labels, counts: square(24) }));
  assert.equal(texts.filter((text) => text === '90').length, 24);
});

test('the steps of a colour bar meet, so that no line shows between two of them', () => {
  for (const classes of [2, 3, 7, 24]) {
    const svg = confusionMatrixSvg({
      labels: Array.from({ length: classes }, (_, i) => `class ${i}`),
      counts: square(classes),
    });
    const bar = /<g shape-rendering="crispEdges">([\s\S]*?)<\/g>/.exec(svg)![1]!;
    const steps = [...bar.matchAll(/ y="([^"]*)" width="[^"]*" height="([^"]*)"/g)].map(([, y, height]) => ({
      y: Math.round(10 * Number(y)),
      height: Math.round(10 * Number(height)),
    }));
    assert.equal(steps.length, 40);
    for (const [i, { y }] of steps.slice(1).entries())
      assert.equal(steps[i]!.y + steps[i]!.height, y, `step ${i} of ${classes} classes`);
  }
});
