#!/bin/sh
# Puts what was built in its places, as `make install` says.
#
# usage: tests/install.sh PREFIX [DESTDIR]    PREFIX is where it will be found, DESTDIR what stands
#                                            before it now (for packages)
set -eu
. "$(dirname "$0")/env.sh"
case $1 in
/*) ;;
*)
    echo "install: PREFIX is a folder from the root on: '$1' is not" >&2
    exit 2
    ;;
esac
into=${2:-}$1
kpic=$BUILD/release/kpic

# MODE FILE TARGET
place() {
    install -D -m "$1" "$2" "$into/$3"
}

place 755 "$kpic" bin/kpic
place 644 "$BUILD/release/libkpi.a" lib/libkpi.a
place 644 include/kpi/kpi.h include/kpi/kpi.h
place 644 LICENSE share/doc/kpic/LICENSE
for page in "$BUILD"/man/man1/*.1; do place 644 "$page" "share/man/man1/$(basename "$page")"; done
place 644 "$BUILD/man/man5/kpi.5" share/man/man5/kpi.5

place 644 "$BUILD/editors/kpi.tmLanguage.json" share/kpic/kpi.tmLanguage.json
for part in syntax ftdetect; do
    place 644 "$BUILD/editors/vim/$part/kpi.vim" "share/vim/vimfiles/$part/kpi.vim"
done

made=$BUILD/completion
mkdir -p "$made"
for shell in bash zsh fish; do "$kpic" completion "$shell" -o "$made/$shell"; done
place 644 "$made/bash" share/bash-completion/completions/kpic
place 644 "$made/zsh" share/zsh/site-functions/_kpic
place 644 "$made/fish" share/fish/vendor_completions.d/kpic.fish
echo "installed under $into"
