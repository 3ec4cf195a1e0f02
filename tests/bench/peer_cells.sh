#!/bin/sh
# The rows that the queries give, `ind,period,area,num,den`, in the form of cells.sh.
# usage: tests/bench/peer_cells.sh ROWS.csv >CELLS.csv
set -eu
[ $# -eq 1 ] || { echo "usage: tests/bench/peer_cells.sh ROWS.csv" >&2; exit 2; }
LC_ALL=C
export LC_ALL
{
    echo "indicator,period,area,numerator,denominator,value"
    awk -F , '
        $4 + 0 == 0 && $5 + 0 == 0 { next }
        {
            scale = $1 ~ /^rate_/ ? 10000 : $1 ~ /^mean_/ ? 1 : 100
            printf "%s,%d,%d,%d,%d,%.6f\n", $1, $2, $3, $4, $5, $5 + 0 ? scale * $4 / $5 : $4
        }' "$1"
} | sort
