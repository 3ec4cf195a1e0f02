#include "explain/listing.h"

#include <stdlib.h>

#include "report/csv_record.h"
#include "report/grid.h"
#include "wording/wording.h"

/* What a record is to the number, in the order of listing. */
typedef enum Place {
    PLACE_NUMERATOR,
    PLACE_NUMERATOR_UNKNOWN,
    PLACE_DENOMINATOR,
    PLACE_COUNTED,
    PLACE_TAKEN_OUT,
    PLACE_UNKNOWN,
    PLACE_ERROR
} Place;

typedef struct Listed {
    const GatheredSet *set;
    const RecordFate *fate;
    Place place;
    size_t order; /* of the set */
} Listed;

typedef VEC(Listed) Listing;

/* ---- what there is to list ---- */

static Place counted_place(const GatheredSet *set, const RecordFate *fate) {
    const Indicator *indicator = set->indicator;
    if (indicator->shape == SHAPE_PROPORTION)
        return fate->selected == TRUTH_TRUE      ? PLACE_NUMERATOR
               : fate->selected == TRUTH_UNKNOWN ? PLACE_NUMERATOR_UNKNOWN
                                                 : PLACE_DENOMINATOR;
    if (indicator->shape != SHAPE_RATIO)
        return PLACE_COUNTED;
    if (indicator->numerator->rows == indicator->denominator->rows)
        return PLACE_NUMERATOR;
    return set->rows == indicator->numerator->rows ? PLACE_NUMERATOR : PLACE_DENOMINATOR;
}

static Place place_of(const GatheredSet *set, const RecordFate *fate) {
    if (fate->truth == TRUTH_ERROR)
        return PLACE_ERROR;
    if (fate->truth != TRUTH_TRUE)
        return PLACE_UNKNOWN;
    return fate->out ? PLACE_TAKEN_OUT : counted_place(set, fate);
}

/* dispatch */
static const char *place_words(Place place) {
    switch (place) {
    case PLACE_NUMERATOR:
        return "numerator";
    case PLACE_NUMERATOR_UNKNOWN:
        return "denominator, numerator unknown";
    case PLACE_DENOMINATOR:
        return "denominator";
    case PLACE_COUNTED:
        return "counted";
    case PLACE_TAKEN_OUT:
        return "taken out";
    case PLACE_UNKNOWN:
        return "unknown";
    case PLACE_ERROR:
        return "error";
    }
    return "";
}

size_t record_parts(const GatheredSet *set, const RecordFate *fate, const char *out[2]) {
    Place place = place_of(set, fate);
    const Indicator *indicator = set->indicator;
    bool both = indicator->shape == SHAPE_PROPORTION ||
                (indicator->shape == SHAPE_RATIO &&
                 indicator->numerator->rows == indicator->denominator->rows);
    out[0] = place_words(place == PLACE_NUMERATOR_UNKNOWN ? PLACE_DENOMINATOR : place);
    out[1] = place_words(PLACE_DENOMINATOR);
    return both && place == PLACE_NUMERATOR ? 2 : 1;
}

static int compare_values(Value a, Value b) {
    if (a.kind == VALUE_MISSING || b.kind == VALUE_MISSING)
        return (a.kind == VALUE_MISSING) - (b.kind == VALUE_MISSING);
    return value_compare(a, b);
}

static int by_place_and_key(const void *left, const void *right) {
    const Listed *a = left, *b = right;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    for (size_t i = 0; i < a->set->columns.len; i++) {
        int order = compare_values(a->fate->values[i], b->fate->values[i]);
        if (order != 0)
            return order;
    }
    return a->fate->row < b->fate->row ? -1 : a->fate->row > b->fate->row;
}

static bool is_listed(const GatheredSet *set, const RecordFate *fate, const ListedCells *cells) {
    for (size_t i = 0; i < cells->len; i++)
        if (set->indicator != cells->items[i]->indicator || fate_in_group(fate, cells->items[i]))
            return true;
    return false;
}

static Listing listing_of(const ExplainPage *page, const ListedCells *cells) {
    Listing listing = {0};
    for (size_t s = 0; s < page->gathering->sets.len; s++) {
        const GatheredSet *set = page->gathering->sets.items[s];
        for (size_t i = 0; i < set->fates.len; i++) {
            const RecordFate *fate = &set->fates.items[i];
            if (is_listed(set, fate, cells))
                vec_push(page->run, &listing, ((Listed){set, fate, place_of(set, fate), s}));
        }
    }
    if (listing.len > 1)
        qsort(listing.items, listing.len, sizeof *listing.items, by_place_and_key);
    return listing;
}

/* ---- texts ---- */

static void add_labels(StrBuf *out, const Part *parts, const Truth *truths, size_t len) {
    for (size_t i = 0; truths && i < len; i++)
        if (truths[i] == TRUTH_TRUE)
            strbuf_addf(out, "%s%s", out->len > 0 ? "; " : "",
                        parts[i].label ? parts[i].label : parts[i].id);
}

/* The exclusions that take it out, else the parts or the band that it is in; NULL: nothing. */
static const char *which_of(Arena *run, const Listed *listed) {
    const Indicator *indicator = listed->set->indicator;
    const RecordFate *fate = listed->fate;
    StrBuf text = {0};
    if (listed->place == PLACE_TAKEN_OUT)
        add_labels(&text, indicator->excludes, fate->excluded, indicator->excludes_len);
    else
        add_labels(&text, indicator->parts, fate->parts, indicator->parts_len);
    if (indicator->shape == SHAPE_DISTRIBUTION && listed->place == PLACE_COUNTED)
        strbuf_addf(&text, "%s%s", text.len > 0 ? "; " : "",
                    fate->band < indicator->bands_len ? indicator->bands[fate->band].label
                                                      : "Unknown");
    const char *out = text.len > 0 ? arena_copy_text(run, strbuf_text(&text), text.len) : NULL;
    strbuf_fini(&text);
    return out;
}

/* NULL: missing, and nothing was said of it. */
static const char *text_of(Arena *run, Value value) {
    if (value.kind == VALUE_MISSING)
        return value.symbol == SYMBOL_NONE ? NULL : symbol_letter(value.symbol);
    StrBuf text = {0};
    value_print(&text, value);
    const char *out = arena_copy_text(run, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return out;
}

/* ---- a table ---- */

#define OWN_COLUMNS 3

static void print_table(const ExplainPage *page, const Listed *items, size_t len) {
    const GatheredSet *set = items->set;
    size_t columns_len = OWN_COLUMNS + set->columns.len;
    GridColumn *columns = arena_array(page->run, columns_len, sizeof *columns);
    columns[0] = (GridColumn){"Is", false};
    columns[1] = (GridColumn){"Which", false};
    columns[2] = (GridColumn){"Record", false};
    for (size_t i = 0; i < set->columns.len; i++)
        columns[OWN_COLUMNS + i] = (GridColumn){set->columns.items[i]->name, false};
    Grid grid = grid_new(page->run, columns, columns_len);
    for (size_t i = 0; i < len; i++) {
        GridCell *cells = grid_row(&grid, 0);
        cells[0].text = place_words(items[i].place);
        cells[1].text = which_of(page->run, &items[i]);
        cells[2].text = set->rows->source->key_len == 0 ? items[i].fate->name : NULL;
        for (size_t c = 0; c < set->columns.len; c++)
            cells[OWN_COLUMNS + c].text = text_of(page->run, items[i].fate->values[c]);
    }
    StrBuf heading = {0};
    strbuf_add(&heading, "Records of ");
    wording_of_source(&heading, set->rows->source);
    strbuf_addf(&heading, ", for %s", set->indicator->id);
    page_heading(page, strbuf_text(&heading));
    strbuf_fini(&heading);
    grid_print(page->out, &grid, page->width, false);
}

void list_records_table(const ExplainPage *page, const ListedCells *cells) {
    Listing listing = listing_of(page, cells);
    const Indicator *indicator = cells->items[0]->indicator;
    strbuf_addf(page->out, "%s\n%s\n", indicator->id, indicator->title);
    page_dates(page, cells->items[0]);
    for (size_t start = 0, end; start < listing.len; start = end) {
        for (end = start + 1; end < listing.len; end++)
            if (listing.items[end].order != listing.items[start].order)
                break;
        print_table(page, &listing.items[start], end - start);
    }
    if (listing.len == 0)
        page_say(page, "No record is behind it.");
}

/* ---- CSV ---- */

static bool several_sources(const Listing *listing) {
    for (size_t i = 1; i < listing->len; i++)
        if (listing->items[i].set->rows->source != listing->items[0].set->rows->source)
            return true;
    return false;
}

/* The columns of all sources that are listed. */
typedef VEC(const ColumnModel *) Columns;

static Columns columns_of(Arena *run, const Listing *listing) {
    Columns columns = {0};
    for (size_t i = 0; i < listing->len; i++) {
        const GatheredSet *set = listing->items[i].set;
        if (i > 0 && listing->items[i - 1].set == set)
            continue;
        for (size_t c = 0; c < set->columns.len; c++) {
            bool known = false;
            for (size_t k = 0; k < columns.len; k++)
                known = known || columns.items[k] == set->columns.items[c];
            if (!known)
                vec_push(run, &columns, set->columns.items[c]);
        }
    }
    return columns;
}

static const char *listed_value(Arena *run, const Listed *listed, const ColumnModel *column) {
    for (size_t c = 0; c < listed->set->columns.len; c++)
        if (listed->set->columns.items[c] == column)
            return text_of(run, listed->fate->values[c]);
    return NULL;
}

void list_records_csv(const ExplainPage *page, const ListedCells *cells) {
    static const char *const own[] = {"indicator", "period", "is", "which", "source", "record"};
    Listing listing = listing_of(page, cells);
    Columns columns = columns_of(page->run, &listing);
    bool several = several_sources(&listing);
    CsvRecord line = {page->out, false};
    StrBuf period = {0};
    period_print(&period, cells->items[0]->period);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        csv_add_plain(&line, own[i]);
    for (size_t c = 0; c < columns.len; c++)
        csv_add_plain(&line, several
                                 ? arena_printf(page->run, "%s.%s", columns.items[c]->source->name,
                                                columns.items[c]->name)
                                 : columns.items[c]->name);
    csv_end(&line);
    for (size_t i = 0; i < listing.len; i++) {
        const Listed *listed = &listing.items[i];
        csv_add_plain(&line, listed->set->indicator->id);
        csv_add_plain(&line, strbuf_text(&period));
        csv_add_plain(&line, place_words(listed->place));
        csv_add_text(&line, which_of(page->run, listed));
        csv_add_plain(&line, listed->set->rows->source->name);
        csv_add_text(&line, listed->fate->name);
        for (size_t c = 0; c < columns.len; c++)
            csv_add_text(&line, listed_value(page->run, listed, columns.items[c]));
        csv_end(&line);
    }
    strbuf_fini(&period);
}
