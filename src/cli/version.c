#include <cmark.h>
#include <expat.h>
#include <jansson.h>
#include <utf8proc.h>
#include <xxhash.h>

#include "cli/cli.h"
#include "store/libzip.h"

#ifndef KPI_VERSION
#define KPI_VERSION "0"
#endif

const char *const program_version = KPI_VERSION;
const char *const program_date = "2026-11-30";

void version_print(StrBuf *out) {
    unsigned xxhash = XXH_versionNumber();
    strbuf_addf(out, "kpic %s\n", program_version);
    int libpq = store_server_library_version();
    XML_Expat_Version expat = XML_ExpatVersionInfo();
    strbuf_addf(out,
                "SQLite %s, jansson %s, utf8proc %s, cmark %s, xxHash %u.%u.%u, libzip %s, "
                "Expat %d.%d.%d, libpq ",
                store_library_version(), jansson_version_str(), utf8proc_version(),
                cmark_version_string(), xxhash / 10000, xxhash / 100 % 100, xxhash % 100,
                libzip_open() ? "not installed" : zip_libzip_version(), expat.major, expat.minor,
                expat.micro);
    if (libpq > 0)
        strbuf_addf(out, "%d.%d\n", libpq / 10000, libpq % 10000);
    else
        strbuf_add(out, "not installed\n");
}
