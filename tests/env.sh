# Read by every test script with `.`: nothing of the user's own surroundings may matter.
LC_ALL=C
TZ=UTC
export LC_ALL TZ
unset LANG LANGUAGE NO_COLOR CLICOLOR CLICOLOR_FORCE KPI_DATA 2>/dev/null || :
# A leak or an overrun is a failure wherever it happens, with an exit code that no command uses.
ASAN_OPTIONS=detect_leaks=1:exitcode=99:abort_on_error=0:allocator_may_return_null=0
UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1:exitcode=99
LSAN_OPTIONS=exitcode=99
export ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS
BUILD=${BUILD:-build}
