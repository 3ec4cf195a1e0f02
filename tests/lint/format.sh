#!/bin/sh
# C files have the form of .clang-format. Versions differ in detail, so only 14 decides.
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"
cd "${LINT_TOP:-$ROOT}"

name="C files are formatted"
program=
for candidate in clang-format-14 clang-format; do
    if command -v "$candidate" >/dev/null 2>&1 && "$candidate" --version | grep -q 'version 14\.'; then
        program=$candidate
        break
    fi
done
if [ -z "$program" ]; then
    tap_skip "$name" "no clang-format 14 here"
    tap_done
fi
faults=$(find src include tests -name '*.[ch]' | sort |
    xargs "$program" --style=file --dry-run -Werror 2>&1 | grep -E '^[^ ]+: error:' | sort -u -t: -k1,1)
tap_none "$name" "$faults"
tap_done
