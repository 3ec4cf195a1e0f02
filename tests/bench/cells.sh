#!/bin/sh
# The results of the benchmark's indicators in the form in which all programs write them:
#
#   indicator,period,area,numerator,denominator,value
#
# sorted whole by bytes, header included. The 36 months are numbered from 1, area 0 is the total, a cell in
# which nothing was counted is left out, and a figure without a denominator has 0 there. The value is
# the quotient with six places as C prints it; where kpic's own value is another one, that is written.
#
# usage: tests/bench/cells.sh RESULTS.csv >CELLS.csv         RESULTS: from kpic eval --format csv
set -eu
[ $# -eq 1 ] || { echo "usage: tests/bench/cells.sh RESULTS.csv" >&2; exit 2; }
LC_ALL=C
export LC_ALL

{
    echo "indicator,period,area,numerator,denominator,value"
    sqlite3 -batch -separator ' ' :memory: ".import --csv '$1' r" "
    SELECT indicator, period, replace(replace(\"group\", '; ', '/'), ' ', '_') || '/', basis,
           'band=' || replace(band, ' ', '_'), 'numbers=' || numerator || '/' || denominator || '/' || value,
           'share=' || share_numerator || '/' || share_denominator || '/' || share_value
    FROM r" | awk '
    # The group of a breakdown: part(\"Area\") of Age=17/Area=3/ is 3; nothing where it is totalled.
    function part(label) {
        return match("/" $3, "/" label "=[^/]*/") ? substr($3, RSTART + length(label) + 1, RLENGTH - length(label) - 3) : ""
    }
    function cell(name, numbers, scale,    field, value) {
        sub(/^[a-z]*=/, "", numbers)
        split(numbers, field, "/")
        if (field[1] + 0 == 0 && field[2] + 0 == 0)
            return
        value = field[2] + 0 ? scale * field[1] / field[2] : field[1]
        if (field[3] == "" || (field[3] - value) ^ 2 > 1e-18 * (1 + value ^ 2))
            value = field[3]
        printf "%s,%d,%d,%d,%d,%.6f\n", name, period, area, field[1], field[2], value
    }
    {
        split($2, month, "-")
        period = (month[1] - 2014) * 12 + month[2] - 1
        area = part("Area")
        area = area == "" ? 0 : area
    }
    $1 == "contacts_agency" {
        if (part("Agency") != "") {
            cell("share_" part("Agency"), $7, 100)
            cell("conv_" part("Agency"), $6, 100)
        }
        next
    }
    $1 == "wd_dist" {
        if ($5 != "band=") {
            if ($5 == "band=0") order = 0
            cell("wd_" order++, $6, 100)
        }
        next
    }
    $1 == "ytd_spend" { if (part("Kind") != "") cell("ytd_" part("Kind"), $6, 1); next }
    $1 == "neet" { cell("neet_" (part("Age") == "" ? "all" : part("Age")), $6, 100); next }
    { cell($1, $6, $4 == "percent" ? 100 : $1 ~ /^rate_/ ? 10000 : 1) }'
} | sort
