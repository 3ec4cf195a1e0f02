#include <string.h>

#include "cli/evaluation.h"
#include "cli/output.h"

/* ---- options ---- */

static bool read_format(Cli *cli, ResultFormat *out) {
    static const char *const formats[] = {"table", "csv", "json"};
    int choice = options_choice(cli->session, cli->options, OPTION_FORMAT, formats, 3);
    if (choice >= 0)
        *out = (ResultFormat)choice;
    return choice >= 0;
}

static bool is_engine_here(Cli *cli) {
    static const char *const later[] = {"native", "sql"};
    static const char *const engines[] = {"auto", "reference"};
    const char *engine = options_text(cli->options, OPTION_ENGINE);
    for (size_t i = 0; engine && i < 2; i++)
        if (strcmp(engine, later[i]) == 0) {
            Diag *diag = diag_add(cli->session->diags, DIAG_not_yet, (Span){0},
                                  "the engine '%s' comes with a later version", engine);
            diag_help(diag, "this version has `--engine reference`");
            return false;
        }
    return options_choice(cli->session, cli->options, OPTION_ENGINE, engines, 2) >= 0;
}

/* A whole number above 0; 0 when the option was not given. */
static bool read_number(Cli *cli, OptionId option, size_t *out) {
    const char *text = options_text(cli->options, option);
    Num number;
    int64_t whole;
    *out = 0;
    if (!text)
        return true;
    if (num_parse(text, strlen(text), &number, NULL) && num_to_int64(number, &whole) && whole > 0 &&
        whole <= 100000) {
        *out = (size_t)whole;
        return true;
    }
    diag_add(cli->session->diags, DIAG_bad_option_value, (Span){0},
             "the option '--%s' takes a whole number above 0, not '%s'", option_info(option)->name,
             text);
    return false;
}

static bool check_other_options(Cli *cli) {
    static const char *const fail_on[] = {"missed"};
    size_t threads;
    if (options_choice(cli->session, cli->options, OPTION_FAIL_ON, fail_on, 1) < 0)
        return false;
    return is_engine_here(cli) && read_number(cli, OPTION_THREADS, &threads);
}

static bool read_table_options(Cli *cli, TableOptions *out) {
    *out = (TableOptions){.verbose = options_flag(cli->options, OPTION_VERBOSE)};
    const char *file = options_text(cli->options, OPTION_OUTPUT);
    if (!read_number(cli, OPTION_WIDTH, &out->width))
        return false;
    out->colour = (cli->colour == COLOUR_ALWAYS || !file) && output_colour(cli, stdout);
    if (out->width == 0 && !file)
        out->width = output_width();
    return true;
}

/* ---- the run ---- */

/* Opens what --data names, else the project's store; none at all is for needs_data to judge. */
static ExitCode open_data(Cli *cli, Workspace *workspace) {
    const char *path = options_text(cli->options, OPTION_DATA);
    bool from_project = !path;
    if (from_project)
        path = workspace_project_store(workspace);
    if (!path)
        return DONE;
    StoreResult result = workspace_open_store(workspace, path, ENCODING_UTF8);
    if (result == STORE_UNAVAILABLE && from_project && !path_exists(path))
        output_say(cli,
                   "The project's store '%s' is not there yet: `kpic import FILE...` makes it, or "
                   "give other data with --data.",
                   path);
    return exit_of_store(result);
}

static void say_period(const Cli *cli, const Evaluation *evaluation) {
    StrBuf text = {0};
    period_print(&text, evaluation->plan_request.from);
    output_say(cli, "Period %s: the last that is complete in the data.", strbuf_text(&text));
    strbuf_fini(&text);
}

static bool any_missed(const Report *report) {
    for (size_t i = 0; i < report->rows_len; i++)
        if (report->rows[i].status == STATUS_MISSED)
            return true;
    return false;
}

static ExitCode print_results(Cli *cli, Arena *run, const Evaluation *evaluation,
                              ResultFormat format, const TableOptions *table) {
    if (evaluation->period_found)
        say_period(cli, evaluation);
    StrBuf text = {0};
    evaluation_print(&text, run, evaluation, format, table);
    bool written = output_result(cli, &text);
    strbuf_fini(&text);
    if (!written)
        return EXIT_UNAVAILABLE;
    bool fails = options_text(cli->options, OPTION_FAIL_ON) && any_missed(evaluation->report);
    return fails ? DONE_NO : DONE;
}

static ExitCode evaluate(Cli *cli, Workspace *workspace, ResultFormat format,
                         const TableOptions *table) {
    const Options *options = cli->options;
    EvaluationRequest request = {
        .period = options_text(options, OPTION_PERIOD),
        .from = options_text(options, OPTION_FROM),
        .to = options_text(options, OPTION_TO),
        .indicators = options->lists[OPTION_INDICATOR].items,
        .indicators_len = options->lists[OPTION_INDICATOR].len,
        .groups = options->lists[OPTION_GROUP].items,
        .groups_len = options->lists[OPTION_GROUP].len,
        .no_store = options_flag(options, OPTION_NO_STORE),
        .strict = options_flag(options, OPTION_STRICT),
    };
    Arena *run = arena_new();
    Evaluation evaluation;
    ExitCode code = evaluation_run(workspace, run, &request, &evaluation);
    if (evaluation.report) {
        ExitCode printed = print_results(cli, run, &evaluation, format, table);
        code = code == DONE ? printed : code;
    }
    arena_free(run);
    return code;
}

ExitCode cmd_eval(Cli *cli) {
    ResultFormat format;
    TableOptions table;
    Workspace workspace;
    if (!read_format(cli, &format) || !check_other_options(cli) || !read_table_options(cli, &table))
        return EXIT_USAGE;
    const TextItems *paths = &cli->options->operands;
    if (!workspace_load(cli->session, paths->items, paths->len, &workspace))
        return EXIT_USAGE;
    ExitCode code = open_data(cli, &workspace);
    if (code == DONE) {
        workspace_analyse(&workspace);
        if (diags_errors(cli->session->diags) > 0)
            code = EXIT_DEFINITIONS;
        else if (workspace_lacks_data(&workspace))
            code = EXIT_USAGE;
        else
            code = evaluate(cli, &workspace, format, &table);
    }
    workspace_say_alone(cli, &workspace);
    workspace_close(&workspace);
    return code;
}
