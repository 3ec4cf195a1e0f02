#!/bin/sh
# The golden tests that need a PostgreSQL server: cases as in tests/golden, each with an empty database of
# its own and a server's socket folder that outputs show as the word SOCKET.
#
# usage: tests/postgres/golden.sh [--update] [CASE...]
set -eu
. "$(dirname "$0")/../env.sh"
. tests/postgres/cluster.sh
KPIC=${KPIC:-$BUILD/debug/kpic}
export KPIC

if ! cluster_find || ! command -v psql >/dev/null 2>&1; then
    . tests/tap.sh
    tap_skip "golden tests with PostgreSQL" \
        "PostgreSQL is not installed: apt-get install postgresql, then tests/run.sh postgres"
    tap_done
fi
cluster_start
GOLDEN_CASES=tests/postgres/golden
export GOLDEN_CASES
sh tests/golden.sh "$@"
