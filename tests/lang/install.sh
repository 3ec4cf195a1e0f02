#!/bin/sh
# `make install`: every file in its place, the program runs from there, its page is found by man's own
# reader, and nothing outside DESTDIR is touched.
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"
there=$BUILD/tests/installed
rm -rf "$there"
said=$(make -s install PREFIX=/opt/kpic DESTDIR="$there" 2>&1) || said="$said
make install failed"
top=$there/opt/kpic

wanted="bin/kpic
include/kpi/kpi.h
lib/libkpi.a
share/bash-completion/completions/kpic
share/doc/kpic/LICENSE
share/fish/vendor_completions.d/kpic.fish
share/kpic/kpi.tmLanguage.json
share/man/man1/kpic.1
$(sed -n 's|^COMMAND([A-Z]*, \([a-z]*\),.*|share/man/man1/kpic-\1.1|p' src/cli/commands.def)
share/man/man5/kpi.5
share/vim/vimfiles/ftdetect/kpi.vim
share/vim/vimfiles/syntax/kpi.vim
share/zsh/site-functions/_kpic"
got=$(cd "$there" && find . ! -type d | sed 's|^\./opt/kpic/||')
echo "$wanted" | sort >"$BUILD/tests/wanted"
echo "$got" | sort >"$BUILD/tests/got"
tap_none "all files are in their places, and no others" \
    "$(diff "$BUILD/tests/wanted" "$BUILD/tests/got" || echo "$said")"
tap_none "the program runs from there" \
    "$(cd "$there" && ./opt/kpic/bin/kpic init -q project && cd project && ../opt/kpic/bin/kpic test -q 2>&1 |
        grep -v passed)"
tap_none "files are for everyone to read, programs to run" "$(
    find "$top" -type f ! -perm 644 ! -path '*/bin/kpic'
    find "$top" -path '*/bin/kpic' ! -perm 755
)"
tap_none "a PREFIX that is no absolute path is refused" \
    "$(make -s install PREFIX=here DESTDIR="$there" >/dev/null 2>&1 && echo "it was taken")"
tap_done
