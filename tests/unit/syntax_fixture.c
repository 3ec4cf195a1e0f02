#include "syntax_fixture.h"

#include <check.h>
#include <string.h>

#include "base/diag_list.h"

static Session *session;
static StrBuf out;

void syntax_start(void) {
    session = session_new();
    out = (StrBuf){0};
}

void syntax_finish(void) {
    strbuf_fini(&out);
    session_free(session);
    session = NULL;
}

Session *syntax_session(void) {
    return session;
}

ParsedFile *syntax_parse_len(const char *text, size_t len) {
    return parse_file(session, "t.kpi", text, len);
}

ParsedFile *syntax_parse(const char *text) {
    return syntax_parse_len(text, strlen(text));
}

const char *syntax_faults(void) {
    strbuf_clear(&out);
    Diag **sorted = diags_sorted(session->diags);
    for (size_t i = 0; i < session->diags->list.len; i++) {
        LineCol place = sources_place(session->sources, sorted[i]->at.src, sorted[i]->at.off);
        strbuf_addf(&out, "%u:%u KPI%04d\n", (unsigned)place.line, (unsigned)place.col,
                    sorted[i]->info->number);
    }
    memory_free(sorted);
    return arena_copy_text(session->arena, strbuf_text(&out), out.len);
}

const char *syntax_messages(void) {
    strbuf_clear(&out);
    diags_render_text(session->diags, &out, 0, false);
    return arena_copy_text(session->arena, strbuf_text(&out), out.len);
}

const char *syntax_tree(const char *text) {
    ParsedFile *parsed = syntax_parse(text);
    strbuf_clear(&out);
    ast_dump(&out, parsed->file);
    return arena_copy_text(session->arena, strbuf_text(&out), out.len);
}

/* The lines after the first two, without the four blanks before each. */
const char *syntax_clauses(const char *text) {
    const char *tree = syntax_tree(text);
    strbuf_clear(&out);
    int line = 0;
    while (*tree) {
        size_t len = strcspn(tree, "\n") + 1;
        if (line++ >= 2)
            strbuf_add_len(&out, tree + 4, len - 4);
        tree += len;
    }
    return arena_copy_text(session->arena, strbuf_text(&out), out.len);
}

const char *syntax_tokens(const char *text) {
    strbuf_clear(&out);
    parse_dump_tokens(session, "t.kpi", text, strlen(text), &out);
    return arena_copy_text(session->arena, strbuf_text(&out), out.len);
}

static const char *print(const ParsedFile *parsed) {
    strbuf_clear(&out);
    print_file(&out, session, parsed);
    return arena_copy_text(session->arena, strbuf_text(&out), out.len);
}

const char *syntax_printed(const char *text) {
    return print(syntax_parse(text));
}

void syntax_check_round_trip(const char *text) {
    ParsedFile *first = syntax_parse(text);
    ck_assert_str_eq(syntax_messages(), "");
    ck_assert(first->ok);
    const char *printed = print(first);
    ParsedFile *second = syntax_parse(printed);
    ck_assert_msg(second->ok, "%s\n%s", printed, syntax_messages());
    ck_assert_msg(ast_equal(first->file, second->file), "%s", printed);
    ck_assert_str_eq(print(second), printed);
}
