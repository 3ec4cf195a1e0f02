/* Which clause decided about a record: the first of its timing, its conditions, its exclusions and
 * the numerator's condition that was not true; or, of a record in the numerator, that it was. */
#include "plan/plan.h"
#include "testing/trial.h"

typedef enum ClauseKind { CLAUSE_OF_ROWS, CLAUSE_OF_EXCLUSION, CLAUSE_OF_NUMERATOR } ClauseKind;

/* One part of the definition that is judged for each record. */
typedef struct Deciding {
    ClauseKind kind;
    const Rowset *rows;
    const Expr *condition; /* NULL: the timing of the rows */
    const Part *part;
    Truth *truths; /* by record */
    bool *judged;
    size_t records;
} Deciding;

typedef struct Decisions {
    Session *session;
    const TestModel *test;
    VEC(Deciding) clauses;
} Decisions;

/* ---- the clauses ---- */

static size_t records_of(const TestModel *test, const Rowset *rows) {
    const GivenTable *given = test->given[rows->source->index];
    return given ? given->rows_len : 0;
}

static void add_clause(Decisions *decisions, Deciding clause) {
    Arena *arena = decisions->session->arena;
    clause.records = records_of(decisions->test, clause.rows);
    clause.truths = arena_array(arena, clause.records, sizeof *clause.truths);
    clause.judged = arena_array(arena, clause.records, sizeof *clause.judged);
    vec_push(arena, &decisions->clauses, clause);
}

/* The terms of `and`, each by itself. */
static void add_condition(Decisions *decisions, Deciding clause, const Expr *condition) {
    if (!condition)
        return;
    if (condition->kind == EXPR_AND) {
        for (size_t i = 0; i < condition->as.logic.terms_len; i++)
            add_condition(decisions, clause, condition->as.logic.terms[i]);
        return;
    }
    clause.condition = condition;
    add_clause(decisions, clause);
}

static void gather_clauses(Decisions *decisions) {
    const Indicator *indicator = decisions->test->indicator;
    for (size_t i = 0; i < indicator->rowsets_len; i++) {
        Deciding clause = {.kind = CLAUSE_OF_ROWS, .rows = indicator->rowsets[i]};
        if (clause.rows->timing != TIMING_NONE)
            add_clause(decisions, clause);
        add_condition(decisions, clause, clause.rows->where);
    }
    for (size_t i = 0; i < indicator->excludes_len; i++) {
        const Part *part = &indicator->excludes[i];
        add_condition(decisions,
                      (Deciding){.kind = CLAUSE_OF_EXCLUSION, .rows = part->rows, .part = part},
                      part->condition);
    }
    if (indicator->those)
        add_condition(decisions,
                      (Deciding){.kind = CLAUSE_OF_NUMERATOR, .rows = indicator->denominator_rows},
                      indicator->those);
}

/* ---- watching ---- */

static void judge_clause(Decisions *decisions, const struct Evaluator *evaluator,
                         const Rowset *rows, const Expr *condition, Truth truth) {
    if (!watch_asked(evaluator))
        return;
    for (size_t i = 0; i < decisions->clauses.len; i++) {
        Deciding *clause = &decisions->clauses.items[i];
        if (clause->condition != condition || (rows && clause->rows != rows))
            continue;
        size_t row = watch_row(evaluator, clause->rows);
        if (row < clause->records) {
            clause->truths[row] = truth;
            clause->judged[row] = true;
        }
    }
}

static void on_condition(void *context, const struct Evaluator *evaluator, const Expr *condition,
                         Truth truth) {
    judge_clause(context, evaluator, NULL, condition, truth);
}

static void on_timing(void *context, const struct Evaluator *evaluator, const Rowset *rows,
                      Truth truth) {
    judge_clause(context, evaluator, rows, NULL, truth);
}

/* ---- words ---- */

static void print_timing(StrBuf *out, const Rowset *rows) {
    strbuf_addf(out, "%s ", timing_word(rows->timing));
    expr_print(out, rows->start);
    if (rows->end) {
        strbuf_add(out, " to ");
        expr_print(out, rows->end);
    }
}

static const char *truth_words(Truth truth) {
    switch (truth) {
    case TRUTH_TRUE:
        return "is true";
    case TRUTH_FALSE:
        return "is false";
    case TRUTH_UNKNOWN:
        return "is unknown";
    case TRUTH_ERROR:
        return "cannot be told";
    }
    return "";
}

static const char *clause_words(Arena *arena, const Deciding *clause, Truth truth) {
    StrBuf text = {0};
    if (clause->condition)
        expr_print(&text, clause->condition);
    else
        print_timing(&text, clause->rows);
    strbuf_addf(&text, " %s", truth_words(truth));
    const char *out = arena_printf(arena, "%s", strbuf_text(&text));
    strbuf_fini(&text);
    return out;
}

/* ---- records ---- */

static const char *counted_words(const Indicator *indicator, const Rowset *rows) {
    switch (indicator->shape) {
    case SHAPE_PROPORTION:
        return "denominator";
    case SHAPE_RATIO:
        return rows == indicator->numerator->rows ? "numerator" : "denominator";
    case SHAPE_VALUE:
        return "value";
    case SHAPE_DISTRIBUTION:
        return "distribution";
    case SHAPE_DERIVED:
        break;
    }
    return "counted";
}

/* The first clause of the kind that was judged for the record and did not come out true. */
static const Deciding *first_other(const Decisions *decisions, const Rowset *rows, size_t row,
                                   ClauseKind kind) {
    const Deciding *unknown = NULL;
    for (size_t i = 0; i < decisions->clauses.len; i++) {
        const Deciding *clause = &decisions->clauses.items[i];
        if (clause->kind != kind || clause->rows != rows || !clause->judged[row] ||
            clause->truths[row] == TRUTH_TRUE)
            continue;
        if (clause->truths[row] == TRUTH_FALSE)
            return clause;
        unknown = unknown ? unknown : clause;
    }
    return unknown;
}

static const Deciding *last_true(const Decisions *decisions, const Rowset *rows, size_t row,
                                 ClauseKind kind) {
    const Deciding *found = NULL;
    for (size_t i = 0; i < decisions->clauses.len; i++) {
        const Deciding *clause = &decisions->clauses.items[i];
        if (clause->kind == kind && clause->rows == rows && clause->judged[row] &&
            clause->truths[row] == TRUTH_TRUE)
            found = clause;
    }
    return found;
}

static TestRecord decide(const Decisions *decisions, const Rowset *rows, size_t row) {
    Arena *arena = decisions->session->arena;
    const Indicator *indicator = decisions->test->indicator;
    StrBuf name = {0};
    given_print_row(&name, decisions->test->given[rows->source->index], row);
    TestRecord record = {.name = arena_printf(arena, "%s", strbuf_text(&name))};
    strbuf_fini(&name);
    const Deciding *because = first_other(decisions, rows, row, CLAUSE_OF_ROWS);
    const Deciding *out = last_true(decisions, rows, row, CLAUSE_OF_EXCLUSION);
    bool excluded = out && !first_other(decisions, rows, row, CLAUSE_OF_EXCLUSION);
    record.place = counted_words(indicator, rows);
    if (because) {
        record.place = because->truths[row] == TRUTH_FALSE ? "left out" : "unknown";
    } else if (excluded) {
        because = out;
        record.place = "excluded";
    } else if (indicator->those) {
        because = first_other(decisions, rows, row, CLAUSE_OF_NUMERATOR);
        if (!because) {
            because = last_true(decisions, rows, row, CLAUSE_OF_NUMERATOR);
            record.place = "numerator";
        }
    }
    if (because)
        record.why = clause_words(arena, because, because->truths[row]);
    return record;
}

void trial_explain(Session *session, const Model *model, const TestModel *test, TestOutcome *out) {
    Decisions decisions = {.session = session, .test = test};
    EngineWatch watch = {
        .context = &decisions, .every_row = true, .condition = on_condition, .timing = on_timing};
    Trial trial;
    gather_clauses(&decisions);
    trial_compute(&trial, session, model, test, &watch, false);
    bool stopped = trial.stopped;
    trial_end(&trial);
    for (size_t i = 0; !stopped && i < test->indicator->rowsets_len; i++) {
        const Rowset *rows = test->indicator->rowsets[i];
        const GivenTable *given = test->given[rows->source->index];
        for (size_t row = 0; given && row < given->written; row++) {
            TestRecord record = decide(&decisions, rows, row);
            vec_push(session->arena, &out->records, record);
        }
    }
}
