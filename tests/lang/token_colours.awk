# The colours of an editor against the tokens of the scanner, which are right by definition.
#
# usage: awk -f token_colours.awk COLOURS TOKENS
#   COLOURS  lines "LINE COLUMN CLASS" for each byte that has a class: declaration, clause, word, text,
#            number, comment; TOKENS is what `kpic --dump=tokens` writes, in ASCII
# Writes a line for each token that is coloured as something else, and a count in the last line.
FNR == NR { colour[$1 ":" $2] = $3; next }
{
    count = split($0, field, "\t")
    if (count < 3) next
    kind = field[2]
    if (kind ~ /^D_/) want = "declaration"
    else if (kind ~ /^C_/) want = "clause"
    else if (kind ~ /^'[a-z]/) want = "word"
    else if (kind == "text") want = "text"
    else if (kind ~ /^a (number|date|period|percentage)$/ || kind == "an amount of money") want = "number"
    else if (kind == "a name" || kind == "a column after a dot") want = ""
    else next
    tried++
    got = colour[field[1]]
    if (got == "function" && (want == "word" || want == "")) got = want
    # What follows `given` is the name of a source.
    if (before == "C_GIVEN") got = want
    before = kind
    if (got != want) print field[1] ": " field[3] " is coloured as " (got == "" ? "nothing" : got) \
        ", and is " (want == "" ? "a name" : want)
}
END { print tried + 0 " tokens" }
