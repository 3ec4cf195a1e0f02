#!/bin/sh
# Who may include whom: the table of the layers, in `allowed` below. Also: only the layers that own a
# database see sqlite3.h, the public header sees nothing of ours, and headers make no cycle.
# LINT_TOP names another tree to look at (for the test of this script).
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"
cd "${LINT_TOP:-$ROOT}"
mkdir -p "$BUILD"
pairs=$BUILD/lint.pairs

# "FILE LINE INCLUDED" for every include; <...> keeps its bracket.
includes() {
    find src include grammar -type f \( -name '*.[chly]' -o -name '*.def' \) | sort |
        xargs awk '/^[ \t]*#[ \t]*include[ \t]*["<]/ {
            name = $0
            sub(/^[ \t]*#[ \t]*include[ \t]*"?/, "", name)
            sub(/[">].*/, "", name)
            print FILENAME, FNR, name
        }'
}

breaches() {
    includes | awk '
        BEGIN {
            allowed["base"] = ""
            allowed["syntax"] = "base"
            allowed["sema"] = "base syntax"
            allowed["plan"] = "base sema"
            allowed["store"] = "base sema/catalog.h"
            allowed["stats"] = "base"
            allowed["engine"] = "base sema plan store"
            allowed["wording"] = "base sema"
            allowed["check"] = "base sema plan store engine"
            allowed["report"] = "base sema engine stats wording"
            allowed["explain"] = "base sema plan engine stats wording report"
            allowed["docs"] = "base syntax sema plan wording stats report"
            allowed["diff"] = "base sema plan engine stats wording report explain"
            allowed["testing"] = "base sema plan store engine stats report"
            allowed["cli"] = "testing docs diff check explain base syntax sema wording plan store stats engine report kpi"
            allowed["kpi"] = ""
        }
        function layer_of(path, parts) {
            split(path, parts, "/")
            if (parts[1] == "grammar") return "syntax"
            if (parts[1] == "include") return "kpi"
            return parts[2]
        }
        function bad(why) { print $1 ":" $2 ": " why }
        {
            layer = layer_of($1)
            if (!(layer in allowed)) { bad("no layer named " layer); next }
            if ($3 ~ /^</) {
                if ($3 ~ /^<sqlite3/ && $1 !~ /^src\/(store|engine\/sql)\//)
                    bad("only src/store/ and src/engine/sql/ may use sqlite3.h")
                if ($3 ~ /^<libpq/ && $1 !~ /^src\/store\//)
                    bad("only src/store/ may use libpq-fe.h")
                split(substr($3, 2), parts, "/")
                if (parts[1] in allowed && parts[2] != "")
                    bad("own headers are included with quotes")
                next
            }
            if ($3 == "kpi_parse.h") {
                if (layer != "syntax") bad("only syntax may use the parser'"'"'s header")
                next
            }
            count = split($3, parts, "/")
            if (count < 2 || !(parts[1] in allowed)) {
                # The tables of words beside the grammar are read by the syntax layer alone.
                if ($3 ~ /^[a-z_]*\.def$/ && layer == "syntax") next
                bad("\"" $3 "\" is not written as \"layer/file.h\"")
                next
            }
            if (parts[1] == layer) next
            known = split(allowed[layer], may, " ")
            for (i = 1; i <= known; i++)
                if (may[i] == parts[1] || may[i] == $3) next
            bad(layer " may not include \"" $3 "\"")
        }'
}

cycles() {
    includes | awk '$1 ~ /^src\/.*\.h$/ && $3 !~ /^</ { sub(/^src\//, "", $1); print $1, $3 }' >"$pairs"
    awk '$1 == $2 { print $1 ": includes itself" }' "$pairs"
    tsort "$pairs" 2>&1 >/dev/null || :
}

tap_none "each file includes only what its layer may" "$(breaches)"
tap_none "no header includes itself by way of others" "$(cycles)"
tap_done
