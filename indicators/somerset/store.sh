#!/bin/sh
# Makes the store that the project reads: the records, and the published tables of the neighbours.
#
#     KPIC=PROGRAM store.sh FOLDER STORE       STORE: an SQLite file, or postgresql://...
#     KPIC=PROGRAM store.sh FOLDER STORE LIST  divided over the servers of the list (kpic help shards)
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
england=$here/../england/data
store=$2
# From beside the definitions a project would be found, with a store of its own.
data=$(cd "$1" && pwd -P)
case $store in
postgresql://* | postgres://*)
    list=${3:-}
    case $list in
    '' | /*) ;;
    *) list=$(pwd -P)/$list ;;
    esac
    # What belongs to a child is found in the definitions.
    cd "$([ -n "$list" ] && echo "$here" || echo /)"
    new=$store
    ;;
*)
    list=
    folder=$(cd "$(dirname "$store")" && pwd -P)
    cd "$folder"
    store=$folder/$(basename "$store")
    new=$store.new
    rm -f "$new"
    ;;
esac
import() {
    "${KPIC:-kpic}" import "$@" --store "$new" ${list:+--shards "$list"} -q
}
import "$data" "$here/published/SFR41_CLA2016.csv" \
    "$england/b4_children_in_need_duration_of_open_episode_2013_to_2024.csv" \
    "$england/c2_children_in_need_assessments_duration_2014_to_2024.csv" \
    "$england/d1_child_protection_plans_2013_to_2024.csv" \
    "$england/d3_cpps_subsequent_plan_2013_to_2024.csv" \
    "$england/d5_cpps_at31march_by_duration_2013_to_2024.csv"
# The headings of these sheets fill several rows; under their rows stand notes.
workbook=$here/published/SFR41_2016_LA_Tables.xlsx
import "$workbook" --sheet LAA6 --header-rows 6-17 --rows 20-195
import "$workbook" --sheet LAF4a --header-rows 7-15 --rows 16-189
[ "$new" = "$store" ] || mv "$new" "$store"
