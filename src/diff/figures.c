/* What a change does to the numbers: figures of both versions, and the records that moved. */
#include <stdlib.h>
#include <string.h>

#include "diff/changes.h"
#include "explain/listing.h"

/* ---- figures ---- */

static const char *keep(Arena *arena, StrBuf *text) {
    const char *out = arena_copy_text(arena, strbuf_text(text), text->len);
    strbuf_fini(text);
    return out;
}

const char *figure_text(Arena *arena, const ReportRow *row) {
    if (!row)
        return "none";
    if (!row->printed)
        return arena_printf(arena, "no value (%s)", row->missing);
    return row->fraction ? arena_printf(arena, "%s (%s)", row->printed, row->fraction)
                         : row->printed;
}

/* What a cell is of: equal for the same group and band of both versions. NULL: the whole. */
static const char *group_of(Arena *arena, const ReportRow *row) {
    const Cell *cell = row->cell;
    StrBuf text = {0};
    for (size_t i = 0; i < cell->indicator->breakdowns_len; i++)
        if (!cell->group[i].whole)
            strbuf_addf(&text, "%s%s “%s”", text.len > 0 ? ", " : "",
                        cell->indicator->breakdowns[i].label, cell->group[i].label);
        else if (!cell->whole)
            strbuf_addf(&text, "%sall by %s", text.len > 0 ? ", " : "",
                        cell->indicator->breakdowns[i].label);
    if (row->band)
        strbuf_addf(&text, "%sband “%s”", text.len > 0 ? ", " : "", row->band);
    if (text.len > 0)
        return keep(arena, &text);
    strbuf_fini(&text);
    return NULL;
}

static bool same_text(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Whether a row is one of those compared. */
static bool is_of(const ReportRow *row, const Indicator *indicator, const Period *period) {
    return row->indicator == indicator && !row->added &&
           (!period ||
            (row->cell->period.kind == period->kind && row->cell->period.end == period->end));
}

static const ReportRow *same_row(Arena *arena, const Report *report, const Indicator *indicator,
                                 const ReportRow *wanted) {
    const char *group = group_of(arena, wanted);
    for (size_t i = 0; report && i < report->rows_len; i++) {
        const ReportRow *row = &report->rows[i];
        if (is_of(row, indicator, &wanted->cell->period) && same_text(group_of(arena, row), group))
            return row;
    }
    return NULL;
}

static bool turns(Meaning before, Meaning after) {
    return (before == MEANING_IMPROVING && after == MEANING_WORSENING) ||
           (before == MEANING_WORSENING && after == MEANING_IMPROVING);
}

static void add_figure(Arena *arena, IndicatorChange *change, const ReportRow *before,
                       const ReportRow *after) {
    const ReportRow *either = after ? after : before;
    FigureChange figure = {.period = either->period,
                           .group = group_of(arena, either),
                           .before = before,
                           .after = after};
    if (before && after) {
        figure.same = same_text(before->value, after->value) &&
                      same_text(before->printed, after->printed) &&
                      same_text(before->fraction, after->fraction) &&
                      before->status == after->status && before->meaning == after->meaning;
        figure.flips = before->status != after->status || turns(before->meaning, after->meaning);
    }
    if (!figure.same || !figure.group)
        vec_push(arena, &change->figures, figure);
}

static void add_figures(Arena *arena, IndicatorChange *change, const BothResults *results) {
    for (size_t i = 0; results->after && i < results->after->rows_len; i++) {
        const ReportRow *row = &results->after->rows[i];
        if (change->after && is_of(row, change->after, results->period))
            add_figure(
                arena, change,
                change->before ? same_row(arena, results->before, change->before, row) : NULL, row);
    }
    for (size_t i = 0; results->before && i < results->before->rows_len; i++) {
        const ReportRow *row = &results->before->rows[i];
        if (change->before && is_of(row, change->before, results->period) &&
            !(change->after && same_row(arena, results->after, change->after, row)))
            add_figure(arena, change, row, NULL);
    }
}

/* ---- records ---- */

/* A record in one part of the result. */
typedef struct Membership {
    const SourceModel *source;
    const char *part, *key;
} Membership;

typedef VEC(Membership) Memberships;

static void add_parts(Arena *arena, Memberships *out, const GatheredSet *set,
                      const RecordFate *fate) {
    Membership member = {.source = set->rows->source, .key = fate->name};
    const char *parts[2];
    size_t len = record_parts(set, fate, parts);
    for (size_t i = 0; i < len; i++) {
        member.part = parts[i];
        vec_push(arena, out, member);
    }
}

static bool all_digits(const char *text) {
    return *text && text[strspn(text, "0123456789")] == '\0';
}

/* Numbers by their size, other keys by code point. */
static int compare_keys(const char *a, const char *b) {
    if (all_digits(a) && all_digits(b) && strlen(a) != strlen(b))
        return strlen(a) < strlen(b) ? -1 : 1;
    return strcmp(a, b);
}

static int compare_groups(const Membership *a, const Membership *b) {
    int order = strcmp(a->source->name, b->source->name);
    return order != 0 ? order : strcmp(a->part, b->part);
}

static int compare_members(const void *left, const void *right) {
    const Membership *a = left, *b = right;
    int order = compare_groups(a, b);
    return order != 0 ? order : compare_keys(a->key, b->key);
}

static Memberships members_of(Arena *arena, const Gathering *records, const Indicator *indicator) {
    Memberships out = {0};
    for (size_t s = 0; records && s < records->sets.len; s++) {
        const GatheredSet *set = records->sets.items[s];
        for (size_t i = 0; set->indicator == indicator && i < set->fates.len; i++)
            add_parts(arena, &out, set, &set->fates.items[i]);
    }
    if (out.len > 1)
        qsort(out.items, out.len, sizeof *out.items, compare_members);
    return out;
}

/* The moves of one part, while both lists are gone through. */
static RecordMoves *moves_of(Arena *arena, IndicatorChange *change, const char *period,
                             const Membership *member) {
    size_t len = change->moves.len;
    if (len > 0) {
        RecordMoves *last = &change->moves.items[len - 1];
        if (strcmp(last->source->name, member->source->name) == 0 &&
            strcmp(last->part, member->part) == 0 && strcmp(last->period, period) == 0)
            return last;
        if (last->in.len + last->out.len == 0)
            change->moves.len--; /* nothing moved */
    }
    RecordMoves moves = {.period = period, .source = member->source, .part = member->part};
    vec_push(arena, &change->moves, moves);
    return &change->moves.items[change->moves.len - 1];
}

static void compare_records(Arena *arena, IndicatorChange *change, const char *period,
                            const Memberships *was, const Memberships *is) {
    size_t a = 0, b = 0;
    while (a < was->len || b < is->len) {
        int order = a == was->len  ? 1
                    : b == is->len ? -1
                                   : compare_members(&was->items[a], &is->items[b]);
        const Membership *member = order <= 0 ? &was->items[a] : &is->items[b];
        RecordMoves *moves = moves_of(arena, change, period, member);
        if (order == 0)
            moves->stayed++;
        else
            vec_push(arena, order < 0 ? &moves->out : &moves->in, member->key);
        a += order <= 0;
        b += order >= 0;
    }
    size_t len = change->moves.len;
    if (len > 0 && change->moves.items[len - 1].in.len + change->moves.items[len - 1].out.len == 0)
        change->moves.len--;
}

static const char *period_of(const Report *report, const Indicator *indicator,
                             const Period *period) {
    for (size_t i = 0; report && indicator && i < report->rows_len; i++)
        if (is_of(&report->rows[i], indicator, period))
            return report->rows[i].period;
    return NULL;
}

static void add_moves(Arena *arena, IndicatorChange *change, const BothResults *results) {
    const char *was = period_of(results->before, change->before, results->period);
    const char *is = period_of(results->after, change->after, results->period);
    if (!was || !is || strcmp(was, is) != 0)
        return; /* another period: the records are not to be compared */
    Memberships old_members = members_of(arena, results->old_records, change->before);
    Memberships new_members = members_of(arena, results->new_records, change->after);
    compare_records(arena, change, is, &old_members, &new_members);
}

void changes_add_results(Changes *changes, const BothResults *results) {
    for (size_t i = 0; i < changes->items.len; i++) {
        IndicatorChange *change = &changes->items.items[i];
        if (change->renamed)
            continue;
        add_figures(changes->arena, change, results);
        add_moves(changes->arena, change, results);
    }
}
