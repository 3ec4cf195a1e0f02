# Read by the tests with `.`: a PostgreSQL server of their own, under a temporary folder, reached by a
# socket in it and by no network, run by a user without rights, and stopped when the shell ends.
#
#   cluster_find       whether PostgreSQL is installed; sets $cluster_programs
#   cluster_start      sets PGHOST and PGUSER (kpic, who may do anything there) for all programs.
#                      The user `keyed` needs a password, which is `opensesame`; `reader` needs none.
#   cluster_stop
#   cluster_shards N   N more servers; sets $shard_1 ... to where their sockets are
#   shard_down NAME, shard_up NAME   stops one at once, as if it crashed, and starts it again
#   cluster_database NAME   makes it anew

cluster_find() {
    for cluster_programs in /usr/lib/postgresql/*/bin; do
        [ -x "$cluster_programs/initdb" ] && return 0
    done
    cluster_programs=$(command -v initdb 2>/dev/null) || return 1
    cluster_programs=$(dirname "$cluster_programs")
}

# COMMAND...: as a user without rights, because the server refuses to run as root.
cluster_as_user() {
    if [ "$(id -u)" -ne 0 ]; then
        "$@"
    elif getent passwd postgres >/dev/null; then
        runuser -u postgres -- "$@"
    else
        runuser -u nobody -- "$@"
    fi
}

cluster_stop() {
    [ -n "${cluster:-}" ] || return 0
    for cluster_data in "$cluster"/data "$cluster"/shard_*/data; do
        [ -f "$cluster_data/postmaster.pid" ] || continue
        cluster_as_user "$cluster_programs/pg_ctl" -D "$cluster_data" -m immediate -w stop \
            >/dev/null 2>&1 || :
    done
    rm -rf "$cluster"
    cluster=
}

# NUMBER... of the cluster's own settings go to postgresql.conf.
cluster_start() {
    # Not below the tree: the user without rights may not be able to go there.
    cluster=$(mktemp -d -t kpic-postgres.XXXXXX)
    trap cluster_stop EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    chmod 755 "$cluster"
    mkdir "$cluster/socket" "$cluster/data"
    if [ "$(id -u)" -eq 0 ]; then
        owner=postgres
        getent passwd postgres >/dev/null || owner=nobody
        chown "$owner" "$cluster/socket" "$cluster/data"
    fi
    chmod 700 "$cluster/data"
    chmod 755 "$cluster/socket"
    (
        cd "$cluster"
        cluster_as_user "$cluster_programs/initdb" -D "$cluster/data" -U kpic -A trust -k -E UTF8 \
            --locale=C.UTF-8 --no-sync --no-instructions >"$cluster/initdb.log" 2>&1
    ) || {
        cat "$cluster/initdb.log" >&2
        return 1
    }
    {
        echo "listen_addresses = ''"
        echo "unix_socket_directories = '$cluster/socket'"
        echo "fsync = off"
        echo "full_page_writes = off"
        echo "max_wal_size = '4GB'"
        echo "logging_collector = off"
    } >>"$cluster/data/postgresql.conf"
    {
        echo "local all keyed scram-sha-256"
        echo "local all all trust"
    } >"$cluster/data/pg_hba.conf"
    PGHOST=$cluster/socket
    PGUSER=kpic
    export PGHOST PGUSER
    unset PGPORT PGDATABASE PGPASSWORD PGPASSFILE PGSERVICE PGSERVICEFILE PGOPTIONS || :
    cluster_up
    psql -qX -d postgres -c "CREATE ROLE keyed LOGIN PASSWORD 'opensesame'" \
        -c "CREATE ROLE reader LOGIN"
}

cluster_up() {
    (cd "$cluster" && cluster_as_user "$cluster_programs/pg_ctl" -D "$cluster/data" -w -t 60 \
        -l "$cluster/socket/log" start >/dev/null) || {
        cat "$cluster/socket/log" >&2
        return 1
    }
}

cluster_database() {
    psql -qX -d postgres -c "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)" \
        -c "CREATE DATABASE \"$1\"" 2>/dev/null
}

# The first is made anew, the others are copies of it before it starts.
cluster_shards() {
    for shard_number in $(seq 1 "$1"); do
        shard_folder=$cluster/shard_$shard_number
        mkdir "$shard_folder" "$shard_folder/socket" "$shard_folder/data"
        chmod 700 "$shard_folder/data"
        [ "$(id -u)" -ne 0 ] || chown -R "$owner" "$shard_folder"
        chmod 755 "$shard_folder" "$shard_folder/socket"
        if [ "$shard_number" -eq 1 ]; then
            (cd "$shard_folder" && cluster_as_user "$cluster_programs/initdb" -D "$shard_folder/data" -U kpic \
                -A trust -k -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions >initdb.log 2>&1) || return 1
        else
            (cd "$shard_folder" && cluster_as_user cp -R "$cluster/shard_1/data/." "$shard_folder/data/") || return 1
        fi
    done
    for shard_number in $(seq 1 "$1"); do
        shard_folder=$cluster/shard_$shard_number
        {
            echo "listen_addresses = ''"
            echo "unix_socket_directories = '$shard_folder/socket'"
            echo "fsync = off"
            echo "full_page_writes = off"
            echo "logging_collector = off"
        } >>"$shard_folder/data/postgresql.conf"
        eval "shard_$shard_number=\$shard_folder/socket"
        shard_up "shard_$shard_number"
    done
}

shard_up() {
    (cd "$cluster/$1" && cluster_as_user "$cluster_programs/pg_ctl" -D "$cluster/$1/data" -w -t 60 \
        -l "$cluster/$1/socket/log" start >/dev/null) || {
        cat "$cluster/$1/socket/log" >&2
        return 1
    }
}

shard_down() {
    (cd "$cluster/$1" && cluster_as_user "$cluster_programs/pg_ctl" -D "$cluster/$1/data" -w -m immediate \
        stop >/dev/null)
}
