/* Any bytes as a definition file: the scanner and the parser must come to an end without a fault of
 * their own, and what they accept must come back from the printer: an equal tree, the same bytes.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "syntax/print.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAX_SIZE 65536u /* longer inputs only cost time: the limits have tests of their own */

static void check(bool holds) {
    if (!holds)
        abort();
}

static void check_round_trip(Session *session, const ParsedFile *parsed) {
    StrBuf first = {0}, second = {0};
    print_file(&first, session, parsed);
    if (parsed->ok) {
        const ParsedFile *again = parse_file(session, "again.kpi", strbuf_text(&first), first.len);
        check(again->ok);
        check(ast_equal(parsed->file, again->file));
        print_file(&second, session, again);
        check(strcmp(strbuf_text(&first), strbuf_text(&second)) == 0);
    }
    strbuf_fini(&first);
    strbuf_fini(&second);
}

static void check_tree(const Node *node) {
    Node *child;
    check(node->depth <= PARSE_MAX_DEPTH + 4);
    for (size_t i = 0; node_child(node, i, &child); i++) {
        check(child->depth < node->depth);
        check_tree(child);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > MAX_SIZE)
        return 0;
    Session *session = session_new();
    const ParsedFile *parsed = parse_file(session, "fuzz.kpi", (const char *)data, size);
    check(parsed->ok == (diags_errors(session->diags) == 0));
    check_tree(parsed->file);
    StrBuf out = {0};
    diags_render_text(session->diags, &out, 0, false);
    ast_dump(&out, parsed->file);
    strbuf_fini(&out);
    check_round_trip(session, parsed);
    session_free(session);
    return 0;
}
