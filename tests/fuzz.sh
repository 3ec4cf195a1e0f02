#!/bin/sh
# Runs libFuzzer on each target for some seconds, starting from its corpus. New inputs that reach new
# code are kept under build/fuzz/found/; a crash is left in build/fuzz/ and fails.
# usage: tests/fuzz.sh SECONDS NAME...
set -eu
. "$(dirname "$0")/env.sh"
seconds=$1
shift
if [ $# -eq 0 ]; then
    echo "tests/fuzz.sh: there is no fuzz target (tests/fuzz/fuzz_*.c)" >&2
    exit 1
fi
for name; do
    found=$BUILD/fuzz/found/$name
    mkdir -p "$found"
    dictionary=tests/fuzz/$name.dict
    echo "fuzz: $name for $seconds seconds"
    "$BUILD/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix="$BUILD/fuzz/$name-" -print_final_stats=1 -verbosity=0 \
        $([ ! -f "$dictionary" ] || echo "-dict=$dictionary") \
        "$found" "tests/fuzz/corpus/$name"
done
