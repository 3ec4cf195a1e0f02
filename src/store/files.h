/* Files and folders, as far as the store needs them: what a path is, reading, listing, removing.
 * Paths and names are UTF-8. The other places that touch the file system are SQLite's own.
 */
#ifndef STORE_FILES_H
#define STORE_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef enum PathKind {
    PATH_NONE, /* nothing there */
    PATH_FILE,
    PATH_FOLDER,
    PATH_OTHER, /* a device, a pipe, a socket */
    PATH_HIDDEN /* may be there, but cannot be asked about */
} PathKind;

/* size may be NULL. */
PathKind path_kind(const char *path, uint64_t *size);
/* The part after the last slash (for "a/b/" too: "b/"). */
const char *path_base(const char *path);
/* The file's name without folder and ending: "a/plans.csv" is "plans". */
const char *path_stem(Arena *arena, const char *path);
/* Whether the name ends so, without regard to ASCII case; `ending` has its dot. */
bool path_ends(const char *path, const char *ending);

typedef struct FileReader FileReader;
/* NULL if it cannot be opened (errno says why); folders cannot. */
FileReader *file_open(const char *path);
void file_close(FileReader *file);
size_t file_read(FileReader *file, char *into, size_t room, bool *failed);
/* Makes an empty file; false if one was there already or it cannot be made. */
bool file_create(const char *path);
bool file_remove(const char *path);

/* The names in a folder, sorted by bytes; *len is SIZE_MAX if it cannot be read (errno). */
const char *const *folder_names(Arena *arena, const char *path, size_t *len);

#endif
