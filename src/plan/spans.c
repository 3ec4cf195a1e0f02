/* The days that `within` and `in ... to` speak of, spelt out: the first and the last. */
#include "plan/expr_print.h"
#include "plan/plan_build.h"
#include "sema/walk.h"

/* More than clamping can move the end of a month. */
#define CLAMP_DAYS 5

static bool shifted(const Expr *duration, Date date, int sign, Date *out) {
    int64_t amount = duration->as.duration.amount * sign;
    switch (duration->as.duration.kind) {
    case SPAN_DAYS:
        return date_add_days(date, amount, out);
    case SPAN_MONTHS:
        return date_add_months(date, amount, out);
    case SPAN_WORKING_DAYS:
        return false; /* only a calendar knows */
    }
    return false;
}

/* The earliest D whose D + N reaches the anchor (or, of `in ... to`, passes it): the duration is
 * added to the earlier date, so it is looked for and not taken off. */
static bool earliest(const Expr *span, Date anchor, Date *first) {
    bool past = span->kind == EXPR_IN_SPAN;
    const Expr *duration = span->as.within.duration;
    if (!shifted(duration, anchor, -1, first) || *first - CLAMP_DAYS < DATE_MIN)
        return false;
    for (*first -= CLAMP_DAYS; *first <= anchor; ++*first) {
        Date reached;
        if (!shifted(duration, *first, 1, &reached))
            return false;
        if (past ? reached > anchor : reached >= anchor)
            return true;
    }
    return false;
}

static bool days_of(const Expr *span, Date anchor, Date *first, Date *last) {
    if (span->kind == EXPR_WITHIN && !span->as.within.before) {
        *first = anchor;
        return shifted(span->as.within.duration, anchor, 1, last);
    }
    *last = anchor;
    return earliest(span, anchor, first);
}

/* The anchor's day in the window; false if each row has its own. */
static bool anchor_day(const Expr *anchor, const PlanWindow *window, Date *out) {
    if (anchor->kind == EXPR_CONSTANT && anchor->as.constant.kind == VALUE_DATE) {
        *out = anchor->as.constant.as.date;
        return true;
    }
    if (anchor->kind != EXPR_PERIOD_WORD)
        return false;
    switch (anchor->as.period_word) {
    case PERIOD_WORD_START:
        *out = window->start;
        return true;
    case PERIOD_WORD_END:
        *out = window->end;
        return true;
    case PERIOD_WORD_TAKEN:
        *out = window->taken;
        return window->has_taken;
    }
    return false;
}

static void print_span(StrBuf *out, const Expr *span, const PlanWindow *window) {
    Date anchor = window->end, first, last;
    bool fixed = anchor_day(span->as.within.anchor, window, &anchor);
    if (!days_of(span, anchor, &first, &last))
        return;
    strbuf_add(out, "        ");
    expr_print(out, span);
    strbuf_add(out, ": ");
    if (!fixed) {
        strbuf_add(out, "with ");
        expr_print(out, span->as.within.anchor);
        strbuf_add(out, " on ");
        date_print_iso(out, anchor);
        strbuf_add(out, ", ");
    }
    date_print_iso(out, first);
    strbuf_add(out, " to ");
    date_print_iso(out, last);
    strbuf_addf(out, ", %d days\n", last - first + 1);
}

typedef struct Spans {
    Arena *arena;
    VEC(const Expr *) found;
} Spans;

/* A walk may pass the same expression more than once. */
static bool note_span(void *context, const Expr *expr) {
    Spans *spans = context;
    if (expr->kind != EXPR_WITHIN && expr->kind != EXPR_IN_SPAN)
        return false;
    for (size_t i = 0; i < spans->found.len; i++)
        if (spans->found.items[i] == expr)
            return false;
    vec_push(spans->arena, &spans->found, expr);
    return false;
}

void plan_print_spans(StrBuf *out, const PlanIndicator *planned) {
    Spans spans = {.arena = arena_new()};
    Walk walk = {note_span, NULL, &spans};
    walk_indicator(&walk, planned->indicator);
    if (spans.found.len > 0 && planned->windows_len > 0) {
        strbuf_add(out, "    days\n");
        for (size_t i = 0; i < spans.found.len; i++)
            print_span(out, spans.found.items[i], &planned->windows[planned->windows_len - 1]);
    }
    arena_free(spans.arena);
}
