# Read by run.sh: random pairs of definition and data on a store that is divided over three servers, against the
# reference engine there. A difference is left under build/differential. KPIC_TEST_SHARD_PAIRS is how many there
# are, KPIC_TEST_SEED the number of the first.

. tests/postgres/divided.sh
pairs=${KPIC_TEST_SHARD_PAIRS:-60}
seed=${KPIC_TEST_SEED:-500000}
mkdir -p "$BUILD/differential"
# Tables stay in a database, so that it gets slower: some pairs each.
tried=0
while [ "$tried" -lt "$pairs" ]; do
    some=$((pairs - tried < 100 ? pairs - tried : 100))
    divided "pairs_$tried" 'distribute by child'
    if said=$(KPIC_TEST_DATABASE=$store KPIC_TEST_SHARDS=$list "$BUILD/release/differential" random "$some" \
        $((seed + tried)) "$BUILD/differential" 2>&1); then
        tap_ok "$some random pairs on three shards, from $((seed + tried))"
        tap_note "$(echo "$said" | sed -n 's/^# note: \(statements.*\)/\1/p')"
    else
        tap_not_ok "$some random pairs on three shards, from $((seed + tried))" \
            "$(echo "$said" | grep -v '^ok' | tail -n 40)"
    fi
    tried=$((tried + some))
done
