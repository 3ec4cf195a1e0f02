#!/bin/sh
# Each header compiles alone, and twice; the public one as C++ too.
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"
cd "${LINT_TOP:-$ROOT}"

flags="-Wall -Wextra -Wpedantic -Werror -fsyntax-only -Isrc -Iinclude -Igrammar -I$BUILD/gen"
flags="$flags $(pkg-config --cflags libpq 2>/dev/null || :)"

# FILE COMPILER...: what the compiler says about a file that holds only this include, twice.
alone() {
    header=$1
    shift
    # shellcheck disable=SC2086
    printf '#include "%s"\n#include "%s"\n' "$header" "$header" | "$@" $flags -I. - 2>&1 | head -n 8 || :
}

faults=
count=0
for header in $(find src include -name '*.h' | sort); do
    # shellcheck disable=SC2086
    said=$(alone "$header" ${CC:-gcc} -std=c11 -D_POSIX_C_SOURCE=200809L -x c)
    [ -z "$said" ] || faults="$faults$header: $said
"
    count=$((count + 1))
done
tap_none "each of $count headers compiles alone" "$faults"

name="the public header compiles as C++"
if [ ! -f include/kpi/kpi.h ]; then
    tap_skip "$name" "there is no include/kpi/kpi.h yet"
elif ! command -v g++ >/dev/null 2>&1; then
    tap_skip "$name" "no g++ here"
else
    tap_none "$name" "$(alone include/kpi/kpi.h g++ -std=c++11 -x c++)"
fi
tap_done
