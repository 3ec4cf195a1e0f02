#include "cli/help.h"
#include "cli/output.h"

#define MOST_NAMES 64

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
    if (topics->len == 0)
        help_print_overview(&text);
    for (size_t i = 0; i < topics->len; i++) {
        if (help_print_topic(&text, topics->items[i]))
            continue;
        refuse_topic(cli, topics->items[i]);
        code = EXIT_USAGE;
    }
    if (!output_result(cli, &text))
        code = EXIT_UNAVAILABLE;
    strbuf_fini(&text);
    return code;
}
