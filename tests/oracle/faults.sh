#!/bin/sh
# Faults planted by hand: each case of tests/golden/faults/ puts one fault into a sound file of thirty
# indicators. Here each answer is held against expected_faults.tsv, which says what a right message
# is: exactly one, an error, on the line of the fault, with the code and the words, with the help that
# is due, and every other indicator understood.
#
# To add one: a case folder with edit.sed, a line in the table, then the golden files, read by eye.
set -eu
. "$(dirname "$0")/../env.sh"
. tests/tap.sh
KPIC=${KPIC:-$BUILD/debug/kpic}
here=$ROOT/tests/golden/faults
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work"

# FILE: the names of the indicators that are understood.
understood() {
    "$KPIC" --dump=model "$1" 2>"$work/dump.err" | sed -n 's/^indicator \([^:]*\):.*/\1/p' | sort || :
}

# TEXT PATTERNS: prints each of the patterns, separated by ;, that the text lacks.
lacks() {
    echo "$2" | tr ';' '\n' | while read -r pattern; do
        printf '%s\n' "$1" | grep -Eiq -e "$pattern" || echo "no '$pattern'"
    done
}

# CASE LINE CODES WORDS HELP INDICATOR COUNT: prints what is not right.
judge() {
    sed -f "$here/$1/edit.sed" "$here/base.kpi" >faulty.kpi
    code=0
    "$KPIC" check faulty.kpi >answer.out 2>answer.err || code=$?
    [ "$code" -eq 1 ] || echo "exit code $code, not 1"
    grep -E '(^|: )(error|warning): ' answer.err >messages || :
    [ "$(wc -l <messages)" -eq 1 ] || echo "$(wc -l <messages) messages, not 1"
    first=$(sed -n 1p messages)
    echo "$first" | grep -Eq "^faulty\.kpi:$2:[0-9]+: error: " || echo "not an error on line $2"
    echo "$first" | grep -Eq "\[KPI0($3)\]\$" || echo "not the code $3"
    lacks "$(cat answer.err)" "$4"
    [ "$5" = - ] || lacks "$(sed -n 's/^help: //p' answer.err)" "$5"
    understood faulty.kpi >left
    [ ! -s dump.err ] || ! grep -q -i sanitizer dump.err || cat dump.err
    lost=$(comm -23 all left | tr '\n' ' ')
    case "$lost/$7" in
    "$6 /29" | "$6 /29-30" | "/29-30") ;;
    *) echo "lost: ${lost:-nothing}(of $(wc -l <all) understood $(wc -l <left))" ;;
    esac
}

understood "$here/base.kpi" >all
tap_none "the file without a fault holds thirty indicators that are understood" \
    "$([ "$(wc -l <all)" -eq 30 ] || wc -l <all)"
tap_none "the file without a fault gets no message" "$("$KPIC" check "$here/base.kpi" 2>&1 >answer.out | grep -E '(error|warning):' || :)"

tab=$(printf '\t')
grep -v '^#' "$here/expected_faults.tsv" >table
while IFS=$tab read -r name line codes words help indicator count; do
    faults=$(judge "$name" "$line" "$codes" "$words" "$help" "$indicator" "$count")
    if [ -z "$faults" ]; then
        tap_ok "$name"
    else
        tap_not_ok "$name" "$faults
$(cat answer.err)"
    fi
done <table

tap_none "the table has a line for each case" \
    "$({ cut -f1 table; ls -d "$here"/*/ | sed 's|.*/\(.*\)/$|\1|' | grep -v '^00-'; } | sort | uniq -u)"
tap_none "at least forty faults" "$([ "$(wc -l <table)" -ge 40 ] || wc -l <table)"

# A judge that accepts everything would pass too.
faults=$(judge 04-misspelt-basis 285 102 'no such words' "'percent'" second_cp_plan 30 | wc -l)
tap_none "a wrong line, code, word and indicator are found" "$([ "$faults" -eq 4 ] || echo "$faults")"
tap_done
