#include <string.h>
#include <unistd.h>

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

/* Why rows cannot stay where they are, by what else is asked for; NULL: they can. */
static const char *against_staying(const Options *options, EngineKind kind) {
    if (kind == ENGINE_NATIVE || kind == ENGINE_REFERENCE)
        return "--engine native and --engine reference read rows";
    if (options_flag(options, OPTION_MOVES))
        return "--moves needs rows";
    if (!options->given[OPTION_PERIOD] && !options->given[OPTION_FROM])
        return "the last period is found in the rows: name it with -p";
    if (options->given[OPTION_FORMAT] && !strcmp(options_text(options, OPTION_FORMAT), "json"))
        return "JSON has a fingerprint of all values: take csv";
    return NULL;
}

static uint64_t half_of_memory(void) {
    long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? (uint64_t)pages * (uint64_t)size / 2 : UINT64_MAX;
}

/* Whether rows stay where they are: because they are to, or because they are too many. */
static bool read_stay(Cli *cli, EvaluationRequest *request) {
    const Options *options = cli->options;
    size_t memory;
    if (!evaluation_read_number(cli, OPTION_MEMORY, &memory))
        return false;
    const char *against = against_staying(options, request->engine.kind);
    request->choice.most = memory > 0 ? (uint64_t)memory * MIB : half_of_memory();
    request->choice.against = against;
    if (!options_flag(options, OPTION_STAY))
        return true;
    if (against)
        diag_add(cli->session->diags, DIAG_usage, (Span){0}, "with '--stay', %s", against);
    request->engine = (EngineOptions){.kind = ENGINE_SQL, .stay = true};
    return !against;
}

/* With --stay the data is on a server. */
static bool check_server(Cli *cli, const Workspace *workspace, const EngineOptions *engine) {
    bool server = workspace->store && store_dialect(workspace->store) == STORE_DIALECT_POSTGRESQL;
    if (engine->stay && !server) {
        diag_add(cli->session->diags, DIAG_usage, (Span){0},
                 "'--stay' is for data on a PostgreSQL server, and this is none");
        return false;
    }
    if (cli->options->given[OPTION_MEMORY] && (!server || engine->kind != ENGINE_AUTO)) {
        diag_add(cli->session->diags, DIAG_usage, (Span){0}, "'--memory' chooses an engine, and %s",
                 server ? "another option names it"
                        : "only data on a PostgreSQL server gives a choice");
        return false;
    }
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

static ExitCode exit_of_print(const Cli *cli, bool written, bool missed) {
    if (!written)
        return EXIT_UNAVAILABLE;
    return missed && options_text(cli->options, OPTION_FAIL_ON) ? DONE_NO : DONE;
}

static ExitCode print_report(Cli *cli, Arena *run, const Evaluation *evaluation,
                             ResultFormat format, const TableOptions *table) {
    if (evaluation->period_found)
        evaluation_say_period(cli, evaluation);
    StrBuf text = {0};
    evaluation_print(&text, run, evaluation, format, table);
    bool written = output_result(cli, &text);
    strbuf_fini(&text);
    return exit_of_print(cli, written, any_missed(evaluation->report));
}

/* ---- CSV: printed while figures are made ---- */

typedef struct CsvOutput {
    Cli *cli;
    const Workspace *workspace;
    const Evaluation *evaluation;
    CsvPrinting *printing; /* NULL: not yet begun */
    const Timing *timing;
    CsvTimes times;
    OutputStream stream;
} CsvOutput;

static void write_text(void *context, const char *text, size_t len) {
    output_add(context, text, len);
}

static CsvPrinting *printing_of(CsvOutput *output) {
    if (output->printing)
        return output->printing;
    evaluation_say_reading(output->cli, output->workspace, output->evaluation);
    if (output->evaluation->period_found)
        evaluation_say_period(output->cli, output->evaluation);
    output_open(output->cli, &output->stream);
    output->printing = csv_printing_start(&output->evaluation->report_options,
                                          output->evaluation->threads, write_text, &output->stream);
    output->times.now = timing_now;
    if (output->timing->wanted)
        csv_printing_time(output->printing, &output->times);
    return output->printing;
}

static Arena *room_for_cells(void *context) {
    return csv_printing_room(printing_of(context));
}

static void give_cells(void *context, Cell **cells, size_t len, Arena *room) {
    csv_printing_give(printing_of(context), cells, len, room);
}

static ExitCode end_csv(CsvOutput *output) {
    bool missed = csv_printing_end(output->printing);
    return exit_of_print(output->cli, output_close(&output->stream), missed);
}

static ExitCode evaluate_csv(Cli *cli, Workspace *workspace, EvaluationRequest *request,
                             Timing *timing) {
    Arena *run = arena_new();
    Evaluation evaluation;
    CsvOutput output = {
        .cli = cli, .workspace = workspace, .evaluation = &evaluation, .timing = timing};
    CellSink sink = {room_for_cells, give_cells, &output};
    request->no_report = true;
    request->engine.sink = &sink;
    ExitCode code = evaluation_run(workspace, run, request, &evaluation);
    if (evaluation.sound)
        give_cells(&output, evaluation.result.cells, evaluation.result.cells_len, NULL);
    if (output.printing) {
        ExitCode printed = end_csv(&output);
        code = code == DONE ? printed : code;
    } else {
        evaluation_say_reading(cli, workspace, &evaluation);
    }
    timing_part(timing, "the last of print");
    timing_beside(timing, "  judgement in this, of all threads together", output.times.judgement);
    timing_beside(timing, "  print in this, of all threads together", output.times.print);
    arena_free(run);
    return code;
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
    evaluation_say_reading(cli, workspace, &evaluation);
    if (evaluation.report) {
        ExitCode printed = print_report(cli, run, &evaluation, format, table);
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
        !read_engine(cli, &request.engine) || !read_stay(cli, &request) ||
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
        else if (format == FORMAT_CSV)
            code = evaluate_csv(cli, &workspace, &request, &timing);
        else
            code = evaluate(cli, &workspace, &request, format, &table, &timing);
    }
    workspace_say_alone(cli, &workspace);
    workspace_close(&workspace);
    timing_total(&timing);
    return code;
}
