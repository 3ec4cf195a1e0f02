#include <sqlite3.h>

#include "store/libpq.h"
#include "store/store.h"

const char *store_library_version(void) {
    return sqlite3_libversion();
}

int store_server_library_version(void) {
    return libpq_open() ? 0 : PQlibVersion();
}
