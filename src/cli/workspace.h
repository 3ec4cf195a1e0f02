/* The definitions of one run: which files, parsed and analysed, and the store that goes with them.
 *
 * In: paths as given, or none (then the project is looked for upward). Out: a Model, and an open
 * store if the command wants one. A file is read once, however often it is named, included by `use`
 * or found in a folder.
 */
#ifndef CLI_WORKSPACE_H
#define CLI_WORKSPACE_H

#include "cli/cli.h"
#include "cli/files.h"
#include "sema/analyse.h"

typedef struct Workspace {
    Session *session;
    PathList paths; /* of the files, as messages show them */
    VEC(ParsedFile *) files;
    const Model *model;
    Store *store; /* NULL: none was opened */
    const char *store_path;
    const char *revision; /* NULL: of the disk; else as the user wrote it, and its commit, from
                             which `use "path"` is read too (revision.h) */
    const char *commit;
} Workspace;

/* Whether the current folder is in a project. */
bool workspace_in_project(Session *session);
/* The .kpi files that paths stand for; with no path those of the project that the current folder is
 * in. False with a message if there are none or a folder cannot be read. */
bool workspace_find(Session *session, const char *const *paths, size_t len, PathList *out);
/* Finds and parses. What a file says wrong is in the session's messages; false only if the files
 * cannot be found or read. */
bool workspace_load(Session *session, const char *const *paths, size_t len, Workspace *out);
/* Adds a text under a name (kpi.h, and tests). */
void workspace_add_text(Workspace *workspace, const char *name, const char *text, size_t len);
/* The store that the project names, as seen from here; NULL if it names none. */
const char *workspace_project_store(const Workspace *workspace);
/* Opens a store; its catalogue then checks the names of tables and columns. */
StoreResult workspace_open_store(Workspace *workspace, const char *path, TextEncoding encoding,
                                 int timeout);
/* Files to model; with the store's catalogue if one is open. */
void workspace_analyse(Workspace *workspace);
/* After errors: if only files of a project were named, and not the file that declares it, shows the
 * messages and then says how to read them together. */
void workspace_say_alone(Cli *cli, const Workspace *workspace);
/* Whether a source's rows are in a store and none was opened; with a message. */
bool workspace_lacks_data(Workspace *workspace);
void workspace_close(Workspace *workspace);

#endif
