#!/bin/sh
# Completions of the shells: the words of an option are those that its command names when it refuses
# another; the scripts for zsh and fish are read and asked by those shells, where they are installed.
# (bash is asked in tests/golden/cli/completion.)
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"
PATH=$(dirname "$KPIC"):$PATH
work=$BUILD/tests/completion
rm -rf "$work"
mkdir -p "$work"
somerset=$ROOT/indicators/somerset

# "COMMAND OPTION WORDS" of each line; an option of every command is asked of `check`.
choices() {
    sed -n 's/^CHOICES(\([A-Z]*\), \([A-Z_]*\), "\(.*\)")$/\1 \2 \3/p' "$ROOT/src/cli/choices.def" |
        sed 's/^ANY/CHECK/'
}

# COMMAND OPTION: what the message names, as words with blanks between them.
named() {
    command=$(echo "$1" | tr A-Z a-z)
    option=--$(echo "$2" | tr A-Z_ a-z-)
    operands=
    case $command in
    import | reconcile) operands=$somerset/project.kpi ;;
    diff) operands="$somerset $somerset" ;;
    eval) operands=$somerset ;;
    explain | sql) operands="placement_stability $somerset" ;;
    report) operands="cypp_programme_6 $somerset" ;;
    esac
    # shellcheck disable=SC2086
    kpic "$command" $operands "$option" no_such_word 2>&1 |
        sed -n "s/^error: the option '$option' takes \(.*\), not 'no_such_word'.*/\1/p" |
        sed -e 's/,//g' -e 's/ or / /'
}

choices | while read -r command option words; do
    said=$(named "$command" "$option")
    [ "$said" = "$words" ] ||
        echo "$command --$option: the table has \"$words\", the command says \"$said\""
done >"$work/wrong"
tap_none "choices.def has the words that the commands take" "$(cat "$work/wrong")"

# "COMMAND OPTION" that a command asks options_choice about, but for --dump, which is not shown.
asked() {
    grep -o 'OPTION_[A-Z_]*, [a-z_]*, ' /dev/null "$ROOT"/src/cli/cmd_*.c |
        sed -n 's|.*/cmd_\([a-z]*\)\.c:OPTION_\([A-Z_]*\), .*|\1 \2|p' | tr a-z A-Z | grep -v ' DUMP$'
}
tap_none "and each option of a few words is in it" "$(asked | while read -r command option; do
    grep -q "^CHOICES($command, $option, " "$ROOT/src/cli/choices.def" || echo "$command $option"
done)"

kpic completion zsh >"$work/_kpic"
# LINE WANTED
zsh_completes() {
    got=$(timeout 60 zsh -f "$ROOT/tests/lang/zsh_complete.zsh" "$work/_kpic" "$somerset" "$1" "$2" 2>&1 || :)
    case $got in
    *"$2"*) tap_ok "zsh: $1" ;;
    *) tap_not_ok "zsh: $1" "$got" ;;
    esac
}
if command -v zsh >/dev/null 2>&1; then
    tap_none "zsh reads its script" "$(zsh -n "$work/_kpic" 2>&1)"
    zsh_completes "kpic eva" "kpic eval"
    zsh_completes "kpic eval --no" "kpic eval --no-store"
    zsh_completes "kpic eval --format c" "kpic eval --format csv"
    zsh_completes "kpic explain placement_st" "kpic explain placement_stability"
    zsh_completes "kpic report cypp" "kpic report cypp_programme_6"
else
    tap_skip "zsh reads its script" "zsh is not installed"
fi

kpic completion fish >"$work/kpic.fish"
# LINE WANTED: the first column of what fish offers.
fish_offers() {
    got=$(cd "$somerset" && HOME=$work fish --no-config -c "source $work/kpic.fish; complete -C '$1'" |
        cut -f 1 | sort | tr '\n' ' ')
    if [ "$got" = "$2 " ]; then tap_ok "fish: $1"; else tap_not_ok "fish: $1" "$got"; fi
}
if command -v fish >/dev/null 2>&1; then
    fish_offers "kpic ev" "eval"
    fish_offers "kpic eval --fo" "--format"
    fish_offers "kpic eval --format " "csv json table"
    fish_offers "kpic explain placement_st" "placement_stability"
    fish_offers "kpic completion " "bash fish zsh"
else
    tap_skip "fish reads its script" "fish is not installed"
fi
tap_done
