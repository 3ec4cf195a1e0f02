#!/bin/sh
# The scanner never backs up (each byte is looked at once), and flex has nothing to warn about.
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"
cd "${LINT_TOP:-$ROOT}"

name="the scanner never backs up"
if [ ! -f grammar/kpi.l ]; then
    tap_skip "$name" "there is no grammar/kpi.l yet"
    tap_done
fi
scratch=$BUILD/lint
mkdir -p "$scratch"
cp grammar/kpi.l "$scratch/"
said=$(cd "$scratch" && rm -f lex.backup && flex -b -Cf -o scan.c kpi.l 2>&1) || said="$said
flex failed"
tap_none "flex has nothing to warn about" "$said"
if [ "$(sed -n 1p "$scratch/lex.backup" 2>/dev/null)" = "No backing up." ]; then
    tap_ok "$name"
else
    tap_not_ok "$name" "$(sed -n 1,40p "$scratch/lex.backup" 2>&1)"
fi
tap_done
