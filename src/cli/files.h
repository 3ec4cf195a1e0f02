/* Files and folders for the commands: reading whole, finding definitions, writing all or nothing.
 *
 * Faults are messages in the session, with the reason of the operating system. Paths are as the
 * user wrote them, so that messages show what the user knows.
 */
#ifndef CLI_FILES_H
#define CLI_FILES_H

#include "base/session.h"
#include "base/vec.h"

typedef VEC(const char *) PathList;

/* The whole of a file ("-": standard input), NUL-terminated, in the session's arena; NULL with a
 * message. */
const char *file_read_all(Session *session, const char *path, size_t *len);
/* Every file below the folder whose name ends so, in order of their names; dotfiles and folders
 * called build are passed over. False with a message if a folder cannot be read. */
bool folder_find(Session *session, const char *folder, const char *ending, PathList *out);
/* Writes beside the file and renames: afterwards there is all of the old or all of the new, even
 * after Ctrl-C or a power cut. Keeps the permissions of what was there. */
bool file_replace(Session *session, const char *path, const char *text, size_t len);
/* The same bit by bit: start, add as often as there is something, end. Faults are told at the end.
 */
typedef struct FileWriting {
    Session *session;
    const char *path, *to; /* to: the name beside it, or the path itself of a device or a pipe */
    int file, fault;       /* fault: the errno of the first, or 0 */
} FileWriting;
void file_writing_start(Session *session, const char *path, FileWriting *out);
void file_writing_add(FileWriting *writing, const char *text, size_t len);
bool file_writing_end(FileWriting *writing);
/* As file_replace, for what is about people: the file can be read by its owner alone, whatever was
 * there.
 */
bool file_replace_private(Session *session, const char *path, const char *text, size_t len);
/* Makes a folder unless it is there. */
bool folder_make(Session *session, const char *path);

bool path_is_folder(const char *path);
bool path_exists(const char *path);
/* Whether both are there and are one file. */
bool path_same_file(const char *a, const char *b);
/* "a/b.kpi" is in "a", "b.kpi" in "." */
const char *path_folder(Arena *arena, const char *path);
/* `name` as seen from `folder`; absolute names stay, and "." is left out. */
const char *path_join(Arena *arena, const char *folder, const char *name);

/* Removes the file being written when the program is told to end (Ctrl-C). Called once. */
void files_clean_up_on_signals(void);

#endif
