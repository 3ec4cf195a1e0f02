#!/bin/sh
# The pages of the manual: mandoc's lint has nothing to say of any, and what the tables and the
# reference hold is in them.
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"
PATH=$(dirname "$KPIC"):$PATH
work=$BUILD/tests/manual
rm -rf "$work"
mkdir -p "$work"
commands=$(sed -n 's/^COMMAND([A-Z]*, \([a-z]*\),.*/\1/p' "$ROOT/src/cli/commands.def")
for page in kpic kpi $commands; do kpic help --man "$page" >"$work/$page"; done
kpic help --man kpic-eval | cmp - "$work/eval" || echo differs >"$work/named"
tap_none "a command's page has two names" "$(cat "$work/named" 2>/dev/null || :)"

if command -v mandoc >/dev/null 2>&1; then
    for page in kpic kpi $commands; do mandoc -Tlint "$work/$page" || :; done >"$work/lint" 2>&1
    tap_none "mandoc's lint is silent" "$(head -20 "$work/lint")"
    for page in kpic kpi $commands; do mandoc -Tascii "$work/$page" | col -b >"$work/$page.txt"; done
    # Each long option of --help is in the page of its command.
    for command in $commands; do
        kpic "$command" --help | grep -o '^ *\(-., \)\?--[a-z-]*' | sed 's/.*--/--/' | while read -r option; do
            grep -q -e "$option" "$work/$command.txt" || echo "kpic-$command(1) has no $option"
        done
    done >"$work/options"
    tap_none "every option is in the page of its command" "$(cat "$work/options")"
    awk '/^```/ { fenced = !fenced } !fenced && /^##+ /' "$ROOT/grammar/language.md" | sed -e 's/^#* //' -e 's/`//g' |
        while read -r heading; do
            grep -qi "^ *$heading\$" "$work/kpi.txt" || echo "kpi(5) has no heading '$heading'"
        done >"$work/headings"
    tap_none "every heading of the reference is in kpi(5)" "$(cat "$work/headings")"
    # The examples are there line for line.
    sed -n '/^```kpi/,/^```$/{/^```/d;p;}' "$ROOT/grammar/language.md" | sed -e 's/^ *//' -e '/^$/d' |
        LC_ALL=C grep -v '[^ -~]' | sort -u >"$work/lines"
    mandoc -Tascii -O width=200 "$work/kpi" | col -bx | sed 's/^ *//' | sort -u >"$work/shown"
    tap_none "every line of an example is in kpi(5)" "$(comm -23 "$work/lines" "$work/shown" | head -5)"
else
    tap_skip "mandoc's lint is silent" "mandoc is not installed"
fi
tap_done
