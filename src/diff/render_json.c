/* Changes as one JSON object, kpic-diff/1. diff_schema.c lists the same fields. */
#include "diff/changes.h"
#include "report/json_text.h"

#define INDENT 1

static json_t *side(const ReportRow *row) {
    if (!row)
        return json_null();
    json_t *object = json_object();
    json_object_set_new(object, "value", json_of_text(row->value));
    json_object_set_new(object, "printed", json_of_text(row->printed));
    json_object_set_new(object, "fraction", json_of_text(row->fraction));
    json_object_set_new(object, "missing", json_of_text(row->missing));
    json_object_set_new(object, "status", json_of_text(status_word(row->status)));
    json_object_set_new(object, "meaning", json_of_text(meaning_word(row->meaning)));
    json_object_set_new(object, "reason", json_of_text(row->reason));
    return object;
}

static json_t *group(const ReportRow *row) {
    json_t *object = json_object();
    const Cell *cell = row->cell;
    for (size_t i = 0; i < cell->indicator->breakdowns_len; i++) {
        if (cell->group[i].whole)
            continue;
        StrBuf key = {0};
        group_key_print(&key, &cell->group[i]);
        json_object_set_new(object, cell->indicator->breakdowns[i].label,
                            json_of_text(strbuf_text(&key)));
        strbuf_fini(&key);
    }
    return object;
}

static json_t *figures(const IndicatorChange *change) {
    json_t *list = json_array();
    for (size_t i = 0; i < change->figures.len; i++) {
        const FigureChange *figure = &change->figures.items[i];
        const ReportRow *either = figure->after ? figure->after : figure->before;
        json_t *object = json_object();
        json_object_set_new(object, "period", json_of_text(figure->period));
        json_object_set_new(object, "group", group(either));
        json_object_set_new(object, "band", json_of_text(either->band));
        json_object_set_new(object, "before", side(figure->before));
        json_object_set_new(object, "after", side(figure->after));
        json_object_set_new(object, "same", json_boolean(figure->same));
        json_object_set_new(object, "flips", json_boolean(figure->flips));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *keys(const Changes *changes, const KeyList *keys) {
    if (!changes->keys)
        return json_null();
    json_t *list = json_array();
    for (size_t i = 0; i < keys->len; i++)
        json_array_append_new(list, json_of_text(keys->items[i]));
    return list;
}

static json_t *records(const Changes *changes, const IndicatorChange *change) {
    json_t *list = json_array();
    for (size_t i = 0; i < change->moves.len; i++) {
        const RecordMoves *moves = &change->moves.items[i];
        json_t *object = json_object();
        json_object_set_new(object, "period", json_of_text(moves->period));
        json_object_set_new(object, "source", json_of_text(moves->source->name));
        json_object_set_new(object, "part", json_of_text(moves->part));
        json_object_set_new(object, "in", json_integer((json_int_t)moves->in.len));
        json_object_set_new(object, "out", json_integer((json_int_t)moves->out.len));
        json_object_set_new(object, "stayed", json_integer((json_int_t)moves->stayed));
        json_object_set_new(object, "in_keys", keys(changes, &moves->in));
        json_object_set_new(object, "out_keys", keys(changes, &moves->out));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *sentences(const IndicatorChange *change) {
    json_t *list = json_array();
    for (size_t i = 0; i < change->sentences.len; i++) {
        const SentenceChange *sentence = &change->sentences.items[i];
        json_t *object = json_object();
        json_object_set_new(object, "topic", json_of_text(topic_heading(sentence->topic)));
        json_object_set_new(object, "before", json_of_text(sentence->before));
        json_object_set_new(object, "after", json_of_text(sentence->after));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *change_object(const Changes *changes, const IndicatorChange *change) {
    const Indicator *named = change->after ? change->after : change->before;
    json_t *object = json_object(), *inputs = json_array(), *reports = json_array();
    for (size_t i = 0; i < change->inputs.len; i++)
        json_array_append_new(inputs, json_of_text(change->inputs.items[i]));
    for (size_t i = 0; i < change->reports.len; i++)
        json_array_append_new(reports, json_of_text(change->reports.items[i]->name));
    json_object_set_new(object, "indicator", json_of_text(named->id));
    json_object_set_new(object, "title", json_of_text(named->title));
    json_object_set_new(object, "change", json_of_text(change_word(change)));
    json_object_set_new(object, "was_called",
                        json_of_text(change->renamed ? change->before->id : NULL));
    json_object_set_new(object, "definition_before",
                        json_of_text(change->before ? change->was : NULL));
    json_object_set_new(object, "definition_after",
                        json_of_text(change->after ? change->is : NULL));
    json_object_set_new(object, "sentences", sentences(change));
    json_object_set_new(object, "inputs", inputs);
    json_object_set_new(object, "reports", reports);
    json_object_set_new(object, "figures", figures(change));
    json_object_set_new(object, "records", records(changes, change));
    return object;
}

void render_changes_json(StrBuf *out, const Changes *changes) {
    json_t *object = json_object(), *list = json_array();
    for (size_t i = 0; i < changes->items.len; i++)
        json_array_append_new(list, change_object(changes, &changes->items.items[i]));
    json_object_set_new(object, "schema", json_of_text("kpic-diff/1"));
    json_object_set_new(object, "before", json_of_text(changes->old_name));
    json_object_set_new(object, "after", json_of_text(changes->new_name));
    json_object_set_new(object, "store", json_of_text(changes->store));
    json_object_set_new(object, "compared", json_integer((json_int_t)changes->compared));
    json_object_set_new(object, "changes", list);
    json_add_to(out, object, JSON_INDENT(INDENT));
    strbuf_add_char(out, '\n');
}
