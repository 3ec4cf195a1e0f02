/* The files of a new project (`kpic init`): a project, a source, indicators and a little data, with
 * comments that explain them. They pass `kpic check` and give a result at once. */
#ifndef CLI_INIT_FILES_H
#define CLI_INIT_FILES_H

#include <stddef.h>

typedef struct InitFile {
    const char *path; /* below the project's folder */
    const char *text;
} InitFile;

extern const InitFile init_files[];
extern const size_t init_files_len;

#endif
