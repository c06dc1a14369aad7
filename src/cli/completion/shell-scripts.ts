// The completion scripts of the shells: each asks the program for what can stand at the end of the line, and quotes the answers.

import { ASKS } from './asks.js';

/**
 * readline breaks words at : @ and =, so the words are put together again, and what stands before the last break is cut from each
 * answer (an @ belongs to the word behind it). Answers are quoted, and inside of quotes only plain ones are offered.
 */
const BASH = String.raw`# bash completion of mlctl
_mlctl() {
  local rest="$COMP_LINE" words=() word at
  rest="${'$'}{rest:0:COMP_POINT}"
  for ((at = 0; at < COMP_CWORD; at++)); do
    word="${'$'}{COMP_WORDS[at]}"
    case "$rest" in
      [[:space:]]*) rest="${'$'}{rest#"${'$'}{rest%%[![:space:]]*}"}"; words+=("$word") ;;
      *) if [ "$at" -eq 0 ]; then words+=("$word"); else words[${'$'}{#words[@]}-1]+="$word"; fi ;;
    esac
    rest="${'$'}{rest#"$word"}"
  done
  local current
  case "$rest" in
    [[:space:]]*) current="${'$'}{rest#"${'$'}{rest%%[![:space:]]*}"}" ;;
    *) current="${'$'}{words[${'$'}{#words[@]}-1]}$rest"; unset "words[${'$'}{#words[@]}-1]" ;;
  esac
  local quote='' before=''
  case "$current" in
    [\'\"]*) quote="${'$'}{current:0:1}"; current="${'$'}{current:1}" ;;
    *)
      current="${'$'}{current//\\/}"
      for ((at = ${'$'}{#current}; at > 0; at--)); do
        word="${'$'}{current:at-1:1}"
        case "$word" in [:@=]) ;; *) continue ;; esac
        case "$COMP_WORDBREAKS" in *"$word"*) before="${'$'}{current:0:at}"; break ;; esac
      done ;;
  esac
  before="${'$'}{before%@}"
  COMPREPLY=()
  local head='' value
  while IFS= read -r word; do
    if [ -z "$head" ]; then head="$word"; continue; fi
    value="${'$'}{word%%$'\t'*}"
    value="${'$'}{value#"$before"}"
    if [ -z "$quote" ]; then
      printf -v value '%q' "$value"
    else
      case "$value" in *[!A-Za-z0-9_./:@=+,%\ -]*) continue ;; esac
    fi
    COMPREPLY+=("$value")
  done < <(command mlctl ${ASKS} "${'$'}{words[@]:1}" "=$current" 2>/dev/null)
  type compopt >/dev/null 2>&1 || return 0
  case "$head" in *open*) compopt -o nospace ;; esac
  case "$head" in files*) compopt -o default ;; esac
}
if type compopt >/dev/null 2>&1; then complete -F _mlctl mlctl; else complete -o default -F _mlctl mlctl; fi
`;

const ZSH = String.raw`#compdef mlctl
_mlctl() {
  local head line
  local -a values shown
  while IFS= read -r line; do
    if [[ -z "$head" ]]; then head="$line"; continue; fi
    values+=("${'$'}{line%%$'\t'*}")
    shown+=("${'$'}{line/$'\t'/  -- }")
  done < <(command mlctl ${ASKS} "${'$'}{(@Q)words[2,CURRENT-1]}" "=${'$'}{(Q)PREFIX}" 2>/dev/null)
  local -a suffix
  if [[ "$head" == *open* ]]; then suffix=(-S ''); fi
  local found=1
  if (( $#values )); then compadd -l -d shown $suffix -a values && found=0; fi
  if [[ "$head" == files* ]]; then
    if [[ "$PREFIX" == --*=* ]]; then compset -P '*='; fi
    _files && found=0
  fi
  return found
}
if [ "$funcstack[1]" = "_mlctl" ]; then _mlctl "$@"; else compdef _mlctl mlctl; fi
`;

/** fish quotes what it inserts. */
const FISH = String.raw`# fish completion of mlctl
function __mlctl_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  set -l plain (string unescape -- $current)
  test (count $plain) -eq 1; and set current $plain
  set -l answer (command mlctl ${ASKS} $words[2..-1] "=$current" 2>/dev/null)
  test (count $answer) -gt 0; or return
  string match -q 'files*' -- $answer[1]; and __fish_complete_path (string replace -r '^--[\w-]+=' '' -- $current)
  test (count $answer) -gt 1; and printf '%s\n' $answer[2..-1]
end
complete -c mlctl -f -a '(__mlctl_complete)'
`;

/** PowerShell takes four more characters for a single quote. Without an answer it completes names of files. */
const PWSH = String.raw`# PowerShell completion of mlctl
Register-ArgumentCompleter -Native -CommandName mlctl -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
    ForEach-Object { if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text } })
  $program = Get-Command mlctl -CommandType Application, ExternalScript -ErrorAction SilentlyContinue | Select-Object -First 1
  if (-not $program) { return }
  $current = $wordToComplete.Trim([char[]]@(39, 34))
  $answer = @(& $program ${ASKS} @words "=$current" 2>$null)
  $answer | Select-Object -Skip 1 | ForEach-Object {
    $value, $meaning = $_ -split [char]9, 2
    if (-not $meaning) { $meaning = $value }
    $text = $value
    if ($value -notmatch '^[A-Za-z0-9_./:=+%-][A-Za-z0-9_./:@=+%-]*$') {
      $text = "'" + ($value -replace "(['\u2018\u2019\u201a\u201b])", '$1$1') + "'"
    }
    [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $meaning)
  }
}
`;

export const SHELL_SCRIPTS = { bash: BASH, zsh: ZSH, fish: FISH, pwsh: PWSH } as const;
