#include "base/late.h"

#include <dlfcn.h>
#include <string.h>

const char *late_open(const char *library, const LateFunction *functions, size_t len) {
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; handle && i < len; i++) {
        void *found = dlsym(handle, functions[i].name);
        if (!found)
            return dlerror();
        memcpy(functions[i].pointer, &found, sizeof found);
    }
    return handle ? NULL : dlerror();
}
