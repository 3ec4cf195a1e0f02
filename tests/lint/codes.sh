#!/bin/sh
# Message codes: each number and each name is used once, and each is produced by a test: it stands as
# [KPI0123] (or "KPI0123" in JSON) in an expected file, or as KPI0123 or DIAG_name in a unit test.
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"
cd "${LINT_TOP:-$ROOT}"

# "NUMBER NAME" for each DIAG(...), whether its arguments stand on one line or on several.
codes() {
    cat src/base/diag_codes_*.def | tr '\n' ' ' | sed 's/DIAG(/\
DIAG(/g' | sed -n 's/^DIAG( *\([0-9]*\) *, *\([A-Za-z0-9_]*\) *,.*/\1 \2/p'
}

listed=$(codes)
tap_none "no number of a message is used twice" "$(echo "$listed" | sed 's/ .*//' | sort | uniq -d)"
tap_none "no name of a message is used twice" "$(echo "$listed" | sed 's/.* //' | sort | uniq -d)"

seen=$BUILD/lint.seen
mkdir -p "$BUILD"
{
    find tests -name 'expected.*' -type f | xargs cat /dev/null |
        grep -oE '\[KPI[0-9]{4}\]|"KPI[0-9]{4}"' | tr -d '[]"'
    find tests/unit -name '*.c' | xargs cat /dev/null | grep -oE 'KPI[0-9]{4}|DIAG_[A-Za-z0-9_]+'
} | sort -u >"$seen" || :
tap_none "each message is produced by a test" "$(echo "$listed" | while read -r number name; do
    [ -n "$number" ] || continue
    code=$(printf 'KPI%04d' "$number")
    grep -qxE "$code|DIAG_$name" "$seen" || echo "$code $name"
done)"
tap_note "$(echo "$listed" | grep -c . || :) messages"
tap_done
