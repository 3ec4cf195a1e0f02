/* Libraries that are loaded when they are first called.
 *
 * What brings others with it takes longer to load than a small run takes for its work, and most
 * runs do not need it: libzip comes with a library of ciphers. A file for each (store/late_*.c)
 * defines the library's functions under their own names, with the prototypes of its header, and
 * calls on to the library. So nobody else sees the difference, and nothing links to it.
 */
#ifndef BASE_LATE_H
#define BASE_LATE_H

#include <stddef.h>

typedef struct LateFunction {
    const char *name;
    void *pointer; /* to a pointer to the function */
} LateFunction;

/* Loads the library and finds all of its functions. Never comes back without them: the hook is
 * called with the reason, and the program aborts if the hook returns or there is none. The hook
 * belongs to cli/ (it prints and exits). */
void late_load(const char *library, const LateFunction *functions, size_t len);
typedef void (*LateHook)(const char *library, const char *reason);
void late_on_failure(LateHook hook);

/* NAME(result, function, (parameters), (arguments)), and a list of these: LIST(RESULT, NOTHING),
 * where NOTHING(function, ...) is of those that give nothing. Defines all of them, loaded by
 * `load`. */
#define LATE_POINTER(result, name, parameters, arguments) static result(*late_##name) parameters;
#define LATE_POINTER_NOTHING(name, parameters, arguments) static void(*late_##name) parameters;
#define LATE_ENTRY(result, name, parameters, arguments) {#name, &late_##name},
#define LATE_ENTRY_NOTHING(name, parameters, arguments) {#name, &late_##name},
#define LATE_CALL(result, name, parameters, arguments)                                             \
    result name parameters {                                                                       \
        late_once();                                                                               \
        return late_##name arguments;                                                              \
    }
#define LATE_CALL_NOTHING(name, parameters, arguments)                                             \
    void name parameters {                                                                         \
        late_once();                                                                               \
        late_##name arguments;                                                                     \
    }
#define LATE_LIBRARY(file, LIST)                                                                   \
    LIST(LATE_POINTER, LATE_POINTER_NOTHING)                                                       \
    static void load_it(void) {                                                                    \
        static const LateFunction functions[] = {LIST(LATE_ENTRY, LATE_ENTRY_NOTHING)};            \
        late_load(file, functions, sizeof functions / sizeof *functions);                          \
    }                                                                                              \
    static void late_once(void) {                                                                  \
        static pthread_once_t once = PTHREAD_ONCE_INIT;                                            \
        pthread_once(&once, load_it);                                                              \
    }                                                                                              \
    LIST(LATE_CALL, LATE_CALL_NOTHING)

#endif
