#include "cli/help.h"
#include "cli/manual.h"
#include "cli/output.h"

#define MOST_NAMES 64

static void refuse_page(Cli *cli, const char *page) {
    const char *names[MOST_NAMES];
    size_t len = manual_names(names, MOST_NAMES);
    Diag *diag = diag_add(cli->session->diags, DIAG_unknown_topic, (Span){0},
                          "there is no page '%s' in the manual", page);
    if (text_nearest(page, names, len))
        diag_suggest(diag, page, names, len);
    else
        diag_help(diag, "kpic, the name of a command, or kpi");
}

static void refuse_topic(Cli *cli, const char *topic) {
    const char *names[MOST_NAMES];
    size_t len = help_topic_names(names, MOST_NAMES);
    Diag *diag = diag_add(cli->session->diags, DIAG_unknown_topic, (Span){0},
                          "there is no help on '%s'", topic);
    if (text_nearest(topic, names, len))
        diag_suggest(diag, topic, names, len);
    else
        diag_help(diag, "`kpic help` lists the topics");
}

ExitCode cmd_help(Cli *cli) {
    const TextItems *topics = &cli->options->operands;
    StrBuf text = {0};
    ExitCode code = DONE;
    bool manual = options_flag(cli->options, OPTION_MAN);
    if (topics->len == 0 && manual)
        manual_print(&text, "kpic");
    else if (topics->len == 0)
        help_print_overview(&text);
    for (size_t i = 0; i < topics->len; i++) {
        if (manual ? manual_print(&text, topics->items[i])
                   : help_print_topic(&text, topics->items[i]))
            continue;
        (manual ? refuse_page : refuse_topic)(cli, topics->items[i]);
        code = EXIT_USAGE;
    }
    if (!output_result(cli, &text))
        code = EXIT_UNAVAILABLE;
    strbuf_fini(&text);
    return code;
}
