#include "store/xlsx_package.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "store/libzip.h"

#define MIB ((uint64_t)1024 * 1024)

const XlsxLimits xlsx_limits = {
    .file = 1024 * MIB,
    .part = 256 * MIB,
    .all = 1024 * MIB,
    .text = 1024 * MIB,
    .record = 16 * MIB,
    .ratio = 250,
    .ratio_from = 4 * MIB,
    .entries = 10000,
    .texts = 10000000,
    .ranges = 1000000,
    .token = MIB,
    .depth = 100,
};

struct XlsxPackage {
    const XlsxLimits *limits;
    zip_t *zip;
};

struct XlsxPart {
    zip_file_t *file;
    const char *name;
    uint64_t declared, read;
};

bool is_workbook_file(const char *name) {
    static const char *const endings[] = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (path_ends(name, endings[i]))
            return true;
    return false;
}

/* ---- what is no archive ---------------------------------------------------------------------- */

/* The first bytes of a file, and those of the folder of the old binary form. */
#define START_LEN 64
#define FOLDER_LEN 512
#define BINARY_MAGIC "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
#define SECTOR_SHIFT_AT 30
#define FOLDER_SECTOR_AT 48

static StoreResult refuse(Faults *faults, const char *what, const char *help) {
    Diag *diag = faults_add(faults, DIAG_xlsx_not_a_workbook, "%s", what);
    if (diag && help)
        diag_help(diag, "%s", help);
    return STORE_REFUSED;
}

static uint32_t number_at(const unsigned char *bytes) {
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* Where a file of the old binary form lists what is in it. */
static uint64_t binary_folder_at(const unsigned char *start) {
    unsigned shift = start[SECTOR_SHIFT_AT] == 12 ? 12 : 9;
    return ((uint64_t)number_at(start + FOLDER_SECTOR_AT) + 1) << shift;
}

static bool folder_has(const unsigned char *folder, size_t len, const char *name) {
    size_t name_len = strlen(name);
    for (size_t i = 0; i + 2 * name_len <= len; i++) {
        size_t j = 0;
        while (j < name_len && folder[i + 2 * j] == (unsigned char)name[j] &&
               folder[i + 2 * j + 1] == 0)
            j++;
        if (j == name_len)
            return true;
    }
    return false;
}

static StoreResult refuse_binary(Faults *faults, const unsigned char *folder, size_t len) {
    if (folder_has(folder, len, "EncryptedPackage"))
        return refuse(faults, "the workbook is protected by a password",
                      "open it in a spreadsheet program, take the password away, and save it");
    if (folder_has(folder, len, "Workbook") || folder_has(folder, len, "Book"))
        return refuse(faults, "the workbook is of the old binary form (XLS)",
                      "open it in a spreadsheet program and save it as .xlsx");
    return refuse(faults, "the file is of an old binary form that is not read",
                  "open it in the program that made it, and save it as .xlsx or CSV");
}

static bool starts_as_archive(const unsigned char *start, size_t len) {
    return len >= 4 && start[0] == 'P' && start[1] == 'K' &&
           (memcmp(start + 2, "\3\4", 2) == 0 || memcmp(start + 2, "\5\6", 2) == 0);
}

static bool starts_as_binary(const unsigned char *start, size_t len) {
    return len == START_LEN && memcmp(start, BINARY_MAGIC, strlen(BINARY_MAGIC)) == 0;
}

static StoreResult refuse_other(Faults *faults, size_t len) {
    if (len == 0)
        return refuse(faults, "the file is empty: no workbook is in it", NULL);
    return refuse(faults, "the file is no workbook, whatever its name says",
                  "if it is text, give it the ending .csv or .tsv");
}

/* Reads over bytes, then into `into`. */
static size_t read_at(FileReader *file, uint64_t over, unsigned char *into, size_t room) {
    bool failed = false;
    char skipped[4096];
    while (over > 0 && !failed) {
        size_t want = over < sizeof skipped ? (size_t)over : sizeof skipped;
        size_t got = file_read(file, skipped, want, &failed);
        if (got == 0)
            return 0;
        over -= got;
    }
    size_t len = 0, got = 1;
    while (len < room && got > 0 && !failed) {
        got = file_read(file, (char *)into + len, room - len, &failed);
        len += got;
    }
    return len;
}

/* Looks at the first bytes before anything else does. */
static StoreResult look_at_file(Faults *faults, const char *path, const XlsxLimits *limits) {
    uint64_t size;
    errno = 0;
    PathKind kind = path_kind(path, &size);
    if (kind != PATH_FILE)
        return fault_no_file(faults->session, path, kind);
    FileReader *file = file_open(path);
    if (!file)
        return fault_unreadable(faults->session, path, strerror(errno));
    unsigned char start[START_LEN], folder[FOLDER_LEN];
    size_t len = read_at(file, 0, start, sizeof start);
    StoreResult result = STORE_OK;
    if (starts_as_binary(start, len)) {
        uint64_t at = binary_folder_at(start);
        size_t folder_len = at < size ? read_at(file, at - len, folder, sizeof folder) : 0;
        result = refuse_binary(faults, folder, folder_len);
    } else if (!starts_as_archive(start, len)) {
        result = refuse_other(faults, len);
    } else if (size > limits->file) {
        faults_add(faults, DIAG_xlsx_too_large,
                   "the file has %" PRIu64 " bytes, more than %" PRIu64, size, limits->file);
        result = STORE_REFUSED;
    }
    file_close(file);
    return result;
}

/* ---- opening --------------------------------------------------------------------------------- */

/* What libzip found, for a file that starts as an archive does. */
static StoreResult open_failed(Faults *faults, const char *path, const zip_error_t *error) {
    int code = zip_error_code_zip(error);
    if (code == ZIP_ER_MEMORY)
        memory_alloc(SIZE_MAX); /* tells the hook of memory_on_failure, and does not return */
    if (code == ZIP_ER_OPEN || code == ZIP_ER_READ || code == ZIP_ER_SEEK)
        return fault_unreadable(faults->session, path, strerror(zip_error_code_system(error)));
    Diag *diag = faults_add(faults, DIAG_xlsx_damaged,
                            "the file is no whole archive: its list of contents is missing, cut "
                            "off, or contradicts what is in it");
    if (diag)
        diag_help(diag, "open it in a spreadsheet program and save it again");
    return STORE_REFUSED;
}

static StoreResult too_large(Faults *faults, const char *what, uint64_t have, uint64_t most) {
    Diag *diag = faults_add(faults, DIAG_xlsx_too_large,
                            "%s: %" PRIu64 ", and at most %" PRIu64 " are read", what, have, most);
    if (diag)
        diag_help(diag, "save the sheets as CSV and import those");
    return STORE_REFUSED;
}

static StoreResult check_part(const XlsxPackage *package, Faults *faults, const zip_stat_t *part) {
    const XlsxLimits *limits = package->limits;
    if (part->encryption_method != ZIP_EM_NONE)
        return refuse(faults, "the workbook is protected by a password",
                      "open it in a spreadsheet program, take the password away, and save it");
    StrBuf what = {0};
    StoreResult result = STORE_OK;
    if (part->size > limits->part) {
        strbuf_addf(&what, "the part '%s' has too many bytes", part->name);
        result = too_large(faults, strbuf_text(&what), part->size, limits->part);
    } else if (part->size > limits->ratio_from && part->comp_size < part->size / limits->ratio) {
        strbuf_addf(&what, "the part '%s' unpacks to too many times its bytes", part->name);
        result = too_large(faults, strbuf_text(&what),
                           part->size / (part->comp_size ? part->comp_size : 1), limits->ratio);
    } else if (part->comp_method != ZIP_CM_STORE && part->comp_method != ZIP_CM_DEFLATE) {
        faults_add(faults, DIAG_xlsx_damaged,
                   "the part '%s' is packed in a way that no workbook is packed in", part->name);
        result = STORE_REFUSED;
    }
    strbuf_fini(&what);
    return result;
}

static StoreResult check_parts(const XlsxPackage *package, Faults *faults) {
    const XlsxLimits *limits = package->limits;
    int64_t parts = zip_get_num_entries(package->zip, 0);
    if (parts < 0 || (uint64_t)parts > limits->entries)
        return too_large(faults, "the workbook has too many parts", (uint64_t)parts,
                         limits->entries);
    uint64_t all = 0;
    const zip_uint64_t wanted = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE |
                                ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    for (int64_t i = 0; i < parts; i++) {
        zip_stat_t part;
        zip_stat_init(&part);
        if (zip_stat_index(package->zip, (zip_uint64_t)i, 0, &part) != 0 ||
            (part.valid & wanted) != wanted) {
            faults_add(faults, DIAG_xlsx_damaged,
                       "the archive does not say what its part %" PRId64 " is", i + 1);
            return STORE_REFUSED;
        }
        StoreResult result = check_part(package, faults, &part);
        if (result != STORE_OK)
            return result;
        all += part.size;
        if (all > limits->all)
            return too_large(faults, "the parts of the workbook have too many bytes", all,
                             limits->all);
    }
    return STORE_OK;
}

static StoreResult package_take(Faults *faults, zip_t *zip, const XlsxLimits *limits,
                                XlsxPackage **out) {
    XlsxPackage *package = memory_alloc(sizeof *package);
    *package = (XlsxPackage){limits, zip};
    StoreResult result = check_parts(package, faults);
    if (result != STORE_OK) {
        xlsx_package_close(package);
        return result;
    }
    *out = package;
    return STORE_OK;
}

StoreResult xlsx_package_open(Faults *faults, const char *path, const XlsxLimits *limits,
                              XlsxPackage **out) {
    *out = NULL;
    StoreResult result = look_at_file(faults, path, limits);
    if (result != STORE_OK)
        return result;
    const char *why = libzip_open();
    if (why)
        return fault_unreadable(faults->session, path, why);
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, &code);
    if (zip)
        return package_take(faults, zip, limits, out);
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    result = open_failed(faults, path, &error);
    zip_error_fini(&error);
    return result;
}

StoreResult xlsx_package_open_bytes(Faults *faults, const void *bytes, size_t len,
                                    const XlsxLimits *limits, XlsxPackage **out) {
    *out = NULL;
    if (!starts_as_archive(bytes, len))
        return refuse_other(faults, len);
    const char *why = libzip_open();
    if (why)
        return fault_unreadable(faults->session, faults->place, why);
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes, len, 0, &error);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) : NULL;
    StoreResult result = STORE_OK;
    if (zip) {
        result = package_take(faults, zip, limits, out);
    } else {
        result = open_failed(faults, faults->place, &error);
        zip_source_free(source);
    }
    zip_error_fini(&error);
    return result;
}

void xlsx_package_close(XlsxPackage *package) {
    if (!package)
        return;
    zip_discard(package->zip);
    memory_free(package);
}

const XlsxLimits *xlsx_package_limits(const XlsxPackage *package) {
    return package->limits;
}

/* ---- parts ----------------------------------------------------------------------------------- */

int64_t xlsx_package_find(const XlsxPackage *package, const char *name) {
    int64_t exact = zip_name_locate(package->zip, name, ZIP_FL_ENC_RAW);
    return exact >= 0 ? exact : zip_name_locate(package->zip, name, ZIP_FL_NOCASE);
}

const char *xlsx_package_name(const XlsxPackage *package, int64_t part) {
    const char *name = zip_get_name(package->zip, (zip_uint64_t)part, 0);
    return name ? name : "";
}

uint64_t xlsx_package_size(const XlsxPackage *package, int64_t part) {
    zip_stat_t about;
    zip_stat_init(&about);
    return zip_stat_index(package->zip, (zip_uint64_t)part, 0, &about) == 0 ? about.size : 0;
}

static PartStep read_failed(Faults *faults, const char *name, zip_error_t *error) {
    int code = zip_error_code_zip(error);
    if (code == ZIP_ER_MEMORY)
        memory_alloc(SIZE_MAX);
    if (code == ZIP_ER_READ || code == ZIP_ER_SEEK || code == ZIP_ER_TELL) {
        fault_unreadable(faults->session, faults->place, strerror(zip_error_code_system(error)));
        return PART_UNREADABLE;
    }
    const char *why = code == ZIP_ER_CRC    ? "its checksum is wrong"
                      : code == ZIP_ER_ZLIB ? "it cannot be unpacked"
                      : code == ZIP_ER_EOF  ? "it is cut off"
                                            : "it is not what the archive says of it";
    Diag *diag = faults_add(faults, DIAG_xlsx_damaged, "the part '%s' is damaged: %s", name, why);
    if (diag)
        diag_help(diag, "open the workbook in a spreadsheet program and save it again");
    return PART_REFUSED;
}

XlsxPart *xlsx_part_open(XlsxPackage *package, Faults *faults, int64_t index) {
    const char *name = xlsx_package_name(package, index);
    zip_file_t *file = zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
    if (!file) {
        read_failed(faults, name, zip_get_error(package->zip));
        return NULL;
    }
    XlsxPart *part = memory_alloc(sizeof *part);
    *part = (XlsxPart){file, name, xlsx_package_size(package, index), 0};
    return part;
}

PartStep xlsx_part_read(XlsxPart *part, Faults *faults, char *into, size_t room, size_t *got) {
    *got = 0;
    zip_int64_t len = zip_fread(part->file, into, room);
    if (len < 0)
        return read_failed(faults, part->name, zip_file_get_error(part->file));
    part->read += (uint64_t)len;
    if (part->read > part->declared || (len == 0 && part->read < part->declared)) {
        faults_add(faults, DIAG_xlsx_damaged,
                   "the part '%s' is damaged: %s than the %" PRIu64
                   " bytes come out that the archive says it has",
                   part->name, len > 0 ? "more" : "less", part->declared);
        return PART_REFUSED;
    }
    *got = (size_t)len;
    return len > 0 ? PART_BYTES : PART_END;
}

void xlsx_part_close(XlsxPart *part) {
    if (!part)
        return;
    zip_fclose(part->file);
    memory_free(part);
}
