#include <string.h>

#include "report/json_text.h"
#include "report/render.h"

#define REAL_DIGITS 6 /* of a level: 0.95 */

static json_t *buffer_text(StrBuf *buf) {
    json_t *value = json_of_text(strbuf_text(buf));
    strbuf_fini(buf);
    return value;
}

static json_t *date(Date day) {
    StrBuf iso = {0};
    date_print_iso(&iso, day);
    return buffer_text(&iso);
}

/* Whole numbers are numbers; money and decimals are texts whatever their value, so that a reader
 * meets one type. */
static json_t *figure(Figure figure, bool whole) {
    int64_t number;
    if (!figure.present)
        return json_null();
    if (whole && num_to_int64(figure.value, &number))
        return json_integer((json_int_t)number);
    StrBuf exact = {0};
    figure_print(&exact, figure.value, false);
    return buffer_text(&exact);
}

static bool quantity_is_whole(const Quantity *quantity) {
    switch (quantity->kind) {
    case QUANTITY_COUNT:
    case QUANTITY_COUNT_DISTINCT:
        return true;
    case QUANTITY_SUM:
    case QUANTITY_MEAN: /* its numerator is a sum */
    case QUANTITY_MEDIAN:
    case QUANTITY_PERCENTILE:
    case QUANTITY_MIN:
    case QUANTITY_MAX:
    case QUANTITY_FIRST:
    case QUANTITY_LAST:
        return quantity->value && quantity->value->type.kind == TYPE_INTEGER;
    }
    return false;
}

static bool numerator_is_whole(const Indicator *indicator) {
    switch (indicator->shape) {
    case SHAPE_PROPORTION:
        return true;
    case SHAPE_RATIO:
        return quantity_is_whole(indicator->numerator);
    case SHAPE_VALUE:
        if (indicator->value->kind == EXPR_QUANTITY)
            return quantity_is_whole(indicator->value->as.quantity);
        return indicator->value->type.kind == TYPE_INTEGER;
    case SHAPE_DISTRIBUTION:
        return true;
    case SHAPE_DERIVED:
        break;
    }
    return false;
}

static bool denominator_is_whole(const Indicator *indicator) {
    return indicator->shape != SHAPE_RATIO || quantity_is_whole(indicator->denominator);
}

/* null: not told in a public output. */
static json_t *count(int64_t number, bool withheld) {
    return withheld ? json_null() : json_integer((json_int_t)number);
}

static json_t *window(Date start, Date end) {
    json_t *object = json_object();
    json_object_set_new(object, "start", date(start));
    json_object_set_new(object, "end", date(end));
    return object;
}

/* {"Age": "17"}: the value as data has it (null: missing), or in words. A breakdown that is
 * totalled is left out. */
static json_t *group(const Cell *cell, bool labels) {
    json_t *object = json_object();
    for (size_t i = 0; i < cell->indicator->breakdowns_len; i++) {
        const GroupKey *key = &cell->group[i];
        if (key->whole)
            continue;
        const char *name = cell->indicator->breakdowns[i].label;
        if (!labels && group_key_is_unknown(key)) {
            json_object_set_new(object, name, json_null());
            continue;
        }
        StrBuf value = {0};
        if (labels && key->label)
            strbuf_add(&value, key->label);
        else
            group_key_print(&value, key);
        json_object_set_new(object, name, buffer_text(&value));
    }
    return object;
}

static json_t *excluded(const Cell *cell) {
    json_t *array = json_array();
    size_t len = cell->has_counts && cell->excluded ? cell->indicator->excludes_len : 0;
    for (size_t i = 0; i < len; i++) {
        json_t *object = json_object();
        json_object_set_new(object, "id", json_of_text(cell->excluded[i].part->id));
        json_object_set_new(object, "label", json_of_text(cell->excluded[i].part->label));
        json_object_set_new(object, "count", count(cell->excluded[i].count, cell->withheld.counts));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *of_which(const ReportRow *row) {
    json_t *array = json_array();
    size_t len = row->parts ? row->indicator->parts_len : 0;
    for (size_t i = 0; i < len; i++) {
        const ReportPart *part = &row->parts[i];
        json_t *object = json_object();
        json_object_set_new(object, "id", json_of_text(part->part->id));
        json_object_set_new(object, "label", json_of_text(part->part->label));
        json_object_set_new(object, "count", count(part->count, part->withheld));
        if (row->indicator->shape == SHAPE_PROPORTION) {
            json_object_set_new(object, "value", json_of_text(part->value));
            json_object_set_new(object, "printed", json_of_text(part->printed));
            json_object_set_new(object, "fraction", json_of_text(part->fraction));
        }
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *share(const ReportRow *row) {
    if (!row->share.present)
        return json_null();
    bool whole = numerator_is_whole(row->indicator);
    json_t *object = json_object();
    json_object_set_new(object, "numerator", figure(row->cell->share_numerator, whole));
    json_object_set_new(object, "denominator", figure(row->cell->share_denominator, whole));
    json_object_set_new(object, "value", json_of_text(row->share.value));
    json_object_set_new(object, "printed", json_of_text(row->share.printed));
    return object;
}

static json_t *unknown(const Cell *cell) {
    json_t *object = json_object();
    bool withheld = cell->withheld.counts;
    json_object_set_new(object, "rows", count(cell->unknown_rows, withheld));
    json_object_set_new(object, "numerator", count(cell->unknown_numerator, withheld));
    json_object_set_new(object, "excluded", count(cell->unknown_excluded, withheld));
    return object;
}

static json_t *target(const ReportRow *row) {
    if (!row->target)
        return json_null();
    json_t *object = json_object();
    json_object_set_new(object, "value", json_of_text(row->target_value));
    json_object_set_new(object, "printed", json_of_text(row->target_printed));
    json_object_set_new(object, "label", json_of_text(row->target->label));
    return object;
}

static json_t *like_for_like(const ReportRow *row, const ReportBenchmark *benchmark) {
    if (!benchmark->like_value)
        return json_null();
    const BenchmarkFigure *figure_ = benchmark->figure;
    json_t *object = json_object();
    json_object_set_new(object, "numerator",
                        figure(figure_->like_numerator, numerator_is_whole(row->indicator)));
    json_object_set_new(object, "denominator",
                        figure(figure_->like_denominator, denominator_is_whole(row->indicator)));
    json_object_set_new(object, "value", json_of_text(benchmark->like_value));
    json_object_set_new(object, "printed", json_of_text(benchmark->like_printed));
    if (benchmark->like_period)
        json_object_set_new(object, "period", json_of_text(benchmark->like_period));
    return object;
}

static json_t *benchmark(const ReportRow *row, const ReportBenchmark *from) {
    const BenchmarkFigure *figure_ = from->figure;
    bool members = figure_->benchmark->kind == BENCHMARK_MEMBERS;
    json_t *object = json_object();
    json_object_set_new(object, "label", json_of_text(figure_->benchmark->label));
    json_object_set_new(object, "period", json_of_text(from->period));
    json_object_set_new(object, "value", json_of_text(from->value));
    json_object_set_new(object, "printed", json_of_text(from->printed));
    json_object_set_new(object, "members",
                        members ? json_integer((json_int_t)figure_->members_with_value)
                                : json_null());
    json_object_set_new(object, "comparable", json_boolean(from->compared));
    json_object_set_new(object, "reason", json_of_text(from->compared ? NULL : from->reason));
    json_object_set_new(object, "like_for_like", like_for_like(row, from));
    json_object_set_new(object, "standing", json_of_text(from->verdict));
    json_object_set_new(object, "method", json_of_text(from->method));
    return object;
}

static json_t *further_benchmarks(const ReportRow *row) {
    json_t *array = json_array();
    for (size_t i = 1; i < row->benchmarks_len; i++)
        json_array_append_new(array, benchmark(row, &row->benchmarks[i]));
    return array;
}

static json_t *interval(const ReportRow *row) {
    if (!row->interval.method)
        return json_null();
    json_t *object = json_object();
    json_object_set_new(object, "method", json_of_text(row->interval.method));
    json_object_set_new(object, "level", json_real(row->interval.estimate.confidence));
    json_object_set_new(object, "lower", json_of_text(row->interval.lower));
    json_object_set_new(object, "upper", json_of_text(row->interval.upper));
    return object;
}

static json_t *flags(const ReportRow *row) {
    const char *letters[ROW_FLAGS];
    size_t len = row_flags(row, letters);
    json_t *array = json_array();
    for (size_t i = 0; i < len; i++)
        json_array_append_new(array, json_of_text(letters[i]));
    return array;
}

static json_t *previous(const ReportRow *row) {
    if (!row->previous_period)
        return json_null();
    const Cell *cell = row->cell->previous;
    json_t *object = json_object();
    json_object_set_new(object, "period", json_of_text(row->previous_period));
    json_object_set_new(object, "window",
                        cell ? window(cell->window_start, cell->window_end) : json_null());
    json_object_set_new(object, "value", json_of_text(row->previous_value));
    json_object_set_new(object, "printed", json_of_text(row->previous_printed));
    json_object_set_new(object, "fraction", json_of_text(row->previous_fraction));
    if (row->previous_reported)
        json_object_set_new(object, "reported", json_of_text(row->previous_reported->note));
    return object;
}

static json_t *moves_of(Moves moves, bool whole) {
    if (!moves.present)
        return json_null();
    json_t *object = json_object();
    json_object_set_new(object, "entered", figure((Figure){true, moves.entered}, whole));
    json_object_set_new(object, "left", figure((Figure){true, moves.left}, whole));
    return object;
}

/* There if they were asked for and there are any. */
static void add_moves(json_t *object, const ReportRow *row) {
    const CellMoves both = cell_moves(row->cell);
    if (!both.numerator.present && !both.denominator.present)
        return;
    json_t *moves = json_object();
    json_object_set_new(moves, "numerator",
                        moves_of(both.numerator, numerator_is_whole(row->indicator)));
    json_object_set_new(moves, "denominator",
                        moves_of(both.denominator, denominator_is_whole(row->indicator)));
    json_object_set_new(object, "moves", moves);
}

/* The label; several added are an object. */
static json_t *band(const ReportRow *row) {
    if (!row->added)
        return json_of_text(row->band);
    json_t *object = json_object(), *labels = json_array();
    for (size_t i = 0; i < row->added->keys_len; i++)
        json_array_append_new(labels, json_of_text(row->added->keys[i]));
    json_object_set_new(object, "bands", labels);
    return object;
}

static void add_identity(json_t *object, const ReportRow *row) {
    const Cell *cell = row->cell;
    json_object_set_new(object, "indicator", json_of_text(row->indicator->id));
    json_object_set_new(object, "title", json_of_text(row->indicator->title));
    json_object_set_new(object, "definition", json_of_text(row->definition));
    json_object_set_new(object, "period", json_of_text(row->period));
    json_object_set_new(object, "every", json_of_text(every_word(row->indicator->every)));
    json_object_set_new(object, "taken", cell->has_taken ? date(cell->taken) : json_null());
    json_t *days = window(cell->window_start, cell->window_end);
    json_object_set_new(days, "label", json_of_text(cell->window_label));
    json_object_set_new(object, "window", days);
    json_object_set_new(object, "group", group(cell, false));
    json_object_set_new(object, "labels", group(cell, true));
    json_object_set_new(object, "band", band(row));
}

static void add_figures(json_t *object, const ReportRow *row) {
    const Cell *cell = row->cell;
    json_object_set_new(object, "numerator",
                        figure(cell->numerator, numerator_is_whole(row->indicator)));
    json_object_set_new(object, "denominator",
                        figure(cell->denominator, denominator_is_whole(row->indicator)));
    json_object_set_new(object, "value", json_of_text(row->value));
    json_object_set_new(object, "printed", json_of_text(row->printed));
    json_object_set_new(object, "fraction", json_of_text(row->fraction));
    json_object_set_new(object, "basis", json_of_text(basis_word(row->indicator->basis)));
    json_object_set_new(object, "gross",
                        count(cell->gross, !cell->has_counts || cell->withheld.counts));
    json_object_set_new(object, "excluded", excluded(cell));
    json_object_set_new(object, "excluded_overlap",
                        count(cell->excluded_overlap, cell->withheld.counts));
    json_object_set_new(object, "of_which", of_which(row));
    json_object_set_new(object, "share", share(row));
    json_object_set_new(object, "unknown", unknown(cell));
    json_object_set_new(object, "left_out", count(cell->left_out, cell->withheld.counts));
}

static void add_judgement(json_t *object, const ReportRow *row) {
    json_object_set_new(object, "target", target(row));
    json_object_set_new(object, "benchmark",
                        row->benchmarks_len > 0 ? benchmark(row, &row->benchmarks[0])
                                                : json_null());
    json_object_set_new(object, "further_benchmarks", further_benchmarks(row));
    json_object_set_new(object, "status", json_of_text(status_word(row->status)));
    json_object_set_new(object, "interval", interval(row));
    json_object_set_new(object, "previous", previous(row));
    add_moves(object, row);
    json_object_set_new(object, "movement", json_of_text(movement_word(row->movement.movement)));
    json_object_set_new(object, "meaning", json_of_text(meaning_word(row->meaning)));
    json_object_set_new(object, "reason", json_of_text(row->reason));
    json_object_set_new(object, "flags", flags(row));
}

static void dump(StrBuf *out, json_t *value) {
    json_add_to(out, value, JSON_REAL_PRECISION(REAL_DIGITS));
}

void render_json(StrBuf *out, const Report *report) {
    json_t *data = json_object();
    if (report->store)
        json_object_set_new(data, "store", json_of_text(report->store));
    json_object_set_new(data, "fingerprint", json_of_text(report->fingerprint));
    json_object_set_new(data, "audience", json_of_text(audience_word(report->audience)));
    strbuf_add(out, "{\"schema\": \"kpic-result/1\",\n \"data\": ");
    dump(out, data);
    strbuf_add(out, ",\n \"results\": [");
    /* One result at a time, so that a long run needs no tree of all of them. */
    for (size_t i = 0; i < report->rows_len; i++) {
        json_t *object = json_object();
        add_identity(object, &report->rows[i]);
        add_figures(object, &report->rows[i]);
        add_judgement(object, &report->rows[i]);
        strbuf_add(out, i > 0 ? ",\n  " : "\n  ");
        dump(out, object);
    }
    strbuf_add(out, "]}\n");
}
