#include "cli/evaluation.h"
#include "cli/output.h"

static bool understands(Cli *cli) {
    if (cli->options->operands.len == 0) {
        Diag *diag = diag_add(cli->session->diags, DIAG_usage, (Span){0},
                              "'explain' needs the name of an indicator");
        diag_help(diag, "kpic explain ID --plan");
        return false;
    }
    if (options_flag(cli->options, OPTION_PLAN))
        return true;
    Diag *diag = diag_add(cli->session->diags, DIAG_not_yet, (Span){0},
                          "explaining a definition in words comes with a later version");
    diag_help(diag, "this version has `kpic explain ID --plan`");
    return false;
}

/* What --data names; else the project's store if it is there: a plan can do without. */
static ExitCode open_data(Cli *cli, Workspace *workspace) {
    const char *path = options_text(cli->options, OPTION_DATA);
    bool asked = path != NULL;
    if (!path)
        path = workspace_project_store(workspace);
    if (!path || (!asked && !path_exists(path)))
        return DONE;
    return exit_of_store(workspace_open_store(workspace, path, ENCODING_UTF8));
}

static ExitCode print_plan(Cli *cli, Workspace *workspace) {
    const Options *options = cli->options;
    EvaluationRequest request = {
        .period = options_text(options, OPTION_PERIOD),
        .from = options_text(options, OPTION_FROM),
        .to = options_text(options, OPTION_TO),
    };
    Evaluation evaluation = {0};
    if (!evaluation_choose(workspace, options->operands.items, 1, &evaluation))
        return EXIT_USAGE;
    ExitCode code = evaluation_periods(workspace, &request, &evaluation);
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

ExitCode cmd_explain(Cli *cli) {
    Workspace workspace;
    const TextItems *operands = &cli->options->operands;
    if (!understands(cli) ||
        !workspace_load(cli->session, operands->items + 1, operands->len - 1, &workspace))
        return EXIT_USAGE;
    ExitCode code = open_data(cli, &workspace);
    if (code == DONE) {
        workspace_analyse(&workspace);
        code =
            diags_errors(cli->session->diags) > 0 ? EXIT_DEFINITIONS : print_plan(cli, &workspace);
    }
    workspace_say_alone(cli, &workspace);
    workspace_close(&workspace);
    return code;
}
