#include <check.h>
#include <string.h>

#include "cli/help.h"
#include "cli/options.h"
#include "report/display.h"

Suite *options_suite(void);

#define MOST 12

static Session *session;
static Options options;

static void start(void) {
    session = session_new();
}

static void end(void) {
    session_free(session);
}

/* Parses "kpic" and the words of a line separated by blanks. */
static bool parse(const char *line) {
    char *argv[MOST] = {arena_copy_text(session->arena, "kpic", 4)};
    int argc = 1;
    while (*line) {
        size_t len = strcspn(line, " ");
        argv[argc++] = arena_copy_text(session->arena, line, len);
        line += len + strspn(line + len, " ");
    }
    return options_parse(session, argc, argv, &options);
}

static void assert_said(const char *words) {
    StrBuf text = {0};
    diags_render_text(session->diags, &text, 0, false);
    ck_assert_msg(strstr(strbuf_text(&text), words) != NULL, "no \"%s\" in: %s", words,
                  strbuf_text(&text));
    strbuf_fini(&text);
}

START_TEST(long_and_short_forms_are_the_same) {
    static const char *const lines[] = {
        "eval -p 2017-01 ind",
        "eval --period 2017-01 ind",
        "eval --period=2017-01 ind",
        "eval -p2017-01 ind",
        "eval ind -p 2017-01",
        "eval -qp 2017-01 ind",
        "--color never eval -p 2017-01 ind",
        "eval -p x --period 2017-01 -- ind",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        ck_assert_msg(parse(lines[i]), "%s", lines[i]);
        ck_assert_int_eq(options.command, COMMAND_EVAL);
        ck_assert_str_eq(options_text(&options, OPTION_PERIOD), "2017-01");
        ck_assert_uint_eq(options.operands.len, 1);
        ck_assert_str_eq(options.operands.items[0], "ind");
    }
}
END_TEST

/* `import --rows A-B` takes a value, `explain --rows` none. */
START_TEST(commands_may_have_options_of_one_name) {
    ck_assert(parse("import tables.xlsx --rows 16-189"));
    ck_assert_str_eq(options_text(&options, OPTION_ROWS), "16-189");
    ck_assert(!options_flag(&options, OPTION_ROWS_BEHIND));
    ck_assert(parse("explain --rows placed"));
    ck_assert(options_flag(&options, OPTION_ROWS_BEHIND));
    ck_assert_ptr_null(options_text(&options, OPTION_ROWS));
    ck_assert_str_eq(options.operands.items[0], "placed");
}
END_TEST

START_TEST(flags_join_and_lists_split) {
    ck_assert(parse("eval -qv -i a,b -i c --indicator=d,,e"));
    ck_assert(options_flag(&options, OPTION_QUIET));
    ck_assert(options_flag(&options, OPTION_VERBOSE));
    ck_assert(!options_flag(&options, OPTION_STRICT));
    const TextItems *list = &options.lists[OPTION_INDICATOR];
    ck_assert_uint_eq(list->len, 5);
    ck_assert_str_eq(list->items[0], "a");
    ck_assert_str_eq(list->items[4], "e");
    ck_assert_ptr_null(options_text(&options, OPTION_PERIOD));
}
END_TEST

START_TEST(after_two_dashes_everything_is_a_file) {
    ck_assert(parse("fmt --check -- --diff -x"));
    ck_assert(!options_flag(&options, OPTION_DIFF));
    ck_assert_uint_eq(options.operands.len, 2);
    ck_assert_str_eq(options.operands.items[1], "-x");
    ck_assert(parse("fmt -"));
    ck_assert_str_eq(options.operands.items[0], "-");
}
END_TEST

START_TEST(the_value_of_data_may_be_left_out) {
    ck_assert(parse("check --data"));
    ck_assert(options_flag(&options, OPTION_DATA));
    ck_assert_ptr_null(options_text(&options, OPTION_DATA));
    ck_assert(parse("check --data -q"));
    ck_assert_ptr_null(options_text(&options, OPTION_DATA));
    ck_assert(options_flag(&options, OPTION_QUIET));
    ck_assert(parse("check --data data -q"));
    ck_assert_str_eq(options_text(&options, OPTION_DATA), "data");
}
END_TEST

START_TEST(stages_are_dumped_without_a_command) {
    ck_assert(parse("--dump=ast x.kpi"));
    ck_assert_int_eq(options.command, COMMAND_CHECK);
    ck_assert_str_eq(options_text(&options, OPTION_DUMP), "ast");
    ck_assert_str_eq(options.operands.items[0], "x.kpi");
}
END_TEST

typedef struct Refused {
    const char *line, *code, *words;
} Refused;

static const Refused refused[] = {
    {"evl", "KPI0701", "did you mean 'eval'?"},
    {"eval --perod 2017-01", "KPI0702", "did you mean '--period'?"},
    {"eval -z", "KPI0702", "'eval' has no option '-z'"},
    {"fmt --strict", "KPI0702", "'fmt' has no option '--strict'"},
    {"eval --period", "KPI0700", "the option '--period' needs a value"},
    {"eval -p", "KPI0700", "the option '-p' needs a value"},
    {"eval --strict=yes", "KPI0703", "takes no value, and was given 'yes'"},
};

START_TEST(what_is_not_understood_is_refused) {
    ck_assert(!parse(refused[_i].line));
    assert_said(refused[_i].code);
    assert_said(refused[_i].words);
}
END_TEST

START_TEST(a_choice_is_one_of_its_words) {
    static const char *const formats[] = {"table", "csv", "json"};
    ck_assert(parse("eval --format json"));
    ck_assert_int_eq(options_choice(session, &options, OPTION_FORMAT, formats, 3), 2);
    ck_assert(parse("eval"));
    ck_assert_int_eq(options_choice(session, &options, OPTION_FORMAT, formats, 3), 0);
    ck_assert(parse("eval --format jsn"));
    ck_assert_int_eq(options_choice(session, &options, OPTION_FORMAT, formats, 3), -1);
    assert_said("the option '--format' takes table, csv or json, not 'jsn' [KPI0703]");
    assert_said("did you mean 'json'?");
}
END_TEST

/* ---- help ---- */

/* The reference of the language is a page of its own, as wide as it was written. */
static void assert_page(const StrBuf *page, const char *name) {
    ck_assert_msg(page->len > 0, "nothing on %s", name);
    if (strcmp(name, "language") == 0)
        return;
    for (const char *line = strbuf_text(page); *line;) {
        size_t len = strcspn(line, "\n");
        char *copy = arena_copy_text(session->arena, line, len);
        ck_assert_msg(display_width(copy) <= 80, "%s: %s", name, copy);
        line += len + (line[len] == '\n');
    }
}

START_TEST(every_page_of_help_is_there_and_80_columns_wide) {
    const char *names[64];
    StrBuf page = {0};
    size_t len = help_topic_names(names, 64);
    ck_assert_uint_gt(len, 15);
    for (size_t i = 0; i < len; i++) {
        strbuf_clear(&page);
        ck_assert(help_print_topic(&page, names[i]));
        assert_page(&page, names[i]);
    }
    strbuf_clear(&page);
    help_print_overview(&page);
    assert_page(&page, "overview");
    for (size_t i = 0; i < len; i++)
        ck_assert_msg(strstr(strbuf_text(&page), names[i]) != NULL, "no %s", names[i]);
    strbuf_fini(&page);
}
END_TEST

START_TEST(every_message_has_a_page) {
    size_t len;
    const DiagInfo *infos = diag_infos(&len);
    for (size_t i = 0; i < len; i++) {
        StrBuf by_name = {0}, by_number = {0};
        ck_assert(help_print_topic(&by_name, infos[i].name));
        assert_page(&by_name, infos[i].name);
        ck_assert(
            help_print_topic(&by_number, arena_printf(session->arena, "KPI%04d", infos[i].number)));
        ck_assert_str_eq(strbuf_text(&by_name), strbuf_text(&by_number));
        strbuf_fini(&by_name);
        strbuf_fini(&by_number);
    }
}
END_TEST

START_TEST(other_words_are_no_topic) {
    static const char *const words[] = {"", "KPI", "KPI9999", "KPI07011", "widgets", "0"};
    StrBuf page = {0};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        ck_assert_msg(!help_print_topic(&page, words[i]), "%s", words[i]);
    ck_assert_uint_eq(page.len, 0);
    strbuf_fini(&page);
}
END_TEST

Suite *options_suite(void) {
    Suite *suite = suite_create("options");
    TCase *tests = tcase_create("options");
    tcase_add_checked_fixture(tests, start, end);
    tcase_add_test(tests, long_and_short_forms_are_the_same);
    tcase_add_test(tests, commands_may_have_options_of_one_name);
    tcase_add_test(tests, flags_join_and_lists_split);
    tcase_add_test(tests, after_two_dashes_everything_is_a_file);
    tcase_add_test(tests, the_value_of_data_may_be_left_out);
    tcase_add_test(tests, stages_are_dumped_without_a_command);
    tcase_add_loop_test(tests, what_is_not_understood_is_refused, 0,
                        (int)(sizeof refused / sizeof refused[0]));
    tcase_add_test(tests, a_choice_is_one_of_its_words);
    tcase_add_test(tests, every_page_of_help_is_there_and_80_columns_wide);
    tcase_add_test(tests, every_message_has_a_page);
    tcase_add_test(tests, other_words_are_no_topic);
    suite_add_tcase(suite, tests);
    return suite;
}
