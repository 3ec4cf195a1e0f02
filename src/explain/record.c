#include "explain/record.h"

#include <string.h>

#include "wording/wording.h"

/* A clause of the definition as it meets the record. */
typedef struct TracedClause {
    const char *heading; /* of the clauses from here on */
    const char *label;   /* of an exclusion or part; or NULL */
    const TraceStep *step;
} TracedClause;

typedef struct TracedValue {
    const char *what; /* "put into bands by", "“Area”", "added up" */
    TraceValue value;
} TracedValue;

/* The names of the records of nested sets, told while they could be read. */
typedef struct RowName {
    const SourceModel *source;
    size_t row;
    const char *name;
} RowName;

struct RecordTrace {
    const char *name;
    VEC(TracedClause) clauses;
    VEC(TracedValue) values;
    VEC(RowName) names;
};

/* ---- tracing ---- */

typedef struct Tracing {
    Arena *run;
    struct Evaluator *evaluator;
    const GatheredSet *set;
    RecordTrace *out;
} Tracing;

static const char *name_of(const Tracing *t, const SourceModel *source, size_t row) {
    StrBuf name = {0};
    strbuf_add(&name, source->key_len > 0 ? "Record " : "Record in ");
    watch_print_row(&name, t->evaluator, source, row);
    const char *text = arena_copy_text(t->run, strbuf_text(&name), name.len);
    strbuf_fini(&name);
    return text;
}

static void name_rows(const Tracing *t, const TraceStep *step) {
    for (size_t i = 0; i < step->parts.len; i++)
        name_rows(t, step->parts.items[i]);
    for (size_t i = 0; i < step->nearest.len; i++) {
        const TraceRow *near = &step->nearest.items[i];
        const SourceModel *source = step->condition->as.exists.rows->source;
        RowName name = {source, near->row, name_of(t, source, near->row)};
        vec_push(t->run, &t->out->names, name);
        for (size_t s = 0; s < near->steps.len; s++)
            name_rows(t, near->steps.items[s]);
    }
}

static void add_clause(const Tracing *t, const char *heading, const char *label,
                       const TraceStep *step) {
    name_rows(t, step);
    vec_push(t->run, &t->out->clauses, ((TracedClause){heading, label, step}));
}

static void add_condition(const Tracing *t, const char *heading, const char *label,
                          const Expr *condition) {
    add_clause(t, heading, label, trace_condition(t->evaluator, t->run, t->set->rows, condition));
}

static void add_value(const Tracing *t, const char *what, const Expr *expr) {
    if (expr)
        vec_push(t->run, &t->out->values, ((TracedValue){what, trace_value(t->evaluator, expr)}));
}

static void trace_set(const Tracing *t) {
    static const char heading[] = "Whether it is counted at all";
    for (size_t i = 0; i < t->set->clauses.len; i++) {
        const Expr *condition = t->set->clauses.items[i].condition;
        if (condition)
            add_condition(t, heading, NULL, condition);
        else
            add_clause(t, heading, NULL, trace_timing(t->evaluator, t->run, t->set->rows));
    }
}

static void trace_parts(const Tracing *t, const char *heading, const Part *parts, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (parts[i].rows == t->set->rows)
            add_condition(t, heading, parts[i].label ? parts[i].label : parts[i].id,
                          parts[i].condition);
}

static void trace_quantity(const Tracing *t, const char *what, const Quantity *quantity) {
    if (quantity && quantity->rows == t->set->rows)
        add_value(t, what, quantity->value);
}

static void trace_values(const Tracing *t) {
    const Indicator *indicator = t->set->indicator;
    const Rowset *rows = t->set->rows;
    if (indicator->shape == SHAPE_DISTRIBUTION && rows == indicator->denominator_rows) {
        add_value(t, "put into a band by", indicator->band_value);
        add_value(t, "put into a band by the time from", indicator->band_from);
        add_value(t, "to", indicator->band_to);
    }
    trace_quantity(t, "in the numerator", indicator->numerator);
    trace_quantity(t, "in the denominator", indicator->denominator);
    if (indicator->value && indicator->value->kind == EXPR_QUANTITY)
        trace_quantity(t, "in the value", indicator->value->as.quantity);
    for (size_t i = 0; i < indicator->breakdowns_len; i++)
        for (size_t s = 0; s < indicator->rowsets_len; s++)
            if (indicator->rowsets[s] == rows)
                add_value(
                    t, arena_printf(t->run, "in the group by “%s”", indicator->breakdowns[i].label),
                    indicator->breakdowns[i].keys[s]);
}

RecordTrace *record_trace(Arena *run, struct Evaluator *evaluator, const GatheredSet *set,
                          size_t row) {
    const Indicator *indicator = set->indicator;
    RecordTrace *out = arena_alloc(run, sizeof *out);
    Tracing t = {run, evaluator, set, out};
    *out = (RecordTrace){.name = name_of(&t, set->rows->source, row)};
    trace_bind(evaluator, set->rows, row);
    trace_set(&t);
    trace_parts(&t, "Whether it is taken out", indicator->excludes, indicator->excludes_len);
    if (indicator->those && set->rows == indicator->denominator_rows)
        add_condition(&t, "Whether it is in the numerator", NULL, indicator->those);
    trace_parts(&t, "Of which", indicator->parts, indicator->parts_len);
    trace_values(&t);
    return out;
}

/* ---- the page: values ---- */

/* Whose records a step speaks of, outer before inner. */
typedef struct Around {
    const Rowset *sets[8];
    size_t len;
} Around;

#define TRUTH_COLUMNS 9
#define STEP_INDENT 4

typedef struct RecordPage {
    const ExplainPage *page;
    const GatheredSet *set;
    const RecordTrace *trace;
} RecordPage;

static void print_value(StrBuf *out, const TraceValue *value) {
    if (value->error)
        strbuf_add(out, "cannot be worked out");
    else if (value->not_yet)
        strbuf_add(out, "not yet");
    else if (value->value.kind == VALUE_MISSING && value->value.symbol == SYMBOL_NONE)
        strbuf_add(out, "missing");
    else if (value->value.kind == VALUE_MISSING)
        strbuf_addf(out, "missing (%s)", symbol_letter(value->value.symbol));
    else if (value->value.kind == VALUE_TEXT)
        strbuf_addf(out, "“%s”", value->value.as.text);
    else
        value_print(out, value->value);
}

static const char *traced_text(const RecordPage *r, const Around *around, const TraceValue *value) {
    StrBuf text = {0};
    wording_of_value(&text, r->set->indicator, around->sets, around->len, value->expr);
    strbuf_add(&text, ": ");
    print_value(&text, value);
    const char *out = arena_copy_text(r->page->run, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return out;
}

static bool said_before(const char *const *said, size_t len, const char *text) {
    for (size_t i = 0; i < len; i++)
        if (strcmp(said[i], text) == 0)
            return true;
    return false;
}

static void print_values(const RecordPage *r, const Around *around, size_t depth,
                         const TraceStep *step) {
    const char **said = arena_array(r->page->run, step->values.len, sizeof *said);
    size_t len = 0;
    StrBuf line = {0}, lead = {0};
    for (size_t i = 0; i < step->values.len; i++) {
        const char *text = traced_text(r, around, &step->values.items[i]);
        if (said_before(said, len, text))
            continue;
        strbuf_addf(&line, "%s%s", len > 0 ? "; " : "", text);
        said[len++] = text;
    }
    strbuf_add_times(&lead, ' ', depth * STEP_INDENT + TRUTH_COLUMNS + STEP_INDENT);
    if (len > 0)
        wording_add_behind(r->page->out, strbuf_text(&lead), strbuf_text(&line), r->page->width);
    strbuf_fini(&lead);
    strbuf_fini(&line);
}

/* ---- the page: steps ---- */

static const char *truth_words(Truth truth) {
    switch (truth) {
    case TRUTH_FALSE:
        return "false";
    case TRUTH_UNKNOWN:
        return "unknown";
    case TRUTH_ERROR:
        return "error";
    case TRUTH_TRUE:
        return "true";
    }
    return "";
}

static void print_line(const RecordPage *r, size_t depth, Truth truth, const char *words) {
    StrBuf lead = {0};
    strbuf_add_times(&lead, ' ', depth * STEP_INDENT);
    strbuf_addf(&lead, "%-*s", TRUTH_COLUMNS, truth_words(truth));
    wording_add_behind(r->page->out, strbuf_text(&lead), words, r->page->width);
    strbuf_fini(&lead);
}

static const char *row_name(const RecordPage *r, const SourceModel *source, size_t row) {
    for (size_t i = 0; i < r->trace->names.len; i++)
        if (r->trace->names.items[i].source == source && r->trace->names.items[i].row == row)
            return r->trace->names.items[i].name;
    return "";
}

/* "there is another record of “Plans” that meets what follows: 1" */
static void add_exists_words(StrBuf *out, const TraceStep *step) {
    const Rowset *rows = step->condition->as.exists.rows;
    bool none = step->condition->as.exists.none;
    strbuf_addf(out, "there is %s record of ", none ? "no" : rows->another_of ? "another" : "a");
    wording_of_source(out, rows->source);
    strbuf_addf(out, " that meets what follows (%zu found", step->found);
    if (step->in_doubt > 0)
        strbuf_addf(out, ", %zu in doubt", step->in_doubt);
    strbuf_add(out, ")");
}

static const char *step_text(const RecordPage *r, const Around *around, const TraceStep *step) {
    StrBuf text = {0};
    if (!step->condition)
        wording_of_timing(&text, r->set->indicator, step->rows);
    else if (step->condition->kind == EXPR_OR)
        strbuf_add(&text, "at least one of these is true:");
    else if (step->condition->kind == EXPR_AND)
        strbuf_add(&text, "each of these is true:");
    else if (step->condition->kind == EXPR_EXISTS)
        add_exists_words(&text, step);
    else if (step->parts.len > 0)
        strbuf_add(&text, "this is not so:");
    else
        wording_of_condition_within(&text, r->set->indicator, around->sets, around->len,
                                    step->condition);
    const char *out = arena_copy_text(r->page->run, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return out;
}

static void print_step(const RecordPage *r, const Around *around, size_t depth,
                       const TraceStep *step);

static void print_nearest(const RecordPage *r, const Around *around, size_t depth,
                          const TraceStep *step) {
    const Rowset *rows = step->condition->as.exists.rows;
    Around inner = *around;
    if (inner.len < sizeof inner.sets / sizeof *inner.sets)
        inner.sets[inner.len++] = rows;
    for (size_t i = 0; i < step->nearest.len; i++) {
        const TraceRow *near = &step->nearest.items[i];
        print_line(r, depth, near->truth, row_name(r, rows->source, near->row));
        for (size_t s = 0; s < near->steps.len; s++)
            print_step(r, &inner, depth + 1, near->steps.items[s]);
    }
}

static void print_step(const RecordPage *r, const Around *around, size_t depth,
                       const TraceStep *step) {
    print_line(r, depth, step->truth, step_text(r, around, step));
    print_values(r, around, depth, step);
    for (size_t i = 0; i < step->parts.len; i++)
        print_step(r, around, depth + 1, step->parts.items[i]);
    if (step->condition && step->condition->kind == EXPR_EXISTS)
        print_nearest(r, around, depth + 1, step);
}

/* ---- the page: what became of it ---- */

static const RecordFate *fate_of(const GatheredSet *set, size_t row) {
    for (size_t i = 0; i < set->fates.len; i++)
        if (set->fates.items[i].row == row)
            return &set->fates.items[i];
    return NULL;
}

static const char *taken_out_by(const GatheredSet *set, const RecordFate *fate) {
    const Indicator *indicator = set->indicator;
    for (size_t i = 0; fate->excluded && i < indicator->excludes_len; i++)
        if (fate->excluded[i] == TRUTH_TRUE)
            return indicator->excludes[i].label ? indicator->excludes[i].label
                                                : indicator->excludes[i].id;
    return "";
}

/* dispatch */
static const char *counted_text(Arena *run, const Indicator *indicator, const Rowset *rows,
                                const RecordFate *fate) {
    switch (indicator->shape) {
    case SHAPE_PROPORTION:
        return fate->selected == TRUTH_TRUE ? "It is in the numerator and the denominator."
               : fate->selected == TRUTH_UNKNOWN
                   ? "It is in the denominator; whether in the numerator cannot be told, so it is "
                     "not."
                   : "It is in the denominator and not in the numerator.";
    case SHAPE_RATIO:
        if (indicator->numerator->rows == indicator->denominator->rows)
            return "It is in the numerator and the denominator.";
        return rows == indicator->numerator->rows ? "It is in the numerator."
                                                  : "It is in the denominator.";
    case SHAPE_DISTRIBUTION:
        return arena_printf(run, "It is counted in the band “%s”.",
                            fate->band < indicator->bands_len ? indicator->bands[fate->band].label
                                                              : "Unknown");
    case SHAPE_VALUE:
    case SHAPE_DERIVED:
        break;
    }
    return "It is counted.";
}

static const char *fate_text(Arena *run, const GatheredSet *set, size_t row) {
    const RecordFate *fate = fate_of(set, row);
    if (set->ruled_out[row] > 0)
        return arena_printf(run, "It is not counted: it is not one of those %s.",
                            clause_text(run, set, set->ruled_out[row] - 1));
    if (!fate)
        return "It is not counted: it is not among the latest.";
    if (fate->truth == TRUTH_UNKNOWN)
        return "It is not counted: a condition cannot be told. It is given as unknown.";
    if (fate->truth == TRUTH_ERROR)
        return "A condition on it cannot be evaluated, so that there is no value.";
    if (fate->out)
        return arena_printf(run, "It is taken out: %s.", taken_out_by(set, fate));
    return counted_text(run, set->indicator, set->rows, fate);
}

/* ---- all of it ---- */

static void print_clauses(const RecordPage *r) {
    const Around around = {{r->set->rows}, 1};
    const char *heading = "";
    for (size_t i = 0; i < r->trace->clauses.len; i++) {
        const TracedClause *clause = &r->trace->clauses.items[i];
        if (strcmp(heading, clause->heading) != 0)
            page_heading(r->page, clause->heading);
        heading = clause->heading;
        if (clause->label)
            print_line(r, 1, clause->step->truth, clause->label);
        print_step(r, &around, clause->label ? 2 : 1, clause->step);
    }
}

static void print_record_values(const RecordPage *r) {
    const Around around = {{r->set->rows}, 1};
    if (r->trace->values.len > 0)
        page_heading(r->page, "Its values");
    for (size_t i = 0; i < r->trace->values.len; i++) {
        const TracedValue *value = &r->trace->values.items[i];
        page_say(r->page, arena_printf(r->page->run, "%s %s", value->what,
                                       traced_text(r, &around, &value->value)));
    }
}

static void print_record(const ExplainPage *page, const FoundRecord *found, const Cell *cell) {
    RecordPage r = {page, found->set, found->trace};
    StrBuf title = {0};
    strbuf_addf(&title, "%s\n%s\n\n%s of ", found->set->indicator->id, found->set->indicator->title,
                found->trace->name);
    wording_of_source(&title, found->set->rows->source);
    strbuf_addf(page->out, "%s\n", strbuf_text(&title));
    strbuf_fini(&title);
    page_say(page, fate_text(page->run, found->set, found->row));
    page_dates(page, cell);
    print_clauses(&r);
    print_record_values(&r);
}

void explain_records(const ExplainPage *page, const Cell *cell) {
    for (size_t i = 0; i < page->gathering->found.len; i++) {
        strbuf_add(page->out, i > 0 ? "\n" : "");
        print_record(page, &page->gathering->found.items[i], cell);
    }
}
