/* Indicators to cells: shapes, exclusions, groups, shares, symbols, errors, faults of data;
 * sections 3 to 5 of the language reference. */
#include <check.h>
#include <string.h>

#include "tests/unit/model_builder.h"

static Builder *b;

static void setup(void) {
    b = builder_new();
}

static void teardown(void) {
    builder_free(b);
}

/* ---- what a cell says ---- */

static void check_num(Num actual, const char *expected) {
    StrBuf text = {0};
    value_print(&text, value_number(actual));
    ck_assert_str_eq(strbuf_text(&text), expected);
    strbuf_fini(&text);
}

static void check_value(const Cell *cell, const char *expected) {
    ck_assert_ptr_nonnull(cell);
    ck_assert_msg(cell->available, "not available: %s", cell->reason ? cell->reason : "");
    check_num(cell->value, expected);
}

/* "69/535" */
static void check_fraction(const Cell *cell, const char *expected) {
    ck_assert_ptr_nonnull(cell);
    ck_assert(cell->numerator.present && cell->denominator.present);
    StrBuf text = {0};
    value_print(&text, value_number(cell->numerator.value));
    strbuf_add(&text, "/");
    value_print(&text, value_number(cell->denominator.value));
    ck_assert_str_eq(strbuf_text(&text), expected);
    strbuf_fini(&text);
}

static void check_unavailable(const Cell *cell, Symbol symbol) {
    ck_assert_ptr_nonnull(cell);
    ck_assert(!cell->available);
    ck_assert_int_eq(cell->symbol, symbol);
    ck_assert_ptr_nonnull(cell->reason);
}

static Quantity *count_of(const Rowset *rows) {
    return x_measure(b, QUANTITY_COUNT, NULL, rows);
}

static Quantity *sum_of(const Rowset *rows, const char *column) {
    return x_measure(b, QUANTITY_SUM, x_column(b, rows, column), rows);
}

/* ---- shapes ---- */

/* The example of the language reference: the second anniversary counts, a day longer does not. */
START_TEST(second_plan_within_two_years) {
    SourceModel *plan =
        build_source(b, "cp_plan", "plan_id:text child:text start:date end:date,open", 1,
                     "1|A|2014-03-01|2014-08-31\n2|A|2016-08-31|-\n"
                     "3|B|2013-01-01|2014-08-30\n4|B|2016-08-31|-");
    Rowset *p = x_rows(b, plan, "p", TIMING_DATED, "start", NULL);
    Rowset *q = x_nested(b, plan, "q", TIMING_NONE, NULL, NULL);
    q->another_of = p->row;
    q->where = x_and(b, x_compare(b, x_column(b, q, "child"), "=", x_column(b, p, "child")),
                     x_within(b, x_column(b, q, "end"), "2 years", true, x_column(b, p, "start")));
    build_rolling(build_proportion(b, "second_cp_plan", p, x_exists(b, q, false)), 12);
    build_run(b, "2017-01", NULL);
    ck_assert_int_eq(b->outcome, STORE_OK);
    const Cell *cell = cell_of(b, NULL, NULL, NULL);
    check_fraction(cell, "1/2");
    check_value(cell, "50");
    ck_assert_int_eq(cell->gross, 2);
    ck_assert_int_eq(cell->unknown_numerator, 0);
    ck_assert_str_eq(cell->window_label, "Rolling 12 months January 2017");
    ck_assert_int_eq(cell->window_start, day("2016-02-01"));
}
END_TEST

START_TEST(values_stay_exact) {
    SourceModel *s =
        build_source(b, "s", "d:date k:text", 0, "2017-01-01|a\n2017-01-02|b\n2017-01-03|b");
    Rowset *r = x_rows(b, s, "r", TIMING_DATED, "d", NULL);
    build_window(
        build_proportion(b, "i", r, x_compare(b, x_column(b, r, "k"), "=", x_text(b, "a"))),
        WINDOW_MONTH, EVERY_MONTH);
    build_run(b, "2017-01", NULL);
    const Cell *cell = cell_of(b, NULL, NULL, NULL);
    Num third;
    num_of_ratio(100, 3, &third);
    ck_assert_int_eq(num_compare(cell->value, third), 0);
    /* December has no rows at all: no cases, and no value to compare with */
    ck_assert(cell->has_previous_period);
    check_unavailable(cell->previous, SYMBOL_NOT_APPLICABLE);
    ck_assert_str_eq(cell->previous->reason, "no cases");
    ck_assert(!cell->previous->asked);
}
END_TEST

START_TEST(ratio_of_two_row_sets) {
    SourceModel *conference =
        build_source(b, "conference", "held:date", 0, "2016-05-01\n2017-01-31\n2017-02-01");
    SourceModel *people = build_source(b, "population", "year:integer persons:integer on:date=", 0,
                                       "2015|900\n2016|1000\n2017|1100");
    build_column(people, "on")->computed = x_call(b, FUNCTION_DAY, x_own_column(b, people, "year"),
                                                  x_number(b, "6"), x_number(b, "30"));
    Rowset *k = x_rows(b, conference, "k", TIMING_DATED, "held", NULL);
    Rowset *e = x_rows(b, people, "e", TIMING_LATEST, "on", NULL);
    Indicator *i = build_ratio(b, "i", count_of(k), sum_of(e, "persons"));
    build_rolling(i, 12);
    i->per = num_of_int(10000);
    build_run(b, "2017-01", NULL);
    const Cell *cell = cell_of(b, NULL, NULL, NULL);
    check_fraction(cell, "2/1000");
    check_value(cell, "20");
}
END_TEST

START_TEST(same_rows_on_both_sides) {
    SourceModel *s = build_source(b, "s", "on:date started:integer repeat:integer", 0,
                                  "2017-01-31|40|5\n2017-01-31|60|7");
    s->published = PUBLISHED_FLOW;
    Rowset *r = x_rows(b, s, "r", TIMING_DATED, "on", NULL);
    Indicator *i = build_ratio(b, "i", sum_of(r, "repeat"), sum_of(r, "started"));
    build_window(i, WINDOW_MONTH, EVERY_MONTH);
    ck_assert_uint_eq(i->rowsets_len, 1);
    build_run(b, "2017-01", NULL);
    check_fraction(cell_of(b, NULL, NULL, NULL), "12/100");
    ck_assert(!cell_of(b, NULL, NULL, NULL)->has_counts); /* rows of counts are no cases */
}
END_TEST

START_TEST(value_shapes) {
    SourceModel *s = build_source(b, "s", "d:date n:integer k:text", 0,
                                  "2017-01-01|4|a\n2017-01-02|6|b\n2017-01-03|11|b");
    Rowset *r = x_rows(b, s, "r", TIMING_DATED, "d", NULL);
    Rowset *t = x_rows(b, s, "t", TIMING_DATED, "d", NULL);
    t->where = x_compare(b, x_column(b, t, "k"), "=", x_text(b, "b"));
    Expr *count = x_quantity(b, count_of(r));
    Expr *median = x_quantity(b, x_measure(b, QUANTITY_MEDIAN, x_column(b, r, "n"), r));
    Expr *mean = x_quantity(b, x_measure(b, QUANTITY_MEAN, x_column(b, r, "n"), r));
    Expr *mixed = x_arithmetic(b, x_arithmetic(b, x_quantity(b, sum_of(t, "n")), "-", count), "/",
                               x_number(b, "4"));
    Indicator *counted = build_value(b, "counted", count);
    Indicator *middle = build_value(b, "middle", median);
    Indicator *average = build_value(b, "average", mean);
    Indicator *reckoned = build_value(b, "reckoned", mixed);
    Indicator *negative = build_value(b, "negative", x_negate(b, count));
    for (size_t i = 0; i < b->model.indicators_len; i++)
        build_window(&b->indicators[i], WINDOW_MONTH, EVERY_MONTH);
    build_run(b, "2017-01", NULL);
    check_value(cell_of(b, counted, NULL, NULL), "3");
    check_num(cell_of(b, counted, NULL, NULL)->numerator.value, "3");
    ck_assert(!cell_of(b, counted, NULL, NULL)->denominator.present);
    check_value(cell_of(b, middle, NULL, NULL), "6");
    check_value(cell_of(b, average, NULL, NULL), "7");
    check_fraction(cell_of(b, average, NULL, NULL), "21/3");
    check_value(cell_of(b, reckoned, NULL, NULL), "3.5");
    check_value(cell_of(b, negative, NULL, NULL), "-3");
}
END_TEST

START_TEST(values_can_ask_for_the_days_of_the_window) {
    SourceModel *s = build_source(b, "s", "d:date", 0, "2017-01-01\n2017-01-31\n2017-01-31");
    Rowset *r = x_rows(b, s, "r", TIMING_DATED, "d", NULL);
    Expr *days = x_call(b, FUNCTION_DAYS, x_period(b, PERIOD_WORD_START),
                        x_period(b, PERIOD_WORD_END), NULL);
    build_window(build_value(b, "i", x_arithmetic(b, x_quantity(b, count_of(r)), "/", days)),
                 WINDOW_MONTH, EVERY_MONTH);
    Indicator *taken = build_value(
        b, "taken", x_call(b, FUNCTION_YEAR, x_period(b, PERIOD_WORD_TAKEN), NULL, NULL));
    Indicator *nought =
        build_value(b, "nought",
                    x_arithmetic(b, x_quantity(b, count_of(r)), "/",
                                 x_call(b, FUNCTION_DAYS, x_period(b, PERIOD_WORD_END),
                                        x_period(b, PERIOD_WORD_END), NULL)));
    build_run(b, "2017-01", NULL);
    check_value(cell_of(b, &b->indicators[0], NULL, NULL), "0.1");
    check_unavailable(cell_of(b, taken, NULL, NULL), SYMBOL_UNAVAILABLE);
    check_unavailable(cell_of(b, nought, NULL, NULL), SYMBOL_NOT_APPLICABLE);
}
END_TEST

START_TEST(cells_are_in_order) {
    SourceModel *s = build_source(b, "s", "d:date", 0, "2017-01-01");
    Rowset *r = x_rows(b, s, "r", TIMING_DATED, "d", NULL);
    Indicator *first = build_value(b, "first", x_quantity(b, count_of(r)));
    Indicator *second = build_value(b, "second", x_quantity(b, count_of(r)));
    build_window(first, WINDOW_MONTH, EVERY_MONTH);
    build_window(second, WINDOW_MONTH, EVERY_MONTH);
    build_run(b, "2016-12", "2017-01");
    ck_assert_uint_eq(b->result.cells_len, 6);
    for (size_t i = 0; i < 6; i++)
        ck_assert_ptr_eq(b->result.cells[i]->indicator, i < 3 ? first : second);
    for (size_t i = 1; i < 3; i++)
        ck_assert_int_lt(b->result.cells[i - 1]->period.end, b->result.cells[i]->period.end);
    ck_assert_ptr_eq(b->result.cells[2]->previous, b->result.cells[1]);
    ck_assert_ptr_eq(b->result.cells[1]->previous, b->result.cells[0]);
    ck_assert_ptr_null(b->result.cells[0]->previous);
}
END_TEST

/* ---- unknown rows, exclusions, parts ---- */

/* Cases with n and k, some missing; open all along. */
static Rowset *cases(const char *rows) {
    SourceModel *s = build_source(b, "c", "id:text n:integer,optional k:integer,optional", 1, rows);
    return x_rows(b, s, "c", TIMING_NONE, NULL, NULL);
}

static Expr *is(const Rowset *rows, const char *column, const char *wanted) {
    return x_compare(b, x_column(b, rows, column), "=", x_number(b, wanted));
}

START_TEST(unknown_rows_are_counted_and_not_in) {
    Rowset *c = cases("1|1|1\n2|1|-\n3|1|2\n4|-|1\n5|2|1\n6|-|-");
    c->where = is(c, "n", "1");
    build_proportion(b, "i", c, is(c, "k", "1"));
    build_run(b, "2017-01", NULL);
    const Cell *cell = cell_of(b, NULL, NULL, NULL);
    check_fraction(cell, "1/3");
    ck_assert_int_eq(cell->unknown_rows, 2);
    ck_assert_int_eq(cell->unknown_numerator,
                     1); /* row 2; not those that are in doubt themselves */
    ck_assert_int_eq(cell->gross, 3);
    ck_assert(cell->has_counts);
}
END_TEST

/* 46, of which 13, leaving 33; one that both take out is counted in each, and as overlap. */
START_TEST(exclusions_overlap_and_leave_the_unknown_in) {
    Rowset *c = cases("1|1|1\n2|1|2\n3|2|1\n4|2|2\n5|-|2\n6|-|1\n7|2|-");
    Indicator *i = build_value(b, "i", x_quantity(b, count_of(c)));
    build_exclude(b, i, "n_one", is(c, "n", "1"));
    build_exclude(b, i, "k_one", is(c, "k", "1"));
    build_run(b, "2017-01", NULL);
    const Cell *cell = cell_of(b, NULL, NULL, NULL);
    /* out: 1 and 2 by n; 1, 3 and 6 by k; in doubt: 5 and 7, which stay */
    check_value(cell, "3");
    ck_assert_int_eq(cell->gross, 7);
    ck_assert_int_eq(cell->excluded[0].count, 2);
    ck_assert_int_eq(cell->excluded[1].count, 3);
    ck_assert_ptr_eq(cell->excluded[1].part, &i->excludes[1]);
    ck_assert_int_eq(cell->excluded_overlap, 1);
    ck_assert_int_eq(cell->unknown_excluded, 2);
}
END_TEST

START_TEST(exclusions_of_a_proportion_are_of_the_denominator) {
    Rowset *c = cases("1|1|1\n2|1|2\n3|2|1\n4|2|1");
    Indicator *i = build_proportion(b, "i", c, is(c, "k", "1"));
    build_exclude(b, i, "n_one", is(c, "n", "1"));
    build_part(b, i, "third", x_compare(b, x_column(b, c, "id"), "=", x_text(b, "3")));
    build_part(b, i, "second", x_compare(b, x_column(b, c, "id"), "=", x_text(b, "2")));
    build_run(b, "2017-01", NULL);
    const Cell *cell = cell_of(b, NULL, NULL, NULL);
    check_fraction(cell, "2/2");
    ck_assert_int_eq(cell->gross, 4);
    ck_assert_int_eq(cell->excluded[0].count, 2);
    ck_assert_int_eq(cell->parts[0].count, 1); /* of the numerator */
    ck_assert_int_eq(cell->parts[1].count, 0); /* out, and not in the numerator */
}
END_TEST

START_TEST(part_of_a_count_is_of_its_rows) {
    Rowset *c = cases("1|1|1\n2|1|2\n3|2|-");
    Indicator *i = build_value(b, "i", x_quantity(b, count_of(c)));
    build_part(b, i, "k_one", is(c, "k", "1"));
    build_run(b, "2017-01", NULL);
    check_value(cell_of(b, NULL, NULL, NULL), "3");
    ck_assert_int_eq(cell_of(b, NULL, NULL, NULL)->parts[0].count, 1);
}
END_TEST

/* ---- published tables ---- */

static SourceModel *published(const char *rows) {
    SourceModel *s =
        build_source(b, "t", "on:date la:text a:integer,optional b:integer,optional", 0, rows);
    s->published = PUBLISHED_FLOW;
    build_symbols(s);
    return s;
}

static Indicator *published_ratio(const char *rows) {
    Rowset *t = x_rows(b, published(rows), "t", TIMING_DATED, "on", NULL);
    Indicator *i = build_ratio(b, "i", sum_of(t, "a"), sum_of(t, "b"));
    build_window(i, WINDOW_MONTH, EVERY_MONTH);
    build_by(b, i, "Authority", x_column(b, t, "la"), NULL);
    return i;
}

START_TEST(suppressed_inputs_give_the_symbol_never_a_number) {
    published_ratio("2017-01-31|north|1|4\n2017-01-31|south|c|9\n2017-01-31|east|x|z\n"
                    "2017-01-31|west|-|9\n2017-01-31|zero|3|0\n2017-01-31|hidden|0|c\n"
                    "2017-01-31|nil|c|0\n2017-01-31|rare|low|9");
    build_run(b, "2017-01", NULL);
    check_value(cell_of(b, NULL, "north", NULL), "25");
    check_unavailable(cell_of(b, NULL, "south", NULL), SYMBOL_CONFIDENTIAL);
    check_unavailable(cell_of(b, NULL, "east", NULL), SYMBOL_UNAVAILABLE); /* x before z */
    check_unavailable(cell_of(b, NULL, "west", NULL), SYMBOL_UNAVAILABLE);
    check_unavailable(cell_of(b, NULL, "zero", NULL), SYMBOL_NOT_APPLICABLE); /* no cases */
    check_unavailable(cell_of(b, NULL, "hidden", NULL), SYMBOL_CONFIDENTIAL);
    check_unavailable(cell_of(b, NULL, "nil", NULL), SYMBOL_CONFIDENTIAL);
    check_unavailable(cell_of(b, NULL, "rare", NULL), SYMBOL_LOW);
    check_unavailable(cell_of(b, NULL, NULL, NULL), SYMBOL_CONFIDENTIAL);
    ck_assert_str_eq(cell_of(b, NULL, "south", NULL)->reason,
                     "t.a is confidential in 1 of 1 row of 't'");
    check_num(cell_of(b, NULL, "south", NULL)->denominator.value, "9");
    ck_assert(!cell_of(b, NULL, "south", NULL)->numerator.present);
}
END_TEST

START_TEST(published_table_without_rows_is_not_available) {
    published_ratio("2016-01-31|north|1|4");
    build_run(b, "2017-01", NULL);
    check_unavailable(cell_of(b, NULL, NULL, NULL), SYMBOL_UNAVAILABLE);
    ck_assert_uint_eq(b->result.cells_len, 2); /* this month and the one before, no groups */
}
END_TEST

/* ---- groups ---- */

static void check_labels(const Indicator *indicator, const char *const *first,
                         const char *const *second, size_t len) {
    size_t found = 0;
    for (size_t i = 0; i < b->result.cells_len; i++) {
        const Cell *cell = b->result.cells[i];
        if (cell->indicator != indicator || !cell->asked || cell->whole)
            continue;
        ck_assert_uint_lt(found, len);
        ck_assert_str_eq(cell->group[0].label ? cell->group[0].label : "", first[found]);
        if (second)
            ck_assert_str_eq(cell->group[1].label ? cell->group[1].label : "", second[found]);
        found++;
    }
    ck_assert_uint_eq(found, len);
}

static Rowset *contacts(const char *rows) {
    SourceModel *s = build_source(
        b, "contact", "id:integer agency:text,optional area:text,optional age:integer,optional", 1,
        rows);
    return x_rows(b, s, "t", TIMING_NONE, NULL, NULL);
}

/* Codes in the list's order, empty ones too, then others, then Unknown. */
START_TEST(groups_of_a_code_list) {
    CodeSet *codes = build_codes(b, "agency", "POL=Police EDU=Education SEL=Self");
    Rowset *t = contacts("1|EDU|n|1\n2|POL|n|1\n3|EDU|n|2\n4|ZZZ|n|1\n5|-|n|1\n6|AAA|n|1");
    build_column(&b->sources[0], "agency")->type.codes = codes;
    Indicator *i = build_proportion(b, "i", t, is(t, "age", "1"));
    build_by(b, i, "Agency", x_column(b, t, "agency"), NULL)->total = "Overall";
    build_run(b, "2017-01", NULL);
    const char *const labels[] = {"Police", "Education", "Self", "AAA", "ZZZ", "Unknown"};
    check_labels(i, labels, NULL, 6);
    check_fraction(cell_of(b, NULL, "Education", NULL), "1/2");
    check_unavailable(cell_of(b, NULL, "Self", NULL), SYMBOL_NOT_APPLICABLE);
    check_fraction(cell_of(b, NULL, "Self", NULL), "0/0");
    check_fraction(cell_of(b, NULL, NULL, NULL), "5/6");
    ck_assert_str_eq(cell_of(b, NULL, NULL, NULL)->group[0].label, "Overall");
    ck_assert_uint_eq(messages_with(b, DIAG_unknown_code_in_data), 1);
    ck_assert(messages_say(b, "'ZZZ', 'AAA'"));
    ck_assert(messages_say(b, "in 2 rows of 'contact'"));
}
END_TEST

START_TEST(empty_group_of_a_count_is_nought) {
    CodeSet *codes = build_codes(b, "agency", "POL=Police SEL=Self");
    Rowset *t = contacts("1|POL|n|1");
    build_column(&b->sources[0], "agency")->type.codes = codes;
    build_by(b, build_value(b, "i", x_quantity(b, count_of(t))), "Agency", x_column(b, t, "agency"),
             NULL);
    build_run(b, "2017-01", NULL);
    check_value(cell_of(b, NULL, "Self", NULL), "0");
}
END_TEST

/* Groups without a list sort by number, or by code point. */
START_TEST(groups_without_a_list) {
    Rowset *t = contacts("1|a|b|10\n2|a|B|9\n3|a|A|-\n4|a|a|100");
    Indicator *by_age = build_value(b, "by_age", x_quantity(b, count_of(t)));
    Indicator *by_area = build_value(b, "by_area", x_quantity(b, count_of(t)));
    build_by(b, by_age, "Age", x_column(b, t, "age"), NULL);
    build_by(b, by_area, "Area", x_column(b, t, "area"), NULL);
    build_run(b, "2017-01", NULL);
    const char *const ages[] = {"9", "10", "100", "Unknown"};
    const char *const areas[] = {"A", "B", "a", "b"};
    check_labels(by_age, ages, NULL, 4);
    check_labels(by_area, areas, NULL, 4);
}
END_TEST

/* A condition makes two groups, and a third of the rows for which it is unknown. */
START_TEST(groups_of_a_condition) {
    Rowset *t = contacts("1|a|n|1\n2|a|n|5\n3|a|n|-\n4|a|n|6");
    Indicator *i = build_value(b, "i", x_quantity(b, count_of(t)));
    build_by(b, i, "Five or more", x_compare(b, x_column(b, t, "age"), ">=", x_number(b, "5")),
             NULL);
    build_run(b, "2017-01", NULL);
    const char *const labels[] = {"no", "yes", "Unknown"};
    check_labels(i, labels, NULL, 3);
    check_value(cell_of(b, i, "yes", NULL), "2");
}
END_TEST

/* Unknown rows, too, are of a group. */
START_TEST(counts_beside_the_figure_are_of_the_group) {
    Rowset *t = contacts("1|a|n|1\n2|a|s|-\n3|a|n|2\n4|b|n|1");
    t->where = is(t, "age", "1");
    build_by(b, build_value(b, "i", x_quantity(b, count_of(t))), "Area", x_column(b, t, "area"),
             NULL);
    build_run(b, "2017-01", NULL);
    check_value(cell_of(b, NULL, "n", NULL), "2");
    ck_assert_int_eq(cell_of(b, NULL, "n", NULL)->unknown_rows, 0);
    check_value(cell_of(b, NULL, "s", NULL), "0");
    ck_assert_int_eq(cell_of(b, NULL, "s", NULL)->unknown_rows, 1);
    ck_assert_int_eq(cell_of(b, NULL, NULL, NULL)->unknown_rows, 1);
}
END_TEST

/* With two breakdowns a share is within the groups before it; a subtotal stands after its groups.
 */
START_TEST(cross_table_with_subtotals_and_shares) {
    Rowset *t = contacts("1|a|n|1\n2|a|n|1\n3|a|n|2\n4|a|s|1\n5|b|s|1\n6|b|s|1\n7|b|s|2\n8|b|s|2");
    Indicator *i = build_proportion(b, "i", t, is(t, "age", "1"));
    Breakdown *agency = build_by(b, i, "Agency", x_column(b, t, "agency"), NULL);
    Breakdown *area = build_by(b, i, "Area", x_column(b, t, "area"), NULL);
    agency->total = "All agencies";
    agency->share = true;
    area->total = "All areas";
    area->share = true;
    build_run(b, "2017-01", NULL);
    const char *const first[] = {"a", "a", "a", "b", "b", "All agencies", "All agencies"};
    const char *const second[] = {"n", "s", "All areas", "s", "All areas", "n", "s"};
    check_labels(i, first, second, 7);
    check_fraction(cell_of(b, i, "a", "n"), "2/3");
    check_num(cell_of(b, i, "a", "n")->share_numerator.value, "3");
    check_num(cell_of(b, i, "a", "n")->share_denominator.value, "4"); /* of a's 4, not of 8 */
    check_num(cell_of(b, i, "a", NULL)->share_numerator.value, "4");
    check_num(cell_of(b, i, "a", NULL)->share_denominator.value, "8");
    check_num(cell_of(b, i, NULL, "s")->share_numerator.value, "5");
    check_num(cell_of(b, i, NULL, "s")->share_denominator.value, "8");
    check_fraction(cell_of(b, i, NULL, NULL), "5/8");
    ck_assert(!cell_of(b, i, NULL, NULL)->share_denominator.present);
}
END_TEST

/* Without `total` there are no subtotals; the whole is always there. */
START_TEST(whole_without_total) {
    Rowset *t = contacts("1|a|n|1\n2|b|s|1");
    Indicator *i = build_value(b, "i", x_quantity(b, count_of(t)));
    build_by(b, i, "Agency", x_column(b, t, "agency"), NULL);
    build_by(b, i, "Area", x_column(b, t, "area"), NULL)->share = true;
    build_run(b, "2017-01", NULL);
    const char *const first[] = {"a", "b"};
    const char *const second[] = {"n", "s"};
    check_labels(i, first, second, 2);
    check_value(cell_of(b, i, NULL, NULL), "2");
    check_num(cell_of(b, i, "a", "n")->share_denominator.value, "1");
}
END_TEST

/* A ratio is made again from counts at each level; a group in one set alone meets no rows of the
 * other. */
START_TEST(ratio_by_group_of_two_sets) {
    SourceModel *k = build_source(b, "conference", "area:text", 0, "n\nn\ns\nonly_here");
    SourceModel *e = build_source(b, "population", "area:text persons:integer", 0,
                                  "n|100\ns|200\nonly_there|50");
    Rowset *conferences = x_rows(b, k, "k", TIMING_NONE, NULL, NULL);
    Rowset *people = x_rows(b, e, "e", TIMING_NONE, NULL, NULL);
    Indicator *i = build_ratio(b, "i", count_of(conferences), sum_of(people, "persons"));
    build_by(b, i, "Area", x_column(b, conferences, "area"), x_column(b, people, "area"));
    build_run(b, "2017-01", NULL);
    const char *const areas[] = {"n", "only_here", "only_there", "s"};
    check_labels(i, areas, NULL, 4);
    check_fraction(cell_of(b, i, "n", NULL), "2/100");
    check_fraction(cell_of(b, i, "only_there", NULL), "0/50");
    check_value(cell_of(b, i, "only_there", NULL), "0");
    check_unavailable(cell_of(b, i, "only_here", NULL), SYMBOL_NOT_APPLICABLE);
    check_fraction(cell_of(b, i, NULL, NULL), "4/350"); /* not an average */
}
END_TEST

START_TEST(group_missing_from_a_published_set_is_not_available) {
    SourceModel *k = build_source(b, "conference", "area:text", 0, "n\nonly_here");
    SourceModel *e = build_source(b, "population", "area:text persons:integer", 0, "n|100");
    e->published = PUBLISHED_STOCK;
    Rowset *conferences = x_rows(b, k, "k", TIMING_NONE, NULL, NULL);
    Rowset *people = x_rows(b, e, "e", TIMING_NONE, NULL, NULL);
    Indicator *i = build_ratio(b, "i", count_of(conferences), sum_of(people, "persons"));
    build_by(b, i, "Area", x_column(b, conferences, "area"), x_column(b, people, "area"));
    build_run(b, "2017-01", NULL);
    check_unavailable(cell_of(b, i, "only_here", NULL), SYMBOL_UNAVAILABLE);
    check_num(cell_of(b, i, "only_here", NULL)->numerator.value, "1");
}
END_TEST

/* Each group has its own latest date; the whole adds the groups' rows. */
START_TEST(latest_is_decided_within_each_group) {
    SourceModel *e = build_source(b, "population", "area:text on:date persons:integer", 0,
                                  "n|2015-06-30|10\nn|2016-06-30|20\ns|2015-06-30|7\n"
                                  "s|2014-06-30|1\nn|2017-06-30|99");
    Rowset *r = x_rows(b, e, "e", TIMING_LATEST, "on", NULL);
    Indicator *by_area = build_value(b, "by_area", x_quantity(b, sum_of(r, "persons")));
    build_by(b, by_area, "Area", x_column(b, r, "area"), NULL);
    Rowset *u = x_rows(b, e, "u", TIMING_LATEST, "on", NULL);
    Indicator *alone = build_value(b, "alone", x_quantity(b, sum_of(u, "persons")));
    build_run(b, "2017-01", NULL);
    check_value(cell_of(b, by_area, "n", NULL), "20");
    check_value(cell_of(b, by_area, "s", NULL), "7");
    check_value(cell_of(b, by_area, NULL, NULL), "27");
    check_value(cell_of(b, alone, NULL, NULL), "20"); /* one group: mid-2016 alone */
    ck_assert_uint_eq(messages_with(b, DIAG_latest_dates_differ), 1);
    ck_assert(messages_say(b, "2015-06-30 to 2016-06-30"));
}
END_TEST

/* Of the rows that meet the `where`: a later row that does not is passed over. */
START_TEST(latest_is_of_the_rows_that_meet_the_condition) {
    SourceModel *e =
        build_source(b, "population", "on:date persons:integer status:text,optional", 0,
                     "2015-06-30|10|final\n2016-06-30|20|draft\n2014-06-30|5|-\n"
                     "2016-12-31|8|-");
    Rowset *r = x_rows(b, e, "e", TIMING_LATEST, "on", NULL);
    r->where = x_compare(b, x_column(b, r, "status"), "=", x_text(b, "final"));
    build_value(b, "i", x_quantity(b, sum_of(r, "persons")));
    build_run(b, "2017-01", NULL);
    check_value(cell_of(b, NULL, NULL, NULL), "10");
    /* of the rows in doubt only the later one could have been it */
    ck_assert_int_eq(cell_of(b, NULL, NULL, NULL)->unknown_rows, 1);
}
END_TEST

START_TEST(previous_cell_is_of_the_same_group) {
    SourceModel *s = build_source(b, "s", "d:date area:text", 0,
                                  "2016-12-05|n\n2016-12-06|n\n2016-12-06|gone\n2017-01-05|n\n"
                                  "2017-01-05|new");
    Rowset *r = x_rows(b, s, "r", TIMING_DATED, "d", NULL);
    Indicator *i = build_value(b, "i", x_quantity(b, count_of(r)));
    build_window(i, WINDOW_MONTH, EVERY_MONTH);
    build_by(b, i, "Area", x_column(b, r, "area"), NULL);
    build_run(b, "2017-01", NULL);
    check_value(cell_of(b, i, "n", NULL)->previous, "2");
    check_value(cell_of(b, i, NULL, NULL)->previous, "3");
    ck_assert_ptr_null(cell_of(b, i, "new", NULL)->previous);
    ck_assert(cell_of(b, i, "new", NULL)->has_previous_period);
    ck_assert_ptr_null(cell_of(b, i, "gone", NULL));
}
END_TEST

/* ---- windows that are not available, errors ---- */

START_TEST(uncovered_window_has_one_cell_with_the_reason) {
    SourceModel *s = build_source(b, "s", "d:date area:text", 0, "2016-12-05|n");
    s->has_covers = true;
    s->covers_from = day("2016-01-01");
    s->covers_to = day("2016-12-31");
    Rowset *r = x_rows(b, s, "r", TIMING_DATED, "d", NULL);
    Indicator *i = build_value(b, "i", x_quantity(b, count_of(r)));
    build_window(i, WINDOW_MONTH, EVERY_MONTH);
    build_by(b, i, "Area", x_column(b, r, "area"), NULL);
    build_run(b, "2016-12", "2017-01");
    ck_assert_int_eq(b->outcome, STORE_OK);
    const Cell *cell = b->result.cells[b->result.cells_len - 1];
    check_unavailable(cell, SYMBOL_UNAVAILABLE);
    ck_assert(cell->whole);
    ck_assert_str_eq(cell->reason, "'s' covers 1 January 2016 to 31 December 2016");
    check_value(cell->previous, "1");
    ck_assert_uint_eq(diags_errors(b->session->diags), 0);
}
END_TEST

/* A date outside the calendar is an error only for rows that all else admits, in any order. */
static Rowset *assessments(bool calendar_first) {
    build_calendar(b, "2016-01-01", "2017-12-31", "");
    SourceModel *s =
        build_source(b, "assessment", "received:date completed:date kind:text area:text", 0,
                     "2017-01-03|2017-01-10|x|n\n2009-01-05|2017-01-12|y|n\n"
                     "2009-01-05|2016-01-12|x|n\n2017-01-04|2017-01-20|x|s");
    Rowset *a = x_rows(b, s, "a", TIMING_DATED, "completed", NULL);
    Expr *days = x_call(b, FUNCTION_WORKING_DAYS, x_column(b, a, "received"),
                        x_column(b, a, "completed"), NULL);
    Expr *soon = x_compare(b, days, "<=", x_number(b, "45"));
    Expr *kind = x_compare(b, x_column(b, a, "kind"), "=", x_text(b, "x"));
    a->where = calendar_first ? x_and(b, soon, kind) : x_and(b, kind, soon);
    return a;
}

static void check_no_error(bool calendar_first) {
    Rowset *a = assessments(calendar_first);
    build_window(build_value(b, "i", x_quantity(b, count_of(a))), WINDOW_MONTH, EVERY_MONTH);
    build_run(b, "2017-01", NULL);
    ck_assert_int_eq(b->outcome, STORE_OK);
    check_value(cell_of(b, NULL, NULL, NULL), "2");
    ck_assert_uint_eq(diags_errors(b->session->diags), 0);
}

START_TEST(calendar_error_is_not_of_rows_that_are_out) {
    check_no_error(true);
}
END_TEST

START_TEST(calendar_error_does_not_depend_on_the_order) {
    check_no_error(false);
}
END_TEST

START_TEST(calendar_error_of_an_admitted_row) {
    Rowset *a = assessments(true);
    a->where = a->where->as.logic.terms[0]; /* without the kind, row 2 is admitted */
    Indicator *i = build_value(b, "i", x_quantity(b, count_of(a)));
    build_window(i, WINDOW_MONTH, EVERY_MONTH);
    build_by(b, i, "Area", x_column(b, a, "area"), NULL);
    Indicator *other = build_value(b, "other", x_number(b, "1"));
    build_run(b, "2017-01", NULL);
    ck_assert_int_eq(b->outcome, STORE_REFUSED);
    check_unavailable(cell_of(b, i, NULL, NULL), SYMBOL_UNAVAILABLE);
    check_unavailable(cell_of(b, i, "n", NULL), SYMBOL_UNAVAILABLE);
    check_value(cell_of(b, i, "s", NULL), "1"); /* all other cells are computed */
    check_value(cell_of(b, other, NULL, NULL), "1");
    ck_assert_uint_eq(messages_with(b, DIAG_outside_calendar), 1);
    ck_assert(messages_say(b, "2009-01-05 in row 2 of 'assessment' lies outside the calendar "
                              "'england', which covers 2016-01-01 to 2017-12-31"));
}
END_TEST

START_TEST(calendar_error_in_a_measured_value) {
    Rowset *a = assessments(true);
    Expr *days = x_call(b, FUNCTION_WORKING_DAYS, x_column(b, a, "received"),
                        x_column(b, a, "completed"), NULL);
    a->where = NULL;
    Indicator *i = build_value(b, "i", x_quantity(b, x_measure(b, QUANTITY_MEAN, days, a)));
    build_rolling(i, 13);
    build_run(b, "2017-01", NULL);
    ck_assert_int_eq(b->outcome, STORE_REFUSED);
    check_unavailable(cell_of(b, i, NULL, NULL), SYMBOL_UNAVAILABLE);
    ck_assert_uint_eq(messages_with(b, DIAG_outside_calendar), 1);
    ck_assert(messages_say(b, "and 1 more row")); /* rows 2 and 3 */
}
END_TEST

/* An exclusion that takes the row out settles it, whatever the others cannot tell. */
START_TEST(excluded_rows_are_no_errors) {
    Rowset *a = assessments(true);
    Expr *days = x_compare(b,
                           x_call(b, FUNCTION_WORKING_DAYS, x_column(b, a, "received"),
                                  x_column(b, a, "completed"), NULL),
                           ">", x_number(b, "45"));
    a->where = NULL;
    Indicator *i = build_proportion(b, "i", a, x_not(b, days));
    build_window(i, WINDOW_MONTH, EVERY_MONTH);
    build_exclude(b, i, "late", days);
    build_exclude(b, i, "other", x_compare(b, x_column(b, a, "kind"), "=", x_text(b, "y")));
    build_run(b, "2017-01", NULL);
    ck_assert_int_eq(b->outcome, STORE_OK);
    check_fraction(cell_of(b, NULL, NULL, NULL), "2/2");
}
END_TEST

START_TEST(overflow_is_an_error) {
    SourceModel *s = build_source(b, "s", "n:integer", 0, "9223372036854775807\n1");
    Rowset *r = x_rows(b, s, "r", TIMING_NONE, NULL, NULL);
    build_value(b, "i", x_quantity(b, sum_of(r, "n")));
    build_run(b, "2017-01", NULL);
    ck_assert_int_eq(b->outcome, STORE_REFUSED);
    check_unavailable(cell_of(b, NULL, NULL, NULL), SYMBOL_UNAVAILABLE);
    ck_assert_uint_eq(messages_with(b, DIAG_overflow), 1);
}
END_TEST

START_TEST(undecided_last_is_an_error) {
    SourceModel *s = build_source(b, "s", "d:date n:integer", 0, "2017-01-05|1\n2017-01-05|2");
    Rowset *r = x_rows(b, s, "r", TIMING_NONE, NULL, NULL);
    Quantity *last = x_measure(b, QUANTITY_LAST, x_column(b, r, "n"), r);
    last->by = x_column(b, r, "d");
    build_value(b, "i", x_quantity(b, last));
    build_run(b, "2017-01", NULL);
    ck_assert_int_eq(b->outcome, STORE_REFUSED);
    ck_assert_uint_eq(messages_with(b, DIAG_undecided_order), 1);
}
END_TEST

/* ---- faults of data ---- */

START_TEST(faults_are_counted_and_told_with_their_row) {
    SourceModel *child = build_source(b, "child", "id:text born:date sex:text", 1,
                                      "A|2001-01-01|F\nB|2017-01-20|-\nA|2002-01-01|M");
    SourceModel *plan = build_source(b, "plan", "id:text child:link(child) start:date", 1,
                                     "1|B|2017-01-05\n2|C|2017-01-05\n3|-|2017-01-05\n"
                                     "4|A|2017-01-05\n5|D|2017-01-06");
    (void)child;
    Rowset *p = x_rows(b, plan, "p", TIMING_DATED, "start", NULL);
    Indicator *i = build_proportion(b, "i", p,
                                    x_compare(b,
                                              x_call(b, FUNCTION_AGE, x_column(b, p, "child.born"),
                                                     x_column(b, p, "start"), NULL),
                                              ">=", x_number(b, "10")));
    build_window(i, WINDOW_MONTH, EVERY_MONTH);
    build_run(b, "2017-01", NULL);
    ck_assert_int_eq(b->outcome, STORE_OK);
    const Cell *cell = cell_of(b, i, NULL, NULL);
    check_fraction(cell, "0/5");
    ck_assert_int_eq(cell->unknown_numerator, 5);
    ck_assert(messages_say(b, "'child' is missing in 1 row of 'plan', first in row 3"));
    ck_assert(messages_say(b, "'child' leads to no row of 'child' in 2 rows of 'plan', first in "
                              "row 2"));
    ck_assert(messages_say(b, "the key of 'child' occurs twice, first in rows 1 and 3"));
    ck_assert(messages_say(b, "the date of 1 row of 'plan' precedes the birth, first in row 1"));
    ck_assert(!messages_say(b, "'sex'")); /* it is not read */
    ck_assert_uint_eq(b->result.data_faults, 5);
    ck_assert_uint_eq(diags_errors(b->session->diags), 0);
    ck_assert_uint_eq(messages_with(b, DIAG_missing_value), 1);
    ck_assert_uint_eq(messages_with(b, DIAG_dangling_link), 1);
    ck_assert_uint_eq(messages_with(b, DIAG_duplicate_key), 1);
    ck_assert_uint_eq(messages_with(b, DIAG_date_before_birth), 1);
}
END_TEST

START_TEST(open_and_optional_columns_may_be_missing) {
    SourceModel *s =
        build_source(b, "s", "start:date end:date,open n:integer,optional", 0, "2017-01-01|-|-");
    Rowset *r = x_rows(b, s, "r", TIMING_HELD, "start", "end");
    r->where = x_missing(b, x_column(b, r, "n"), false);
    build_value(b, "i", x_quantity(b, count_of(r)));
    build_run(b, "2017-01", NULL);
    check_value(cell_of(b, NULL, NULL, NULL), "1");
    ck_assert_uint_eq(b->result.data_faults, 0);
    ck_assert_uint_eq(diags_warnings(b->session->diags), 0);
}
END_TEST

START_TEST(table_without_data_is_told) {
    SourceModel *s = build_source(b, "s", "d:date", 0, NULL);
    s->table = "somewhere";
    Rowset *r = x_rows(b, s, "r", TIMING_DATED, "d", NULL);
    build_value(b, "i", x_quantity(b, count_of(r)));
    build_run(b, "2017-01", NULL);
    ck_assert_int_eq(b->outcome, STORE_UNAVAILABLE);
    ck_assert_uint_eq(b->result.cells_len, 0);
    ck_assert_uint_eq(messages_with(b, DIAG_no_store), 1);
}
END_TEST

/* ---- fingerprint ---- */

static void fingerprint_of(const char *cells, char out[33]) {
    Builder *own = builder_new();
    SourceModel *s = build_source(own, "s", "d:date n:decimal t:text,optional", 0, cells);
    build_symbols(s);
    Rowset *r = x_rows(own, s, "r", TIMING_DATED, "d", NULL);
    r->where = x_missing(own, x_column(own, r, "t"), true);
    build_value(own, "i", x_quantity(own, x_measure(own, QUANTITY_SUM, x_column(own, r, "n"), r)));
    build_run(own, "2017-01", NULL);
    memcpy(out, own->result.fingerprint, 33);
    builder_free(own);
}

static bool same_content(const char *one, const char *other) {
    char a[33], c[33];
    fingerprint_of(one, a);
    fingerprint_of(other, c);
    ck_assert_uint_eq(strlen(a), 32);
    return strcmp(a, c) == 0;
}

START_TEST(fingerprint_is_of_the_typed_content) {
    const char *cells = "2017-01-01|1.5|a\n2017-01-02|2|-";
    ck_assert(same_content(cells, cells));
    ck_assert(same_content(cells, "2017-01-02|2|-\n2017-01-01|1.5|a")); /* rows in any order */
    ck_assert(same_content(cells, "2017-01-01|1.50|a\n2017-01-02|2.0|-"));
    ck_assert(!same_content(cells, "2017-01-01|1.5|a\n2017-01-02|2|b"));
    ck_assert(!same_content(cells, "2017-01-01|1.5|a\n2017-01-02|2|c")); /* confidential */
    ck_assert(!same_content("2017-01-01|2|b", "2017-01-01|2|-"));
    ck_assert(!same_content("2017-01-01|2|-", "2017-01-01|2|z"));
    ck_assert(!same_content(cells, "2017-01-01|1.5|a"));
    ck_assert(!same_content("2017-01-01|1.5|a", "2017-01-01|1.5|a\n2017-01-01|1.5|a"));
}
END_TEST

/* ---- the last complete period ---- */

static const char *last_period(void) {
    static char printed[32];
    Period found;
    if (!engine_last_period(b->session, &b->model, b->model.indicators, b->model.indicators_len,
                            NULL, &found))
        return "none";
    StrBuf text = {0};
    period_print(&text, found);
    ck_assert_uint_lt(text.len, sizeof printed);
    memcpy(printed, strbuf_text(&text), text.len + 1);
    strbuf_fini(&text);
    return printed;
}

START_TEST(last_period_by_the_dates_of_the_data) {
    SourceModel *s =
        build_source(b, "s", "start:date end:date,open", 0, "2016-05-01|2016-12-31\n2016-11-03|-");
    Rowset *r = x_rows(b, s, "r", TIMING_HELD, "start", "end");
    Indicator *i = build_value(b, "i", x_quantity(b, count_of(r)));
    ck_assert_str_eq(last_period(), "2016-12");
    build_window(i, WINDOW_SNAPSHOT, EVERY_YEAR);
    ck_assert_str_eq(last_period(), "2015/16");
}
END_TEST

START_TEST(last_period_is_of_the_finest_every) {
    SourceModel *s = build_source(b, "s", "d:date", 0, "2016-12-31");
    Rowset *r = x_rows(b, s, "r", TIMING_DATED, "d", NULL);
    build_window(build_value(b, "yearly", x_quantity(b, count_of(r))), WINDOW_FINANCIAL_YEAR,
                 EVERY_YEAR);
    build_window(build_value(b, "quarterly", x_quantity(b, count_of(r))), WINDOW_QUARTER,
                 EVERY_QUARTER);
    ck_assert_str_eq(last_period(), "2016/17-Q3");
}
END_TEST

START_TEST(last_period_by_what_is_covered) {
    SourceModel *s = build_source(b, "s", "d:date", 0, "2020-12-31");
    s->has_covers = true;
    s->covers_from = day("2012-04-01");
    s->covers_to = day("2017-03-30");
    Rowset *r = x_rows(b, s, "r", TIMING_DATED, "d", NULL);
    build_value(b, "i", x_quantity(b, count_of(r)));
    ck_assert_str_eq(last_period(), "2017-02");
}
END_TEST

START_TEST(last_period_of_undated_rows_is_that_of_nested_ones) {
    SourceModel *s = build_source(b, "s", "id:text", 1, "1");
    SourceModel *t = build_source(b, "t", "d:date", 0, "2016-12-31");
    Rowset *r = x_rows(b, s, "r", TIMING_NONE, NULL, NULL);
    build_value(b, "i", x_quantity(b, count_of(r)));
    ck_assert_str_eq(last_period(), "none");
    r->where = x_exists(b, x_nested(b, t, "n", TIMING_DATED, "d", NULL), false);
    ck_assert_str_eq(last_period(), "2016-12");
}
END_TEST

static TCase *cases_named(const char *name) {
    TCase *tcase = tcase_create(name);
    tcase_add_checked_fixture(tcase, setup, teardown);
    return tcase;
}

static TCase *shape_cases(void) {
    TCase *tcase = cases_named("shapes");
    tcase_add_test(tcase, second_plan_within_two_years);
    tcase_add_test(tcase, values_stay_exact);
    tcase_add_test(tcase, ratio_of_two_row_sets);
    tcase_add_test(tcase, same_rows_on_both_sides);
    tcase_add_test(tcase, value_shapes);
    tcase_add_test(tcase, values_can_ask_for_the_days_of_the_window);
    tcase_add_test(tcase, cells_are_in_order);
    tcase_add_test(tcase, unknown_rows_are_counted_and_not_in);
    tcase_add_test(tcase, exclusions_overlap_and_leave_the_unknown_in);
    tcase_add_test(tcase, exclusions_of_a_proportion_are_of_the_denominator);
    tcase_add_test(tcase, part_of_a_count_is_of_its_rows);
    tcase_add_test(tcase, suppressed_inputs_give_the_symbol_never_a_number);
    tcase_add_test(tcase, published_table_without_rows_is_not_available);
    return tcase;
}

static TCase *group_cases(void) {
    TCase *tcase = cases_named("groups");
    tcase_add_test(tcase, groups_of_a_code_list);
    tcase_add_test(tcase, empty_group_of_a_count_is_nought);
    tcase_add_test(tcase, groups_without_a_list);
    tcase_add_test(tcase, groups_of_a_condition);
    tcase_add_test(tcase, counts_beside_the_figure_are_of_the_group);
    tcase_add_test(tcase, cross_table_with_subtotals_and_shares);
    tcase_add_test(tcase, whole_without_total);
    tcase_add_test(tcase, ratio_by_group_of_two_sets);
    tcase_add_test(tcase, group_missing_from_a_published_set_is_not_available);
    tcase_add_test(tcase, latest_is_decided_within_each_group);
    tcase_add_test(tcase, latest_is_of_the_rows_that_meet_the_condition);
    tcase_add_test(tcase, previous_cell_is_of_the_same_group);
    return tcase;
}

static TCase *fault_cases(void) {
    TCase *tcase = cases_named("faults");
    tcase_add_test(tcase, uncovered_window_has_one_cell_with_the_reason);
    tcase_add_test(tcase, calendar_error_is_not_of_rows_that_are_out);
    tcase_add_test(tcase, calendar_error_does_not_depend_on_the_order);
    tcase_add_test(tcase, calendar_error_of_an_admitted_row);
    tcase_add_test(tcase, calendar_error_in_a_measured_value);
    tcase_add_test(tcase, excluded_rows_are_no_errors);
    tcase_add_test(tcase, overflow_is_an_error);
    tcase_add_test(tcase, undecided_last_is_an_error);
    tcase_add_test(tcase, faults_are_counted_and_told_with_their_row);
    tcase_add_test(tcase, open_and_optional_columns_may_be_missing);
    tcase_add_test(tcase, table_without_data_is_told);
    return tcase;
}

static TCase *run_cases(void) {
    TCase *tcase = cases_named("runs");
    tcase_add_test(tcase, fingerprint_is_of_the_typed_content);
    tcase_add_test(tcase, last_period_by_the_dates_of_the_data);
    tcase_add_test(tcase, last_period_is_of_the_finest_every);
    tcase_add_test(tcase, last_period_by_what_is_covered);
    tcase_add_test(tcase, last_period_of_undated_rows_is_that_of_nested_ones);
    return tcase;
}

Suite *engine_suite(void);
Suite *engine_suite(void) {
    Suite *suite = suite_create("engine");
    suite_add_tcase(suite, shape_cases());
    suite_add_tcase(suite, group_cases());
    suite_add_tcase(suite, fault_cases());
    suite_add_tcase(suite, run_cases());
    return suite;
}
