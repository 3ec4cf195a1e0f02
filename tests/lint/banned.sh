#!/bin/sh
# Functions that src/ does not call: those that overrun, hang on the locale or the time zone, or keep
# state; and, below cli/, those that print, exit, or look at the surroundings (base/platform.c is the
# one place that owns the clock and the console).
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"
cd "${LINT_TOP:-$ROOT}"

everywhere='strcpy|strcat|sprintf|vsprintf|gets|strtok|strtok_r|gmtime|gmtime_r|localtime|localtime_r|mktime|strftime|ctime|asctime|atoi|atol|atof|strtod|strtof|strtold|strtol|strtoll|strtoul|strtoull|scanf|sscanf|fscanf|setlocale|rand|tmpnam|system'
below_cli='printf|fprintf|vprintf|vfprintf|puts|putchar|perror|exit|_exit|quick_exit|getenv|setenv|isatty|time|clock|clock_gettime|gettimeofday|signal|sigaction|fork|popen'
maps='mmap' # a mapped file that is cut short ends the program

# PATTERN FILES...: calls in code, that is outside comments and texts; lines as the compiler counts.
calls() {
    pattern=$1
    shift
    for file; do
        [ -f "$file" ] || continue
        gcc -fpreprocessed -E -x c "$file" 2>/dev/null |
            sed -e 's/"\([^"\\]\|\\.\)*"/""/g' |
            awk -v file="$file" -v pattern="(^|[^A-Za-z0-9_])($pattern)[ \t]*\\(" '
                /^# [0-9]+ "/ { line = $2 - 1; next }
                { line++ }
                $0 ~ pattern { sub(/^[ \t]+/, ""); print file ":" line ": " $0 }'
    done
}

# shellcheck disable=SC2046
tap_none "no function that overruns, or hangs on locale, zone or state" \
    "$(calls "$everywhere" $(find src -name '*.[ch]' | sort))"
# shellcheck disable=SC2046
tap_none "nothing below cli/ prints, exits, or looks around" \
    "$(calls "$below_cli" $(find src -name '*.[ch]' -not -path 'src/cli/*' -not -path src/base/platform.c | sort))"
# shellcheck disable=SC2046
tap_none "memory is mapped in one place" \
    "$(calls "$maps" $(find src -name '*.[ch]' -not -path src/base/pages.c | sort))"
tap_done
