// The string and template literals of a TypeScript source, with where they stand: enough of a tokenizer to tell text from code.

const REGEX_BEFORE =
  /(?:^|[=([{,;:&|?+\-*%<>~^]|[^\w)\]]!|\b(?:return|typeof|case|in|of|void|throw|await|yield|else|do))\s*$/;

/** @returns {{ text: string, start: number, end: number, line: number, quote: string }[]} `text` is as written, without quotes. */
export function literalsOf(source) {
  const found = [];
  const lineAt = (at) => source.slice(0, at).split('\n').length;
  const push = (start, end, quote) =>
    found.push({ text: source.slice(start + 1, end - 1), start, end, line: lineAt(start), quote });

  /** Reads code until the brace that closes a template's `${`; at depth 0 until the end. */
  function code(from, inTemplate) {
    let depth = 0;
    let at = from;
    while (at < source.length) {
      const char = source[at];
      const two = source.slice(at, at + 2);
      if (two === '//') at = source.indexOf('\n', at) < 0 ? source.length : source.indexOf('\n', at);
      else if (two === '/*') at = source.indexOf('*/', at + 2) + 2;
      else if (char === "'" || char === '"') {
        let end = at + 1;
        while (source[end] !== char && end < source.length) end += source[end] === '\\' ? 2 : 1;
        push(at, end + 1, char);
        at = end + 1;
      } else if (char === '`') at = template(at);
      else if (char === '/' && REGEX_BEFORE.test(source.slice(Math.max(0, at - 40), at))) {
        let inClass = false;
        let end = at + 1;
        while ((source[end] !== '/' || inClass) && end < source.length) {
          if (source[end] === '\\') end += 1;
          else if (source[end] === '[') inClass = true;
          else if (source[end] === ']') inClass = false;
          end += 1;
        }
        at = end + 1;
      } else {
        if (char === '{') depth += 1;
        if (char === '}') {
          if (depth === 0 && inTemplate) return at;
          depth -= 1;
        }
        at += 1;
      }
    }
    return at;
  }

  function template(start) {
    let at = start + 1;
    while (source[at] !== '`' && at < source.length) {
      if (source[at] === '\\') at += 2;
      else if (source[at] === '$' && source[at + 1] === '{') at = code(at + 2, true) + 1;
      else at += 1;
    }
    push(start, at + 1, '`');
    return at + 1;
  }

  code(0, false);
  return found.sort((a, b) => a.start - b.start);
}
