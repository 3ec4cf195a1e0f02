#!/bin/sh
# Finds what this machine lacks, says so, and installs it where it can (Debian, Ubuntu).
#
# usage: tests/setup.sh [build] [tests] [fuzz]        the groups of the table below; default: build tests
#
# As root, or where sudo asks for no password, it runs apt-get. Otherwise it prints the command to
# run and ends with 2. On another system it says what is missing; when nothing is, it goes on.
set -eu
LC_ALL=C
export LC_ALL
[ $# -gt 0 ] || set -- build tests
groups=" $* "

# group, how to see that it is there, package, and what it is for. A package with a ? is installed
# where the system offers it; the test that wants it is skipped, and says so, where it does not.
needs() {
    cat <<'TABLE'
build command gcc            gcc               compiles C
build command make           make              runs the build
build command flex           flex              writes the scanner from grammar/kpi.l
build command bison          bison             writes the parser from grammar/kpi.y
build command pkg-config     pkg-config        finds the libraries
build header  stdio.h        libc6-dev         the C library
build header  sqlite3.h      libsqlite3-dev    the store of the data
build header  utf8proc.h     libutf8proc-dev   widths and letter case of Unicode text
build header  jansson.h      libjansson-dev    reads and writes JSON
build header  xxhash.h       libxxhash-dev     fingerprints of files and rows
build header  cmark.h       libcmark-dev      reads the Markdown of reports
build header  zip.h          libzip-dev        opens workbooks, which are archives
build header  expat.h        libexpat1-dev     reads the XML in workbooks
build header  postgresql/libpq-fe.h libpq-dev  talks to PostgreSQL
tests header  check.h        check             the unit tests
tests header  csv.h          libcsv-dev        a second CSV reader to compare ours with
tests command sqlite3        sqlite3           a second engine to compare results with
tests command jq             jq                reads the JSON that kpic prints
tests server  postgresql     postgresql?       a server for the tests of PostgreSQL as a data store
tests command vim            vim?              reads the syntax file for vim
tests command mandoc         mandoc?           reads the pages of the manual
tests command zsh            zsh?              reads the completions for zsh
tests command fish           fish?             reads the completions for fish
tests command clang-format-14 clang-format-14? the form of the C files
fuzz  command clang          clang             libFuzzer
fuzz  fuzzer  clang          libclang-rt       the fuzzer's run time
TABLE
}

headers_found() {
    for header; do echo "#include <$header>"; done | gcc -E -x c - >/dev/null 2>&1
}

fuzzer_found() {
    folder=$(clang --print-resource-dir 2>/dev/null) || return 1
    find "$folder" -name 'libclang_rt.fuzzer*.a' 2>/dev/null | grep -q .
}

# KIND NAME
found() {
    case $1 in
    command) command -v "$2" >/dev/null 2>&1 ;;
    header) [ "$headers" = all ] || headers_found "$2" ;;
    fuzzer) fuzzer_found ;;
    server) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 ;;
    esac
}

# What is missing, one line each: package, then what for. All headers are tried at once first.
missing() {
    wanted=$(needs | while read -r group kind name package why; do
        case $groups in *" $group "*) echo "$kind $name $package $why" ;; esac
    done)
    headers=some
    # shellcheck disable=SC2046
    if headers_found $(echo "$wanted" | sed -n 's/^header  *\([^ ]*\).*/\1/p'); then headers=all; fi
    echo "$wanted" | while read -r kind name package why; do
        found "$kind" "$name" || echo "$package $why"
    done
}

lacking=$(missing)
if [ -z "$(echo "$lacking" | grep -v '^[^ ]*? ')" ] && [ -n "$lacking" ] &&
    ! command -v apt-get >/dev/null 2>&1; then
    echo "setup: all that is needed is here; optional, and missing:"
    echo "$lacking" | sed 's/^\([^ ]*\)? /  \1: /'
    exit 0
fi
if [ -z "$lacking" ]; then
    echo "setup: everything is here (for: $*)"
    exit 0
fi

echo "setup: missing on this machine:"
echo "$lacking" | while read -r package why; do printf '  %-18s %s\n' "$package" "$why"; done

if ! command -v apt-get >/dev/null 2>&1; then
    echo "setup: this is no Debian or Ubuntu; install them (the names are Debian's), then try again" >&2
    exit 2
fi

packages=$(echo "$lacking" | sed 's/ .*//' | sort -u | tr '\n' ' ' | sed 's/ $//')
as_root=
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        if [ -z "$(echo "$lacking" | grep -v '^[^ ]*? ')" ]; then
            echo "setup: only optional ones are missing; going on"
            exit 0
        fi
        echo "setup: this needs root, and sudo would ask for a password. Please run:" >&2
        version=$(clang --version 2>/dev/null | sed -n 's/.*version \([0-9]*\).*/\1/p')
        echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends" \
            "$(echo "$packages" | sed -e 's/?//g' -e "s/libclang-rt/libclang-rt-${version:-14}-dev/")" >&2
        exit 2
    fi
fi

# ARGUMENTS: apt-get that never asks and waits its turn.
apt() {
    echo "setup: ${as_root:+$as_root }apt-get $*"
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 \
        -o Dpkg::Use-Pty=0 "$@" </dev/null
}

# PACKAGE: whether the lists of this system have it.
offered() {
    apt-cache show "$1" 2>/dev/null | grep -q '^Package:'
}

apt update || echo "setup: some lists could not be fetched; trying with those that are here" >&2
chosen=
for package in $packages; do
    case $package in
    libclang-rt) # has the version of clang in its name
        version=$(apt-cache depends clang 2>/dev/null | sed -n 's/.*Depends: clang-\([0-9][0-9]*\)$/\1/p')
        chosen="$chosen libclang-rt-$version-dev"
        ;;
    *\?)
        package=${package%\?}
        if offered "$package"; then
            chosen="$chosen $package"
        else
            echo "setup: this system has no package $package; its test will be skipped"
        fi
        ;;
    *) chosen="$chosen $package" ;;
    esac
done
# shellcheck disable=SC2086
[ -z "$chosen" ] || apt install -y --no-install-recommends $chosen

lacking=$(missing | grep -v '^[^ ]*? ' || :)
if [ -n "$lacking" ]; then
    echo "setup: still missing:" >&2
    echo "$lacking" | sed 's/^/  /' >&2
    exit 2
fi
echo "setup: done"
