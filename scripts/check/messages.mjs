// The law of messages, held over every string literal of src/: a message or a hint starts in lower case unless it starts with a
// name, has no full stop at its end, and below cli only a hint names a --flag, because a library's caller types none.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { literalsOf } from './literals.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Texts that are not messages of ours: [where, why]. */
const OTHER_TEXTS = [
  [/^schema\/mlflow\//, 'the words of Python MLflow, numpy and pandas'],
  [/^schema\/(?:column-type-json|read-params|parse-signature)\.ts$/, 'the words of Python MLflow about a signature'],
  [/^(?:scoring\/format-refusal|serve\/say-not-found)\.ts$/, "the words of MLflow's scoring server"],
  [/^data\/json\.ts$/, 'the words of Python about JSON'],
  [/^reports\//, 'titles and labels of reports'],
  [
    /^serve\/(?:describe-api|row-schema|metrics\/register-counters)\.ts$/,
    'sentences of the OpenAPI document and of /metrics',
  ],
  [
    /^(?:settings\/settings|errors\/codes|schema\/finding-codes|checks\/(?:smoke|doctor)-words)\.ts$/,
    'sentences of the reference pages',
  ],
  [
    /^cli\/(?:commands\/(?:[\w-]+\/)?[\w-]+|help\/[\w-]+|render\/recipe-help|completion\/[\w-]+|table|options|(?:flags\/)?[\w-]+-options|uri-argument|completion-scripts|explain)\.ts$/,
    'help texts',
  ],
];
/** Words that are written with a capital wherever they stand. */
const NAMES =
  /^(?:Python|Node|Parquet|Basic|Bearer|Staging|Production|Archived|None|Run|Unable|Creating|Missing|Expected|Unsupported) /;
/** Places that name flags outside of hints: [where, why]. */
const FLAG_PLACES = [
  [/^(?:checks\/(?:smoke|doctor)-words|settings\/settings)\.ts$/, 'sentences of the reference pages'],
  [/^checks\/doctor\/settings\.ts$/, 'doctor says by which flag a setting was given'],
  [/^(?:data\/csv\/advise-dialect|rows\/advise-csv)\.ts$/, 'their answer is the hint of a refusal'],
  [/^inference\/open-in-child\.ts$/, "an option of node's"],
  [/^lineage\/git\//, "options of git's"],
];
/** What a sentence of a reference page is called where it is made. */
const SENTENCE = /^(?:describe|does|example|sentence)$/;
/** What a hint is called where it is made. */
const HINT = /^(?:hint|HINT|hintOf|thenHint|next|places|to|noModelAt|news|givenRows)$/;

const FLAG = /(?<![\w$-])--[a-z][a-z-]+/;
const CAPITAL = /^[A-Z][a-z]*(?:'[a-z]+)? /;
const FULL_STOP = /^\S.* .*[\w)\]}`"'>…]\.$/s;

/** The names of the properties, constants and calls around a place, from the inside outwards, up to the statement's begin. */
function* namesAround(code, start) {
  let depth = 0;
  // Behind a comma stands a neighbour, whose name is not this one's.
  let ownName = true;
  for (let at = start - 1; at >= 0; at -= 1) {
    const char = code[at];
    if (char === ')' || char === ']' || char === '}') depth += 1;
    else if (char === '(' || char === '[' || char === '{') {
      if (depth > 0) depth -= 1;
      else {
        ownName = true;
        const name = /([\w$]+)\s*$/.exec(code.slice(Math.max(0, at - 60), at))?.[1];
        if (char === '(' && name) yield name;
      }
    } else if (depth === 0 && char === ';') return;
    else if (depth === 0 && char === ',') ownName = false;
    else if (depth === 0 && ownName && (char === ':' || char === '=')) {
      const name = /([\w$]+)\s*$/.exec(code.slice(Math.max(0, at - 60), at))?.[1];
      if (name) yield name;
    }
  }
}

const faults = [];
let count = 0;
for (const name of readdirSync(join(root, 'src'), { recursive: true })
  .map((file) => String(file).replaceAll('\\', '/'))
  .sort()) {
  if (!name.endsWith('.ts')) continue;
  const source = readFileSync(join(root, 'src', name), 'utf8');
  const literals = literalsOf(source);
  const isMessages = !OTHER_TEXTS.some(([where]) => where.test(name));
  const hasFlags = name.startsWith('cli/') || FLAG_PLACES.some(([where]) => where.test(name));
  let code = source;
  for (const { start, end } of literals)
    code = code.slice(0, start) + source.slice(start, end).replace(/[^\n]/g, ' ') + code.slice(end);
  code = code.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
  for (const literal of literals) {
    const { text, line } = literal;
    count += 1;
    const at = `src/${name}:${line}`;
    const shown = JSON.stringify(text.length > 70 ? `${text.slice(0, 70)}…` : text);
    // A literal inside of a template stands where the outermost one stands.
    const outer = literals.find((one) => one.start < literal.start && one.end > literal.end) ?? literal;
    const isMessage = isMessages && ![...namesAround(code, outer.start)].some((one) => SENTENCE.test(one));
    if (isMessage && CAPITAL.test(text) && !NAMES.test(text)) faults.push(`${at}: ${shown} starts with a capital`);
    if (isMessage && FULL_STOP.test(text)) faults.push(`${at}: ${shown} ends with a full stop`);
    if (!hasFlags && FLAG.test(text) && ![...namesAround(code, outer.start)].some((one) => HINT.test(one)))
      faults.push(`${at}: ${shown} names a flag, and only a hint may below cli`);
  }
}
for (const fault of faults) console.error(fault);
console.log(`${count} texts, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
