#include "testing/mutants.h"

#include "plan/plan.h"
#include "sema/walk.h"

typedef struct Condition {
    const Expr *expr;   /* or */
    const Rowset *rows; /* their timing; or */
    const Band *band;
    bool seen_true, seen_false;
} Condition;

typedef struct Conditions {
    Arena *arena;
    const Indicator *indicator;
    VEC(Condition) list;
} Conditions;

/* ---- the conditions of an indicator ---- */

static bool is_there(const Conditions *conditions, const Expr *expr, const Rowset *rows) {
    for (size_t i = 0; i < conditions->list.len; i++)
        if (conditions->list.items[i].expr == expr && conditions->list.items[i].rows == rows)
            return true;
    return false;
}

static void add(Conditions *conditions, Condition condition) {
    if (condition.band || !is_there(conditions, condition.expr, condition.rows))
        vec_push(conditions->arena, &conditions->list, condition);
}

/* dispatch */
static bool counts(const Expr *expr) {
    switch (expr->kind) {
    case EXPR_COMPARISON:
    case EXPR_ELAPSED:
    case EXPR_BETWEEN:
    case EXPR_WITHIN:
    case EXPR_IN_SPAN:
    case EXPR_IN:
    case EXPR_IS_MISSING:
    case EXPR_EXISTS:
    case EXPR_AND:
    case EXPR_OR:
        return true;
    case EXPR_COLUMN:
        return expr->type.kind == TYPE_BOOLEAN;
    case EXPR_NOT: /* what it denies is a condition */
    case EXPR_CONSTANT:
    case EXPR_DURATION:
    case EXPR_ROW:
    case EXPR_PERIOD_WORD:
    case EXPR_NEGATE:
    case EXPR_ARITHMETIC:
    case EXPR_DATE_SHIFT:
    case EXPR_QUANTITY:
    case EXPR_INDICATOR:
    case EXPR_FUNCTION:
        break;
    }
    return false;
}

static bool on_expr(void *context, const Expr *expr) {
    if (counts(expr))
        add(context, (Condition){.expr = expr});
    return false;
}

static bool on_rows(void *context, const Rowset *rows) {
    const Conditions *conditions = context;
    if (rows->timing != TIMING_NONE && !fixed_dates_always(conditions->indicator, rows))
        add(context, (Condition){.rows = rows});
    return false;
}

static void gather(Conditions *conditions) {
    Walk walk = {on_expr, on_rows, conditions};
    const Indicator *indicator = conditions->indicator;
    walk_indicator(&walk, indicator);
    for (size_t i = 0; i < indicator->bands_len; i++)
        add(conditions, (Condition){.band = &indicator->bands[i]});
}

/* ---- watching ---- */

static void note(Condition *condition, bool yes, bool no) {
    condition->seen_true = condition->seen_true || yes;
    condition->seen_false = condition->seen_false || no;
}

static void on_condition(void *context, const struct Evaluator *evaluator, const Expr *expr,
                         Truth truth) {
    Conditions *conditions = context;
    for (size_t i = 0; watch_asked(evaluator) && i < conditions->list.len; i++)
        if (conditions->list.items[i].expr == expr)
            note(&conditions->list.items[i], truth == TRUTH_TRUE, truth == TRUTH_FALSE);
}

static void on_timing(void *context, const struct Evaluator *evaluator, const Rowset *rows,
                      Truth truth) {
    Conditions *conditions = context;
    for (size_t i = 0; watch_asked(evaluator) && i < conditions->list.len; i++)
        if (conditions->list.items[i].rows == rows)
            note(&conditions->list.items[i], truth == TRUTH_TRUE, truth == TRUTH_FALSE);
}

static void on_record(void *context, struct Evaluator *evaluator, const RecordSeen *seen) {
    (void)evaluator;
    Conditions *conditions = context;
    const Indicator *indicator = conditions->indicator;
    if (!seen->asked || seen->indicator != indicator || seen->truth != TRUTH_TRUE || seen->out)
        return;
    for (size_t i = 0; i < conditions->list.len; i++) {
        const Band *band = conditions->list.items[i].band;
        if (!band)
            continue;
        bool in = seen->band == (size_t)(band - indicator->bands);
        note(&conditions->list.items[i], in, !in);
    }
}

/* ---- measuring ---- */

static const char *words_of(Arena *arena, const Condition *condition) {
    StrBuf text = {0};
    if (condition->expr) {
        expr_print(&text, condition->expr);
    } else if (condition->band) {
        strbuf_addf(&text, "band \"%s\"", condition->band->label);
    } else {
        strbuf_addf(&text, "%s ", timing_word(condition->rows->timing));
        expr_print(&text, condition->rows->start);
        if (condition->rows->end) {
            strbuf_add(&text, " to ");
            expr_print(&text, condition->rows->end);
        }
    }
    const char *out = arena_copy_text(arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return out;
}

static Span span_of(const Condition *condition) {
    return condition->expr   ? condition->expr->span
           : condition->band ? condition->band->span
                             : condition->rows->span;
}

static void measure(Session *session, const Model *model, const Indicator *indicator,
                    Coverage *out) {
    Conditions conditions = {.arena = session->arena, .indicator = indicator};
    EngineWatch watch = {.context = &conditions,
                         .every_row = true,
                         .condition = on_condition,
                         .timing = on_timing,
                         .record = on_record};
    bool tested = false;
    gather(&conditions);
    for (size_t i = 0; i < model->tests_len; i++)
        if (model->tests[i]->indicator == indicator) {
            tested = true;
            test_passes(session, model, model->tests[i], &watch);
        }
    if (!tested)
        vec_push(session->arena, &out->without, indicator);
    for (size_t i = 0; i < conditions.list.len; i++) {
        const Condition *condition = &conditions.list.items[i];
        out->conditions++;
        if (condition->seen_true && condition->seen_false) {
            out->covered++;
            continue;
        }
        Uncovered uncovered = {indicator, span_of(condition), words_of(session->arena, condition),
                               condition->seen_true, condition->seen_false};
        vec_push(session->arena, &out->uncovered, uncovered);
    }
}

void coverage_measure(Session *session, const Model *model, const Indicator *const *indicators,
                      size_t len, Coverage *out) {
    *out = (Coverage){0};
    for (size_t i = 0; i < len; i++)
        measure(session, model, indicators[i], out);
}

bool share_reaches(size_t part, size_t whole, Num percent) {
    Num share;
    return whole == 0 || (num_of_ratio((Int128)part * 100, (Int128)whole, &share) &&
                          num_compare(share, percent) >= 0);
}

/* ---- words ---- */

static void add_share(StrBuf *out, size_t part, size_t whole) {
    Num share;
    if (whole == 0 || !num_of_ratio((Int128)part * 100, (Int128)whole, &share))
        return;
    /* 99.96% is not 100%. */
    int places = part < whole && num_compare(share, num_of_scaled(9995, 2)) >= 0 ? 3 : 1;
    strbuf_add(out, " (");
    num_print(out, share, places, false);
    strbuf_add(out, "%)");
}

void coverage_render(StrBuf *out, const Session *session, const Coverage *coverage) {
    for (size_t i = 0; i < coverage->without.len; i++) {
        test_print_place(out, session, coverage->without.items[i]->span);
        strbuf_addf(out, ": %s has no test\n", coverage->without.items[i]->id);
    }
    for (size_t i = 0; i < coverage->uncovered.len; i++) {
        const Uncovered *uncovered = &coverage->uncovered.items[i];
        test_print_place(out, session, uncovered->span);
        strbuf_addf(out, ": %s: never %s: %s\n", uncovered->indicator->id,
                    uncovered->seen_true    ? "false"
                    : uncovered->seen_false ? "true"
                                            : "true or false",
                    uncovered->words);
    }
    strbuf_addf(out, "%zu of %zu condition%s seen both true and false", coverage->covered,
                coverage->conditions, coverage->conditions == 1 ? "" : "s");
    add_share(out, coverage->covered, coverage->conditions);
    strbuf_add_char(out, '\n');
}

void mutation_render(StrBuf *out, const Session *session, const Mutation *mutation) {
    for (size_t i = 0; i < mutation->survivors.len; i++) {
        const Survivor *survivor = &mutation->survivors.items[i];
        test_print_place(out, session, survivor->span);
        strbuf_addf(out, ": %s: no test tells `%s` from `%s`; missing: %s\n",
                    survivor->indicator->id, survivor->was, survivor->is, survivor->wanted);
    }
    strbuf_addf(out, "%zu of %zu changed definition%s noticed", mutation->killed, mutation->mutants,
                mutation->mutants == 1 ? "" : "s");
    add_share(out, mutation->killed, mutation->mutants);
    strbuf_add_char(out, '\n');
}
