# Read by test scripts with `.`: writes results in the Test Anything Protocol, which run.sh counts.
# A line "# note: ..." is shown even when everything passed.
tap_count=0
tap_failures=0

# NAME
tap_ok() {
    tap_count=$((tap_count + 1))
    printf 'ok %d - %s\n' "$tap_count" "$1"
}

# NAME [DETAILS]: the details may have many lines.
tap_not_ok() {
    tap_count=$((tap_count + 1))
    tap_failures=$((tap_failures + 1))
    printf 'not ok %d - %s\n' "$tap_count" "$1"
    if [ -n "${2:-}" ]; then
        printf '%s\n' "$2" | sed 's/^/#   /'
    fi
}

# NAME FAULTS: passes when there are none.
tap_none() {
    if [ -z "$2" ]; then
        tap_ok "$1"
    else
        tap_not_ok "$1" "$2"
    fi
}

# NAME REASON
tap_skip() {
    tap_count=$((tap_count + 1))
    printf 'ok %d - %s # SKIP %s\n' "$tap_count" "$1" "$2"
}

tap_note() {
    printf '# note: %s\n' "$1"
}

tap_done() {
    printf '1..%d\n' "$tap_count"
    [ "$tap_failures" -eq 0 ] && [ "$tap_count" -gt 0 ]
    exit $?
}
