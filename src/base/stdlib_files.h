/* The language's own library (stdlib/), embedded in the library.
 *
 * The build writes the array from every stdlib/NAME.kpi, sorted by name: to add a file, put it
 * there. `use NAME` finds its text here, so that one program without its folder is enough.
 */
#ifndef BASE_STDLIB_FILES_H
#define BASE_STDLIB_FILES_H

#include <stddef.h>

typedef struct StdlibFile {
    const char *name; /* without folder and ".kpi" */
    const char *text; /* NUL-terminated */
    size_t len;
} StdlibFile;

extern const StdlibFile stdlib_files[];
extern const size_t stdlib_files_len;

#endif
