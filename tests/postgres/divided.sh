# Read by shards.sh and shard_pairs.sh: three servers more, and databases that are divided over them.

[ -n "${shard_1:-}" ] || cluster_shards 3

# DATABASE [LINE...]: the database anew on all four servers, and the list of its shards in $list.
divided() {
    cluster_database "$1"
    list=$work/$1.shards
    store=postgresql:///$1
    : >"$list"
    number=0
    for socket in "$shard_1" "$shard_2" "$shard_3"; do
        PGHOST=$socket cluster_database "$1"
        number=$((number + 1))
        echo "s$number = host=$socket dbname=$1 user=kpic" >>"$list"
    done
    shift
    for line; do echo "$line" >>"$list"; done
}
