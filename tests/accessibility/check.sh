#!/bin/sh
# The HTML that kpic writes, tried by axe-core in headless Chromium: at the width of a desk, of a
# telephone, and as printed. A page with faults of its own shows that faults are found.
#
# Needs node, npm and chromium; axe-core and playwright-core are fetched into build/accessibility/.
# Not part of `make check`, which needs no browser.
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"
work=$BUILD/accessibility
mkdir -p "$work"

for tool in node npm chromium; do
    if ! command -v "$tool" >/dev/null 2>&1; then
        echo "check-accessibility: '$tool' is missing (Debian: nodejs, npm, chromium)" >&2
        exit 2
    fi
done
if [ ! -d "$work/node_modules/axe-core" ] || [ ! -d "$work/node_modules/playwright-core" ]; then
    (cd "$work" && echo '{"private": true}' >package.json &&
        npm install --no-audit --no-fund --silent axe-core@4 playwright-core@1)
fi

# PAGE...: the browser over them.
axe() {
    node "$ROOT/tests/accessibility/axe.mjs" "$work" "$(command -v chromium)" "$@"
}

kpic=$BUILD/release/kpic
"$kpic" report cypp_programme_6 "$ROOT/indicators/somerset" --data "$BUILD/somerset/somerset.db" \
    -p 2017-01 --format html -o "$work/somerset.html" 2>/dev/null
rm -rf "$work/new"
"$kpic" init "$work/new" -q
"$kpic" report monthly "$work/new" --data "$work/new/data" -p 2024-03 --format html \
    -o "$work/init.html" 2>/dev/null
sed 's/<html lang="en-GB">/<html>/; s/<\/h1>/<\/h1><p style="color:#777777">pale<\/p>/' \
    "$work/init.html" >"$work/faulty.html"

if axe "$work/faulty.html" >"$work/faulty.tap" 2>&1; then
    tap_not_ok "faults of a page are found" "$(cat "$work/faulty.tap")"
else
    for rule in html-has-lang color-contrast; do
        if grep -q "^#   $rule" "$work/faulty.tap"; then
            tap_ok "faults of a page are found: $rule"
        else
            tap_not_ok "faults of a page are found: $rule" "$(cat "$work/faulty.tap")"
        fi
    done
fi
rm -rf "$work/catalogue"
"$kpic" docs "$ROOT/indicators/somerset" --data "$BUILD/somerset/somerset.db" -p 2017-01 \
    -o "$work/catalogue" 2>/dev/null
for page in somerset init catalogue/index catalogue/second_cp_plan catalogue/assessment_duration; do
    axe "$work/$page.html" >"$work/page.tap" 2>&1 || :
    grep '^# note:' "$work/page.tap" || :
    for view in desk telephone paper; do
        if grep -q "^ok .* - $(basename "$page").html: $view" "$work/page.tap"; then
            tap_ok "$page: $view"
        else
            tap_not_ok "$page: $view" "$(cat "$work/page.tap")"
        fi
    done
done

# The search of the catalogue, typed into; and the index without scripts, which shows all of them.
node "$ROOT/tests/accessibility/search.mjs" "$work" "$(command -v chromium)" \
    "$work/catalogue/index.html" >"$work/search.txt" 2>&1 || :
while read -r verdict name; do
    if [ "$verdict" = ok ]; then tap_ok "$name"; else tap_not_ok "search: $verdict $name"; fi
done <"$work/search.txt"
tap_done
