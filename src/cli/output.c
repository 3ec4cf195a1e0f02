#include "cli/output.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define MOST_MESSAGES 20

bool output_start(Cli *cli) {
    static const char *const choices[] = {"auto", "always", "never"};
    int choice = options_choice(cli->session, cli->options, OPTION_COLOR, choices, 3);
    if (choice < 0)
        return false;
    cli->colour = (ColourChoice)choice;
    return true;
}

bool output_is_terminal(FILE *stream) {
    return isatty(fileno(stream)) == 1;
}

bool output_colour(const Cli *cli, FILE *stream) {
    const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");
    switch (cli->colour) {
    case COLOUR_ALWAYS:
        return true;
    case COLOUR_NEVER:
        return false;
    case COLOUR_AUTO:
        break;
    }
    if ((no_colour && *no_colour) || (term && strcmp(term, "dumb") == 0))
        return false;
    return output_is_terminal(stream);
}

size_t output_width(void) {
    struct winsize size;
    if (!output_is_terminal(stdout) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}

/* The file of -o; NULL: standard output. */
static const char *output_path(const Cli *cli) {
    const char *path = options_text(cli->options, OPTION_OUTPUT);
    return path && strcmp(path, "-") != 0 ? path : NULL;
}

void output_open(Cli *cli, OutputStream *out) {
    const char *path = output_path(cli);
    *out = (OutputStream){.cli = cli, .to_file = path != NULL};
    if (path)
        file_writing_start(cli->session, path, &out->file);
}

void output_add(OutputStream *out, const char *text, size_t len) {
    if (out->to_file)
        file_writing_add(&out->file, text, len);
    else if (out->fault == 0 && fwrite(text, 1, len, stdout) != len)
        out->fault = errno;
}

bool output_close(OutputStream *out) {
    if (out->to_file)
        return file_writing_end(&out->file);
    if (out->fault == 0 && fflush(stdout) != 0)
        out->fault = errno;
    if (out->fault == 0)
        return true;
    diag_add(out->cli->session->diags, DIAG_write_failed, (Span){0},
             "cannot write standard output: %s", strerror(out->fault));
    return false;
}

bool output_result(Cli *cli, const StrBuf *text) {
    OutputStream stream;
    output_open(cli, &stream);
    output_add(&stream, strbuf_text(text), text->len);
    return output_close(&stream);
}

bool output_private_result(Cli *cli, const StrBuf *text) {
    const char *path = output_path(cli);
    return path ? file_replace_private(cli->session, path, strbuf_text(text), text->len)
                : output_result(cli, text);
}

void output_say(const Cli *cli, const char *format, ...) {
    if (options_flag(cli->options, OPTION_QUIET))
        return;
    StrBuf line = {0};
    va_list args;
    va_start(args, format);
    strbuf_addv(&line, format, args);
    va_end(args);
    fprintf(stderr, "%s\n", strbuf_text(&line));
    strbuf_fini(&line);
}

void output_messages(Cli *cli) {
    const Diags *diags = cli->session->diags;
    if (cli->messages_shown)
        return;
    cli->messages_shown = true;
    if (options_flag(cli->options, OPTION_QUIET) && diags_errors(diags) == 0)
        return;
    bool all = options_flag(cli->options, OPTION_VERBOSE);
    StrBuf text = {0};
    diags_render_text(diags, &text, all ? 0 : MOST_MESSAGES, output_colour(cli, stderr));
    fputs(strbuf_text(&text), stderr);
    strbuf_fini(&text);
}
