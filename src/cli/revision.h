/* Definitions as they were at a revision of git.
 *
 * In: a revision (`main`, `HEAD~1`, a tag) and a folder or file of the working tree. Out: a
 * workspace whose files are those of the revision, each called REVISION:PATH in messages; nothing
 * is written to disk and the working tree is not looked at. What they `use "path"` is read from the
 * same revision.
 *
 * The program `git` does the reading, started without a shell; a name can never become an option.
 */
#ifndef CLI_REVISION_H
#define CLI_REVISION_H

#include "cli/workspace.h"

/* DONE; else with a message: EXIT_USAGE (no such revision, no definitions there) or
 * EXIT_UNAVAILABLE (git is not there, or fails). */
ExitCode revision_load(Session *session, const char *revision, const char *path, Workspace *out);
/* The text that `use "path"` in a file of the revision means; false if there is none. */
bool revision_library(Workspace *workspace, const char *path, uint32_t using_src, LibraryText *out,
                      const char **shown_name);

#endif
