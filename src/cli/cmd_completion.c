#include <string.h>

#include "cli/completion.h"
#include "cli/output.h"
#include "cli/workspace.h"

static const char *const names_of[] = {"indicators", "reports"};

/* For the scripts: the names in the project of the current folder, one a line. Where there is no
 * project, or it is not understood, there are fewer or none, and never a message: a shell that
 * completes a word has no place for one. */
static void print_names(Cli *cli, StrBuf *out, bool reports) {
    Workspace workspace;
    cli->messages_shown = true;
    if (!workspace_in_project(cli->session) || !workspace_load(cli->session, NULL, 0, &workspace))
        return;
    workspace_analyse(&workspace);
    const Model *model = workspace.model;
    for (size_t i = 0; i < (reports ? model->reports_len : model->indicators_len); i++)
        strbuf_addf(out, "%s\n", reports ? model->reports[i]->name : model->indicators[i]->id);
    workspace_close(&workspace);
}

static bool understands(Cli *cli, StrBuf *out) {
    const TextItems *operands = &cli->options->operands;
    const char *shell = operands->len == 1 ? operands->items[0] : "";
    for (size_t i = 0; i < 2; i++)
        if (strcmp(shell, names_of[i]) == 0) {
            print_names(cli, out, i == 1);
            return true;
        }
    if (completion_print(out, cli->session->arena, shell))
        return true;
    Diag *diag;
    if (operands->len == 1)
        diag = diag_add(cli->session->diags, DIAG_usage, (Span){0},
                        "there are no completions for '%s'", shell);
    else
        diag = diag_add(cli->session->diags, DIAG_usage, (Span){0},
                        "'completion' needs the name of one shell");
    if (text_nearest(shell, completion_shells, completion_shells_len))
        diag_suggest(diag, shell, completion_shells, completion_shells_len);
    else
        diag_help(diag, "kpic completion bash, zsh or fish");
    return false;
}

ExitCode cmd_completion(Cli *cli) {
    StrBuf text = {0};
    ExitCode code = EXIT_USAGE;
    if (understands(cli, &text))
        code = output_result(cli, &text) ? DONE : EXIT_UNAVAILABLE;
    strbuf_fini(&text);
    return code;
}
