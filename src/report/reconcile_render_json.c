/* A reconciliation for machines: one object, whose fields change only by addition. */
#include <jansson.h>

#include "report/reconcile.h"

#define VALUE_DECIMALS 12

/* ---- values ---- */

static json_t *buffer_text(StrBuf *buf) {
    json_t *value = json_string(strbuf_text(buf));
    strbuf_fini(buf);
    return value ? value : json_null();
}

/* Bytes that are no UTF-8 cannot be in JSON. */
static json_t *text(const char *words) {
    json_t *value = json_string(words);
    return value ? value : json_null();
}

static const char *role_name(CellRole role) {
    switch (role) {
    case ROLE_TARGET:
        return "target";
    case ROLE_CURRENT:
    case ROLE_PRINTED:
        return "current";
    case ROLE_PREVIOUS:
        return "previous";
    case ROLE_NONE:
    case ROLE_LABEL:
    case ROLE_GROUP:
    case ROLE_PERIOD:
    case ROLE_NUMERATOR:
    case ROLE_DENOMINATOR:
        return NULL;
    }
    return NULL;
}

static json_t *number(Figure figure) {
    StrBuf words = {0};
    if (!figure.present)
        return json_null();
    figure_print(&words, figure.value, false);
    return buffer_text(&words);
}

static json_t *json_band_or_group(const ComputedFigure *computed, json_t *object) {
    const Cell *cell = computed->cell;
    json_t *group = json_object();
    for (size_t i = 0; i < cell->indicator->breakdowns_len; i++)
        if (!cell->group[i].whole)
            json_object_set_new(group, cell->indicator->breakdowns[i].label,
                                text(cell->group[i].label));
    json_object_set_new(object, "group", group);
    json_object_set_new(object, "band", cell->band ? text(cell->band->label) : json_null());
    return object;
}

static const char *kind_name(ComputedKind kind) {
    switch (kind) {
    case COMPUTED_VALUE:
        return "value";
    case COMPUTED_SHARE:
        return "share";
    case COMPUTED_GROSS:
        return "gross";
    case COMPUTED_EXCLUDED:
        return "excluded";
    case COMPUTED_ADDED:
        return "bands_added";
    case COMPUTED_LIKE:
        return "like_for_like";
    case COMPUTED_PART:
        return "of_which";
    }
    return NULL;
}

/* What definitions and data give for the figure; null: it was not compared with them. */
static json_t *json_comparison(const Reconciliation *done, const PrintedFigure *figure) {
    const Comparison *comparison = reconcile_comparison(done, figure);
    if (!comparison)
        return json_null();
    json_t *object = json_object();
    const ComputedFigure *computed = comparison->computed;
    json_object_set_new(object, "indicator", text(comparison->match->indicator->id));
    json_object_set_new(object, "matched_by", text(matched_by_words(comparison->match->by)));
    if (comparison->comparator) {
        StrBuf value = {0};
        Num rounded;
        num_print(&value, comparison->comparator_value, VALUE_DECIMALS, false);
        json_object_set_new(object, "is", json_string("comparator"));
        json_object_set_new(object, "label", text(comparison->comparator));
        json_object_set_new(object, "value", buffer_text(&value));
        json_object_set_new(
            object, "agrees",
            json_boolean(num_round(comparison->comparator_value, figure->decimals, &rounded) &&
                         num_compare(rounded, figure->value) == 0));
        return object;
    }
    if (!computed) {
        json_object_set_new(object, "is", json_null());
        return object;
    }
    StrBuf period = {0}, value = {0};
    period_print(&period, computed->cell->period);
    if (computed->available)
        num_print(&value, computed->value, VALUE_DECIMALS, false);
    json_object_set_new(object, "is", text(kind_name(computed->kind)));
    json_object_set_new(object, "of", text(computed->indicator->id));
    json_object_set_new(object, "period", buffer_text(&period));
    json_band_or_group(computed, object);
    json_object_set_new(object, "label", *computed->label ? text(computed->label) : json_null());
    json_object_set_new(object, "numerator", number(computed->numerator));
    json_object_set_new(object, "denominator", number(computed->denominator));
    json_object_set_new(object, "value", computed->available ? buffer_text(&value) : json_null());
    json_object_set_new(object, "reported", json_boolean(computed->reported != NULL));
    json_object_set_new(object, "agrees",
                        computed->available ? json_boolean(computed_is_printed(computed, figure))
                                            : json_null());
    return object;
}

static json_t *json_figure(const Reconciliation *done, const PrintedMeasure *measure,
                           const PrintedCell *cell, const PrintedFigure *figure) {
    json_t *object = json_object();
    LineCol place = sources_place(done->session->sources, figure->at.src, figure->at.off);
    const char *role = role_name(cell->role);
    json_object_set_new(object, "line", json_integer(place.line));
    json_object_set_new(object, "column", json_integer(place.col));
    json_object_set_new(object, "measure", *measure->label ? text(measure->label) : json_null());
    json_object_set_new(object, "part", role ? json_string(role) : json_null());
    json_object_set_new(object, "label", *figure->label ? text(figure->label) : json_null());
    json_object_set_new(object, "printed", text(figure->shown));
    json_object_set_new(object, "fraction",
                        figure->fraction ? text(figure->fraction->shown) : json_null());
    Num value;
    if (figure->fraction && reconcile_fraction_value(figure, &value)) {
        StrBuf right = {0};
        reconcile_print_like(&right, value, figure);
        json_object_set_new(object, "computed", buffer_text(&right));
        json_object_set_new(object, "agrees", json_boolean(reconcile_rounds_to(value, figure)));
    } else {
        json_object_set_new(object, "computed", json_null());
        json_object_set_new(object, "agrees", json_null());
    }
    json_object_set_new(object, "data", json_comparison(done, figure));
    return object;
}

static json_t *json_figures(const Reconciliation *done) {
    json_t *array = json_array();
    for (size_t i = 0; i < done->reading->measures.len; i++) {
        const PrintedMeasure *measure = done->reading->measures.items[i];
        for (size_t k = 0; k < measure->cells.len && !measure->column; k++) {
            const PrintedCell *cell = measure->cells.items[k];
            for (size_t f = 0; f < cell->figures.len; f++)
                json_array_append_new(array,
                                      json_figure(done, measure, cell, &cell->figures.items[f]));
        }
    }
    return array;
}

static json_t *json_checks(const Reconciliation *done) {
    json_t *array = json_array();
    for (size_t i = 0; i < RECONCILE_CHECKS; i++) {
        if (!reconcile_check_has_run(done, (ReconcileCheck)i))
            continue;
        const ReconcileCheckInfo *info = reconcile_check_info((ReconcileCheck)i);
        json_t *check = json_object();
        json_object_set_new(check, "name", json_string(info->name));
        json_object_set_new(check, "title", json_string(info->title));
        json_object_set_new(check, "compared", json_integer((json_int_t)done->counts[i].compared));
        json_object_set_new(check, "findings", json_integer((json_int_t)done->counts[i].findings));
        json_array_append_new(array, check);
    }
    return array;
}

static json_t *json_messages(const Reconciliation *done) {
    StrBuf messages = {0};
    diags_render_json(done->session->diags, &messages, 0);
    json_t *array = json_loads(strbuf_text(&messages), 0, NULL);
    strbuf_fini(&messages);
    return array ? array : json_array();
}

static json_t *json_unchecked(const Reconciliation *done) {
    ReconcileLines lines = {0};
    json_t *array = json_array();
    reconcile_unchecked(done, &lines);
    for (size_t i = 0; i < lines.len; i++)
        json_array_append_new(array, json_string(lines.items[i]));
    return array;
}

/* Every measure that prints a figure, with the indicator that computes it. */
static json_t *json_measures(const Reconciliation *done) {
    json_t *array = json_array();
    for (size_t i = 0; i < done->matches.list.len; i++) {
        const MeasureMatch *match = &done->matches.list.items[i];
        json_t *measure = json_object();
        json_object_set_new(measure, "label", text(match->measure->label));
        json_object_set_new(measure, "indicator",
                            match->indicator ? text(match->indicator->id) : json_null());
        json_object_set_new(measure, "matched_by",
                            match->indicator ? text(matched_by_words(match->by)) : json_null());
        json_array_append_new(array, measure);
    }
    return array;
}

static json_t *json_source(const Reconciliation *done, const Reading *reading) {
    return reading ? text(sources_name(done->session->sources, reading->src)) : json_null();
}

static int add_bytes(const char *bytes, size_t len, void *out) {
    strbuf_add_len(out, bytes, len);
    return 0;
}

void reconcile_render_json(const Reconciliation *done, StrBuf *out) {
    json_t *object = json_object();
    StrBuf period = {0};
    if (done->has_period)
        date_print_iso(&period, done->period_end);
    json_object_set_new(object, "schema", json_string("kpic-reconcile/1"));
    json_object_set_new(object, "file", json_source(done, done->reading));
    json_object_set_new(object, "previous", json_source(done, done->previous));
    json_object_set_new(object, "period_end",
                        done->has_period ? json_string(strbuf_text(&period)) : json_null());
    strbuf_fini(&period);
    json_object_set_new(object, "errors",
                        json_integer((json_int_t)diags_errors(done->session->diags)));
    json_object_set_new(object, "warnings",
                        json_integer((json_int_t)diags_warnings(done->session->diags)));
    json_object_set_new(object, "checks", json_checks(done));
    json_object_set_new(object, "not_checked", json_unchecked(done));
    json_object_set_new(object, "messages", json_messages(done));
    json_object_set_new(object, "figures", json_figures(done));
    json_object_set_new(object, "measures", done->data ? json_measures(done) : json_null());
    json_dump_callback(object, add_bytes, out, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    strbuf_add_char(out, '\n');
    json_decref(object);
}
