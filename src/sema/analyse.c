/* The order of work: names of all files first, then what they stand for, then the indicators. */
#include "sema/analyse.h"

#include "base/stdlib_files.h"
#include "sema/analysis.h"
#include "sema/checks.h"

bool name_is_lost(Analysis *a, const char *wanted, const char *const *names, size_t len) {
    a->failed = true;
    return a->names_lost && !text_nearest(wanted, names, len);
}

#define MOST_NOTES 8

bool unknown_again(Analysis *a, const void *among, Name name) {
    for (size_t i = 0; i < a->unknown_names.len; i++) {
        UnknownName *known = &a->unknown_names.items[i];
        if (known->among != among || known->name != name.atom)
            continue;
        a->failed = true;
        known->notes++;
        if (known->notes <= MOST_NOTES)
            diag_note(known->diag, fault_span(a, name.span), "and here%s",
                      known->notes == MOST_NOTES ? ", and perhaps elsewhere" : "");
        return true;
    }
    return false;
}

Diag *unknown_said(Analysis *a, const void *among, Name name, Diag *diag) {
    UnknownName said = {.among = among, .name = name.atom, .diag = diag};
    vec_push(a->arena, &a->unknown_names, said);
    return diag;
}

/* ---- declarations of all files, libraries first ---- */

static void collect_file(Analysis *a, const ParsedFile *file);

static void unknown_library(Analysis *a, const Node *node, const char *shown) {
    const Node_Use *use = node_Use(node);
    a->names_lost = true;
    Diag *diag = fault(a, DIAG_unknown_library, node->span, "there is no %s '%s' to use",
                       use->library.atom ? "library" : "file", shown);
    const char **names = arena_array(a->arena, stdlib_files_len + 1, sizeof *names);
    for (size_t i = 0; i < stdlib_files_len; i++)
        names[i] = stdlib_files[i].name;
    if (use->library.atom)
        diag_suggest(diag, shown, names, stdlib_files_len);
    diag_help(diag, "`use NAME` takes a library that comes with kpic, `use \"path\"` a file beside "
                    "this one");
}

static void use_library(Analysis *a, const Node *node, uint32_t using_src) {
    const Node_Use *use = node_Use(node);
    const char *name = use->library.atom, *path = use->path.text, *shown = name ? name : path;
    LibraryText text = {0};
    bool found =
        a->options->find_library &&
        a->options->find_library(a->options->context, name, path, using_src, &text, &shown);
    if (!found) {
        unknown_library(a, node, shown);
        return;
    }
    Atom key = atom_of_text(a->session->atoms, shown);
    if (name_table_find(&a->libraries, key))
        return;
    name_table_add(a->arena, &a->libraries, key, a);
    collect_file(a, parse_file(a->session, shown, text.text, text.len));
}

static void collect_file(Analysis *a, const ParsedFile *file) {
    const NodeList *declarations = &node_File(file->file)->declarations;
    a->names_lost = a->names_lost || file->names_lost;
    for (size_t i = 0; i < declarations->len; i++)
        if (declarations->items[i]->kind == NODE_USE)
            use_library(a, declarations->items[i], file->src);
    for (size_t i = 0; i < declarations->len; i++)
        vec_push(a->arena, &a->declarations, declarations->items[i]);
}

/* ---- names ---- */

static bool enter(Analysis *a, NameTable *table, Name name, void *value, const char *what,
                  Span before) {
    if (!name.atom) {
        a->names_lost = true;
        return false;
    }
    if (name_table_find(table, name.atom)) {
        Diag *diag =
            fault(a, DIAG_name_twice, name.span, "the %s '%s' is declared twice", what, name.atom);
        diag_note(diag, before, "first declared here");
        return false;
    }
    name_table_add(a->arena, table, name.atom, value);
    return true;
}

static Span span_of_codes(const Analysis *a, Atom name) {
    const CodeSet *codes = name_table_find(&a->codes, name);
    return codes ? codes->span : (Span){0};
}

static void enter_codes(Analysis *a, const Node *node) {
    const Node_Codes *written = node_Codes(node);
    CodeSet *codes = arena_alloc(a->arena, sizeof *codes);
    *codes = (CodeSet){
        .name = written->name.atom, .title = written->title.text, .span = written->name.span};
    enter(a, &a->codes, written->name, codes, "code set", span_of_codes(a, written->name.atom));
}

static void enter_source(Analysis *a, const Node *node) {
    const Node_Source *written = node_Source(node);
    SourceModel *source = arena_alloc(a->arena, sizeof *source);
    *source = (SourceModel){
        .name = written->name.atom, .title = written->title.text, .span = written->name.span};
    source->self = (RowVar){.name = written->name.atom,
                            .id = a->next_row++,
                            .source = source,
                            .span = written->name.span};
    SourceDeclaration *declaration = arena_alloc(a->arena, sizeof *declaration);
    *declaration = (SourceDeclaration){.source = source, .node = written};
    const SourceDeclaration *before = name_table_find(&a->sources, written->name.atom);
    enter(a, &a->sources, written->name, declaration, "source",
          before ? before->source->span : (Span){0});
}

static void enter_calendar(Analysis *a, const Node *node) {
    const Node_Calendar *written = node_Calendar(node);
    CalendarModel *calendar = arena_alloc(a->arena, sizeof *calendar);
    *calendar = (CalendarModel){
        .name = written->name.atom, .title = written->title.text, .span = written->name.span};
    const CalendarModel *before = name_table_find(&a->calendars, written->name.atom);
    enter(a, &a->calendars, written->name, calendar, "calendar", before ? before->span : (Span){0});
}

static void enter_neighbours(Analysis *a, const Node *node) {
    const Node_Neighbours *written = node_Neighbours(node);
    NeighbourSet *set = arena_alloc(a->arena, sizeof *set);
    *set = (NeighbourSet){.name = written->name.atom,
                          .title = written->title.text,
                          .of = written->of.text,
                          .span = written->name.span};
    const NeighbourSet *before = name_table_find(&a->neighbours, written->name.atom);
    enter(a, &a->neighbours, written->name, set, "list of neighbours",
          before ? before->span : (Span){0});
}

static void enter_rating(Analysis *a, const Node *node) {
    const Node_Rating *written = node_Rating(node);
    RatingScheme *rating = arena_alloc(a->arena, sizeof *rating);
    *rating = (RatingScheme){
        .name = written->name.atom, .title = written->title.text, .span = written->name.span};
    const RatingScheme *before = name_table_find(&a->ratings, written->name.atom);
    enter(a, &a->ratings, written->name, rating, "rating", before ? before->span : (Span){0});
}

/* Defines and indicators share one scope. */
static void enter_define(Analysis *a, const Node *node) {
    const Node_Define *written = node_Define(node);
    DefineDeclaration *define = arena_alloc(a->arena, sizeof *define);
    *define = (DefineDeclaration){.node = written, .span = written->name.span};
    define->model = arena_alloc(a->arena, sizeof *define->model);
    *define->model = (DefineModel){.name = written->name.atom, .span = written->name.span};
    /* Of a broken first line the name may be another word than was meant. */
    a->names_lost = a->names_lost || !written->body;
    const Node *indicator = name_table_find(&a->indicators, written->name.atom);
    if (indicator) {
        Diag *diag = fault(a, DIAG_name_twice, written->name.span,
                           "'%s' is the name of an indicator", written->name.atom);
        diag_note(diag, indicator->span, "declared here");
        return;
    }
    const DefineDeclaration *before = name_table_find(&a->defines, written->name.atom);
    enter(a, &a->defines, written->name, define, "define", before ? before->span : (Span){0});
}

static void enter_indicator(Analysis *a, const Node *node) {
    const Node_Indicator *written = node_Indicator(node);
    const DefineDeclaration *define = name_table_find(&a->defines, written->name.atom);
    if (define) {
        Diag *diag = fault(a, DIAG_name_twice, written->name.span, "'%s' is the name of a define",
                           written->name.atom);
        diag_note(diag, define->span, "declared here");
        return;
    }
    const Node *before = name_table_find(&a->indicators, written->name.atom);
    enter(a, &a->indicators, written->name, (void *)(uintptr_t)node, "indicator",
          before ? node_Indicator(before)->name.span : (Span){0});
}

static void enter_project(Analysis *a, const Node *node) {
    if (a->project) {
        Diag *diag = fault(a, DIAG_name_twice, node->span, "the project is declared twice");
        diag_note(diag, a->project->span, "first declared here");
        return;
    }
    a->project = node;
}

static void enter_declaration(Analysis *a, const Node *node) {
    if (node->kind == NODE_CODES)
        enter_codes(a, node);
    else if (node->kind == NODE_SOURCE)
        enter_source(a, node);
    else if (node->kind == NODE_CALENDAR)
        enter_calendar(a, node);
    else if (node->kind == NODE_DEFINE)
        enter_define(a, node);
    else if (node->kind == NODE_INDICATOR)
        enter_indicator(a, node);
    else if (node->kind == NODE_NEIGHBOURS)
        enter_neighbours(a, node);
    else if (node->kind == NODE_RATING)
        enter_rating(a, node);
    else if (node->kind == NODE_PROJECT)
        enter_project(a, node);
}

/* ---- what the names stand for ---- */

typedef void (*DeclarationStep)(Analysis *a, const Node *node);

static void each(Analysis *a, NodeKind kind, DeclarationStep step) {
    for (size_t i = 0; i < a->declarations.len; i++)
        if (a->declarations.items[i]->kind == kind)
            step(a, a->declarations.items[i]);
}

/* Only the first of two declarations of one name goes on. */
static void read_source(Analysis *a, const Node *node) {
    SourceDeclaration *found = name_table_find(&a->sources, node_Source(node)->name.atom);
    if (found && found->node == node_Source(node))
        declare_source(a, node);
}

static void read_codes(Analysis *a, const Node *node) {
    const CodeSet *found = name_table_find(&a->codes, node_Codes(node)->name.atom);
    if (found && found->span.off == node_Codes(node)->name.span.off &&
        found->span.src == node_Codes(node)->name.span.src)
        declare_codes(a, node);
}

static bool is_own_calendar(Analysis *a, const Node *node) {
    const CalendarModel *found = name_table_find(&a->calendars, node_Calendar(node)->name.atom);
    return found && found->span.off == node_Calendar(node)->name.span.off &&
           found->span.src == node_Calendar(node)->name.span.src;
}

static void read_calendar(Analysis *a, const Node *node) {
    if (is_own_calendar(a, node))
        declare_calendar(a, node);
}

static void finish_calendar(Analysis *a, const Node *node) {
    if (is_own_calendar(a, node))
        complete_calendar(a, node);
}

/* A define is looked into even if nothing uses it: unknown names and cycles are said once. Its
 * parameters have no type here, and what depends on them is accepted. */
static void check_define(Analysis *a, DefineDeclaration *define) {
    const Node_Define *node = define->node;
    NodeList arguments = {0};
    Node *unknown = arena_alloc(a->arena, sizeof *unknown);
    *unknown = (Node){.kind = NODE_BROKEN_CLAUSE, .span = define->span};
    for (size_t i = 0; i < node->parameters.len; i++)
        vec_push(a->arena, &arguments, unknown);
    Place place = {.analysis = a, .stock = true, .in_indicator = true};
    a->checking_define = true;
    a->unknown.len = 0;
    infer_define(&place, define, &arguments, define->span, NULL);
    a->checking_define = false;
}

static void read_indicator(Analysis *a, const Node *node) {
    a->model->indicators_declared++;
    if (name_table_find(&a->indicators, node_Indicator(node)->name.atom) == node)
        analyse_indicator(a, node);
}

static void read_benchmarks(Analysis *a, const Node *node) {
    if (name_table_find(&a->indicators, node_Indicator(node)->name.atom) == node)
        benchmarks_build(a, analyse_indicator(a, node));
}

/* An indicator made of one that is not sound is not sound either. */
static bool is_sound(const Analysis *a, const Indicator *indicator) {
    const IndicatorDeclaration *declaration = name_table_find(&a->built, indicator->id);
    if (!declaration->sound)
        return false;
    for (size_t i = 0; i < indicator->inputs_len; i++)
        if (!is_sound(a, indicator->inputs[i]))
            return false;
    return true;
}

static void list_indicator(Analysis *a, const Node *node) {
    if (name_table_find(&a->indicators, node_Indicator(node)->name.atom) != node)
        return;
    const Indicator *indicator = analyse_indicator(a, node)->indicator;
    if (is_sound(a, indicator))
        a->model->indicators[a->model->indicators_len++] = indicator;
}

static void compute_columns(Analysis *a, const SourceDeclaration *declaration) {
    a->unknown.len = 0;
    for (size_t c = 0; c < declaration->source->columns_len; c++)
        column_compute(a, &declaration->source->columns[c]);
}

static void *copy_pointers(Analysis *a, const NameTable *table) {
    void **copy = arena_array(a->arena, table->values.len + 1, sizeof *copy);
    for (size_t i = 0; i < table->values.len; i++)
        copy[i] = table->values.items[i];
    return copy;
}

static void list_names(Analysis *a) {
    Model *model = a->model;
    const DefineModel **defines =
        arena_array(a->arena, a->defines.values.len + 1, sizeof *model->defines);
    for (size_t i = 0; i < a->defines.values.len; i++)
        defines[i] = ((const DefineDeclaration *)a->defines.values.items[i])->model;
    model->defines = defines;
    model->defines_len = a->defines.values.len;
    model->codes = copy_pointers(a, &a->codes);
    model->codes_len = a->codes.values.len;
    model->calendars = copy_pointers(a, &a->calendars);
    model->calendars_len = a->calendars.values.len;
    model->neighbours = copy_pointers(a, &a->neighbours);
    model->neighbours_len = a->neighbours.values.len;
    model->ratings = copy_pointers(a, &a->ratings);
    model->ratings_len = a->ratings.values.len;
    model->sources = arena_array(a->arena, a->sources.values.len + 1, sizeof *model->sources);
    for (size_t i = 0; i < a->sources.values.len; i++) {
        SourceDeclaration *declaration = a->sources.values.items[i];
        declaration->source->index = i;
        model->sources[model->sources_len++] = declaration->source;
    }
}

const Model *analyse(Session *session, ParsedFile *const *files, size_t files_len,
                     const AnalyseOptions *options) {
    Analysis *a = arena_alloc(session->arena, sizeof *a);
    *a = (Analysis){
        .session = session, .arena = session->arena, .diags = session->diags, .options = options};
    for (size_t i = 0; i <= BASIS_NUMBER; i++)
        a->decimals[i] = -1;
    a->model = arena_alloc(a->arena, sizeof *a->model);
    size_t said_before = diags_count(session->diags);
    uint32_t *own = arena_array(a->arena, files_len + 1, sizeof *own);
    for (size_t i = 0; i < files_len; i++) {
        own[i] = files[i]->src;
        collect_file(a, files[i]);
    }
    a->model->files = own;
    a->model->files_len = files_len;
    for (size_t i = 0; i < a->declarations.len; i++)
        enter_declaration(a, a->declarations.items[i]);
    list_names(a);
    each(a, NODE_CODES, read_codes);
    each(a, NODE_SOURCE, read_source);
    for (size_t i = 0; i < a->sources.values.len; i++)
        complete_source(a, a->sources.values.items[i]);
    each(a, NODE_CALENDAR, read_calendar);
    each(a, NODE_CALENDAR, finish_calendar);
    a->taken_lost = !a->project && a->names_lost;
    each(a, NODE_NEIGHBOURS, complete_neighbours);
    each(a, NODE_RATING, complete_rating);
    if (a->project)
        complete_project(a, a->project);
    if (!a->model->project.calendar && a->calendars.values.len == 1)
        a->model->project.calendar = a->calendars.values.items[0];
    for (size_t i = 0; i < a->defines.values.len; i++)
        check_define(a, a->defines.values.items[i]);
    for (size_t i = 0; i < a->sources.values.len; i++)
        compute_columns(a, a->sources.values.items[i]);
    a->model->indicators =
        arena_array(a->arena, a->indicators.values.len + 1, sizeof *a->model->indicators);
    each(a, NODE_INDICATOR, read_indicator);
    each(a, NODE_INDICATOR, read_benchmarks);
    each(a, NODE_INDICATOR, list_indicator);
    a->model->reports = arena_array(a->arena, a->declarations.len + 1, sizeof *a->model->reports);
    each(a, NODE_REPORT, analyse_report);
    a->model->tests = arena_array(a->arena, a->declarations.len + 1, sizeof *a->model->tests);
    each(a, NODE_TEST, analyse_test);
    a->model->rowvars = a->next_row;
    if (options->catalog)
        check_catalog(a, options->catalog);
    read_check_settings(a);
    checks_settle(session->diags, a->model, said_before);
    return a->model;
}
