/* Libraries that are opened when they are first needed.
 *
 * What brings others with it takes longer to open than a small run takes for its work, and most
 * runs do without: libpq comes with some twenty libraries for encryption and directories, libzip
 * with one of ciphers. A file for each defines the library's functions under their own names, with
 * the prototypes of its header, and calls on to the library. So nobody else sees the difference,
 * and nothing links to it. A function that is newly called is missed by the linker: add its line.
 */
#ifndef BASE_LATE_H
#define BASE_LATE_H

#include <stddef.h>

typedef struct LateFunction {
    const char *name;
    void *pointer; /* to a pointer to the function */
} LateFunction;

/* Opens the library, which stays, and finds all of its functions. NULL: they are there; else why
 * not, in the system's words. */
const char *late_open(const char *library, const LateFunction *functions, size_t len);

/* RESULT(type, function, (parameters), (arguments)) and NOTHING(function, ...), of those that give
 * nothing, in a list: LIST(RESULT, NOTHING). Defines all of them, and `open`, which is called
 * before any of them, by any number of threads: as late_open(). Those that give nothing end
 * something, or nothing (NULL); they may be called even so. */
#define LATE_POINTER(type, name, parameters, arguments) static type(*late_##name) parameters;
#define LATE_POINTER_NOTHING(name, parameters, arguments) static void(*late_##name) parameters;
#define LATE_ENTRY(type, name, parameters, arguments) {#name, &late_##name},
#define LATE_ENTRY_NOTHING(name, parameters, arguments) {#name, &late_##name},
#define LATE_CALL(type, name, parameters, arguments)                                               \
    type name parameters {                                                                         \
        return late_##name arguments;                                                              \
    }
#define LATE_CALL_NOTHING(name, parameters, arguments)                                             \
    void name parameters {                                                                         \
        if (late_##name)                                                                           \
            late_##name arguments;                                                                 \
    }
#define LATE_LIBRARY(file, open, LIST)                                                             \
    LIST(LATE_POINTER, LATE_POINTER_NOTHING)                                                       \
    static const char *late_why;                                                                   \
    static void late_open_it(void) {                                                               \
        static const LateFunction functions[] = {LIST(LATE_ENTRY, LATE_ENTRY_NOTHING)};            \
        late_why = late_open(file, functions, sizeof functions / sizeof *functions);               \
    }                                                                                              \
    const char *open(void) {                                                                       \
        static pthread_once_t once = PTHREAD_ONCE_INIT;                                            \
        pthread_once(&once, late_open_it);                                                         \
        return late_why;                                                                           \
    }                                                                                              \
    LIST(LATE_CALL, LATE_CALL_NOTHING)

#endif
