#include "cli/evaluation.h"
#include "cli/output.h"
#include "wording/wording.h"

#define WORDS_WIDTH 88

static bool understands(Cli *cli) {
    if (cli->options->operands.len == 0) {
        Diag *diag = diag_add(cli->session->diags, DIAG_usage, (Span){0},
                              "'explain' needs the name of an indicator");
        diag_help(diag, "kpic explain ID");
        return false;
    }
    if (options_flag(cli->options, OPTION_PLAN))
        return true;
    static const OptionId of_plans[] = {OPTION_PERIOD, OPTION_FROM, OPTION_TO};
    for (size_t i = 0; i < sizeof of_plans / sizeof *of_plans; i++) {
        if (!cli->options->given[of_plans[i]])
            continue;
        Diag *diag = diag_add(cli->session->diags, DIAG_usage, (Span){0},
                              "a definition in words is the same in every period: '--%s' goes with "
                              "'--plan'",
                              option_info(of_plans[i])->name);
        diag_help(diag, "`kpic explain %s` for the words, `kpic explain %s --plan` for the dates",
                  cli->options->operands.items[0], cli->options->operands.items[0]);
        return false;
    }
    return true;
}

/* What --data names; else the project's store if it is there: a plan can do without. */
static ExitCode open_data(Cli *cli, Workspace *workspace) {
    const char *path = options_text(cli->options, OPTION_DATA);
    bool asked = path != NULL;
    if (!path)
        path = workspace_project_store(workspace);
    if (!path || (!asked && !path_exists(path)))
        return DONE;
    return evaluation_open_store(cli, workspace, path);
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
    plan_print(&text, plan_build(cli->session, run, workspace->model, &evaluation.plan_request));
    code = output_result(cli, &text) ? DONE : EXIT_UNAVAILABLE;
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

static ExitCode explain(Cli *cli, Workspace *workspace, const EvaluationRequest *request) {
    if (diags_errors(cli->session->diags) > 0)
        return EXIT_DEFINITIONS;
    return options_flag(cli->options, OPTION_PLAN) ? print_plan(cli, workspace, request)
                                                   : print_words(cli, workspace);
}

ExitCode cmd_explain(Cli *cli) {
    Workspace workspace;
    const TextItems *operands = &cli->options->operands;
    EvaluationRequest request = {
        .period = options_text(cli->options, OPTION_PERIOD),
        .from = options_text(cli->options, OPTION_FROM),
        .to = options_text(cli->options, OPTION_TO),
    };
    if (!understands(cli) || !evaluation_understands(cli->session, &request) ||
        !workspace_load(cli->session, operands->items + 1, operands->len - 1, &workspace))
        return EXIT_USAGE;
    ExitCode code = open_data(cli, &workspace);
    if (code == DONE) {
        workspace_analyse(&workspace);
        code = explain(cli, &workspace, &request);
    }
    workspace_say_alone(cli, &workspace);
    workspace_close(&workspace);
    return code;
}
