#!/bin/sh
# PostgreSQL as a data store: the same figures as from SQLite, and what goes wrong. Without PostgreSQL
# all of it is skipped. Each part has a server of its own, in a temporary folder.
#
# usage: tests/postgres/run.sh [same|query|import|statements|cancel|printed|citus|shards|shard_pairs]...
set -eu
. "$(dirname "$0")/../env.sh"
. tests/tap.sh
. tests/postgres/cluster.sh
KPIC=${KPIC:-$BUILD/debug/kpic}
KPIC_RELEASE=${KPIC_RELEASE:-$BUILD/release/kpic}
export KPIC KPIC_RELEASE

if ! cluster_find || ! command -v psql >/dev/null 2>&1; then
    tap_skip "PostgreSQL as a data store" \
        "PostgreSQL is not installed: apt-get install postgresql, then tests/run.sh postgres"
    tap_done
fi
cluster_start
work=$cluster/work
mkdir "$work"
[ $# -gt 0 ] || set -- query same import statements cancel printed citus shards shard_pairs
. tests/postgres/asked.sh
. tests/postgres/same_bytes.sh
for part; do
    . "tests/postgres/$part.sh"
done
tap_done
