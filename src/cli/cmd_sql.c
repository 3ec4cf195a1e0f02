/* kpic sql: the statements that count the rows of an indicator. */
#include "cli/evaluation.h"
#include "cli/output.h"

static bool understands(Cli *cli) {
    if (cli->options->operands.len > 0)
        return true;
    Diag *diag = diag_add(cli->session->diags, DIAG_usage, (Span){0},
                          "'sql' needs the name of an indicator");
    diag_help(diag, "kpic sql ID");
    return false;
}

/* That of the option, else that of the store. False: told. */
static bool read_dialect(Cli *cli, const Store *store, StoreDialect *out) {
    static const char *const words[] = {"sqlite", "postgresql"};
    static const StoreDialect dialects[] = {STORE_DIALECT_SQLITE, STORE_DIALECT_POSTGRESQL};
    int choice = options_choice(cli->session, cli->options, OPTION_DIALECT, words, 2);
    if (choice < 0)
        return false;
    *out = dialects[choice];
    if (!cli->options->given[OPTION_DIALECT] && store &&
        store_dialect(store) == STORE_DIALECT_POSTGRESQL)
        *out = STORE_DIALECT_POSTGRESQL;
    return true;
}

static ExitCode print(Cli *cli, Workspace *workspace, const EvaluationRequest *request) {
    Evaluation evaluation = {0};
    StoreDialect dialect;
    if (diags_errors(cli->session->diags) > 0)
        return EXIT_DEFINITIONS;
    if (!read_dialect(cli, workspace->store, &dialect) ||
        !evaluation_choose(workspace, cli->options->operands.items, 1, &evaluation))
        return EXIT_USAGE;
    ExitCode code = evaluation_periods(workspace, request, &evaluation);
    if (code != DONE)
        return code;
    Arena *run = arena_new();
    StrBuf text = {0};
    const Plan *plan = plan_build(cli->session, run, workspace->model, &evaluation.plan_request);
    code = exit_of_store(engine_print_sql(cli->session, plan, evaluation.indicators[0], dialect,
                                          workspace->store, &text));
    if (code == DONE && !output_result(cli, &text))
        code = EXIT_UNAVAILABLE;
    strbuf_fini(&text);
    arena_free(run);
    return code;
}

ExitCode cmd_sql(Cli *cli) {
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
    ExitCode code = evaluation_open_optional(cli, &workspace);
    if (code == DONE) {
        workspace_analyse(&workspace);
        code = print(cli, &workspace, &request);
    }
    workspace_say_alone(cli, &workspace);
    workspace_close(&workspace);
    return code;
}
