#include "syntax/print_parts.h"

#include "syntax/print.h"

/* The clauses of a test. */

static void add_groups(StrBuf *out, const NodeList *groups) {
    for (size_t i = 0; i < groups->len; i++) {
        const Node_GroupIs *group = node_GroupIs(groups->items[i]);
        strbuf_add(out, i == 0 ? " where " : " and ");
        if (print_is_name(group->label.text))
            print_name(out, group->label.text);
        else
            print_text(out, (Text){.text = group->label.text});
        strbuf_add(out, " = ");
        print_expression(out, group->value);
    }
}

static void add_band(StrBuf *out, Text band) {
    if (!band.text)
        return;
    strbuf_add(out, " in band ");
    print_text(out, band);
}

static void add_record(StrBuf *out, const Node_Expect *expect) {
    print_name(out, expect->source.atom);
    for (size_t i = 0; i < expect->keys.len; i++) {
        strbuf_add_char(out, ' ');
        print_expression(out, expect->keys.items[i]);
    }
    strbuf_add(out, expect->negated ? " not" : "");
    add_band(out, expect->band);
    if (!expect->name.atom)
        return;
    strbuf_add(out, " in ");
    print_name(out, expect->name.atom);
}

/* "13 excluded cwd" */
static void add_counted(StrBuf *out, const Node_Expect *expect, const char *words) {
    print_expression(out, expect->value);
    strbuf_addf(out, " %s", words);
    if (!expect->name.atom)
        return;
    strbuf_add_char(out, ' ');
    print_name(out, expect->name.atom);
}

/* dispatch */
static void add_expect(StrBuf *out, const Node_Expect *expect) {
    switch (expect->kind) {
    case EXPECT_FRACTION:
        print_expression(out, expect->value);
        strbuf_add(out, " of ");
        print_expression(out, expect->of);
        add_band(out, expect->band);
        break;
    case EXPECT_VALUE:
        print_expression(out, expect->value);
        add_band(out, expect->band);
        break;
    case EXPECT_PRINTED:
        print_text(out, expect->text);
        add_band(out, expect->band);
        break;
    case EXPECT_EXCLUDED:
        add_counted(out, expect, "excluded");
        break;
    case EXPECT_OF_WHICH:
        add_counted(out, expect, "of which");
        break;
    case EXPECT_UNKNOWN:
        add_counted(out, expect, "unknown");
        break;
    case EXPECT_STATUS:
        strbuf_add(out, "status ");
        print_name(out, expect->name.atom);
        break;
    case EXPECT_NO_CASES:
        strbuf_add(out, "no cases");
        break;
    case EXPECT_NOT_AVAILABLE:
        strbuf_add(out, "not available");
        break;
    case EXPECT_RECORD:
        add_record(out, expect);
        break;
    case EXPECT_MESSAGE:
        strbuf_add(out, "message ");
        print_name(out, expect->name.atom);
        break;
    }
    add_groups(out, &expect->groups);
}

void print_test(StrBuf *out, const Node *clause) {
    if (clause->kind == NODE_GIVEN) {
        print_start(out, "given");
        print_name(out, node_Given(clause)->source.atom);
    } else if (clause->kind == NODE_EXPECT) {
        print_start(out, "expect");
        add_expect(out, node_Expect(clause));
    }
}
