#!/bin/sh
# Feeds the corpus of each fuzz target (tests/fuzz/corpus/NAME/ to tests/fuzz/fuzz_NAME.c) to it once.
# With no target yet there is nothing to run, and that is no failure.
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"

log=$BUILD/tests/replay.log
mkdir -p "$BUILD/tests"
for target in tests/fuzz/fuzz_*.c; do
    [ -f "$target" ] || continue
    name=$(basename "$target" .c | sed 's/^fuzz_//')
    if count=$("$BUILD/debug/replay_$name" "tests/fuzz/corpus/$name" 2>"$log"); then
        tap_ok "corpus of $name, $count files"
    else
        tap_not_ok "corpus of $name" "$(tail -n 40 "$log")"
    fi
done
if [ "$tap_count" -eq 0 ]; then
    tap_skip "corpus" "there is no fuzz target yet"
fi
tap_done
