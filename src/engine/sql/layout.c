#include "engine/sql/layout.h"

#include <stdbool.h>
#include <string.h>

#include "base/vec.h"

#define WIDTH 100
#define STEP 4

typedef struct Token {
    const char *text;
    size_t len;
    bool blank_before;
    size_t partner; /* of a bracket, or of CASE and END; 0: none */
    bool gone;
} Token;

typedef struct Line {
    Token *tokens;
    size_t len;
} Line;

/* ---- tokens ---- */

static bool is_word_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || (c & 0x80);
}

/* The length of 'text' or "name", in which the mark stands twice for itself. */
static size_t quoted_len(const char *text) {
    size_t len = 1;
    while (text[len] && (text[len] != text[0] || text[len + 1] == text[0]))
        len += text[len] == text[0] ? 2 : 1;
    return text[len] ? len + 1 : len;
}

static size_t token_len(const char *text) {
    size_t len = 0;
    if (strchr("()+-*/%,;", text[0]))
        return 1;
    while (text[len] == '"' || text[len] == '\'' || is_word_byte(text[len])) {
        bool quoted = text[len] == '"' || text[len] == '\'';
        len += quoted ? quoted_len(text + len) : 1;
    }
    while (len == 0 || (!is_word_byte(text[0]) && strchr("<>=|!~", text[len]) && text[len]))
        len++;
    return len;
}

static bool is(const Token *token, const char *word) {
    return token->len == strlen(word) && memcmp(token->text, word, token->len) == 0;
}

static bool opens(const Token *token) {
    return is(token, "(") || is(token, "CASE");
}

static bool closes(const Token *token) {
    return is(token, ")") || is(token, "END");
}

static void find_partners(Line *line) {
    size_t *open = memory_alloc((line->len + 1) * sizeof *open), depth = 0;
    for (size_t i = 0; i < line->len; i++) {
        if (opens(&line->tokens[i]))
            open[depth++] = i;
        if (!closes(&line->tokens[i]) || depth == 0)
            continue;
        size_t partner = open[--depth];
        line->tokens[i].partner = partner;
        line->tokens[partner].partner = i;
    }
    memory_free(open);
}

/* ((x)) is (x); a selection keeps its own. */
static void drop_doubles(Line *line) {
    for (size_t i = 0; i + 2 < line->len; i++) {
        const Token *outer = &line->tokens[i], *inner = outer + 1;
        if (!is(outer, "(") || !is(inner, "(") || !outer->partner || !inner->partner ||
            outer->partner != inner->partner + 1 || is(inner + 1, "SELECT"))
            continue;
        line->tokens[i + 1].gone = line->tokens[inner->partner].gone = true;
        line->tokens[i + 2].blank_before = false;
    }
}

static Line read_line(const char *text, size_t len) {
    Line line = {memory_alloc((len + 1) * sizeof *line.tokens), 0};
    const char *end = text + len;
    while (text < end) {
        bool blank = *text == ' ';
        while (text < end && *text == ' ')
            text++;
        if (text == end)
            break;
        size_t size = token_len(text);
        line.tokens[line.len++] = (Token){.text = text, .len = size, .blank_before = blank};
        text += size;
    }
    find_partners(&line);
    drop_doubles(&line);
    size_t kept = 0;
    for (size_t i = 0; i < line.len; i++)
        if (!line.tokens[i].gone)
            line.tokens[kept++] = line.tokens[i];
    line.len = kept;
    for (size_t i = 0; i < kept; i++)
        line.tokens[i].partner = 0;
    find_partners(&line);
    return line;
}

/* ---- lines ---- */

/* Columns that the tokens take on one line. */
static size_t flat_len(const Line *line, size_t from, size_t to) {
    size_t len = 0;
    for (size_t i = from; i < to; i++)
        len += line->tokens[i].len + (i > from && line->tokens[i].blank_before);
    return len;
}

/* Whether a line may begin with it. */
static bool begins_line(const Line *line, size_t i) {
    static const char *const words[] = {"AND",   "OR",   "WHEN",  "ELSE",  "SELECT", "FROM",
                                        "WHERE", "LEFT", "UNION", "GROUP", "ORDER"};
    if (is(&line->tokens[i], "AND"))
        for (size_t back = i; back-- > 0 && !opens(&line->tokens[back]);) {
            if (line->tokens[back].partner && closes(&line->tokens[back]))
                back = line->tokens[back].partner;
            else if (is(&line->tokens[back], "AND") || is(&line->tokens[back], "OR"))
                break;
            if (is(&line->tokens[back], "BETWEEN"))
                return false;
        }
    if (is(&line->tokens[i], "LEFT") && i + 1 < line->len && is(&line->tokens[i + 1], "("))
        return false;
    for (size_t w = 0; w < sizeof words / sizeof *words; w++)
        if (is(&line->tokens[i], words[w]))
            return true;
    return i > 0 && is(&line->tokens[i - 1], ",");
}

typedef struct Writing {
    StrBuf *out;
    size_t column;
} Writing;

static void new_line(Writing *writing, size_t indent) {
    while (writing->out->len > 0 && writing->out->text[writing->out->len - 1] == ' ')
        writing->out->text[--writing->out->len] = '\0';
    strbuf_add_char(writing->out, '\n');
    strbuf_add_times(writing->out, ' ', indent);
    writing->column = indent;
}

static void put_token(Writing *writing, const Token *token, bool blank) {
    if (blank)
        strbuf_add_char(writing->out, ' ');
    strbuf_add_len(writing->out, token->text, token->len);
    writing->column += token->len + blank;
}

/* Tokens of one level; inner brackets that do not fit are broken open. */
static void put_range(Writing *writing, const Line *line, size_t from, size_t to, size_t indent) {
    bool broken = writing->column + flat_len(line, from, to) > WIDTH;
    for (size_t i = from; i < to; i++) {
        const Token *token = &line->tokens[i];
        bool first = i == from;
        if (broken && !first && begins_line(line, i)) {
            new_line(writing, indent);
            first = true;
        }
        put_token(writing, token, token->blank_before && !first);
        size_t partner = token->partner;
        if (!opens(token) || partner <= i || partner >= to)
            continue;
        bool fits = writing->column + flat_len(line, i + 1, partner + 1) <= WIDTH;
        size_t inner = indent + STEP;
        bool bracket = is(token, "(");
        if (!fits)
            new_line(writing, inner);
        else if (!bracket)
            strbuf_add_char(writing->out, ' ');
        put_range(writing, line, i + 1, partner, inner);
        if (!fits)
            new_line(writing, indent);
        put_token(writing, &line->tokens[partner], fits && !bracket);
        i = partner;
    }
}

static void put_line(StrBuf *out, const char *text, size_t len) {
    size_t indent = 0;
    while (indent < len && text[indent] == ' ')
        indent++;
    if (strncmp(text + indent, "--", 2) == 0) {
        strbuf_add_len(out, text, len);
        return;
    }
    Line line = read_line(text + indent, len - indent);
    Writing writing = {out, indent};
    strbuf_add_times(out, ' ', indent);
    put_range(&writing, &line, 0, line.len, indent);
    memory_free(line.tokens);
}

void layout_statement(StrBuf *out, const char *text) {
    while (*text) {
        size_t len = strcspn(text, "\n");
        put_line(out, text, len);
        text += len;
        if (*text == '\n') {
            strbuf_add_char(out, '\n');
            text++;
        }
    }
}
