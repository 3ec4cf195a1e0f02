#!/bin/sh
# The examples of the language reference, run: grammar/language.md must say what the program does.
#
# usage: tests/lang/reference.sh [LINE]      with a line of the reference, only the example there
#
# In the reference, a fence that starts with one of these lines is an example:
#   ```kpi PERIOD            kpic eval -p PERIOD
#   ```kpi PERIOD to PERIOD  kpic eval --from PERIOD --to PERIOD; both with --moves
#   ```kpi check             kpic check
#   ```kpi test              kpic test, every test of which must pass
#   ```kpi failing           kpic test, every test of which must fail
#   ```kpi as NAME           data for later examples; not run by itself
# "with NAME" at its end puts the data of that name after the example, so that lines keep their
# numbers. What must come out stands in the fences after it:
#   ```result    a header of column names of the CSV output, then every row of it in order; columns
#                are parted by two spaces or more, and - is an empty field
#   ```message   every message in order: KPI0404 line 7, or KPI0404 wherever it points
# No ```result: nothing may come out. No ```message: not a word, not even a warning.
#
# KPIC is the program under test (build/debug/kpic); REFERENCE another page (for trying out).
set -eu
. "$(dirname "$0")/../env.sh"
. "$ROOT/tests/tap.sh"
KPIC=${KPIC:-$BUILD/debug/kpic}
work=$BUILD/lang
if [ ! -x "$KPIC" ]; then
    echo "tests/lang/reference.sh: no program $KPIC" >&2
    exit 2
fi
rm -rf "$work"
mkdir -p "$work"

# One folder an example: line, name, args, example.kpi, and result and message where they stand.
extract() {
    awk -v work="$work" '
        function quoted(text) { gsub(/\047/, "\047\\\047\047", text); return "\047" text "\047" }
        function put(name, text) { file = dir "/" name; printf "%s", text > file; close(file) }
        function flush() {
            if (dir == "") return
            put("example.kpi", body (setting != "" ? "\n" data[setting] : ""))
            dir = ""
        }
        function fault(why) { printf "not %d %s\n", FNR, why > (work "/faults") }
        function start(heading,    words, n, last) {
            flush()
            body = ""
            setting = ""
            n = split(heading, words, " ")
            last = n
            if (n > 2 && words[n - 1] == "with") {
                setting = words[n]
                if (!(setting in data)) fault("no data is called " setting)
                last = n - 2
            }
            if (last == 2 && words[1] == "as") { keep = words[2]; return }
            keep = ""
            count++
            dir = sprintf("%s/%03d", work, count)
            system("mkdir -p " quoted(dir))
            put("line", FNR "\n")
            put("name", section "\n")
            if (last == 1 && words[1] == "check") put("args", "check")
            else if (last == 1 && words[1] == "test") put("args", "test")
            else if (last == 1 && words[1] == "failing") put("args", "test --format tap")
            else if (last == 1) put("args", "eval -p " words[1])
            else if (last == 3 && words[2] == "to") put("args", "eval --from " words[1] " --to " words[3])
            else fault("an example cannot start so: " heading)
        }
        !inside && /^##* / { section = $0; sub(/^#* */, "", section) }
        !inside && /^```/ {
            inside = 1
            what = $0
            sub(/^```/, "", what)
            kind = "other"
            if (what ~ /^kpi /) { kind = "kpi"; start(substr(what, 5)) }
            else if (what == "result" || what == "message") {
                kind = what
                text = ""
                if (dir == "") fault("no example stands before this " what)
            } else if (what != "") fault("no fence starts so: " what)
            next
        }
        inside && /^```/ {
            if ((kind == "result" || kind == "message") && dir != "") put(kind, text)
            if (kind == "kpi" && keep != "") data[keep] = body
            inside = 0
            next
        }
        inside && kind == "kpi" { body = body $0 "\n" }
        inside && (kind == "result" || kind == "message") { text = text $0 "\n" }
        END { flush(); if (inside) fault("a fence is not closed") }
    ' "${REFERENCE:-grammar/language.md}"
}

# WANTED: the chosen columns of the CSV on standard input, parted by bars.
chosen() {
    awk -v wanted="$1" '
        function fields(line,    n, value, c, i, inside) {
            n = 0; value = ""; inside = 0
            sub(/\r$/, "", line)
            for (i = 1; i <= length(line); i++) {
                c = substr(line, i, 1)
                if (inside && c == "\"" && substr(line, i + 1, 1) == "\"") { value = value c; i++ }
                else if (c == "\"") inside = !inside
                else if (c == "," && !inside) { field[++n] = value; value = "" }
                else value = value c
            }
            field[++n] = value
            return n
        }
        NR == 1 {
            n = fields($0)
            for (i = 1; i <= n; i++) place[field[i]] = i
            columns = split(wanted, column, "|")
        }
        {
            n = fields($0)
            line = ""
            for (i = 1; i <= columns; i++) {
                value = column[i] in place ? field[place[column[i]]] : "no such column"
                line = line (i > 1 ? "|" : "") (value == "" ? "-" : value)
            }
            print line
        }'
}

# GOT EXPECTED LABEL: a difference, if there is one.
differs() {
    cmp -s "$1" "$2" && return 0
    echo "$3 (- expected, + got)"
    diff -u "$2" "$1" | sed -e '1,2d' -e '/^@@/d' -e 's/^/  /'
}

# The messages of err, as the reference writes them; without the line where it leaves that out.
messages() {
    sed -n 's/^\(.*\) \[\(KPI[0-9]*\)\]$/\2 \1/p' err | awk '
        BEGIN { while ((getline line < "message") > 0) plain[++expected] = line !~ / line / }
        {
            split($2, place, ":")
            print $1 (plain[NR] || place[2] + 0 == 0 ? "" : " line " place[2])
        }'
}

# What is wrong with the example in this folder; nothing if all is well.
run_example() {
    code=0
    # shellcheck disable=SC2046
    (exec timeout 60 "$KPIC" $(head -n 1 args | sed 's/$/ example.kpi/') \
        $(grep -q '^eval' args && echo --format csv --moves) >out 2>err </dev/null) || code=$?
    [ -f message ] || : >message
    messages >got.message
    differs got.message message "messages"
    if grep -q '^test' args; then
        allowed=0
        if grep -q tap args; then
            allowed=1
            ! grep '^ok ' out || echo "a test that was to fail passes"
        fi
    elif grep -q '^check' args; then
        allowed=0
        ! grep -q 'error: .*\[KPI' err || allowed=1
    else
        allowed=0
        ! grep -q 'error: .*\[KPI' err || allowed="3 4"
        if [ -f result ]; then
            sed 's/  *$//; s/   */|/g; s/  /|/g' result >expected
            chosen "$(head -n 1 expected)" <out >got
            differs got expected "result"
        elif [ -s out ]; then
            echo "a result where none was expected"
        fi
    fi
    case " $allowed " in
    *" $code "*) ;;
    *)
        echo "exit code $code, expected $allowed"
        head -n 20 err
        ;;
    esac
}

extract
tap_none "every fence of the reference is one that runs" "$(cat "$work/faults" 2>/dev/null || :)"
for folder in "$work"/*/; do
    cd "$folder"
    line=$(cat line)
    if [ -n "${1:-}" ] && [ "$1" != "$line" ]; then continue; fi
    tap_none "language.md:$line $(cat name)" "$(run_example)"
done
cd "$ROOT"
tap_done
