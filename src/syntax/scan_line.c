#include "syntax/scan.h"

#include <string.h>

#include "kpi_parse.h"

#define TAB_WIDTH 4

static bool is_word_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static uint32_t word_length(const Parser *parser, uint32_t offset) {
    uint32_t end = offset;
    while (is_word_byte(parser->text[end]))
        end++;
    return end - offset;
}

static uint32_t line_end(const Parser *parser, uint32_t offset) {
    const char *end = memchr(parser->text + offset, '\n', parser->len - offset);
    return end ? (uint32_t)(end - parser->text) : parser->len;
}

void scan_comment(Parser *parser, Span span, bool own_line) {
    while (span.len > 0 && strchr(" \t\r", parser->text[span.off + span.len - 1]))
        span.len--;
    Comment comment = {span, own_line};
    vec_push(parser->session->arena, &parser->parsed->comments, comment);
}

static void stretch_start(Parser *parser, uint32_t offset) {
    parser->previous = parser->current;
    parser->current = (Stretch){.start = offset};
    parser->in_rows = parser->names_only = parser->name_next = false;
    parser->bands = BANDS_NONE;
    parser->bands_told = parser->in_benchmark = false;
    parser->parentheses = parser->nesting = parser->nots = 0;
}

void scan_end(Parser *parser) {
    stretch_start(parser, parser->len + 1);
}

/* ---- lines that are read over ---- */

/* Goes over one line; whether a fence is open at its end. */
static bool line_toggles(const Parser *parser, uint32_t from, uint32_t to, bool in_fence) {
    bool in_text = false;
    for (uint32_t i = from; i < to; i++) {
        char c = parser->text[i];
        if (c == '#' && !in_fence && !in_text)
            break;
        if (c != '"')
            continue;
        if (!in_text && strncmp(parser->text + i, "\"\"\"", 3) == 0) {
            in_fence = !in_fence;
            i += 2;
        } else if (!in_fence) {
            in_text = !in_text;
        }
    }
    return in_fence;
}

/* An indented line that is the header of a declaration: its word, a name, a text. Continuation
 * lines never look so. */
static bool looks_like_header(const Parser *parser, uint32_t offset) {
    const char *at = parser->text + offset;
    size_t len = word_length(parser, offset);
    const Keyword *declaration = keyword_declaration(at, len);
    if (!declaration)
        return false;
    at += len;
    at += strspn(at, " ");
    if (declaration->token == TOK_D_PROJECT)
        return *at == '"';
    size_t name = 0;
    while (is_word_byte(at[name]))
        name++;
    if (name == 0)
        return false;
    at += name;
    at += strspn(at, " ");
    return *at == '"' || (declaration->token == TOK_D_DEFINE && (*at == '=' || *at == '('));
}

uint32_t scan_block_end(const Parser *parser, uint32_t offset, uint32_t column) {
    uint32_t end = line_end(parser, offset), kept = end;
    bool in_fence = line_toggles(parser, offset, end, false);
    while (end < parser->len) {
        uint32_t start = end + 1, first = start;
        while (first < parser->len && strchr(" \t\r", parser->text[first]))
            first++;
        end = line_end(parser, start);
        if (first >= end)
            continue;
        bool comment = parser->text[first] == '#' && !in_fence;
        if (comment && (first == start || column > 0))
            continue;
        bool deeper = first - start > column;
        if (first == start || (!deeper && !in_fence) ||
            (!in_fence && looks_like_header(parser, first)))
            break;
        kept = end;
        if (!comment)
            in_fence = line_toggles(parser, first, end, in_fence);
    }
    while (kept > offset && strchr(" \t\r", parser->text[kept - 1]))
        kept--;
    return kept;
}

/* ---- the first column ---- */

static LineKind start_declaration(Parser *parser, uint32_t offset, const Keyword *declaration) {
    stretch_start(parser, offset);
    parser->current.is_header = true;
    parser->declaration = declaration;
    parser->clause_column = 0;
    return LINE_DECLARATION;
}

static LineKind start_clause(Parser *parser, uint32_t offset) {
    stretch_start(parser, offset);
    bool codes = parser->declaration && parser->declaration->token == TOK_D_CODES;
    return codes ? LINE_CODE : LINE_CLAUSE;
}

/* What is no word at all, and yet `7 some_name "Title"`: the first line of a declaration. */
static bool has_name_and_title(const Parser *parser, uint32_t offset) {
    const char *at = parser->text + offset;
    const char *end = parser->text + line_end(parser, offset);
    while (at < end && *at != ' ')
        at++;
    at += strspn(at, " ");
    size_t name = 0;
    while (is_word_byte(at[name]))
        name++;
    at += name + strspn(at + name, " ");
    return name > 0 && *at == '"';
}

static LineKind skip_to(Parser *parser, uint32_t end) {
    parser->jump_to = end;
    parser->jump_token = 0;
    return LINE_SKIP;
}

/* A word in the first column that is neither a declaration's nor a clause's of this one. */
static LineKind first_column_unknown(Parser *parser, uint32_t offset, uint32_t len) {
    const char *at = parser->text + offset;
    Span span = parser_span(parser, offset, len ? len : 1);
    if (parser->stray_after > 0 && offset == parser->stray_after + 1)
        return skip_to(parser, scan_block_end(parser, offset, UINT32_MAX));
    size_t count;
    const char *const *names = keyword_names(KEYWORD_DECLARATION, &count);
    if (parser->not_text && *at == '?')
        return skip_to(parser, scan_block_end(parser, offset, UINT32_MAX)); /* reported */
    bool digit = *at >= '0' && *at <= '9';
    if (len == 0 || digit || keyword_word(at, len)) {
        parser_remark(parser, DIAG_stray_line, span,
                      "a line in the first column must start a declaration");
        parser->parsed->names_lost = true;
        bool header = has_name_and_title(parser, offset);
        return skip_to(parser, scan_block_end(parser, offset, header ? 0 : UINT32_MAX));
    }
    const char *word = atom_of(parser->session->atoms, at, len);
    const char *nearest = text_nearest(word, names, count);
    Diag *diag =
        parser_remark(parser, DIAG_unknown_declaration, span, "unknown declaration '%s'", word);
    if (!nearest) {
        parser->parsed->names_lost = true;
        diag_help(diag, "a declaration starts with project, use, source, codes, calendar, "
                        "neighbours, define, rating, indicator, report or test");
        return skip_to(parser, scan_block_end(parser, offset, 0));
    }
    diag_help(diag, "did you mean '%s'?", nearest);
    parser->assumed = keyword_declaration(nearest, strlen(nearest));
    return start_declaration(parser, offset, parser->assumed);
}

/* `rating NAME` and `calendar NAME` are clauses too. Without a title, and without clauses of the
 * declaration below it, the line is one that was not indented. */
static bool is_rather_clause(const Parser *parser, uint32_t offset, const Keyword *declaration,
                             const Keyword *clause) {
    if (!clause || !parser->declaration || !(clause->where & parser->declaration->where) ||
        looks_like_header(parser, offset))
        return false;
    uint32_t end = line_end(parser, offset), next = end;
    while (next < parser->len && strchr(" \t\r\n", parser->text[next]))
        next++;
    const Keyword *below = keyword_clause(parser->text + next, word_length(parser, next));
    bool indented = next > end && parser->text[next - 1] != '\n';
    return !indented || !below || !(below->where & declaration->where);
}

static LineKind first_column(Parser *parser, uint32_t offset) {
    const char *at = parser->text + offset;
    uint32_t len = word_length(parser, offset);
    const Keyword *declaration = keyword_declaration(at, len);
    const Keyword *clause = keyword_clause(at, len);
    if (declaration && !is_rather_clause(parser, offset, declaration, clause))
        return start_declaration(parser, offset, declaration);
    if (clause && parser->declaration && (clause->where & parser->declaration->where)) {
        LineKind kind = start_clause(parser, offset);
        diag_help(parser_remark(parser, DIAG_clause_not_indented, parser_span(parser, offset, len),
                                "the clause '%s' is not indented", clause->word),
                  "indent it by four spaces");
        return kind;
    }
    return first_column_unknown(parser, offset, len);
}

/* ---- indented lines ---- */

static uint32_t column_of(Parser *parser, uint32_t start, uint32_t blanks, bool *tabs) {
    uint32_t column = 0;
    *tabs = false;
    for (uint32_t i = start; i < start + blanks; i++) {
        if (parser->text[i] == '\t') {
            *tabs = true;
            column += TAB_WIDTH - column % TAB_WIDTH;
        } else if (parser->text[i] == ' ') {
            column++;
        }
    }
    if (column == 0)
        column = 1; /* a carriage return alone */
    if (*tabs && !parser->tab_told) {
        parser->tab_told = true;
        Diag *diag = parser_remark(parser, DIAG_tab_indentation, parser_span(parser, start, blanks),
                                   "a tab in the indentation");
        diag_help(diag, "indent with spaces: clauses by four");
    }
    return column;
}

static LineKind indented_declaration(Parser *parser, uint32_t offset, uint32_t len,
                                     const Keyword *declaration) {
    LineKind kind = start_declaration(parser, offset, declaration);
    diag_help(parser_remark(parser, DIAG_declaration_indented, parser_span(parser, offset, len),
                            "the declaration '%s' is indented", declaration->word),
              "a declaration starts in the first column");
    return kind;
}

static LineKind before_any_declaration(Parser *parser, uint32_t offset) {
    if (!parser->tab_told)
        parser_remark(parser, DIAG_no_declaration, parser_span(parser, offset, 1),
                      "an indented line before any declaration");
    return skip_to(parser, scan_block_end(parser, offset, 0));
}

static bool is_own_clause(const Parser *parser, uint32_t offset) {
    const Keyword *clause = keyword_clause(parser->text + offset, word_length(parser, offset));
    return parser->declaration->token == TOK_D_CODES ||
           (clause && (clause->where & parser->declaration->where));
}

/* ---- the column of the clauses ---- */

#define WIDEST_INDENT 63

/* How many lines of the declaration start with a word of its clauses, by their columns. */
static void count_clauses(const Parser *parser, uint32_t offset, unsigned counts[]) {
    bool in_fence = false;
    for (uint32_t start = offset, end; start < parser->len; start = end + 1) {
        uint32_t first = start, column = 0;
        end = line_end(parser, start);
        for (; parser->text[first] == ' ' || parser->text[first] == '\t'; first++)
            column += parser->text[first] == ' ' ? 1 : TAB_WIDTH - column % TAB_WIDTH;
        bool blank = first >= end || strchr("#\r", parser->text[first]);
        if (!blank && first == start && start > offset)
            return;
        if (!in_fence && column > 0 && column <= WIDEST_INDENT && is_own_clause(parser, first))
            counts[column]++;
        in_fence = line_toggles(parser, first, end, in_fence);
    }
}

/* The first clause fixes the column, unless it is the odd one out. */
static uint32_t clause_column(const Parser *parser, uint32_t line, uint32_t column) {
    unsigned counts[WIDEST_INDENT + 1] = {0};
    if (parser->declaration->token == TOK_D_CODES)
        return column;
    count_clauses(parser, line, counts);
    uint32_t most = column <= WIDEST_INDENT ? column : 0;
    for (uint32_t i = 1; i <= WIDEST_INDENT; i++)
        if (counts[i] > counts[most])
            most = i;
    return counts[most] > 1 ? most : column;
}

/* After `of`: SOURCE ALIAS, and not what a damaged `of which ID "label"` has. */
static bool goes_on_with_rows(const char *at) {
    at += strspn(at, " ");
    if (strncmp(at, "which", strlen("which")) == 0 || !is_word_byte(*at) ||
        (*at >= '0' && *at <= '9'))
        return false;
    for (int word = 0; word < 2; word++) {
        if (!is_word_byte(*at))
            return false;
        while (is_word_byte(*at))
            at++;
        at += strspn(at, " ");
    }
    return *at != '"';
}

/* A word that never starts a clause: the line goes on with the clause above it. */
static bool goes_on(const Parser *parser, uint32_t offset, uint32_t len) {
    static const int joining[] = {TOK_AND,    TOK_OR,     TOK_WHERE,  TOK_IN,
                                  TOK_IS,     TOK_NOT,    TOK_DATED,  TOK_HELD,
                                  TOK_ACTIVE, TOK_LATEST, TOK_WITHIN, TOK_BETWEEN};
    const char *at = parser->text + offset;
    const Keyword *word = keyword_word(at, len);
    if (!word || parser->current.is_header)
        return false;
    if (word->token == TOK_OF)
        return goes_on_with_rows(at + len);
    for (size_t i = 0; i < sizeof joining / sizeof *joining; i++)
        if (word->token == joining[i])
            return true;
    return false;
}

static LineKind shallow_continuation(Parser *parser, uint32_t offset, uint32_t len, bool tabs) {
    if (!tabs) {
        Diag *diag = parser_remark(parser, DIAG_shallow_clause, parser_span(parser, offset, len),
                                   "this line goes on with the clause above, but is not indented "
                                   "deeper");
        diag_help(diag, "indent it deeper than column %u", (unsigned)parser->clause_column + 1);
    }
    return LINE_CONTINUATION;
}

/* ---- bands ---- */

/* Whether what stands so far cannot be a whole expression: the next line goes on with it. */
static bool wants_more(const Parser *parser) {
    static const int open[] = {'+', '-', '*', '/', ',', TOK_ELAPSED, TOK_TO, TOK_C_BANDS};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        if (parser->last_token == open[i])
            return true;
    return parser->parentheses > 0;
}

/* A line below `bands` is one of them from the first on that starts with a label, or with what
 * could only be a band whose label was forgotten. */
static bool is_band(Parser *parser, uint32_t offset) {
    static const int starts[] = {TOK_UNDER, TOK_MISSING, TOK_OTHER};
    const char *at = parser->text + offset;
    const Keyword *word = keyword_word(at, word_length(parser, offset));
    if (parser->bands == BANDS_NONE || parser->parentheses > 0)
        return false;
    bool band = parser->bands == BANDS_LINES || *at == '"' || (*at >= '0' && *at <= '9');
    for (size_t i = 0; i < sizeof starts / sizeof *starts && word; i++)
        band = band || word->token == starts[i];
    if (*at != '"' && parser->bands == BANDS_EXPRESSION && wants_more(parser))
        return false;
    if (band)
        parser->bands = BANDS_LINES;
    return band;
}

/* Bands that are not deeper than their clause: one message for all of them. */
static LineKind shallow_band(Parser *parser, uint32_t offset, bool tabs) {
    if (!tabs && !parser->bands_told) {
        Diag *diag = parser_remark(parser, DIAG_shallow_clause, parser_span(parser, offset, 1),
                                   "a band is indented deeper than 'bands'");
        diag_help(diag, "indent the bands deeper than column %u",
                  (unsigned)parser->clause_column + 1);
    }
    parser->bands_told = true;
    return LINE_BAND;
}

/* ---- clauses ---- */

/* At the clause column, or left of it; or the first clause, wherever it stands. */
static LineKind clause_line(Parser *parser, uint32_t offset, uint32_t column, bool tabs) {
    const char *at = parser->text + offset;
    uint32_t len = word_length(parser, offset);
    const Keyword *declaration = keyword_declaration(at, len);
    const Keyword *clause = keyword_clause(at, len);
    bool codes = parser->declaration->token == TOK_D_CODES;
    bool own = codes || (clause && (clause->where & parser->declaration->where));
    if (declaration && (!own || looks_like_header(parser, offset)))
        return indented_declaration(parser, offset, len, declaration);
    if (*at == '"' && is_band(parser, offset))
        return shallow_band(parser, offset, tabs);
    if (!codes && goes_on(parser, offset, len))
        return shallow_continuation(parser, offset, len, tabs);
    LineKind kind = start_clause(parser, offset);
    if (column != parser->clause_column && !tabs) {
        Diag *diag = parser_remark(
            parser, DIAG_shallow_clause, parser_span(parser, offset, len ? len : 1),
            "indented %s than the other clauses", column < parser->clause_column ? "less" : "more");
        diag_help(diag, "the clauses of this declaration stand in column %u",
                  (unsigned)parser->clause_column + 1);
    }
    return kind;
}

static LineKind indented(Parser *parser, uint32_t offset, uint32_t blanks) {
    bool tabs;
    uint32_t column = column_of(parser, offset - blanks, blanks, &tabs);
    const Keyword *declaration = parser->declaration;
    bool header = !parser->in_rows && looks_like_header(parser, offset);
    if (!declaration && !header)
        return before_any_declaration(parser, offset);
    if (declaration && declaration->where == 0 && !header)
        return LINE_CONTINUATION; /* define, use */
    if (parser->clause_column == 0 && !header)
        parser->clause_column = clause_column(parser, offset - blanks, column);
    bool deeper = parser->clause_column > 0 && column > parser->clause_column;
    if (deeper && parser->current.is_header && is_own_clause(parser, offset))
        return clause_line(parser, offset, column, tabs);
    if (deeper && parser->in_rows)
        return LINE_ROW;
    if (deeper && !header && is_band(parser, offset))
        return LINE_BAND;
    if (deeper && !header)
        return LINE_CONTINUATION;
    if (header && (!declaration || declaration->where == 0 || deeper)) {
        uint32_t len = word_length(parser, offset);
        return indented_declaration(parser, offset, len,
                                    keyword_declaration(parser->text + offset, len));
    }
    if (parser->clause_column == 0)
        parser->clause_column = column;
    return clause_line(parser, offset, column, tabs);
}

LineKind scan_line(Parser *parser, uint32_t offset, uint32_t blanks) {
    if (offset >= parser->len)
        return LINE_BLANK;
    return blanks == 0 ? first_column(parser, offset) : indented(parser, offset, blanks);
}
