/* What a page says that a figure covers, against the window that the definition counts over. */
#include "report/reconcile.h"

typedef struct SaidWindow {
    WindowKind kind;    /* ROLLING, YEAR_TO_DATE or SNAPSHOT */
    int64_t months;     /* ROLLING */
    size_t first, last; /* its tokens */
} SaidWindow;

/* "rolling 12 months", "last 3 months" */
static bool read_rolling(const Tokens *tokens, size_t i, SaidWindow *out) {
    static const char *const words[] = {"rolling", "last", "past", "previous", NULL};
    static const char *const months[] = {"month", "months", NULL};
    if (!token_is_any(tokens, i, words) || !token_is_number(tokens, i + 1) ||
        !token_is_any(tokens, i + 2, months) ||
        !num_to_int64(tokens->list.items[i + 1].value, &out->months))
        return false;
    out->kind = WINDOW_ROLLING;
    out->last = i + 2;
    return true;
}

/* "YTD", "year to date"; "as at" */
static bool read_other(const Tokens *tokens, size_t i, SaidWindow *out) {
    bool spelt = token_is(tokens, i, "year") && token_is(tokens, i + 1, "to") &&
                 token_is(tokens, i + 2, "date");
    bool as_at = token_is(tokens, i, "as") && token_is(tokens, i + 1, "at");
    if (!spelt && !as_at && !token_is(tokens, i, "ytd"))
        return false;
    out->kind = as_at ? WINDOW_SNAPSHOT : WINDOW_YEAR_TO_DATE;
    out->last = spelt ? i + 2 : as_at ? i + 1 : i;
    return true;
}

/* The only window that the cell names; false: it names none, or several. */
static bool said_window(const PrintedCell *cell, SaidWindow *out) {
    size_t found = 0;
    for (size_t i = 0; i < cell->tokens.list.len; i++) {
        SaidWindow said = {.first = i};
        if (!read_rolling(&cell->tokens, i, &said) && !read_other(&cell->tokens, i, &said))
            continue;
        *out = said;
        found++;
    }
    return found == 1;
}

static bool is_window(const SaidWindow *said, const Indicator *indicator) {
    if (said->kind == WINDOW_SNAPSHOT)
        return indicator->stock;
    if (said->kind != indicator->window)
        return false;
    return said->kind != WINDOW_ROLLING || said->months == indicator->window_months;
}

static void check_cell(Reconciliation *run, const MeasureMatch *match, const PrintedCell *cell) {
    SaidWindow said = {0};
    if (cell->figures.len == 0 || !said_window(cell, &said))
        return;
    const Comparison *first = reconcile_comparison(run, &cell->figures.items[0]);
    if (!first || !first->computed || !first->computed->cell->window_label)
        return;
    reconcile_compared(run);
    if (is_window(&said, match->indicator))
        return;
    size_t start = cell->tokens.list.items[said.first].start;
    size_t end = cell->tokens.list.items[said.last].end;
    diag_add(run->session->diags, DIAG_another_window, clean_span(&cell->text, start, end),
             "'%s' is printed, and '%s' counts another time: %s",
             arena_copy_text(run->session->arena, cell->text.text + start, end - start),
             match->indicator->id, first->computed->cell->window_label);
}

/* Of a page; a list has no words beside its figures. */
void check_windows(Reconciliation *run) {
    for (size_t i = 0; run->data && i < run->matches.list.len; i++) {
        const MeasureMatch *match = &run->matches.list.items[i];
        if (!match->indicator || match->measure->list)
            continue;
        for (size_t k = 0; k < match->measure->cells.len; k++) {
            const PrintedCell *cell = match->measure->cells.items[k];
            if (cell->role == ROLE_CURRENT || cell->role == ROLE_PREVIOUS)
                check_cell(run, match, cell);
        }
    }
}
