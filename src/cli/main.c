/* The program: arguments in, exit code out. Everything else is a command or libkpi. */
#include <stdio.h>
#include <stdlib.h>

#include "base/pages.h"
#include "cli/files.h"
#include "cli/help.h"
#include "cli/output.h"

static void out_of_memory(void) {
    fputs("kpic: out of memory\n", stderr);
    exit(EXIT_FAULT);
}

static ExitCode (*const commands[])(Cli *) = {
#define COMMAND(IDENT, name, takes, does) cmd_##name,
#include "cli/commands.def"
#undef COMMAND
};

static ExitCode print_and_fini(Cli *cli, StrBuf *text) {
    bool written = output_result(cli, text);
    strbuf_fini(text);
    return written ? DONE : EXIT_UNAVAILABLE;
}

static ExitCode run(Cli *cli) {
    const Options *options = cli->options;
    StrBuf text = {0};
    if (!output_start(cli))
        return EXIT_USAGE;
    if (options_flag(options, OPTION_VERSION)) {
        version_print(&text);
        return print_and_fini(cli, &text);
    }
    if (options_flag(options, OPTION_HELP)) {
        if (options->command == COMMANDS)
            help_print_overview(&text);
        else
            help_print_command(&text, options->command);
        return print_and_fini(cli, &text);
    }
    if (options->command == COMMANDS) {
        help_print_overview(&text);
        fputs(strbuf_text(&text), stderr);
        strbuf_fini(&text);
        return EXIT_USAGE;
    }
    return commands[options->command](cli);
}

int main(int argc, char **argv) {
    pages_prepare_heap();
    memory_on_failure(out_of_memory);
    files_clean_up_on_signals();
    Session *session = session_new();
    Options options;
    Cli cli = {.session = session, .options = &options};
    bool understood = options_parse(session, argc, argv, &options);
    ExitCode code = understood ? run(&cli) : EXIT_USAGE;
    output_messages(&cli);
    session_free(session);
    return (int)code;
}
