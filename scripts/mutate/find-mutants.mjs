// Turns compiled files into mutants: each is one small change of one place, with the line of the source that it came from.
// Left out, because no test can or should notice them:
// - words: what is inside an error, a template, a hint, a message or a remark (transcripts of the program hold some of these);
// - literals with a space in them, and literals that are compared or declared in a type: the compiler refuses these changes;
// - `a[i] ?? b`, which is written for the type checker where the index is known to exist;
// - imports and exports, which have no behaviour of their own.
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { SyntaxKind as Kind } from 'typescript/unstable/ast';
import { API } from 'typescript/unstable/sync';

const SWAPS = new Map([
  [Kind.LessThanToken, ['boundary', '<=']],
  [Kind.LessThanEqualsToken, ['boundary', '<']],
  [Kind.GreaterThanToken, ['boundary', '>=']],
  [Kind.GreaterThanEqualsToken, ['boundary', '>']],
  [Kind.EqualsEqualsEqualsToken, ['equality', '!==']],
  [Kind.ExclamationEqualsEqualsToken, ['equality', '===']],
  [Kind.PlusToken, ['arithmetic', '-']],
  [Kind.MinusToken, ['arithmetic', '+']],
  [Kind.AsteriskToken, ['arithmetic', '/']],
  [Kind.SlashToken, ['arithmetic', '*']],
  [Kind.PlusEqualsToken, ['arithmetic', '-=']],
  [Kind.MinusEqualsToken, ['arithmetic', '+=']],
  [Kind.AmpersandAmpersandToken, ['logic', '||']],
  [Kind.BarBarToken, ['logic', '&&']],
]);
const WORDS_BY_NAME =
  /^(?:hint|message|reason|details|title|expected|found|why|note|warn|printable|invalid|refuse|lossy|bad|\w*(?:Error|Problem))$/;
const LEAVES = new Set([Kind.ReturnStatement, Kind.ThrowStatement, Kind.ContinueStatement, Kind.BreakStatement]);
const TEXTS = new Set([Kind.StringLiteral, Kind.NoSubstitutionTemplateLiteral, Kind.TemplateExpression]);

const isWords = (node) =>
  node.kind === Kind.TemplateExpression ||
  ((node.kind === Kind.NewExpression || node.kind === Kind.CallExpression) &&
    WORDS_BY_NAME.test(node.expression.name?.text ?? node.expression.text ?? '')) ||
  (node.kind === Kind.PropertyAssignment && WORDS_BY_NAME.test(node.name.text ?? ''));

/** `if (…) return x;` and its like, without an else: an early way out. */
const isEarlyExit = (node) => {
  if (node.elseStatement !== undefined) return false;
  const then = node.thenStatement;
  return LEAVES.has((then.kind === Kind.Block ? then.statements.at(-1) : then)?.kind);
};

/** The changes of one node: `[kind, part, its new text, what runs if this is run]`, where the last is the part itself if it is left out. */
function changesOf(node, text) {
  const was = (part) => text.slice(part.getStart(), part.end);
  const negated = (part) => ['condition', part, `!(${was(part)})`];
  switch (node.kind) {
    case Kind.IfStatement:
      return [negated(node.expression), ...(isEarlyExit(node) ? [['early exit', node, ';']] : [])];
    case Kind.WhileStatement:
    case Kind.DoStatement:
      return [negated(node.expression)];
    case Kind.ConditionalExpression:
      return [negated(node.condition)];
    case Kind.BinaryExpression: {
      const { left, operatorToken: token, right } = node;
      if (token.kind === Kind.QuestionQuestionToken) {
        const indexed = left.kind === Kind.ElementAccessExpression;
        return indexed ? [] : [['default', node, was(left)]];
      }
      const swap = SWAPS.get(token.kind);
      if (swap === undefined || (swap[0] === 'arithmetic' && [left, right].some(({ kind }) => TEXTS.has(kind))))
        return [];
      return [[swap[0], token, swap[1], left]];
    }
    case Kind.PrefixUnaryExpression:
    case Kind.PostfixUnaryExpression: {
      const sign = text.slice(node.getStart(), node.end);
      if (sign.includes('++')) return [['step', node, sign.replace('++', '--')]];
      if (sign.includes('--')) return [['step', node, sign.replace('--', '++')]];
      return node.operator === Kind.ExclamationToken ? [['condition', node, was(node.operand)]] : [];
    }
    case Kind.TrueKeyword:
      return [['boolean', node, 'false']];
    case Kind.FalseKeyword:
      return [['boolean', node, 'true']];
    case Kind.ExpressionStatement:
      return was(node.expression).startsWith('super(') ? [] : [['statement', node, ';']];
    case Kind.ReturnStatement:
      return node.expression && !/^(?:true|false|null|undefined)$/.test(was(node.expression))
        ? [['return', node, 'return undefined;']]
        : [];
    case Kind.StringLiteral: {
      const above = node.parent.kind;
      const told = [Kind.CallExpression, Kind.ArrayLiteralExpression, Kind.ReturnStatement].includes(above);
      return told && node.text !== '' && !/\s/.test(node.text) ? [['literal', node, "''"]] : [];
    }
    default:
      return [];
  }
}

/** @param {string} copy a copy of build/ @param {string[]} files paths below it, all of one call parsed together */
export function findMutants(copy, config, files) {
  const api = new API({ cwd: dirname(copy) });
  try {
    const { program } = api.updateSnapshot({ openProjects: [config] }).getProjects()[0];
    return files.flatMap((file) => {
      const place = join(copy, file);
      const source = program.getSourceFile(place);
      const { text } = source;
      const map = new SourceMap(JSON.parse(readFileSync(`${place}.map`, 'utf8')));
      const lineOf = (at) => {
        const before = text.slice(0, at).split('\n');
        return map.findEntry(before.length - 1, before.at(-1).length).originalLine + 1;
      };
      const found = [];
      const walk = (node) => {
        if (node.kind === Kind.ImportDeclaration || node.kind === Kind.ExportDeclaration || isWords(node)) return;
        for (const [kind, part, now, run = part] of changesOf(node, text)) {
          const start = part.getStart();
          const was = text.slice(start, part.end);
          const source = relative('src', file).replace(/\.js$/, '.ts');
          const place = { file, source: join('src', source), line: lineOf(start), start, end: part.end };
          found.push({ ...place, kind, was, now, run: [run.getStart(), run.end] });
        }
        node.forEachChild(walk);
      };
      walk(source);
      return found;
    });
  } finally {
    api.close();
  }
}
