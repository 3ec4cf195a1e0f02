# Read by every test script with `.`: nothing of the user's own surroundings may matter.
# Sets ROOT (the top of the tree, absolute) and BUILD (where things were made, absolute), and goes to
# ROOT.
LC_ALL=C
TZ=UTC
export LC_ALL TZ
unset LANG LANGUAGE COLUMNS LINES NO_COLOR CLICOLOR CLICOLOR_FORCE CDPATH GREP_OPTIONS || :
umask 022

# A leak or an overrun is a failure wherever it happens, with an exit code that no command uses.
ASAN_OPTIONS=detect_leaks=1:exitcode=99
UBSAN_OPTIONS=print_stacktrace=1:exitcode=99
LSAN_OPTIONS=exitcode=99
# Seconds for one unit test: sanitizers on a busy machine are slow, and Check's own 4 are too few.
CK_DEFAULT_TIMEOUT=60
export ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS CK_DEFAULT_TIMEOUT

ROOT=$(cd "$(dirname "$0")" && while [ ! -f tests/env.sh ]; do
    if [ "$(pwd -P)" = / ]; then
        echo "$0: it must lie within the tree of kpic" >&2
        exit 1
    fi
    cd ..
done && pwd -P) || exit 2
cd "$ROOT"
BUILD=${KPI_BUILD:-build}
case $BUILD in
/*) ;;
*) BUILD=$ROOT/$BUILD ;;
esac
KPI_BUILD=$BUILD
export KPI_BUILD
