# Writes the TextMate grammar of kpi out of the words of the language.
#
# usage: awk -f textmate.awk keywords.def funcs.def
#
# Words are coloured where the scanner takes them for words: a clause word at the start of a clause
# (four blanks, as `kpic fmt` writes) of a declaration that has it, nothing in the cells of tables.
# Every .kpi file that ships is tried against the scanner by a test.
function alternatives(list, n, i, joined) {
    n = split(list, item, " ")
    for (i = 1; i <= n; i++) joined = joined (i > 1 ? "|" : "") item[i]
    return joined
}
function rule(scope, regex) { return "{\"name\": \"" scope ".kpi\", \"match\": \"" regex "\"}" }
function include(name) { return "{\"include\": \"#" name "\"}" }
# Of a match with parts in parentheses: the scopes of the first and the second.
function parts(regex, first, second) {
    return "{\"match\": \"" regex "\", \"captures\": {\"1\": {\"name\": \"" first ".kpi\"}" \
        (second == "" ? "" : ", \"2\": {\"name\": \"" second ".kpi\"}") "}}"
}

/^DECLARATION\(/ || /^CLAUSE\(/ || /^WORD\(/ || /^FUNCTION\(/ {
    kind = $0
    sub(/\(.*/, "", kind)
    inside = $0
    sub(/^[A-Z]*\(/, "", inside)
    sub(/\).*/, "", inside)
    split(inside, field, /, */)
    word = field[1]
    if (kind == "DECLARATION") declarations = declarations " " word
    if (kind == "WORD") words = words " " word
    if (kind == "FUNCTION") {
        gsub(/"/, "", field[2])
        functions = functions " " field[2]
    }
    if (kind == "CLAUSE") {
        if (field[3] ~ /KEYWORD_IN_MOST/)
            field[3] = "PROJECT SOURCE CALENDAR INDICATOR NEIGHBOURS RATING REPORT TEST"
        gsub(/KEYWORD_IN_|\|/, " ", field[3])
        n = split(field[3], of, " ")
        for (i = 1; i <= n; i++) clauses[tolower(of[i])] = clauses[tolower(of[i])] " " word
    }
}

END {
    clause_scope = "keyword.control.clause"
    plain = include("comment") ", " include("fence") ", " include("text")
    print "{"
    print " \"name\": \"kpi\","
    print " \"scopeName\": \"source.kpi\","
    print " \"fileTypes\": [\"kpi\"],"
    print " \"patterns\": [" include("comment")
    n = split(declarations, declaration, " ")
    for (i = 1; i <= n; i++) print "  , " include("in_" declaration[i])
    print " ],"
    print " \"repository\": {"
    print "  \"comment\": " rule("comment.line.number-sign", "#.*$") ","
    print "  \"fence\": {\"name\": \"string.quoted.triple.kpi\", \"begin\": \"\\\"\\\"\\\"\"," \
        " \"end\": \"\\\"\\\"\\\"|^(?=[^\\\\s])\"},"
    print "  \"text\": " rule("string.quoted.double", "\\\"[^\\\"]*\\\"?") ","
    print "  \"name\": " rule("variable.other", "\\\\.?`[^`]*`?|\\\\.[A-Za-z_]\\\\w*") ","
    print "  \"number\": " rule("constant.numeric", "(?<![\\\\w.])£?[0-9][0-9A-Za-z_.,/%-]*") ","
    print "  \"function\": " rule("support.function", \
        "(?<![\\\\w.])(?:" alternatives(functions) ")(?=\\\\()") ","
    print "  \"word\": " rule("keyword.operator.word", \
        "(?<![\\\\w.])(?:" alternatives(words) ")(?!\\\\w)") ","
    print "  \"expression\": {\"patterns\": [" plain ", " include("name") ", " include("number") ", " \
        include("function") ", " include("word") "]},"
    # Cells of a table: lines deeper than the clause.
    print "  \"table\": {\"begin\": \"^ {4}(rows|given)(?!\\\\w)\"," \
        " \"beginCaptures\": {\"1\": {\"name\": \"" clause_scope ".kpi\"}}," \
        " \"end\": \"^(?! {5,}|\\\\s*$|\\\\s*#)\", \"patterns\": [" plain ", " include("number") "]},"
    print "  \"names\": " parts("^ {4}(key)(?!\\\\w)([^#]*)", clause_scope, "variable.other") ","
    print "  \"column\": " parts("^ {4}(column)\\\\s+(\\\\w+|`[^`]*`?)", clause_scope, "variable.other") ","
    print "  \"code\": " parts("^ {4}(\\\"[^\\\"]*\\\"|[^\\\\s\\\"#]+)", "constant.other.code", "") ","
    for (i = 1; i <= n; i++) {
        special = declaration[i] == "source" ? include("table") ", " include("names") ", " include("column") ", " \
            : declaration[i] == "test" ? include("table") ", " \
            : declaration[i] == "codes" ? include("code") ", " : ""
        clause = clauses[declaration[i]] == "" ? "" : \
            parts("^ {4}(" alternatives(clauses[declaration[i]]) ")(?!\\\\w)", clause_scope, "") ", "
        print "  \"in_" declaration[i] "\": {\"begin\": \"^(" declaration[i] ")(?!\\\\w)\"," \
            " \"beginCaptures\": {\"1\": {\"name\": \"keyword.declaration.kpi\"}}," \
            " \"end\": \"^(?=[^\\\\s#])\", \"patterns\": [" special clause include("expression") "]}" \
            (i < n ? "," : "")
    }
    print " }"
    print "}"
}
