// Turns the tables of the program into the manual page man/mlctl.1, as roff with the macros of man(7).

/** Text that roff prints as it is: nothing in it is a request, an escape or a typographic sign. */
export function roff(text) {
  const signs = { '\\': '\\e', '-': '\\-', "'": '\\(aq', '`': '\\(ga', '^': '\\(ha', '~': '\\(ti', '"': '\\(dq' };
  const escaped = [...text]
    .map((char) => {
      if (Object.hasOwn(signs, char)) return signs[char];
      const code = char.codePointAt(0);
      return code < 128 ? char : `\\[u${code.toString(16).toUpperCase().padStart(4, '0')}]`;
    })
    .join('');
  // A point at the beginning of a line would be a request; the quote is escaped above.
  return escaped.replace(/^\./gm, '\\&.');
}

const bold = (text) => `\\fB${roff(text)}\\fR`;
/** The pages of docs/ write code in backticks. */
const plain = (text) => roff(text.replaceAll('`', ''));
const section = (title) => `.SH "${roff(title.toUpperCase())}"`;
const definitions = (pairs) => pairs.flatMap(([name, meaning]) => ['.TP', bold(name), plain(meaning)]);
const asTyped = (lines) => ['.PP', '.RS 4', '.nf', ...lines.map(roff), '.fi', '.RE'];

async function commandPart(from, { name, sentence, load }) {
  const command = await load();
  return [
    `.SS "mlctl ${roff(name)}"`,
    plain(sentence),
    ...asTyped([from.usageOf(command)]),
    ...definitions(command.arguments.map((one) => [one.name, one.meaning])),
    ...definitions(command.options.map((option) => [option.flags, from.meaningOf(option)])),
    '.PP',
    plain(`Exit codes: ${from.exitsOf(command).join(', ')}.`),
    ...asTyped(command.examples.flatMap(({ does, line }) => [`# ${does}`, line])),
  ];
}

export async function manPage(from) {
  const commands = [];
  for (const group of from.GROUPS)
    for (const row of from.COMMANDS) if (row.group === group) commands.push(...(await commandPart(from, row)));
  const lines = [
    '.\\" Written by `npm run docs` from the code; do not edit.',
    `.TH MLCTL 1 "" "mlctl ${roff(from.VERSION)}" "User Commands"`,
    // No word is divided and no line is filled with spaces, so that options can be searched for and copied.
    '.nh',
    '.ad l',
    section('name'),
    `mlctl \\- ${roff('train, log, load and verify MLflow models without Python')}`,
    section('synopsis'),
    `${bold('mlctl')} \\fIcommand\\fR [\\fIoptions\\fR]`,
    section('description'),
    plain(
      "mlctl trains, logs, loads and verifies MLflow models from Node, without Python. The store is MLflow's own, so Python opens the same runs and models.",
    ),
    '.PP',
    plain('mlctl help COMMAND prints one part of this page, and mlctl explain CODE says what an error code means.'),
    section('commands'),
    ...commands,
    section('options of every command'),
    ...definitions(from.COMMON_OPTIONS.map((option) => [option.flags, from.meaningOf(option)])),
    section('model URIs'),
    ...asTyped(from.TOPIC_TEXTS.uris(68).split('\n')),
    section('exit status'),
    ...definitions(Object.entries(from.EXIT_MEANINGS)),
    '.PP',
    plain(
      `If several apply, the worst wins. The order is ${from.WORST_FIRST.filter((exit) => exit !== 0 && exit < 100).join(', ')}.`,
    ),
    section('environment'),
    ...definitions(
      from.VARIABLES.map(({ name, meaning, default: unset }) => [
        name,
        `${meaning}${unset === null ? '' : ` Default: ${unset}.`}`,
      ]),
    ),
    section('files'),
    ...definitions([
      ['mlflow.db', 'The store in the current folder, if MLFLOW_TRACKING_URI is not set.'],
      ['mlctl.config.json', 'Settings of a project, in its folder or above.'],
      ['$XDG_CONFIG_HOME/mlctl/config.json', 'Your own settings.'],
    ]),
    section('see also'),
    plain(from.docsLink('commands.md')),
  ];
  return `${lines.join('\n')}\n`;
}
