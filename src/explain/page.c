/* The layout of an explanation: headings, paragraphs, numbers with words behind them. */
#include <string.h>

#include "explain/explain.h"
#include "wording/wording.h"

#define NUMBER_COLUMNS 12

void page_heading(const ExplainPage *page, const char *heading) {
    strbuf_addf(page->out, "\n%s\n", heading);
}

void page_say(const ExplainPage *page, const char *text) {
    wording_add_paragraph(page->out, text, page->width);
}

void page_count(const ExplainPage *page, const char *sign, int64_t count, const char *words) {
    StrBuf number = {0}, lead = {0};
    strbuf_add(&number, sign);
    num_print(&number, num_of_int(count), 0, true);
    if (number.len < NUMBER_COLUMNS)
        strbuf_add_times(&lead, ' ', NUMBER_COLUMNS - number.len);
    strbuf_addf(&lead, "%s  ", strbuf_text(&number));
    wording_add_behind(page->out, strbuf_text(&lead), words, page->width);
    strbuf_fini(&lead);
    strbuf_fini(&number);
}

const char *clause_text(Arena *run, const GatheredSet *set, size_t clause) {
    const Expr *condition = set->clauses.items[clause].condition;
    StrBuf text = {0};
    if (condition) {
        strbuf_add(&text, "for which ");
        wording_of_condition(&text, set->indicator, set->rows, condition);
    } else {
        wording_of_timing(&text, set->indicator, set->rows);
    }
    const char *out = arena_copy_text(run, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return out;
}

void page_add_days(StrBuf *out, const Cell *cell) {
    date_print_long(out, cell->window_start);
    if (cell->window_start == cell->window_end)
        return;
    strbuf_add(out, " to ");
    date_print_long(out, cell->window_end);
    strbuf_add(out, ", both days included");
}

void page_dates(const ExplainPage *page, const Cell *cell) {
    StrBuf text = {0};
    period_print(&text, cell->period);
    strbuf_addf(&text, " (%s): ", cell->window_label);
    page_add_days(&text, cell);
    strbuf_add(&text, ".");
    if (cell->has_taken) {
        strbuf_add(&text, " The data was taken on ");
        date_print_long(&text, cell->taken);
        strbuf_add(&text, ".");
    }
    page_heading(page, "Which dates");
    page_say(page, strbuf_text(&text));
    strbuf_fini(&text);
}
