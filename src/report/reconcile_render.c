#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "report/reconcile.h"

typedef struct CheckInfo {
    const char *name, *title, *unit;
} CheckInfo;

static const CheckInfo infos[] = {
#define RECONCILE_CHECK(IDENT, name, title, unit) {#name, title, unit},
#include "report/reconcile_checks.def"
#undef RECONCILE_CHECK
};

const char *reconcile_check_name(ReconcileCheck check) {
    return infos[check].name;
}

/* ---- what was not checked, and why ---- */

typedef VEC(const char *) Lines;

static void add_line(const Reconciliation *done, Lines *out, const char *words, size_t count) {
    Arena *arena = done->session->arena;
    if (count > 0)
        vec_push(arena, out, arena_printf(arena, "%s: %zu", words, count));
}

static void list_unchecked(const Reconciliation *done, Lines *out) {
    Arena *arena = done->session->arena;
    add_line(done, out,
             "percentages and rates without a fraction beside them, which only the records behind "
             "them can prove",
             done->without_fraction);
    add_line(done, out, "figures of targets and benchmarks, which come from elsewhere",
             done->targets);
    add_line(done, out, "fractions printed without a percentage", done->lone_fractions);
    add_line(done, out, "measures that the earlier report lacks, or has for another period",
             done->not_in_previous);
    if (!done->has_period)
        vec_push(arena, out,
                 "dates against the period, which the report does not say: --period PERIOD");
    if (!done->previous)
        vec_push(arena, out, "previous figures: no earlier report was given (--previous FILE)");
    if (!done->request.computed)
        vec_push(arena, out, "anything against data: printed figures alone were compared");
}

/* ---- text ---- */

static void add_count(StrBuf *out, size_t count, const char *word) {
    /* "whole", "wholes"; "set of bands", "sets of bands" */
    size_t noun = strcspn(word, " ");
    strbuf_addf(out, "%zu %.*s%s%s", count, (int)noun, word, count == 1 ? "" : "s", word + noun);
}

static bool check_has_run(const Reconciliation *done, size_t check) {
    return !(check == RECONCILE_CHECK_PREVIOUS && !done->previous) &&
           !(check == RECONCILE_CHECK_COMPUTED && !done->request.computed);
}

static void add_period(const Reconciliation *done, StrBuf *out) {
    if (!done->has_period)
        return;
    strbuf_add(out, ", for the period ending ");
    date_print_long(out, done->period_end);
    strbuf_add(out, done->period_asked ? "" : ", as it says");
}

void reconcile_render_text(const Reconciliation *done, StrBuf *out, size_t limit, bool colour) {
    diags_render_text(done->session->diags, out, limit, colour);
    if (out->len > 0)
        strbuf_add_char(out, '\n');
    strbuf_add(out, sources_name(done->session->sources, done->reading->src));
    strbuf_add(out, ": ");
    add_count(out, done->figures, "figure");
    add_period(done, out);
    strbuf_add(out, "\n\n");
    for (size_t i = 0; i < RECONCILE_CHECKS; i++) {
        StrBuf compared = {0};
        if (!check_has_run(done, i))
            continue;
        add_count(&compared, done->counts[i].compared, infos[i].unit);
        strbuf_addf(out, "  %-46s  %-16s ", infos[i].title, strbuf_text(&compared));
        if (done->counts[i].findings > 0)
            add_count(out, done->counts[i].findings, "finding");
        else
            strbuf_add(out, done->counts[i].compared > 0 ? "nothing wrong" : "nothing to check");
        strbuf_add_char(out, '\n');
        strbuf_fini(&compared);
    }
    Lines lines = {0};
    list_unchecked(done, &lines);
    strbuf_add(out, "\nnot checked:\n");
    for (size_t i = 0; i < lines.len; i++)
        strbuf_addf(out, "  %s\n", lines.items[i]);
    strbuf_add_char(out, '\n');
    add_count(out, diags_errors(done->session->diags), "error");
    strbuf_add(out, ", ");
    add_count(out, diags_warnings(done->session->diags), "warning");
    strbuf_add_char(out, '\n');
}

/* ---- JSON ---- */

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

static json_t *json_figure(const Reconciliation *done, const Measure *measure,
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
    return object;
}

static json_t *json_figures(const Reconciliation *done) {
    json_t *array = json_array();
    for (size_t i = 0; i < done->reading->measures.len; i++) {
        const Measure *measure = done->reading->measures.items[i];
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
        if (!check_has_run(done, i))
            continue;
        json_t *check = json_object();
        json_object_set_new(check, "name", json_string(infos[i].name));
        json_object_set_new(check, "title", json_string(infos[i].title));
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
    Lines lines = {0};
    json_t *array = json_array();
    list_unchecked(done, &lines);
    for (size_t i = 0; i < lines.len; i++)
        json_array_append_new(array, json_string(lines.items[i]));
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
    json_dump_callback(object, add_bytes, out, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    strbuf_add_char(out, '\n');
    json_decref(object);
}
