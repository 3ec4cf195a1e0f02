#!/bin/sh
# What must not stand in the tree: paths of one machine, hosts of package registries, and talk about
# how the code came to be. Data keeps its own words. (The brackets keep this file from finding itself.)
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"
cd "${LINT_TOP:-$ROOT}"

files() {
    if [ -z "${LINT_TOP:-}" ] && git ls-files >/dev/null 2>&1; then
        git ls-files
    else
        find . -type f -not -path './.git/*' -not -path './build/*' | sed 's|^\./||'
    fi | grep -vE '\.(csv|tsv|db|xlsx|png)$|/corpus/' || :
}

# PATTERN [grep option]: places in tracked texts; -I leaves binary files out.
places() {
    files | tr '\n' '\0' | xargs -0 grep -nIE ${2:-} -e "$1" /dev/null 2>/dev/null | cut -c 1-160 || :
}

tap_none "no paths of one machine" "$(places '(^|[^A-Za-z0-9_.$}])/([w]ork|[h]ome|[r]oot|[t]mp|[U]sers|[v]ar/tmp)/')"
tap_none "no hosts of package registries" "$(places \
    '[p]ypi\.org|[p]ythonhosted\.org|[r]egistry\.npmjs|[c]rates\.io|[p]roxy\.golang|[d]eb\.debian\.org|[a]rchive\.ubuntu|[r]ubygems\.org|[m]aven\.org')"
tap_none "no talk about how the code came to be" "$(
    places '\b([a]gents?|[c]hatgpt|[c]laude|[a]nthropic|[o]penai|[c]opilot|[l]lms?|[p]rototype by|[i]ssue #?[0-9]+)\b' -i
    places '\b[A]I\b'
)"
tap_done
