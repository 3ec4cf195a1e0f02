#!/bin/sh
# The scripts of the build: what embed.sh writes gives back the bytes, and the set-up says what is
# missing and asks for nothing it cannot do.
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"
scratch=$BUILD/self/build
rm -rf "$scratch"
mkdir -p "$scratch"

# Every byte but NUL, twice; no line end at the end; and an empty file.
awk 'BEGIN { for (t = 0; t < 2; t++) for (i = 1; i < 256; i++) printf "%c", i }' >"$scratch/bytes.kpi"
: >"$scratch/empty.kpi"
cat >"$scratch/main.c" <<'END'
#include <stdio.h>
#include <string.h>
#include "base/stdlib_files.h"
int main(int argc, char **argv) {
    for (size_t i = 0; i < stdlib_files_len; i++)
        if (argc > 1 && strcmp(stdlib_files[i].name, argv[1]) == 0)
            return fwrite(stdlib_files[i].text, 1, stdlib_files[i].len, stdout) == stdlib_files[i].len ? 0 : 1;
    return 2;
}
END
tests/embed.sh "$scratch/bytes.kpi" "$scratch/empty.kpi" >"$scratch/files.c"
if ${CC:-gcc} -Wall -Wextra -Werror -Isrc -o "$scratch/main" "$scratch/main.c" "$scratch/files.c" &&
    "$scratch/main" bytes | cmp - "$scratch/bytes.kpi" && "$scratch/main" empty | cmp - /dev/null; then
    tap_ok "embedded files give back their bytes"
else
    tap_not_ok "embedded files give back their bytes"
fi

# A machine with nothing but a shell: no compiler, no tools, no apt-get.
mkdir -p "$scratch/bin"
for tool in sh cat sed grep sort tr id env find printf; do
    path=$(command -v "$tool") && ln -sf "$path" "$scratch/bin/$tool" 2>/dev/null || :
done
code=0
out=$(PATH=$scratch/bin sh tests/setup.sh build tests 2>&1) || code=$?
wrong=
[ "$code" -eq 2 ] || wrong="exit code $code"
for package in flex bison libsqlite3-dev check; do
    echo "$out" | grep -q "^  $package " || wrong="$wrong no word of $package;"
done
tap_none "set-up without apt-get names what is missing and ends with 2" "${wrong:+$wrong
$out}"

# With apt-get, but neither root nor sudo.
printf '#!/bin/sh\necho "apt-get was called" >&2; exit 1\n' >"$scratch/bin/apt-get"
printf '#!/bin/sh\necho 1000\n' >"$scratch/bin/id.new"
chmod +x "$scratch/bin/apt-get" "$scratch/bin/id.new"
mv "$scratch/bin/id.new" "$scratch/bin/id"
code=0
out=$(PATH=$scratch/bin sh tests/setup.sh build 2>&1) || code=$?
wrong=
[ "$code" -eq 2 ] || wrong="exit code $code"
echo "$out" | grep -q 'sudo apt-get update && sudo apt-get install .* flex ' || wrong="$wrong no command;"
echo "$out" | grep -q 'was called' && wrong="$wrong apt-get was called;"
tap_none "set-up without root prints the command and ends with 2" "${wrong:+$wrong
$out}"
tap_done
