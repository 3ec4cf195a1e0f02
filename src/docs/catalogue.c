#include "docs/catalogue.h"

#include <ctype.h>
#include <string.h>
#include <xxhash.h>

#include "plan/plan.h"
#include "report/notes.h"
#include "report/row.h"
#include "sema/walk.h"

#define LONGEST_NAME 100 /* bytes of an id in the name of a file */

typedef struct Building {
    Arena *arena;
    const CatalogueInput *input;
    Catalogue *catalogue;
} Building;

/* ---- names ---- */

/* Lower-case letters, digits, _ and - stay; every other byte is ~ and two hexadecimal digits, so
 * that two ids never meet in one file, not even where capital letters do not count. `index` is
 * taken. */
static const char *file_name(Arena *arena, const char *id) {
    StrBuf name = {0};
    bool taken = strcmp(id, "index") == 0;
    for (const char *c = id; *c && name.len < LONGEST_NAME; c++) {
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '_' || *c == '-';
        if (plain && !(taken && c == id))
            strbuf_add_char(&name, *c);
        else
            strbuf_addf(&name, "~%02x", (unsigned)(unsigned char)*c);
    }
    if (name.len >= LONGEST_NAME)
        strbuf_addf(&name, "~~%016llx", (unsigned long long)XXH3_64bits(id, strlen(id)));
    const char *copy = arena_copy_text(arena, strbuf_text(&name), name.len);
    strbuf_fini(&name);
    return copy;
}

/* ---- the text of a declaration ---- */

static size_t line_end(const char *text, size_t len, size_t at) {
    while (at < len && text[at] != '\n')
        at++;
    return at < len ? at + 1 : at;
}

static bool line_is_blank(const char *text, size_t from, size_t to) {
    for (; from < to; from++)
        if (!strchr(" \r\n", text[from]))
            return false;
    return true;
}

/* From the line of its name to the next declaration, without the blank lines and the comments in
 * the first column before that one. */
static CatalogueText text_at(const Building *b, Span span) {
    const Sources *sources = b->input->session->sources;
    size_t len;
    const char *text = sources_text(sources, span.src, &len);
    size_t start = span.off, end;
    while (start > 0 && text[start - 1] != '\n')
        start--;
    end = line_end(text, len, start);
    for (size_t at = end, next; at < len; at = next) {
        next = line_end(text, len, at);
        bool blank = line_is_blank(text, at, next), comment = text[at] == '#';
        if (!blank && !comment && text[at] != ' ')
            break;
        if (!blank && !comment)
            end = next;
    }
    return (CatalogueText){.file = sources_name(sources, span.src),
                           .line = sources_place(sources, span.src, (uint32_t)start).line,
                           .text = text + start,
                           .len = end - start};
}

/* ---- tables and columns ---- */

typedef struct Reading {
    Arena *arena;
    CataloguePage *page;
    const Catalogue *catalogue;
} Reading;

static CatalogueSource *source_of(Reading *reading, const SourceModel *source) {
    CataloguePage *page = reading->page;
    for (size_t i = 0; i < page->sources.len; i++)
        if (page->sources.items[i].source == source)
            return &page->sources.items[i];
    CatalogueSource new = {.source = source};
    vec_push(reading->arena, &page->sources, new);
    return &page->sources.items[page->sources.len - 1];
}

static Walk walk_of(Reading *reading);

/* In the order of the source; a computed column brings those that it is worked out from. */
static void read_column(Reading *reading, const ColumnModel *column) {
    CatalogueSource *used = source_of(reading, column->source);
    size_t at = used->columns.len;
    for (size_t i = 0; i < used->columns.len; i++)
        if (used->columns.items[i] == column)
            return;
    vec_push(reading->arena, &used->columns, column);
    for (; at > 0 && used->columns.items[at - 1]->index > column->index; at--)
        used->columns.items[at] = used->columns.items[at - 1];
    used->columns.items[at] = column;
    Walk walk = walk_of(reading);
    walk_expr(&walk, column->computed);
    if (column->type.kind == TYPE_ROW)
        source_of(reading, column->type.row);
}

static void add_indicator(Arena *arena, CatalogueIndicators *list, const Indicator *indicator) {
    for (size_t i = 0; i < list->len; i++)
        if (list->items[i] == indicator)
            return;
    vec_push(arena, list, indicator);
}

static bool see_expr(void *context, const Expr *expr) {
    Reading *reading = context;
    if (expr->kind == EXPR_COLUMN)
        read_column(reading, expr->as.column.column);
    if (expr->kind == EXPR_INDICATOR)
        add_indicator(reading->arena, &reading->page->inputs, expr->as.indicator);
    return false;
}

static bool see_rows(void *context, const Rowset *rows) {
    Reading *reading = context;
    source_of(reading, rows->source);
    return false;
}

static Walk walk_of(Reading *reading) {
    return (Walk){.expr = see_expr, .rows = see_rows, .context = reading};
}

static void read_indicator(Reading *reading, const Indicator *indicator) {
    Walk walk = walk_of(reading);
    walk_indicator(&walk, indicator);
    for (size_t i = 0; i < indicator->benchmarks_len; i++) {
        const Benchmark *benchmark = &indicator->benchmarks[i];
        if (benchmark->from && benchmark->from != indicator)
            add_indicator(reading->arena, &reading->page->inputs, benchmark->from);
        if (benchmark->compared_as && benchmark->compared_as != indicator)
            add_indicator(reading->arena, &reading->page->inputs, benchmark->compared_as);
    }
}

/* ---- tests, reports, the latest value ---- */

static void add_tests(const Building *b, CataloguePage *page) {
    const Model *model = b->input->model;
    for (size_t i = 0; i < model->tests_len; i++) {
        CatalogueTest test = {.test = model->tests[i]};
        if (test.test->indicator != page->indicator)
            continue;
        test.text = text_at(b, test.test->span);
        vec_push(b->arena, &page->tests, test);
    }
}

static bool shows(const ReportItem *item, const Indicator *indicator) {
    for (size_t i = 0; i < item->shown_len; i++)
        if (item->shown[i] == indicator)
            return true;
    for (size_t i = 0; i < item->with_len; i++)
        if (item->with[i] == indicator)
            return true;
    return false;
}

static void add_reports(const Building *b, CataloguePage *page) {
    const Model *model = b->input->model;
    for (size_t i = 0; i < model->reports_len; i++) {
        const ReportModel *report = model->reports[i];
        size_t j = 0;
        while (j < report->items_len && !shows(&report->items[j], page->indicator))
            j++;
        if (j < report->items_len)
            vec_push(b->arena, &page->reports, report);
    }
}

/* A report with one row, so that the catalogue shows a value just as reports do. */
static void add_latest(const Building *b, CataloguePage *page) {
    const Report *rows = b->input->rows;
    if (!rows || !document_whole(rows, page->indicator))
        return;
    const Indicator **shown = arena_array(b->arena, 1, sizeof *shown);
    shown[0] = page->indicator;
    ReportItem *item = arena_alloc(b->arena, sizeof *item);
    *item = (ReportItem){.kind = REPORT_SHOW, .shown = shown, .shown_len = 1};
    ReportModel *report = arena_alloc(b->arena, sizeof *report);
    *report = (ReportModel){.name = page->indicator->id,
                            .title = page->indicator->title,
                            .every = page->indicator->every,
                            .items = item,
                            .items_len = 1};
    static const Narrative none = {0};
    DocumentInput input = {.model = report,
                           .period = b->input->period,
                           .rows = rows,
                           .narrative = &none,
                           .made_by = b->input->made_by};
    page->latest = document_build(b->arena, &input);
}

/* ---- words ---- */

const char *catalogue_window(Arena *arena, const Indicator *indicator) {
    StrBuf words = {0};
    indicator_window_words(&words, indicator);
    return row_keep(arena, &words);
}

static const char *title_of(const char *title, Atom name) {
    return title && *title ? title : name;
}

const char *catalogue_type(Arena *arena, const ColumnModel *column) {
    const Type *type = &column->type;
    const char *words = type_words(*type);
    if (strncmp(words, "a ", 2) == 0)
        words += 2;
    if (type->kind == TYPE_ROW)
        words = arena_printf(arena, "link to %s", title_of(type->row->title, type->row->name));
    if (type->codes)
        words = arena_printf(arena, "text in %s", title_of(type->codes->title, type->codes->name));
    if (type->unit)
        words = arena_printf(arena, "%s of %s", words, type->unit);
    return arena_printf(arena, "%s%s%s", words, type->open ? ", open" : "",
                        column->optional ? ", optional" : "");
}

const char *catalogue_target(Arena *arena, const Indicator *indicator, const Target *target) {
    if (target->none)
        return "none: for information only";
    StrBuf words = {0};
    Measure measure = {indicator->basis, indicator->unit, indicator->decimals};
    measure_print(&words, measure, target->value, target->decimals);
    return row_keep(arena, &words);
}

const char *catalogue_in_force(Arena *arena, const Target *target) {
    if (!target->has_from)
        return "always";
    StrBuf words = {0};
    strbuf_add(&words, "from ");
    date_print_long(&words, target->from);
    return row_keep(arena, &words);
}

static const char *summary_of(const CataloguePage *page) {
    if (page->indicator->why)
        return page->indicator->why;
    for (size_t i = 0; i < page->sentences.len; i++)
        if (strcmp(topic_heading(page->sentences.items[i].topic), topic_heading(TOPIC_ROWS)) == 0)
            return page->sentences.items[i].text;
    return "";
}

/* ---- facts ---- */

static void add_fact(const Building *b, CataloguePage *page, const char *label, const char *text) {
    CatalogueFact fact = {label, text};
    if (text && *text)
        vec_push(b->arena, &page->facts, fact);
}

static void add_date(const Building *b, CataloguePage *page, const char *label, Date date) {
    StrBuf words = {0};
    date_print_long(&words, date);
    add_fact(b, page, label, row_keep(b->arena, &words));
}

static const char *note_label(Arena *arena, const NoteModel *note) {
    if (!note->has_period)
        return "Note";
    StrBuf words = {0};
    strbuf_add(&words, "Note on ");
    period_print(&words, note->period);
    return row_keep(arena, &words);
}

static void add_facts(const Building *b, CataloguePage *page) {
    const Indicator *indicator = page->indicator;
    add_fact(b, page, "How often", catalogue_window(b->arena, indicator));
    add_fact(b, page, "Owner", indicator->owner);
    add_fact(b, page, "Method", indicator->method);
    add_fact(b, page, "Guidance", indicator->guidance);
    if (indicator->has_checked)
        add_date(b, page, "Checked on", indicator->checked);
    if (indicator->has_review)
        add_date(b, page, "To be reviewed by", indicator->review);
    for (size_t i = 0; i < indicator->notes_len; i++)
        add_fact(b, page, note_label(b->arena, &indicator->notes[i]), indicator->notes[i].text);
}

/* ---- the whole ---- */

static CataloguePage page_of(const Building *b, const Indicator *indicator) {
    CataloguePage page = {.indicator = indicator,
                          .file = file_name(b->arena, indicator->id),
                          .text = text_at(b, indicator->span)};
    plan_definition_hash(b->input->model, indicator, page.hash);
    add_facts(b, &page);
    wording_of_indicator(b->arena, indicator, &page.sentences);
    page.summary = summary_of(&page);
    Reading reading = {b->arena, &page, b->catalogue};
    read_indicator(&reading, indicator);
    add_tests(b, &page);
    add_reports(b, &page);
    add_latest(b, &page);
    return page;
}

/* By title, letters of either case alike; then by id, which differs. */
static int page_order(const CataloguePage *a, const CataloguePage *b) {
    const char *s = a->indicator->title, *t = b->indicator->title;
    while (*s && tolower((unsigned char)*s) == tolower((unsigned char)*t)) {
        s++;
        t++;
    }
    int order = tolower((unsigned char)*s) - tolower((unsigned char)*t);
    return order != 0 ? order : strcmp(a->indicator->id, b->indicator->id);
}

static void add_page(const Building *b, CataloguePage page) {
    Catalogue *catalogue = b->catalogue;
    size_t at = catalogue->pages.len;
    vec_push(b->arena, &catalogue->pages, page);
    for (; at > 0 && page_order(&catalogue->pages.items[at - 1], &page) > 0; at--)
        catalogue->pages.items[at] = catalogue->pages.items[at - 1];
    catalogue->pages.items[at] = page;
}

/* What a page is made from is used by that page. */
static void add_uses(const Building *b) {
    Catalogue *catalogue = b->catalogue;
    for (size_t i = 0; i < catalogue->pages.len; i++)
        for (size_t j = 0; j < catalogue->pages.items[i].inputs.len; j++)
            for (size_t k = 0; k < catalogue->pages.len; k++)
                if (catalogue->pages.items[k].indicator ==
                    catalogue->pages.items[i].inputs.items[j])
                    add_indicator(b->arena, &catalogue->pages.items[k].uses,
                                  catalogue->pages.items[i].indicator);
}

const CataloguePage *catalogue_page(const Catalogue *catalogue, const Indicator *indicator) {
    for (size_t i = 0; i < catalogue->pages.len; i++)
        if (catalogue->pages.items[i].indicator == indicator)
            return &catalogue->pages.items[i];
    return NULL;
}

const Catalogue *catalogue_build(Arena *arena, const CatalogueInput *input) {
    Catalogue *catalogue = arena_alloc(arena, sizeof *catalogue);
    const Model *model = input->model;
    Building b = {arena, input, catalogue};
    *catalogue = (Catalogue){.model = model, .made_by = input->made_by, .rows = input->rows};
    catalogue->title = model->project.title ? model->project.title : "Indicators";
    if (input->rows) {
        StrBuf words = {0};
        period_words(&words, input->period);
        catalogue->period = row_keep(arena, &words);
        catalogue->fingerprint = input->rows->fingerprint;
    }
    for (size_t i = 0; i < model->indicators_len; i++)
        add_page(&b, page_of(&b, model->indicators[i]));
    add_uses(&b);
    return catalogue;
}
