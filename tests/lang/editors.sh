#!/bin/sh
# The colours of editors (make editors): every definition that ships is coloured as the scanner reads
# it, word for word, by the TextMate grammar (in perl) and by vim's syntax file (in vim).
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"
PATH=$(dirname "$KPIC"):$PATH
work=$BUILD/tests/editors
rm -rf "$work"
mkdir -p "$work"
words="$ROOT/grammar/keywords.def $ROOT/src/sema/funcs.def"
# shellcheck disable=SC2086
awk -f "$ROOT/grammar/editors/textmate.awk" $words >"$work/kpi.tmLanguage.json"
# shellcheck disable=SC2086
awk -f "$ROOT/grammar/editors/vim.awk" $words >"$work/kpi.vim"
tap_none "the TextMate grammar is JSON with its rules" \
    "$(jq -e '.scopeName == "source.kpi" and (.patterns | length > 10)' "$work/kpi.tmLanguage.json" 2>&1 |
        grep -v true)"
definitions=$(ls "$ROOT"/indicators/*/*.kpi "$ROOT"/stdlib/*.kpi "$ROOT/tests/unit/data/syntax/language.kpi")

# FILE: what differs, and how many tokens were looked at.
compare() {
    awk -f "$ROOT/tests/lang/token_colours.awk" "$work/colours" "$work/tokens" |
        sed "s|^|$(basename "$(dirname "$1")")/$(basename "$1"): |"
}

# A class of the editor's for each of its groups, as token_colours.awk has them.
vim_classes() {
    sed -e 's/ kpiDeclaration$/ declaration/' -e 's/ kpiClause\(_[a-z]*\)\{0,1\}$/ clause/' \
        -e 's/ kpiKey$/ clause/' -e 's/ kpiColumnWord$/ clause/' -e 's/ kpiWord$/ word/' \
        -e 's/ kpiFunction$/ function/' -e 's/ kpiText$/ text/' -e 's/ kpiNumber$/ number/' \
        -e 's/ kpiComment$/ comment/' -e '/ kpi/d'
}

# EDITOR FAULTS: at least 10,000 tokens were looked at, and none differed.
judge() {
    tokens=$(sed -n 's/.*: \([0-9]*\) tokens$/\1/p' "$2" | awk '{ n += $1 } END { print n + 0 }')
    if [ "$tokens" -lt 10000 ]; then
        tap_not_ok "$1 colours words as the scanner reads them" "only $tokens tokens were looked at"
    else
        tap_none "$1 colours words as the scanner reads them ($tokens)" "$(grep -v ' tokens$' "$2" | head -20)"
    fi
}

if perl -MJSON::PP -e 1 2>/dev/null; then
    for file in $definitions; do
        kpic --dump=tokens "$file" >"$work/tokens"
        perl "$ROOT/tests/lang/textmate.pl" "$work/kpi.tmLanguage.json" <"$file" >"$work/colours"
        compare "$file"
    done >"$work/textmate"
    judge TextMate "$work/textmate"
else
    tap_skip "TextMate colours words as the scanner reads them" "perl is not installed"
fi
if command -v vim >/dev/null 2>&1 && vim --version | grep -q '+syntax'; then
    for file in $definitions; do
        kpic --dump=tokens "$file" >"$work/tokens"
        SYNTAX=$work/kpi.vim COLOURS=$work/groups vim -u NONE -N -es -S "$ROOT/tests/lang/vim_colours.vim" \
            "$file" </dev/null >/dev/null 2>&1 || :
        vim_classes <"$work/groups" >"$work/colours"
        compare "$file"
    done >"$work/vim"
    judge vim "$work/vim"
else
    tap_skip "vim colours words as the scanner reads them" "vim with syntax is not installed"
fi
tap_done
