/* What definitions come to mean: accepted ones, and the facts of the Model that engines go by.
 * What is refused, and with which words, is tested beside the messages (tests/golden).
 */
#include <check.h>
#include <string.h>

#include "sema/analyse.h"

Suite *sema_suite(void);

static Session *session;
static StrBuf facts;

static void setup(void) {
    session = session_new();
    facts = (StrBuf){0};
}

static void teardown(void) {
    strbuf_fini(&facts);
    session_free(session);
}

/* ---- analysing a text ---- */

static bool no_library(void *context, const char *name, const char *path, uint32_t using_src,
                       LibraryText *out, const char **shown_name) {
    static const char library[] = "codes shared \"From a library\"\n    A           \"Alpha\"\n";
    (void)context;
    (void)path;
    (void)using_src;
    if (!name || strcmp(name, "shared") != 0)
        return false;
    *out = (LibraryText){library, sizeof library - 1};
    *shown_name = "shared.kpi";
    return true;
}

static const Model *model_of(const char *text, const Catalog *catalog) {
    AnalyseOptions options = {no_library, NULL, catalog};
    ParsedFile *file = parse_file(session, "test.kpi", text, strlen(text));
    return analyse(session, &file, 1, &options);
}

static void show_messages(void) {
    diags_render_text(session->diags, &facts, 0, false);
}

/* A text that must be accepted without a word. */
static const Model *accepted(const char *text) {
    const Model *model = model_of(text, NULL);
    if (diags_errors(session->diags) + diags_warnings(session->diags) > 0) {
        show_messages();
        ck_abort_msg("refused:\n%s\n%s", text, strbuf_text(&facts));
    }
    return model;
}

#define ROWS_SOURCE                                                                                \
    "codes colour \"Colours\"\n"                                                                   \
    "    red         \"Red\"\n"                                                                    \
    "    blue        \"Blue\"\n"                                                                   \
    "source area \"Areas\"\n"                                                                      \
    "    key         code\n"                                                                       \
    "    column      code       integer\n"                                                         \
    "    column      name       text\n"                                                            \
    "source s \"Rows\"\n"                                                                          \
    "    key         id\n"                                                                         \
    "    column      id         text\n"                                                            \
    "    column      n          integer\n"                                                         \
    "    column      x          decimal \"miles\"\n"                                               \
    "    column      m          money\n"                                                           \
    "    column      d          date\n"                                                            \
    "    column      e          date open\n"                                                       \
    "    column      c          text in colour\n"                                                  \
    "    column      flag       yes_no\n"                                                          \
    "    column      area       link to area\n"

#define PROJECT                                                                                    \
    "project \"P\"\n"                                                                              \
    "    taken       2017-01 on 2017-01-30\n"                                                      \
    "calendar only \"Working days\"\n"                                                             \
    "    weekend     saturday, sunday\n"                                                           \
    "    holidays    2017-01-02\n"                                                                 \
    "    covers      2017-01-01 to 2017-12-31\n"

/* ---- settings: window, every, compare, year ends ---- */

typedef struct Case {
    const char *written, *expected;
} Case;

static const Case windows[] = {
    {"window snapshot every month", "snapshot month stock, compare 1, end 31/3, behind 0"},
    {"window snapshot every quarter", "snapshot quarter stock, compare 3, end 31/3, behind 0"},
    {"window snapshot every year", "snapshot year stock, compare 12, end 31/3, behind 0"},
    {"window snapshot every year to 31 August",
     "snapshot year stock, compare 12, end 31/8, behind 0"},
    {"window snapshot at taken date every month",
     "snapshot at taken date month stock, compare 1, end 31/3, behind 0"},
    {"window month every month", "month month flow, compare 1, end 31/3, behind 0"},
    {"window month every month behind 1 month", "month month flow, compare 1, end 31/3, behind 1"},
    {"window quarter every quarter", "quarter quarter flow, compare 3, end 31/3, behind 0"},
    {"window quarter every year", "quarter year flow, compare 12, end 31/3, behind 0"},
    {"window rolling 12 months every month",
     "rolling month flow, 12 months, compare 1, end 31/3, behind 0"},
    {"window rolling 6 months every year to 30 June",
     "rolling year flow, 6 months, compare 12, end 30/6, behind 0"},
    {"window rolling 6 months every year to 28 February",
     "rolling year flow, 6 months, compare 12, end 29/2, behind 0"},
    {"window year to date every quarter",
     "year to date quarter flow, compare 3, end 31/3, behind 0"},
    {"window financial year every year",
     "financial year year flow, compare 12, end 31/3, behind 0"},
    {"window academic year every year", "academic year year flow, compare 12, end 31/8, behind 0"},
    {"window calendar year every year", "calendar year year flow, compare 12, end 31/12, behind 0"},
    {"window month every month\n    compare     previous year",
     "month month flow, compare 12, end 31/3, behind 0"},
    {"window month every month\n    compare     previous quarter",
     "month month flow, compare 3, end 31/3, behind 0"},
    {"window quarter every quarter\n    compare     same period last year",
     "quarter quarter flow, compare 12 same period, end 31/3, behind 0"},
};

static const char *compare_fact(CompareKind compare) {
    switch (compare) {
    case COMPARE_PREVIOUS_MONTH:
        return "1";
    case COMPARE_PREVIOUS_QUARTER:
        return "3";
    case COMPARE_PREVIOUS_YEAR:
        return "12";
    case COMPARE_SAME_PERIOD_LAST_YEAR:
        return "12 same period";
    }
    return "";
}

START_TEST(windows_have_their_defaults) {
    const Case *test = &windows[_i];
    bool stock = strstr(test->written, "snapshot") != NULL;
    StrBuf text = {0};
    strbuf_addf(&text,
                PROJECT ROWS_SOURCE "indicator i \"I\"\n"
                                    "    value       count of s r %s\n"
                                    "    basis       count\n"
                                    "    good        low\n"
                                    "    %s\n",
                stock ? "held r.d to r.e" : "dated r.d", test->written);
    const Indicator *i = model_indicator(accepted(strbuf_text(&text)), "i");
    strbuf_fini(&text);
    strbuf_addf(&facts, "%s %s %s", window_word(i->window), every_word(i->every),
                i->stock ? "stock" : "flow");
    if (i->window == WINDOW_ROLLING)
        strbuf_addf(&facts, ", %d months", i->window_months);
    strbuf_addf(&facts, ", compare %s, end %d/%d, behind %d", compare_fact(i->compare),
                i->year_end_day, i->year_end_month, i->behind);
    ck_assert_str_eq(strbuf_text(&facts), test->expected);
}
END_TEST

/* ---- shapes and their row sets ---- */

static const Case shapes[] = {
    {"denominator s r dated r.d\n    numerator   those where r.flag\n    basis percent",
     "proportion; rows r; denominator r; per 100"},
    {"numerator   count of s a dated a.d\n    denominator count of s b dated b.d\n"
     "    basis per 10,000 \"children\"",
     "ratio; rows a b; count a / count b; per 10000 children"},
    {"denominator count of s b dated b.d\n    numerator   count of s a dated a.d\n"
     "    basis per 1,000 \"children\"",
     "ratio; rows b a; count a / count b; per 1000 children"},
    {"numerator   sum r.n of s r dated r.d\n    denominator count of r\n    basis number \"each\"",
     "ratio; rows r; sum r / count r; per 1 each"},
    {"numerator   count of r\n    denominator sum r.n of s r dated r.d\n    basis percent",
     "ratio; rows r; count r / sum r; per 100"},
    {"denominator count of r\n    numerator   sum r.m of s r dated r.d\n    basis £",
     "ratio; rows r; sum r / count r; per 1"},
    {"value       mean r.n of s r dated r.d\n    basis days", "value; rows r; mean; per 1"},
    {"value       (count of s a dated a.d) - (count of s b dated b.d)\n    basis points",
     "value; rows a b; arithmetic; per 1"},
    {"value       (sum r.n of s r dated r.d) / (count of r)\n    basis number \"each\"",
     "value; rows r; arithmetic; per 1 each"},
    {"value       median known r.n of s r dated r.d\n    basis days",
     "value; rows r; median known; per 1"},
    {"value       last r.n of s r dated r.d by r.d\n    basis number \"x\"",
     "value; rows r; last by; per 1 x"},
    {"value       count distinct r.area of s r active r.d to r.e\n    basis count",
     "value; rows r; count distinct; per 1"},
};

static void add_rows_facts(const Indicator *indicator) {
    static const char *const words[] = {"proportion", "ratio", "value"};
    strbuf_addf(&facts, "%s; rows", words[indicator->shape]);
    for (size_t i = 0; i < indicator->rowsets_len; i++) {
        strbuf_addf(&facts, " %s", indicator->rowsets[i]->row->name);
        ck_assert_uint_eq(indicator->rowsets[i]->index, i);
        ck_assert(!indicator->rowsets[i]->nested);
    }
}

static void add_quantity_facts(const Quantity *quantity) {
    strbuf_addf(&facts, "%s %s", quantity_word(quantity->kind), quantity->rows->row->name);
}

static void add_value_facts(const Expr *value) {
    if (value->kind != EXPR_QUANTITY) {
        strbuf_add(&facts, value->kind == EXPR_ARITHMETIC ? "arithmetic" : "other");
        return;
    }
    const Quantity *quantity = value->as.quantity;
    strbuf_addf(&facts, "%s%s%s", quantity_word(quantity->kind), quantity->known ? " known" : "",
                quantity->by ? " by" : "");
}

START_TEST(shapes_and_their_rows) {
    const Case *test = &shapes[_i];
    StrBuf text = {0};
    strbuf_addf(
        &text,
        "project \"P\"\n"
        "    decimals    percent 1, per 1, number 1, days 0, points 0, pounds 2\n" ROWS_SOURCE
        "indicator i \"I\"\n"
        "    %s\n"
        "    window      month every month\n"
        "    good        low\n",
        test->written);
    const Indicator *i = model_indicator(accepted(strbuf_text(&text)), "i");
    strbuf_fini(&text);
    add_rows_facts(i);
    strbuf_add(&facts, "; ");
    if (i->shape == SHAPE_PROPORTION) {
        strbuf_addf(&facts, "denominator %s", i->denominator_rows->row->name);
        ck_assert_int_eq(i->those->type.kind, TYPE_BOOLEAN);
    } else if (i->shape == SHAPE_RATIO) {
        add_quantity_facts(i->numerator);
        strbuf_add(&facts, " / ");
        add_quantity_facts(i->denominator);
    } else {
        add_value_facts(i->value);
    }
    strbuf_add(&facts, "; per ");
    num_print(&facts, i->per, 0, false);
    if (i->unit)
        strbuf_addf(&facts, " %s", i->unit);
    ck_assert_str_eq(strbuf_text(&facts), test->expected);
}
END_TEST

/* ---- types of expressions ---- */

static const Case types[] = {
    {"r.n", "a whole number"},
    {"r.n + 1", "a whole number"},
    {"r.n * r.n - 2", "a whole number"},
    {"r.n + 0.5", "a number"},
    {"r.n / 2", "a number"},
    {"-r.n", "a whole number"},
    {"r.x", "a number miles"},
    {"r.x + 1", "a number miles"},
    {"r.m + r.m", "an amount of money"},
    {"r.m * 2", "an amount of money"},
    {"r.m / 2", "an amount of money"},
    {"r.m / r.m", "a number"},
    {"r.d", "a date"},
    {"r.e", "a date open"},
    {"r.e + 1 day", "a date"},
    {"r.d - 6 weeks", "a date"},
    {"r.d + 2.5 years", "a date"},
    {"r.d + 10 working days", "a date"},
    {"period start", "a date"},
    {"taken date", "a date"},
    {"r.c", "text in colour"},
    {"r.id", "text"},
    {"r.area", "a row of area"},
    {"r.area.name", "text"},
    {"r.area.code", "a whole number"},
    {"days(r.d, r.e)", "a whole number days"},
    {"working_days(r.d, period end)", "a whole number days"},
    {"age(r.d, r.e)", "a whole number"},
    {"year(r.d) * 100 + month(r.d)", "a whole number"},
    {"day(r.n, 3, 31)", "a date"},
    {"(count of s q where q.n = r.n)", "a whole number"},
    {"(count distinct q.c of s q where q.n = r.n)", "a whole number"},
    {"(sum q.m of s q where q.n = r.n)", "an amount of money"},
    {"(mean q.n of s q where q.n = r.n)", "a number"},
    {"(mean q.m of s q where q.n = r.n)", "an amount of money"},
    {"(percentile 90 q.x of s q where q.n = r.n)", "a number miles"},
    {"(max q.e of s q where q.n = r.n)", "a date"},
    {"(first q.c of s q where q.n = r.n by q.d)", "text in colour"},
    {"(last q.area of s q where q.n = r.n by q.d)", "a row of area"},
    {"two_on(r.d)", "a date"},
};

START_TEST(expressions_have_their_types) {
    const Case *test = &types[_i];
    StrBuf text = {0};
    strbuf_addf(&text,
                PROJECT ROWS_SOURCE "define two_on(date) = date + 2 years\n"
                                    "indicator i \"I\"\n"
                                    "    value       count distinct %s of s r dated r.d\n"
                                    "    basis       count\n"
                                    "    window      month every month\n"
                                    "    good        low\n",
                test->written);
    const Model *model = model_of(strbuf_text(&text), NULL);
    strbuf_fini(&text);
    show_messages();
    ck_assert_msg(diags_errors(session->diags) == 0, "%s", strbuf_text(&facts));
    strbuf_clear(&facts);
    Type type = model_indicator(model, "i")->value->as.quantity->value->type;
    strbuf_add(&facts, type_words(type));
    if (type.codes)
        strbuf_addf(&facts, " in %s", type.codes->name);
    if (type.row)
        strbuf_addf(&facts, " of %s", type.row->name);
    if (type.unit)
        strbuf_addf(&facts, " %s", type.unit);
    if (type.open)
        strbuf_add(&facts, " open");
    ck_assert_str_eq(strbuf_text(&facts), test->expected);
}
END_TEST

START_TEST(functions_take_the_calendar_and_the_day_that_are_left_out) {
    const Model *model =
        accepted(PROJECT ROWS_SOURCE "indicator i \"I\"\n"
                                     "    value       count of s r held r.d to r.e\n"
                                     "                    where age(r.d) < 18\n"
                                     "                    and working_days(r.d, period end) > 2\n"
                                     "    basis       count\n"
                                     "    window      snapshot every month\n"
                                     "    good        low\n");
    const Expr *where = model_indicator(model, "i")->rowsets[0]->where;
    ck_assert_int_eq(where->kind, EXPR_AND);
    const Expr *age = where->as.logic.terms[0]->as.comparison.left;
    ck_assert_uint_eq(age->as.call.arguments_len, 2);
    ck_assert_int_eq(age->as.call.arguments[1]->kind, EXPR_PERIOD_WORD);
    ck_assert_int_eq(age->as.call.arguments[1]->as.period_word, PERIOD_WORD_END);
    const Expr *days = where->as.logic.terms[1]->as.comparison.left;
    ck_assert_ptr_eq(days->as.call.calendar, model->calendars[0]);
    ck_assert_ptr_eq(model->project.calendar, model->calendars[0]);
}
END_TEST

START_TEST(elapsed_may_stand_on_either_side) {
    const Model *model =
        accepted(ROWS_SOURCE "indicator i \"I\"\n"
                             "    value       count of s r dated r.d\n"
                             "                    where 6 weeks < elapsed r.d to r.e\n"
                             "    basis       count\n"
                             "    window      month every month\n"
                             "    good        low\n");
    const Expr *where = model_indicator(model, "i")->rowsets[0]->where;
    ck_assert_int_eq(where->kind, EXPR_ELAPSED);
    ck_assert_int_eq(where->as.elapsed.op, COMPARISON_GREATER);
    ck_assert_int_eq(where->as.elapsed.duration->as.duration.kind, SPAN_DAYS);
    ck_assert_int_eq(where->as.elapsed.duration->as.duration.amount, 42);
}
END_TEST

START_TEST(another_is_not_the_nearest_row_of_its_source) {
    const Model *model =
        accepted(ROWS_SOURCE "indicator i \"I\"\n"
                             "    value       count of s r dated r.d\n"
                             "                    where exists another s q dated q.d\n"
                             "                        where q.n = r.n and q.e is missing\n"
                             "    basis       count\n"
                             "    window      month every month\n"
                             "    good        low\n");
    const Rowset *outer = model_indicator(model, "i")->rowsets[0];
    const Rowset *inner = outer->where->as.exists.rows;
    ck_assert_ptr_eq(inner->another_of, outer->row);
    ck_assert(inner->nested);
    ck_assert_int_eq(inner->timing, TIMING_DATED);
    ck_assert_int_eq(inner->where->kind, EXPR_AND); /* `and` belongs to the nested set */
    ck_assert(inner->row->id != outer->row->id);
    ck_assert(inner->row->id < model->rowvars && outer->row->id < model->rowvars);
}
END_TEST

/* ---- parts, breakdowns, judgement ---- */

START_TEST(parts_belong_to_the_rows_that_they_mention) {
    const Model *model =
        accepted(ROWS_SOURCE "indicator i \"I\"\n"
                             "    numerator   count of s a dated a.d\n"
                             "    denominator count of s b dated b.d\n"
                             "    exclude     one \"One\" where b.flag\n"
                             "    exclude     two \"Two\" where exists area x where x = a.area\n"
                             "    of which    three \"Three\" where not a.flag\n"
                             "    by          a.c, b.c as \"Colour\" total \"All\" with share\n"
                             "    by          a.n, b.x as \"Number\"\n"
                             "    basis       per 100 \"b\"\n"
                             "    window      month every month\n"
                             "    good        low\n"
                             "    decimals    0\n");
    const Indicator *i = model_indicator(model, "i");
    ck_assert_uint_eq(i->excludes_len, 2);
    ck_assert_ptr_eq(i->excludes[0].rows, i->rowsets[1]);
    ck_assert_ptr_eq(i->excludes[1].rows, i->rowsets[0]);
    ck_assert_uint_eq(i->parts_len, 1);
    ck_assert_str_eq(i->parts[0].id, "three");
    ck_assert_ptr_eq(i->parts[0].rows, i->rowsets[0]);
    ck_assert_uint_eq(i->breakdowns_len, 2);
    ck_assert_ptr_eq(i->breakdowns[0].codes, model->codes[0]);
    ck_assert_str_eq(i->breakdowns[0].total, "All");
    ck_assert(i->breakdowns[0].share && !i->breakdowns[1].share);
    ck_assert(!i->breakdowns[1].codes && !i->breakdowns[1].total);
}
END_TEST

START_TEST(targets_stand_by_their_dates) {
    const Model *model =
        accepted(ROWS_SOURCE "indicator i \"I\"\n"
                             "    denominator s r dated r.d\n"
                             "    numerator   those where r.flag\n"
                             "    target      80.5% \"later\" from 2018-04-01\n"
                             "    target      -1% \"first\"\n"
                             "    target      70% from 2017-04-01\n"
                             "    basis       percent\n"
                             "    window      month every month\n"
                             "    good        between 60% and 90%\n"
                             "    compare     previous month same within 10% of previous\n"
                             "    decimals    1\n");
    const Indicator *i = model_indicator(model, "i");
    ck_assert_uint_eq(i->targets_len, 3);
    ck_assert(!i->targets[0].has_from && i->targets[1].has_from && i->targets[2].has_from);
    ck_assert_str_eq(i->targets[0].label, "first");
    ck_assert_int_eq(num_compare(i->targets[0].value, num_of_int(-1)), 0);
    ck_assert_int_eq(num_compare(i->targets[1].value, num_of_int(70)), 0);
    ck_assert_ptr_null(i->targets[1].label);
    ck_assert_int_eq(num_compare(i->targets[2].value, num_of_scaled(805, 1)), 0);
    ck_assert_int_eq(i->targets[2].decimals, 1);
    ck_assert_int_eq(i->good, GOOD_BETWEEN);
    ck_assert_int_eq(num_compare(i->good_low, num_of_int(60)), 0);
    ck_assert_int_eq(num_compare(i->good_high, num_of_int(90)), 0);
    ck_assert_int_eq(i->same, SAME_PERCENT_OF_PREVIOUS);
    ck_assert_int_eq(num_compare(i->same_within, num_of_int(10)), 0);
}
END_TEST

START_TEST(words_are_kept) {
    const Model *model = accepted(ROWS_SOURCE "indicator i \"The title\"\n"
                                              "    why         \"W\"\n"
                                              "    method      \"M\"\n"
                                              "    guidance    \"G\"\n"
                                              "    owner       \"O\"\n"
                                              "    note        \"always\"\n"
                                              "    note 2016/17 \"then\"\n"
                                              "    checked     2017-01-31\n"
                                              "    target      none\n"
                                              "    value       count of s r dated r.d\n"
                                              "    basis       count\n"
                                              "    window      month every month\n"
                                              "    good        neutral\n");
    const Indicator *i = model_indicator(model, "i");
    ck_assert_str_eq(i->title, "The title");
    ck_assert_str_eq(i->why, "W");
    ck_assert_str_eq(i->method, "M");
    ck_assert_str_eq(i->guidance, "G");
    ck_assert_str_eq(i->owner, "O");
    ck_assert_uint_eq(i->notes_len, 2);
    ck_assert(!i->notes[0].has_period && i->notes[1].has_period);
    ck_assert_int_eq(i->notes[1].period.kind, PERIOD_FINANCIAL_YEAR);
    ck_assert(i->has_checked && !i->has_review);
    ck_assert(i->targets_len == 1 && i->targets[0].none);
    ck_assert_int_eq(i->decimals, 0);
}
END_TEST

/* ---- sources and the project ---- */

START_TEST(sources_have_their_columns) {
    const Model *model = accepted("use shared\n"
                                  "source t \"T\" from \"the table\"\n"
                                  "    published   flow\n"
                                  "    key         k, `41-45`\n"
                                  "    symbols     c confidential, \"..\" unavailable\n"
                                  "    covers      2012-04-01 to 2024-03-31\n"
                                  "    column      k          text       from \"Key\"\n"
                                  "    column      `41-45`    integer    optional stock\n"
                                  "    column      when       date \"dd/mm/yyyy\" open\n"
                                  "    column      yes        yes_no \"J\" \"N\"\n"
                                  "    column      a          text in shared optional\n"
                                  "    column      twice      integer    = `41-45` * 2\n"
                                  "source own \"Own\"\n"
                                  "    key         a\n"
                                  "    column      a          text\n"
                                  "    column      b          link to own optional\n"
                                  "    rows        b  a\n"
                                  "                -  x\n"
                                  "                x  \"y z\"\n");
    const SourceModel *t = model->sources[0], *own = model->sources[1];
    ck_assert_str_eq(t->table, "the table");
    ck_assert_uint_eq(t->key_len, 2);
    ck_assert_ptr_eq(t->key[1], &t->columns[1]);
    ck_assert_uint_eq(t->symbols_len, 2);
    ck_assert_int_eq(t->symbols[1].symbol, SYMBOL_UNAVAILABLE);
    ck_assert(t->has_covers);
    ck_assert_int_eq(t->columns[0].published, PUBLISHED_FLOW);
    ck_assert_int_eq(t->columns[1].published, PUBLISHED_STOCK);
    ck_assert_str_eq(t->columns[0].field, "Key");
    ck_assert_str_eq(t->columns[1].field, "41-45");
    ck_assert(t->columns[1].optional && t->columns[2].type.open);
    ck_assert_str_eq(t->columns[2].date_format, "dd/mm/yyyy");
    ck_assert_str_eq(t->columns[3].yes, "J");
    ck_assert_str_eq(t->columns[4].type.codes->name, "shared");
    ck_assert(!t->columns[5].field && t->columns[5].computed);
    ck_assert_ptr_null(own->table);
    ck_assert_uint_eq(own->rows_len, 2);
    /* Cells stand by column, whatever the order of the header; - is empty. */
    ck_assert_str_eq(own->cells[0], "x");
    ck_assert(!own->cells[1] || !*own->cells[1]);
    ck_assert_str_eq(own->cells[2], "y z");
    ck_assert_ptr_eq(own->columns[1].type.row, own);
}
END_TEST

START_TEST(a_table_is_asked_for_its_stored_columns) {
    const Model *model = accepted("source t \"T\"\n"
                                  "    key         k\n"
                                  "    column      k          integer\n"
                                  "    column      d          date open\n"
                                  "    column      y          integer    = year(d)\n"
                                  "    column      l          link to t\n"
                                  "    column      m          money optional from \"Amount\"\n");
    const TableSpec *spec = source_table_spec(session, model->sources[0]);
    ck_assert_str_eq(spec->table, "t");
    ck_assert_uint_eq(spec->columns_len, 4);
    ck_assert_str_eq(spec->columns[2].name, "l");
    ck_assert_int_eq(spec->columns[2].kind, COLUMN_INTEGER); /* as the key that it links to */
    ck_assert_int_eq(spec->columns[3].kind, COLUMN_MONEY);
    ck_assert_str_eq(spec->columns[3].field, "Amount");
    ck_assert(!spec->columns[0].missing_allowed && spec->columns[1].missing_allowed);
    ck_assert(!spec->columns[2].missing_allowed && spec->columns[3].missing_allowed);
}
END_TEST

START_TEST(the_project_says_what_holds_for_all) {
    const Model *model = accepted("indicator i \"I\"\n"
                                  "    denominator s r dated r.d\n"
                                  "    numerator   those where r.flag\n"
                                  "    basis       percent\n"
                                  "    window      month every month\n"
                                  "    good        high\n"
                                  "project \"Somerset\"\n"
                                  "    store       \"somerset.db\"\n"
                                  "    authority   \"933\"\n"
                                  "    calendar    two\n"
                                  "    taken       2017-01 on 2017-01-30\n"
                                  "    audience    public\n"
                                  "    decimals    percent 2\n"
                                  "calendar one \"One\"\n"
                                  "    weekend     sunday\n"
                                  "    covers      2017-01-01 to 2017-12-31\n"
                                  "calendar two \"Two\"\n"
                                  "    weekend     saturday, sunday\n"
                                  "    holidays    2017-12-26, 2017-12-25, 2017-12-26\n"
                                  "    covers      2017-01-01 to 2017-12-31\n" ROWS_SOURCE);
    const Project *project = &model->project;
    ck_assert_str_eq(project->title, "Somerset");
    ck_assert_str_eq(project->store, "somerset.db");
    ck_assert_str_eq(project->authority, "933");
    ck_assert(project->audience_public);
    ck_assert_str_eq(project->calendar->name, "two");
    ck_assert_uint_eq(project->calendar->weekend, 1u << 6 | 1u << 7);
    ck_assert_uint_eq(project->calendar->dates_len, 2);
    ck_assert_uint_eq(project->taken_len, 1);
    ck_assert_int_eq(model_indicator(model, "i")->decimals, 2);
}
END_TEST

/* ---- what is left out ---- */

START_TEST(an_indicator_at_fault_is_left_out_alone) {
    const Model *model = model_of(ROWS_SOURCE "indicator a \"A\"\n"
                                              "    value       count of s r dated r.misspelt\n"
                                              "    basis       count\n"
                                              "    window      month every month\n"
                                              "    good        low\n"
                                              "indicator b \"B\"\n"
                                              "    value       count of s r dated r.d\n"
                                              "    basis       count\n"
                                              "    window      month every month\n"
                                              "    good        low\n"
                                              "indicator later \"Later\"\n"
                                              "    value       count of s r dated r.d\n"
                                              "    basis       count\n"
                                              "    window      month every month\n"
                                              "    good        low\n"
                                              "    suppress    below 6\n",
                                  NULL);
    ck_assert_uint_eq(diags_errors(session->diags), 2);
    ck_assert_uint_eq(model->indicators_len, 1);
    ck_assert_str_eq(model->indicators[0]->id, "b");
    ck_assert_ptr_null(model_indicator(model, "a"));
    ck_assert_ptr_null(model_indicator(model, "later"));
}
END_TEST

static const char *const fields[] = {"Id", "N", "D"};
static const CatalogTable tables[] = {{"other", fields, 1}, {"s", fields, 3}};
static const Catalog catalog = {tables, 2};

#define STORED(table, field)                                                                       \
    "source s \"S\" from \"" table "\"\n"                                                          \
    "    column      id         text\n"                                                            \
    "    column      n          integer    from \"" field "\"\n"                                   \
    "    column      d          date\n"                                                            \
    "    column      unused     text\n"                                                            \
    "indicator i \"I\"\n"                                                                          \
    "    value       sum r.n of s r dated r.d\n"                                                   \
    "    basis       count\n"                                                                      \
    "    window      month every month\n"                                                          \
    "    good        low\n"

/* Capital letters make no difference, and what no indicator uses need not be there. */
static const Case stores[] = {
    {STORED("s", "N"), ""},
    {STORED("S", "n"), ""},
    {STORED("t", "N"), "[KPI0230]"},
    {STORED("s", "M"), "[KPI0231]"},
    {STORED("other", "N"), "[KPI0231]"},
};

START_TEST(what_is_used_must_be_in_the_store) {
    model_of(stores[_i].written, &catalog);
    show_messages();
    if (*stores[_i].expected)
        ck_assert_ptr_nonnull(strstr(strbuf_text(&facts), stores[_i].expected));
    else
        ck_assert_str_eq(strbuf_text(&facts), "");
}
END_TEST

#define LENGTH(table) ((int)(sizeof(table) / sizeof(table)[0]))

Suite *sema_suite(void) {
    Suite *suite = suite_create("sema");
    TCase *tests = tcase_create("sema");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, windows_have_their_defaults, 0, LENGTH(windows));
    tcase_add_loop_test(tests, shapes_and_their_rows, 0, LENGTH(shapes));
    tcase_add_loop_test(tests, expressions_have_their_types, 0, LENGTH(types));
    tcase_add_test(tests, functions_take_the_calendar_and_the_day_that_are_left_out);
    tcase_add_test(tests, elapsed_may_stand_on_either_side);
    tcase_add_test(tests, another_is_not_the_nearest_row_of_its_source);
    tcase_add_test(tests, parts_belong_to_the_rows_that_they_mention);
    tcase_add_test(tests, targets_stand_by_their_dates);
    tcase_add_test(tests, words_are_kept);
    tcase_add_test(tests, sources_have_their_columns);
    tcase_add_test(tests, a_table_is_asked_for_its_stored_columns);
    tcase_add_test(tests, the_project_says_what_holds_for_all);
    tcase_add_test(tests, an_indicator_at_fault_is_left_out_alone);
    tcase_add_loop_test(tests, what_is_used_must_be_in_the_store, 0, LENGTH(stores));
    suite_add_tcase(suite, tests);
    return suite;
}
