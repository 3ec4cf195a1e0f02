# Writes the syntax file of kpi for vim out of the words of the language; textmate.awk says what is
# coloured.
#
# usage: awk -f vim.awk keywords.def funcs.def
function alternatives(list, n, i, joined) {
    n = split(list, item, " ")
    for (i = 1; i <= n; i++) joined = joined (i > 1 ? "\\|" : "") item[i]
    return "\\%(" joined "\\)\\>"
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
    column = "\\%(^ \\{4}\\)\\@4<="
    print "\" Vim syntax file: kpi, definitions of indicators. Made from the words of the language."
    print "if exists('b:current_syntax')"
    print "  finish"
    print "endif"
    print "syn case match"
    # Of items that start at one place vim takes the last that was defined.
    print "syn match kpiWord /" alternatives(words) "/ contained"
    print "syn match kpiFunction /" alternatives(functions) "(\\@=/ contained"
    print "syn match kpiNumber /£\\?\\<[0-9][0-9A-Za-z_.,\\/%-]*/ contained"
    print "syn match kpiName /\\.\\=`[^`]*`\\=\\|\\.\\h\\w*/ contained"
    print "syn match kpiText /\"[^\"]*\"\\=/ contained"
    print "syn region kpiText start=/\"\"\"/ end=/\"\"\"/ end=/\\n\\ze\\S/ contained"
    print "syn match kpiComment /#.*$/"
    print "syn cluster kpiPlain contains=kpiText,kpiComment,kpiNumber"
    print "syn cluster kpiExpression contains=@kpiPlain,kpiName,kpiFunction,kpiWord"
    print "syn region kpiTable matchgroup=kpiClause start=/" column "\\%(rows\\|given\\)\\>/ " \
        "matchgroup=NONE end=/\\ze\\n\\%( \\{5}\\|\\s*$\\)\\@!/ contained contains=@kpiPlain"
    print "syn match kpiNames /" column "key\\>[^#]*/ contained contains=kpiKey"
    print "syn match kpiKey /" column "key\\>/ contained"
    print "syn match kpiColumn /" column "column\\s\\+\\%(\\w\\+\\|`[^`]*`\\=\\)/ contained contains=kpiColumnWord"
    print "syn match kpiColumnWord /" column "column\\>/ contained"
    print "syn match kpiCode /" column "\\%(\"[^\"]*\"\\|[^ \"#]\\+\\)/ contained"
    n = split(declarations, declaration, " ")
    for (i = 1; i <= n; i++) {
        word = declaration[i]
        special = word == "source" ? ",kpiTable,kpiNames,kpiColumn" \
            : word == "test" ? ",kpiTable" : word == "codes" ? ",kpiCode" : ""
        if (clauses[word] != "") {
            list = clauses[word]
            gsub(/ (rows|given|key|column)$| (rows|given|key|column) /, " ", list)
            print "syn match kpiClause_" word " /" column alternatives(list) "/ contained"
            special = special ",kpiClause_" word
            print "hi def link kpiClause_" word " Statement"
        }
        print "syn region kpiIn_" word " matchgroup=kpiDeclaration start=/^" word "\\>/ " \
            "matchgroup=NONE end=/\\n\\ze[^ \\t\\n#]/ contains=@kpiExpression" special
    }
    print "hi def link kpiDeclaration Keyword"
    print "hi def link kpiClause Statement"
    print "hi def link kpiKey Statement"
    print "hi def link kpiColumnWord Statement"
    print "hi def link kpiWord Operator"
    print "hi def link kpiFunction Function"
    print "hi def link kpiNumber Number"
    print "hi def link kpiText String"
    print "hi def link kpiCode Constant"
    print "hi def link kpiComment Comment"
    print "syn sync minlines=200"
    print "let b:current_syntax = 'kpi'"
}
