#!/bin/sh
# Functions that src/ does not call: those that overrun, hang on the locale or the time zone, or keep
# state; and, below cli/, those that print, exit, or look at the surroundings.
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"
cd "${LINT_TOP:-$ROOT}"

everywhere='strcpy|strcat|sprintf|vsprintf|gets|strtok|strtok_r|gmtime|gmtime_r|localtime|localtime_r|mktime|strftime|ctime|asctime|atoi|atol|atof|strtod|strtof|strtold|strtol|strtoll|strtoul|strtoull|scanf|sscanf|fscanf|setlocale|rand|tmpnam|system'
below_cli='printf|fprintf|vprintf|vfprintf|puts|putchar|perror|exit|_exit|quick_exit|getenv|setenv|isatty|time|clock|clock_gettime|gettimeofday|signal|sigaction|fork|popen'
maps='mmap' # a mapped file that is cut short ends the program

# What is code, that is outside comments and texts, with marks of the lines as the compiler counts them: once
# for all files, as each costs a compiler's start.
code=$(mktemp)
trap 'rm -f "$code"' EXIT
# shellcheck disable=SC2046
gcc -fpreprocessed -E -x c $(find src -name '*.[ch]' | sort) 2>/dev/null |
    sed -e '/^# [0-9]/!s/"\([^"\\]\|\\.\)*"/""/g' >"$code" || :

# PATTERN [PATH]: calls in code, but for files whose path begins so.
calls() {
    awk -v pattern="(^|[^A-Za-z0-9_])($1)[ \t]*\\(" -v but="${2:-}" '
        /^# [0-9]+ "/ { line = $2 - 1; file = substr($3, 2, length($3) - 2); next }
        { line++ }
        $0 ~ pattern && (but == "" || index(file, but) != 1) {
            sub(/^[ \t]+/, ""); print file ":" line ": " $0
        }' "$code"
}

tap_none "no function that overruns, or hangs on locale, zone or state" "$(calls "$everywhere")"
tap_none "nothing below cli/ prints, exits, or looks around" "$(calls "$below_cli" src/cli/)"
tap_none "memory is mapped in one place" "$(calls "$maps" src/base/pages.c)"
tap_done
