/* One indicator: its clauses sorted out, then its settings, shape and parts, then the whole. */
#include "sema/analysis.h"

/* ---- clauses ---- */

/* Two clauses set twice are most often two indicators in one: that is one fault. */
static void once(Analysis *a, Clauses *clauses, const Node **slot, const Node *clause,
                 const char *word) {
    if (!*slot) {
        *slot = clause;
        return;
    }
    clauses->twice_len++;
    if (clauses->twice) {
        diag_note(clauses->twice, clause->span, "'%s' too", word);
        if (clauses->twice_len == 2)
            diag_help(clauses->twice, "or is the first line of an indicator missing above?");
        return;
    }
    clauses->twice = fault(a, DIAG_clause_twice, clause->span, "'%s' is set twice", word);
    diag_note(clauses->twice, (*slot)->span, "first set here");
    diag_help(clauses->twice, "leave one of the two out");
}

static void read_words(Analysis *a, Clauses *clauses, const Node *clause) {
    switch (node_TextClause(clause)->word) {
    case CLAUSE_WHY:
        once(a, clauses, &clauses->why, clause, "why");
        return;
    case CLAUSE_METHOD:
        once(a, clauses, &clauses->method, clause, "method");
        return;
    case CLAUSE_GUIDANCE:
        once(a, clauses, &clauses->guidance, clause, "guidance");
        return;
    case CLAUSE_OWNER:
        once(a, clauses, &clauses->owner, clause, "owner");
        return;
    case CLAUSE_NOTE:
        vec_push(a->arena, &clauses->notes, clause);
        return;
    case CLAUSE_STORE:
    case CLAUSE_AUTHORITY:
    case CLAUSE_CALENDAR:
    case CLAUSE_AUDIENCE:
    case CLAUSE_CHECKED:
    case CLAUSE_REVIEW:
    case CLAUSE_NARRATIVE: /* of reports alone */
        return;
    }
}

static void read_date(Analysis *a, Clauses *clauses, const Node *clause) {
    if (node_DateClause(clause)->word == CLAUSE_CHECKED)
        once(a, clauses, &clauses->checked, clause, "checked");
    else
        once(a, clauses, &clauses->review, clause, "review");
}

static const Node **slot_of(Clauses *clauses, NodeKind kind, const char **word) {
    const struct {
        NodeKind kind;
        const Node **slot;
        const char *word;
    } slots[] = {{NODE_DENOMINATOR, &clauses->denominator, "denominator"},
                 {NODE_NUMERATOR, &clauses->numerator, "numerator"},
                 {NODE_VALUE, &clauses->value, "value"},
                 {NODE_BASIS, &clauses->basis, "basis"},
                 {NODE_WINDOW, &clauses->window, "window"},
                 {NODE_GOOD, &clauses->good, "good"},
                 {NODE_COMPARE, &clauses->compare, "compare"},
                 {NODE_DECIMALS, &clauses->decimals, "decimals"},
                 {NODE_GOOD_BANDS, &clauses->good, "good"},
                 {NODE_DISTRIBUTION, &clauses->distribution, "distribution"},
                 {NODE_BANDS, &clauses->bands, "bands"},
                 {NODE_TOLERANCE, &clauses->tolerance, "tolerance"},
                 {NODE_RATING_USE, &clauses->rating, "rating"},
                 {NODE_SUPPRESS, &clauses->suppress, "suppress"},
                 {NODE_INTERVAL, &clauses->interval, "interval"}};
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (slots[i].kind == kind) {
            *word = slots[i].word;
            return slots[i].slot;
        }
    return NULL;
}

static void read_clause(Analysis *a, Clauses *clauses, const Node *clause) {
    const char *word = "";
    const Node **slot = slot_of(clauses, clause->kind, &word);
    if (slot)
        once(a, clauses, slot, clause, word);
    else if (clause->kind == NODE_TEXT_CLAUSE)
        read_words(a, clauses, clause);
    else if (clause->kind == NODE_DATE_CLAUSE)
        read_date(a, clauses, clause);
    else if (clause->kind == NODE_CHECK_SETTING)
        return; /* read with those of all declarations (checks.c) */
    else if (clause->kind == NODE_EXCLUDE)
        vec_push(a->arena, &clauses->excludes, clause);
    else if (clause->kind == NODE_OF_WHICH)
        vec_push(a->arena, &clauses->parts, clause);
    else if (clause->kind == NODE_BY)
        vec_push(a->arena, &clauses->breakdowns, clause);
    else if (clause->kind == NODE_TARGET)
        vec_push(a->arena, &clauses->targets, clause);
    else if (clause->kind == NODE_BENCHMARK)
        vec_push(a->arena, &clauses->benchmarks, clause);
    else if (clause->kind == NODE_BREAK)
        vec_push(a->arena, &clauses->breaks, clause);
    else if (clause->kind == NODE_PROVISIONAL)
        vec_push(a->arena, &clauses->provisionals, clause);
    else if (clause->kind == NODE_REPORTED)
        vec_push(a->arena, &clauses->reported, clause);
    else
        clauses->damaged = true;
}

static const char *text_of(const Node *clause) {
    return clause ? node_TextClause(clause)->text.text : NULL;
}

static void set_words(Analysis *a, Indicator *indicator, const Clauses *clauses) {
    indicator->why = text_of(clauses->why);
    indicator->method = text_of(clauses->method);
    indicator->guidance = text_of(clauses->guidance);
    indicator->owner = text_of(clauses->owner);
    if (clauses->checked) {
        indicator->has_checked = true;
        indicator->checked = node_DateClause(clauses->checked)->date;
    }
    if (clauses->review) {
        indicator->has_review = true;
        indicator->review = node_DateClause(clauses->review)->date;
    }
    indicator->notes = arena_array(a->arena, clauses->notes.len + 1, sizeof *indicator->notes);
    for (size_t i = 0; i < clauses->notes.len; i++) {
        const Node_TextClause *note = node_TextClause(clauses->notes.items[i]);
        indicator->notes[indicator->notes_len++] =
            (NoteModel){note->has_period, note->period, note->text.text};
    }
}

/* `clauses` are sorted out already; whether the indicator is sound. */
static bool build_indicator(Analysis *a, Indicator *indicator, Clauses *clauses) {
    set_words(a, indicator, clauses);
    settings_build(a, indicator, clauses);
    bool settings_failed = a->failed;
    OuterRows outer = {0};
    NamedSpans aliases = {0};
    Place place = {.analysis = a,
                   .stock = indicator->stock || !clauses->window,
                   .in_indicator = true,
                   .outer = &outer,
                   .aliases = &aliases};
    a->failed = false;
    shape_build(&place, indicator, clauses);
    /* Of a basis that does not fit, its decimals and targets say nothing more. */
    if (a->failed || !clauses->basis || units_check(a, indicator, clauses)) {
        amounts_build(a, indicator, clauses);
        judgement_build(a, indicator, clauses);
    }
    a->failed = a->failed || settings_failed;
    parts_build(&place, indicator, clauses);
    if (!a->failed && !clauses->damaged)
        indicator_check(a, indicator, clauses);
    return !a->failed && !clauses->damaged;
}

IndicatorDeclaration *analyse_indicator(Analysis *a, const Node *node) {
    const Node_Indicator *written = node_Indicator(node);
    IndicatorDeclaration *declaration = name_table_find(&a->built, written->name.atom);
    if (declaration)
        return declaration;
    declaration = arena_alloc(a->arena, sizeof *declaration);
    name_table_add(a->arena, &a->built, written->name.atom, declaration);
    /* A derived value looks into its inputs while it is read itself. */
    bool failed = a->failed;
    NamedSpans unknown = a->unknown;
    a->failed = false;
    a->unknown = (NamedSpans){0};
    Clauses *clauses = arena_alloc(a->arena, sizeof *clauses);
    for (size_t i = 0; i < written->clauses.len; i++)
        read_clause(a, clauses, written->clauses.items[i]);
    Indicator *indicator = arena_alloc(a->arena, sizeof *indicator);
    *indicator = (Indicator){
        .id = written->name.atom, .title = written->title.text, .span = written->name.span};
    if (!written->title.text || !written->name.atom)
        clauses->damaged = true;
    declaration->indicator = indicator;
    declaration->clauses = clauses;
    if (clauses->twice_len <= 1) {
        declaration->in_progress = true;
        declaration->sound = build_indicator(a, indicator, clauses);
        declaration->in_progress = false;
    }
    a->failed = failed;
    a->unknown = unknown;
    return declaration;
}
