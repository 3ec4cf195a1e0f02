/* Small numbers of a Result: what a figure tells, and that what is hidden cannot be worked out from
 * what is shown. */
#include <check.h>
#include <string.h>

#include "base/strbuf.h"
#include "report/suppress.h"
#include "tests/unit/definitions.h"
#include "tests/unit/quick_assert.h"

Suite *suppress_suite(void);

static StrBuf text;
static int items; /* so far */

static void start(void) {
    definitions_start();
    text = (StrBuf){0};
    items = 0;
}

static void finish(void) {
    strbuf_fini(&text);
    definitions_finish();
}

/* ---- records ---- */

static void add_source(void) {
    strbuf_add(&text, "source item \"Items\"\n"
                      "    key         id\n"
                      "    column      id         integer\n"
                      "    column      on         date\n"
                      "    column      area       text\n"
                      "    column      kind       text\n"
                      "    column      good       yes_no\n"
                      "    column      days       integer\n"
                      "    rows        id  on          area  kind  good  days\n");
}

static void add_items(const char *on, const char *area, const char *kind, int good, int bad) {
    for (int i = 0; i < good + bad; i++)
        strbuf_addf(&text, "                %d  %s  %s  %s  %s  %d\n", ++items, on, area, kind,
                    i < good ? "yes" : "no", 10 + i);
}

static void add_indicator(const char *clauses) {
    strbuf_addf(&text,
                "\nindicator items \"Items\"\n%s"
                "    window      month every month\n"
                "    good        neutral\n",
                clauses);
}

#define COUNT "    value       count of item i dated i.on\n    basis       count\n"
#define SHARE                                                                                      \
    "    denominator item i dated i.on\n    numerator   those where i.good\n"                      \
    "    basis       percent\n    decimals    1\n"
#define BY_AREA "    by          i.area as \"Area\" total \"All\"\n"
#define BY_KIND "    by          i.kind as \"Kind\" total \"Both\"\n"
#define BELOW_6 "    suppress    below 6\n"

static void run(void) {
    definitions_run_public(strbuf_text(&text), NULL, "2017-01", NULL);
}

static void expect_shown(const char *group, const char *band) {
    ck_assert(cell_at("items", group, band)->available);
}

static void expect_hidden(const char *group, const char *band) {
    const Cell *cell = cell_at("items", group, band);
    ck_assert(!cell->available);
    ck_assert(cell->withheld.figure);
    ck_assert_int_eq(cell->symbol, SYMBOL_CONFIDENTIAL);
    ck_assert_str_eq(cell->reason, "hidden: it would tell a small number");
    ck_assert(!cell->numerator.present && !cell->denominator.present && !cell->squares.present);
    ck_assert(!cell->has_counts);
    ck_assert(num_compare(cell->value, num_of_int(0)) == 0);
}

/* ---- one figure ---- */

static void expect_share(int good, int bad, bool hidden) {
    start();
    add_source();
    add_items("2017-01-05", "N", "a", good, bad);
    add_indicator(SHARE BELOW_6);
    run();
    if (hidden)
        expect_hidden(NULL, NULL);
    else
        expect_shown(NULL, NULL);
    finish();
}

START_TEST(a_percentage_tells_its_numerator_and_what_it_leaves) {
    expect_share(5, 20, true);
    expect_share(20, 5, true);
    expect_share(1, 1, true);
    expect_share(6, 6, false);
    expect_share(0, 12, false);
    expect_share(12, 0, false);
    expect_share(0, 5, true);
}
END_TEST

static void expect_below(const char *clause, int count, bool hidden) {
    start();
    add_source();
    add_items("2017-01-05", "N", "a", count, 0);
    strbuf_addf(&text,
                "\nindicator items \"Items\"\n" COUNT "    window      month every month\n"
                "    good        neutral\n%s",
                clause);
    run();
    if (hidden)
        expect_hidden(NULL, NULL);
    else
        expect_shown(NULL, NULL);
    finish();
}

START_TEST(the_clause_says_what_is_small_and_dfe_where_it_is_silent) {
    expect_below("    suppress    below 10\n", 9, true);
    expect_below("    suppress    below 10\n", 10, false);
    expect_below("    suppress    none\n", 1, false);
    expect_below("", 5, true);
    expect_below("", 6, false);
}
END_TEST

START_TEST(what_is_published_already_is_shown) {
    start();
    strbuf_add(&text, "source national \"National table\"\n"
                      "    published   flow\n"
                      "    column      year       integer\n"
                      "    column      on         date = day(year, 3, 31)\n"
                      "    column      number     integer\n"
                      "    rows        year  number\n"
                      "                2016  3\n"
                      "\nindicator items \"Items\"\n"
                      "    value       sum n.number of national n dated n.on\n"
                      "    basis       count\n"
                      "    window      financial year every year\n"
                      "    good        neutral\n");
    definitions_run_public(strbuf_text(&text), NULL, "2015/16", NULL);
    expect_shown(NULL, NULL);
    finish();
}
END_TEST

START_TEST(a_mean_and_a_median_tell_how_many_cases) {
    static const char *const values[] = {"mean i.days of item i dated i.on",
                                         "median i.days of item i dated i.on"};
    for (size_t v = 0; v < 2; v++)
        for (int count = 5; count <= 6; count++) {
            start();
            add_source();
            add_items("2017-01-05", "N", "a", count, 0);
            strbuf_addf(&text,
                        "\nindicator items \"Items\"\n    value       %s\n    basis       days\n"
                        "    window      month every month\n    good        neutral\n" BELOW_6
                        "    decimals    0\n",
                        values[v]);
            run();
            if (count == 5)
                expect_hidden(NULL, NULL);
            else
                expect_shown(NULL, NULL);
            finish();
        }
}
END_TEST

/* ---- beside the figure ---- */

START_TEST(a_small_part_is_hidden_and_the_figure_shown) {
    start();
    add_source();
    add_items("2017-01-05", "N", "a", 20, 3);
    add_items("2017-01-05", "S", "b", 10, 10);
    add_indicator(COUNT BELOW_6 "    of which    bad \"bad\" where not i.good\n"
                                "    of which    north_bad \"bad in the north\" where not i.good "
                                "and i.area = \"N\"\n");
    run();
    const Cell *cell = cell_at("items", NULL, NULL);
    ck_assert(cell->available);
    ck_assert(!cell->parts[0].withheld);
    ck_assert_int_eq(cell->parts[0].count, 13);
    ck_assert(cell->parts[1].withheld);
    ck_assert_int_eq(cell->parts[1].count, 0);
    finish();
}
END_TEST

START_TEST(parts_that_are_all_hide_each_other) {
    start();
    add_source();
    add_items("2017-01-05", "N", "a", 3, 0);
    add_items("2017-01-05", "N", "b", 10, 0);
    add_items("2017-01-05", "N", "c", 20, 0);
    add_indicator(COUNT BELOW_6 "    of which    a \"a\" where i.kind = \"a\"\n"
                                "    of which    b \"b\" where i.kind = \"b\"\n"
                                "    of which    c \"c\" where i.kind = \"c\"\n");
    run();
    const Cell *cell = cell_at("items", NULL, NULL);
    ck_assert(cell->available && cell->parts[0].withheld);
    ck_assert(cell->parts[1].withheld && !cell->parts[2].withheld);
    finish();
}
END_TEST

START_TEST(exclusions_are_told_of_a_whole_table_or_not_at_all) {
    for (int few = 0; few < 2; few++) {
        start();
        add_source();
        add_items("2017-01-05", "N", "a", 20, few ? 2 : 8);
        add_items("2017-01-05", "S", "a", 30, 9);
        add_indicator(COUNT BELOW_6 BY_AREA "    exclude     bad \"bad\" where not i.good\n");
        run();
        static const char *const groups[] = {NULL, "N", "S"};
        for (size_t i = 0; i < 3; i++) {
            const Cell *cell = cell_at("items", groups[i], NULL);
            ck_assert(cell->available && cell->has_counts);
            ck_assert_int_eq(cell->withheld.counts, few);
            ck_assert(few ? cell->gross == 0 && cell->excluded[0].count == 0 : cell->gross > 0);
            ck_assert_int_eq(cell->excluded[0].withheld, few);
        }
        finish();
    }
}
END_TEST

START_TEST(a_like_for_like_value_must_not_tell_the_difference) {
    for (int few = 0; few < 2; few++) {
        start();
        add_source();
        add_items("2017-01-05", "N", "a", 20, 20);
        add_items("2017-01-05", "S", "b", few ? 3 : 7, 7);
        add_indicator(SHARE BELOW_6
                      "    benchmark   \"SN\" 2015/16: 50% only where i.area = \"N\"\n");
        run();
        const BenchmarkFigure *figure = &cell_at("items", NULL, NULL)->benchmarks[0];
        ck_assert(cell_at("items", NULL, NULL)->available);
        ck_assert_int_eq(figure->like_value.present, !few);
        ck_assert_int_eq(figure->like_numerator.present, !few);
        ck_assert(!few || (!figure->comparable && strstr(figure->reason, "hidden")));
        finish();
    }
}
END_TEST

/* ---- groups and bands ---- */

START_TEST(a_second_group_is_hidden_so_that_the_total_tells_nothing) {
    start();
    add_source();
    add_items("2017-01-05", "N", "a", 3, 0);
    add_items("2017-01-05", "S", "a", 40, 0);
    add_items("2017-01-05", "W", "a", 8, 0);
    add_indicator(COUNT BELOW_6 BY_AREA);
    run();
    expect_hidden("N", NULL);
    expect_hidden("W", NULL);
    expect_shown("S", NULL);
    expect_shown(NULL, NULL);
    finish();
}
END_TEST

/* No row of subtotals is printed: the cells add to the whole all the same. */
START_TEST(groups_without_totals_between_add_to_the_whole) {
    start();
    add_source();
    add_items("2017-01-05", "N", "a", 3, 0);
    add_items("2017-01-05", "N", "b", 30, 0);
    add_items("2017-01-05", "S", "a", 40, 0);
    add_items("2017-01-05", "S", "b", 9, 0);
    add_indicator(COUNT BELOW_6 "    by          i.area as \"Area\"\n"
                                "    by          i.kind as \"Kind\"\n");
    run();
    size_t hidden = 0;
    for (size_t i = 0; i < definitions_result()->cells_len; i++)
        hidden += definitions_result()->cells[i]->asked &&
                  definitions_result()->cells[i]->withheld.figure;
    ck_assert_uint_eq(hidden, 2);
    expect_shown(NULL, NULL);
    finish();
}
END_TEST

START_TEST(bands_are_hidden_with_their_partners) {
    start();
    add_source();
    add_items("2017-01-05", "N", "a", 25, 0); /* 10 to 34 days */
    strbuf_add(&text, "\nindicator items \"Items\"\n"
                      "    distribution item i dated i.on\n"
                      "    bands       i.days\n"
                      "                \"short\"    under 14\n"
                      "                \"middle\"   14 to 20\n"
                      "                \"long\"     21 or more\n"
                      "    basis       percent\n    decimals    1\n"
                      "    window      month every month\n    good        neutral\n" BELOW_6);
    run();
    expect_hidden(NULL, "short");
    expect_hidden(NULL, "middle");
    expect_shown(NULL, "long");
    expect_shown(NULL, NULL);
    finish();
}
END_TEST

/* ---- other periods and other indicators ---- */

/* Of 40 rows in a window of two months 20 enter, and few or many leave. */
START_TEST(what_entered_and_left_is_hidden_where_it_is_small) {
    for (int few = 0; few < 2; few++) {
        start();
        definitions_use((EngineOptions){.kind = ENGINE_REFERENCE, .moves = true});
        add_source();
        add_items("2016-11-05", "N", "a", few ? 3 : 9, 0);
        add_items("2016-12-05", "N", "a", 20, 0);
        add_items("2017-01-05", "N", "a", 20, 0);
        strbuf_add(&text, "\nindicator items \"Items\"\n" COUNT
                          "    window      rolling 2 months every month\n"
                          "    good        neutral\n" BELOW_6);
        run();
        const Cell *cell = cell_at("items", NULL, NULL);
        ck_assert(cell->available && cell->previous->available);
        ck_assert_int_eq(cell_moves(cell).numerator.present, !few);
        finish();
    }
}
END_TEST

START_TEST(what_it_is_compared_with_is_hidden_too) {
    start();
    add_source();
    add_items("2016-12-05", "N", "a", 3, 0);
    add_items("2017-01-05", "N", "a", 20, 0);
    add_indicator(COUNT BELOW_6);
    run();
    const Cell *cell = cell_at("items", NULL, NULL);
    ck_assert(cell->available && cell->previous && !cell->previous->available);
    ck_assert(!cell->previous_value.present);
    finish();
}
END_TEST

START_TEST(a_year_to_date_must_not_grow_by_a_small_number) {
    start();
    add_source();
    add_items("2016-04-05", "N", "a", 10, 0);
    add_items("2016-05-05", "N", "a", 2, 0);
    add_items("2016-06-05", "N", "a", 3, 0);
    add_items("2016-07-05", "N", "a", 4, 0);
    strbuf_add(&text,
               "\nindicator items \"Items\"\n" COUNT "    window      year to date every month\n"
               "    good        neutral\n" BELOW_6);
    definitions_run_public(strbuf_text(&text), NULL, "2016-04", "2016-08");
    ck_assert_str_eq(cells_of("items"), "2016-04 10 (10)\n"
                                        "2016-05 c: hidden: it would tell a small number\n"
                                        "2016-06 c: hidden: it would tell a small number\n"
                                        "2016-07 19 (19)\n"
                                        "2016-08 19 (19)\n");
    finish();
}
END_TEST

/* One period alone is decided as it is in its series. */
START_TEST(a_month_alone_is_hidden_as_in_its_series) {
    static const char *const months[] = {"2016-05", "2016-06", "2016-07"};
    static const bool hidden[] = {true, true, false};
    for (size_t i = 0; i < 3; i++) {
        start();
        add_source();
        add_items("2016-04-05", "N", "a", 10, 0);
        add_items("2016-05-05", "N", "a", 2, 0);
        add_items("2016-06-05", "N", "a", 3, 0);
        add_items("2016-07-05", "N", "a", 4, 0);
        strbuf_add(&text, "\nindicator items \"Items\"\n" COUNT
                          "    window      year to date every month\n"
                          "    good        neutral\n" BELOW_6);
        definitions_run_public(strbuf_text(&text), NULL, months[i], NULL);
        const Cell *cell = cell_at("items", NULL, NULL);
        ck_assert_int_eq(cell->withheld.figure, hidden[i]);
        ck_assert_int_eq(cell->previous->withheld.figure, i > 0);
        finish();
    }
}
END_TEST

static void add_derived(const char *good) {
    strbuf_addf(&text,
                "\nindicator share \"Share\"\n" SHARE "    window      month every month\n"
                "    good        neutral\n    suppress    %s\n"
                "\nindicator gap \"Gap\"\n    value       share - share\n    basis       points\n"
                "    decimals    1\n    window      month every month\n    good        neutral\n",
                good);
}

START_TEST(a_derived_value_is_hidden_with_what_it_is_made_of) {
    for (int none = 0; none < 2; none++) {
        start();
        add_source();
        add_items("2017-01-05", "N", "a", 3, 30);
        add_derived(none ? "none" : "below 6");
        /* Only the derived one is asked for: the other stands among the helpers. */
        definitions_run_public(strbuf_text(&text), "gap", "2017-01", NULL);
        ck_assert_int_eq(cell_at("gap", NULL, NULL)->withheld.figure, !none);
        finish();
    }
}
END_TEST

/* ---- tables at random ---- */

#define AREAS 3
#define KINDS 3
#define SIDE (AREAS + 1)
#define FAR INT64_C(100000)

static uint64_t state = 20170131;

static int draw(int limit) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (int)(state % (uint64_t)limit);
}

/* Numerators, rests and denominators of all cells with both totals (the last row and column). */
typedef struct Attack {
    int64_t low[3][SIDE][SIDE], high[3][SIDE][SIDE];
    bool hidden[SIDE][SIDE];
} Attack;

static void know(Attack *attack, int what, size_t r, size_t c, int64_t number, bool hidden) {
    attack->low[what][r][c] = hidden ? 0 : number;
    attack->high[what][r][c] = hidden ? FAR : number;
}

static size_t place_of(const GroupKey *key, const char *names) {
    return key->whole ? strlen(names) : (size_t)(strchr(names, key->label[0]) - names);
}

static int64_t number_of(Figure figure) {
    int64_t number = 0;
    ck_assert(figure.present && num_to_int64(figure.value, &number));
    return number;
}

static void read_cells(Attack *attack) {
    memset(attack, 0, sizeof *attack);
    for (size_t i = 0; i < definitions_result()->cells_len; i++) {
        const Cell *cell = definitions_result()->cells[i];
        if (!cell->asked)
            continue;
        size_t r = place_of(&cell->group[0], "NSW"), c = place_of(&cell->group[1], "abc");
        bool hidden = cell->withheld.figure;
        attack->hidden[r][c] = hidden;
        int64_t above = hidden ? 0 : number_of(cell->numerator);
        int64_t below = hidden ? 0 : number_of(cell->denominator);
        know(attack, 0, r, c, above, hidden);
        know(attack, 1, r, c, below - above, hidden);
        know(attack, 2, r, c, below, hidden);
        quick_assert(hidden ||
                     ((above == 0 || above >= 6) && (below - above == 0 || below - above >= 6)));
    }
}

/* whole = sum of parts: each within what the others leave. */
static bool narrow(int64_t *low[], int64_t *high[], size_t len) {
    bool changed = false;
    for (size_t i = 0; i < len; i++) {
        int64_t least = 0, most = 0;
        for (size_t j = 0; j < len; j++) {
            bool adds = i + 1 == len || j + 1 == len;
            if (j == i)
                continue;
            least += adds ? *low[j] : -*high[j];
            most += adds ? *high[j] : -*low[j];
        }
        if (least > *low[i]) {
            *low[i] = least;
            changed = true;
        }
        if (most < *high[i]) {
            *high[i] = most;
            changed = true;
        }
    }
    return changed;
}

static bool narrow_line(Attack *attack, int what, size_t line, bool row) {
    int64_t *low[SIDE], *high[SIDE];
    for (size_t i = 0; i < SIDE; i++) {
        size_t r = row ? line : i, c = row ? i : line;
        low[i] = &attack->low[what][r][c];
        high[i] = &attack->high[what][r][c];
    }
    return narrow(low, high, SIDE);
}

static bool narrow_all(Attack *attack) {
    bool changed = false;
    for (int what = 0; what < 3; what++)
        for (size_t line = 0; line < SIDE; line++) {
            changed |= narrow_line(attack, what, line, true);
            changed |= narrow_line(attack, what, line, false);
        }
    for (size_t r = 0; r < SIDE; r++)
        for (size_t c = 0; c < SIDE; c++) {
            int64_t *low[3], *high[3];
            for (int what = 0; what < 3; what++) {
                low[what] = &attack->low[what][r][c];
                high[what] = &attack->high[what][r][c];
            }
            changed |= narrow(low, high, 3);
        }
    return changed;
}

/* A known small number of a hidden cell is a disclosure. */
static void expect_nothing_found(const Attack *attack) {
    for (int what = 0; what < 3; what++)
        for (size_t r = 0; r < SIDE; r++)
            for (size_t c = 0; c < SIDE; c++)
                quick_assert(!attack->hidden[r][c] ||
                             attack->low[what][r][c] < attack->high[what][r][c] ||
                             attack->low[what][r][c] == 0 || attack->low[what][r][c] >= 6);
}

static int draw_count(void) {
    static const int limits[] = {1, 4, 9, 40};
    return draw(limits[draw(4)]);
}

START_TEST(nothing_hidden_of_percentages_in_two_breakdowns_can_be_worked_out) {
    size_t shown = 0, hidden = 0;
    for (int round = 0; round < 120; round++) {
        start();
        add_source();
        for (size_t area = 0; area < AREAS; area++)
            for (size_t kind = 0; kind < KINDS; kind++)
                add_items("2017-01-05", (const char *[]){"N", "S", "W"}[area],
                          (const char *[]){"a", "b", "c"}[kind], draw_count(), draw_count());
        /* Each area and kind is there, so that no total stands for a single cell unseen. */
        add_items("2017-01-05", "N", "a", 1, 0);
        add_items("2017-01-05", "S", "b", 1, 0);
        add_items("2017-01-05", "W", "c", 0, 1);
        add_indicator(SHARE BELOW_6 BY_AREA BY_KIND);
        run();
        Attack attack;
        read_cells(&attack);
        while (narrow_all(&attack))
            continue;
        expect_nothing_found(&attack);
        for (size_t r = 0; r < SIDE; r++)
            for (size_t c = 0; c < SIDE; c++) {
                hidden += attack.hidden[r][c];
                shown += !attack.hidden[r][c];
            }
        finish();
    }
    /* Neither all nor nothing is hidden. */
    ck_assert_uint_gt(shown, 200);
    ck_assert_uint_gt(hidden, 200);
}
END_TEST

Suite *suppress_suite(void) {
    Suite *suite = suite_create("suppress");
    TCase *tests = tcase_create("suppress");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_percentage_tells_its_numerator_and_what_it_leaves);
    tcase_add_test(tests, the_clause_says_what_is_small_and_dfe_where_it_is_silent);
    tcase_add_test(tests, what_is_published_already_is_shown);
    tcase_add_test(tests, a_mean_and_a_median_tell_how_many_cases);
    tcase_add_test(tests, a_small_part_is_hidden_and_the_figure_shown);
    tcase_add_test(tests, parts_that_are_all_hide_each_other);
    tcase_add_test(tests, exclusions_are_told_of_a_whole_table_or_not_at_all);
    tcase_add_test(tests, a_like_for_like_value_must_not_tell_the_difference);
    tcase_add_test(tests, a_second_group_is_hidden_so_that_the_total_tells_nothing);
    tcase_add_test(tests, groups_without_totals_between_add_to_the_whole);
    tcase_add_test(tests, bands_are_hidden_with_their_partners);
    tcase_add_test(tests, what_entered_and_left_is_hidden_where_it_is_small);
    tcase_add_test(tests, what_it_is_compared_with_is_hidden_too);
    tcase_add_test(tests, a_year_to_date_must_not_grow_by_a_small_number);
    tcase_add_test(tests, a_month_alone_is_hidden_as_in_its_series);
    tcase_add_test(tests, a_derived_value_is_hidden_with_what_it_is_made_of);
    tcase_add_test(tests, nothing_hidden_of_percentages_in_two_breakdowns_can_be_worked_out);
    suite_add_tcase(suite, tests);
    return suite;
}
