#include "syntax/parse.h"

#include <string.h>

#include "kpi_parse.h"
#include "syntax/build.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/* ---- bytes that are no text ---- */

/* The length of the UTF-8 character at `text`; 0 if there is none. */
static size_t utf8_length(const unsigned char *text, size_t len) {
    static const struct {
        unsigned char from, to, second_from, second_to;
        size_t len;
    } forms[] = {
        {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3}, {0xE1, 0xEC, 0x80, 0xBF, 3},
        {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3}, {0xF0, 0xF0, 0x90, 0xBF, 4},
        {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    if (text[0] < 0x80)
        return 1;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (text[0] < forms[i].from || text[0] > forms[i].to || len < forms[i].len)
            continue;
        if (text[1] < forms[i].second_from || text[1] > forms[i].second_to)
            return 0;
        for (size_t k = 2; k < forms[i].len; k++)
            if ((text[k] & 0xC0) != 0x80)
                return 0;
        return forms[i].len;
    }
    return 0;
}

typedef struct Faults {
    bool nul, bytes;
    uint32_t nul_at, bytes_at;
} Faults;

/* Replaces what is no text by question marks, so that the rest can be read. */
static Faults clean(char *text, size_t len) {
    Faults faults = {false, false, 0, 0};
    for (size_t i = 0; i < len;) {
        size_t n = utf8_length((const unsigned char *)text + i, len - i);
        if (n > 0 && text[i] != '\0') {
            i += n;
            continue;
        }
        if (text[i] == '\0' && !faults.nul) {
            faults.nul = true;
            faults.nul_at = (uint32_t)i;
        } else if (text[i] != '\0' && !faults.bytes) {
            faults.bytes = true;
            faults.bytes_at = (uint32_t)i;
        }
        text[i++] = '?';
    }
    return faults;
}

/* ---- a file ---- */

static void too_long(Parser *parser, const char *name, size_t len) {
    parser->src = sources_add(parser->session->sources, name, "", 0);
    parser->text = "";
    Diag *diag =
        parser_remark(parser, DIAG_file_too_long, parser_span(parser, 0, 0),
                      "the file has %zu bytes, and at most %u are read", len, PARSE_MAX_BYTES);
    diag_help(diag, "divide it into several files");
}

/* The buffer for flex, after the byte order mark; NULL if the file is not read. */
static char *begin(Parser *parser, const char *name, const char *text, size_t len) {
    if (len > PARSE_MAX_BYTES) {
        too_long(parser, name, len);
        return NULL;
    }
    char *buffer = memory_alloc(len + 2);
    if (len > 0)
        memcpy(buffer, text, len);
    Faults faults = clean(buffer, len);
    buffer[len] = buffer[len + 1] = '\0'; /* as flex wants it */
    parser->src = sources_add(parser->session->sources, name, buffer, len);
    size_t kept;
    parser->text = sources_text(parser->session->sources, parser->src, &kept);
    parser->len = (uint32_t)kept;
    parser->not_text = faults.nul || faults.bytes;
    if (faults.nul)
        diag_help(parser_remark(parser, DIAG_nul_byte, parser_span(parser, faults.nul_at, 1),
                                "the file holds a NUL byte"),
                  "save it as plain text in UTF-8");
    else if (faults.bytes)
        diag_help(parser_remark(parser, DIAG_not_utf8, parser_span(parser, faults.bytes_at, 1),
                                "the file is not UTF-8"),
                  "save it again as UTF-8");
    uint32_t mark = strncmp(parser->text, BYTE_ORDER_MARK, 3) == 0 ? 3 : 0;
    parser->offset = mark;
    scan_open(parser, buffer + mark, len - mark + 2);
    return buffer;
}

static void end(Parser *parser, char *buffer) {
    scan_close(parser);
    memory_free(buffer);
}

ParsedFile *parse_file(Session *session, const char *name, const char *text, size_t len) {
    size_t errors = diags_errors(session->diags);
    ParsedFile *parsed = arena_alloc(session->arena, sizeof *parsed);
    Parser parser = {.session = session, .parsed = parsed};
    char *buffer = begin(&parser, name, text, len);
    if (buffer) {
        kpi_parse(&parser);
        end(&parser, buffer);
    }
    Node_File file = {.declarations = parser.declarations};
    parsed->src = parser.src;
    parsed->file = ast_node(session->arena, NODE_FILE, parser_span(&parser, 0, parser.len), &file);
    parsed->ok = diags_errors(session->diags) == errors;
    return parsed;
}

void parse_dump_tokens(Session *session, const char *name, const char *text, size_t len,
                       StrBuf *out) {
    ParsedFile *parsed = arena_alloc(session->arena, sizeof *parsed);
    Parser parser = {.session = session, .parsed = parsed};
    char *buffer = begin(&parser, name, text, len);
    if (!buffer)
        return;
    int token;
    do {
        KPI_STYPE value;
        Span at;
        token = kpi_lex(&value, &at, &parser);
        LineCol place = sources_place(session->sources, parser.src, at.off);
        strbuf_addf(out, "%u:%u\t%s", (unsigned)place.line, (unsigned)place.col,
                    kpi_token_words(token));
        if (at.len > 0)
            strbuf_addf(out, "\t%.*s",
                        (int)strcspn(parser.text + at.off, "\n") < (int)at.len
                            ? (int)strcspn(parser.text + at.off, "\n")
                            : (int)at.len,
                        parser.text + at.off);
        strbuf_add_char(out, '\n');
    } while (token != TOK_END_OF_FILE);
    end(&parser, buffer);
}

const ParsedFile *parse_tokens(Session *session, const char *text, size_t len, ScannedTokens *out) {
    ParsedFile *parsed = arena_alloc(session->arena, sizeof *parsed);
    Parser parser = {.session = session, .parsed = parsed};
    char *buffer = begin(&parser, "", text, len);
    if (!buffer)
        return parsed;
    for (;;) {
        KPI_STYPE value;
        ScannedToken token;
        token.token = kpi_lex(&value, &token.span, &parser);
        if (token.token == TOK_END_OF_FILE)
            break;
        vec_push(session->arena, out, token);
    }
    end(&parser, buffer);
    return parsed;
}
