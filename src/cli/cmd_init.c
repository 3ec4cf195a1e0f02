#include <string.h>

#include "cli/files.h"
#include "cli/init_files.h"
#include "cli/output.h"

/* Says what is in the way; true if nothing is. */
static bool nothing_in_the_way(Session *session, const char *folder) {
    bool free = true;
    for (size_t i = 0; i < init_files_len; i++) {
        const char *path = path_join(session->arena, folder, init_files[i].path);
        if (!path_exists(path))
            continue;
        diag_add(session->diags, DIAG_exists_already, (Span){0}, "'%s' is there already", path);
        free = false;
    }
    return free;
}

static bool write_files(Session *session, const char *folder) {
    if (!folder_make(session, folder))
        return false;
    for (size_t i = 0; i < init_files_len; i++) {
        const char *path = path_join(session->arena, folder, init_files[i].path);
        if (!folder_make(session, path_folder(session->arena, path)) ||
            !file_replace(session, path, init_files[i].text, strlen(init_files[i].text)))
            return false;
    }
    return true;
}

static void say_next(const Cli *cli, const char *folder) {
    bool here = strcmp(folder, ".") == 0;
    output_say(cli, "Started a project in %s:", here ? "this folder" : folder);
    for (size_t i = 0; i < init_files_len; i++)
        output_say(cli, "  %s", path_join(cli->session->arena, folder, init_files[i].path));
    output_say(cli, "Next:");
    if (!here)
        output_say(cli, "  cd %s", folder);
    output_say(cli, "  kpic check");
    output_say(cli, "  kpic test");
    output_say(cli, "  kpic eval --data data");
    output_say(cli, "  kpic report monthly --data data -p 2024-03");
    output_say(cli, "  kpic import data            # into the project's store; then: kpic eval");
}

ExitCode cmd_init(Cli *cli) {
    const TextItems *operands = &cli->options->operands;
    const char *folder = operands->len ? operands->items[0] : ".";
    if (operands->len > 1) {
        diag_add(cli->session->diags, DIAG_usage, (Span){0}, "'init' takes one folder, not %zu",
                 operands->len);
        return EXIT_USAGE;
    }
    if (!nothing_in_the_way(cli->session, folder))
        return EXIT_USAGE;
    if (!write_files(cli->session, folder))
        return EXIT_UNAVAILABLE;
    say_next(cli, folder);
    return DONE;
}
