/* The tables of small numbers: published counts, lists with a total, tables with both totals. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "stats/suppression.h"
#include "tests/statistics/statistics_row.h"

#define MOST 64
#define HIDDEN "c"

/* ---- one count ---- */

typedef struct Publication {
    const char *rule;
    int64_t below; /* 0: none is hidden */
    const char *hidden;
    int64_t base; /* 1: as it is */
} Publication;

static const Publication publications[] = {
    {"DfE CIN 2020 local authority: 1-5 c, else unrounded", 6, "c", 1},
    {"DfE CIN 2020 regional and England: nearest 10", 0, NULL, 10},
    {"NHS Digital HES 2018 below national: 1-7 *, else nearest 5", 8, "*", 5},
    {"Ofqual: 1-4 fewer than 5, else nearest 5", 5, "fewer than 5", 5},
};

static void published_count(const Row *row, StrBuf *out) {
    int64_t count;
    if (!row_int(row, "count", &count))
        return;
    for (size_t i = 0; i < sizeof publications / sizeof publications[0]; i++) {
        const Publication *by = &publications[i];
        Num rounded;
        if (!row_is(row, "rule", by->rule))
            continue;
        if (suppression_is_small((SuppressionRule){.below = by->below}, count))
            strbuf_add(out, by->hidden);
        else if (num_round_to_base(num_of_int(count), by->base, &rounded))
            num_print_exact(out, rounded);
    }
}

/* ---- numbers in a field ---- */

typedef struct Numbers {
    int64_t items[MOST];
    size_t len;
} Numbers;

/* "3;40;57": also with | between rows. */
static Numbers read_numbers(const char *text) {
    Numbers numbers = {0};
    while (numbers.len < MOST) {
        numbers.items[numbers.len++] = strtoll(text, NULL, 10);
        text = strpbrk(text, ";|");
        if (!text)
            break;
        text++;
    }
    return numbers;
}

static void add_cell(StrBuf *out, const char *before, int64_t value, bool hidden) {
    strbuf_add(out, before);
    if (hidden)
        strbuf_add(out, HIDDEN);
    else
        add_int(out, value);
}

/* ---- a list with its total ---- */

/* "1-5 suppressed, next smallest only if under 20 (DCSF 2008)" */
static SuppressionRule list_rule(const Row *row) {
    const char *text = row_text(row, "rule");
    SuppressionRule rule = {.below = strtoll(text + strlen("1-"), NULL, 10) + 1};
    const char *under = strstr(text, "only if under ");
    if (under)
        rule.partner_below = strtoll(under + strlen("only if under "), NULL, 10);
    return rule;
}

typedef struct Outcome {
    bool hidden[MOST];
    size_t hidden_len;
    bool whole; /* nothing hidden can be worked out */
} Outcome;

static Outcome suppress_list(SuppressionRule rule, const Numbers *values) {
    Outcome outcome = {0};
    Arena *arena = arena_new();
    Suppression *s = suppression_new(arena, rule);
    size_t parts[MOST];
    int64_t total = 0;
    for (size_t i = 0; i < values->len; i++) {
        parts[i] = suppression_add_count(s, suppression_add_unit(s, false), values->items[i]);
        total += values->items[i];
    }
    size_t whole = suppression_add_count(s, suppression_add_unit(s, true), total);
    suppression_add_sum(s, whole, parts, values->len);
    outcome.whole = suppression_decide(s);
    for (size_t i = 0; i < values->len; i++) {
        outcome.hidden[i] = suppression_of(s, i) != HIDING_NONE;
        outcome.hidden_len += outcome.hidden[i];
    }
    arena_free(arena);
    return outcome;
}

static Outcome outcome_of(const Row *row, Numbers *values) {
    *values = read_numbers(row_text(row, "values"));
    return suppress_list(list_rule(row), values);
}

static void list_published(const Row *row, StrBuf *out) {
    Numbers values;
    Outcome outcome = outcome_of(row, &values);
    for (size_t i = 0; i < values.len; i++)
        add_cell(out, i > 0 ? ";" : "", values.items[i], outcome.hidden[i]);
}

static void list_suppressed(const Row *row, StrBuf *out) {
    Numbers values;
    add_int(out, (int64_t)outcome_of(row, &values).hidden_len);
}

static void list_state(const Row *row, StrBuf *out) {
    Numbers values;
    Outcome outcome = outcome_of(row, &values);
    strbuf_add(out, outcome.hidden_len == 0 ? "none suppressed"
                    : outcome.whole         ? "protected from subtraction"
                                            : "recoverable by subtraction");
}

/* ---- what somebody who knows the rule can tell of a list ---- */

/* All lists that would have been published alike: the hidden cells with every other numbers that
 * add to the same. */
typedef struct Guessing {
    SuppressionRule rule;
    const Outcome *published;
    Numbers list;
    size_t cells[MOST];
    int64_t first[MOST]; /* by hidden cell: its number in the first list */
    bool several[MOST];
    bool any;
} Guessing;

static void try_list(Guessing *guessing) {
    Outcome outcome = suppress_list(guessing->rule, &guessing->list);
    if (memcmp(outcome.hidden, guessing->published->hidden, sizeof outcome.hidden) != 0)
        return;
    for (size_t i = 0; i < outcome.hidden_len; i++) {
        int64_t number = guessing->list.items[guessing->cells[i]];
        if (!guessing->any)
            guessing->first[i] = number;
        else if (guessing->first[i] != number)
            guessing->several[i] = true;
    }
    guessing->any = true;
}

static void guess(Guessing *guessing, size_t from, int64_t rest) {
    size_t last = guessing->published->hidden_len - 1;
    for (int64_t number = from == last ? rest : 0; number <= rest; number++) {
        guessing->list.items[guessing->cells[from]] = number;
        if (from == last)
            try_list(guessing);
        else
            guess(guessing, from + 1, rest - number);
    }
}

static void list_deducible(const Row *row, StrBuf *out) {
    Guessing guessing = {.rule = list_rule(row)};
    Outcome outcome = outcome_of(row, &guessing.list);
    if (outcome.hidden_len == 0)
        return;
    guessing.published = &outcome;
    int64_t rest = 0;
    size_t len = 0;
    for (size_t i = 0; i < guessing.list.len; i++)
        if (outcome.hidden[i]) {
            guessing.cells[len++] = i;
            rest += guessing.list.items[i];
        }
    guess(&guessing, 0, rest);
    size_t listed = 0;
    for (size_t i = 0; i < len; i++)
        if (!guessing.several[i])
            strbuf_addf(out, "%s%zu", listed++ > 0 ? ";" : "", guessing.cells[i] + 1);
    if (listed == 0)
        strbuf_add(out, "none");
}

/* ---- a table with totals of rows and columns ---- */

typedef struct TwoWay {
    Numbers cells;
    size_t rows, columns;
    bool hidden[MOST];
    size_t hidden_len, small;
    bool whole;
} TwoWay;

static void add_line(Suppression *s, const TwoWay *table, const size_t *counts, size_t first,
                     size_t step, size_t len) {
    size_t parts[MOST];
    int64_t total = 0;
    for (size_t i = 0; i < len; i++) {
        parts[i] = counts[first + i * step];
        total += table->cells.items[first + i * step];
    }
    size_t whole = suppression_add_count(s, suppression_add_unit(s, true), total);
    suppression_add_sum(s, whole, parts, len);
}

/* The counts of 1 to 5 are hidden, as DfE does. */
static TwoWay suppress_table(const Row *row) {
    TwoWay table = {.cells = read_numbers(row_text(row, "cells"))};
    table.rows = (size_t)strtoul(row_text(row, "rows"), NULL, 10);
    table.columns = (size_t)strtoul(row_text(row, "cols"), NULL, 10);
    if (table.rows * table.columns != table.cells.len)
        return (TwoWay){0};
    Arena *arena = arena_new();
    SuppressionRule rule = {.below = 6};
    Suppression *s = suppression_new(arena, rule);
    size_t counts[MOST];
    for (size_t i = 0; i < table.cells.len; i++) {
        counts[i] = suppression_add_count(s, suppression_add_unit(s, false), table.cells.items[i]);
        table.small += suppression_is_small(rule, table.cells.items[i]);
    }
    for (size_t r = 0; r < table.rows; r++)
        add_line(s, &table, counts, r * table.columns, 1, table.columns);
    for (size_t c = 0; c < table.columns; c++)
        add_line(s, &table, counts, c, table.columns, table.rows);
    table.whole = suppression_decide(s);
    for (size_t i = 0; i < table.cells.len; i++) {
        table.hidden[i] = suppression_of(s, i) != HIDING_NONE;
        table.hidden_len += table.hidden[i];
    }
    arena_free(arena);
    return table;
}

static void table_small(const Row *row, StrBuf *out) {
    add_int(out, (int64_t)suppress_table(row).small);
}

static void table_suppressed(const Row *row, StrBuf *out) {
    add_int(out, (int64_t)suppress_table(row).hidden_len);
}

static void table_published(const Row *row, StrBuf *out) {
    TwoWay table = suppress_table(row);
    for (size_t i = 0; i < table.cells.len; i++)
        add_cell(out,
                 i == 0                   ? ""
                 : i % table.columns == 0 ? "|"
                                          : ";",
                 table.cells.items[i], table.hidden[i]);
}

static void table_audit(const Row *row, StrBuf *out) {
    TwoWay table = suppress_table(row);
    strbuf_add(out, table.cells.len == 0 ? "" : table.whole ? "protected" : "recoverable");
}

/* ---- the tables ---- */

static const Table tables[] = {
    {"count_publication.csv", {"rule", "count"}, {{"published", published_count, AGREE_EXACTLY}}},
    {"suppression_1d.csv",
     {"rule", "values"},
     {{"published", list_published, AGREE_EXACTLY},
      {"suppressed", list_suppressed, AGREE_EXACTLY},
      {"state", list_state, AGREE_EXACTLY},
      {"cells_deducible_by_someone_who_knows_the_rule", list_deducible, AGREE_EXACTLY}}},
    {"suppression_2d.csv",
     {"rows", "cols", "cells"},
     {{"primary", table_small, AGREE_EXACTLY},
      {"suppressed", table_suppressed, AGREE_EXACTLY},
      {"published", table_published, AGREE_EXACTLY},
      {"audit", table_audit, AGREE_EXACTLY}}},
};

const TableList suppression_tables = {tables, sizeof tables / sizeof tables[0]};
