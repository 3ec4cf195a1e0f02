#include "tests/unit/definitions.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "sema/analyse.h"

static Session *session;
static const Model *model;
static Arena *run;
static const Plan *plan;
static Result result;
static StoreResult outcome;
static StrBuf out;
static EngineOptions engine;

void definitions_start(void) {
    session = session_new();
    run = arena_new();
    out = (StrBuf){0};
    result = (Result){0};
    engine = (EngineOptions){.kind = ENGINE_REFERENCE, .fingerprint = true};
}

void definitions_use(EngineOptions options) {
    engine = options;
}

void definitions_finish(void) {
    strbuf_fini(&out);
    arena_free(run);
    session_free(session);
}

Session *definitions_session(void) {
    return session;
}

const Model *definitions_model(void) {
    return model;
}

const Plan *definitions_plan(void) {
    return plan;
}

const Result *definitions_result(void) {
    return &result;
}

StoreResult definitions_outcome(void) {
    return outcome;
}

static const char *copied(void) {
    return arena_copy_text(run, strbuf_text(&out), out.len);
}

static bool no_library(void *context, const char *name, const char *path, uint32_t using_src,
                       LibraryText *text, const char **shown_name) {
    (void)context;
    (void)name;
    (void)path;
    (void)using_src;
    (void)text;
    (void)shown_name;
    return false;
}

static Period period_of(const char *text) {
    Period period;
    ck_assert_msg(period_parse(text, strlen(text), &period), "no period: %s", text);
    return period;
}

static const Indicator **chosen(const char *ids, size_t *len) {
    const Indicator **list = arena_array(run, model->indicators_len + 1, sizeof *list);
    *len = 0;
    if (!ids) {
        for (; *len < model->indicators_len; ++*len)
            list[*len] = model->indicators[*len];
        return list;
    }
    while (*ids) {
        size_t width = strcspn(ids, " ");
        const char *id = arena_copy_text(run, ids, width);
        const Indicator *indicator = model_indicator(model, id);
        ck_assert_msg(indicator, "no indicator: %s", id);
        list[(*len)++] = indicator;
        ids += width + (ids[width] == ' ');
    }
    return list;
}

static const char *messages(void) {
    strbuf_clear(&out);
    diags_render_text(session->diags, &out, 0, false);
    return copied();
}

void definitions_run(const char *text, const char *ids, const char *from, const char *to) {
    AnalyseOptions options = {no_library, NULL, NULL};
    ParsedFile *file = parse_file(session, "test.kpi", text, strlen(text));
    model = analyse(session, &file, 1, &options);
    ck_assert_msg(diags_errors(session->diags) == 0, "refused:\n%s", messages());
    PlanRequest request = {
        .series = to != NULL, .from = period_of(from), .to = period_of(to ? to : from)};
    request.indicators = chosen(ids, &request.indicators_len);
    plan = plan_build(session, run, model, &request);
    outcome = engine_run(session, plan, NULL, &engine, run, &result);
}

/* ---- cells in words ---- */

static void add_exact(Num number) {
    if (num_print_exact(&out, number))
        return;
    num_print(&out, (Num){number.n, 1}, 0, false);
    strbuf_add(&out, "/");
    num_print(&out, (Num){number.d, 1}, 0, false);
}

const char *exact(Num number) {
    strbuf_clear(&out);
    add_exact(number);
    return copied();
}

static void add_pair(Figure numerator, Figure denominator) {
    if (!numerator.present && !denominator.present)
        return;
    strbuf_add(&out, " (");
    if (numerator.present)
        add_exact(numerator.value);
    if (denominator.present) {
        strbuf_add(&out, "/");
        add_exact(denominator.value);
    }
    strbuf_add(&out, ")");
}

static void add_cell(const Cell *cell) {
    period_print(&out, cell->period);
    for (size_t i = 0; i < cell->indicator->breakdowns_len; i++)
        strbuf_addf(&out, " %s", cell->group[i].label ? cell->group[i].label : "all");
    if (cell->band || cell->band_unknown)
        strbuf_addf(&out, " [%s]", cell->band ? cell->band->label : "Unknown");
    strbuf_add(&out, " ");
    if (cell->available)
        add_exact(cell->value);
    else
        strbuf_addf(&out, "%s: %s", symbol_letter(cell->symbol), cell->reason);
    add_pair(cell->numerator, cell->denominator);
    strbuf_add(&out, "\n");
}

const char *cells_of(const char *id) {
    strbuf_clear(&out);
    for (size_t i = 0; i < result.cells_len; i++)
        if (result.cells[i]->asked && strcmp(result.cells[i]->indicator->id, id) == 0)
            add_cell(result.cells[i]);
    return copied();
}

static bool in_group(const Cell *cell, const char *group) {
    if (!group)
        return cell->whole;
    for (size_t i = 0; i < cell->indicator->breakdowns_len; i++)
        if (!cell->group[i].whole && strcmp(cell->group[i].label, group) == 0)
            return true;
    return false;
}

static bool in_band(const Cell *cell, const char *band) {
    if (!band)
        return !cell->band && !cell->band_unknown;
    return cell->band ? strcmp(cell->band->label, band) == 0
                      : cell->band_unknown && strcmp(band, "Unknown") == 0;
}

const Cell *cell_at(const char *id, const char *group, const char *band) {
    for (size_t i = 0; i < result.cells_len; i++) {
        const Cell *cell = result.cells[i];
        if (cell->asked && strcmp(cell->indicator->id, id) == 0 && in_group(cell, group) &&
            in_band(cell, band))
            return cell;
    }
    ck_abort_msg("no cell: %s %s %s", id, group ? group : "whole", band ? band : "");
}

const char *benchmark_of(const Cell *cell, size_t benchmark) {
    strbuf_clear(&out);
    ck_assert_uint_lt(benchmark, cell->benchmarks_len);
    const BenchmarkFigure *figure = &cell->benchmarks[benchmark];
    if (figure->value.present)
        add_exact(figure->value.value);
    else
        strbuf_add(&out, "none");
    if (figure->members > 0)
        strbuf_addf(&out, ", %zu of %zu", figure->members_with_value, figure->members);
    if (figure->has_like_for_like) {
        strbuf_add(&out, ", like ");
        if (figure->like_value.present)
            add_exact(figure->like_value.value);
        else
            strbuf_add(&out, "none");
        add_pair(figure->like_numerator, figure->like_denominator);
    }
    if (!figure->comparable)
        strbuf_add(&out, ", not comparable");
    if (figure->reason)
        strbuf_addf(&out, ": %s", figure->reason);
    return copied();
}

size_t messages_of(int code) {
    char wanted[16];
    size_t found = 0;
    snprintf(wanted, sizeof wanted, "[KPI%04d]", code);
    for (const char *at = messages(); (at = strstr(at, wanted)); at++)
        found++;
    return found;
}

bool messages_contain(const char *words) {
    return strstr(messages(), words) != NULL;
}
