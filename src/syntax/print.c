#include "syntax/print.h"

#include <string.h>

#include "syntax/print_parts.h"

/* ---- where comments stand ---- */

static uint32_t span_end(Span span) {
    return span.off + span.len;
}

static bool has_comment(const Printer *printer) {
    return printer->comment < printer->parsed->comments.len;
}

static const Comment *comment_at(const Printer *printer, size_t i) {
    return &printer->parsed->comments.items[i];
}

static size_t comment_column(const Printer *printer, const Comment *comment) {
    uint32_t start = comment->span.off;
    while (start > 0 && printer->text[start - 1] != '\n')
        start--;
    return comment->span.off - start;
}

static bool blank_line_after(const Printer *printer, const Comment *comment) {
    const char *at = printer->text + span_end(comment->span);
    at += strcspn(at, "\n");
    if (!*at)
        return false;
    at++;
    at += strspn(at, " \t\r");
    return *at == '\n';
}

static void print_comment(const Printer *printer, const Comment *comment, size_t indent) {
    strbuf_add_times(printer->out, ' ', indent);
    print_source(printer, comment->span);
    strbuf_add_char(printer->out, '\n');
}

static uint32_t line_end_of(const Printer *printer, Span span) {
    uint32_t end = span_end(span);
    return end + (uint32_t)strcspn(printer->text + end, "\n");
}

/* The comments before and inside the item, on lines of their own before it; gives the one that
 * stands behind it, if there is one. */
static const Comment *comments_before(Printer *printer, Span item, size_t indent) {
    uint32_t end = line_end_of(printer, item);
    const Comment *behind = NULL;
    while (has_comment(printer) && comment_at(printer, printer->comment)->span.off < end) {
        const Comment *comment = comment_at(printer, printer->comment++);
        if (!comment->own_line && comment->span.off >= item.off) {
            if (behind)
                print_comment(printer, behind, indent);
            behind = comment;
        } else {
            print_comment(printer, comment, indent);
        }
    }
    return behind;
}

static void end_item(Printer *printer, const Comment *behind) {
    StrBuf *out = printer->out;
    while (out->len > 0 && out->text[out->len - 1] == ' ')
        out->text[--out->len] = '\0';
    if (behind) {
        strbuf_add(out, "  ");
        print_source(printer, behind->span);
    }
    strbuf_add_char(out, '\n');
}

/* ---- declarations ---- */

typedef struct Header {
    const char *word;
    Name name;
    Text title;
    Period at;        /* of a test: stands before its title, after */
    const char *join; /* the word before: */
    Text last;
    const NodeList *clauses;
} Header;

/* dispatch */
static Header header_of(const Node *node) {
    switch (node->kind) {
    case NODE_PROJECT:
        return (Header){.word = "project",
                        .title = node_Project(node)->title,
                        .clauses = &node_Project(node)->clauses};
    case NODE_SOURCE:
        return (Header){.word = "source",
                        .name = node_Source(node)->name,
                        .title = node_Source(node)->title,
                        .join = "from",
                        .last = node_Source(node)->table,
                        .clauses = &node_Source(node)->clauses};
    case NODE_CODES:
        return (Header){.word = "codes",
                        .name = node_Codes(node)->name,
                        .title = node_Codes(node)->title,
                        .clauses = &node_Codes(node)->clauses};
    case NODE_CALENDAR:
        return (Header){.word = "calendar",
                        .name = node_Calendar(node)->name,
                        .title = node_Calendar(node)->title,
                        .clauses = &node_Calendar(node)->clauses};
    case NODE_INDICATOR:
        return (Header){.word = "indicator",
                        .name = node_Indicator(node)->name,
                        .title = node_Indicator(node)->title,
                        .clauses = &node_Indicator(node)->clauses};
    case NODE_NEIGHBOURS:
        return (Header){.word = "neighbours",
                        .name = node_Neighbours(node)->name,
                        .title = node_Neighbours(node)->title,
                        .join = "of",
                        .last = node_Neighbours(node)->of,
                        .clauses = &node_Neighbours(node)->clauses};
    case NODE_RATING:
        return (Header){.word = "rating",
                        .name = node_Rating(node)->name,
                        .title = node_Rating(node)->title,
                        .clauses = &node_Rating(node)->clauses};
    case NODE_REPORT:
        return (Header){.word = "report",
                        .name = node_Report(node)->name,
                        .title = node_Report(node)->title,
                        .clauses = &node_Report(node)->clauses};
    case NODE_TEST:
        return (Header){.word = "test",
                        .name = node_Test(node)->name,
                        .join = "at",
                        .at = node_Test(node)->period,
                        .title = node_Test(node)->title,
                        .clauses = &node_Test(node)->clauses};
    case NODE_FILE:
    case NODE_USE:
    case NODE_DEFINE:
    case NODE_TEXT_CLAUSE:
    case NODE_NAME_CLAUSE:
    case NODE_DATE_CLAUSE:
    case NODE_CHECK_SETTING:
    case NODE_COVERS:
    case NODE_TAKEN:
    case NODE_BROKEN_CLAUSE:
    case NODE_KEY:
    case NODE_COLUMN:
    case NODE_TYPE:
    case NODE_SYMBOLS:
    case NODE_SYMBOL:
    case NODE_PUBLISHED:
    case NODE_ROWS:
    case NODE_ROW:
    case NODE_CODE:
    case NODE_WEEKEND:
    case NODE_HOLIDAY_DATES:
    case NODE_HOLIDAY_ROWS:
    case NODE_DENOMINATOR:
    case NODE_NUMERATOR:
    case NODE_VALUE:
    case NODE_EXCLUDE:
    case NODE_OF_WHICH:
    case NODE_BY:
    case NODE_BASIS:
    case NODE_WINDOW:
    case NODE_GOOD:
    case NODE_TARGET:
    case NODE_COMPARE:
    case NODE_DECIMALS:
    case NODE_PROJECT_DECIMALS:
    case NODE_MEMBERS:
    case NODE_MEMBER_ROWS:
    case NODE_MODEL_YEAR:
    case NODE_RATING_LINE:
    case NODE_RATING_RULE:
    case NODE_REPORT_FIELD:
    case NODE_REPORT_EVERY:
    case NODE_REPORT_PART:
    case NODE_REPORT_SECTION:
    case NODE_SHOW:
    case NODE_REFER:
    case NODE_GIVEN:
    case NODE_EXPECT:
    case NODE_GROUP_IS:
    case NODE_DISTRIBUTION:
    case NODE_BANDS:
    case NODE_BAND:
    case NODE_GOOD_BANDS:
    case NODE_TOLERANCE:
    case NODE_RATING_USE:
    case NODE_BENCHMARK:
    case NODE_BENCHMARK_ENTRY:
    case NODE_BREAK:
    case NODE_PROVISIONAL:
    case NODE_REPORTED:
    case NODE_SUPPRESS:
    case NODE_INTERVAL:
    case NODE_ROWSET:
    case NODE_QUANTITY:
    case NODE_NUMBER:
    case NODE_TEXT:
    case NODE_DATE:
    case NODE_PERIOD:
    case NODE_DURATION:
    case NODE_NAME:
    case NODE_MEMBER:
    case NODE_PERIOD_WORD:
    case NODE_CALL:
    case NODE_NEGATE:
    case NODE_ARITHMETIC:
    case NODE_COMPARISON:
    case NODE_BETWEEN:
    case NODE_IN_CODES:
    case NODE_IN_LIST:
    case NODE_IS_MISSING:
    case NODE_WITHIN:
    case NODE_IN_SPAN:
    case NODE_ELAPSED:
    case NODE_EXISTS:
    case NODE_NOT:
    case NODE_LOGIC:
    case NODE_PARENTHESES:
    case NODE_KINDS:
        break;
    }
    return (Header){.word = NULL};
}

static void print_header(Printer *printer, const Node *node, const Header *header) {
    Text last = header->last.text ? header->last : header->title;
    Span span = span_join(node->span, last.span);
    span.len = span_end(last.span) - node->span.off;
    StrBuf *out = printer->out;
    const Comment *behind = comments_before(printer, span, 0);
    strbuf_add(out, header->word);
    if (header->name.atom) {
        strbuf_add_char(out, ' ');
        print_name(out, header->name.atom);
    }
    if (node->kind == NODE_TEST) {
        strbuf_addf(out, " %s ", header->join);
        period_print(out, header->at);
    }
    strbuf_add_char(out, ' ');
    print_text(out, header->title);
    if (header->last.text) {
        strbuf_addf(out, " %s ", header->join);
        print_text(out, header->last);
    }
    end_item(printer, behind);
}

/* The bands stand below their clause, one a line. */
static void print_bands(Printer *printer, const Node *node, const ClauseWidths *widths) {
    const Node_Bands *bands = node_Bands(node);
    Span first = node->span;
    first.len = span_end(bands->expression->span) - first.off;
    const Comment *behind = comments_before(printer, first, PRINT_CLAUSE);
    print_clause(printer, node, widths);
    end_item(printer, behind);
    for (size_t i = 0; i < bands->bands.len; i++) {
        behind = comments_before(printer, bands->bands.items[i]->span, PRINT_ARGUMENT);
        print_band(printer->out, &bands->bands, i);
        end_item(printer, behind);
    }
}

/* A table of rows: each row may have comments of its own. */
static void print_table(Printer *printer, const Node *node, const ClauseWidths *widths) {
    const NodeList *rows = &node_Rows(node)->rows;
    Span first = node->span;
    if (rows->len > 0)
        first.len = span_end(rows->items[0]->span) - first.off;
    const Comment *behind = comments_before(printer, first, PRINT_CLAUSE);
    print_clause(printer, node, widths);
    end_item(printer, behind);
    for (size_t i = 1; i < rows->len; i++) {
        behind = comments_before(printer, rows->items[i]->span, PRINT_ARGUMENT);
        print_rows(printer, rows, i);
        end_item(printer, behind);
    }
}

/* The records stand below their clause. */
static void print_given(Printer *printer, const Node *node, const ClauseWidths *widths) {
    const Node_Given *given = node_Given(node);
    Span first = node->span;
    first.len = span_end(given->source.span) - first.off;
    const Comment *behind = comments_before(printer, first, PRINT_CLAUSE);
    print_clause(printer, node, widths);
    end_item(printer, behind);
    for (size_t i = 0; i < given->rows.len; i++) {
        behind = comments_before(printer, given->rows.items[i]->span, PRINT_ARGUMENT);
        if (i == 0)
            strbuf_add_times(printer->out, ' ', PRINT_ARGUMENT);
        print_rows(printer, &given->rows, i);
        end_item(printer, behind);
    }
}

static void print_clauses(Printer *printer, const NodeList *clauses) {
    ClauseWidths widths = print_clause_widths(printer, clauses);
    for (size_t i = 0; i < clauses->len; i++) {
        const Node *node = clauses->items[i];
        if (node->kind == NODE_ROWS) {
            print_table(printer, node, &widths);
            continue;
        }
        if (node->kind == NODE_GIVEN) {
            print_given(printer, node, &widths);
            continue;
        }
        if (node->kind == NODE_BANDS) {
            print_bands(printer, node, &widths);
            continue;
        }
        const Comment *behind = comments_before(printer, node->span, PRINT_CLAUSE);
        print_clause(printer, node, &widths);
        end_item(printer, behind);
    }
}

static void add_define(StrBuf *out, const Node_Define *define) {
    strbuf_add(out, "define ");
    print_name(out, define->name.atom);
    for (size_t i = 0; i < define->parameters.len; i++) {
        strbuf_add(out, i > 0 ? ", " : "(");
        print_name(out, define->parameters.items[i].atom);
    }
    strbuf_add(out, define->parameters.len > 0 ? ") = " : " = ");
    layout_expression(out, define->body, PRINT_CLAUSE, 0);
}

static void add_use(StrBuf *out, const Node_Use *use) {
    strbuf_add(out, "use ");
    if (use->library.atom)
        print_name(out, use->library.atom);
    else
        print_text(out, use->path);
}

static void print_declaration(Printer *printer, const Node *node) {
    Header header = header_of(node);
    if (header.word) {
        print_header(printer, node, &header);
        print_clauses(printer, header.clauses);
        return;
    }
    const Comment *behind = comments_before(printer, node->span, 0);
    if (node->kind == NODE_DEFINE)
        add_define(printer->out, node_Define(node));
    else
        add_use(printer->out, node_Use(node));
    end_item(printer, behind);
}

/* ---- the file ---- */

/* Indented comments after the last clause belong to the declaration above. */
static void comments_of_declaration(Printer *printer, uint32_t next) {
    while (has_comment(printer)) {
        const Comment *comment = comment_at(printer, printer->comment);
        if (comment->span.off >= next || comment_column(printer, comment) == 0)
            return;
        print_comment(printer, comment, PRINT_CLAUSE);
        printer->comment++;
    }
}

/* The comments in front of a declaration (or of the end of the file): blank lines between them are
 * kept, one each. */
static void comments_between(Printer *printer, uint32_t next) {
    while (has_comment(printer) && comment_at(printer, printer->comment)->span.off < next) {
        const Comment *comment = comment_at(printer, printer->comment++);
        print_comment(printer, comment, 0);
        if (blank_line_after(printer, comment))
            strbuf_add_char(printer->out, '\n');
    }
}

static void trim_end(StrBuf *out) {
    while (out->len > 1 && out->text[out->len - 1] == '\n' && out->text[out->len - 2] == '\n')
        out->text[--out->len] = '\0';
}

void print_file(StrBuf *out, const Session *session, const ParsedFile *parsed) {
    size_t len;
    const char *text = sources_text(session->sources, parsed->src, &len);
    if (!parsed->ok) {
        strbuf_add_len(out, text, len); /* never lose what could not be read */
        return;
    }
    Printer printer = {.out = out, .session = session, .parsed = parsed, .text = text};
    const NodeList *declarations = &node_File(parsed->file)->declarations;
    for (size_t i = 0; i < declarations->len; i++) {
        uint32_t start = declarations->items[i]->span.off;
        if (i > 0)
            strbuf_add_char(out, '\n');
        comments_between(&printer, start);
        print_declaration(&printer, declarations->items[i]);
        bool more = i + 1 < declarations->len;
        comments_of_declaration(&printer,
                                more ? declarations->items[i + 1]->span.off : (uint32_t)len);
    }
    if (declarations->len > 0 && has_comment(&printer))
        strbuf_add_char(out, '\n');
    comments_between(&printer, (uint32_t)len);
    trim_end(out);
}
