#include "cli/workspace.h"

#include <string.h>

#include "base/stdlib_files.h"
#include "cli/output.h"
#include "cli/revision.h"

#define PROJECT_FILE "project.kpi"
#define ENDING ".kpi"
#define FOLDERS_UP 40

/* ---- which files ---- */

static void add_path(Session *session, PathList *out, const char *path) {
    for (size_t i = 0; i < out->len; i++)
        if (strcmp(out->items[i], path) == 0 || path_same_file(out->items[i], path))
            return;
    vec_push(session->arena, out, path);
}

/* "a/b" is in "a", "a" in ".", "." in "..", ".." in "../..". */
static const char *folder_above(Arena *arena, const char *folder) {
    size_t len = strlen(folder);
    if (strcmp(folder, ".") == 0)
        return "..";
    bool upward =
        len >= 2 && strcmp(folder + len - 2, "..") == 0 && (len == 2 || folder[len - 3] == '/');
    return upward ? arena_printf(arena, "%s/..", folder) : path_folder(arena, folder);
}

/* The folder of the project upward from a folder: ".", "..", "../.."; NULL if there is none. */
static const char *find_project(Session *session, const char *folder) {
    for (int i = 0; i < FOLDERS_UP; i++) {
        if (path_exists(path_join(session->arena, folder, PROJECT_FILE)))
            return folder;
        folder = folder_above(session->arena, folder);
    }
    return NULL;
}

bool workspace_in_project(Session *session) {
    return find_project(session, ".") != NULL;
}

static bool add_folder(Session *session, const char *folder, PathList *out) {
    PathList found = {0};
    if (!folder_find(session, folder, ENDING, &found))
        return false;
    if (found.len == 0) {
        diag_add(session->diags, DIAG_no_definitions, (Span){0},
                 "there is no %s file in the folder '%s' or below it", ENDING, folder);
        return false;
    }
    for (size_t i = 0; i < found.len; i++)
        add_path(session, out, found.items[i]);
    return true;
}

static bool add_named(Session *session, const char *path, PathList *out) {
    if (path_is_folder(path))
        return add_folder(session, path, out);
    size_t len = strlen(path), end = strlen(ENDING);
    if (path_exists(path) && (len <= end || strcmp(path + len - end, ENDING) != 0)) {
        diag_add(session->diags, DIAG_no_definitions, (Span){0},
                 "'%s' is neither a %s file nor a folder", path, ENDING);
        return false;
    }
    add_path(session, out, path);
    return true;
}

bool workspace_find(Session *session, const char *const *paths, size_t len, PathList *out) {
    bool ok = true;
    for (size_t i = 0; i < len; i++)
        ok = add_named(session, paths[i], out) && ok;
    if (len > 0)
        return ok;
    const char *folder = find_project(session, ".");
    if (folder)
        return add_folder(session, folder, out);
    Diag *diag = diag_add(session->diags, DIAG_no_project, (Span){0},
                          "there is no %s in this folder or above it", PROJECT_FILE);
    diag_help(diag, "name a %s file or a folder, or start a project with `kpic init`", ENDING);
    return false;
}

/* ---- loading ---- */

void workspace_add_text(Workspace *workspace, const char *name, const char *text, size_t len) {
    vec_push(workspace->session->arena, &workspace->files,
             parse_file(workspace->session, name, text, len));
}

bool workspace_load(Session *session, const char *const *paths, size_t len, Workspace *out) {
    *out = (Workspace){.session = session};
    if (!workspace_find(session, paths, len, &out->paths))
        return false;
    bool ok = true;
    for (size_t i = 0; i < out->paths.len; i++) {
        size_t size;
        const char *text = file_read_all(session, out->paths.items[i], &size);
        if (text)
            workspace_add_text(out, out->paths.items[i], text, size);
        ok = ok && text;
    }
    return ok;
}

static bool declares_project(const ParsedFile *file) {
    const NodeList *declarations = &node_File(file->file)->declarations;
    for (size_t i = 0; i < declarations->len; i++)
        if (declarations->items[i]->kind == NODE_PROJECT)
            return true;
    return false;
}

/* Whether only files were named, and none of them declares a project. */
static bool lacks_project(const Workspace *workspace, const char *const *named, size_t len) {
    for (size_t i = 0; i < len; i++)
        if (path_is_folder(named[i]))
            return false;
    for (size_t i = 0; i < workspace->files.len; i++)
        if (declares_project(workspace->files.items[i]))
            return false;
    return true;
}

void workspace_say_alone(Cli *cli, const Workspace *workspace) {
    const TextItems *named = &cli->options->operands;
    /* The first operand of `explain` is no path. */
    size_t first = cli->options->command == COMMAND_EXPLAIN ? 1 : 0;
    if (diags_errors(cli->session->diags) == 0 || named->len <= first ||
        !lacks_project(workspace, named->items + first, named->len - first))
        return;
    Session *session = workspace->session;
    const char *folder = find_project(session, path_folder(session->arena, named->items[first]));
    if (!folder)
        return;
    output_messages(cli);
    const char *command = command_info(cli->options->command)->name;
    if (first > 0)
        command = arena_printf(session->arena, "%s %s%s", command, named->items[0],
                               options_flag(cli->options, OPTION_PLAN) ? " --plan" : "");
    if (named->len == first + 1)
        output_say(cli,
                   "%s was read alone: name the folder of its project to read it with the rest "
                   "(kpic %s %s)",
                   named->items[first], command, folder);
    else
        output_say(cli, "These files were read without their project: name its folder (kpic %s %s)",
                   command, folder);
}

/* The `store` clause of the project, found before there is a model: the model is checked against
 * the store. */
static const Node *store_clause(const Node *file) {
    const NodeList *declarations = &node_File(file)->declarations;
    for (size_t i = 0; i < declarations->len; i++) {
        if (declarations->items[i]->kind != NODE_PROJECT)
            continue;
        const NodeList *clauses = &node_Project(declarations->items[i])->clauses;
        for (size_t j = 0; j < clauses->len; j++)
            if (clauses->items[j]->kind == NODE_TEXT_CLAUSE &&
                node_TextClause(clauses->items[j])->word == CLAUSE_STORE)
                return clauses->items[j];
    }
    return NULL;
}

const char *workspace_project_store(const Workspace *workspace) {
    Session *session = workspace->session;
    for (size_t i = 0; i < workspace->files.len; i++) {
        const ParsedFile *file = workspace->files.items[i];
        const Node *clause = store_clause(file->file);
        if (!clause || !node_TextClause(clause)->text.text)
            continue;
        const char *store = node_TextClause(clause)->text.text;
        if (store_is_server(store))
            return store;
        const char *from = path_folder(session->arena, sources_name(session->sources, file->src));
        return path_join(session->arena, from, store);
    }
    return NULL;
}

StoreResult workspace_open_store(Workspace *workspace, const char *path, TextEncoding encoding,
                                 int timeout) {
    workspace->store_path = path;
    return store_open_within(workspace->session, path, encoding, timeout, &workspace->store);
}

/* ---- analysis ---- */

static bool find_shipped(const char *name, LibraryText *out) {
    for (size_t i = 0; i < stdlib_files_len; i++)
        if (strcmp(stdlib_files[i].name, name) == 0) {
            *out = (LibraryText){stdlib_files[i].text, stdlib_files[i].len};
            return true;
        }
    return false;
}

/* `use NAME` from the shipped library, `use "path"` from beside the using file. A file that is
 * loaded already adds nothing by being used. */
static bool find_library(void *context, const char *name, const char *path, uint32_t using_src,
                         LibraryText *out, const char **shown_name) {
    Workspace *workspace = context;
    Session *session = workspace->session;
    if (name) {
        if (!find_shipped(name, out))
            return false;
        *shown_name = arena_printf(session->arena, "<%s>", name);
        return true;
    }
    if (workspace->revision)
        return revision_library(workspace, path, using_src, out, shown_name);
    const char *from = path_folder(session->arena, sources_name(session->sources, using_src));
    path = path_join(session->arena, from, path);
    *shown_name = path;
    for (size_t i = 0; i < workspace->paths.len; i++)
        if (path_same_file(workspace->paths.items[i], path)) {
            *out = (LibraryText){"", 0};
            return true;
        }
    if (!path_exists(path) || path_is_folder(path))
        return false;
    vec_push(session->arena, &workspace->paths, path);
    out->text = file_read_all(session, path, &out->len);
    return out->text != NULL;
}

void workspace_analyse(Workspace *workspace) {
    /* What this analysis reads through `use`, another must read again. */
    size_t named = workspace->paths.len;
    AnalyseOptions options = {
        .find_library = find_library,
        .context = workspace,
        .catalog = workspace->store ? store_catalog(workspace->store) : NULL,
    };
    workspace->model =
        analyse(workspace->session, workspace->files.items, workspace->files.len, &options);
    workspace->paths.len = named;
}

bool workspace_lacks_data(Workspace *workspace) {
    const Model *model = workspace->model;
    for (size_t i = 0; i < model->sources_len; i++) {
        if (workspace->store || model->sources[i]->cells)
            continue;
        Diag *diag =
            diag_add(workspace->session->diags, DIAG_no_data, (Span){0}, "no data was named");
        diag_help(diag, "give a store or a folder of CSV files, such as --data data");
        return true;
    }
    return false;
}

void workspace_close(Workspace *workspace) {
    store_close(workspace->store);
    workspace->store = NULL;
}
