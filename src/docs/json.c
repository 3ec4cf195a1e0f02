/* The catalogue for other catalogues: one object, whose members are only ever added to. */
#include <jansson.h>
#include <string.h>

#include "docs/catalogue.h"

/* NULL is null. Definitions are UTF-8: the parser has seen to it. */
static json_t *text(const char *words) {
    return words ? json_string(words) : json_null();
}

static json_t *date(bool there, Date day) {
    if (!there)
        return json_null();
    StrBuf iso = {0};
    date_print_iso(&iso, day);
    json_t *value = text(strbuf_text(&iso));
    strbuf_fini(&iso);
    return value;
}

static json_t *place(const CatalogueText *at) {
    json_t *object = json_object();
    json_object_set_new(object, "file", text(at->file));
    json_object_set_new(object, "line", json_integer((json_int_t)at->line));
    json_object_set_new(object, "text", json_stringn(at->text, at->len));
    return object;
}

static json_t *sentences(const Sentences *list) {
    json_t *array = json_array();
    for (size_t i = 0; i < list->len; i++) {
        json_t *object = json_object();
        json_object_set_new(object, "heading", text(topic_heading(list->items[i].topic)));
        json_object_set_new(object, "text", text(list->items[i].text));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *columns(Arena *arena, const CatalogueSource *used) {
    json_t *array = json_array();
    for (size_t i = 0; i < used->columns.len; i++) {
        const ColumnModel *column = used->columns.items[i];
        json_t *object = json_object();
        json_object_set_new(object, "column", text(column->name));
        json_object_set_new(object, "field", text(column->field));
        json_object_set_new(object, "type", text(catalogue_type(arena, column)));
        json_object_set_new(object, "computed", json_boolean(column->computed != NULL));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *sources(Arena *arena, const CataloguePage *page) {
    json_t *array = json_array();
    for (size_t i = 0; i < page->sources.len; i++) {
        const CatalogueSource *used = &page->sources.items[i];
        json_t *object = json_object();
        json_object_set_new(object, "source", text(used->source->name));
        json_object_set_new(object, "title", text(used->source->title));
        json_object_set_new(object, "table", text(used->source->table));
        json_object_set_new(object, "columns", columns(arena, used));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *ids(const CatalogueIndicators *list) {
    json_t *array = json_array();
    for (size_t i = 0; i < list->len; i++)
        json_array_append_new(array, text(list->items[i]->id));
    return array;
}

static json_t *reports(const CataloguePage *page) {
    json_t *array = json_array();
    for (size_t i = 0; i < page->reports.len; i++)
        json_array_append_new(array, text(page->reports.items[i]->name));
    return array;
}

static json_t *notes(const Indicator *indicator) {
    json_t *array = json_array();
    for (size_t i = 0; i < indicator->notes_len; i++) {
        const NoteModel *note = &indicator->notes[i];
        StrBuf period = {0};
        if (note->has_period)
            period_print(&period, note->period);
        json_t *object = json_object();
        json_object_set_new(object, "period", text(note->has_period ? period.text : NULL));
        json_object_set_new(object, "text", text(note->text));
        json_array_append_new(array, object);
        strbuf_fini(&period);
    }
    return array;
}

static json_t *targets(Arena *arena, const Indicator *indicator) {
    json_t *array = json_array();
    for (size_t i = 0; i < indicator->targets_len; i++) {
        const Target *target = &indicator->targets[i];
        json_t *object = json_object();
        json_object_set_new(object, "from", date(target->has_from, target->from));
        json_object_set_new(object, "target",
                            target->none ? json_null()
                                         : text(catalogue_target(arena, indicator, target)));
        json_object_set_new(object, "label", text(target->label));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *tests(const CataloguePage *page) {
    json_t *array = json_array();
    for (size_t i = 0; i < page->tests.len; i++) {
        const CatalogueTest *test = &page->tests.items[i];
        json_t *object = place(&test->text);
        json_object_set_new(object, "title", text(test->test->title));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *latest(const Catalogue *catalogue, const CataloguePage *page) {
    const ReportRow *row =
        catalogue->rows ? document_whole(catalogue->rows, page->indicator) : NULL;
    if (!row)
        return json_null();
    json_t *object = json_object();
    json_object_set_new(object, "period", text(row->period));
    json_object_set_new(object, "window", text(row->cell->window_label));
    json_object_set_new(object, "value", text(row->value));
    json_object_set_new(object, "printed", text(row->printed));
    json_object_set_new(object, "missing", text(row->missing));
    json_object_set_new(object, "fraction", text(row->fraction));
    json_object_set_new(object, "status", text(status_word(row->status)));
    json_object_set_new(object, "reason", text(row->reason));
    return object;
}

static json_t *page_object(Arena *arena, const Catalogue *catalogue, const CataloguePage *page) {
    const Indicator *indicator = page->indicator;
    json_t *object = json_object();
    json_object_set_new(object, "indicator", text(indicator->id));
    json_object_set_new(object, "title", text(indicator->title));
    json_object_set_new(object, "definition", text(page->hash));
    json_object_set_new(object, "page", text(page->file));
    json_object_set_new(object, "window", text(catalogue_window(arena, indicator)));
    json_object_set_new(object, "why", text(indicator->why));
    json_object_set_new(object, "owner", text(indicator->owner));
    json_object_set_new(object, "method", text(indicator->method));
    json_object_set_new(object, "guidance", text(indicator->guidance));
    json_object_set_new(object, "checked", date(indicator->has_checked, indicator->checked));
    json_object_set_new(object, "review", date(indicator->has_review, indicator->review));
    json_object_set_new(object, "notes", notes(indicator));
    json_object_set_new(object, "sentences", sentences(&page->sentences));
    json_object_set_new(object, "sources", sources(arena, page));
    json_object_set_new(object, "inputs", ids(&page->inputs));
    json_object_set_new(object, "used_by", ids(&page->uses));
    json_object_set_new(object, "reports", reports(page));
    json_object_set_new(object, "targets", targets(arena, indicator));
    json_object_set_new(object, "source_text", place(&page->text));
    json_object_set_new(object, "tests", tests(page));
    json_object_set_new(object, "latest", latest(catalogue, page));
    return object;
}

static int add_bytes(const char *bytes, size_t len, void *out) {
    strbuf_add_len(out, bytes, len);
    return 0;
}

void docs_json(StrBuf *out, Arena *arena, const Catalogue *catalogue) {
    json_t *object = json_object(), *array = json_array();
    json_object_set_new(object, "schema", text("kpic-catalogue/1"));
    json_object_set_new(object, "title", text(catalogue->title));
    json_object_set_new(object, "made_by", text(catalogue->made_by));
    json_object_set_new(object, "data", text(catalogue->fingerprint));
    for (size_t i = 0; i < catalogue->pages.len; i++)
        json_array_append_new(array, page_object(arena, catalogue, &catalogue->pages.items[i]));
    json_object_set_new(object, "indicators", array);
    json_dump_callback(object, add_bytes, out, JSON_PRESERVE_ORDER | JSON_INDENT(1));
    strbuf_add_char(out, '\n');
    json_decref(object);
}
