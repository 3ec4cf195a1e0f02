#include "tests/unit/fixture_document.h"

#include <stdio.h>
#include <string.h>

#define FOLDER "tests/data/report/"
#define MOST_ITEMS 24

static const Indicator **named(const Fixture *f, const char *names, size_t *len) {
    const Indicator **list = arena_array(f->run, 8, sizeof *list);
    *len = 0;
    while (*names) {
        size_t size = strcspn(names, " ");
        const char *name = arena_copy_text(f->run, names, size);
        const Indicator *indicator = model_indicator(f->workspace.model, name);
        if (indicator)
            list[(*len)++] = indicator;
        names += size + (names[size] == ' ');
    }
    return list;
}

static ReportItem *add(Fixture *f, ReportItemKind kind, const char *title, const char *text) {
    ReportItem *item = &f->report.items[f->report.items_len++];
    *item = (ReportItem){.kind = kind, .title = title, .text = text};
    return item;
}

static void show(Fixture *f, const char *shown, const char *with, int chart_months) {
    ReportItem *item = add(f, REPORT_SHOW, NULL, NULL);
    item->shown = named(f, shown, &item->shown_len);
    item->with = named(f, with, &item->with_len);
    item->chart_months = chart_months;
}

static void declare(Fixture *f) {
    f->report = (ReportModel){.name = "highlight",
                              .title = "Improvement Programme 6 Highlight Report",
                              .every = EVERY_MONTH};
    f->report.items = arena_array(f->run, MOST_ITEMS, sizeof *f->report.items);
    add(f, REPORT_FIELD, "Programme",
        "Programme 6 - Achieving effective multi-agency support for more vulnerable children");
    add(f, REPORT_FIELD, "Delivery Group", "CSC/LSCB");
    add(f, REPORT_FIELD, "Year", "{year}");
    add(f, REPORT_FIELD, "Report Date", "21 February 2017, for the period ending {period end}");
    add(f, REPORT_FIELD, "Delivery Group Chair", NULL);
    add(f, REPORT_PART, "1. Overall Improvement Programme Status", NULL)->status = true;
    add(f, REPORT_PART, "2. Progress since last Highlight report", NULL);
    add(f, REPORT_PART, "3. Key Milestones and Deliverables", NULL);
    add(f, REPORT_PART, "7. Variances", NULL);
    add(f, REPORT_SECTION, "1. Strengthen family support", NULL);
    show(f, "second_plan visits_on_time no_recent_activity conference_rate", "", 0);
    show(f, "assessment_duration", "", 12);
    add(f, REPORT_SECTION, "2. Secure stability for children", NULL);
    show(f, "emergency", "", 12);
    show(f, "in_homes spend", "", 0);
    show(f, "ks2", "ks2_gap", 0);
    show(f, "contacts", "", 1);
    add(f, REPORT_REFER, "6. Further develop the capacity of the workforce",
        "See the Highlight Report for Priority 7");
}

char *fixture_file(Arena *arena, const char *name) {
    FILE *file = fopen(arena_printf(arena, FOLDER "%s", name), "rb");
    if (!file)
        return NULL;
    StrBuf text = {0};
    char chunk[4096];
    for (size_t got; (got = fread(chunk, 1, sizeof chunk, file)) > 0;)
        strbuf_add_len(&text, chunk, got);
    fclose(file);
    char *copy = arena_copy_text(arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return copy;
}

static void evaluate(Fixture *f, const char *month) {
    EvaluationRequest request = {
        .period = month, .no_store = true, .engine = {.fingerprint = true}};
    evaluation_run(&f->workspace, f->run, &request, &f->evaluation);
    const char *const charted[] = {"emergency", "visits_on_time"};
    Period period;
    Date from;
    period_parse(month, strlen(month), &period);
    if (!date_add_months(period.end, -11, &from))
        return;
    StrBuf first = {0};
    period_print(&first, period_holding(PERIOD_MONTH, from));
    request = (EvaluationRequest){.from = strbuf_text(&first),
                                  .to = month,
                                  .indicators = charted,
                                  .indicators_len = 2,
                                  .no_store = true,
                                  .engine = {.fingerprint = true}};
    evaluation_run(&f->workspace, f->run, &request, &f->series);
    strbuf_fini(&first);
}

static void make_document(Fixture *f, const char *month, const char *text) {
    size_t errors = diags_errors(f->session->diags);
    NarrativeInput narrative = {.session = f->session,
                                .arena = f->run,
                                .model = f->workspace.model,
                                .report = &f->report,
                                .rows = f->evaluation.report};
    if (text)
        narrative.src = sources_add(f->session->sources, "2017-01.md", text, strlen(text));
    DocumentInput input = {.model = &f->report,
                           .rows = f->evaluation.report,
                           .series = f->series.report,
                           .has_taken = f->workspace.model->project.taken_len > 1,
                           .made_by = "kpic 0"};
    period_parse(month, strlen(month), &input.period);
    if (input.has_taken)
        input.taken = f->workspace.model->project.taken[1].on;
    input.narrative = f->narrative = narrative_read(&narrative);
    if (diags_errors(f->session->diags) == errors)
        f->document = document_build(f->run, &input);
}

Fixture *fixture_document(const char *month, const char *narrative) {
    Arena *run = arena_new();
    Fixture *f = arena_alloc(run, sizeof *f);
    f->run = run;
    f->session = session_new();
    f->workspace.session = f->session;
    const char *text = fixture_file(run, "mini.kpi");
    if (!text)
        return f;
    workspace_add_text(&f->workspace, "mini.kpi", text, strlen(text));
    workspace_analyse(&f->workspace);
    declare(f);
    evaluate(f, month);
    if (f->evaluation.report)
        make_document(f, month, narrative);
    return f;
}

void fixture_document_free(Fixture *f) {
    workspace_close(&f->workspace);
    session_free(f->session);
    arena_free(f->run);
}

bool fixture_says(const Fixture *f, const char *code, const char *words) {
    StrBuf text = {0};
    diags_render_text(f->session->diags, &text, 0, false);
    bool said = strstr(strbuf_text(&text), code) && strstr(strbuf_text(&text), words);
    strbuf_fini(&text);
    return said;
}

const DocumentRow *fixture_row(const Document *document, const char *id) {
    for (size_t i = 0; i < document->items.len; i++)
        for (size_t r = 0; r < document->items.items[i].rows.len; r++)
            if (strcmp(document->items.items[i].rows.items[r].indicator->id, id) == 0)
                return &document->items.items[i].rows.items[r];
    return NULL;
}

bool cell_says(const DocumentCell *cell, const char *words) {
    for (size_t i = 0; i < cell->len; i++) {
        const DocumentLine *line = &cell->items[i];
        StrBuf text = {0};
        if (line->symbol)
            strbuf_addf(&text, "%s ", line->symbol);
        if (line->label)
            strbuf_addf(&text, "%s = ", line->label);
        strbuf_add(&text, line->text);
        if (line->note)
            strbuf_addf(&text, " (%s)", line->note);
        bool same = strcmp(strbuf_text(&text), words) == 0;
        strbuf_fini(&text);
        if (same)
            return true;
    }
    return false;
}
