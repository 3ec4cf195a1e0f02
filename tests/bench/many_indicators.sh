#!/bin/sh
# Time and memory of parsing and checking many indicators (12,000 unless told): prints both.
# usage: tests/bench/many_indicators.sh [COUNT]     KPIC names the program
# Never part of `make check`: a time is no test.
set -eu
. "$(dirname "$0")/../env.sh"
KPIC=${KPIC:-$BUILD/release/kpic}
count=${1:-12000}
dir=$BUILD/bench/many
rm -rf "$dir"
mkdir -p "$dir"

awk -v count="$count" -v dir="$dir" 'BEGIN {
    file = dir "/sources.kpi"
    print "project \"Many indicators\"\n    decimals    percent 1, per 1\n" > file
    print "source child \"Children\" from \"children\"\n    key         id" > file
    print "    column      id         text\n    column      born       date optional" > file
    print "    column      area       text\n" > file
    print "source plan \"Plans\" from \"plans\"\n    key         id" > file
    print "    column      id         text\n    column      child      link to child" > file
    print "    column      start      date\n    column      end        date open" > file
    print "    column      kind       text in kind optional\n" > file
    print "codes kind \"Kinds\"\n    A           \"First\"\n    B           \"Second\"" > file
    for (i = 0; i < count; i++) {
        file = dir "/part" int(i / 1000) ".kpi"
        printf "%sindicator plans_again_%d \"Second or later plan within %d months (%d)\"\n",
               i % 1000 ? "\n" : "", i, i % 36 + 1, i > file
        print "    why         \"A repeat plan suggests that the first did not last.\"" > file
        print "    denominator plan p dated p.start where p.kind in kind" > file
        printf "    numerator   those where exists another plan q where q.child = p.child and q.end within %d months before p.start\n", i % 36 + 1 > file
        print "    exclude     young \"under fives\" where age(p.child.born, p.start) < 5" > file
        print "    by          p.child.area as \"Area\" total \"County\"" > file
        print "    basis       percent\n    window      rolling 12 months every month" > file
        print "    good        low\n    target      20.7% \"neighbours\"" > file
    }
}'
start=$(date +%s.%N)
"$KPIC" check -q "$dir"
end=$(date +%s.%N)
awk -v a="$start" -v b="$end" -v n="$count" 'BEGIN { printf "%d indicators parsed and checked in %.2f s\n", n, b - a }'
if command -v /usr/bin/time >/dev/null 2>&1; then
    /usr/bin/time -f 'peak memory %M KiB' "$KPIC" check -q "$dir"
fi
