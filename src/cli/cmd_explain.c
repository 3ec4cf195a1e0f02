#include "cli/evaluation.h"
#include "cli/output.h"
#include "explain/listing.h"
#include "explain/record.h"
#include "wording/wording.h"

#define WORDS_WIDTH 88

/* What is asked of the indicator. */
typedef enum Asked {
    ASKED_WORDS, /* what it is */
    ASKED_PLAN,  /* how it is computed */
    ASKED_RESULT /* one result */
} Asked;

static Asked asked_of(const Options *options) {
    static const OptionId of_results[] = {OPTION_DATA, OPTION_PERIOD, OPTION_GROUP, OPTION_ROW,
                                          OPTION_ROWS_BEHIND};
    if (options_flag(options, OPTION_PLAN))
        return ASKED_PLAN;
    for (size_t i = 0; i < sizeof of_results / sizeof *of_results; i++)
        if (options->given[of_results[i]])
            return ASKED_RESULT;
    return ASKED_WORDS;
}

static bool may_show_records(Cli *cli) {
    if (!options_flag(cli->options, OPTION_ROWS_BEHIND) ||
        options_flag(cli->options, OPTION_ALLOW_PERSONAL))
        return true;
    Diag *diag = diag_add(cli->session->diags, DIAG_personal_records, (Span){0},
                          "the records behind a result are about people");
    diag_help(diag, "add `--allow-personal` if you and all who read the output may see them");
    return false;
}

/* Only records come in several forms. */
static int list_format(Cli *cli) {
    static const char *const formats[] = {"table", "csv"};
    return options_choice(cli->session, cli->options, OPTION_FORMAT, formats, 2);
}

static bool reads_format(Cli *cli) {
    if (list_format(cli) < 0)
        return false;
    if (!cli->options->given[OPTION_FORMAT] || options_flag(cli->options, OPTION_ROWS_BEHIND))
        return true;
    diag_add(cli->session->diags, DIAG_usage, (Span){0}, "'--format' goes with '--rows'");
    return false;
}

static bool understands(Cli *cli) {
    if (cli->options->operands.len == 0) {
        Diag *diag = diag_add(cli->session->diags, DIAG_usage, (Span){0},
                              "'explain' needs the name of an indicator");
        diag_help(diag, "kpic explain ID");
        return false;
    }
    if (!may_show_records(cli) || !reads_format(cli))
        return false;
    if (options_flag(cli->options, OPTION_PLAN) ||
        (!cli->options->given[OPTION_FROM] && !cli->options->given[OPTION_TO]))
        return true;
    Diag *diag = diag_add(cli->session->diags, DIAG_usage, (Span){0},
                          "one result is explained at a time: a series goes with '--plan'");
    diag_help(diag, "`kpic explain %s -p PERIOD` for a result, `kpic explain %s` for the words",
              cli->options->operands.items[0], cli->options->operands.items[0]);
    return false;
}

/* ---- words and plans ---- */

/* Whether there are rows to count: what the engine makes of a plan depends on the data. */
static bool has_rows(const Workspace *workspace, const Plan *plan) {
    for (size_t i = 0; i < plan->tables_len; i++)
        if (!workspace->store && !plan->tables[i].source->cells)
            return false;
    return true;
}

static ExitCode print_plan(Cli *cli, Workspace *workspace, const EvaluationRequest *request) {
    Evaluation evaluation = {0};
    if (!evaluation_choose(workspace, cli->options->operands.items, 1, &evaluation))
        return EXIT_USAGE;
    ExitCode code = evaluation_periods(workspace, request, &evaluation);
    if (code != DONE)
        return code;
    Arena *run = arena_new();
    StrBuf text = {0};
    const Plan *plan = plan_build(cli->session, run, workspace->model, &evaluation.plan_request);
    plan_print(&text, plan);
    if (has_rows(workspace, plan)) {
        strbuf_add(&text, "\n");
        code = exit_of_store(engine_print_passes(cli->session, plan, workspace->store, &text));
    }
    if (!output_result(cli, &text))
        code = EXIT_UNAVAILABLE;
    strbuf_fini(&text);
    arena_free(run);
    return code;
}

/* The sentences under their headings, and the hash by which results name the definition. */
static ExitCode print_words(Cli *cli, Workspace *workspace) {
    Evaluation evaluation = {0};
    if (!evaluation_choose(workspace, cli->options->operands.items, 1, &evaluation))
        return EXIT_USAGE;
    const Indicator *indicator = evaluation.indicators[0];
    Arena *run = arena_new();
    Sentences sentences = {0};
    wording_of_indicator(run, indicator, &sentences);
    StrBuf text = {0};
    strbuf_addf(&text, "%s\n%s\n\n", indicator->id, indicator->title);
    wording_print(&text, &sentences, WORDS_WIDTH);
    char hash[33];
    plan_definition_hash(workspace->model, indicator, hash);
    strbuf_addf(&text, "\nDefinition %s\n", hash);
    ExitCode code = output_result(cli, &text) ? DONE : EXIT_UNAVAILABLE;
    strbuf_fini(&text);
    arena_free(run);
    return code;
}

/* ---- one result ---- */

typedef VEC(const Indicator *) IndicatorList;

/* The indicator and those that its value is made of, each once. */
static void add_with_inputs(Arena *arena, const Indicator *indicator, IndicatorList *out) {
    for (size_t i = 0; i < out->len; i++)
        if (out->items[i] == indicator)
            return;
    vec_push(arena, out, indicator);
    for (size_t i = 0; i < indicator->inputs_len; i++)
        add_with_inputs(arena, indicator->inputs[i], out);
}

/* The whole, or the groups that were asked for; bands come with their whole. */
static bool is_explained(const ReportRow *row, const Indicator *indicator, bool groups) {
    return row->indicator == indicator && !row->band && !row->added && (groups || row->cell->whole);
}

static const Cell *whole_of(const Report *report, const Indicator *indicator) {
    for (size_t i = 0; i < report->rows_len; i++)
        if (report->rows[i].indicator == indicator && report->rows[i].cell->whole)
            return report->rows[i].cell;
    return report->rows_len > 0 ? report->rows[0].cell : NULL;
}

/* "'plan' or 'visit'": the sources whose records are counted. */
static void add_sources(StrBuf *out, const Gathering *gathering) {
    for (size_t i = 0; i < gathering->sets.len; i++) {
        const SourceModel *source = gathering->sets.items[i]->rows->source;
        bool named = false;
        for (size_t j = 0; j < i; j++)
            named = named || gathering->sets.items[j]->rows->source == source;
        if (!named)
            strbuf_addf(out, "%s'%s'", out->len > 0 ? " or " : "", source->name);
    }
}

static bool refuse_key(Cli *cli, const Gathering *gathering) {
    StrBuf sources = {0};
    add_sources(&sources, gathering);
    Diag *diag = diag_add(cli->session->diags, DIAG_unknown_record, (Span){0},
                          "there is no record '%s' in %s", gathering->key,
                          sources.len > 0 ? strbuf_text(&sources) : "this period");
    diag_help(diag, "give the key as the data has it");
    strbuf_fini(&sources);
    return false;
}

static bool list_records(Cli *cli, const ExplainPage *page, const Indicator *indicator) {
    bool groups = cli->options->given[OPTION_GROUP];
    ListedCells cells = {0};
    for (size_t i = 0; i < page->report->rows_len; i++)
        if (is_explained(&page->report->rows[i], indicator, groups))
            vec_push(page->run, &cells, page->report->rows[i].cell);
    (list_format(cli) == 1 ? list_records_csv : list_records_table)(page, &cells);
    return true;
}

/* The pages that were asked for; false with a message. */
static bool print_pages(Cli *cli, const ExplainPage *page, const Indicator *indicator) {
    if (page->gathering->key) {
        if (page->gathering->found.len == 0)
            return refuse_key(cli, page->gathering);
        explain_records(page, whole_of(page->report, indicator));
        return true;
    }
    if (page->gathering->listed)
        return list_records(cli, page, indicator);
    bool groups = cli->options->given[OPTION_GROUP];
    for (size_t i = 0; i < page->report->rows_len; i++) {
        if (!is_explained(&page->report->rows[i], indicator, groups))
            continue;
        strbuf_add(page->out, page->out->len > 0 ? "\n" : "");
        explain_result(page, &page->report->rows[i]);
    }
    return true;
}

static bool write_page(Cli *cli, const StrBuf *text, bool personal) {
    return personal ? output_private_result(cli, text) : output_result(cli, text);
}

static ExitCode print_rows(Cli *cli, Arena *run, const Gathering *gathering,
                           const Indicator *indicator, const Report *report) {
    StrBuf text = {0};
    ExplainPage page = {&text, run, report, gathering, WORDS_WIDTH};
    ExitCode code = EXIT_USAGE;
    if (print_pages(cli, &page, indicator))
        code =
            write_page(cli, &text, gathering->key || gathering->listed) ? DONE : EXIT_UNAVAILABLE;
    strbuf_fini(&text);
    return code;
}

static ExitCode print_result(Cli *cli, Workspace *workspace, EvaluationRequest *request) {
    Evaluation evaluation = {0};
    IndicatorList indicators = {0};
    Arena *run = arena_new();
    if (!evaluation_choose(workspace, cli->options->operands.items, 1, &evaluation)) {
        arena_free(run);
        return EXIT_USAGE;
    }
    const Indicator *indicator = evaluation.indicators[0];
    add_with_inputs(run, indicator, &indicators);
    const char **names = arena_array(run, indicators.len, sizeof *names);
    for (size_t i = 0; i < indicators.len; i++)
        names[i] = indicators.items[i]->id;
    request->indicators = names;
    request->indicators_len = indicators.len;
    Gathering gathering;
    gather_start(&gathering, run, indicators.items, indicators.len);
    gathering.key = options_text(cli->options, OPTION_ROW);
    gathering.listed = options_flag(cli->options, OPTION_ROWS_BEHIND);
    request->engine = (EngineOptions){.kind = ENGINE_REFERENCE, .watch = &gathering.watch};
    ExitCode code = evaluation_run(workspace, run, request, &evaluation);
    if (evaluation.period_found)
        evaluation_say_period(cli, &evaluation);
    if (evaluation.report) {
        ExitCode printed = print_rows(cli, run, &gathering, indicator, evaluation.report);
        code = code == DONE ? printed : code;
    }
    arena_free(run);
    return code;
}

/* ---- the command ---- */

static ExitCode explain(Cli *cli, Workspace *workspace, EvaluationRequest *request) {
    if (diags_errors(cli->session->diags) > 0)
        return EXIT_DEFINITIONS;
    switch (asked_of(cli->options)) {
    case ASKED_WORDS:
        return print_words(cli, workspace);
    case ASKED_PLAN:
        return print_plan(cli, workspace, request);
    case ASKED_RESULT:
        break;
    }
    return workspace_lacks_data(workspace) ? EXIT_USAGE : print_result(cli, workspace, request);
}

ExitCode cmd_explain(Cli *cli) {
    Workspace workspace;
    const TextItems *operands = &cli->options->operands;
    EvaluationRequest request = {
        .period = options_text(cli->options, OPTION_PERIOD),
        .from = options_text(cli->options, OPTION_FROM),
        .to = options_text(cli->options, OPTION_TO),
        .groups = cli->options->lists[OPTION_GROUP].items,
        .groups_len = cli->options->lists[OPTION_GROUP].len,
    };
    if (!understands(cli) || !evaluation_understands(cli->session, &request) ||
        !workspace_load(cli->session, operands->items + 1, operands->len - 1, &workspace))
        return EXIT_USAGE;
    bool result = asked_of(cli->options) == ASKED_RESULT;
    ExitCode code =
        result ? evaluation_open_data(cli, &workspace) : evaluation_open_optional(cli, &workspace);
    if (code == DONE) {
        workspace_analyse(&workspace);
        code = explain(cli, &workspace, &request);
    }
    workspace_say_alone(cli, &workspace);
    workspace_close(&workspace);
    return code;
}
