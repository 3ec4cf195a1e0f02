#include <string.h>

#include "cli/evaluation.h"
#include "cli/output.h"
#include "report/reconcile.h"

#define MOST_MESSAGES 100 /* --verbose shows all */

/* One run of the command. */
typedef struct Reconciling {
    Cli *cli;
    Session *page; /* of the printed reports and what is found in them: the result */
    Arena *results;
    Workspace workspace;
    bool has_workspace;
    Period period;
    ReconcileRequest request;
    Reconciliation *run;
    Evaluation evaluation;
    ReconcileData data;
} Reconciling;

/* ---- the printed reports ---- */

static bool ends_with(const char *path, const char *ending) {
    size_t len = strlen(path), tail = strlen(ending);
    return len >= tail && strcmp(path + len - tail, ending) == 0;
}

/* Adds the file to the page's sources; false with a message. */
static bool add_source(const Reconciling *r, const char *path, uint32_t *src, bool *csv) {
    size_t len;
    const char *text = file_read_all(r->cli->session, path, &len);
    if (!text)
        return false;
    *csv = ends_with(path, ".csv");
    *src = sources_add(r->page->sources, strcmp(path, "-") == 0 ? "<stdin>" : path, text, len);
    return true;
}

static bool read_period(Reconciling *r) {
    const char *text = options_text(r->cli->options, OPTION_PERIOD);
    if (!text)
        return true;
    r->request.period = &r->period;
    if (period_parse(text, strlen(text), &r->period))
        return true;
    diag_add(r->cli->session->diags, DIAG_bad_period, (Span){0}, "'%s' is no period", text);
    return false;
}

static bool read_request(Reconciling *r) {
    const Options *options = r->cli->options;
    if (options->operands.len == 0) {
        Diag *diag = diag_add(r->cli->session->diags, DIAG_usage, (Span){0},
                              "'reconcile' needs the file of a report");
        diag_help(diag, "kpic reconcile FILE [PATH...] [--previous FILE]");
        return false;
    }
    const char *previous = options_text(options, OPTION_PREVIOUS);
    ReconcileRequest *request = &r->request;
    return read_period(r) &&
           add_source(r, options->operands.items[0], &request->src, &request->csv) &&
           (!previous || add_source(r, previous, &request->previous_src, &request->previous_csv));
}

/* ---- definitions and data ---- */

/* Whether the rows of every source are there: in the project's store, or in the definitions. */
static bool project_has_data(const Workspace *workspace) {
    const char *store = workspace_project_store(workspace);
    return !store || store_is_server(store) || path_exists(store);
}

/* Whether the figures are to be compared with data: definitions or data were named, or the current
 * folder is in a project whose store is there. */
static bool wants_data(Reconciling *r) {
    const Options *options = r->cli->options;
    Session *session = r->cli->session;
    bool named = options->operands.len > 1 || options->given[OPTION_DATA];
    if (!named && !workspace_in_project(session))
        return false;
    r->has_workspace = true;
    if (!workspace_load(session, options->operands.items + 1, options->operands.len - 1,
                        &r->workspace) ||
        named || project_has_data(&r->workspace))
        return true;
    r->run->request.why_no_data =
        arena_printf(r->results, "the project's store '%s' is not there yet",
                     workspace_project_store(&r->workspace));
    return false;
}

static const char *period_text(const Reconciling *r, Period period) {
    StrBuf text = {0};
    period_print(&text, period);
    const char *copy = arena_copy_text(r->results, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return copy;
}

static void add_name(const Reconciling *r, TextItems *names, const Indicator *indicator) {
    for (size_t i = 0; i < names->len; i++)
        if (strcmp(names->items[i], indicator->id) == 0)
            return;
    vec_push(r->results, names, indicator->id);
}

static void collect_names(const Reconciling *r, TextItems *names) {
    for (size_t i = 0; i < r->run->matches.list.len; i++) {
        const MeasureMatch *match = &r->run->matches.list.items[i];
        for (size_t k = 0; match->indicator && k <= match->with_len; k++)
            add_name(r, names, k == 0 ? match->indicator : match->with[k - 1]);
    }
}

/* The indicators that the page prints, in the periods that it prints them for. */
static ExitCode evaluate(Reconciling *r) {
    TextItems names = {0};
    Period from, to;
    collect_names(r, &names);
    if (names.len == 0)
        return DONE;
    EvaluationRequest request = {
        .indicators = names.items, .indicators_len = names.len, .no_store = true};
    bool known = reconcile_periods(r->run, &from, &to);
    if (known && from.end == to.end) {
        request.period = period_text(r, to);
    } else if (known) {
        request.from = period_text(r, from);
        request.to = period_text(r, to);
    }
    ExitCode code = evaluation_run(&r->workspace, r->results, &request, &r->evaluation);
    if (r->evaluation.period_found)
        output_say(r->cli, "Period %s: the last that is complete in the data.",
                   period_text(r, r->evaluation.plan_request.from));
    return code;
}

/* Fills r->data; DONE without it means that nothing can be compared with data. */
static ExitCode compute(Reconciling *r) {
    Diags *diags = r->cli->session->diags;
    if (!wants_data(r))
        return DONE;
    if (r->workspace.files.len == 0 && diags_errors(diags) > 0)
        return EXIT_USAGE;
    ExitCode code = evaluation_open_data(r->cli, &r->workspace);
    if (code != DONE)
        return code;
    workspace_analyse(&r->workspace);
    if (diags_errors(diags) > 0)
        return EXIT_DEFINITIONS;
    if (workspace_lacks_data(&r->workspace))
        return EXIT_USAGE;
    reconcile_match(r->run, r->workspace.model);
    code = evaluate(r);
    if (code != DONE && r->evaluation.result.cells_len == 0)
        return code;
    r->data = (ReconcileData){r->workspace.model, &r->evaluation.result, r->evaluation.report};
    return code;
}

/* ---- the result ---- */

static ExitCode print(const Reconciling *r, int format) {
    const Options *options = r->cli->options;
    bool verbose = options_flag(options, OPTION_VERBOSE);
    ReconcileTextOptions shown = {
        .limit = verbose ? 0 : MOST_MESSAGES,
        .colour = !options_text(options, OPTION_OUTPUT) && output_colour(r->cli, stdout),
        .figures = verbose,
    };
    StrBuf text = {0};
    if (format == 1)
        reconcile_render_json(r->run, &text);
    else
        reconcile_render_text(r->run, &text, &shown);
    bool written = output_result(r->cli, &text);
    strbuf_fini(&text);
    if (!written)
        return EXIT_UNAVAILABLE;
    return diags_errors(r->page->diags) > 0 ? DONE_NO : DONE;
}

static ExitCode reconcile_file(Reconciling *r, int format) {
    r->run = reconcile_read(r->page, &r->request);
    ExitCode code = compute(r);
    if (code != DONE && !r->data.result)
        return code;
    reconcile_check(r->run, r->data.result ? &r->data : NULL);
    ExitCode found = print(r, format);
    return found > code ? found : code;
}

/* What is found in the page is the result, and goes where results go; what is wrong with
 * definitions and data are messages. */
ExitCode cmd_reconcile(Cli *cli) {
    static const char *const formats[] = {"text", "json"};
    int format = options_choice(cli->session, cli->options, OPTION_FORMAT, formats, 2);
    Reconciling r = {.cli = cli, .page = session_new(), .results = arena_new()};
    ExitCode code = EXIT_USAGE;
    if (format >= 0 && read_request(&r))
        code = reconcile_file(&r, format);
    if (r.has_workspace)
        workspace_close(&r.workspace);
    arena_free(r.results);
    session_free(r.page);
    return code;
}
