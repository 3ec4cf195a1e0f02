/* Which figures of one table are hidden: an indicator in one period, all groups and bands. */
#include <string.h>

#include "report/report.h"
#include "report/suppress.h"
#include "stats/suppression.h"

#define NOWHERE SIZE_MAX
#define MOST_SETS 1024 /* of the first ten breakdowns */

/* What one cell tells, and where it is counted. */
typedef struct Teller {
    size_t unit;    /* of the figure */
    size_t *parts;  /* units */
    size_t *likes;  /* units; NOWHERE: no such value */
    size_t *place;  /* by breakdown, then the band: 0 for the whole, else its number */
    ToldList told;  /* all of it */
    size_t *counts; /* by told: its number in the Suppression */
} Teller;

typedef struct Labels {
    VEC(const char *) items;
} Labels;

typedef struct Tabling {
    Arena *arena;
    const SuppressTable *table;
    const Indicator *indicator;
    Suppression *suppression;
    Teller *tellers;
    size_t dimensions; /* breakdowns, and the band */
} Tabling;

/* ---- where a cell stands ---- */

static size_t number_of(Arena *arena, Labels *labels, const char *label) {
    for (size_t i = 0; i < labels->items.len; i++)
        if (strcmp(labels->items.items[i], label) == 0)
            return i + 1;
    vec_push(arena, &labels->items, label);
    return labels->items.len;
}

/* "=17", and "?" for rows without a value. */
static const char *key_text(Arena *arena, const GroupKey *key) {
    if (key->unknown)
        return "?";
    StrBuf text = {0};
    strbuf_add_char(&text, '=');
    group_key_print(&text, key);
    const char *copy = arena_copy_text(arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return copy;
}

static void place_cells(Tabling *t) {
    size_t levels = t->indicator->breakdowns_len;
    Labels *labels = arena_array(t->arena, levels, sizeof *labels);
    for (size_t i = 0; i < t->table->len; i++) {
        const Cell *cell = t->table->cells[i];
        size_t *place = arena_array(t->arena, t->dimensions, sizeof *place);
        for (size_t level = 0; level < levels; level++)
            if (!cell->group[level].whole)
                place[level] =
                    number_of(t->arena, &labels[level], key_text(t->arena, &cell->group[level]));
        if (cell->band)
            place[levels] = 1 + (size_t)(cell->band - t->indicator->bands);
        else if (cell->band_unknown)
            place[levels] = 1 + t->indicator->bands_len;
        t->tellers[i].place = place;
    }
}

/* ---- what it tells ---- */

/* A new unit with what was told from `from` on. */
static size_t add_unit(Tabling *t, Teller *teller, size_t from) {
    size_t unit = suppression_add_unit(t->suppression, false);
    for (size_t i = from; i < teller->told.len; i++)
        teller->counts[i] =
            suppression_add_count(t->suppression, unit, teller->told.items[i].count);
    return unit;
}

static void add_parts(Tabling *t, Teller *teller, const Cell *cell) {
    size_t len = cell->has_counts && cell->parts ? t->indicator->parts_len : 0;
    teller->parts = arena_array(t->arena, len, sizeof *teller->parts);
    for (size_t i = 0; i < len; i++) {
        size_t from = teller->told.len;
        told_by_part(t->arena, cell, i, &teller->told);
        teller->parts[i] = add_unit(t, teller, from);
        suppression_follow(t->suppression, teller->parts[i], teller->unit);
    }
}

static void add_likes(Tabling *t, Teller *teller, const Cell *cell) {
    teller->likes = arena_array(t->arena, cell->benchmarks_len, sizeof *teller->likes);
    for (size_t i = 0; i < cell->benchmarks_len; i++) {
        size_t from = teller->told.len;
        teller->likes[i] = NOWHERE;
        if (!cell->benchmarks[i].has_like_for_like)
            continue;
        told_by_like(t->arena, cell, i, &teller->told);
        teller->likes[i] = add_unit(t, teller, from);
        suppression_follow(t->suppression, teller->likes[i], teller->unit);
    }
}

/* A figure tells at most four counts, a part two, a like-for-like value five. */
static size_t most_told(const Cell *cell) {
    return 4 + 2 * cell->indicator->parts_len + 5 * cell->benchmarks_len;
}

static void add_cell(Tabling *t, size_t i) {
    const Cell *cell = t->table->cells[i];
    Teller *teller = &t->tellers[i];
    teller->counts = arena_array(t->arena, most_told(cell), sizeof *teller->counts);
    told_by_figure(t->arena, cell, &teller->told);
    teller->unit = add_unit(t, teller, 0);
    if (t->table->hidden && t->table->hidden[i])
        suppression_hide(t->suppression, teller->unit);
    add_parts(t, teller, cell);
    add_likes(t, teller, cell);
}

/* ---- what adds up ---- */

/* NOWHERE: the cell does not tell it. */
static size_t count_of(const Teller *teller, Told wanted) {
    for (size_t i = 0; i < teller->told.len; i++)
        if (teller->told.items[i].kind == wanted.kind &&
            teller->told.items[i].index == wanted.index)
            return teller->counts[i];
    return NOWHERE;
}

/* Which breakdowns (and the band, the last) are totalled: a bit each. */
typedef unsigned Dimensions;

static bool is_in(Dimensions set, size_t dimension) {
    return set >> dimension & 1;
}

/* The part is divided by all dimensions of the set, and stands where the whole does in the others.
 */
static bool is_part_along(const Tabling *t, const Teller *whole, const Teller *part,
                          Dimensions set) {
    for (size_t d = 0; d < t->dimensions; d++)
        if (is_in(set, d) ? part->place[d] == 0 : part->place[d] != whole->place[d])
            return false;
    return true;
}

static bool is_whole_of(const Tabling *t, const Teller *whole, Dimensions set) {
    for (size_t d = 0; d < t->dimensions; d++)
        if (is_in(set, d) && whole->place[d] != 0)
            return false;
    return true;
}

/* In bands only the counts add to all: what each leaves does not. */
static bool adds_along(const Tabling *t, Told told, Dimensions set) {
    if (told.kind == TOLD_LIKE_APART)
        return false;
    return !is_in(set, t->indicator->breakdowns_len) || told.kind == TOLD_NUMERATOR;
}

static void add_sums_of(Tabling *t, const Teller *whole, Dimensions set) {
    size_t *cells = arena_array(t->arena, t->table->len, sizeof *cells), cells_len = 0;
    for (size_t i = 0; i < t->table->len; i++)
        if (is_part_along(t, whole, &t->tellers[i], set))
            cells[cells_len++] = i;
    size_t *parts = arena_array(t->arena, cells_len, sizeof *parts);
    for (size_t k = 0; k < whole->told.len && cells_len > 0; k++) {
        size_t len = 0;
        if (!adds_along(t, whole->told.items[k], set))
            continue;
        for (size_t i = 0; i < cells_len; i++) {
            size_t count = count_of(&t->tellers[cells[i]], whole->told.items[k]);
            if (count != NOWHERE)
                parts[len++] = count;
        }
        suppression_add_sum(t->suppression, whole->counts[k], parts, len);
    }
}

static bool is_of_figure(ToldKind kind) {
    return kind == TOLD_NUMERATOR || kind == TOLD_REST || kind == TOLD_DENOMINATOR;
}

/* Parts that are all there is add to the figure itself. */
static void add_part_sums(Tabling *t, const Teller *teller) {
    size_t *parts = arena_array(t->arena, t->indicator->parts_len, sizeof *parts), len = 0;
    for (size_t i = 0; i < teller->told.len; i++)
        if (teller->told.items[i].kind == TOLD_PART)
            parts[len++] = teller->counts[i];
    for (size_t i = 0; i < teller->told.len && len > 0; i++)
        if (is_of_figure(teller->told.items[i].kind))
            suppression_add_sum(t->suppression, teller->counts[i], parts, len);
}

static void add_sums(Tabling *t) {
    for (size_t i = 0; i < t->table->len; i++) {
        const Teller *teller = &t->tellers[i];
        for (Dimensions set = 1; set < 1U << t->dimensions && set < MOST_SETS; set++)
            if (is_whole_of(t, teller, set))
                add_sums_of(t, teller, set);
        add_part_sums(t, teller);
    }
}

/* ---- the table ---- */

static bool is_hidden(const Tabling *t, size_t unit) {
    return suppression_of(t->suppression, unit) != HIDING_NONE;
}

void suppress_like(BenchmarkFigure *figure) {
    figure->like_numerator = figure->like_denominator = figure->like_value = (Figure){0};
    figure->comparable = false;
    figure->reason = suppress_reason;
}

static void mark(const Tabling *t, size_t i) {
    Cell *cell = t->table->cells[i];
    const Teller *teller = &t->tellers[i];
    cell->withheld.figure = is_hidden(t, teller->unit);
    size_t parts = cell->has_counts && cell->parts ? t->indicator->parts_len : 0;
    for (size_t p = 0; p < parts; p++)
        cell->parts[p].withheld = is_hidden(t, teller->parts[p]);
    for (size_t b = 0; b < cell->benchmarks_len; b++)
        if (teller->likes[b] != NOWHERE && is_hidden(t, teller->likes[b]))
            suppress_like(&cell->benchmarks[b]);
}

void suppress_table(Arena *arena, const SuppressTable *table) {
    const Indicator *indicator = table->cells[0]->indicator;
    SuppressionRule rule = {.below = suppress_below(indicator), .rule_known = true};
    Tabling t = {.arena = arena, .table = table, .indicator = indicator};
    t.suppression = suppression_new(arena, rule);
    t.tellers = arena_array(arena, table->len, sizeof *t.tellers);
    t.dimensions = indicator->breakdowns_len + 1;
    place_cells(&t);
    for (size_t i = 0; i < table->len; i++)
        add_cell(&t, i);
    add_sums(&t);
    suppression_decide(t.suppression);
    for (size_t i = 0; i < table->len; i++)
        mark(&t, i);
}
