#include "syntax/build.h"

#include <string.h>

#include "kpi_parse.h"

#define MAX_SHOWN 9
#define SHORTEST_MISSPELT 3 /* bytes: anything is near to a shorter word */
#define MAX_FOUND 40        /* bytes of the source that are shown */
#define BAND "a band on a deeper line"

/* ---- messages of scanner and parser ---- */

static Stretch *stretch_of(Parser *parser, uint32_t offset) {
    return offset >= parser->current.start ? &parser->current : &parser->previous;
}

bool parser_is_damaged(const Parser *parser, uint32_t offset) {
    const Stretch *stretch = offset >= parser->current.start ? &parser->current : &parser->previous;
    return stretch->reported;
}

#if defined(__GNUC__)
__attribute__((format(printf, 4, 0)))
#endif
static Diag *
report(Parser *parser, DiagCode code, Span at, const char *format, va_list args) {
    StrBuf buf = {0};
    strbuf_addv(&buf, format, args);
    Diag *diag = diag_add(parser->session->diags, code, at, "%s", strbuf_text(&buf));
    strbuf_fini(&buf);
    return diag;
}

Diag *parser_remark(Parser *parser, DiagCode code, Span at, const char *format, ...) {
    va_list args;
    va_start(args, format);
    Diag *diag = report(parser, code, at, format, args);
    va_end(args);
    return diag;
}

Diag *parser_report(Parser *parser, DiagCode code, Span at, const char *format, ...) {
    Stretch *stretch = stretch_of(parser, at.off);
    if (stretch->reported || parser->stop)
        return NULL;
    stretch->reported = true;
    va_list args;
    va_start(args, format);
    Diag *diag = report(parser, code, at, format, args);
    va_end(args);
    return diag;
}

/* ---- what was expected ---- */

static bool expects(const SyntaxFault *fault, const char *words) {
    for (size_t i = 0; i < fault->len; i++)
        if (strcmp(fault->expected[i], words) == 0)
            return true;
    return false;
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Whether the token's words are a word of the language in quotes, and not an operator. */
static bool is_word(const char *words) {
    return words[0] == '\'' && is_letter(words[1]);
}

static bool is_one_of(const char *words, const char *const *list, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (strcmp(words, list[i]) == 0)
            return true;
    return false;
}
#define IS_ONE_OF(words, list) is_one_of(words, list, sizeof(list) / sizeof *(list))

static const char *const quantity_starts[] = {"'sum'", "'mean'", "'median'", "'percentile'",
                                              "'min'", "'max'",  "'first'",  "'last'"};
static const char *const condition_starts[] = {"'exists'", "'none'", "'not'", "'elapsed'"};
static const char *const comparisons[] = {"'between'", "'in'", "'is'", "'not'", "'within'"};

static const char *const units[] = {"'day'",   "'days'",   "'week'",    "'weeks'",
                                    "'month'", "'months'", "'quarter'", "'quarters'",
                                    "'year'",  "'years'",  "'working'"};

static bool is_weak(const char *words) {
    const Keyword *word = keyword_word(words + 1, strlen(words) - 2);
    return word && !word->reserved;
}

/* What stands for a whole family of tokens is named once. */
static bool is_covered(const SyntaxFault *fault, const char *words) {
    return (expects(fault, "a name") && is_weak(words)) ||
           (expects(fault, "'sum'") && IS_ONE_OF(words, quantity_starts)) ||
           (expects(fault, "'weeks'") && IS_ONE_OF(words, units)) ||
           (expects(fault, "'exists'") && IS_ONE_OF(words, condition_starts)) ||
           (expects(fault, "'='") && expects(fault, "'<'") && IS_ONE_OF(words, comparisons));
}

typedef struct Shown {
    const char *words[MAX_SHOWN];
    size_t len;
} Shown;

static void show(Shown *shown, bool if_expected, const char *words) {
    if (if_expected && shown->len < MAX_SHOWN)
        shown->words[shown->len++] = words;
    else if (if_expected)
        shown->words[MAX_SHOWN - 1] = "something else";
}

/* The expected tokens, shortest way of saying first. */
static Shown shown_of(const SyntaxFault *fault) {
    static const char *const plain[] = {
        "a name", "text",   "a number", "a percentage", "an amount of money", "a date", "a period",
        "a code", "a cell", "'('",      "'-'"};
    Shown shown = {.len = 0};
    bool expression =
        expects(fault, "a name") && expects(fault, "a number") && expects(fault, "'('");
    bool arithmetic = expects(fault, "'+'");
    show(&shown, expects(fault, "')'"), "')'");
    show(&shown, expects(fault, "'weeks'") && !expects(fault, "a name"), "a unit of time");
    for (size_t i = 0; i < fault->len; i++)
        show(&shown, is_word(fault->expected[i]) && !is_covered(fault, fault->expected[i]),
             fault->expected[i]);
    show(&shown, expects(fault, BAND) && !expects(fault, "a clause"), BAND);
    show(&shown, expects(fault, "'sum'"), "a quantity");
    show(&shown, expression && expects(fault, "'exists'"), "a condition");
    show(&shown, expression && !expects(fault, "'exists'"), "an expression");
    for (size_t i = 0; i < sizeof plain / sizeof *plain && !expression; i++)
        show(&shown, expects(fault, plain[i]) && !(i > 8 && arithmetic), plain[i]);
    show(&shown, arithmetic || expects(fault, "'<'"), "an operator");
    show(&shown, expects(fault, "'='") && !expects(fault, "'<'"), "'='");
    show(&shown, expects(fault, "','"), "','");
    show(&shown, expects(fault, "a clause") || expects(fault, "a declaration"), "end of the line");
    return shown;
}

static void add_shown(StrBuf *out, const SyntaxFault *fault) {
    Shown shown = shown_of(fault);
    for (size_t i = 0; i < shown.len; i++) {
        const char *lead = i == 0 ? "expected " : i + 1 == shown.len ? " or " : ", ";
        strbuf_addf(out, "%s%s", lead, shown.words[i]);
    }
}

/* ---- what was found ---- */

static bool is_line_end(int token) {
    return token == TOK_CLAUSE_COLUMN || token == TOK_DECLARATION_LINE ||
           token == TOK_END_OF_FILE || token == TOK_ROW || token == TOK_BAND_LINE;
}

static Atom text_at(Parser *parser, Span at) {
    uint32_t len = at.len < MAX_FOUND ? at.len : MAX_FOUND;
    while (len > 0 && len < at.len && ((unsigned char)parser->text[at.off + len] & 0xC0) == 0x80)
        len--;
    return atom_of(parser->session->atoms, parser->text + at.off, len);
}

static void add_found(Parser *parser, StrBuf *out, const SyntaxFault *fault) {
    const char *more = fault->at.len > MAX_FOUND ? "\xE2\x80\xA6" : "";
    const char *text = text_at(parser, fault->at);
    if (parser->last_token == TOK_TEXT)
        strbuf_addf(out, "unexpected text %.*s%s", (int)strcspn(text, "\n"), text, more);
    else
        strbuf_addf(out, "unexpected '%s%s'", text, more);
}

/* ---- what to do about it ---- */

static bool is_name(Parser *parser, Span at) {
    return at.len > 0 && is_letter(parser->text[at.off]);
}

/* The nearest word that could stand here. */
static const char *nearest_expected(Parser *parser, const SyntaxFault *fault) {
    const char *names[160];
    size_t len = 0;
    for (size_t i = 0; i < fault->len && len < sizeof names / sizeof *names; i++) {
        const char *words = fault->expected[i];
        if (is_word(words) && (!is_covered(fault, words) || IS_ONE_OF(words, units)))
            names[len++] = atom_of(parser->session->atoms, words + 1, strlen(words) - 2);
    }
    return text_nearest(text_at(parser, fault->at), names, len);
}

/* A misspelt word reads as a name, and the fault shows at what follows: `exsists cp_plan q`. */
static const char *nearest_before(Parser *parser) {
    if (parser->before_token != TOK_NAME || parser->before.len < SHORTEST_MISSPELT)
        return NULL;
    size_t len;
    const char *const *names = keyword_names(KEYWORD_WORD, &len);
    return text_nearest(text_at(parser, parser->before), names, len);
}

static bool in_clause(const Parser *parser, const char *word) {
    return strncmp(parser->text + parser->current.start, word, strlen(word)) == 0;
}

static bool is_operator(int token) {
    return token == '+' || token == '-' || token == '*' || token == '/' || token == '=' ||
           token == '<' || token == '>' || token == TOK_LESS_EQUAL || token == TOK_GREATER_EQUAL ||
           token == TOK_NOT_EQUAL;
}

/* `cp_plan dated p.start`: a row set without its alias. */
static bool lacks_alias(const Parser *parser, const SyntaxFault *fault) {
    int token = parser->last_token;
    bool follows = token == TOK_DATED || token == TOK_HELD || token == TOK_ACTIVE ||
                   token == TOK_LATEST || token == TOK_WHERE;
    return follows && parser->before_token == TOK_NAME && expects(fault, "a name");
}

/* The parts of a benchmark behind its value. */
static bool is_benchmark_part(int token) {
    return token == TOK_ONLY || token == TOK_COMPARED || token == TOK_INCOMPARABLE ||
           token == TOK_OF || token == TOK_POPULATION;
}

/* What people forget in clauses that say how a result is judged. */
static const char *hint_of_judgement(const Parser *parser, const SyntaxFault *fault) {
    int token = parser->last_token;
    bool number = token == TOK_NUMBER || token == TOK_PERIOD;
    if (in_clause(parser, "benchmark") && token == ':')
        return "the year or the day of the figure stands before the colon: 2015/16: 62.9";
    if (in_clause(parser, "benchmark") && is_benchmark_part(token))
        return "the parts of a benchmark stand in this order: only where, compared as, not "
               "comparable, of, population";
    if (token == TOK_NOT && expects(fault, "'not comparable'"))
        return "write 'not comparable \"reason\"'";
    if (in_clause(parser, "benchmark") && token == TOK_TEXT && expects(fault, "','"))
        return "a comma stands between the figures of two bands or groups";
    if (in_clause(parser, "tolerance"))
        return expects(fault, "'amber'") ? "within its tolerance a result is amber or green"
                                         : "a tolerance is '10% of target amber' or '2 points "
                                           "amber'";
    if (token == TOK_OF && expects(fault, "'points'"))
        return "write '10% of target' or '2 points of target'";
    if (expects(fault, "'and'") && token == TOK_OR && !expects(fault, "'or'"))
        return "give the other rule a line of its own, with the same colour";
    if (in_clause(parser, "members") && token == TOK_NUMBER)
        return "the codes of the members stand in double quotes";
    if (number && expects(fault, "a date") && !expects(fault, "a period"))
        return "a day is written as in 2016-04-01";
    if (parser->before_token == TOK_BAND_LINE && expects(fault, "text"))
        return "a band starts with its label in double quotes";
    return NULL;
}

static const char *hint(const Parser *parser, const SyntaxFault *fault) {
    int token = parser->last_token;
    const char *judgement = hint_of_judgement(parser, fault);
    bool counts = in_clause(parser, "value") || in_clause(parser, "numerator") ||
                  in_clause(parser, "denominator");
    if (judgement)
        return judgement;
    if (is_operator(token) && counts && !expects(fault, "'+'"))
        return "in arithmetic a quantity stands in parentheses: (count of ...) / ...";
    if (lacks_alias(parser, fault))
        return "a row set has an alias after its source: cp_plan p";
    if (in_clause(parser, "column") && (token == TOK_OPTIONAL || token == TOK_OPEN))
        return "'open' and 'optional' stand before 'from'";
    if (token == TOK_POUND && expects(fault, "an amount of money"))
        return "write the amount right after the pound sign: \xC2\xA3"
               "50";
    if (token == TOK_TEXT && expects(fault, "a name"))
        return "a name stands without quotes";
    if (token == TOK_NAME && expects(fault, "text"))
        return "a text stands between double quotes";
    return NULL;
}

/* `good low` indented deeper than its clause column goes on with the clause above. */
static bool is_deep_clause(const Parser *parser, const SyntaxFault *fault) {
    const char *at = parser->text + fault->at.off;
    const Keyword *clause = keyword_clause(at, fault->at.len);
    uint32_t start = fault->at.off;
    while (start > 0 && parser->text[start - 1] == ' ')
        start--;
    return clause && (clause->where & parser->declaration->where) && start > 0 &&
           parser->text[start - 1] == '\n';
}

/* A word of the language where nothing but a name can stand; an expression would be misread. */
static bool is_wanted_as_name(Parser *parser, const SyntaxFault *fault) {
    return expects(fault, "a name") && !expects(fault, "a number") &&
           keyword_is_reserved(text_at(parser, fault->at));
}

static void add_help(Parser *parser, Diag *diag, const SyntaxFault *fault) {
    const char *nearest = NULL, *words;
    bool word = is_name(parser, fault->at) && fault->at.len >= SHORTEST_MISSPELT;
    if (is_deep_clause(parser, fault))
        diag_help(diag,
                  "a line that is indented deeper goes on with the clause above: '%s' starts "
                  "a clause in column %u",
                  text_at(parser, fault->at), (unsigned)parser->clause_column + 1);
    else if (word && (nearest = nearest_expected(parser, fault)))
        diag_help(diag, "did you mean '%s'?", nearest);
    else if ((words = hint(parser, fault)))
        diag_help(diag, "%s", words);
    else if (is_wanted_as_name(parser, fault))
        diag_help(diag, "write it in backquotes to use it as a name: `%s`",
                  text_at(parser, fault->at));
    else if ((nearest = nearest_before(parser)))
        diag_help(diag, "did you mean '%s' instead of '%s'?", nearest,
                  text_at(parser, parser->before));
}

/* The parenthesis that is open at `end` and is never closed in the clause of `start`. */
static void note_parenthesis(Parser *parser, Diag *diag, uint32_t start, uint32_t end) {
    uint32_t open[PARSE_MAX_DEPTH], depth = 0, at_end = 0, innermost = 0;
    uint32_t last = scan_block_end(parser, start, parser->clause_column);
    bool in_text = false;
    for (uint32_t i = start; i < last; i++) {
        char c = parser->text[i];
        if (i == end) {
            at_end = depth;
            innermost = depth > 0 ? open[depth - 1] : 0;
        }
        in_text = (c == '"') != in_text && c != '\n';
        if (!in_text && c == '#')
            i += (uint32_t)strcspn(parser->text + i, "\n");
        else if (!in_text && c == '(' && depth < PARSE_MAX_DEPTH)
            open[depth++] = i;
        else if (!in_text && c == ')' && depth > 0)
            depth--;
    }
    if (end >= last && depth > 0)
        innermost = open[depth - 1];
    if (depth > 0 && (at_end > 0 || end >= last))
        diag_note(diag, parser_span(parser, innermost, 1), "this parenthesis is not closed");
}

/* ---- faults that have a message of their own ---- */

/* Whether the quotes of the line do not pair: then a text ended where another was to start. */
static bool has_odd_quotes(const Parser *parser, uint32_t offset) {
    size_t len, quotes = 0;
    const char *line = sources_line(parser->session->sources, parser->src, offset, &len);
    for (size_t i = 0; i < len; i++)
        quotes += line[i] == '"';
    return quotes % 2 == 1 && !strstr(arena_copy_text(parser->session->arena, line, len), "\"\"\"");
}

static bool report_odd_quotes(Parser *parser, const SyntaxFault *fault) {
    if (!has_odd_quotes(parser, fault->at.off))
        return false;
    Span at = parser->before_token == TOK_TEXT ? parser->before : fault->at;
    Diag *diag = parser_report(parser, DIAG_text_not_closed, at,
                               "the double quotes of this line do not pair");
    if (diag)
        diag_help(diag, "one text of the line has no closing quote");
    return true;
}

static bool report_null(Parser *parser, const SyntaxFault *fault) {
    static const char *const words[] = {"null", "NULL", "Null", "empty", "blank", "nil", "none"};
    const char *text = text_at(parser, fault->at);
    bool theirs = expects(fault, "'missing'") && IS_ONE_OF(text, words);
    bool ours = parser->last_token == TOK_MISSING && is_operator(parser->before_token);
    if (!theirs && !ours)
        return false;
    bool negated = parser->before_token == TOK_NOT || parser->before_token == TOK_NOT_EQUAL;
    Diag *diag = parser_report(parser, DIAG_null_value, fault->at,
                               ours ? "missing is not a value that can be compared"
                                    : "a missing value is called 'missing'");
    if (diag)
        diag_help(diag, "write '%s'",
                  parser->bands == BANDS_LINES ? "missing"
                  : negated                    ? "is not missing"
                                               : "is missing");
    return true;
}

static bool report_colon(Parser *parser, const SyntaxFault *fault) {
    if (!expects(fault, "':'"))
        return false;
    bool ends = is_line_end(parser->last_token);
    Span at = ends ? parser_span(parser, parser->before.off + parser->before.len, 0) : fault->at;
    Diag *diag = parser_report(parser, DIAG_benchmark_colon, at,
                               "a colon is missing between the benchmark's year and its figure");
    if (diag)
        diag_help(diag, "write it as in 2015/16: 62.9");
    return true;
}

/* What people write for the forms of a band. */
static const char *band_meant(Parser *parser, const SyntaxFault *fault) {
    static const char *const more[] = {"over", "above", "more", "greater", "from", "+",
                                       ">",    "at",    ">=",   "and",     "plus", "least"};
    static const char *const less[] = {"below", "less", "up", "until", "<", "<=", "fewer", "to"};
    static const char *const range[] = {"-", "between", "through", "till"};
    const char *text = text_at(parser, fault->at);
    if (IS_ONE_OF(text, more))
        return "write 'A or more': it starts with A itself";
    if (IS_ONE_OF(text, less))
        return "write 'under B': it ends before B, and starts where the band above ends";
    if (IS_ONE_OF(text, range))
        return "write 'A to B': both ends are in";
    return NULL;
}

static bool report_band(Parser *parser, const SyntaxFault *fault) {
    if (parser->bands == BANDS_NONE)
        return false;
    if (parser->last_token == TOK_TEXT && expects(fault, BAND)) {
        Diag *diag = parser_report(parser, DIAG_band_line, fault->at,
                                   "each band stands on a line of its own");
        if (diag)
            diag_help(diag, "put it on the next line, indented deeper than 'bands'");
        return true;
    }
    bool form = expects(fault, "'under'") || (expects(fault, "'to'") && expects(fault, "'or'")) ||
                expects(fault, "'more'");
    const char *meant = parser->bands == BANDS_LINES && form ? band_meant(parser, fault) : NULL;
    if (!meant)
        return false;
    Diag *diag = parser_report(parser, DIAG_band_form, fault->at, "'%s' is no form of a band",
                               text_at(parser, fault->at));
    if (diag)
        diag_help(diag, "%s", meant);
    return true;
}

/* The line ends before its clause does: told where the line ends, not at the next one. */
static void report_unfinished(Parser *parser, const SyntaxFault *fault) {
    Span at = parser_span(parser, parser->before.off + parser->before.len, 0);
    bool inside = parser->last_token == TOK_BAND_LINE; /* the clause goes on */
    const char *what = parser->previous.is_header && !inside ? "declaration" : "clause";
    StrBuf buf = {0};
    add_shown(&buf, fault);
    Diag *diag = parser_report(parser, DIAG_unfinished, at, "unfinished %s%s%s", what,
                               buf.len > 0 ? ": " : "", strbuf_text(&buf));
    strbuf_fini(&buf);
    if (diag && expects(fault, "')'"))
        note_parenthesis(parser, diag, parser->previous.start, at.off);
    const char *nearest = diag ? nearest_before(parser) : NULL;
    if (nearest)
        diag_help(diag, "did you mean '%s' instead of '%s'?", nearest,
                  text_at(parser, parser->before));
}

void fault_report(Parser *parser, const SyntaxFault *fault) {
    if (report_colon(parser, fault))
        return;
    if (is_line_end(parser->last_token)) {
        report_unfinished(parser, fault);
        return;
    }
    if (report_odd_quotes(parser, fault) || report_null(parser, fault) ||
        report_band(parser, fault))
        return;
    StrBuf buf = {0};
    add_found(parser, &buf, fault);
    if (shown_of(fault).len > 0)
        strbuf_add(&buf, ", ");
    add_shown(&buf, fault);
    Diag *diag = parser_report(parser, DIAG_unexpected, fault->at, "%s", strbuf_text(&buf));
    strbuf_fini(&buf);
    if (diag && expects(fault, "')'"))
        note_parenthesis(parser, diag, parser->current.start, fault->at.off);
    if (diag)
        add_help(parser, diag, fault);
}
