#include "store/libpq.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <string.h>

#define LIBRARY "libpq.so.5"

static struct {
#define LIBPQ(type, name, parameters, arguments) type(*name) parameters;
#define LIBPQ_VOID(name, parameters, arguments) void(*name) parameters;
#include "store/libpq_calls.def"
#undef LIBPQ
#undef LIBPQ_VOID
} calls;

/* Its name, and where its address belongs. */
typedef struct Call {
    const char *name;
    void *slot;
} Call;

static const Call all[] = {
#define LIBPQ(type, name, parameters, arguments) {#name, &calls.name},
#define LIBPQ_VOID(name, parameters, arguments) {#name, &calls.name},
#include "store/libpq_calls.def"
#undef LIBPQ
#undef LIBPQ_VOID
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static const char *why_not;

static void open_library(void) {
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; library && !why_not && i < sizeof all / sizeof *all; i++) {
        void *address = dlsym(library, all[i].name);
        if (!address)
            why_not = dlerror();
        memcpy(all[i].slot, &address, sizeof address);
    }
    if (!library)
        why_not = dlerror();
}

const char *libpq_open(void) {
    pthread_once(&once, open_library);
    return why_not;
}

/* ---- the functions ---- */

/* Those without a result end something, or nothing (NULL), which is done before any is begun too.
 */

#define LIBPQ(type, name, parameters, arguments)                                                   \
    type name parameters {                                                                         \
        return calls.name arguments;                                                               \
    }
#define LIBPQ_VOID(name, parameters, arguments)                                                    \
    void name parameters {                                                                         \
        if (calls.name)                                                                            \
            calls.name arguments;                                                                  \
    }
#include "store/libpq_calls.def"
