#!/bin/sh
# Writes the C file that holds the texts of the given stdlib/*.kpi files (see base/stdlib_files.h).
set -eu
LC_ALL=C
export LC_ALL

printf '%s\n\n' '#include "base/stdlib_files.h"'
i=0
for file; do
    printf 'static const unsigned char text_%d[] = {\n' "$i"
    od -An -v -t u1 "$file" | sed -e 's/  *\([0-9][0-9]*\)/\1,/g'
    printf '0};\n\n'
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
