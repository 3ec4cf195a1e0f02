#!/bin/sh
# What `make demo` shows: two bodies of real data, from their CSV files to printed indicators.
# Each command is printed before it runs, so that it can be typed again.
set -eu
. "$(dirname "$0")/env.sh"
KPIC=${KPIC:-$BUILD/release/kpic}
PATH=$(dirname "$KPIC"):$PATH
store=build/demo
rm -rf "$store"
mkdir -p "$store"

say() {
    printf '\n\033[1m%s\033[0m\n' "$*" | if [ -t 1 ]; then cat; else sed 's/\x1b\[[0-9]*m//g'; fi
}
show() {
    printf '$ %s\n' "$*"
    "$@"
}

# TO FINISH: the names of sources, places and indicators as indicators/ ships them.
say "1. England's published tables, 2013 to 2024: from CSV files into a store"
show kpic import indicators/england/data --store "$store/england.db"

say "2. Children in need and child protection: Somerset and its ten neighbours"
show kpic eval indicators/england --data "$store/england.db" --from 2012/13 --to 2023/24

say "3. Looked-after children, record by record"
show kpic import indicators/looked_after/data --store "$store/looked_after.db"
show kpic eval indicators/looked_after --data "$store/looked_after.db" --indicator looked_after -p 2017/18

say "Next"
cat <<'END'
  README.md                 a tour in twenty lines
  indicators/*/*.kpi        the definitions behind these numbers
  kpic help                 every command (build/release/kpic)
  make check                the tests
END
