#include "testing/mutants.h"

#include <string.h>

#include "plan/plan.h"
#include "sema/walk.h"

void mutants_add(Mutants *mutants, const void *target, const void *is, size_t size, Mutant words) {
    void *copy = arena_alloc(mutants->arena, size);
    memcpy(copy, is, size);
    words.target = (void *)target;
    words.is = copy;
    words.size = size;
    for (size_t i = 0; i < mutants->list.len; i++) /* `of ALIAS` reads rows that were seen */
        if (mutants->list.items[i].target == target && mutants->list.items[i].size == size &&
            memcmp(mutants->list.items[i].is, copy, size) == 0)
            return;
    vec_push(mutants->arena, &mutants->list, words);
}

/* ---- row sets ---- */

static const char *timing_words(Arena *arena, const Rowset *rows) {
    StrBuf text = {0};
    strbuf_add(&text, rows->timing == TIMING_NONE ? "any" : timing_word(rows->timing));
    strbuf_add_char(&text, ' ');
    expr_print(&text, rows->start);
    if (rows->end) {
        strbuf_add(&text, " to ");
        expr_print(&text, rows->end);
    }
    const char *out = arena_copy_text(arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return out;
}

static TimingKind other_timing(TimingKind timing) {
    static const TimingKind other[] = {[TIMING_NONE] = TIMING_NONE,
                                       [TIMING_DATED] = TIMING_NONE,
                                       [TIMING_HELD] = TIMING_ACTIVE,
                                       [TIMING_ACTIVE] = TIMING_HELD,
                                       [TIMING_LATEST] = TIMING_NONE};
    return other[timing];
}

static bool on_rows(void *context, const Rowset *rows) {
    static const char *const wanted[] = {
        [TIMING_NONE] = "",
        [TIMING_DATED] = "a record outside of the window",
        [TIMING_HELD] = "a record that ends on the last day of the window",
        [TIMING_ACTIVE] = "a record that ends on the last day of the window, or before it",
        [TIMING_LATEST] = "an older record"};
    Mutants *mutants = context;
    Rowset changed = *rows;
    changed.timing = other_timing(rows->timing);
    bool one =
        rows->timing == TIMING_LATEST && fixed_dates_one(mutants->indicator, rows, rows->where);
    if (changed.timing != rows->timing && !one && !fixed_dates_always(mutants->indicator, rows))
        mutants_add(mutants, rows, &changed, sizeof changed,
                    (Mutant){.span = rows->span,
                             .was_words = timing_words(mutants->arena, rows),
                             .is_words = timing_words(mutants->arena, &changed),
                             .wanted = wanted[rows->timing]});
    return false;
}

static bool on_expr(void *context, const Expr *expr) {
    mutate_expr(context, expr);
    return false;
}

/* ---- the window ---- */

static const char *window_words(Arena *arena, const Indicator *indicator) {
    StrBuf text = {0};
    strbuf_addf(&text, "window %s", window_word(indicator->window));
    if (indicator->window == WINDOW_ROLLING)
        strbuf_addf(&text, " %d months", indicator->window_months);
    if (indicator->behind > 0)
        strbuf_addf(&text, " behind %d month%s", indicator->behind,
                    indicator->behind == 1 ? "" : "s");
    const char *out = arena_copy_text(arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return out;
}

static void add_window(Mutants *mutants, const Indicator *changed, const char *wanted) {
    mutants_add(mutants, mutants->indicator, changed, sizeof *changed,
                (Mutant){.span = mutants->indicator->span,
                         .was_words = window_words(mutants->arena, mutants->indicator),
                         .is_words = window_words(mutants->arena, changed),
                         .wanted = wanted});
}

/* dispatch */
static void mutate_window(Mutants *mutants) {
    Indicator changed = *mutants->indicator;
    const char *wanted = "a record in one of the two windows and not in the other";
    if (changed.shape == SHAPE_DERIVED)
        return; /* its inputs are computed in their own */
    switch (changed.window) {
    case WINDOW_ROLLING:
        changed.window_months++;
        break;
    case WINDOW_MONTH:
        changed.window = WINDOW_QUARTER;
        break;
    case WINDOW_QUARTER:
        changed.window = WINDOW_MONTH;
        break;
    case WINDOW_YEAR_TO_DATE:
        changed.window = WINDOW_MONTH;
        break;
    case WINDOW_FINANCIAL_YEAR:
        changed.window = WINDOW_ROLLING;
        changed.window_months = 13;
        break;
    case WINDOW_ACADEMIC_YEAR:
    case WINDOW_CALENDAR_YEAR:
        changed.window = WINDOW_ROLLING;
        changed.window_months = 13;
        break;
    case WINDOW_SNAPSHOT:
    case WINDOW_SNAPSHOT_AT_TAKEN:
        changed.behind++;
        wanted = "a record that starts or ends in the last month";
        break;
    }
    add_window(mutants, &changed, wanted);
}

/* ---- direction, exclusions, bands ---- */

static bool has_target(const Indicator *indicator) {
    for (size_t i = 0; i < indicator->targets_len; i++)
        if (!indicator->targets[i].none)
            return true;
    return false;
}

static void mutate_good(Mutants *mutants) {
    Indicator changed = *mutants->indicator;
    if ((changed.good != GOOD_HIGH && changed.good != GOOD_LOW) || !has_target(&changed))
        return;
    changed.good = changed.good == GOOD_HIGH ? GOOD_LOW : GOOD_HIGH;
    mutants_add(mutants, mutants->indicator, &changed, sizeof changed,
                (Mutant){.span = changed.span,
                         .was_words = changed.good == GOOD_HIGH ? "good low" : "good high",
                         .is_words = changed.good == GOOD_HIGH ? "good high" : "good low",
                         .wanted = "`expect status` of a value that is not at the target"});
}

static void drop_parts(Mutants *mutants, const Part *parts, size_t len, const char *word) {
    for (size_t i = 0; i < len; i++) {
        Expr *never = arena_alloc(mutants->arena, sizeof *never);
        Part changed = parts[i];
        *never = (Expr){.kind = EXPR_CONSTANT, .span = parts[i].span};
        never->type.kind = TYPE_BOOLEAN;
        never->as.constant = value_bool(false);
        changed.condition = never;
        mutants_add(mutants, &parts[i], &changed, sizeof changed,
                    (Mutant){.span = parts[i].span,
                             .was_words = arena_printf(mutants->arena, "%s %s", word, parts[i].id),
                             .is_words = "nothing",
                             .wanted = "a record that it takes"});
    }
}

/* A bound one higher; NULL if it is no number and no duration. */
static const Expr *bound_above(Mutants *mutants, const Expr *bound) {
    Expr *above = arena_alloc(mutants->arena, sizeof *above);
    Num next;
    if (!bound)
        return NULL;
    *above = *bound;
    if (bound->kind == EXPR_DURATION) {
        above->as.duration.amount++;
        return above;
    }
    if (bound->kind != EXPR_CONSTANT || bound->as.constant.kind != VALUE_NUMBER ||
        !num_add(bound->as.constant.as.number, num_of_int(1), &next))
        return NULL;
    above->as.constant = value_number(next);
    return above;
}

static void add_band(Mutants *mutants, const Band *band, Band changed, const Expr *was,
                     const Expr *is) {
    StrBuf text = {0};
    strbuf_addf(&text, "band \"%s\" to ", band->label);
    size_t start = text.len;
    expr_print(&text, was);
    const char *was_words = arena_copy_text(mutants->arena, strbuf_text(&text), text.len);
    while (text.len > start)
        text.text[--text.len] = '\0';
    expr_print(&text, is);
    mutants_add(mutants, band, &changed, sizeof changed,
                (Mutant){.span = band->span,
                         .was_words = was_words,
                         .is_words = arena_copy_text(mutants->arena, strbuf_text(&text), text.len),
                         .wanted = "a record at the end of the band, and one beside it"});
    strbuf_fini(&text);
}

static void mutate_bands(Mutants *mutants) {
    const Indicator *indicator = mutants->indicator;
    for (size_t i = 0; i < indicator->bands_len; i++) {
        const Band *band = &indicator->bands[i];
        Band changed = *band;
        const Expr *low = bound_above(mutants, band->low);
        const Expr *high = bound_above(mutants, band->high);
        if (low && (band->kind == BAND_RANGE || band->kind == BAND_OR_MORE)) {
            changed.low = low;
            add_band(mutants, band, changed, band->low, low);
        }
        changed = *band;
        if (high) {
            changed.high = high;
            add_band(mutants, band, changed, band->high, high);
        }
    }
}

void mutate_indicator(Mutants *mutants) {
    const Indicator *indicator = mutants->indicator;
    Walk walk = {on_expr, on_rows, mutants};
    walk_indicator(&walk, indicator);
    mutate_window(mutants);
    mutate_good(mutants);
    drop_parts(mutants, indicator->excludes, indicator->excludes_len, "exclude");
    drop_parts(mutants, indicator->parts, indicator->parts_len, "of which");
    mutate_bands(mutants);
}

/* ---- measuring ---- */

/* Whether a test of the indicator fails; `fits` are the tests that pass on the definition. */
static bool is_killed(Session *session, const Model *model, const TestModel *const *tests,
                      size_t len, const Mutant *mutant) {
    void *was = memory_alloc(mutant->size);
    bool killed = false;
    memcpy(was, mutant->target, mutant->size);
    memcpy(mutant->target, mutant->is, mutant->size);
    for (size_t i = 0; i < len && !killed; i++)
        killed = !test_passes(session, model, tests[i], NULL);
    memcpy(mutant->target, was, mutant->size);
    memory_free(was);
    return killed;
}

static void measure(Session *session, const Model *model, const Indicator *indicator,
                    Mutation *out) {
    Mutants mutants = {.arena = session->arena, .model = model, .indicator = indicator};
    VEC(const TestModel *) tests = {0};
    for (size_t i = 0; i < model->tests_len; i++)
        if (model->tests[i]->indicator == indicator &&
            test_passes(session, model, model->tests[i], NULL))
            vec_push(session->arena, &tests, model->tests[i]);
    mutate_indicator(&mutants);
    out->mutants += mutants.list.len;
    for (size_t i = 0; i < mutants.list.len; i++) {
        const Mutant *mutant = &mutants.list.items[i];
        if (is_killed(session, model, tests.items, tests.len, mutant)) {
            out->killed++;
            continue;
        }
        Survivor survivor = {indicator, mutant->span, mutant->was_words, mutant->is_words,
                             mutant->wanted};
        vec_push(session->arena, &out->survivors, survivor);
    }
}

void mutation_measure(Session *session, const Model *model, const Indicator *const *indicators,
                      size_t len, Mutation *out) {
    *out = (Mutation){0};
    for (size_t i = 0; i < len; i++)
        measure(session, model, indicators[i], out);
}
