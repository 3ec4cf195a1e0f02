#include "syntax/print_parts.h"

#include <string.h>

#include "syntax/words.h"

/* The clauses of a report. */

/* " ITEM", on a line of its own when it does not fit behind the others. */
static void add_item(StrBuf *out, const char *item) {
    if (layout_column(out) + 1 + layout_width(item, strcspn(item, "\n")) <= PRINT_WIDTH)
        strbuf_add_char(out, ' ');
    else
        layout_line(out, PRINT_CONTINUATION);
    strbuf_add(out, item);
}

/* The second text may be lacking. */
static void add_pair(StrBuf *out, const char *word, Text title, Text text) {
    StrBuf item = {0};
    print_start(out, word);
    print_text(out, title);
    if (!text.text)
        return;
    print_text(&item, text);
    add_item(out, strbuf_text(&item));
    strbuf_fini(&item);
}

/* `with` goes to the next line together with its first name. */
static void add_with(StrBuf *out, const NameList *names) {
    StrBuf item = {0};
    for (size_t i = 0; i < names->len; i++) {
        strbuf_clear(&item);
        strbuf_add(&item, i == 0 ? "with " : "");
        print_name(&item, names->items[i].atom);
        strbuf_add(&item, i + 1 < names->len ? "," : "");
        add_item(out, strbuf_text(&item));
    }
    strbuf_fini(&item);
}

static void add_show(StrBuf *out, const Node_Show *show) {
    print_start(out, "show");
    print_names(out, &show->names);
    if (show->with.len > 0)
        add_with(out, &show->with);
    if (show->chart_months == 0)
        return;
    StrBuf item = {0};
    strbuf_addf(&item, "as chart of %d months", show->chart_months);
    add_item(out, strbuf_text(&item));
    strbuf_fini(&item);
}

bool print_report(StrBuf *out, const Node *node) {
    if (node->kind == NODE_REPORT_FIELD) {
        add_pair(out, "field", node_ReportField(node)->title, node_ReportField(node)->text);
    } else if (node->kind == NODE_REPORT_EVERY) {
        print_start(out, "every");
        strbuf_add(out, word_of(FIELD_EveryKind, (int)node_ReportEvery(node)->every));
    } else if (node->kind == NODE_REPORT_PART) {
        print_start(out, "part");
        print_text(out, node_ReportPart(node)->title);
        strbuf_add(out, node_ReportPart(node)->status ? " status" : "");
    } else if (node->kind == NODE_REPORT_SECTION) {
        print_start(out, "section");
        print_text(out, node_ReportSection(node)->title);
    } else if (node->kind == NODE_SHOW) {
        add_show(out, node_Show(node));
    } else if (node->kind == NODE_REFER) {
        add_pair(out, "refer", node_Refer(node)->title, node_Refer(node)->text);
    } else {
        return false;
    }
    return true;
}
