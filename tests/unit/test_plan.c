/* Plans: what is read, how it is told, and the hash of a definition's meaning. */
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

static void check_print(const Expr *expr, const char *expected) {
    StrBuf text = {0};
    expr_print(&text, expr);
    ck_assert_str_eq(strbuf_text(&text), expected);
    strbuf_fini(&text);
}

/* ---- expressions in words ---- */

static Rowset *plans(void) {
    build_source(b, "child", "id:text born:date", 1, "A|2010-01-01");
    SourceModel *plan = build_source(
        b, "plan", "id:text child:link(child) start:date end:date,open n:integer amount:money", 1,
        NULL);
    return x_rows(b, plan, "p", TIMING_DATED, "start", NULL);
}

START_TEST(expressions_print_as_they_are_written) {
    Rowset *p = plans();
    Expr *start = x_column(b, p, "start"), *n = x_column(b, p, "n");
    Expr *end = x_period(b, PERIOD_WORD_END);
    check_print(x_compare(b, x_shift(b, start, "+", "2 years"), "<=", end),
                "p.start + 2 years <= period end");
    check_print(x_within(b, start, "1 year", true, end), "p.start within 1 year before period end");
    check_print(x_within(b, start, "45 days", false, end),
                "p.start within 45 days after period end");
    check_print(x_in_span(b, start, "6 weeks", end), "p.start in 6 weeks to period end");
    check_print(x_elapsed(b, start, end, ">=", "10 working days"),
                "elapsed p.start to period end >= 10 working days");
    check_print(x_between(b, n, x_number(b, "17"), x_number(b, "21")), "p.n between 17 and 21");
    check_print(x_in_numbers(b, n, "1", "2.5"), "p.n in (1, 2.5)");
    check_print(x_missing(b, start, true), "p.start is not missing");
    check_print(x_call(b, FUNCTION_AGE, x_column(b, p, "child.born"), NULL, NULL),
                "age(p.child.born)");
    check_print(x_compare(b, x_column(b, p, "id"), "=", x_text(b, "A")), "p.id = \"A\"");
    check_print(x_compare(b, start, "<", x_date(b, "2017-01-31")), "p.start < 2017-01-31");
    check_print(x_compare(b, x_period(b, PERIOD_WORD_TAKEN), ">", x_period(b, PERIOD_WORD_START)),
                "taken date > period start");
    CodeSet *codes = build_codes(b, "residential", "K1=Secure");
    check_print(x_in_codes(b, x_column(b, p, "id"), codes, true), "p.id not in residential");
    Expr *money = x_number(b, "1250.5");
    money->type.kind = TYPE_MONEY;
    check_print(x_compare(b, x_column(b, p, "amount"), ">", money), "p.amount > £1,250.50");
}
END_TEST

START_TEST(parentheses_stand_where_meaning_needs_them) {
    Rowset *p = plans();
    Expr *n = x_column(b, p, "n"), *two = x_number(b, "2");
    Expr *sum = x_arithmetic(b, n, "+", two), *less = x_arithmetic(b, n, "-", two);
    check_print(x_arithmetic(b, sum, "*", two), "(p.n + 2) * 2");
    check_print(x_arithmetic(b, two, "-", less), "2 - (p.n - 2)");
    check_print(x_arithmetic(b, less, "-", two), "p.n - 2 - 2");
    check_print(x_arithmetic(b, x_arithmetic(b, n, "*", two), "+", two), "p.n * 2 + 2");
    check_print(x_negate(b, sum), "-(p.n + 2)");
    Expr *a = x_compare(b, n, "=", two), *c = x_compare(b, n, ">", two);
    check_print(x_and(b, x_or(b, a, c), c), "(p.n = 2 or p.n > 2) and p.n > 2");
    check_print(x_not(b, a), "not (p.n = 2)");
}
END_TEST

START_TEST(nested_sets_print_whole) {
    Rowset *p = plans();
    Rowset *q = x_nested(b, &b->sources[1], "q", TIMING_HELD, "start", "end");
    q->another_of = p->row;
    q->where = x_compare(b, x_column(b, q, "child"), "=", x_column(b, p, "child"));
    Expr *exists = x_exists(b, q, false);
    check_print(exists, "exists another plan q held q.start to q.end where q.child = p.child");
    check_print(x_and(b, exists, x_missing(b, x_column(b, p, "end"), false)),
                "(exists another plan q held q.start to q.end where q.child = p.child) and p.end "
                "is missing");
    q->another_of = NULL;
    check_print(x_exists(b, q, true), "none plan q held q.start to q.end where q.child = p.child");
    q->timing = TIMING_NONE;
    q->start = q->end = NULL;
    Expr *count = x_quantity(b, x_measure(b, QUANTITY_COUNT, NULL, q));
    check_print(x_compare(b, count, ">=", x_number(b, "2")),
                "(count of plan q where q.child = p.child) >= 2");
    Quantity *p90 = x_measure(b, QUANTITY_PERCENTILE, x_column(b, q, "n"), q);
    p90->percentile = num_of_int(90);
    check_print(x_quantity(b, p90), "(percentile 90 q.n of plan q where q.child = p.child)");
    Quantity *last = x_measure(b, QUANTITY_LAST, x_column(b, q, "n"), q);
    last->by = x_column(b, q, "start");
    last->known = true;
    check_print(x_quantity(b, last),
                "(last known q.n of plan q where q.child = p.child by q.start)");
}
END_TEST

/* A name that is no plain identifier stands in backquotes; a reserved one too, but not after a dot.
 */
START_TEST(names_are_quoted_where_they_must_be) {
    SourceModel *s =
        build_source(b, "where", "41-45_days:integer last:integer on:integer=", 0, NULL);
    Rowset *rows = x_rows(b, s, "first", TIMING_NONE, NULL, NULL);
    check_print(x_column(b, rows, "41-45_days"), "`first`.`41-45_days`");
    check_print(x_column(b, rows, "last"), "`first`.last");
    check_print(x_exists(b, rows, false), "exists `where` `first`");
    check_print(x_arithmetic(b, x_own_column(b, s, "last"), "+", x_own_column(b, s, "41-45_days")),
                "`last` + `41-45_days`");
}
END_TEST

/* ---- what is read ---- */

static const PlanTable *table_of(const char *name) {
    for (size_t i = 0; i < b->plan->tables_len; i++)
        if (strcmp(b->plan->tables[i].source->name, name) == 0)
            return &b->plan->tables[i];
    return NULL;
}

static bool needs(const char *source, const char *column) {
    const PlanTable *table = table_of(source);
    return table && table->needed[build_column(&b->sources[table->source->index], column)->index];
}

START_TEST(only_what_is_used_is_read) {
    build_source(b, "group", "id:text name:text", 1, NULL);
    build_source(b, "child", "id:text born:date sex:text group:link(group)", 1, NULL);
    SourceModel *plan = build_source(
        b, "plan",
        "id:text child:link(child) start:date end:date,open kind:text year:integer on:date=", 1,
        NULL);
    build_source(b, "unused", "id:text", 1, NULL);
    build_column(plan, "on")->computed =
        x_call(b, FUNCTION_DAY, x_own_column(b, plan, "year"), x_number(b, "3"), x_number(b, "31"));
    Rowset *p = x_rows(b, plan, "p", TIMING_DATED, "on", NULL);
    p->where = x_compare(b, x_column(b, p, "child.group.name"), "=", x_text(b, "north"));
    Indicator *i = build_value(b, "i", x_quantity(b, x_measure(b, QUANTITY_COUNT, NULL, p)));
    build_by(b, i, "Sex", x_column(b, p, "child.sex"), NULL);
    build_plan(b, i, "2017-01", NULL);
    ck_assert_uint_eq(b->plan->tables_len, 3);
    ck_assert(needs("plan", "id") && needs("plan", "child") && needs("plan", "on"));
    ck_assert(needs("plan", "year")); /* the computed column reads it */
    ck_assert(!needs("plan", "start") && !needs("plan", "end") && !needs("plan", "kind"));
    ck_assert(needs("child", "id") && needs("child", "sex") && needs("child", "group"));
    ck_assert(!needs("child", "born"));
    ck_assert(needs("group", "id") && needs("group", "name"));
    ck_assert(table_of("plan")->followed[1]);
    ck_assert(!table_of("unused"));
}
END_TEST

/* A link that is only compared is not followed: its target need not be there. */
START_TEST(compared_links_are_not_followed) {
    Rowset *p = plans();
    Rowset *q = x_nested(b, &b->sources[1], "q", TIMING_NONE, NULL, NULL);
    q->where = x_compare(b, x_column(b, q, "child"), "=", x_column(b, p, "child"));
    build_plan(b, build_proportion(b, "i", p, x_exists(b, q, false)), "2017-01", NULL);
    ck_assert(needs("plan", "child"));
    ck_assert(!table_of("plan")->followed[1]);
    ck_assert(!table_of("child"));
}
END_TEST

START_TEST(calendars_read_their_rows) {
    SourceModel *holiday = build_source(b, "holiday", "on:date division:text note:text", 0, NULL);
    CalendarModel *calendar = build_calendar(b, "2012-01-01", "2028-12-31", "");
    Rowset *h = x_nested(b, holiday, "h", TIMING_NONE, NULL, NULL);
    h->where = x_compare(b, x_column(b, h, "division"), "=", x_text(b, "england"));
    calendar->rows = h;
    calendar->date = x_column(b, h, "on");
    Rowset *p = plans();
    Indicator *i = build_value(
        b, "i",
        x_quantity(b, x_measure(b, QUANTITY_MEAN,
                                x_call(b, FUNCTION_WORKING_DAYS, x_column(b, p, "start"),
                                       x_column(b, p, "end"), NULL),
                                p)));
    build_plan(b, i, "2017-01", NULL);
    ck_assert(needs("holiday", "on") && needs("holiday", "division"));
    ck_assert(!needs("holiday", "note"));
}
END_TEST

/* ---- the plan in words ---- */

START_TEST(plan_tells_tables_windows_steps_and_figure) {
    Rowset *p = plans();
    b->sources[1].table = "cp_plans";
    build_column(&b->sources[1], "start")->field = "CP plan start date";
    p->where = x_compare(b, x_column(b, p, "n"), ">", x_number(b, "1"));
    Indicator *i = build_proportion(b, "long_plans", p, x_missing(b, x_column(b, p, "end"), false));
    build_rolling(i, 12);
    build_exclude(b, i, "young",
                  x_compare(b, x_column(b, p, "child.born"), ">", x_date(b, "2016-01-01")));
    build_part(b, i, "single", x_compare(b, x_column(b, p, "n"), "=", x_number(b, "2")));
    build_by(b, i, "Child", x_column(b, p, "child"), NULL);
    build_plan(b, i, "2017-01", NULL);
    StrBuf text = {0};
    plan_print(&text, b->plan);
    ck_assert_str_eq(strbuf_text(&text),
                     "indicator long_plans \"A title\"\n"
                     "    windows\n"
                     "        2016-12: 2016-01-01 to 2016-12-31, only to compare with\n"
                     "        2017-01: 2016-02-01 to 2017-01-31, compared with 2016-12\n"
                     "    rows p\n"
                     "        scan plan p\n"
                     "        keep those dated p.start\n"
                     "        keep those where p.n > 1\n"
                     "        group by p.child as \"Child\"\n"
                     "        count and take out young \"young\" where p.child.born > 2016-01-01\n"
                     "        mark as numerator those where p.end is missing\n"
                     "        mark as single \"single\" where p.n = 2\n"
                     "    figure\n"
                     "        round to 1 decimal when printed\n"
                     "            times 100\n"
                     "                divide\n"
                     "                    count of p, the numerator only\n"
                     "                    count of p\n"
                     "\n"
                     "tables\n"
                     "    child, rows of the definitions\n"
                     "        id\n"
                     "        born\n"
                     "    plan from \"cp_plans\"\n"
                     "        id\n"
                     "        child\n"
                     "        start from \"CP plan start date\"\n"
                     "        end\n"
                     "        n\n");
    strbuf_fini(&text);
}
END_TEST

START_TEST(plan_tells_the_arithmetic_of_a_value) {
    Rowset *p = plans();
    p->timing = TIMING_LATEST;
    Expr *count = x_quantity(b, x_measure(b, QUANTITY_COUNT, NULL, p));
    Expr *sum = x_quantity(b, x_measure(b, QUANTITY_SUM, x_column(b, p, "n"), p));
    Indicator *i = build_value(
        b, "i",
        x_arithmetic(b, x_negate(b, sum), "/", x_arithmetic(b, count, "+", x_number(b, "1"))));
    build_plan(b, i, "2017-01", NULL);
    StrBuf text = {0};
    plan_print(&text, b->plan);
    ck_assert_ptr_nonnull(strstr(strbuf_text(&text),
                                 "        keep those latest p.start\n"
                                 "        keep in each group those with the latest p.start\n"
                                 "    figure\n"
                                 "        round to 0 decimals when printed\n"
                                 "            /\n"
                                 "                negative of\n"
                                 "                    sum p.n of p\n"
                                 "                +\n"
                                 "                    count of p\n"
                                 "                    1\n"));
    strbuf_fini(&text);
}
END_TEST

/* The 42 days that end with the day; `within` has one more. Months clamp: 31 January
 * + 1 month is 28 February. */
START_TEST(days_of_spans_are_spelt_out) {
    Rowset *p = plans();
    Expr *start = x_column(b, p, "start"), *end = x_period(b, PERIOD_WORD_END);
    Expr *spans = x_and(
        b, x_and(b, x_in_span(b, start, "6 weeks", end), x_within(b, start, "6 weeks", true, end)),
        x_and(b, x_within(b, start, "1 month", false, x_date(b, "2017-01-31")),
              x_and(b, x_within(b, end, "12 months", true, x_column(b, p, "end")),
                    x_in_span(b, start, "10 working days", end))));
    Indicator *i = build_proportion(b, "i", p, spans);
    build_plan(b, i, "2017-02", NULL);
    StrBuf text = {0};
    plan_print(&text, b->plan);
    ck_assert_ptr_nonnull(strstr(
        strbuf_text(&text),
        "    days\n"
        "        p.start in 6 weeks to period end: 2017-01-18 to 2017-02-28, 42 days\n"
        "        p.start within 6 weeks before period end: 2017-01-17 to 2017-02-28, 43 days\n"
        "        p.start within 1 month after 2017-01-31: 2017-01-31 to 2017-02-28, 29 days\n"
        "        period end within 1 year before p.end: with p.end on 2017-02-28, 2016-02-28 to "
        "2017-02-28, 367 days\n"
        "    rows p\n"));
    strbuf_fini(&text);
}
END_TEST

/* ---- the hash of a definition ---- */

typedef struct Variant {
    const char *alias, *nested_alias, *define_title, *codes, *field, *duration, *target;

} Variant;

static void hash_of(const Variant *v, char out[33]) {
    Builder *own = builder_new();
    SourceModel *plan =
        build_source(own, "plan", "id:text child:text start:date kind:text", 1, NULL);
    plan->table = "cp_plans";
    build_column(plan, "start")->field = v->field;
    CodeSet *codes = build_codes(own, v->define_title, v->codes);
    Rowset *p = x_rows(own, plan, v->alias, TIMING_DATED, "start", NULL);
    Rowset *q = x_nested(own, plan, v->nested_alias, TIMING_NONE, NULL, NULL);
    p->where = x_in_codes(own, x_column(own, p, "kind"), codes, false);
    q->another_of = p->row;
    q->where = x_and(
        own, x_compare(own, x_column(own, q, "child"), "=", x_column(own, p, "child")),
        x_within(own, x_column(own, q, "start"), v->duration, true, x_column(own, p, "start")));
    Indicator *i = build_proportion(own, v->alias, p, x_exists(own, q, false));
    i->title = v->define_title;
    i->why = v->nested_alias;
    i->owner = v->alias;
    Target target = {.value = number(v->target), .label = v->define_title};
    i->targets = &target;
    i->targets_len = 1;
    plan_definition_hash(&own->model, i, out);
    builder_free(own);
}

static const Variant plain = {"p", "q", "local", "B=Beta A=Alpha", "start on", "2 years", "20.7"};

static bool same_hash(const Variant *variant) {
    char a[33], c[33];
    hash_of(&plain, a);
    hash_of(variant, c);
    ck_assert_uint_eq(strlen(a), 32);
    return strcmp(a, c) == 0;
}

START_TEST(hash_leaves_out_what_only_people_read) {
    Variant v = plain;
    ck_assert(same_hash(&v));
    v.alias = "plan_row";
    v.nested_alias = "earlier";
    ck_assert(same_hash(&v)); /* aliases are numbered */
    v.define_title = "national";
    ck_assert(same_hash(&v)); /* titles, names of code sets, labels */
    v.codes = "A=Else B=Other";
    ck_assert(same_hash(&v)); /* codes in any order, whatever their titles */
    v.duration = "24 months";
    ck_assert(same_hash(&v)); /* two years are 24 months */
}
END_TEST

START_TEST(hash_holds_what_changes_a_figure_or_verdict) {
    Variant v = plain;
    v.duration = "23 months";
    ck_assert(!same_hash(&v));
    v = plain;
    v.codes = "A=Alpha";
    ck_assert(!same_hash(&v));
    v = plain;
    v.field = "started on";
    ck_assert(!same_hash(&v));
    v = plain;
    v.target = "20.8";
    ck_assert(!same_hash(&v));
}
END_TEST

START_TEST(hash_holds_every_setting) {
    Rowset *p = plans();
    Indicator *i = build_value(b, "i", x_quantity(b, x_measure(b, QUANTITY_COUNT, NULL, p)));
    char before[33], after[33];
    plan_definition_hash(&b->model, i, before);
#define CHANGES(statement)                                                                         \
    do {                                                                                           \
        Indicator kept = *i;                                                                       \
        statement;                                                                                 \
        plan_definition_hash(&b->model, i, after);                                                 \
        ck_assert_str_ne(before, after);                                                           \
        *i = kept;                                                                                 \
    } while (0)
    CHANGES(i->decimals = 2);
    CHANGES(i->window = WINDOW_MONTH);
    CHANGES(i->every = EVERY_YEAR);
    CHANGES(i->behind = 1);
    CHANGES(i->per = num_of_int(1000));
    CHANGES(i->basis = BASIS_DAYS);
    CHANGES(i->good = GOOD_LOW);
    CHANGES(i->compare = COMPARE_PREVIOUS_YEAR);
    CHANGES(build_exclude(b, i, "x", x_missing(b, x_column(b, p, "n"), false)));
    CHANGES(build_part(b, i, "x", x_missing(b, x_column(b, p, "n"), false)));
    CHANGES(build_by(b, i, "x", x_column(b, p, "n"), NULL));
    plan_definition_hash(&b->model, i, after);
    ck_assert_str_eq(before, after);
}
END_TEST

/* What a link leads to, what a calendar holds, and rows of the definitions are part of the meaning.
 */
START_TEST(hash_holds_what_is_read_besides) {
    CalendarModel *calendar = build_calendar(b, "2012-01-01", "2028-12-31", "2016-12-26");
    Rowset *p = plans();
    SourceModel *areas = build_source(b, "area", "id:text name:text", 1, "1|north\n2|-");
    Rowset *e = x_rows(b, areas, "e", TIMING_NONE, NULL, NULL);
    Expr *days = x_call(b, FUNCTION_WORKING_DAYS, x_column(b, p, "child.born"),
                        x_column(b, p, "start"), NULL);
    Indicator *i = build_ratio(b, "i", x_measure(b, QUANTITY_SUM, days, p),
                               x_measure(b, QUANTITY_COUNT, NULL, e));
    Target target = {.none = true};
    i->targets = &target;
    i->targets_len = 1;
    char before[33], after[33];
    plan_definition_hash(&b->model, i, before);
#define CHANGES_TO(place, value)                                                                   \
    do {                                                                                           \
        __extension__ __typeof__(place) kept = (place);                                            \
        (place) = (value);                                                                         \
        plan_definition_hash(&b->model, i, after);                                                 \
        ck_assert_str_ne(before, after);                                                           \
        (place) = kept;                                                                            \
    } while (0)
    CHANGES_TO(calendar->dates[0], day("2016-12-27"));
    CHANGES_TO(calendar->weekend, 0u);
    CHANGES_TO(areas->cells[3], "south");
    CHANGES_TO(areas->published, PUBLISHED_STOCK);
    CHANGES_TO(b->sources[0].table, "children");
    CHANGES_TO(b->sources[0].columns[0].field, "child_id");
    CHANGES_TO(b->sources[0].columns[1].date_format, "dd/mm/yyyy");
    CHANGES_TO(b->sources[0].columns[1].type.open, true);
    CHANGES_TO(target.none, false);
    CHANGES_TO(i->numerator, i->denominator);
    /* what is covered, and what a calendar is called, are not */
    areas->has_covers = true;
    calendar->title = "Days worked";
    plan_definition_hash(&b->model, i, after);
    ck_assert_str_eq(before, after);
}
END_TEST

Suite *plan_suite(void);
Suite *plan_suite(void) {
    Suite *suite = suite_create("plan");
    TCase *tests = tcase_create("plans");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, expressions_print_as_they_are_written);
    tcase_add_test(tests, parentheses_stand_where_meaning_needs_them);
    tcase_add_test(tests, nested_sets_print_whole);
    tcase_add_test(tests, names_are_quoted_where_they_must_be);
    tcase_add_test(tests, only_what_is_used_is_read);
    tcase_add_test(tests, compared_links_are_not_followed);
    tcase_add_test(tests, calendars_read_their_rows);
    tcase_add_test(tests, plan_tells_tables_windows_steps_and_figure);
    tcase_add_test(tests, plan_tells_the_arithmetic_of_a_value);
    tcase_add_test(tests, days_of_spans_are_spelt_out);
    tcase_add_test(tests, hash_leaves_out_what_only_people_read);
    tcase_add_test(tests, hash_holds_what_changes_a_figure_or_verdict);
    tcase_add_test(tests, hash_holds_every_setting);
    tcase_add_test(tests, hash_holds_what_is_read_besides);
    suite_add_tcase(suite, tests);
    return suite;
}
