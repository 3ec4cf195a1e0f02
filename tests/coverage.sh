#!/bin/sh
# Line coverage of src/ by the unit tests, golden tests and oracles; generated code is left out.
set -eu
. "$(dirname "$0")/env.sh"
if ! command -v gcovr >/dev/null; then
    echo "coverage: install gcovr (apt-get install gcovr)" >&2
    exit 2
fi
KPIC=$BUILD/cov/kpic
KPIC_RELEASE=$KPIC
export KPIC KPIC_RELEASE
find "$BUILD/cov" -name '*.gcda' -exec rm -f {} +
"$BUILD/cov/unit" "$BUILD/cov/unit.tap" >"$BUILD/cov/unit.log" 2>&1 || echo "coverage: unit tests failed" >&2
tests/run.sh golden lang oracle >"$BUILD/cov/run.log" 2>&1 || {
    echo "coverage: not all tests passed:" >&2
    tail -n 1 "$BUILD/cov/run.log" >&2
}
gcovr --root "$ROOT" --object-directory "$BUILD/cov" --filter 'src/' --exclude-throw-branches \
    --sort-uncovered "$BUILD/cov" | tee "$BUILD/cov/coverage.txt"
