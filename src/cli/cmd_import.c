#include <string.h>
#include <time.h>

#include "cli/output.h"
#include "cli/workspace.h"
#include "store/files.h"

#define PROGRESS_AFTER 0.5 /* seconds */
#define PROGRESS_EVERY 0.1

/* One import command on its way. */
typedef struct Import {
    Cli *cli;
    Workspace workspace; /* model NULL: there is no project */
    ImportOptions options;
    /* progress, on a terminal only */
    struct timespec started, shown;
    bool on_terminal, line_open;
} Import;

/* ---- progress ---- */

static double seconds_between(struct timespec from, struct timespec to) {
    return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

static void show_progress(void *context, const char *file, uint64_t done, uint64_t size) {
    Import *import = context;
    struct timespec now;
    if (!import->on_terminal || clock_gettime(CLOCK_MONOTONIC, &now) != 0 ||
        seconds_between(import->started, now) < PROGRESS_AFTER ||
        seconds_between(import->shown, now) < PROGRESS_EVERY)
        return;
    import->shown = now;
    import->line_open = true;
    if (size > 0)
        fprintf(stderr, "\r\033[K%s: %d%%", path_base(file), (int)(done * 100 / size));
    else
        fprintf(stderr, "\r\033[K%s: %d MB", path_base(file), (int)(done / 1000000));
    fflush(stderr);
}

static void end_progress(Import *import) {
    if (import->line_open)
        fputs("\r\033[K", stderr);
    import->line_open = false;
}

/* ---- what the project says ---- */

static const SourceModel *source_of_table(const Model *model, const char *table) {
    for (size_t i = 0; i < model->sources_len; i++)
        if (model->sources[i]->table && strcmp(model->sources[i]->table, table) == 0)
            return model->sources[i];
    return NULL;
}

static const TableSpec *spec_of(void *context, const char *table) {
    const Import *import = context;
    if (!import->workspace.model)
        return NULL;
    const SourceModel *source = source_of_table(import->workspace.model, table);
    return source ? source_table_spec(import->cli->session, source) : NULL;
}

/* --as: a source of the project stands for its table. */
static ExitCode choose_table(Import *import) {
    const char *name = options_text(import->cli->options, OPTION_AS);
    const Model *model = import->workspace.model;
    import->options.as_table = name;
    if (!name || !model)
        return DONE;
    Session *session = import->cli->session;
    const char **names = arena_array(session->arena, model->sources_len, sizeof *names);
    for (size_t i = 0; i < model->sources_len; i++) {
        names[i] = model->sources[i]->name;
        if (strcmp(names[i], name) != 0 || !model->sources[i]->table)
            continue;
        import->options.as_table = model->sources[i]->table;
        return DONE;
    }
    if (source_of_table(model, name))
        return DONE;
    Diag *diag = diag_add(session->diags, DIAG_unknown_table, (Span){0},
                          "the project has no source '%s'", name);
    diag_suggest(diag, name, names, model->sources_len);
    return EXIT_USAGE;
}

/* The project that the current folder is in, if it is in one. */
static ExitCode load_project(Import *import) {
    Session *session = import->cli->session;
    if (!workspace_in_project(session))
        return DONE;
    if (!workspace_load(session, NULL, 0, &import->workspace))
        return EXIT_USAGE;
    workspace_analyse(&import->workspace);
    return diags_errors(session->diags) > 0 ? EXIT_DEFINITIONS : DONE;
}

static ExitCode choose_store(Import *import) {
    import->options.store = options_text(import->cli->options, OPTION_STORE);
    if (!import->options.store && import->workspace.model)
        import->options.store = workspace_project_store(&import->workspace);
    if (import->options.store)
        return DONE;
    Diag *diag = diag_add(import->cli->session->diags, DIAG_no_data, (Span){0},
                          "no store was named, and no project names one");
    diag_help(diag, "kpic import FILE... --store kpi.db");
    return EXIT_USAGE;
}

/* ---- files ---- */

static bool is_data_file(const char *name) {
    return path_ends(name, ".csv") || path_ends(name, ".tsv") || path_ends(name, ".tab");
}

static bool add_data_folder(Session *session, const char *folder, PathList *out) {
    size_t len, before = out->len;
    const char *const *names = folder_names(session->arena, folder, &len);
    for (size_t i = 0; len != SIZE_MAX && i < len; i++)
        if (is_data_file(names[i]) && names[i][0] != '.')
            vec_push(session->arena, out, path_join(session->arena, folder, names[i]));
    if (out->len > before)
        return true;
    diag_add(session->diags, DIAG_nothing_to_import, (Span){0},
             "there is no CSV or TSV file in the folder '%s'", folder);
    return false;
}

static bool find_data(Cli *cli, PathList *out) {
    const TextItems *named = &cli->options->operands;
    bool ok = true;
    for (size_t i = 0; i < named->len; i++) {
        if (path_is_folder(named->items[i]))
            ok = add_data_folder(cli->session, named->items[i], out) && ok;
        else
            vec_push(cli->session->arena, out, named->items[i]);
    }
    if (named->len > 0)
        return ok;
    Diag *diag =
        diag_add(cli->session->diags, DIAG_usage, (Span){0}, "'import' needs a file or a folder");
    diag_help(diag, "kpic import data/*.csv");
    return false;
}

/* ---- the import ---- */

static void say_imported(const Import *import, const ImportedFile *file) {
    StrBuf rows = {0};
    num_print(&rows, num_of_int((int64_t)file->rows), 0, true);
    const char *did = import->options.dry_run ? "would import"
                      : file->unchanged       ? "unchanged"
                      : file->replaced        ? "replaced"
                                              : "imported";
    output_say(import->cli, "%s %s %s '%s': %s row%s", did, path_base(file->file),
               file->unchanged || file->replaced ? "in" : "into", file->table, strbuf_text(&rows),
               file->rows == 1 ? "" : "s");
    strbuf_fini(&rows);
}

/* Each file is all in or not in at all; one that is refused does not stop the next. */
static ExitCode import_files(Import *import, const PathList *files) {
    ExitCode worst = DONE;
    clock_gettime(CLOCK_MONOTONIC, &import->started);
    for (size_t i = 0; i < files->len; i++) {
        ImportedFile done = {0};
        ExitCode code = exit_of_store(
            store_import_file(import->cli->session, &import->options, files->items[i], &done));
        end_progress(import);
        if (code == DONE)
            say_imported(import, &done);
        worst = code > worst ? code : worst;
    }
    return worst;
}

ExitCode cmd_import(Cli *cli) {
    static const char *const encodings[] = {"utf-8", "windows-1252"};
    Import import = {.cli = cli, .on_terminal = output_is_terminal(stderr)};
    int encoding = options_choice(cli->session, cli->options, OPTION_ENCODING, encodings, 2);
    PathList files = {0};
    if (encoding < 0 || !find_data(cli, &files))
        return EXIT_USAGE;
    import.on_terminal = import.on_terminal && !options_flag(cli->options, OPTION_QUIET);
    ExitCode code = load_project(&import);
    if (code == DONE)
        code = choose_store(&import);
    if (code == DONE)
        code = choose_table(&import);
    if (code != DONE)
        return code;
    import.options.encoding = encoding == 1 ? ENCODING_WINDOWS_1252 : ENCODING_UTF8;
    import.options.dry_run = options_flag(cli->options, OPTION_DRY_RUN);
    import.options.spec_of = spec_of;
    import.options.progress = show_progress;
    import.options.context = &import;
    return import_files(&import, &files);
}
