#include <string.h>

#include "cli/evaluation.h"
#include "cli/output.h"
#include "report/document.h"

typedef enum ReportFormat {
    REPORT_TEXT,
    REPORT_MARKDOWN,
    REPORT_HTML,
    REPORT_CSV,
    REPORT_JSON
} ReportFormat;

static const char *const formats[] = {"text", "markdown", "html", "csv", "json"};
#define FORMATS (sizeof formats / sizeof formats[0])

/* One run of the command. */
typedef struct Reporting {
    Cli *cli;
    Workspace workspace;
    Arena *run;
    const ReportModel *model;
    ReportFormat format;
    size_t width;
    const char *audience;
    const char *text; /* the narrative's; NULL: none */
    size_t text_len;
    uint32_t src;
    TextItems names; /* of the indicators to compute */
    TextItems charted;
    int chart_months;
    Evaluation evaluation, series;
} Reporting;

static Session *session_of(const Reporting *r) {
    return r->cli->session;
}

/* ---- options ---- */

static bool ends_with(const char *text, const char *end) {
    size_t len = strlen(text), tail = strlen(end);
    return len > tail && strcmp(text + len - tail, end) == 0;
}

static ReportFormat format_of_file(const char *file) {
    static const struct {
        const char *ending;
        ReportFormat format;
    } endings[] = {{".html", REPORT_HTML},
                   {".htm", REPORT_HTML},
                   {".md", REPORT_MARKDOWN},
                   {".csv", REPORT_CSV},
                   {".json", REPORT_JSON}};
    for (size_t i = 0; file && i < sizeof endings / sizeof endings[0]; i++)
        if (ends_with(file, endings[i].ending))
            return endings[i].format;
    return REPORT_TEXT;
}

static bool read_options(Reporting *r) {
    const Options *options = r->cli->options;
    int choice = options_choice(session_of(r), options, OPTION_FORMAT, formats, FORMATS);
    if (choice < 0)
        return false;
    r->format = options_text(options, OPTION_FORMAT)
                    ? (ReportFormat)choice
                    : format_of_file(options_text(options, OPTION_OUTPUT));
    return evaluation_read_audience(r->cli, &r->audience) &&
           evaluation_read_number(r->cli, OPTION_WIDTH, &r->width);
}

/* ---- which report ---- */

static bool refuse_name(const Reporting *r, const char *name) {
    const Model *model = r->workspace.model;
    const char **known = arena_array(r->run, model->reports_len, sizeof *known);
    for (size_t i = 0; i < model->reports_len; i++)
        known[i] = model->reports[i]->name;
    Diag *diag = name ? diag_add(session_of(r)->diags, DIAG_unknown_report, (Span){0},
                                 "there is no report '%s'", name)
                      : diag_add(session_of(r)->diags, DIAG_unknown_report, (Span){0},
                                 "the definitions declare %zu reports: which one is meant",
                                 model->reports_len);
    if (name)
        diag_suggest(diag, name, known, model->reports_len);
    StrBuf list = {0};
    for (size_t i = 0; i < model->reports_len; i++)
        strbuf_addf(&list, "%s%s", i > 0 ? ", " : "", known[i]);
    if (list.len)
        diag_help(diag, "there is: %s", strbuf_text(&list));
    else
        diag_help(diag, "declare one: report monthly \"Monthly report\"");
    strbuf_fini(&list);
    return false;
}

static bool find_report(Reporting *r) {
    const Model *model = r->workspace.model;
    const TextItems *operands = &r->cli->options->operands;
    const char *name = operands->len > 0 ? operands->items[0] : NULL;
    for (size_t i = 0; i < model->reports_len; i++)
        if (name ? strcmp(model->reports[i]->name, name) == 0 : model->reports_len == 1)
            r->model = model->reports[i];
    return r->model || refuse_name(r, name);
}

/* ---- the narrative ---- */

/* "2016/17-Q4" is "2016-17-Q4" in a name of a file. */
static const char *narrative_path(const Reporting *r, Period period) {
    StrBuf path = {0}, words = {0};
    period_print(&words, period);
    for (size_t i = 0; i < words.len; i++)
        if (words.text[i] == '/')
            words.text[i] = '-';
    static const char mark[] = "{period}";
    for (const char *c = r->model->narrative; *c; c++) {
        if (strncmp(c, mark, strlen(mark)) != 0) {
            strbuf_add_char(&path, *c);
            continue;
        }
        strbuf_add(&path, strbuf_text(&words));
        c += strlen(mark) - 1;
    }
    const char *declared = sources_name(session_of(r)->sources, r->model->span.src);
    const char *full = path_join(session_of(r)->arena, path_folder(session_of(r)->arena, declared),
                                 arena_copy_text(r->run, strbuf_text(&path), path.len));
    strbuf_fini(&path);
    strbuf_fini(&words);
    return full;
}

static bool read_narrative(Reporting *r, Period period) {
    if (!r->model->narrative)
        return true;
    const char *path = narrative_path(r, period);
    if (!path_exists(path)) {
        diag_add(session_of(r)->diags, DIAG_narrative_missing, r->model->span,
                 "there is no narrative '%s': every part is a nil return", path);
        return true;
    }
    r->text = file_read_all(session_of(r), path, &r->text_len);
    if (r->text)
        r->src = sources_add(session_of(r)->sources, path, r->text, r->text_len);
    return r->text != NULL;
}

/* ---- what to compute ---- */

static void add_name(Reporting *r, TextItems *names, const Indicator *indicator) {
    for (size_t i = 0; i < names->len; i++)
        if (strcmp(names->items[i], indicator->id) == 0)
            return;
    vec_push(r->run, names, indicator->id);
}

static void add_item_names(Reporting *r, const ReportItem *item) {
    for (size_t i = 0; i < item->shown_len + item->with_len; i++) {
        const Indicator *indicator =
            i < item->shown_len ? item->shown[i] : item->with[i - item->shown_len];
        add_name(r, &r->names, indicator);
        if (item->chart_months > 0)
            add_name(r, &r->charted, indicator);
    }
    if (item->chart_months > r->chart_months)
        r->chart_months = item->chart_months;
}

static void collect_names(Reporting *r) {
    for (size_t i = 0; i < r->model->items_len; i++)
        if (r->model->items[i].kind == REPORT_SHOW)
            add_item_names(r, &r->model->items[i]);
    if (!r->text)
        return;
    IndicatorList quoted = narrative_indicators(r->run, r->workspace.model, r->text, r->text_len);
    for (size_t i = 0; i < quoted.len; i++)
        add_name(r, &r->names, quoted.items[i]);
}

static EvaluationRequest request_of(const Reporting *r, const TextItems *names) {
    return (EvaluationRequest){
        .indicators = names->items,
        .indicators_len = names->len,
        .audience = r->audience,
        .no_store = true,
        .strict = options_flag(r->cli->options, OPTION_STRICT),
        .engine = {.fingerprint = true},
    };
}

static const char *period_text(const Reporting *r, Period period) {
    StrBuf text = {0};
    period_print(&text, period);
    const char *copy = arena_copy_text(r->run, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return copy;
}

/* The period asked for, or the last that is complete in the data, before anything is computed: the
 * narrative's name depends on it. */
static ExitCode find_period(Reporting *r, Period *out) {
    EvaluationRequest request = request_of(r, &r->names);
    request.period = options_text(r->cli->options, OPTION_PERIOD);
    Evaluation evaluation = {0};
    evaluation_choose(&r->workspace, request.indicators, request.indicators_len, &evaluation);
    ExitCode code = evaluation_periods(&r->workspace, &request, &evaluation);
    *out = evaluation.plan_request.from;
    if (code == DONE && evaluation.period_found)
        output_say(r->cli, "Period %s: the last that is complete in the data.",
                   period_text(r, *out));
    return code;
}

static ExitCode evaluate(Reporting *r, Period period) {
    EvaluationRequest request = request_of(r, &r->names);
    request.period = period_text(r, period);
    request.engine.moves = true;
    ExitCode code = evaluation_run(&r->workspace, r->run, &request, &r->evaluation);
    Date from;
    if (!r->evaluation.report || r->charted.len == 0 ||
        !date_add_months(date_month_start(period.end), 1 - r->chart_months, &from))
        return code;
    request = request_of(r, &r->charted);
    request.from = period_text(r, period_holding(PERIOD_MONTH, from));
    request.to = period_text(r, period_holding(PERIOD_MONTH, period.end));
    ExitCode series = evaluation_run(&r->workspace, r->run, &request, &r->series);
    return code == DONE ? series : code;
}

/* ---- the document ---- */

static bool find_taken(const Reporting *r, Period period, Date *out) {
    const Project *project = &r->workspace.model->project;
    for (size_t i = 0; i < project->taken_len; i++)
        if (project->taken[i].period.end == period.end) {
            *out = project->taken[i].on;
            return true;
        }
    return false;
}

/* NULL if the narrative has errors. */
static const Document *make_document(Reporting *r, Period period) {
    Session *session = session_of(r);
    size_t errors = diags_errors(session->diags);
    NarrativeInput narrative = {.session = session,
                                .arena = r->run,
                                .model = r->workspace.model,
                                .report = r->model,
                                .rows = r->evaluation.report,
                                .src = r->src};
    DocumentInput input = {.model = r->model,
                           .period = period,
                           .rows = r->evaluation.report,
                           .series = r->series.report,
                           .narrative = narrative_read(&narrative),
                           .made_by = arena_printf(r->run, "kpic %s", program_version)};
    input.has_taken = find_taken(r, period, &input.taken);
    return diags_errors(session->diags) > errors ? NULL : document_build(r->run, &input);
}

static void print_document(const Reporting *r, StrBuf *out, const Document *document) {
    const char *file = options_text(r->cli->options, OPTION_OUTPUT);
    bool colour = (r->cli->colour == COLOUR_ALWAYS || !file) && output_colour(r->cli, stdout);
    size_t width = r->width == 0 && !file ? output_width() : r->width;
    switch (r->format) {
    case REPORT_TEXT:
        render_document_text(out, r->run, document, width, colour);
        return;
    case REPORT_MARKDOWN:
        render_document_markdown(out, document);
        return;
    case REPORT_HTML:
        render_document_html(out, document);
        return;
    case REPORT_CSV:
        render_csv(out, r->evaluation.report);
        return;
    case REPORT_JSON:
        render_json(out, r->evaluation.report);
        return;
    }
}

static ExitCode write_report(Reporting *r) {
    Period period;
    collect_names(r);
    ExitCode code = find_period(r, &period);
    if (code != DONE)
        return code;
    if (!read_narrative(r, period))
        return EXIT_UNAVAILABLE;
    collect_names(r);
    code = evaluate(r, period);
    evaluation_say_reading(r->cli, &r->workspace, &r->evaluation);
    if (!r->evaluation.report)
        return code;
    const Document *document = make_document(r, period);
    if (!document)
        return code == DONE ? DONE_NO : code;
    StrBuf out = {0};
    print_document(r, &out, document);
    bool written = output_result(r->cli, &out);
    strbuf_fini(&out);
    return written ? code : EXIT_UNAVAILABLE;
}

ExitCode cmd_report(Cli *cli) {
    Reporting r = {.cli = cli, .run = arena_new()};
    const TextItems *operands = &cli->options->operands;
    ExitCode code = EXIT_USAGE;
    size_t paths = operands->len > 0 ? operands->len - 1 : 0;
    if (read_options(&r) &&
        workspace_load(cli->session, operands->items + (operands->len > 0), paths, &r.workspace)) {
        code = evaluation_open_data(cli, &r.workspace);
        if (code == DONE) {
            workspace_analyse(&r.workspace);
            if (diags_errors(cli->session->diags) > 0)
                code = EXIT_DEFINITIONS;
            else if (workspace_lacks_data(&r.workspace) || !find_report(&r))
                code = EXIT_USAGE;
            else
                code = write_report(&r);
        }
        workspace_close(&r.workspace);
    }
    arena_free(r.run);
    return code;
}
