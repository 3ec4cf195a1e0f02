/* The counts that a reader gets from a figure. */
#include "report/suppress.h"

static void tell(Arena *arena, ToldList *out, ToldKind kind, size_t index, int64_t count) {
    Told told = {kind, index, count < 0 ? -count : count};
    vec_push(arena, out, told);
}

static bool whole_of(Figure figure, int64_t *out) {
    return figure.present && num_to_int64(figure.value, out);
}

/* Cases themselves, not amounts of money, days or points. */
static bool counts_cases(const Quantity *quantity, BasisKind basis) {
    switch (quantity->kind) {
    case QUANTITY_COUNT:
    case QUANTITY_COUNT_DISTINCT:
        return true;
    case QUANTITY_SUM:
        return quantity->value && quantity->value->type.kind == TYPE_INTEGER &&
               (basis == BASIS_COUNT || basis == BASIS_NUMBER || basis == BASIS_PERCENT ||
                basis == BASIS_PER);
    case QUANTITY_MEAN:
    case QUANTITY_MEDIAN:
    case QUANTITY_PERCENTILE:
    case QUANTITY_MIN:
    case QUANTITY_MAX:
    case QUANTITY_FIRST:
    case QUANTITY_LAST:
        return false;
    }
    return false;
}

/* As few as there can be: a row may be under several exclusions. */
static void tell_rows(Arena *arena, const Cell *cell, ToldList *out) {
    if (!cell->has_counts || cell->gross == 0)
        return;
    int64_t rows = cell->gross;
    for (size_t i = 0; i < cell->indicator->excludes_len; i++)
        rows -= cell->excluded[i].count;
    tell(arena, out, TOLD_CASES, 0, rows > 0 ? rows : 1);
}

static void tell_value(Arena *arena, const Cell *cell, ToldList *out) {
    const Expr *value = cell->indicator->value;
    BasisKind basis = cell->indicator->basis;
    int64_t count;
    if (!value || value->kind != EXPR_QUANTITY) {
        if (basis == BASIS_COUNT && num_to_int64(cell->value, &count))
            tell(arena, out, TOLD_NUMERATOR, 0, count);
        return;
    }
    if (counts_cases(value->as.quantity, basis)) {
        if (whole_of(cell->numerator, &count))
            tell(arena, out, TOLD_NUMERATOR, 0, count);
    } else if (value->as.quantity->kind == QUANTITY_MEAN) {
        if (whole_of(cell->denominator, &count))
            tell(arena, out, TOLD_CASES, 0, count);
    } else {
        tell_rows(arena, cell, out);
    }
}

static void tell_fraction(Arena *arena, const Cell *cell, ToldList *out) {
    int64_t numerator, denominator;
    if (!whole_of(cell->numerator, &numerator))
        return;
    tell(arena, out, TOLD_NUMERATOR, 0, numerator);
    bool divided = cell->indicator->shape == SHAPE_PROPORTION || cell->band || cell->band_unknown;
    if (divided && whole_of(cell->denominator, &denominator))
        tell(arena, out, TOLD_REST, 0, denominator - numerator);
    if (cell->indicator->shape == SHAPE_PROPORTION && whole_of(cell->denominator, &denominator))
        tell(arena, out, TOLD_DENOMINATOR, 0, denominator);
}

static void tell_ratio(Arena *arena, const Cell *cell, ToldList *out) {
    const Indicator *indicator = cell->indicator;
    int64_t count;
    if (counts_cases(indicator->numerator, indicator->basis) && whole_of(cell->numerator, &count))
        tell(arena, out, TOLD_NUMERATOR, 0, count);
    if (counts_cases(indicator->denominator, BASIS_COUNT) && whole_of(cell->denominator, &count))
        tell(arena, out, TOLD_DENOMINATOR, 0, count);
}

void told_by_figure(Arena *arena, const Cell *cell, ToldList *out) {
    switch (cell->indicator->shape) {
    case SHAPE_PROPORTION:
    case SHAPE_DISTRIBUTION:
        tell_fraction(arena, cell, out);
        return;
    case SHAPE_RATIO:
        tell_ratio(arena, cell, out);
        return;
    case SHAPE_VALUE:
    case SHAPE_DERIVED:
        if (cell->available)
            tell_value(arena, cell, out);
        return;
    }
}

void told_by_part(Arena *arena, const Cell *cell, size_t part, ToldList *out) {
    int64_t whole, count = cell->parts[part].count;
    bool proportion = cell->indicator->shape == SHAPE_PROPORTION;
    tell(arena, out, TOLD_PART, part, count);
    if (whole_of(proportion ? cell->denominator : cell->numerator, &whole))
        tell(arena, out, TOLD_PART_REST, part, whole - count);
}

void told_by_like(Arena *arena, const Cell *cell, size_t benchmark, ToldList *out) {
    const BenchmarkFigure *figure = &cell->benchmarks[benchmark];
    int64_t like, like_of, own, own_of;
    bool divided = cell->indicator->shape == SHAPE_PROPORTION;
    bool has_like = whole_of(figure->like_numerator, &like);
    bool has_like_of = whole_of(figure->like_denominator, &like_of);
    if (has_like)
        tell(arena, out, TOLD_LIKE, benchmark, like);
    if (has_like && has_like_of && divided)
        tell(arena, out, TOLD_LIKE_REST, benchmark, like_of - like);
    /* The benchmark's population is a part of ours, so that the distance is a count too. */
    if (!figure->benchmark->only_where || !whole_of(cell->numerator, &own) || !has_like)
        return;
    tell(arena, out, TOLD_LIKE_APART, benchmark, own - like);
    if (!has_like_of || !whole_of(cell->denominator, &own_of))
        return;
    tell(arena, out, TOLD_LIKE_APART, benchmark, own_of - like_of);
    tell(arena, out, TOLD_LIKE_APART, benchmark, (own_of - own) - (like_of - like));
}
