#include "base/late.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

static LateHook failure_hook;

void late_on_failure(LateHook hook) {
    failure_hook = hook;
}

_Noreturn static void fail(const char *library) {
    const char *reason = dlerror();
    if (failure_hook)
        failure_hook(library, reason ? reason : "it cannot be loaded");
    abort();
}

void late_load(const char *library, const LateFunction *functions, size_t len) {
    /* It stays until the program ends. */
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        fail(library);
    for (size_t i = 0; i < len; i++) {
        void *found = dlsym(handle, functions[i].name);
        if (!found)
            fail(library);
        memcpy(functions[i].pointer, &found, sizeof found);
    }
}
