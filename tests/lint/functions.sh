#!/bin/sh
# Functions stay under 80 lines, files under 1,000 (the grammar, which bison wants in one piece, under
# 1,500). A flat dispatch may be longer: the comment
# /* dispatch */ stands on the line before the function, or before its switch.
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"
cd "${LINT_TOP:-$ROOT}"

# "LINES FILE:LINE NAME MARK" for each function. Leans on the form that clang-format gives: a
# function starts and ends in the first column, and nothing else there has a bracket and no "=".
functions() {
    find src include tests -name '*.[ch]' | sort | xargs awk '
        FNR == 1 { start = 0; inside = 0; before = "" }
        !inside && !start && /^[A-Za-z_].*\(/ && !/=/ && !/;[ \t]*$/ {
            start = FNR
            name = $0
            sub(/\(.*/, "", name)
            sub(/.*[ *]/, "", name)
            mark = before ~ /\/\* dispatch \*\// ? "dispatch" : "-"
        }
        start && !inside && /\{[ \t]*$/ { inside = 1 }
        start && !inside && /;[ \t]*$/ { start = 0 }
        inside && /\/\* dispatch \*\// { pending = FNR }
        inside && pending && FNR == pending + 1 && /^[ \t]*switch / { mark = "dispatch" }
        inside && /^}/ {
            print FNR - start + 1, FILENAME ":" start, name, mark
            inside = 0
            start = 0
        }
        { before = $0 }'
}

listed=$(functions | sort -rn)
tap_none "no function is longer than 80 lines" \
    "$(echo "$listed" | awk '$1 > 80 && $4 != "dispatch" { print $2 ": " $3 " has " $1 " lines" }')"
tap_note "longest function: $(echo "$listed" | awk '$4 != "dispatch" && NF { print $3 ", " $1 " lines (" $2 ")"; exit }')"

lengths=$(find src include grammar tests \( -name '*.[chly]' -o -name '*.def' \) -type f | sort |
    xargs awk 'FNR == 1 && last { print lines, last } { last = FILENAME; lines = FNR } END { print lines, last }' |
    sort -rn)
tap_none "no file is longer than 1,000 lines" \
    "$(echo "$lengths" | awk '$1 > ($2 ~ /\.y$/ ? 1500 : 1000) { print $2 " has " $1 " lines" }')"
tap_note "longest file: $(echo "$lengths" | awk 'NF { print $2 ", " $1 " lines"; exit }')"
tap_done
