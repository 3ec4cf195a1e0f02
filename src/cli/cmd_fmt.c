#include <string.h>

#include "cli/line_diff.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "syntax/print.h"

#define STANDARD_INPUT "-"
#define STANDARD_INPUT_NAME "<stdin>"

/* One file on its way. */
typedef struct Formatted {
    const char *path, *shown;
    const char *before;
    StrBuf after;
    bool changed;
} Formatted;

/* Reads and prints one file; false, with a message, if it is not understood as a whole. */
static bool format(Session *session, const char *path, Formatted *out) {
    size_t len;
    *out = (Formatted){.path = path, .shown = path};
    if (strcmp(path, STANDARD_INPUT) == 0)
        out->shown = STANDARD_INPUT_NAME;
    out->before = file_read_all(session, path, &len);
    if (!out->before)
        return false;
    const ParsedFile *parsed = parse_file(session, out->shown, out->before, len);
    if (!parsed->ok) {
        diag_add(session->diags, DIAG_not_formatted, (Span){0},
                 "'%s' has errors and is left as it is", out->shown);
        return false;
    }
    print_file(&out->after, session, parsed);
    out->changed = len != out->after.len || memcmp(out->before, strbuf_text(&out->after), len) != 0;
    return true;
}

/* Does with a formatted file what the options say. */
static ExitCode deliver(Cli *cli, const Formatted *file, StrBuf *out) {
    bool check = options_flag(cli->options, OPTION_CHECK);
    bool diff = options_flag(cli->options, OPTION_DIFF);
    if (diff)
        line_diff(out, file->shown, file->before, file->shown, strbuf_text(&file->after));
    if (check && !diff && file->changed)
        strbuf_addf(out, "%s\n", file->shown);
    if (check)
        return file->changed ? DONE_NO : DONE;
    if (diff)
        return DONE;
    if (strcmp(file->path, STANDARD_INPUT) == 0) {
        strbuf_add_len(out, strbuf_text(&file->after), file->after.len);
        return DONE;
    }
    if (!file->changed)
        return DONE;
    if (!file_replace(cli->session, file->path, strbuf_text(&file->after), file->after.len))
        return EXIT_UNAVAILABLE;
    output_say(cli, "formatted %s", file->path);
    return DONE;
}

static bool find_files(Cli *cli, PathList *out) {
    const TextItems *named = &cli->options->operands;
    if (named->len == 1 && strcmp(named->items[0], STANDARD_INPUT) == 0) {
        vec_push(cli->session->arena, out, STANDARD_INPUT);
        return true;
    }
    return workspace_find(cli->session, named->items, named->len, out);
}

ExitCode cmd_fmt(Cli *cli) {
    PathList paths = {0};
    if (!find_files(cli, &paths))
        return EXIT_USAGE;
    StrBuf out = {0};
    ExitCode worst = DONE;
    for (size_t i = 0; i < paths.len; i++) {
        Formatted file;
        ExitCode code = EXIT_DEFINITIONS;
        if (format(cli->session, paths.items[i], &file))
            code = deliver(cli, &file, &out);
        worst = code > worst ? code : worst;
        strbuf_fini(&file.after);
    }
    if (out.len > 0 && !output_result(cli, &out))
        worst = EXIT_UNAVAILABLE;
    strbuf_fini(&out);
    return worst;
}
