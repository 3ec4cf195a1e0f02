/* Reports: their parts in the order of writing, with the indicators that they show. */
#include "sema/analysis.h"

typedef struct ReportReading {
    Analysis *analysis;
    ReportModel *report;
    const Node *every, *narrative;
} ReportReading;

static ReportItem *add_item(ReportReading *reading, ReportItemKind kind, Text title, Text text,
                            Span span) {
    ReportItem *item = &reading->report->items[reading->report->items_len++];
    *item = (ReportItem){.kind = kind, .title = title.text, .text = text.text, .span = span};
    return item;
}

/* An indicator with a fault of its own has its message already. */
static const Indicator *shown_indicator(Analysis *a, Name name) {
    const Node *node = name_table_find(&a->indicators, name.atom);
    if (!node) {
        if (name_is_lost(a, name.atom, a->indicators.names.items, a->indicators.names.len))
            return NULL;
        Diag *diag = fault(a, DIAG_indicator_not_declared, name.span, "there is no indicator '%s'",
                           name.atom);
        diag_suggest(diag, name.atom, a->indicators.names.items, a->indicators.names.len);
        return NULL;
    }
    IndicatorDeclaration *declaration = analyse_indicator(a, node);
    return declaration->sound ? declaration->indicator : NULL;
}

static const Indicator **shown_list(Analysis *a, const NameList *names, size_t *len) {
    const Indicator **list = arena_array(a->arena, names->len + 1, sizeof *list);
    for (size_t i = 0; i < names->len; i++) {
        const Indicator *indicator = shown_indicator(a, names->items[i]);
        if (indicator)
            list[(*len)++] = indicator;
    }
    return list;
}

static void read_show(ReportReading *reading, const Node *clause) {
    Analysis *a = reading->analysis;
    const Node_Show *show = node_Show(clause);
    ReportItem *item = add_item(reading, REPORT_SHOW, (Text){0}, (Text){0}, clause->span);
    item->shown = shown_list(a, &show->names, &item->shown_len);
    item->with = shown_list(a, &show->with, &item->with_len);
    item->chart_months = show->chart_months;
    if (show->with.len > 0 && show->names.len > 1)
        diag_help(fault(a, DIAG_report_with, clause->span,
                        "'with' puts values beside one indicator, but here are %zu",
                        show->names.len),
                  "write a 'show' of its own for the row with several values");
}

static void once(ReportReading *reading, const Node **slot, const Node *clause, const char *word) {
    if (!*slot) {
        *slot = clause;
        return;
    }
    diag_note(fault(reading->analysis, DIAG_clause_twice, clause->span, "'%s' is set twice", word),
              (*slot)->span, "first set here");
}

static void read_clause(ReportReading *reading, const Node *clause) {
    if (clause->kind == NODE_REPORT_FIELD) {
        const Node_ReportField *field = node_ReportField(clause);
        add_item(reading, REPORT_FIELD, field->title, field->text, clause->span);
    } else if (clause->kind == NODE_REPORT_PART) {
        const Node_ReportPart *part = node_ReportPart(clause);
        add_item(reading, REPORT_PART, part->title, (Text){0}, clause->span)->status = part->status;
    } else if (clause->kind == NODE_REPORT_SECTION) {
        add_item(reading, REPORT_SECTION, node_ReportSection(clause)->title, (Text){0},
                 clause->span);
    } else if (clause->kind == NODE_REFER) {
        const Node_Refer *refer = node_Refer(clause);
        add_item(reading, REPORT_REFER, refer->title, refer->text, clause->span);
    } else if (clause->kind == NODE_SHOW) {
        read_show(reading, clause);
    } else if (clause->kind == NODE_REPORT_EVERY) {
        once(reading, &reading->every, clause, "every");
        reading->report->every = node_ReportEvery(clause)->every;
    } else if (clause->kind == NODE_TEXT_CLAUSE &&
               node_TextClause(clause)->word == CLAUSE_NARRATIVE) {
        once(reading, &reading->narrative, clause, "narrative");
        reading->report->narrative = node_TextClause(clause)->text.text;
    }
}

void analyse_report(Analysis *a, const Node *node) {
    const Node_Report *written = node_Report(node);
    if (!written->name.atom)
        return;
    const ReportModel *before = name_table_find(&a->reports, written->name.atom);
    if (before) {
        diag_note(fault(a, DIAG_name_twice, written->name.span, "the report '%s' is declared twice",
                        written->name.atom),
                  before->span, "first declared here");
        return;
    }
    a->failed = false;
    ReportModel *report = arena_alloc(a->arena, sizeof *report);
    *report = (ReportModel){.name = written->name.atom,
                            .title = written->title.text,
                            .every = EVERY_MONTH,
                            .span = written->name.span};
    report->items = arena_array(a->arena, written->clauses.len + 1, sizeof *report->items);
    name_table_add(a->arena, &a->reports, written->name.atom, report);
    ReportReading reading = {.analysis = a, .report = report};
    bool damaged = false;
    for (size_t i = 0; i < written->clauses.len; i++) {
        damaged = damaged || written->clauses.items[i]->kind == NODE_BROKEN_CLAUSE;
        read_clause(&reading, written->clauses.items[i]);
    }
    if (!a->failed && !damaged)
        a->model->reports[a->model->reports_len++] = report;
}
