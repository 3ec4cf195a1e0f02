/* distribution and its bands. */
#include <string.h>

#include "sema/analysis.h"

/* ---- one band ---- */

static bool edge_suits(const Indicator *indicator, const Expr *edge) {
    if (indicator->band_from)
        return edge->type.kind == TYPE_DURATION;
    TypeKind value = indicator->band_value->type.kind;
    return value == edge->type.kind || (type_is_number(value) && type_is_number(edge->type.kind) &&
                                        (value == TYPE_MONEY) == (edge->type.kind == TYPE_MONEY));
}

static const Expr *read_edge(Place *place, const Indicator *indicator, const Node *node) {
    Analysis *a = place->analysis;
    if (!node)
        return NULL;
    Expr *edge = infer(place, node, NULL);
    if (edge->type.kind == TYPE_ERROR)
        return NULL;
    if (edge->kind != EXPR_CONSTANT && edge->kind != EXPR_DURATION) {
        fault(a, DIAG_band_edge, node->span, "the edge of a band is a value as it is");
        return NULL;
    }
    if (!edge_suits(indicator, edge)) {
        Diag *diag =
            fault(a, DIAG_band_edge, node->span, "this edge is %s, but the bands are of %s",
                  type_words(edge->type),
                  indicator->band_from ? "a duration" : type_words(indicator->band_value->type));
        if (edge->type.kind == TYPE_TEXT)
            diag_help(diag, "write the edge without quotes");
        else
            diag_help(diag, indicator->band_from ? "write durations: under 6 weeks, 1 year or more"
                                                 : "write edges in the unit of the expression");
        return NULL;
    }
    check_code(a, indicator->band_value ? indicator->band_value->type.codes : NULL, edge);
    return edge;
}

static const CodeSet *read_codes(Analysis *a, Name codes) {
    CodeSet *found = name_table_find(&a->codes, codes.atom);
    if (found) {
        found->used = true;
        return found;
    }
    Diag *diag = fault(a, DIAG_unknown_codes, codes.span, "there is no code set '%s'", codes.atom);
    diag_suggest(diag, codes.atom, a->codes.names.items, a->codes.names.len);
    return NULL;
}

static void read_items(Place *place, const Indicator *indicator, const Node_Band *written,
                       Band *band) {
    Value *items = arena_array(place->analysis->arena, written->items.len + 1, sizeof *items);
    for (size_t i = 0; i < written->items.len; i++) {
        const Expr *item = read_edge(place, indicator, written->items.items[i]);
        if (item && item->kind == EXPR_CONSTANT)
            items[band->items_len++] = item->as.constant;
    }
    band->items = items;
}

static Band read_band(Place *place, const Indicator *indicator, const Node *node) {
    Analysis *a = place->analysis;
    const Node_Band *written = node_Band(node);
    Band band = {.kind = written->kind, .label = written->label.text, .span = node->span};
    band.low = read_edge(place, indicator, written->low);
    band.high = read_edge(place, indicator, written->high);
    if (written->kind == BAND_IN_CODES)
        band.codes = read_codes(a, written->codes);
    if (written->kind == BAND_IN_LIST)
        read_items(place, indicator, written, &band);
    if (band.codes && (indicator->band_from || indicator->band_value->type.kind != TYPE_TEXT))
        fault(a, DIAG_band_edge, node->span,
              "this band is of codes, but the bands are of numbers, dates or durations");
    return band;
}

/* ---- bands together: constants that overlap or leave gaps ---- */

/* The fewest and the most days that so many months can be. Four years around a leap day, and eight
 * around a century that has none, hold every case. */
static void days_of_months(int64_t months, int64_t *least, int64_t *most) {
    static const int first_years[] = {1896, 2000};
    *least = INT64_MAX;
    *most = 0;
    for (size_t i = 0; i < 2; i++) {
        Date from = DATE_MIN, to = DATE_MIN, later = DATE_MIN;
        if (!date_of_ymd(first_years[i], 1, 1, &from) ||
            !date_of_ymd(first_years[i] + 8, 12, 31, &to))
            return;
        for (Date day = from; day <= to && date_add_months(day, months, &later); day++) {
            int64_t days = (int64_t)later - day;
            *least = days < *least ? days : *least;
            *most = days > *most ? days : *most;
        }
    }
}

/* Days against months: false where it depends on the dates which is longer. */
static bool days_compare(int64_t days, int64_t months, int *order) {
    int64_t least, most;
    days_of_months(months, &least, &most);
    *order = days < least ? -1 : days > most ? 1 : 0;
    return days < least || days > most || least == most;
}

static bool durations_compare(const Expr *a, const Expr *b, int *order) {
    DurationKind left = a->as.duration.kind, right = b->as.duration.kind;
    int64_t x = a->as.duration.amount, y = b->as.duration.amount;
    if (left == right) {
        *order = x < y ? -1 : x > y;
        return true;
    }
    if (left == SPAN_DAYS && right == SPAN_MONTHS)
        return days_compare(x, y, order);
    if (left == SPAN_MONTHS && right == SPAN_DAYS) {
        bool known = days_compare(y, x, order);
        *order = -*order;
        return known;
    }
    return false;
}

/* False: they cannot be compared, or it depends on the dates. */
static bool edges_compare(const Expr *a, const Expr *b, int *order) {
    if (a->kind == EXPR_DURATION && b->kind == EXPR_DURATION)
        return durations_compare(a, b, order);
    if (a->kind != EXPR_CONSTANT || b->kind != EXPR_CONSTANT ||
        a->as.constant.kind != b->as.constant.kind)
        return false;
    *order = value_compare(a->as.constant, b->as.constant);
    return true;
}

static const Expr *lowest(const Band *band) {
    return band->kind == BAND_EXACT || band->kind == BAND_RANGE || band->kind == BAND_OR_MORE
               ? band->low
               : NULL;
}

static const Expr *highest(const Band *band) {
    if (band->kind == BAND_EXACT)
        return band->low;
    return band->kind == BAND_RANGE || band->kind == BAND_UNDER ? band->high : NULL;
}

static void overlap(Analysis *a, const Band *band, const Band *before, const char *words) {
    Diag *diag = fault(a, DIAG_bands_overlap, band->span, "'%s' %s", band->label, words);
    diag_note(diag, before->span, "'%s'", before->label);
}

static void gap(Analysis *a, const Band *before, const Band *band, const char *help) {
    Diag *diag =
        fault(a, DIAG_bands_gap, band->span, "between '%s' and '%s' there are values in no band",
              before->label, band->label);
    diag_note(diag, before->span, "the band above");
    if (help)
        diag_help(diag, "%s", help);
}

/* Whether nothing lies between the last value of a band and the first of the next: whole numbers,
 * days, pence. Texts have no next one. */
static bool is_next(const Indicator *indicator, const Expr *end, const Expr *start) {
    Num step = num_of_int(1), next;
    if (end->kind == EXPR_DURATION)
        return end->as.duration.kind == SPAN_DAYS && start->as.duration.kind == SPAN_DAYS &&
               start->as.duration.amount == end->as.duration.amount + 1;
    TypeKind kind = indicator->band_value->type.kind;
    if (end->as.constant.kind != VALUE_NUMBER)
        return true;
    if (kind == TYPE_MONEY)
        step = num_of_scaled(1, 2);
    return (kind == TYPE_MONEY || kind == TYPE_INTEGER) &&
           num_add(end->as.constant.as.number, step, &next) &&
           num_compare(next, start->as.constant.as.number) == 0;
}

/* Days and months that are the one or the other longer, by the dates. */
static bool is_by_dates(const Expr *end, const Expr *start) {
    return end->kind == EXPR_DURATION && start->kind == EXPR_DURATION &&
           end->as.duration.kind != start->as.duration.kind;
}

static void check_touches(Analysis *a, const Indicator *indicator, const Band *before,
                          const Band *band) {
    int order;
    const Expr *end = highest(before), *start = lowest(band);
    bool open_end = before->kind == BAND_UNDER;
    if (!edges_compare(end, start, &order)) {
        if (is_by_dates(end, start))
            gap(a, before, band, "months are of 28 to 31 days: write both edges in one of the two");
        return;
    }
    if (order > 0 || (order == 0 && !open_end))
        overlap(a, band, before, "begins before the band above ends: they overlap");
    else if (open_end && order != 0)
        gap(a, before, band, NULL);
    else if (!open_end && !is_next(indicator, end, start))
        gap(a, before, band, "write the band above with `under`: it then ends where this begins");
}

/* A band follows the one above: it must begin where that ends, neither before nor later. An `under`
 * ends above with its edge left out. */
static void check_follows(Analysis *a, const Indicator *indicator, const Band *before,
                          const Band *band) {
    int order;
    const Expr *end = highest(before), *start = lowest(band);
    if (before->kind == BAND_OR_MORE)
        overlap(a, band, before, "comes after a band that takes all that is above");
    else if (band->kind == BAND_UNDER && end && edges_compare(end, band->high, &order) &&
             order >= 0)
        overlap(a, band, before, "ends where the band above has ended already");
    else if (band->kind != BAND_UNDER && end && start)
        check_touches(a, indicator, before, band);
}

/* ---- texts and codes that stand in two bands ---- */

static bool takes_text(const Band *band, const char *text) {
    if (band->kind == BAND_TEXT && band->low && band->low->kind == EXPR_CONSTANT)
        return strcmp(band->low->as.constant.as.text, text) == 0;
    if (band->kind == BAND_IN_CODES)
        return band->codes && codes_find(band->codes, text) >= 0;
    for (size_t i = 0; band->kind == BAND_IN_LIST && i < band->items_len; i++)
        if (band->items[i].kind == VALUE_TEXT && strcmp(band->items[i].as.text, text) == 0)
            return true;
    return false;
}

/* The first text of `band` that the one above takes too; NULL: none. */
static const char *shared_text(const Band *before, const Band *band) {
    if (band->kind == BAND_TEXT && band->low && band->low->kind == EXPR_CONSTANT &&
        takes_text(before, band->low->as.constant.as.text))
        return band->low->as.constant.as.text;
    for (size_t i = 0; band->kind == BAND_IN_LIST && i < band->items_len; i++)
        if (band->items[i].kind == VALUE_TEXT && takes_text(before, band->items[i].as.text))
            return band->items[i].as.text;
    for (size_t i = 0; band->kind == BAND_IN_CODES && band->codes && i < band->codes->entries_len;
         i++)
        if (takes_text(before, band->codes->entries[i].code))
            return band->codes->entries[i].code;
    return NULL;
}

static void check_texts(Analysis *a, const Indicator *indicator, size_t place) {
    const Band *band = &indicator->bands[place];
    for (size_t i = 0; i < place; i++) {
        const char *text = shared_text(&indicator->bands[i], band);
        if (!text)
            continue;
        overlap(a, band, &indicator->bands[i],
                arena_printf(a->arena, "takes '%s', which the band above has taken already", text));
        return;
    }
}

static bool is_interval(const Band *band) {
    return lowest(band) != NULL || highest(band) != NULL;
}

/* Bands that take no row whatever stands in the data, and labels that say nothing. */
static void check_band(Analysis *a, const Indicator *indicator, size_t place) {
    const Band *band = &indicator->bands[place];
    int order;
    if (band->label[0] == '\0' || strcmp(band->label, "Unknown") == 0)
        diag_help(fault(a, DIAG_band_edge, band->span,
                        band->label[0] ? "'Unknown' is the band of values that fit no other"
                                       : "a band without a label cannot be told from the whole"),
                  "write another label");
    if (band->kind == BAND_RANGE && edges_compare(band->low, band->high, &order) && order > 0)
        fault(a, DIAG_band_edge, band->span, "'%s' ends before it begins", band->label);
    if (band->kind != BAND_OTHER && band->kind != BAND_MISSING)
        return;
    for (size_t j = 0; j < place; j++)
        if (indicator->bands[j].kind == band->kind)
            overlap(a, band, &indicator->bands[j], "takes what the band above has taken already");
}

static void check_bands(Analysis *a, const Indicator *indicator) {
    const Band *before = NULL;
    for (size_t i = 0; i < indicator->bands_len; i++) {
        const Band *band = &indicator->bands[i];
        for (size_t j = 0; j < i; j++)
            if (strcmp(indicator->bands[j].label, band->label) == 0)
                overlap(a, band, &indicator->bands[j], "is the label of another band");
        check_band(a, indicator, i);
        check_texts(a, indicator, i);
        if (!is_interval(band))
            continue;
        if (before)
            check_follows(a, indicator, before, band);
        before = band;
    }
}

/* ---- good low "46+" ---- */

static void read_good_bands(Analysis *a, Indicator *indicator, const Node *node) {
    const Node_GoodBands *good = node_GoodBands(node);
    indicator->good = good->kind;
    indicator->good_bands = arena_array(a->arena, indicator->bands_len + 1, sizeof(bool));
    for (size_t i = 0; i < good->bands.len; i++) {
        size_t found = 0;
        while (found < indicator->bands_len &&
               strcmp(indicator->bands[found].label, good->bands.items[i].text) != 0)
            found++;
        if (found < indicator->bands_len) {
            indicator->good_bands[found] = true;
            continue;
        }
        const char **labels = arena_array(a->arena, indicator->bands_len + 1, sizeof *labels);
        for (size_t b = 0; b < indicator->bands_len; b++)
            labels[b] = indicator->bands[b].label;
        Diag *diag = fault(a, DIAG_unknown_band, good->bands.items[i].span, "there is no band '%s'",
                           good->bands.items[i].text);
        diag_suggest(diag, good->bands.items[i].text, labels, indicator->bands_len);
    }
}

void good_bands_build(Analysis *a, Indicator *indicator, const Clauses *clauses) {
    if (!clauses->good)
        return;
    bool distribution = indicator->shape == SHAPE_DISTRIBUTION;
    if (clauses->good->kind == NODE_GOOD_BANDS && distribution) {
        read_good_bands(a, indicator, clauses->good);
    } else if (clauses->good->kind == NODE_GOOD_BANDS) {
        diag_help(fault(a, DIAG_good_of_bands, clauses->good->span,
                        "'good' names bands, but this is no distribution"),
                  "write `good high`, `good low` or `good neutral`");
    } else if (distribution && node_Good(clauses->good)->kind != GOOD_NEUTRAL) {
        diag_help(fault(a, DIAG_good_of_bands, clauses->good->span,
                        "which bands are good, when they are high or low"),
                  "write the bands after it, as `good low \"46+\"`, or `good neutral`");
    }
}

/* ---- the shape ---- */

void distribution_build(Place *place, Indicator *indicator, const Clauses *clauses,
                        const Rowset *rows) {
    Analysis *a = place->analysis;
    indicator->shape = SHAPE_DISTRIBUTION;
    indicator->denominator_rows = rows;
    if (!clauses->bands && clauses->damaged) {
        a->failed = true; /* the line of bands may be the damaged one */
        return;
    }
    if (!clauses->bands) {
        diag_help(
            fault(a, DIAG_clause_missing, indicator->span, "'%s' has no 'bands'", indicator->id),
            "write `bands EXPRESSION`, and a band on each line below it");
        return;
    }
    Place inside = *place;
    inside.outer = NULL;
    inside.stock = place->stock || rows->timing == TIMING_HELD;
    const Node_Bands *written = node_Bands(clauses->bands);
    const Scope *scope = rowset_scope(a, rows, NULL);
    if (written->expression->kind == NODE_ELAPSED) {
        const Node_Elapsed *elapsed = node_Elapsed(written->expression);
        indicator->band_from = infer_date(&inside, elapsed->from, scope);
        indicator->band_to = infer_date(&inside, elapsed->to, scope);
    } else {
        indicator->band_value = infer(&inside, written->expression, scope);
        TypeKind kind = indicator->band_value->type.kind;
        if (kind == TYPE_ROW || kind == TYPE_BOOLEAN || kind == TYPE_DURATION)
            fault(a, DIAG_band_edge, written->expression->span, "%s has no bands",
                  type_words(indicator->band_value->type));
    }
    if (a->failed)
        return;
    indicator->bands = arena_array(a->arena, written->bands.len + 1, sizeof(Band));
    for (size_t i = 0; i < written->bands.len; i++)
        indicator->bands[indicator->bands_len++] =
            read_band(&inside, indicator, written->bands.items[i]);
    if (!a->failed)
        check_bands(a, indicator);
}
