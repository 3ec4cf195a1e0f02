#include <string.h>
#include <time.h>

#include "cli/evaluation.h"
#include "cli/import_shards.h"
#include "cli/output.h"
#include "cli/workspace.h"
#include "store/files.h"
#include "store/records.h"

#define PROGRESS_AFTER 0.5 /* seconds */
#define PROGRESS_EVERY 0.1

/* One import command on its way. */
typedef struct Import {
    Cli *cli;
    Workspace workspace; /* model NULL: there is no project */
    ImportOptions options;
    ImportShards shards;
    struct ServerTarget *held;
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

static bool place_of(void *context, const char *table, const char *const *header, size_t len,
                     Placement *out) {
    Import *import = context;
    return import_shards_place(&import->shards, table, header, len, out);
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

static bool add_data_folder(Session *session, const char *folder, PathList *out) {
    size_t len, before = out->len;
    const char *const *names = folder_names(session->arena, folder, &len);
    for (size_t i = 0; len != SIZE_MAX && i < len; i++)
        if ((is_text_file(names[i]) || is_workbook_file(names[i])) && names[i][0] != '.')
            vec_push(session->arena, out, path_join(session->arena, folder, names[i]));
    if (out->len > before)
        return true;
    diag_add(session->diags, DIAG_nothing_to_import, (Span){0},
             "there is no CSV, TSV or XLSX file in the folder '%s'", folder);
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
    if (named->len > 0 || options_flag(cli->options, OPTION_REINDEX))
        return ok;
    Diag *diag =
        diag_add(cli->session->diags, DIAG_usage, (Span){0}, "'import' needs a file or a folder");
    diag_help(diag, "kpic import data/*.csv");
    return false;
}

/* ---- sheets of workbooks ---- */

#define MOST_ROWS 1048576 /* that a sheet has */
#define MOST_HEADER_ROWS 100

static const char *read_row(const char *text, uint32_t *out) {
    *out = 0;
    for (; *text >= '0' && *text <= '9' && *out <= MOST_ROWS; text++)
        *out = *out * 10 + (uint32_t)(*text - '0');
    return text;
}

/* "7", "7-15", or with `open` also "7-". */
static bool read_rows(const char *text, bool open, uint32_t *first, uint32_t *last) {
    const char *rest = read_row(text, first);
    *last = *first;
    if (*rest == '-' && open && !rest[1])
        *last = MOST_ROWS;
    else if (*rest == '-')
        rest = read_row(rest + 1, last) - 1;
    return *first > 0 && *last >= *first && *last <= MOST_ROWS && (!*rest || !rest[1]);
}

static bool refuse_rows(const Cli *cli, OptionId option, const char *takes) {
    diag_add(cli->session->diags, DIAG_bad_option_value, (Span){0},
             "the option '--%s' takes %s, not '%s'", option_info(option)->name, takes,
             options_text(cli->options, option));
    return false;
}

/* The rows of the headings, from one option or two. */
static bool choose_header(const Cli *cli, SheetRows *rows) {
    const char *row = options_text(cli->options, OPTION_HEADER_ROW);
    const char *all = options_text(cli->options, OPTION_HEADER_ROWS);
    uint32_t last;
    if (row && (!read_rows(row, false, &rows->header_first, &last) || last > rows->header_first ||
                strchr(row, '-')))
        return refuse_rows(cli, OPTION_HEADER_ROW, "the number of a row");
    rows->header_last = rows->header_first;
    if (!all)
        return true;
    uint32_t first;
    bool range = strchr(all, '-') != NULL;
    if (!read_rows(all, false, &first, &last) || (!range && !row) ||
        (range && row && first != rows->header_first))
        return refuse_rows(cli, OPTION_HEADER_ROWS,
                           "rows as 7-15, or how many there are from --header-row on");
    rows->header_first = range ? first : rows->header_first;
    rows->header_last = range ? last : rows->header_first + first - 1;
    if (rows->header_last - rows->header_first >= MOST_HEADER_ROWS)
        return refuse_rows(cli, OPTION_HEADER_ROWS, "at most 100 rows");
    return true;
}

static bool any_workbook(const PathList *files) {
    for (size_t i = 0; i < files->len; i++)
        if (is_workbook_file(files->items[i]))
            return true;
    return false;
}

static bool choose_sheets(const Cli *cli, const PathList *files, ImportOptions *out) {
    static const OptionId options[] = {OPTION_SHEET, OPTION_HEADER_ROW, OPTION_HEADER_ROWS,
                                       OPTION_ROWS};
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        if (!options_text(cli->options, options[i]) || any_workbook(files))
            continue;
        diag_add(cli->session->diags, DIAG_usage, (Span){0},
                 "the option '--%s' is about workbooks, and none is to be imported",
                 option_info(options[i])->name);
        return false;
    }
    out->sheets = cli->options->lists[OPTION_SHEET].items;
    out->sheets_len = cli->options->lists[OPTION_SHEET].len;
    SheetRows *rows = &out->sheet_rows;
    if (!choose_header(cli, rows))
        return false;
    const char *records = options_text(cli->options, OPTION_ROWS);
    if (records && !read_rows(records, true, &rows->rows_first, &rows->rows_last))
        return refuse_rows(cli, OPTION_ROWS, "rows as 16-189, or 16- for all from there on");
    if (records && rows->rows_first <= rows->header_last)
        return refuse_rows(cli, OPTION_ROWS, "rows under the headings");
    return true;
}

/* ---- the import ---- */

/* "3 rows above the headings" */
static void add_left_out(StrBuf *out, uint64_t rows, const char *which) {
    if (rows == 0)
        return;
    strbuf_addf(out, "%s%llu %s%s%s",
                out->len > 0 ? ", " : "; left out: ", (unsigned long long)rows,
                rows == 1 ? "row" : "rows", *which ? " " : "", which);
}

static void add_rows(StrBuf *out, const char *what, uint32_t first, uint32_t last) {
    if (last > first)
        strbuf_addf(out, "%s rows %u to %u", what, first, last);
    else
        strbuf_addf(out, "%s row %u", what, first);
}

/* Of a sheet: what was left out, and with --verbose where things were found. */
static void add_sheet(const Import *import, const ImportedFile *file, StrBuf *out) {
    StrBuf left_out = {0};
    add_left_out(&left_out, file->above, "above the headings");
    add_left_out(&left_out, file->blank, "without a value");
    add_left_out(&left_out, file->outside, "outside --rows");
    strbuf_add(out, strbuf_text(&left_out));
    strbuf_fini(&left_out);
    if (!options_flag(import->cli->options, OPTION_VERBOSE))
        return;
    add_rows(out, " (headings:", file->found.header_first, file->found.header_last);
    if (file->rows > 0)
        add_rows(out, "; records:", file->found.rows_first, file->found.rows_last);
    strbuf_add(out, ")");
}

static void say_imported(const Import *import, const ImportedFile *file) {
    StrBuf rows = {0};
    num_print(&rows, num_of_int((int64_t)file->rows), 0, true);
    const char *did = import->options.dry_run ? "would import"
                      : file->unchanged       ? "unchanged"
                      : file->replaced        ? "replaced"
                                              : "imported";
    StrBuf from = {0}, more = {0};
    strbuf_add(&from, path_base(file->file));
    if (file->sheet) {
        strbuf_addf(&from, ", sheet '%s',", file->sheet);
        add_sheet(import, file, &more);
    }
    output_say(import->cli, "%s %s %s '%s': %s row%s%s", did, strbuf_text(&from),
               file->unchanged || file->replaced ? "in" : "into", file->table, strbuf_text(&rows),
               file->rows == 1 ? "" : "s", strbuf_text(&more));
    strbuf_fini(&rows);
    strbuf_fini(&from);
    strbuf_fini(&more);
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
        for (const ImportedFile *table = &done; code == DONE && table; table = table->next)
            say_imported(import, table);
        worst = code > worst ? code : worst;
    }
    store_import_end(&import->options);
    return worst;
}

static ExitCode reindex(const Import *import) {
    size_t tables;
    const char *store = import->options.store;
    if (store_is_server(store)) {
        diag_add(import->cli->session->diags, DIAG_usage, (Span){0},
                 "'--reindex' is for SQLite files: a PostgreSQL server keeps no columns beside the "
                 "rows");
        return EXIT_USAGE;
    }
    ExitCode code = exit_of_store(store_reindex(import->cli->session, store, &tables));
    if (code == DONE)
        output_say(import->cli, "reindexed %s: %zu table%s", path_base(store), tables,
                   tables == 1 ? "" : "s");
    return code;
}

/* --reindex writes to the store, with files to import or without. */
static bool check_reindex(const Cli *cli) {
    if (!options_flag(cli->options, OPTION_REINDEX) || !options_flag(cli->options, OPTION_DRY_RUN))
        return true;
    diag_add(cli->session->diags, DIAG_usage, (Span){0},
             "'--reindex' writes to the store, and '--dry-run' writes nothing");
    return false;
}

ExitCode cmd_import(Cli *cli) {
    static const char *const encodings[] = {"utf-8", "windows-1252"};
    Import import = {.cli = cli, .on_terminal = output_is_terminal(stderr)};
    int encoding = options_choice(cli->session, cli->options, OPTION_ENCODING, encodings, 2);
    PathList files = {0};
    size_t timeout;
    if (!check_reindex(cli) || encoding < 0 ||
        !evaluation_read_number(cli, OPTION_TIMEOUT, &timeout) || !find_data(cli, &files) ||
        !choose_sheets(cli, &files, &import.options))
        return EXIT_USAGE;
    import.options.timeout = (int)timeout;
    import.on_terminal = import.on_terminal && !options_flag(cli->options, OPTION_QUIET);
    ExitCode code = load_project(&import);
    if (code == DONE)
        code = choose_store(&import);
    if (code == DONE)
        code = choose_table(&import);
    if (code == DONE &&
        (!import_shards_understood(cli, import.options.store) ||
         !import_shards_start(cli, import.workspace.model, &import.shards, &import.options)))
        code = EXIT_USAGE;
    if (code != DONE)
        return code;
    import.options.encoding = encoding == 1 ? ENCODING_WINDOWS_1252 : ENCODING_UTF8;
    import.options.dry_run = options_flag(cli->options, OPTION_DRY_RUN);
    import.options.spec_of = spec_of;
    import.options.place_of = place_of;
    import.options.held = &import.held;
    import.options.progress = show_progress;
    import.options.context = &import;
    if (options_flag(cli->options, OPTION_DDL))
        return import_shards_print(cli, &import.options, &files);
    code = files.len > 0 ? import_files(&import, &files) : DONE;
    return code == DONE && options_flag(cli->options, OPTION_REINDEX) ? reindex(&import) : code;
}
