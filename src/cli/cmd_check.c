#include <stdlib.h>
#include <string.h>

#include "check/check.h"
#include "cli/check_list.h"
#include "cli/evaluation.h"
#include "cli/output.h"
#include "syntax/print.h"

/* ---- stores ---- */

/* Opens the store that --data names; else the project's, if it is there. */
static ExitCode open_store(Cli *cli, Workspace *workspace) {
    const char *path = options_text(cli->options, OPTION_DATA);
    bool asked = options_flag(cli->options, OPTION_DATA);
    if (!path)
        path = workspace_project_store(workspace);
    if (asked && !path) {
        diag_add(cli->session->diags, DIAG_no_data, (Span){0},
                 "no data was named, and the project names no store");
        return EXIT_USAGE;
    }
    if (!path || (!asked && !path_exists(path)))
        return DONE;
    return evaluation_open_store(cli, workspace, path);
}

/* ---- the stages, for developers ---- */

enum { STAGE_TOKENS, STAGE_AST, STAGE_MODEL, STAGE_PLAN };

static ExitCode dump_tokens(Cli *cli, StrBuf *out) {
    PathList paths = {0};
    const TextItems *named = &cli->options->operands;
    if (!workspace_find(cli->session, named->items, named->len, &paths))
        return EXIT_USAGE;
    for (size_t i = 0; i < paths.len; i++) {
        size_t len;
        const char *text = file_read_all(cli->session, paths.items[i], &len);
        if (!text)
            return EXIT_USAGE;
        parse_dump_tokens(cli->session, paths.items[i], text, len, out);
    }
    return DONE;
}

/* The plan of the last period in the data. */
static ExitCode dump_plan(Cli *cli, Workspace *workspace, StrBuf *out) {
    Evaluation evaluation = {0};
    EvaluationRequest request = {0};
    ExitCode code = EXIT_USAGE;
    if (evaluation_choose(workspace, NULL, 0, &evaluation))
        code = evaluation_periods(workspace, &request, &evaluation);
    if (code != DONE)
        return code;
    Arena *run = arena_new();
    plan_print(out, plan_build(cli->session, run, workspace->model, &evaluation.plan_request));
    arena_free(run);
    return DONE;
}

static ExitCode dump_loaded(Cli *cli, int stage, StrBuf *out) {
    Workspace workspace;
    const TextItems *paths = &cli->options->operands;
    if (!workspace_load(cli->session, paths->items, paths->len, &workspace))
        return EXIT_USAGE;
    ExitCode code = open_store(cli, &workspace);
    for (size_t i = 0; stage == STAGE_AST && i < workspace.files.len; i++)
        ast_dump(out, workspace.files.items[i]->file);
    if (stage != STAGE_AST)
        workspace_analyse(&workspace);
    if (stage == STAGE_MODEL)
        model_dump(out, workspace.model);
    if (stage == STAGE_PLAN && code == DONE)
        code = dump_plan(cli, &workspace, out);
    workspace_close(&workspace);
    return code;
}

static ExitCode run_dump(Cli *cli) {
    static const char *const stages[] = {"tokens", "ast", "model", "plan"};
    int stage = options_choice(cli->session, cli->options, OPTION_DUMP, stages, 4);
    if (stage < 0)
        return EXIT_USAGE;
    StrBuf out = {0};
    ExitCode code = stage == STAGE_TOKENS ? dump_tokens(cli, &out) : dump_loaded(cli, stage, &out);
    if (code == DONE && !output_result(cli, &out))
        code = EXIT_UNAVAILABLE;
    strbuf_fini(&out);
    return code;
}

/* ---- the check ---- */

static void add_plural(StrBuf *out, size_t count, const char *word) {
    num_print(out, num_of_int((int64_t)count), 0, true);
    strbuf_addf(out, " %s%s", word, count == 1 ? "" : "s");
}

static void say_summary(const Cli *cli, const Workspace *workspace) {
    StrBuf line = {0};
    const Model *model = workspace->model;
    size_t errors = diags_errors(cli->session->diags);
    if (errors > 0 && model->indicators_declared > 0)
        strbuf_addf(&line, "%zu of ", model->indicators_len);
    add_plural(&line, model->indicators_declared, "indicator");
    if (errors > 0 && model->indicators_declared > 0)
        strbuf_add(&line, " understood");
    strbuf_add(&line, ", ");
    if (errors > 0)
        add_plural(&line, errors, "error");
    else
        strbuf_add(&line, "no errors");
    if (diags_warnings(cli->session->diags) > 0) {
        strbuf_add(&line, ", ");
        add_plural(&line, diags_warnings(cli->session->diags), "warning");
    }
    output_say(cli, "%s", strbuf_text(&line));
    strbuf_fini(&line);
}

typedef enum MessageFormat { AS_TEXT, AS_JSON, AS_SARIF, AS_ANNOTATIONS } MessageFormat;

/* As text the messages go where messages go; in the other formats they are the result. */
static ExitCode show_messages(Cli *cli, MessageFormat format) {
    const Diags *diags = cli->session->diags;
    StrBuf text = {0};
    switch (format) {
    case AS_TEXT:
        output_messages(cli);
        return DONE;
    case AS_JSON:
        diags_render_json(diags, &text, 0);
        break;
    case AS_SARIF:
        diags_render_sarif(diags, &text, program_version);
        break;
    case AS_ANNOTATIONS:
        diags_render_annotations(diags, &text);
        break;
    }
    bool written = output_result(cli, &text);
    strbuf_fini(&text);
    cli->messages_shown = written;
    return written ? DONE : EXIT_UNAVAILABLE;
}

static ExitCode check(Cli *cli, Workspace *workspace, const CheckOptions *options,
                      MessageFormat format) {
    ExitCode code = open_store(cli, workspace);
    if (code != DONE)
        return code;
    workspace_analyse(workspace);
    check_definitions(cli->session, workspace->model, options);
    bool sound = diags_errors(cli->session->diags) == 0;
    if (options_flag(cli->options, OPTION_DATA) && sound)
        code = exit_of_store(check_data(cli->session, workspace->model, workspace->store));
    if (code != DONE)
        return code;
    code = show_messages(cli, format);
    if (code != DONE)
        return code;
    if (format == AS_TEXT)
        say_summary(cli, workspace);
    return diags_errors(cli->session->diags) > 0 ? DONE_NO : DONE;
}

/* The day that reviews are held against: never that of the clock. */
static bool read_as_at(Cli *cli, CheckOptions *options) {
    const char *text = options_text(cli->options, OPTION_AS_AT);
    options->has_as_at = text != NULL;
    if (!text || date_parse_iso(text, strlen(text), &options->as_at))
        return true;
    diag_help(diag_add(cli->session->diags, DIAG_bad_option_value, (Span){0},
                       "--as-at takes a day, not '%s'", text),
              "write it as 2017-01-31");
    return false;
}

static ExitCode run_check(Cli *cli, MessageFormat format) {
    Workspace workspace;
    CheckOptions check_options = {0};
    if (!read_as_at(cli, &check_options))
        return EXIT_USAGE;
    const TextItems *paths = &cli->options->operands;
    if (!workspace_load(cli->session, paths->items, paths->len, &workspace))
        return EXIT_USAGE;
    ExitCode code = check(cli, &workspace, &check_options, format);
    workspace_say_alone(cli, &workspace);
    workspace_close(&workspace);
    return code;
}

static ExitCode list_checks(Cli *cli, MessageFormat format) {
    StrBuf text = {0};
    if (format == AS_JSON)
        check_list_json(&text);
    else
        check_list_text(&text);
    bool written = output_result(cli, &text);
    strbuf_fini(&text);
    return written ? DONE : EXIT_UNAVAILABLE;
}

ExitCode cmd_check(Cli *cli) {
    static const char *const formats[] = {"text", "json", "sarif", "annotations"};
    if (options_flag(cli->options, OPTION_DUMP))
        return run_dump(cli);
    int format = options_choice(cli->session, cli->options, OPTION_FORMAT, formats, 4);
    if (format < 0)
        return EXIT_USAGE;
    if (options_flag(cli->options, OPTION_LIST) && format > AS_JSON) {
        diag_add(cli->session->diags, DIAG_bad_option_value, (Span){0},
                 "--list is printed as text or json, not as %s", formats[format]);
        return EXIT_USAGE;
    }
    if (options_flag(cli->options, OPTION_LIST))
        return list_checks(cli, (MessageFormat)format);
    return run_check(cli, (MessageFormat)format);
}
