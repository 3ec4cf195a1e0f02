# Read by run.sh: the same bytes from two stores.

# NAME STORE_A STORE_B ARGUMENTS...: both give the same bytes, and some.
same() {
    name=$1
    left=$2
    right=$3
    shift 3
    if ! "$KPIC_RELEASE" "$@" --data "$left" >"$work/left" 2>"$work/left.err"; then
        tap_not_ok "$name" "$(tail -n 5 "$work/left.err")"
    elif ! "$KPIC_RELEASE" "$@" --data "$right" >"$work/right" 2>"$work/right.err"; then
        tap_not_ok "$name" "$(tail -n 5 "$work/right.err")"
    elif [ ! -s "$work/left" ] || ! cmp -s "$work/left" "$work/right"; then
        tap_not_ok "$name" "$(diff "$work/left" "$work/right" | head -n 20)"
    elif ! cmp -s "$work/left.err" "$work/right.err"; then
        tap_not_ok "$name: messages" "$(diff "$work/left.err" "$work/right.err" | head -n 20)"
    else
        tap_ok "$name"
    fi
}
