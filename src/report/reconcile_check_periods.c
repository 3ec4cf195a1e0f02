#include <string.h>

#include "report/reconcile.h"

/* ---- the dates of a cell ---- */

static bool names_a_time(const Token *token) {
    return token->kind == TOKEN_DATE &&
           (token->form == DATE_FORM_DAY || token->form == DATE_FORM_MONTH);
}

/* "taken on 10 January", "extracted 3/10/2016": the day of the data, which is after its period. */
bool is_taken_date(const Tokens *tokens, size_t i) {
    static const char *const words[] = {"taken", "extracted", "run", "downloaded", NULL};
    for (size_t back = 1; back <= 3 && back <= i; back++) {
        if (token_is_any(tokens, i - back, words))
            return true;
        if (tokens->list.items[i - back].kind != TOKEN_WORD)
            return false;
    }
    return false;
}

/* Of "1 April 2016 to 31 January 2017" the end. */
static size_t end_of_range(const Tokens *tokens, size_t i) {
    bool range = token_is(tokens, i + 1, "to") || token_is_mark(tokens, i + 1, '-');
    return range && i + 2 < tokens->list.len && names_a_time(&tokens->list.items[i + 2]) ? i + 2
                                                                                         : i;
}

const Token *printed_date(const PrintedCell *cell) {
    const Tokens *tokens = &cell->tokens;
    for (size_t i = 0; i < tokens->list.len; i++)
        if (names_a_time(&tokens->list.items[i]) && !is_taken_date(tokens, i))
            return &tokens->list.items[end_of_range(tokens, i)];
    return NULL;
}

static Span span_of(const PrintedCell *cell, const Token *token) {
    return clean_span(&cell->text, token->start, token->end);
}

static const char *shown(Arena *arena, const PrintedCell *cell, const Token *token) {
    return arena_copy_text(arena, cell->text.text + token->start, token->end - token->start);
}

static const char *day_in_words(Arena *arena, Date date) {
    StrBuf words = {0};
    date_print_long(&words, date);
    const char *copy = arena_copy_text(arena, strbuf_text(&words), words.len);
    strbuf_fini(&words);
    return copy;
}

/* ---- against the period ---- */

/* If the same date some years earlier or later would do, that was meant. */
static void help_year(Diag *diag, Date date, int years, bool good) {
    Date other;
    if (!good || !date_add_months(date, 12 * (int64_t)years, &other))
        return;
    diag_help(diag, "is the year wrong? %d would fit", date_ymd(other).year);
}

static bool year_later(Date date, int years, Date *out) {
    return date_add_months(date, 12 * (int64_t)years, out);
}

/* A date after the period's end; the day the data was taken may be, up to the report's own date. */
static bool check_future(Reconciliation *run, const PrintedCell *cell, size_t i) {
    const Token *token = &cell->tokens.list.items[i];
    Date limit = run->period_end, earlier;
    if (is_taken_date(&cell->tokens, i)) {
        if (!run->reading->has_date)
            return false;
        limit = run->reading->date > limit ? run->reading->date : limit;
    }
    if (token->from <= limit || token->form == DATE_FORM_YEARS)
        return false;
    Arena *arena = run->session->arena;
    Diag *diag = diag_add(run->session->diags, DIAG_date_after_period, span_of(cell, token),
                          "'%s' is after the period of the report, which ends on %s",
                          shown(arena, cell, token), day_in_words(arena, run->period_end));
    if (!run->period_asked)
        diag_note(diag, run->reading->period_at, "the report says its period here");
    help_year(diag, token->from, -1, year_later(token->from, -1, &earlier) && earlier <= limit);
    return true;
}

/* A figure for this report that is dated a year back and more. */
static bool check_far_back(Reconciliation *run, const PrintedCell *cell) {
    const Token *only = NULL;
    for (size_t i = 0; i < cell->tokens.list.len; i++)
        if (names_a_time(&cell->tokens.list.items[i])) {
            if (only)
                return false;
            only = &cell->tokens.list.items[i];
        }
    Date later;
    if (!only || !year_later(only->to, 1, &later) || later > run->period_end)
        return false;
    Diag *diag = diag_add(run->session->diags, DIAG_date_far_back, span_of(cell, only),
                          "'%s' is a year or more before the end of the report's period, %s",
                          shown(run->session->arena, cell, only),
                          day_in_words(run->session->arena, run->period_end));
    help_year(diag, only->to, 1, true);
    return true;
}

/* ---- within a cell ---- */

/* Data that was taken before the month it is for. */
static void check_taken(Reconciliation *run, const PrintedCell *cell, size_t i) {
    const Token *taken = &cell->tokens.list.items[i];
    if (taken->form != DATE_FORM_DAY || !is_taken_date(&cell->tokens, i))
        return;
    const Token *window = NULL;
    for (size_t k = 0; k < i; k++)
        if (names_a_time(&cell->tokens.list.items[k]) && !is_taken_date(&cell->tokens, k))
            window = &cell->tokens.list.items[k];
    if (!window || taken->to >= date_month_start(window->to))
        return;
    Date later;
    Diag *diag = diag_add(run->session->diags, DIAG_taken_before_end, span_of(cell, taken),
                          "the data was taken on %s, before the end of what it is for, %s",
                          day_in_words(run->session->arena, taken->to),
                          day_in_words(run->session->arena, window->to));
    diag_note(diag, span_of(cell, window), "it is for '%s'",
              shown(run->session->arena, cell, window));
    help_year(diag, taken->to, 1,
              year_later(taken->to, 1, &later) && later >= date_month_start(window->to));
}

static bool figures_are_dated(const PrintedMeasure *measure, const PrintedCell *cell) {
    return !measure->column && cell->figures.len > 0 &&
           (cell->role == ROLE_CURRENT || cell->role == ROLE_PREVIOUS ||
            cell->role == ROLE_PRINTED);
}

/* How many of the cell's dates are after the period. */
static size_t check_dates(Reconciliation *run, const PrintedCell *cell) {
    size_t future = 0;
    for (size_t i = 0; i < cell->tokens.list.len; i++) {
        const Token *token = &cell->tokens.list.items[i];
        if (token->kind != TOKEN_DATE || token->form == DATE_FORM_YEARS)
            continue;
        reconcile_compared(run);
        check_taken(run, cell, i);
        future += run->has_period && check_future(run, cell, i);
    }
    return future;
}

/* ---- this report's two columns ---- */

static void check_order(Reconciliation *run, const PrintedCell *current,
                        const PrintedCell *previous) {
    const Token *now = printed_date(current), *then = printed_date(previous);
    if (!now || !then || then->from < now->from || then->to < now->to)
        return;
    Diag *diag = diag_add(run->session->diags, DIAG_previous_not_earlier, span_of(previous, then),
                          "the previous figure is for '%s', which is not before the current one",
                          shown(run->session->arena, previous, then));
    diag_note(diag, span_of(current, now), "the current one is for '%s'",
              shown(run->session->arena, current, now));
}

static void check_period_asked(Reconciliation *run) {
    if (!run->request.period || !run->reading->has_period)
        return;
    reconcile_compared(run);
    if (!run->period_differs)
        return;
    StrBuf asked = {0};
    period_print(&asked, *run->request.period);
    diag_add(run->session->diags, DIAG_another_period, run->reading->period_at,
             "the report says that its period ends on %s, and %s was asked for",
             day_in_words(run->session->arena, run->reading->period_end), strbuf_text(&asked));
    strbuf_fini(&asked);
}

void check_periods(Reconciliation *run) {
    check_period_asked(run);
    for (size_t i = 0; i < run->reading->measures.len; i++) {
        const PrintedMeasure *measure = run->reading->measures.items[i];
        size_t future = 0;
        for (size_t k = 0; k < measure->cells.len; k++)
            if (figures_are_dated(measure, measure->cells.items[k]))
                future += check_dates(run, measure->cells.items[k]);
        const PrintedCell *current = measure_cell(measure, ROLE_CURRENT);
        const PrintedCell *previous = measure_cell(measure, ROLE_PREVIOUS);
        if (!current || !figures_are_dated(measure, current))
            continue;
        if (run->has_period && check_far_back(run, current))
            continue;
        if (previous && future == 0 && figures_are_dated(measure, previous))
            check_order(run, current, previous);
    }
}

/* ---- another method ---- */

/* The word that says that the method is another; NULL: none does. */
static const Token *method_change(const PrintedCell *cell) {
    static const char *const changes[] = {"revised", "new",     "changed", "different",
                                          "old",     "amended", "updated", NULL};
    static const char *const things[] = {"methodology", "method", "definition", "calculation",
                                         "definitions", "basis",  NULL};
    const Tokens *tokens = &cell->tokens;
    for (size_t i = 0; i < tokens->list.len; i++)
        if ((token_is_any(tokens, i, changes) && token_is_any(tokens, i + 1, things)) ||
            (token_is_any(tokens, i, things) && token_is_any(tokens, i + 1, changes)))
            return &tokens->list.items[i];
    return NULL;
}

bool says_not_comparable(const PrintedCell *cell) {
    const Tokens *tokens = &cell->tokens;
    for (size_t i = 0; i < tokens->list.len; i++)
        if ((token_is(tokens, i, "not") &&
             (token_is(tokens, i + 1, "comparable") || token_is(tokens, i + 1, "compared"))) ||
            token_is(tokens, i, "incomparable") ||
            (token_is(tokens, i, "break") && token_is(tokens, i + 1, "in")))
            return true;
    return false;
}

static void check_pair(Reconciliation *run, const PrintedCell *marked, const PrintedCell *other) {
    const Token *change = method_change(marked);
    if (!change || method_change(other))
        return;
    reconcile_compared(run);
    if (says_not_comparable(marked) || says_not_comparable(other))
        return;
    Diag *diag = diag_add(run->session->diags, DIAG_method_changed, span_of(marked, change),
                          "%s is set beside %s, by another method, and no break is said",
                          marked->figures.items[0].shown, other->figures.items[0].shown);
    diag_note(diag, other->figures.items[0].at, "the other figure is here");
    diag_help(diag, "say that the two are not comparable, or compute the earlier one again");
}

void check_methods(Reconciliation *run) {
    for (size_t i = 0; i < run->reading->measures.len; i++) {
        const PrintedMeasure *measure = run->reading->measures.items[i];
        const PrintedCell *current = measure_cell(measure, ROLE_CURRENT);
        const PrintedCell *previous = measure_cell(measure, ROLE_PREVIOUS);
        if (!current || !previous || measure->column || current->figures.len == 0 ||
            previous->figures.len == 0)
            continue;
        check_pair(run, current, previous);
        check_pair(run, previous, current);
    }
}

/* ---- this report's "previous" and the earlier report's "current" ---- */

static const PrintedMeasure *find_measure(const Reading *reading, const PrintedMeasure *wanted) {
    for (size_t i = 0; i < reading->measures.len; i++) {
        const PrintedMeasure *measure = reading->measures.items[i];
        if (!measure->column && *measure->key && measure->list == wanted->list &&
            strcmp(measure->key, wanted->key) == 0)
            return measure;
    }
    return NULL;
}

/* Equal at the fewer of their two decimals. */
static bool same_value(const PrintedFigure *a, const PrintedFigure *b) {
    int decimals = a->decimals < b->decimals ? a->decimals : b->decimals;
    Num x, y;
    return num_round(a->value, decimals, &x) && num_round(b->value, decimals, &y) &&
           num_compare(x, y) == 0;
}

static bool same_fraction(const PrintedFigure *a, const PrintedFigure *b) {
    if (!a->fraction || !b->fraction)
        return true;
    return num_compare(a->fraction->numerator, b->fraction->numerator) == 0 &&
           num_compare(a->fraction->denominator, b->fraction->denominator) == 0;
}

static void compare_figures(Reconciliation *run, const PrintedFigure *now,
                            const PrintedFigure *then) {
    if (now->kind != then->kind)
        return;
    reconcile_compared(run);
    if (same_value(now, then) && same_fraction(now, then))
        return;
    const char *now_of = now->fraction ? now->fraction->shown : "";
    const char *then_of = then->fraction ? then->fraction->shown : "";
    Diag *diag =
        diag_add(run->session->diags, DIAG_previous_differs, now->at,
                 "the earlier report printed %s%s%s for this, and now it is %s%s%s", then->shown,
                 *then_of ? " of " : "", then_of, now->shown, *now_of ? " of " : "", now_of);
    diag_note(diag, then->at, "the earlier report's figure is here");
}

/* The figure of the same group; of as many figures, the one at the same place. */
static const PrintedFigure *find_figure(const PrintedCell *cell, const PrintedFigure *wanted,
                                        size_t place, bool as_many) {
    for (size_t i = 0; i < cell->figures.len; i++)
        if (*wanted->label && strcmp(cell->figures.items[i].label, wanted->label) == 0)
            return &cell->figures.items[i];
    return as_many ? &cell->figures.items[place] : NULL;
}

static bool same_month(const PrintedCell *a, const PrintedCell *b) {
    const Token *x = printed_date(a), *y = printed_date(b);
    if (!x || !y)
        return true;
    return date_month_start(x->to) == date_month_start(y->to);
}

static void compare_measure(Reconciliation *run, const PrintedMeasure *measure) {
    const PrintedMeasure *before = find_measure(run->previous, measure);
    const PrintedCell *now = measure_cell(measure, measure->list ? ROLE_PRINTED : ROLE_PREVIOUS);
    const PrintedCell *then =
        before ? measure_cell(before, measure->list ? ROLE_PRINTED : ROLE_CURRENT) : NULL;
    if (!now || now->figures.len == 0)
        return;
    if (!then || then->figures.len == 0 || !same_month(now, then)) {
        run->not_in_previous++;
        return;
    }
    bool as_many = now->figures.len == then->figures.len;
    for (size_t i = 0; i < now->figures.len; i++) {
        const PrintedFigure *figure = find_figure(then, &now->figures.items[i], i, as_many);
        if (figure)
            compare_figures(run, &now->figures.items[i], figure);
    }
}

void check_previous(Reconciliation *run) {
    for (size_t i = 0; i < run->reading->measures.len && run->previous; i++)
        if (!run->reading->measures.items[i]->column && *run->reading->measures.items[i]->key)
            compare_measure(run, run->reading->measures.items[i]);
}
