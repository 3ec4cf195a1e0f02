#include "report/reconcile_bands.h"

#include <string.h>

#define FEWEST_BANDS 3
#define MOST_BANDS 200
#define MOST_OTHER_WORDS 1 /* "year olds", "aged" */

static const char *const more_than[] = {"over", "above", "exceeding", NULL};
static const char *const comparatives[] = {"more", "greater", "longer", "older", NULL};
static const char *const less_than[] = {"under", "below", NULL};
static const char *const diminutives[] = {"less", "fewer", "younger", "shorter", NULL};
static const char *const or_words[] = {"or", "and", NULL};
static const char *const more_after[] = {"more",   "over",    "older", "above",
                                         "longer", "greater", NULL};
static const char *const less_after[] = {"less",    "fewer",   "under", "below",
                                         "younger", "shorter", NULL};
static const char *const joining[] = {"to", "and", "but", "between", "from", "working", "up", NULL};
static const char *const age_words[] = {"olds", "old", "aged", "age", "ages", NULL};

typedef struct BandReader {
    const Tokens *tokens;
    size_t numbers, others, units;
    Num values[2], unit[2];
    bool has_unit[2], whole;
    Edge before[2];           /* what stands before each number */
    bool lower[2], higher[2]; /* "or less", "or more" after it */
    Edge next;                /* for the number to come */
    bool next_is_low;
    bool is_low[2];
    bool ages;
} BandReader;

/* Days of the unit; false: it is no unit. */
static bool unit_of(const Tokens *tokens, size_t i, Num *out) {
    static const char *const days[] = {"day", "days", NULL}, *const weeks[] = {"week", "weeks",
                                                                               NULL};
    static const char *const months[] = {"month", "months", NULL};
    static const char *const years[] = {"year", "years", "yr", "yrs", NULL};
    if (token_is_any(tokens, i, days))
        *out = num_of_int(1);
    else if (token_is_any(tokens, i, weeks))
        *out = num_of_int(7);
    else if (token_is_any(tokens, i, months))
        *out = num_of_scaled(304375, 4);
    else if (token_is_any(tokens, i, years))
        *out = num_of_scaled(36525, 2);
    else
        return false;
    return true;
}

static bool take_number(BandReader *reader, const Token *token) {
    if (token->glued || token->percent || token->points || token->pounds || reader->numbers == 2)
        return false;
    size_t n = reader->numbers++;
    reader->values[n] = token->value;
    reader->before[n] = reader->next;
    reader->is_low[n] = reader->next_is_low;
    reader->next = EDGE_PLAIN;
    return true;
}

/* "more than", "at least", "up to": about the number to come; how many words it took, or 0. */
static size_t take_before(BandReader *reader, size_t i) {
    const Tokens *tokens = reader->tokens;
    bool more = token_is_any(tokens, i, comparatives) && token_is(tokens, i + 1, "than");
    bool less = token_is_any(tokens, i, diminutives) && token_is(tokens, i + 1, "than");
    size_t taken = more || less ? 2 : 1;
    bool at = token_is(tokens, i, "at");
    bool up_to = token_is(tokens, i, "up") && token_is(tokens, i + 1, "to");
    if (more || token_is_any(tokens, i, more_than)) {
        reader->next = EDGE_OUT;
        reader->next_is_low = true;
    } else if (less || token_is_any(tokens, i, less_than)) {
        reader->next = EDGE_OUT;
        reader->next_is_low = false;
    } else if ((at && token_is(tokens, i + 1, "least")) ||
               (at && token_is(tokens, i + 1, "most")) || up_to) {
        reader->next = EDGE_IN;
        reader->next_is_low = token_is(tokens, i + 1, "least");
        taken = 2;
    } else {
        return 0;
    }
    return taken;
}

/* "or more", "and over", "+": about the number before; how many words it took, or 0. */
static size_t take_after(BandReader *reader, size_t i) {
    const Tokens *tokens = reader->tokens;
    if (reader->numbers == 0)
        return 0;
    size_t n = reader->numbers - 1;
    if (token_is_mark(tokens, i, '+') || token_is(tokens, i, "plus")) {
        reader->higher[n] = true;
        return 1;
    }
    if (!token_is_any(tokens, i, or_words) || token_is(tokens, i + 2, "than"))
        return 0;
    if (token_is_any(tokens, i + 1, more_after))
        reader->higher[n] = true;
    else if (token_is_any(tokens, i + 1, less_after))
        reader->lower[n] = true;
    else
        return 0;
    return 2;
}

static bool take_unit(BandReader *reader, size_t i) {
    Num unit;
    if (reader->numbers == 0 || !unit_of(reader->tokens, i, &unit))
        return false;
    reader->unit[reader->numbers - 1] = unit;
    reader->has_unit[reader->numbers - 1] = true;
    return true;
}

static bool take_all(BandReader *reader) {
    const Tokens *tokens = reader->tokens;
    for (size_t i = 0; i < tokens->list.len;) {
        const Token *token = &tokens->list.items[i];
        size_t taken = 1;
        if (token->kind == TOKEN_DATE)
            return false;
        if (token->kind == TOKEN_NUMBER) {
            if (!take_number(reader, token))
                return false;
        } else if ((taken = take_after(reader, i)) == 0 && (taken = take_before(reader, i)) == 0) {
            taken = 1;
            reader->ages |= token_is_any(tokens, i, age_words);
            if (token->kind == TOKEN_WORD && !take_unit(reader, i) &&
                !token_is_any(tokens, i, joining))
                reader->others++;
        }
        i += taken;
    }
    return reader->numbers > 0 && reader->others <= MOST_OTHER_WORDS;
}

/* "0-6 weeks": the first has the unit of the second. */
static bool set_values(BandReader *reader, PrintedBand *out) {
    size_t last = reader->numbers - 1;
    if (!reader->has_unit[0] && reader->has_unit[last]) {
        reader->unit[0] = reader->unit[last];
        reader->has_unit[0] = true;
    }
    for (size_t i = 0; i < reader->numbers; i++) {
        if (!reader->has_unit[i])
            reader->unit[i] = num_of_int(1);
        if (!num_multiply(reader->values[i], reader->unit[i], &reader->values[i]))
            return false;
    }
    out->low = reader->values[0];
    out->high = reader->values[last];
    out->unit = reader->unit[last];
    return true;
}

static bool parse_one(Arena *arena, const char *label, PrintedBand *out) {
    CleanText text = {.text = label, .len = strlen(label)};
    uint32_t *places = arena_array(arena, text.len, sizeof *places);
    text.places = places;
    Tokens tokens;
    tokens_read(arena, &text, &tokens);
    BandReader reader = {.tokens = &tokens};
    *out = (PrintedBand){0};
    if (!take_all(&reader) || !set_values(&reader, out))
        return false;
    out->ages = reader.ages;
    if (reader.numbers == 2) {
        out->low_edge = reader.before[0];
        out->high_edge = reader.lower[1] ? EDGE_IN : reader.before[1];
        return !reader.higher[0] && !reader.higher[1] && !reader.lower[0] &&
               num_compare(out->low, out->high) <= 0;
    }
    bool open_up = reader.higher[0] || (reader.before[0] != EDGE_PLAIN && reader.is_low[0]);
    bool open_down = reader.lower[0] || (reader.before[0] != EDGE_PLAIN && !reader.is_low[0]);
    out->low_edge = open_down ? EDGE_NONE : reader.higher[0] ? EDGE_IN : reader.before[0];
    out->high_edge = open_up ? EDGE_NONE : reader.lower[0] ? EDGE_IN : reader.before[0];
    return !(open_up && open_down);
}

/* "0-6 weeks + 6 weeks to 3 months": from the first's lower edge to the last's upper one. */
bool band_parse(Arena *arena, const char *label, PrintedBand *out) {
    const char *plus = strstr(label, " + ");
    PrintedBand rest;
    if (!plus)
        return parse_one(arena, label, out);
    if (!parse_one(arena, arena_copy_text(arena, label, (size_t)(plus - label)), out) ||
        !band_parse(arena, plus + 3, &rest))
        return false;
    out->joined = true;
    out->high = rest.high;
    out->high_edge = rest.high_edge;
    return true;
}

bool band_is_range(const PrintedBand *band) {
    return band->low_edge == EDGE_NONE || band->high_edge == EDGE_NONE ||
           num_compare(band->low, band->high) != 0;
}

/* ---- the bands of a cell ---- */

static int compare_bands(const PrintedBand *a, const PrintedBand *b) {
    bool a_open = a->low_edge == EDGE_NONE, b_open = b->low_edge == EDGE_NONE;
    if (a_open || b_open)
        return (int)b_open - (int)a_open;
    int low = num_compare(a->low, b->low);
    if (low != 0)
        return low;
    return (int)(a->high_edge == EDGE_NONE) - (int)(b->high_edge == EDGE_NONE);
}

/* Nearly always in order already. */
static void sort_bands(PrintedBands *bands) {
    for (size_t i = 1; i < bands->len; i++) {
        PrintedBand band = bands->items[i];
        size_t k = i;
        for (; k > 0 && compare_bands(&band, &bands->items[k - 1]) < 0; k--)
            bands->items[k] = bands->items[k - 1];
        bands->items[k] = band;
    }
}

/* Whether bands that follow one another have the same edges together. */
bool bands_add_to(const PrintedBands *bands, const PrintedBand *wanted) {
    for (size_t i = 0; i < bands->len; i++) {
        PrintedBand sum = bands->items[i];
        for (size_t k = i; k < bands->len; k++) {
            sum.high = bands->items[k].high;
            sum.high_edge = bands->items[k].high_edge;
            if (band_same(&sum, wanted))
                return true;
        }
    }
    return false;
}

/* A joined band beside the bands that it is joined of is no further one. */
static void drop_joined(Arena *arena, PrintedBands *bands) {
    PrintedBands single = {0};
    size_t kept = 0;
    for (size_t i = 0; i < bands->len; i++)
        if (!bands->items[i].joined)
            vec_push(arena, &single, bands->items[i]);
    for (size_t i = 0; i < bands->len; i++)
        if (!bands->items[i].joined || !bands_add_to(&single, &bands->items[i]))
            bands->items[kept++] = bands->items[i];
    bands->len = kept;
}

void bands_of_cell(Arena *arena, const PrintedCell *cell, PrintedBands *out) {
    size_t ranges = 0;
    *out = (PrintedBands){0};
    for (size_t i = 0; i < cell->figures.len; i++) {
        const PrintedFigure *figure = &cell->figures.items[i];
        PrintedBand band;
        if (figure->kind != PRINTED_PERCENT || figure->total ||
            !band_parse(arena, figure->label, &band))
            continue;
        band.figure = figure;
        ranges += band_is_range(&band);
        vec_push(arena, out, band);
    }
    if (out->len < FEWEST_BANDS || out->len > MOST_BANDS || ranges < 2)
        out->len = 0;
    sort_bands(out);
    drop_joined(arena, out);
}

/* Whether b starts one whole unit after a ends. */
static bool follows_by_one(const PrintedBand *a, const PrintedBand *b) {
    Num next;
    return a->high_edge == EDGE_PLAIN && b->low_edge != EDGE_NONE && b->low_edge != EDGE_OUT &&
           num_compare(a->unit, b->unit) == 0 && num_add(a->high, a->unit, &next) &&
           num_compare(next, b->low) == 0;
}

bool bands_are_whole(const PrintedBands *bands) {
    for (size_t i = 1; i < bands->len; i++)
        if (follows_by_one(&bands->items[i - 1], &bands->items[i]))
            return true;
    return false;
}

bool band_within(const PrintedBand *band, const PrintedBand *wider) {
    bool low = wider->low_edge == EDGE_NONE ||
               (band->low_edge != EDGE_NONE && num_compare(band->low, wider->low) >= 0);
    bool high = wider->high_edge == EDGE_NONE ||
                (band->high_edge != EDGE_NONE && num_compare(band->high, wider->high) <= 0);
    return low && high;
}

bool band_same(const PrintedBand *a, const PrintedBand *b) {
    bool a_low = a->low_edge != EDGE_NONE, b_low = b->low_edge != EDGE_NONE;
    bool a_high = a->high_edge != EDGE_NONE, b_high = b->high_edge != EDGE_NONE;
    return a_low == b_low && a_high == b_high && (!a_low || num_compare(a->low, b->low) == 0) &&
           (!a_high || num_compare(a->high, b->high) == 0);
}
