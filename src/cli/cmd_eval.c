#include <string.h>

#include "cli/evaluation.h"
#include "cli/output.h"
#include "cli/timing.h"
#include "store/query.h"

/* ---- options ---- */

static bool read_format(Cli *cli, ResultFormat *out) {
    static const char *const formats[] = {"table", "csv", "json"};
    int choice = options_choice(cli->session, cli->options, OPTION_FORMAT, formats, 3);
    if (choice >= 0)
        *out = (ResultFormat)choice;
    return choice >= 0;
}

static bool read_engine(Cli *cli, EngineOptions *out) {
    static const char *const engines[] = {"auto", "native", "reference", "sql"};
    static const EngineKind kinds[] = {ENGINE_AUTO, ENGINE_NATIVE, ENGINE_REFERENCE, ENGINE_SQL};
    int choice = options_choice(cli->session, cli->options, OPTION_ENGINE, engines, 4);
    if (choice < 0)
        return false;
    out->kind = kinds[choice];
    return evaluation_read_number(cli, OPTION_THREADS, &out->threads);
}

/* What goes with rows that stay where they are. */
static bool read_stay(Cli *cli, EngineOptions *out) {
    const Options *options = cli->options;
    const char *against = NULL;
    if (!options_flag(options, OPTION_STAY))
        return true;
    if (out->kind == ENGINE_NATIVE || out->kind == ENGINE_REFERENCE)
        against = "--engine native and --engine reference read rows";
    else if (options_flag(options, OPTION_MOVES))
        against = "--moves needs rows";
    else if (!options->given[OPTION_PERIOD] && !options->given[OPTION_FROM])
        against = "the last period is found in the rows: name it with -p";
    else if (options->given[OPTION_FORMAT] && !strcmp(options_text(options, OPTION_FORMAT), "json"))
        against = "JSON has a fingerprint of all values: take csv";
    if (against)
        diag_add(cli->session->diags, DIAG_usage, (Span){0}, "with '--stay', %s", against);
    *out = (EngineOptions){.kind = ENGINE_SQL, .stay = true};
    return !against;
}

/* With --stay the data is on a server; under -v, which engine was chosen. */
static bool check_server(Cli *cli, const Workspace *workspace, const EngineOptions *engine) {
    bool server = workspace->store && store_dialect(workspace->store) == STORE_DIALECT_POSTGRESQL;
    if (engine->stay && !server) {
        diag_add(cli->session->diags, DIAG_usage, (Span){0},
                 "'--stay' is for data on a PostgreSQL server, and this is none");
        return false;
    }
    if (server && options_flag(cli->options, OPTION_VERBOSE) && engine->kind == ENGINE_AUTO)
        output_say(cli, "engine: native, which reads the columns that it needs from the server "
                        "(--stay leaves them there)");
    if (engine->stay && options_flag(cli->options, OPTION_VERBOSE))
        output_say(cli, "engine: sql, because the rows stay on the server");
    return true;
}

static bool check_other_options(Cli *cli) {
    static const char *const fail_on[] = {"missed"};
    return options_choice(cli->session, cli->options, OPTION_FAIL_ON, fail_on, 1) >= 0;
}

static bool read_table_options(Cli *cli, TableOptions *out) {
    *out = (TableOptions){.verbose = options_flag(cli->options, OPTION_VERBOSE)};
    const char *file = options_text(cli->options, OPTION_OUTPUT);
    if (!evaluation_read_number(cli, OPTION_WIDTH, &out->width))
        return false;
    out->colour = (cli->colour == COLOUR_ALWAYS || !file) && output_colour(cli, stdout);
    if (out->width == 0 && !file)
        out->width = output_width();
    return true;
}

/* ---- the run ---- */

static bool any_missed(const Report *report) {
    for (size_t i = 0; i < report->rows_len; i++)
        if (report->rows[i].status == STATUS_MISSED)
            return true;
    return false;
}

static ExitCode print_results(Cli *cli, Arena *run, const Evaluation *evaluation,
                              ResultFormat format, const TableOptions *table) {
    if (evaluation->period_found)
        evaluation_say_period(cli, evaluation);
    StrBuf text = {0};
    evaluation_print(&text, run, evaluation, format, table);
    bool written = output_result(cli, &text);
    strbuf_fini(&text);
    if (!written)
        return EXIT_UNAVAILABLE;
    bool fails = options_text(cli->options, OPTION_FAIL_ON) && any_missed(evaluation->report);
    return fails ? DONE_NO : DONE;
}

static EvaluationRequest read_request(const Options *options) {
    return (EvaluationRequest){
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
}

static ExitCode evaluate(Cli *cli, Workspace *workspace, const EvaluationRequest *request,
                         ResultFormat format, const TableOptions *table, Timing *timing) {
    Arena *run = arena_new();
    Evaluation evaluation;
    ExitCode code = evaluation_run(workspace, run, request, &evaluation);
    timing_part(timing, "judgement");
    evaluation_say_reading(cli, workspace);
    if (evaluation.report) {
        ExitCode printed = print_results(cli, run, &evaluation, format, table);
        timing_part(timing, "print");
        code = code == DONE ? printed : code;
    }
    arena_free(run);
    return code;
}

ExitCode cmd_eval(Cli *cli) {
    ResultFormat format;
    TableOptions table;
    Workspace workspace;
    Timing timing;
    timing_start(&timing, cli);
    EvaluationRequest request = read_request(cli->options);
    if (!read_format(cli, &format) || !check_other_options(cli) ||
        !read_engine(cli, &request.engine) || !read_stay(cli, &request.engine) ||
        !read_table_options(cli, &table) || !evaluation_read_audience(cli, &request.audience) ||
        !evaluation_understands(cli->session, &request))
        return EXIT_USAGE;
    /* Only JSON tells it, and it takes a look at every value. */
    request.engine.fingerprint = format == FORMAT_JSON;
    request.engine.moves = options_flag(cli->options, OPTION_MOVES);
    request.engine.timing = &timing.engine;
    const TextItems *paths = &cli->options->operands;
    if (!workspace_load(cli->session, paths->items, paths->len, &workspace))
        return EXIT_USAGE;
    timing_part(&timing, "definitions");
    ExitCode code = evaluation_open_data(cli, &workspace);
    timing_part(&timing, "open");
    if (code == DONE) {
        workspace_analyse(&workspace);
        timing_part(&timing, "analysis");
        if (diags_errors(cli->session->diags) > 0)
            code = EXIT_DEFINITIONS;
        else if (workspace_lacks_data(&workspace) ||
                 !check_server(cli, &workspace, &request.engine))
            code = EXIT_USAGE;
        else
            code = evaluate(cli, &workspace, &request, format, &table, &timing);
    }
    workspace_say_alone(cli, &workspace);
    workspace_close(&workspace);
    timing_total(&timing);
    return code;
}
