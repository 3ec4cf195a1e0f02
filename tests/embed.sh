#!/bin/sh
# Writes the C file that holds texts of the tree.
#
# usage: tests/embed.sh FILE...           the library stdlib/*.kpi (base/stdlib_files.h)
#        tests/embed.sh --text NAME FILE  one text, the array NAME and NAME_len of base/NAME.h
set -eu
LC_ALL=C
export LC_ALL

# FILE: its bytes, and a 0.
bytes() {
    od -An -v -t u1 "$1" | sed -e 's/  *\([0-9][0-9]*\)/\1,/g'
    printf '0};\n'
}

if [ "${1:-}" = --text ]; then
    printf '#include "base/%s.h"\n\nconst char %s[] = {\n' "$2" "$2"
    # A char may be signed: what is above 127 goes below 0.
    od -An -v -t d1 "$3" | sed -e 's/  *\(-*[0-9][0-9]*\)/\1,/g'
    printf '0};\nconst size_t %s_len = sizeof %s - 1;\n' "$2" "$2"
    exit 0
fi

printf '%s\n\n' '#include "base/stdlib_files.h"'
i=0
for file; do
    printf 'static const unsigned char text_%d[] = {\n' "$i"
    bytes "$file"
    printf '\n'
    i=$((i + 1))
done

printf 'const StdlibFile stdlib_files[] = {\n'
i=0
for file; do
    printf '    {"%s", (const char *)text_%d, sizeof text_%d - 1},\n' \
        "$(basename "$file" .kpi)" "$i" "$i"
    i=$((i + 1))
done
printf '    {NULL, NULL, 0},\n};\nconst size_t stdlib_files_len = %d;\n' "$i"
