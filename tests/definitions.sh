#!/bin/sh
# The tests of the indicators that ship: all pass, every condition is seen both true and false, and
# nine of ten changes of the definitions are noticed. Also that a test depends on no other: the same
# tests in another order and file give the same answers, and a thousand of them end in two seconds.
#
# usage: tests/definitions.sh      KPIC_RELEASE is the program (build/release/kpic)
set -eu
. "$(dirname "$0")/env.sh"
. "$ROOT/tests/tap.sh"
KPIC=${KPIC_RELEASE:-$BUILD/release/kpic}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$ROOT"

for folder in indicators/somerset indicators/england indicators/looked_after; do
    name=${folder#indicators/}
    if "$KPIC" test -q --coverage 100 --mutate 90 "$folder" >"$work/out" 2>"$work/err"; then
        tap_ok "$name: tested, covered and mutated"
    else
        tap_not_ok "$name: tested, covered and mutated" "$(cat "$work/err" "$work/out")"
    fi
    sed -n "s|^[0-9].*|$name: &|p" "$work/out" | while read -r line; do tap_note "$line"; done
    sed -n 's|^indicators/.*: no test tells|survivor: &|p' "$work/out" | cut -c1-400 |
        while read -r line; do tap_note "$line"; done
done

# "ok - INDICATOR at PERIOD "TITLE"" in the order of the words, without numbers.
answers() {
    "$KPIC" test -q --format tap "$1" 2>"$work/err" | sed -n 's/^\(ok\|not ok\) [0-9]* - /\1 /p' | sort
}

# The declarations of a file, last first.
backwards() {
    awk '/^test / { n++ } { text[n] = text[n] $0 "\n" }
         END { for (i = n; i > 0; i--) printf "%s", text[i] }' "$1"
}

cp -R indicators/somerset "$work/somerset"
answers "$work/somerset" >"$work/forwards"
backwards indicators/somerset/tests.kpi >"$work/somerset/aaa.kpi"
rm "$work/somerset/tests.kpi"
answers "$work/somerset" >"$work/backwards"
tap_none "tests in another order and file give the same answers" \
    "$(diff "$work/forwards" "$work/backwards" 2>&1 || :)"

for copy in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24; do
    cp indicators/somerset/tests.kpi "$work/somerset/copy$copy.kpi"
done
start=$(date +%s%N)
"$KPIC" test -q "$work/somerset" >"$work/out" 2>"$work/err" || :
taken=$((($(date +%s%N) - start) / 1000000))
line=$(tail -n 1 "$work/out")
many=${line%% *}
if [ "$many" -ge 1000 ] && [ "$taken" -lt 2000 ]; then
    tap_ok "a thousand tests end in two seconds"
else
    tap_not_ok "a thousand tests end in two seconds" "$line, in $taken ms"
fi
tap_note "$line, in $taken ms"
tap_done
