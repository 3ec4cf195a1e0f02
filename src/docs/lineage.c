#include "docs/lineage.h"

typedef struct Drawing {
    Arena *arena;
    const Catalogue *catalogue;
    const CataloguePage *page;
    Lineage *lineage;
} Drawing;

/* The place of what a box stands for, which is made if it is not there. */
static size_t box_of(Drawing *drawing, LineageBox box, bool *made) {
    Lineage *lineage = drawing->lineage;
    for (size_t i = 0; i < lineage->boxes.len; i++)
        if (lineage->boxes.items[i].what == box.what) {
            *made = false;
            return i;
        }
    *made = true;
    vec_push(drawing->arena, &lineage->boxes, box);
    return lineage->boxes.len - 1;
}

static void add_line(Drawing *drawing, size_t from, size_t to) {
    LineageLine line = {from, to};
    vec_push(drawing->arena, &drawing->lineage->lines, line);
}

static size_t indicator_box(Drawing *drawing, const CataloguePage *page, bool *made) {
    LineageBox box = {.kind = LINEAGE_INDICATOR,
                      .title = page->indicator->title,
                      .note = page->indicator->id,
                      .link = page == drawing->page ? NULL : page->file,
                      .itself = page == drawing->page,
                      .what = page->indicator};
    return box_of(drawing, box, made);
}

static size_t source_box(Drawing *drawing, const SourceModel *source) {
    LineageBox box = {.kind = LINEAGE_SOURCE,
                      .title = source->title ? source->title : source->name,
                      .note = source->table ? source->table : "written in the definitions",
                      .what = source};
    bool made;
    return box_of(drawing, box, &made);
}

/* What comes before a page, and before that. An indicator cannot be made from itself. */
static void add_before(Drawing *drawing, const CataloguePage *page, size_t at) {
    for (size_t i = 0; i < page->sources.len; i++)
        add_line(drawing, source_box(drawing, page->sources.items[i].source), at);
    for (size_t i = 0; i < page->inputs.len; i++) {
        const CataloguePage *input = catalogue_page(drawing->catalogue, page->inputs.items[i]);
        bool made;
        if (!input)
            continue;
        size_t box = indicator_box(drawing, input, &made);
        add_line(drawing, box, at);
        if (made)
            add_before(drawing, input, box);
    }
}

static void add_reports(Drawing *drawing, const CataloguePage *page, size_t at) {
    for (size_t i = 0; i < page->reports.len; i++) {
        const ReportModel *report = page->reports.items[i];
        LineageBox box = {.kind = LINEAGE_REPORT,
                          .title = report->title ? report->title : report->name,
                          .note = report->name,
                          .what = report};
        bool made;
        add_line(drawing, at, box_of(drawing, box, &made));
    }
}

static void add_after(Drawing *drawing, const CataloguePage *page, size_t at) {
    add_reports(drawing, page, at);
    for (size_t i = 0; i < page->uses.len; i++) {
        const CataloguePage *use = catalogue_page(drawing->catalogue, page->uses.items[i]);
        bool made;
        if (!use)
            continue;
        size_t box = indicator_box(drawing, use, &made);
        add_line(drawing, at, box);
        if (made)
            add_after(drawing, use, box);
    }
}

/* Each box stands to the right of all that lead to it; there are at most as many columns as boxes.
 */
static void set_columns(Lineage *lineage) {
    bool moved = true;
    for (size_t round = 0; moved && round <= lineage->boxes.len; round++) {
        moved = false;
        for (size_t i = 0; i < lineage->lines.len; i++) {
            const LineageLine *line = &lineage->lines.items[i];
            size_t wanted = lineage->boxes.items[line->from].column + 1;
            if (lineage->boxes.items[line->to].column < wanted) {
                lineage->boxes.items[line->to].column = wanted;
                moved = true;
            }
        }
    }
    for (size_t i = 0; i < lineage->boxes.len; i++)
        if (lineage->boxes.items[i].column >= lineage->columns)
            lineage->columns = lineage->boxes.items[i].column + 1;
}

/* Tables stand just before the first that reads them, reports in the last column. */
static void pull_together(Lineage *lineage) {
    for (size_t i = 0; i < lineage->boxes.len; i++) {
        LineageBox *box = &lineage->boxes.items[i];
        size_t first = lineage->columns - 1;
        for (size_t j = 0; j < lineage->lines.len; j++) {
            size_t to = lineage->boxes.items[lineage->lines.items[j].to].column;
            if (lineage->lines.items[j].from == i && to < first)
                first = to;
        }
        if (box->kind == LINEAGE_SOURCE && first > 0)
            box->column = first - 1;
        if (box->kind == LINEAGE_REPORT)
            box->column = lineage->columns - 1;
    }
}

static void set_rows(Lineage *lineage) {
    for (size_t column = 0; column < lineage->columns; column++) {
        size_t row = 0;
        for (size_t i = 0; i < lineage->boxes.len; i++)
            if (lineage->boxes.items[i].column == column)
                lineage->boxes.items[i].row = row++;
        if (row > lineage->rows)
            lineage->rows = row;
    }
}

void lineage_build(Arena *arena, const Catalogue *catalogue, const CataloguePage *page,
                   Lineage *out) {
    *out = (Lineage){0};
    Drawing drawing = {arena, catalogue, page, out};
    bool made;
    size_t itself = indicator_box(&drawing, page, &made);
    add_before(&drawing, page, itself);
    add_after(&drawing, page, itself);
    set_columns(out);
    pull_together(out);
    set_rows(out);
}
