/* A benchmark taken from an indicator across neighbours: who they are, and their mean or pool. */
#include "engine/reference/members.h"

#include <string.h>

#include "engine/reference/rowset.h"

/* ---- who the neighbours are ---- */

static bool is_known(const Members *members, const char *code) {
    for (size_t i = 0; i < members->len; i++)
        if (strcmp(members->codes[i], code) == 0)
            return true;
    return false;
}

static const char *code_text(Arena *run, Value value) {
    StrBuf words = {0};
    value_print(&words, value);
    const char *text = arena_copy_text(run, strbuf_text(&words), words.len);
    strbuf_fini(&words);
    return text;
}

static bool is_own(const NeighbourSet *set, const char *code) {
    return set->of && strcmp(set->of, code) == 0;
}

/* The codes of the rows, each once; a row in doubt is none, nor is the authority itself. */
static void read_members(Data *data, const NeighbourSet *set, Members *out) {
    Evaluator evaluator = evaluator_new(data);
    FoundRows found = {0};
    rowset_find(&evaluator, set->rows, &found);
    out->codes = arena_array(data->run, found.len, sizeof *out->codes);
    for (size_t i = 0; i < found.len; i++) {
        if (found.items[i].truth != TRUTH_TRUE)
            continue;
        rowset_bind(&evaluator, set->rows, found.items[i].row);
        Outcome code = evaluate(&evaluator, set->code);
        if (code.kind != OUTCOME_KNOWN)
            continue;
        const char *text = code_text(data->run, code.value);
        if (!is_known(out, text) && !is_own(set, text))
            out->codes[out->len++] = text;
    }
    found_end(&found);
    evaluator_end(&evaluator);
}

/* The codes written in the definition, or those of its rows. */
static const Members *members_of(Data *data, const NeighbourSet *set) {
    size_t place = 0;
    while (data->model->neighbours[place] != set)
        place++;
    Members *members = &data->members[place];
    if (members->read)
        return members;
    members->read = true;
    if (set->rows) {
        read_members(data, set, members);
    } else {
        members->codes = set->members;
        members->len = set->members_len;
    }
    return members;
}

/* ---- their values ---- */

static bool has_code(const GroupKey *key, const char *code) {
    Num number;
    if (key->whole || key->unknown)
        return false;
    if (key->value.kind == VALUE_TEXT)
        return strcmp(key->value.as.text, code) == 0;
    return key->value.kind == VALUE_NUMBER && num_parse(code, strlen(code), &number, NULL) &&
           num_compare(number, key->value.as.number) == 0;
}

static const Cell *cell_of_member(CellSlice cells, const char *code, const Cell *like) {
    for (size_t i = 0; i < cells.len; i++)
        if (cells.items[i]->indicator->breakdowns_len == 1 &&
            has_code(&cells.items[i]->group[0], code) && cells_same_band(cells.items[i], like))
            return cells.items[i];
    return NULL;
}

static bool mean_of(const Cell *const *cells, size_t len, bool rounded, Num *out) {
    Num sum = num_of_int(0);
    for (size_t i = 0; i < len; i++) {
        Num value = cells[i]->value;
        if ((rounded && !num_round(value, MEMBER_PLACES, &value)) || !num_add(sum, value, &sum))
            return false;
    }
    return num_divide(sum, num_of_int((int64_t)len), out);
}

/* "3 of 10 members have a value (1 is confidential), 5 are needed" */
static const char *too_few(Arena *run, const BenchmarkFigure *figure, size_t needed) {
    StrBuf words = {0};
    size_t with = figure->members_with_value, hidden = figure->members_confidential;
    if (with == 0)
        strbuf_addf(&words, "none of %zu members has a value", figure->members);
    else
        strbuf_addf(&words, "%zu of %zu members %s a value", with, figure->members,
                    with == 1 ? "has" : "have");
    if (hidden > 0)
        strbuf_addf(&words, " (%zu %s confidential)", hidden, hidden == 1 ? "is" : "are");
    if (needed > 1)
        strbuf_addf(&words, ", %zu are needed", needed);
    const char *text = arena_copy_text(run, strbuf_text(&words), words.len);
    strbuf_fini(&words);
    return text;
}

static void take_value(const Benchmark *benchmark, const Cell *const *cells,
                       BenchmarkFigure *figure) {
    size_t len = figure->members_with_value;
    Figure *value = &figure->value;
    if (benchmark->pooled) {
        CellSum sum = cells_add(cells, len, SUM_OF_MEMBERS);
        *value = sum.value;
        figure->reason = sum.reason;
        return;
    }
    value->present =
        mean_of(cells, len, false, &value->value) || mean_of(cells, len, true, &value->value);
    if (!value->present)
        figure->reason = "the numbers are too large";
}

static const char *no_period(Arena *run, const Benchmark *benchmark) {
    StrBuf period = {0};
    period_print(&period, benchmark->period);
    const char *text = arena_printf(run, "'%s' has no period that ends in %s", benchmark->from->id,
                                    strbuf_text(&period));
    strbuf_fini(&period);
    return text;
}

void members_meet(CellRun *run, const Benchmark *benchmark, const Cell *cell,
                  BenchmarkFigure *figure) {
    Period period;
    const Members *members = members_of(run->evaluator->data, benchmark->across);
    figure->members = members->len;
    if (!benchmark_period(benchmark, &period)) {
        figure->reason = no_period(run->run, benchmark);
        return;
    }
    CellSlice cells = cells_of_period(run->all, benchmark->from, period);
    const Cell **with = arena_array(run->run, members->len, sizeof *with);
    for (size_t i = 0; i < members->len; i++) {
        const Cell *member = cell_of_member(cells, members->codes[i], cell);
        if (!member)
            continue;
        if (member->available && (!benchmark->pooled || member->numerator.present))
            with[figure->members_with_value++] = member;
        else if (member->symbol == SYMBOL_CONFIDENTIAL)
            figure->members_confidential++;
    }
    size_t needed = benchmark->at_least > 1 ? (size_t)benchmark->at_least : 1;
    if (figure->members_with_value >= needed)
        take_value(benchmark, with, figure);
    else if (figure->members_with_value == 0 && cells.len == 1 && !cells.items[0]->available)
        figure->reason = cells.items[0]->reason; /* of the period as a whole */
    else
        figure->reason = too_few(run->run, figure, needed);
}
