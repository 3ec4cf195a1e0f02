#include <string.h>

#include "cli/files.h"
#include "cli/output.h"
#include "report/reconcile.h"

#define MOST_MESSAGES 100 /* --verbose shows all */

static bool ends_with(const char *path, const char *ending) {
    size_t len = strlen(path), tail = strlen(ending);
    return len >= tail && strcmp(path + len - tail, ending) == 0;
}

/* Adds the file to the session's sources; false with a message. */
static bool add_source(Session *session, const char *path, uint32_t *src, bool *csv) {
    size_t len;
    const char *text = file_read_all(session, path, &len);
    if (!text)
        return false;
    *csv = ends_with(path, ".csv");
    *src = sources_add(session->sources, strcmp(path, "-") == 0 ? "<stdin>" : path, text, len);
    return true;
}

static bool read_period(Cli *cli, Period *period, const Period **out) {
    const char *text = options_text(cli->options, OPTION_PERIOD);
    *out = NULL;
    if (!text)
        return true;
    *out = period;
    if (period_parse(text, strlen(text), period))
        return true;
    diag_add(cli->session->diags, DIAG_bad_period, (Span){0}, "'%s' is no period", text);
    return false;
}

static bool read_request(Cli *cli, Period *period, ReconcileRequest *out) {
    const Options *options = cli->options;
    if (options->operands.len != 1) {
        Diag *diag = diag_add(cli->session->diags, DIAG_usage, (Span){0},
                              options->operands.len == 0 ? "'reconcile' needs the file of a report"
                                                         : "'reconcile' takes one report");
        diag_help(diag, "kpic reconcile FILE [--previous FILE]");
        return false;
    }
    const char *previous = options_text(options, OPTION_PREVIOUS);
    return read_period(cli, period, &out->period) &&
           add_source(cli->session, options->operands.items[0], &out->src, &out->csv) &&
           (!previous ||
            add_source(cli->session, previous, &out->previous_src, &out->previous_csv));
}

/* The findings are the result, so they go where results go. */
ExitCode cmd_reconcile(Cli *cli) {
    static const char *const formats[] = {"text", "json"};
    int format = options_choice(cli->session, cli->options, OPTION_FORMAT, formats, 2);
    ReconcileRequest request = {0};
    Period period;
    if (format < 0 || !read_request(cli, &period, &request))
        return EXIT_USAGE;
    StrBuf text = {0};
    const Reconciliation *done = reconcile(cli->session, &request);
    if (format == 1)
        reconcile_render_json(done, &text);
    else
        reconcile_render_text(
            done, &text, options_flag(cli->options, OPTION_VERBOSE) ? 0 : MOST_MESSAGES,
            !options_text(cli->options, OPTION_OUTPUT) && output_colour(cli, stdout));
    ExitCode code = diags_errors(cli->session->diags) > 0 ? DONE_NO : DONE;
    cli->messages_shown = true;
    if (!output_result(cli, &text)) {
        cli->messages_shown = false;
        code = EXIT_UNAVAILABLE;
    }
    strbuf_fini(&text);
    return code;
}
