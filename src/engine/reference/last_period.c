/* The last period that is complete in the data, for a run that was not asked for one. */
#include "engine/engine.h"
#include "engine/reference/rowset.h"
#include "plan/plan_build.h"
#include "sema/walk.h"

static EveryKind finest_every(const Indicator *const *indicators, size_t len) {
    EveryKind finest = EVERY_YEAR;
    for (size_t i = 0; i < len; i++)
        if (indicators[i]->every < finest)
            finest = indicators[i]->every;
    return finest;
}

static void note_date(Date date, Date *greatest, bool *any) {
    if (!*any || date > *greatest)
        *greatest = date;
    *any = true;
}

/* ---- the row sets that tell ---- */

typedef struct Telling {
    Arena *arena;
    bool nested; /* of nested sets; else of outer ones */
    VEC(const Rowset *) covered, dated;
} Telling;

/* `latest` carries old rows forward, so it tells nothing. */
static bool note_rowset(void *context, const Rowset *rows) {
    Telling *telling = context;
    if (rows->nested != telling->nested)
        return false;
    if (rows->source->has_covers)
        vec_push(telling->arena, &telling->covered, rows);
    if (rows->start && rows->timing != TIMING_LATEST)
        vec_push(telling->arena, &telling->dated, rows);
    return false;
}

/* A derived value is as complete as what it is made of. */
static void walk_with_inputs(const Walk *walk, const Indicator *indicator) {
    walk_indicator(walk, indicator);
    for (size_t i = 0; i < indicator->inputs_len; i++)
        walk_with_inputs(walk, indicator->inputs[i]);
}

/* Those of nested sets only if no outer one tells anything. */
static Telling find_telling(Arena *arena, const Indicator *const *indicators, size_t len) {
    Telling telling = {.arena = arena};
    for (int round = 0; round < 2 && telling.covered.len + telling.dated.len == 0; round++) {
        Walk walk = {NULL, note_rowset, &telling};
        telling.nested = round == 1;
        for (size_t i = 0; i < len; i++)
            walk_with_inputs(&walk, indicators[i]);
    }
    return telling;
}

/* By what the sources say that they cover. */
static bool by_covers(const Telling *telling, Date *greatest) {
    bool any = false;
    for (size_t i = 0; i < telling->covered.len; i++)
        note_date(telling->covered.items[i]->source->covers_to, greatest, &any);
    return any;
}

static void note_expr(Evaluator *evaluator, const Expr *date, Date *greatest, bool *any) {
    if (!date)
        return;
    Outcome outcome = evaluate(evaluator, date);
    if (outcome.kind == OUTCOME_KNOWN)
        note_date(outcome.value.as.date, greatest, any);
}

static void note_dates(Evaluator *evaluator, const Rowset *rows, Date *greatest, bool *any) {
    size_t len = data_table(evaluator->data, rows->source)->table.rows;
    for (size_t row = 0; row < len; row++) {
        rowset_bind(evaluator, rows, row);
        note_expr(evaluator, rows->start, greatest, any);
        note_expr(evaluator, rows->end, greatest, any);
    }
}

/* By the greatest date of the timings. */
static bool by_dates(Session *session, const Model *model, const Telling *telling, Store *store,
                     Date *greatest) {
    Plan plan = {0};
    Data data;
    bool any = false;
    plan_needs_begin(&plan, telling->arena, model);
    for (size_t i = 0; i < telling->dated.len; i++)
        plan_need_rowset_timing(&plan, telling->arena, telling->dated.items[i]);
    plan_needs_end(&plan);
    if (data_load(session, &plan, store, telling->arena, &data) == STORE_OK) {
        Evaluator evaluator = evaluator_new(&data);
        for (size_t i = 0; i < telling->dated.len; i++)
            note_dates(&evaluator, telling->dated.items[i], greatest, &any);
        evaluator_end(&evaluator);
    }
    data_end(&data);
    return any;
}

bool engine_last_period(Session *session, const Model *model, const Indicator *const *indicators,
                        size_t indicators_len, Store *store, Period *out) {
    Arena *arena = arena_new();
    Telling telling = find_telling(arena, indicators, indicators_len);
    Date greatest = DATE_MIN;
    bool found =
        by_covers(&telling, &greatest) || by_dates(session, model, &telling, store, &greatest);
    arena_free(arena);
    EveryKind finest = finest_every(indicators, indicators_len);
    for (size_t i = 0; found && i < indicators_len; i++)
        if (indicators[i]->every == finest) {
            *out = indicator_period_by(indicators[i], greatest);
            return true;
        }
    return false;
}
