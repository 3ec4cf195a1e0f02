/* The catalogue: a folder of pages, or one JSON object.
 *
 * A folder may have files of other people's making in it: pages are written over pages of an
 * earlier catalogue only, which say in their first lines what they are, and pages whose indicator
 * has gone are removed by the same sign. Everything is looked at before anything is written. */
#include <string.h>
#include <unistd.h>

#include "cli/evaluation.h"
#include "cli/output.h"
#include "docs/catalogue.h"
#include "docs/lineage.h"

#define FIRST_LINES 400 /* bytes in which the mark stands */

typedef enum DocsFormat { DOCS_HTML, DOCS_MARKDOWN, DOCS_JSON } DocsFormat;

typedef struct OutputFile {
    const char *path;
    StrBuf text;
} OutputFile;

typedef struct Writing {
    Cli *cli;
    DocsFormat format;
    const char *folder; /* NULL: JSON */
    Arena *run;
    Workspace workspace;
    Evaluation evaluation;
    VEC(OutputFile) files;
} Writing;

static Session *session_of(const Writing *w) {
    return w->cli->session;
}

static bool understands(Writing *w) {
    static const char *const formats[] = {"html", "markdown", "json"};
    int format = options_choice(session_of(w), w->cli->options, OPTION_FORMAT, formats, 3);
    if (format < 0)
        return false;
    w->format = (DocsFormat)format;
    if (w->format == DOCS_JSON)
        return true;
    w->folder = options_text(w->cli->options, OPTION_OUTPUT);
    if (w->folder && *w->folder && strcmp(w->folder, "-") != 0)
        return true;
    Diag *diag = diag_add(session_of(w)->diags, DIAG_usage, (Span){0},
                          "a catalogue is a folder of pages, and 'docs' needs its name");
    diag_help(diag, "kpic docs -o FOLDER; `--format json` is one file");
    return false;
}

/* ---- values ---- */

static bool wants_values(const Cli *cli) {
    return cli->options->given[OPTION_DATA] || cli->options->given[OPTION_PERIOD];
}

static ExitCode evaluate(Writing *w) {
    EvaluationRequest request = {.period = options_text(w->cli->options, OPTION_PERIOD),
                                 .no_store = true,
                                 .engine = {.fingerprint = true}};
    if (workspace_lacks_data(&w->workspace))
        return EXIT_USAGE;
    ExitCode code = evaluation_run(&w->workspace, w->run, &request, &w->evaluation);
    if (w->evaluation.period_found)
        evaluation_say_period(w->cli, &w->evaluation);
    return code;
}

/* ---- files ---- */

static StrBuf *add_file(Writing *w, const char *name, const char *ending) {
    const char *file = arena_printf(w->run, "%s%s", name, ending);
    OutputFile new = {.path = path_join(w->run, w->folder, file)};
    vec_push(w->run, &w->files, new);
    return &w->files.items[w->files.len - 1].text;
}

static void add_html(Writing *w, const Catalogue *catalogue) {
    docs_index_html(add_file(w, "index", ".html"), w->run, catalogue);
    for (size_t i = 0; i < catalogue->pages.len; i++) {
        const CataloguePage *page = &catalogue->pages.items[i];
        docs_page_html(add_file(w, page->file, ".html"), w->run, catalogue, page);
    }
}

static void add_markdown(Writing *w, const Catalogue *catalogue) {
    docs_index_markdown(add_file(w, "index", ".md"), w->run, catalogue);
    for (size_t i = 0; i < catalogue->pages.len; i++) {
        const CataloguePage *page = &catalogue->pages.items[i];
        docs_page_markdown(add_file(w, page->file, ".md"), w->run, catalogue, page);
        Lineage lineage;
        lineage_build(w->run, catalogue, page, &lineage);
        StrBuf *drawing = add_file(w, page->file, ".svg");
        lineage_print_svg(drawing, &lineage, page->indicator->title, ".md", true);
    }
}

/* Whether kpic made the file, so that it may write over it. */
static bool is_ours(Writing *w, const char *path) {
    size_t len;
    const char *text = file_read_all(session_of(w), path, &len);
    if (!text)
        return false;
    StrBuf start = {0};
    strbuf_add_len(&start, text, len < FIRST_LINES ? len : FIRST_LINES);
    bool ours = strstr(strbuf_text(&start), DOCS_MARK) != NULL;
    strbuf_fini(&start);
    return ours;
}

static bool nothing_in_the_way(Writing *w) {
    bool free = true;
    if (path_exists(w->folder) && !path_is_folder(w->folder)) {
        diag_add(session_of(w)->diags, DIAG_docs_in_the_way, (Span){0},
                 "'%s' is a file, and no folder", w->folder);
        return false;
    }
    for (size_t i = 0; i < w->files.len; i++) {
        const char *path = w->files.items[i].path;
        if (!path_exists(path) || (!path_is_folder(path) && is_ours(w, path)))
            continue;
        diag_add(session_of(w)->diags, DIAG_docs_in_the_way, (Span){0},
                 "'%s' is there already, and 'kpic docs' did not make it", path);
        free = false;
    }
    return free;
}

static bool is_written(const Writing *w, const char *path) {
    for (size_t i = 0; i < w->files.len; i++)
        if (strcmp(w->files.items[i].path, path) == 0)
            return true;
    return false;
}

/* Pages of an earlier catalogue that this one does not have; only beside the pages, never below. */
static bool remove_old_pages(Writing *w) {
    static const char *const endings[][2] = {{".html", NULL}, {".md", ".svg"}};
    for (size_t i = 0; i < 2 && endings[w->format][i]; i++) {
        PathList found = {0};
        if (!folder_find(session_of(w), w->folder, endings[w->format][i], &found))
            return false;
        for (size_t j = 0; j < found.len; j++) {
            const char *path = found.items[j];
            const char *beside =
                path_join(w->run, w->folder, strrchr(path, '/') ? strrchr(path, '/') + 1 : path);
            if (strcmp(beside, path) != 0 || is_written(w, path) || !is_ours(w, path))
                continue;
            if (unlink(path) == 0)
                output_say(w->cli, "removed %s: its indicator has gone", path);
        }
    }
    return true;
}

static ExitCode write_folder(Writing *w, const Catalogue *catalogue) {
    if (w->format == DOCS_HTML)
        add_html(w, catalogue);
    else
        add_markdown(w, catalogue);
    ExitCode code = nothing_in_the_way(w) ? DONE : EXIT_UNAVAILABLE;
    if (code == DONE && !folder_make(session_of(w), w->folder))
        code = EXIT_UNAVAILABLE;
    for (size_t i = 0; i < w->files.len && code == DONE; i++) {
        const OutputFile *file = &w->files.items[i];
        if (!file_replace(session_of(w), file->path, strbuf_text(&file->text), file->text.len))
            code = EXIT_UNAVAILABLE;
    }
    if (code == DONE && !remove_old_pages(w))
        code = EXIT_UNAVAILABLE;
    if (code == DONE)
        output_say(w->cli, "%zu indicator%s: %s", catalogue->pages.len,
                   catalogue->pages.len == 1 ? "" : "s", w->files.items[0].path);
    for (size_t i = 0; i < w->files.len; i++)
        strbuf_fini(&w->files.items[i].text);
    return code;
}

static ExitCode write_catalogue(Writing *w) {
    CatalogueInput input = {.session = session_of(w),
                            .model = w->workspace.model,
                            .made_by = arena_printf(w->run, "kpic %s", program_version),
                            .rows = w->evaluation.report,
                            .period = w->evaluation.plan_request.from};
    const Catalogue *catalogue = catalogue_build(w->run, &input);
    if (w->format != DOCS_JSON)
        return write_folder(w, catalogue);
    StrBuf text = {0};
    docs_json(&text, w->run, catalogue);
    bool written = output_result(w->cli, &text);
    strbuf_fini(&text);
    return written ? DONE : EXIT_UNAVAILABLE;
}

static ExitCode run(Writing *w) {
    bool values = wants_values(w->cli);
    ExitCode code = values ? evaluation_open_data(w->cli, &w->workspace) : DONE;
    if (code != DONE)
        return code;
    workspace_analyse(&w->workspace);
    if (diags_errors(session_of(w)->diags) > 0)
        return EXIT_DEFINITIONS;
    if (values)
        code = evaluate(w);
    if (values && !w->evaluation.report)
        return code;
    ExitCode written = write_catalogue(w);
    return written > code ? written : code;
}

ExitCode cmd_docs(Cli *cli) {
    Writing w = {.cli = cli, .run = arena_new()};
    const TextItems *operands = &cli->options->operands;
    EvaluationRequest periods = {.period = options_text(cli->options, OPTION_PERIOD)};
    ExitCode code = EXIT_USAGE;
    if (understands(&w) && evaluation_understands(cli->session, &periods) &&
        workspace_load(cli->session, operands->items, operands->len, &w.workspace)) {
        code = run(&w);
        workspace_say_alone(cli, &w.workspace);
        workspace_close(&w.workspace);
    }
    arena_free(w.run);
    return code;
}
