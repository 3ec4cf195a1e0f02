#include "syntax/scan.h"

#include <string.h>

#include "kpi_parse.h"

Span parser_span(const Parser *parser, uint32_t offset, uint32_t len) {
    return (Span){parser->src, offset, len};
}

/* The text of the span without `trim` bytes at each end. */
Text parser_text(Parser *parser, Span span, uint32_t trim) {
    const char *text = arena_copy_text(parser->session->arena, parser->text + span.off + trim,
                                       span.len - 2 * trim);
    return (Text){text, span, false};
}

Name parser_name(Parser *parser, Span span, uint32_t trim) {
    Atom atom =
        atom_of(parser->session->atoms, parser->text + span.off + trim, span.len - 2 * trim);
    return (Name){atom, span};
}

Text scan_text(Parser *parser, Span span) {
    if (span.len > 1 && parser->text[span.off + span.len - 1] == '"')
        return parser_text(parser, span, 1);
    Diag *diag = parser_report(parser, DIAG_text_not_closed, span, "the text has no closing quote");
    if (diag)
        diag_help(diag, "end it with \" on the same line; longer prose stands between two \"\"\"");
    span.len--;
    span.off++;
    return parser_text(parser, span, 0);
}

/* ---- fences ---- */

static bool is_fence(const Parser *parser, uint32_t at) {
    return strncmp(parser->text + at, "\"\"\"", 3) == 0;
}

/* Whether the line that starts at `at` has something in its first column. */
static bool starts_at_once(const Parser *parser, uint32_t at) {
    return at < parser->len && !strchr(" \t\r\n", parser->text[at]) && !is_fence(parser, at);
}

static bool starts_declaration(const Parser *parser, uint32_t at) {
    size_t len = strspn(parser->text + at, "abcdefghijklmnopqrstuvwxyz");
    return keyword_declaration(parser->text + at, len) != NULL;
}

/* Prose that slipped into the first column does not hide the clauses after its fence: the closing
 * quotes count if they come before the next declaration. */
static bool closes_later(const Parser *parser, uint32_t from, uint32_t *end) {
    for (uint32_t i = from; i < parser->len; i++) {
        if (is_fence(parser, i)) {
            *end = i + 3;
            return true;
        }
        if ((i == from || parser->text[i - 1] == '\n') && starts_declaration(parser, i))
            return false;
    }
    return false;
}

uint32_t scan_fence_end(Parser *parser, uint32_t offset, bool *closed) {
    *closed = true;
    for (uint32_t i = offset + 3; i < parser->len; i++) {
        uint32_t end = i;
        if (is_fence(parser, i))
            return i + 3;
        if (parser->text[i] != '\n' || !starts_at_once(parser, i + 1))
            continue;
        Diag *diag = parser_report(parser, DIAG_fence_not_closed, parser_span(parser, offset, 3),
                                   "the text that starts here has no closing \"\"\"");
        if (diag)
            diag_note(diag, parser_span(parser, i + 1, 1), "this line in the first column ends it");
        *closed = closes_later(parser, i + 1, &end);
        parser->stray_after = *closed ? 0 : i;
        return end;
    }
    parser_report(parser, DIAG_fence_not_closed, parser_span(parser, offset, 3),
                  "the text that starts here has no closing \"\"\"");
    *closed = false;
    return parser->len;
}

typedef struct FenceLine {
    const char *text;
    size_t len, indent;
} FenceLine;

static FenceLine fence_line(const char *text, const char *end) {
    const char *stop = memchr(text, '\n', (size_t)(end - text));
    FenceLine line = {text, (size_t)((stop ? stop : end) - text), 0};
    while (line.indent < line.len && text[line.indent] == ' ')
        line.indent++;
    return line;
}

static size_t length_without_blanks(FenceLine line) {
    while (line.len > 0 && strchr(" \t\r", line.text[line.len - 1]))
        line.len--;
    return line.len;
}

static size_t common_indent(const char *text, const char *end) {
    size_t common = SIZE_MAX;
    while (text <= end) {
        FenceLine line = fence_line(text, end);
        if (length_without_blanks(line) > 0 && line.indent < common)
            common = line.indent;
        text = line.text + line.len + 1;
    }
    return common;
}

/* The lines from `text` on, each without `common` blanks before and all blanks behind. The first
 * one is left out if it is blank, the last too. */
static void fence_lines(StrBuf *out, const char *text, const char *end, size_t common) {
    bool first = true, wrote = false;
    while (text <= end) {
        FenceLine line = fence_line(text, end);
        size_t len = length_without_blanks(line);
        bool last = line.text + line.len >= end;
        size_t drop = first ? line.indent : common;
        text = line.text + line.len + 1;
        if (len == 0 && (first || last)) {
            first = false;
            continue;
        }
        first = false;
        if (wrote)
            strbuf_add_char(out, '\n');
        wrote = true;
        if (len > drop)
            strbuf_add_len(out, line.text + drop, len - drop);
    }
}

Text scan_fence_text(Parser *parser, Span span, bool closed) {
    const char *start = parser->text + span.off + 3;
    const char *end = parser->text + span.off + span.len - (closed ? 3 : 0);
    const char *second = memchr(start, '\n', (size_t)(end - start));
    StrBuf buf = {0};
    fence_lines(&buf, start, end, second ? common_indent(second + 1, end) : 0);
    const char *text = arena_copy_text(parser->session->arena, strbuf_text(&buf), buf.len);
    strbuf_fini(&buf);
    return (Text){text, span, true};
}

/* ---- names, cells ---- */

Name scan_backquoted(Parser *parser, Span span, uint32_t trim) {
    bool closed = span.len > trim && parser->text[span.off + span.len - 1] == '`';
    uint32_t len = span.len - trim - (closed ? 1 : 0);
    if (!closed)
        parser_report(parser, DIAG_name_not_closed, span, "the name has no closing backquote");
    else if (len == 0)
        parser_report(parser, DIAG_name_not_closed, span,
                      "the name between the backquotes is empty");
    Atom atom = atom_of(parser->session->atoms, parser->text + span.off + trim, len);
    return (Name){atom, span};
}

Text scan_code(Parser *parser, Span span) {
    static const char *const curly[] = {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x98",
                                        "\xE2\x80\x99", "'"};
    const char *text = parser->text + span.off;
    if (*text == '"')
        return scan_text(parser, span);
    for (size_t i = 0; i < sizeof curly / sizeof *curly; i++)
        if (strncmp(text, curly[i], strlen(curly[i])) == 0)
            scan_stray(parser, span);
    return parser_text(parser, span, 0);
}

Text scan_cell(Parser *parser, Span span) {
    char first = parser->text[span.off];
    if (first == '`') {
        Name name = scan_backquoted(parser, span, 1);
        return (Text){name.atom, span, false};
    }
    if (span.len == 1 && first == '-')
        return (Text){"", span, false};
    return scan_code(parser, span);
}

/* ---- what other languages and word processors leave ---- */

int scan_foreign_operator(Parser *parser, Span span) {
    static const struct {
        const char *theirs, *ours;
        int token;
    } operators[] = {{"==", "=", '='},
                     {"<>", "!=", TOK_NOT_EQUAL},
                     {"=>", ">=", TOK_GREATER_EQUAL},
                     {"=<", "<=", TOK_LESS_EQUAL},
                     {"&", "and", TOK_AND},
                     {"&&", "and", TOK_AND},
                     {"|", "or", TOK_OR},
                     {"||", "or", TOK_OR},
                     {"!", "not", TOK_NOT}};
    const char *text = parser->text + span.off;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (strlen(operators[i].theirs) != span.len ||
            strncmp(operators[i].theirs, text, span.len) != 0)
            continue;
        Diag *diag = parser_report(parser, DIAG_foreign_operator, span, "'%s' is no operator",
                                   operators[i].theirs);
        if (diag)
            diag_help(diag, "write '%s'", operators[i].ours);
        return operators[i].token;
    }
    return scan_stray(parser, span);
}

typedef struct Stray {
    const char *bytes;
    DiagCode code;
    const char *words, *help;
} Stray;

static const Stray strays[] = {
    {"\xE2\x80\x9C", DIAG_curly_quote, "a curly quote", "use the straight double quote \""},
    {"\xE2\x80\x9D", DIAG_curly_quote, "a curly quote", "use the straight double quote \""},
    {"\xE2\x80\x9E", DIAG_curly_quote, "a curly quote", "use the straight double quote \""},
    {"\xE2\x80\x98", DIAG_curly_quote, "a curly quote", "use the straight double quote \""},
    {"\xE2\x80\x99", DIAG_curly_quote, "a curly quote", "use the straight double quote \""},
    {"'", DIAG_curly_quote, "a single quote", "use the straight double quote \""},
    {"\xE2\x80\x93", DIAG_stray_character, "a dash from a word processor", "write -"},
    {"\xE2\x80\x94", DIAG_stray_character, "a dash from a word processor", "write -"},
    {"\xE2\x88\x92", DIAG_stray_character, "a minus sign from a word processor", "write -"},
    {"\xC2\xA0", DIAG_stray_character, "a no-break space", "replace it with a space"},
    {"\xE2\x89\xA5", DIAG_foreign_operator, "'\xE2\x89\xA5' is no operator", "write >="},
    {"\xE2\x89\xA4", DIAG_foreign_operator, "'\xE2\x89\xA4' is no operator", "write <="},
    {"\xE2\x89\xA0", DIAG_foreign_operator, "'\xE2\x89\xA0' is no operator", "write !="},
    {"\xC3\x97", DIAG_foreign_operator, "'\xC3\x97' is no operator", "write *"},
    {"\xC3\xB7", DIAG_foreign_operator, "'\xC3\xB7' is no operator", "write /"},
    {"$", DIAG_foreign_money, "money is in pounds, not in dollars",
     "write it as in \xC2\xA3"
     "50"},
    {"\xE2\x82\xAC", DIAG_foreign_money, "money is in pounds, not in euros",
     "write it as in \xC2\xA3"
     "50"},
    {"%", DIAG_stray_character, "a percent sign without a number", "write it as in 95%"},
    {";", DIAG_stray_character, "a semicolon", "a clause ends with its line"},
    {".", DIAG_stray_character, "a dot without a name",
     "a column stands right after its dot; a number has a digit before its point: 0.5"},
};

/* The bytes of the character at `text`. */
static uint32_t character_length(const char *text, uint32_t len) {
    uint32_t n = 1;
    while (n < len && ((unsigned char)text[n] & 0xC0) == 0x80)
        n++;
    return n;
}

int scan_stray(Parser *parser, Span span) {
    const char *text = parser->text + span.off;
    if (parser->not_text && *text == '?')
        return TOK_KPI_error; /* reported for the whole file */
    span.len = character_length(text, span.len);
    for (size_t i = 0; i < sizeof strays / sizeof *strays; i++) {
        const Stray *stray = &strays[i];
        if (strlen(stray->bytes) != span.len || strncmp(stray->bytes, text, span.len) != 0)
            continue;
        Diag *diag = parser_report(parser, stray->code, span, "%s", stray->words);
        if (diag)
            diag_help(diag, "%s", stray->help);
        return TOK_KPI_error;
    }
    if ((unsigned char)*text < ' ' || *text == 0x7F)
        parser_report(parser, DIAG_stray_character, span, "unexpected control character 0x%02X",
                      (unsigned char)*text);
    else
        parser_report(parser, DIAG_stray_character, span, "unexpected character '%s'",
                      arena_copy_text(parser->session->arena, text, span.len));
    return TOK_KPI_error;
}
