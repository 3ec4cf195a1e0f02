#include <string.h>

#include "cli/output.h"
#include "cli/workspace.h"
#include "testing/coverage.h"

enum { FORMAT_OF_TEXT, FORMAT_OF_TAP, FORMAT_OF_JUNIT };

/* ---- which tests ---- */

static bool title_holds(const TestModel *test, const char *wanted) {
    return !wanted || strstr(test->title, wanted);
}

static bool is_chosen(const Cli *cli, const TestModel *test) {
    const TextItems *names = &cli->options->lists[OPTION_INDICATOR];
    if (!title_holds(test, options_text(cli->options, OPTION_NAME)))
        return false;
    for (size_t i = 0; i < names->len; i++)
        if (strcmp(names->items[i], test->indicator->id) == 0)
            return true;
    return names->len == 0;
}

static bool refuse_choice(Cli *cli, const Model *model) {
    const TextItems *names = &cli->options->lists[OPTION_INDICATOR];
    Session *session = cli->session;
    const char **known = arena_array(session->arena, model->indicators_len, sizeof *known);
    for (size_t i = 0; i < model->indicators_len; i++)
        known[i] = model->indicators[i]->id;
    for (size_t i = 0; i < names->len; i++) {
        if (model_indicator(model, names->items[i]))
            continue;
        Diag *diag = diag_add(session->diags, DIAG_unknown_indicator, (Span){0},
                              "there is no indicator '%s'", names->items[i]);
        diag_suggest(diag, names->items[i], known, model->indicators_len);
        return false;
    }
    Diag *diag = diag_add(session->diags, DIAG_no_test, (Span){0}, "there is no test %s",
                          model->tests_len > 0 ? "of those names" : "in these definitions");
    diag_help(diag, "a test starts with: test INDICATOR at PERIOD \"what it shows\"");
    return false;
}

/* The tests asked for, in the order of writing; false with a message if there are none. */
static bool choose(Cli *cli, const Model *model, TestSuite *out) {
    *out = (TestSuite){.session = cli->session};
    out->outcomes = arena_array(cli->session->arena, model->tests_len, sizeof *out->outcomes);
    for (size_t i = 0; i < model->tests_len; i++)
        if (is_chosen(cli, model->tests[i]))
            out->outcomes[out->len++].test = model->tests[i];
    return out->len > 0 || refuse_choice(cli, model);
}

/* ---- how much the tests reach ---- */

/* A per cent that must be reached: 0 without one. False with a message. */
static bool read_percent(Cli *cli, OptionId option, Num *out) {
    const char *text = options_text(cli->options, option);
    *out = num_of_int(0);
    if (!text)
        return true;
    if (num_parse(text, strlen(text), out, NULL) && num_compare(*out, num_of_int(0)) >= 0 &&
        num_compare(*out, num_of_int(100)) <= 0)
        return true;
    diag_add(cli->session->diags, DIAG_bad_option_value, (Span){0},
             "the option '--%s' takes a number from 0 to 100, not '%s'", option_info(option)->name,
             text);
    return false;
}

typedef struct Reach {
    Num coverage, mutation; /* that must be reached */
} Reach;

static bool read_reach(Cli *cli, int format, Reach *out) {
    bool asked =
        options_flag(cli->options, OPTION_COVERAGE) || options_flag(cli->options, OPTION_MUTATE);
    if (asked && format != FORMAT_OF_TEXT) {
        diag_help(diag_add(cli->session->diags, DIAG_usage, (Span){0},
                           "--coverage and --mutate are printed as text alone"),
                  "leave out --format");
        return false;
    }
    return read_percent(cli, OPTION_COVERAGE, &out->coverage) &&
           read_percent(cli, OPTION_MUTATE, &out->mutation);
}

/* Those that were named with -i; all without. */
static const Indicator **measured(const Cli *cli, const Model *model, size_t *len) {
    const TextItems *names = &cli->options->lists[OPTION_INDICATOR];
    const Indicator **list =
        arena_array(cli->session->arena, model->indicators_len + 1, sizeof *list);
    *len = 0;
    for (size_t i = 0; i < model->indicators_len; i++) {
        bool named = names->len == 0;
        for (size_t j = 0; j < names->len; j++)
            named = named || strcmp(names->items[j], model->indicators[i]->id) == 0;
        if (named)
            list[(*len)++] = model->indicators[i];
    }
    return list;
}

/* Adds what was asked for; false if something was not reached. */
static bool measure(Cli *cli, const Model *model, const Reach *reach, StrBuf *text) {
    size_t len;
    const Indicator **indicators = measured(cli, model, &len);
    bool reached = true;
    if (options_flag(cli->options, OPTION_COVERAGE)) {
        Coverage coverage;
        coverage_measure(cli->session, model, indicators, len, &coverage);
        coverage_render(text, cli->session, &coverage);
        reached = share_reaches(coverage.covered, coverage.conditions, reach->coverage) &&
                  (num_compare(reach->coverage, num_of_int(100)) < 0 || coverage.without.len == 0);
    }
    if (options_flag(cli->options, OPTION_MUTATE)) {
        Mutation mutation;
        mutation_measure(cli->session, model, indicators, len, &mutation);
        mutation_render(text, cli->session, &mutation);
        reached = share_reaches(mutation.killed, mutation.mutants, reach->mutation) && reached;
    }
    return reached;
}

/* ---- the run ---- */

static ExitCode run_tests(Cli *cli, const Model *model, int format, const Reach *reach) {
    TestSuite suite;
    StrBuf text = {0};
    if (!choose(cli, model, &suite))
        return EXIT_USAGE;
    for (size_t i = 0; i < suite.len; i++) {
        suite.outcomes[i] = test_run(cli->session, model, suite.outcomes[i].test);
        suite.failed += suite.outcomes[i].findings.len > 0 ? 1 : 0;
    }
    if (format == FORMAT_OF_TAP)
        test_render_tap(&text, &suite);
    else if (format == FORMAT_OF_JUNIT)
        test_render_junit(&text, &suite);
    else
        test_render_text(&text, &suite, options_flag(cli->options, OPTION_VERBOSE));
    bool reached = measure(cli, model, reach, &text);
    bool written = output_result(cli, &text);
    strbuf_fini(&text);
    if (!written)
        return EXIT_UNAVAILABLE;
    return suite.failed > 0 || !reached ? DONE_NO : DONE;
}

ExitCode cmd_test(Cli *cli) {
    static const char *const formats[] = {"text", "tap", "junit"};
    Workspace workspace;
    int format = options_choice(cli->session, cli->options, OPTION_FORMAT, formats, 3);
    Reach reach;
    if (format < 0 || !read_reach(cli, format, &reach))
        return EXIT_USAGE;
    const TextItems *paths = &cli->options->operands;
    if (!workspace_load(cli->session, paths->items, paths->len, &workspace))
        return EXIT_USAGE;
    workspace_analyse(&workspace);
    ExitCode code = diags_errors(cli->session->diags) > 0
                        ? EXIT_DEFINITIONS
                        : run_tests(cli, workspace.model, format, &reach);
    workspace_say_alone(cli, &workspace);
    workspace_close(&workspace);
    return code;
}
