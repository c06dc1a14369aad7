// The commands and their flags as completion scripts for bash, zsh and fish. Pure text.

export interface Words {
  readonly name: string;
  readonly sentence: string;
  readonly flags: readonly {
    readonly names: readonly string[];
    readonly meaning: string;
    readonly takesValue: boolean;
    readonly choices: readonly string[];
  }[];
  /** Words its first argument may be; none means files. */
  readonly values: readonly string[];
}

/** Single quotes: the one quoting all three shells read alike, but for the quote itself. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

export function bash(commands: readonly Words[]): string {
  const cases = commands.map(({ name, flags, values }) => {
    const all = [...flags.flatMap((flag) => flag.names), ...values].join(' ');
    return `    ${name}) words='${all}' ;;`;
  });
  return `# bash completion of mlctl
_mlctl() {
  local current="\${COMP_WORDS[COMP_CWORD]}" command='' word words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in
      -*) ;;
      *) command="$word"; break ;;
    esac
  done
  case "$command" in
${cases.join('\n')}
    *) words='${commands.map((command) => command.name).join(' ')} help --help --version' ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [ "\${#COMPREPLY[@]}" -eq 0 ]; then COMPREPLY=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _mlctl mlctl
`;
}

export function zsh(commands: readonly Words[]): string {
  const meaning = (text: string) => text.replaceAll('[', '(').replaceAll(']', ')').replaceAll(':', '\\:');
  const cases = commands.map(({ name, flags, values }) => {
    const specs = flags.flatMap((flag) =>
      flag.names.map((word) => {
        const value = !flag.takesValue
          ? ''
          : flag.choices.length > 0
            ? `:value:(${flag.choices.join(' ')})`
            : ':value:_files';
        return `      ${quoted(`${word}[${meaning(flag.meaning)}]${value}`)} \\`;
      }),
    );
    const rest = values.length > 0 ? `:word:(${values.join(' ')})` : ':file:_files';
    return `    ${name}) _arguments \\\n${specs.join('\n')}\n      '*${rest}' ;;`;
  });
  return `#compdef mlctl
_mlctl() {
  local -a commands
  commands=(
${commands.map(({ name, sentence }) => `    ${quoted(`${name}:${meaning(sentence)}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  local command=$words[2]
  shift words; (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = "_mlctl" ]; then _mlctl "$@"; else compdef _mlctl mlctl; fi
`;
}

export function fish(commands: readonly Words[]): string {
  const lines = ['# fish completion of mlctl'];
  for (const { name, sentence, flags, values } of commands) {
    lines.push(`complete -c mlctl -n __fish_use_subcommand -f -a ${name} -d ${quoted(sentence)}`);
    const seen = `-n '__fish_seen_subcommand_from ${name}'`;
    for (const flag of flags) {
      const names = flag.names.map((word) => (word.startsWith('--') ? `-l ${word.slice(2)}` : `-s ${word.slice(1)}`));
      const value = flag.takesValue
        ? ` -r${flag.choices.length > 0 ? ` -f -a ${quoted(flag.choices.join(' '))}` : ''}`
        : '';
      lines.push(`complete -c mlctl ${seen} ${names.join(' ')}${value} -d ${quoted(flag.meaning)}`);
    }
    if (values.length > 0) lines.push(`complete -c mlctl ${seen} -f -a ${quoted(values.join(' '))}`);
  }
  return `${lines.join('\n')}\n`;
}
