#!/bin/sh
# The statements that load the benchmark's CSV files into an engine, on standard output.
# usage: tests/bench/tables.sh duckdb|postgres|sqlite FOLDER
# SQLite keeps days as numbers, as a careful user of it does: the files come in as they are first, and the
# comment `-- loaded` parts that from what is made of them.
set -eu
engine=$1
folder=$2
here=$(dirname "$0")

awk -v engine="$engine" -v folder="$folder" '
    BEGIN {
        type["i"] = "INTEGER"
        type["b"] = "BIGINT"
        type["d"] = engine == "sqlite" ? "INTEGER" : "DATE"
        type["t"] = engine == "sqlite" ? "TEXT" : "VARCHAR"
        type["r"] = engine == "sqlite" ? "REAL" : "DOUBLE PRECISION"
        if (engine == "sqlite")
            print "PRAGMA journal_mode = OFF;\nPRAGMA synchronous = OFF;"
    }
    /^#/ { next }
    {
        table = $1
        columns = ""
        values = ""
        for (i = 2; i <= NF; i++) {
            split($i, column, ":")
            columns = columns (i > 2 ? ", " : "") column[1] " " type[column[2]]
            value = "nullif(" column[1] ", \047\047)"
            if (column[2] == "d")
                value = "CAST(julianday(" value ") - 2440587.5 AS INTEGER)"
            values = values (i > 2 ? ", " : "") value
        }
        file = "\047" folder "/" table ".csv\047"
        if (engine == "sqlite") {
            print ".import --csv " file " raw_" table
            made = made "CREATE TABLE " table "(" columns ");\n" \
                "INSERT INTO " table " SELECT " values " FROM raw_" table ";\n" \
                "DROP TABLE raw_" table ";\n"
            next
        }
        print "CREATE TABLE " table "(" columns ");"
        print engine == "duckdb" ? "COPY " table " FROM " file " (HEADER);" \
            : "\\copy " table " FROM " file " WITH (FORMAT csv, HEADER)"
    }
    END {
        if (engine == "sqlite")
            printf "-- loaded\n%s", made
        if (engine == "duckdb")
            print "CHECKPOINT;"
    }' "$here/sql/tables"
if [ "$engine" != duckdb ]; then
    cat "$here/sql/indexes.sql"
    [ "$engine" = sqlite ] && echo "ANALYZE;" || echo "VACUUM ANALYZE;"
fi
