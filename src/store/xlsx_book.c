#include "store/xlsx_book.h"

#include <string.h>

#include "base/vec.h"
#include "store/encoding.h"
#include "store/xlsx_xml.h"

typedef struct Relation {
    const char *id, *type;
    int64_t part; /* -1: outside, or not there */
} Relation;

typedef VEC(Relation) Relations;

typedef struct Format {
    unsigned id;
    XlsxKind kind;
} Format;

struct XlsxBook {
    XlsxPackage *package;
    Arena *arena;
    int64_t workbook, styles, texts_part; /* -1: not there */
    Relations relations;                  /* of the workbook */
    VEC(XlsxSheet) sheets;
    bool from_1904;
    VEC(Format) formats;
    uint8_t *kinds; /* of each style */
    size_t kinds_len, kinds_cap;
    bool texts_read;
    StrBuf text;  /* of all shared texts */
    size_t *ends; /* where each of them ends */
    size_t ends_len, ends_cap;
    XlsxText *texts;
};

/* ---- small things ---------------------------------------------------------------------------- */

static bool ends_with(const char *text, const char *ending) {
    size_t len = strlen(text), ending_len = strlen(ending);
    return len >= ending_len && strcmp(text + len - ending_len, ending) == 0;
}

static bool digits_read(const char *text, size_t len, uint64_t *out) {
    *out = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9' || *out > UINT32_MAX)
            return false;
        *out = *out * 10 + (uint64_t)(text[i] - '0');
    }
    return len > 0;
}

/* An attribute that is a number; `otherwise` if it is not there or none. */
static uint64_t attribute_number(const char *const *attributes, const char *name,
                                 uint64_t otherwise) {
    const char *text = xlsx_xml_attribute(attributes, name);
    uint64_t value;
    return text && digits_read(text, strlen(text), &value) ? value : otherwise;
}

static bool attribute_is_true(const char *const *attributes, const char *name) {
    const char *text = xlsx_xml_attribute(attributes, name);
    return text && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0);
}

static void *grown(void *items, size_t len, size_t *cap, size_t size) {
    if (len < *cap)
        return items;
    *cap = *cap ? *cap * 2 : 64;
    return memory_resize(items, *cap * size);
}

/* One reading of one part into the book. */
typedef struct Reading {
    XlsxBook *book;
    XmlReader *xml;
    const char *folder; /* of the part whose relations are read */
    Relations *relations;
    bool inside; /* the list that is looked for */
    bool in_text, in_run;
} Reading;

static bool list_full(Reading *reading, size_t len, const char *what) {
    const XlsxLimits *limits = xlsx_package_limits(reading->book->package);
    if (len < limits->texts)
        return false;
    xlsx_xml_refuse(reading->xml, DIAG_xlsx_too_large, "has more than %zu %s", limits->texts, what);
    return true;
}

static StoreResult part_read(XlsxBook *book, Faults *faults, int64_t part,
                             const XmlHandlers *handlers, Reading *reading) {
    reading->book = book;
    reading->xml = xlsx_xml_open(book->package, faults, part, handlers, reading);
    return xlsx_xml_read(reading->xml);
}

/* ---- relations ------------------------------------------------------------------------------- */

/* "xl/" and "../a/./b.xml" are "a/b.xml"; a target that starts with a slash starts at the top. */
static const char *target_path(Arena *arena, const char *folder, const char *target) {
    char *path = arena_printf(arena, "%s%s", target[0] == '/' ? "" : folder, target);
    char *to = path;
    for (const char *from = path; *from;) {
        size_t len = strcspn(from, "/");
        bool slash = from[len] == '/';
        if (len == 2 && memcmp(from, "..", 2) == 0) {
            if (to > path)
                to--;
            while (to > path && to[-1] != '/')
                to--;
        } else if (len > 0 && !(len == 1 && from[0] == '.')) {
            memmove(to, from, len);
            to += len;
            if (slash)
                *to++ = '/';
        }
        from += len + slash;
    }
    *to = '\0';
    return path;
}

static void relation_start(void *context, unsigned depth, const char *name,
                           const char *const *attributes) {
    Reading *reading = context;
    if (depth != 2 || strcmp(name, "Relationship") != 0 ||
        list_full(reading, reading->relations->len, "relationships"))
        return;
    Arena *arena = reading->book->arena;
    const char *id = xlsx_xml_attribute(attributes, "Id");
    const char *type = xlsx_xml_attribute(attributes, "Type");
    const char *target = xlsx_xml_attribute(attributes, "Target");
    const char *mode = xlsx_xml_attribute(attributes, "TargetMode");
    if (!id || !type || !target)
        return;
    Relation relation = {arena_copy_text(arena, id, strlen(id)),
                         arena_copy_text(arena, type, strlen(type)), -1};
    if (!mode || strcmp(mode, "External") != 0)
        relation.part =
            xlsx_package_find(reading->book->package, target_path(arena, reading->folder, target));
    vec_push(arena, reading->relations, relation);
}

static StoreResult relations_read(XlsxBook *book, Faults *faults, int64_t part, const char *folder,
                                  Relations *out) {
    static const XmlHandlers handlers = {.start = relation_start};
    Reading reading = {.folder = folder, .relations = out};
    return part_read(book, faults, part, &handlers, &reading);
}

static int64_t relation_of_type(const Relations *relations, const char *ending) {
    for (size_t i = 0; i < relations->len; i++)
        if (ends_with(relations->items[i].type, ending) && relations->items[i].part >= 0)
            return relations->items[i].part;
    return -1;
}

/* ---- the workbook ---------------------------------------------------------------------------- */

static StoreResult not_a_workbook(Faults *faults, const char *what) {
    Diag *diag = faults_add(faults, DIAG_xlsx_not_a_workbook, "%s", what);
    if (diag)
        diag_help(diag, "open it in a spreadsheet program and save it as .xlsx");
    return STORE_REFUSED;
}

/* Finds the part that is the workbook. */
static StoreResult workbook_find(XlsxBook *book, Faults *faults) {
    int64_t top = xlsx_package_find(book->package, "_rels/.rels");
    if (top >= 0) {
        Relations relations = {0};
        StoreResult result = relations_read(book, faults, top, "", &relations);
        if (result != STORE_OK)
            return result;
        book->workbook = relation_of_type(&relations, "/officeDocument");
    }
    if (book->workbook < 0)
        book->workbook = xlsx_package_find(book->package, "xl/workbook.xml");
    if (book->workbook >= 0 && ends_with(xlsx_package_name(book->package, book->workbook), ".bin"))
        return not_a_workbook(faults, "the workbook is of the binary form (XLSB)");
    if (book->workbook >= 0)
        return STORE_OK;
    if (xlsx_package_find(book->package, "content.xml") >= 0)
        return not_a_workbook(faults, "the file is an OpenDocument file");
    return not_a_workbook(faults, "the file is an archive without a workbook in it");
}

static const char *folder_of(Arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? arena_copy_text(arena, path, (size_t)(slash - path) + 1) : "";
}

static StoreResult workbook_relations(XlsxBook *book, Faults *faults) {
    const char *path = xlsx_package_name(book->package, book->workbook);
    const char *folder = folder_of(book->arena, path);
    const char *name = arena_printf(book->arena, "%s_rels/%s.rels", folder, path + strlen(folder));
    int64_t part = xlsx_package_find(book->package, name);
    if (part < 0) {
        faults_add(faults, DIAG_xlsx_damaged, "the part '%s' is missing", name);
        return STORE_REFUSED;
    }
    StoreResult result = relations_read(book, faults, part, folder, &book->relations);
    book->styles = relation_of_type(&book->relations, "/styles");
    book->texts_part = relation_of_type(&book->relations, "/sharedStrings");
    return result;
}

static bool sheet_known(const XlsxBook *book, const char *name, int64_t part) {
    for (size_t i = 0; i < book->sheets.len; i++)
        if (strcmp(book->sheets.items[i].name, name) == 0 ||
            (part >= 0 && book->sheets.items[i].part == part))
            return true;
    return false;
}

static void sheet_take(Reading *reading, const char *const *attributes) {
    XlsxBook *book = reading->book;
    const char *name = xlsx_xml_attribute(attributes, "name");
    const char *state = xlsx_xml_attribute(attributes, "state");
    const char *id = xlsx_xml_attribute(attributes, "id");
    if (!name || !id) {
        xlsx_xml_refuse(reading->xml, DIAG_xlsx_damaged, "lists a sheet without a name or a part");
        return;
    }
    if (book->sheets.len >= xlsx_package_limits(book->package)->entries) {
        xlsx_xml_refuse(reading->xml, DIAG_xlsx_too_large, "lists more than %zu sheets",
                        book->sheets.len);
        return;
    }
    XlsxSheet sheet = {arena_copy_text(book->arena, name, strlen(name)), -1,
                       state && strcmp(state, "visible") != 0};
    bool there = false;
    for (size_t i = 0; i < book->relations.len && !there; i++) {
        const Relation *relation = &book->relations.items[i];
        there = strcmp(relation->id, id) == 0;
        if (there && ends_with(relation->type, "/worksheet")) {
            sheet.part = relation->part;
            there = relation->part >= 0;
        }
    }
    if (!there)
        xlsx_xml_refuse(reading->xml, DIAG_xlsx_damaged, "lists the sheet '%s', which is not there",
                        name);
    else if (sheet_known(book, sheet.name, sheet.part))
        xlsx_xml_refuse(reading->xml, DIAG_xlsx_damaged, "lists the sheet '%s' twice", name);
    else
        vec_push(book->arena, &book->sheets, sheet);
}

static void workbook_start(void *context, unsigned depth, const char *name,
                           const char *const *attributes) {
    Reading *reading = context;
    if (depth == 2)
        reading->inside = strcmp(name, "sheets") == 0;
    if (depth == 2 && strcmp(name, "workbookPr") == 0)
        reading->book->from_1904 = attribute_is_true(attributes, "date1904");
    if (depth == 3 && reading->inside && strcmp(name, "sheet") == 0)
        sheet_take(reading, attributes);
}

static StoreResult workbook_read(XlsxBook *book, Faults *faults) {
    static const XmlHandlers handlers = {.start = workbook_start};
    Reading reading = {0};
    return part_read(book, faults, book->workbook, &handlers, &reading);
}

/* ---- styles ---------------------------------------------------------------------------------- */

static XlsxKind kind_of_format(const XlsxBook *book, uint64_t id) {
    for (size_t i = 0; i < book->formats.len; i++)
        if (book->formats.items[i].id == id)
            return book->formats.items[i].kind;
    return id < 164 ? xlsx_kind_of_id((unsigned)id) : XLSX_NUMBER;
}

static void format_take(Reading *reading, const char *const *attributes) {
    XlsxBook *book = reading->book;
    const char *code = xlsx_xml_attribute(attributes, "formatCode");
    Format format = {(unsigned)attribute_number(attributes, "numFmtId", 0), XLSX_NUMBER};
    /* Each style looks through them all. */
    if (book->formats.len >= xlsx_package_limits(book->package)->entries) {
        xlsx_xml_refuse(reading->xml, DIAG_xlsx_too_large, "has more than %zu number formats",
                        book->formats.len);
        return;
    }
    format.kind = xlsx_kind_of_code(code ? code : "");
    vec_push(book->arena, &book->formats, format);
}

static void style_take(Reading *reading, const char *const *attributes) {
    XlsxBook *book = reading->book;
    if (book->kinds_len >= UINT16_MAX + 1) {
        xlsx_xml_refuse(reading->xml, DIAG_xlsx_too_large, "has more than %d styles",
                        UINT16_MAX + 1);
        return;
    }
    book->kinds = grown(book->kinds, book->kinds_len, &book->kinds_cap, sizeof *book->kinds);
    book->kinds[book->kinds_len++] =
        (uint8_t)kind_of_format(book, attribute_number(attributes, "numFmtId", 0));
}

static void styles_start(void *context, unsigned depth, const char *name,
                         const char *const *attributes) {
    Reading *reading = context;
    if (depth == 2)
        reading->inside = strcmp(name, "cellXfs") == 0;
    if (depth == 3 && strcmp(name, "numFmt") == 0)
        format_take(reading, attributes);
    else if (depth == 3 && reading->inside && strcmp(name, "xf") == 0)
        style_take(reading, attributes);
}

static StoreResult styles_read(XlsxBook *book, Faults *faults) {
    static const XmlHandlers handlers = {.start = styles_start};
    Reading reading = {0};
    return book->styles < 0 ? STORE_OK : part_read(book, faults, book->styles, &handlers, &reading);
}

XlsxKind xlsx_book_kind(const XlsxBook *book, uint64_t style) {
    return style < book->kinds_len ? (XlsxKind)book->kinds[style] : XLSX_NUMBER;
}

/* ---- shared texts ---------------------------------------------------------------------------- */

/* sst > si > t, and si > r > t for runs; t in rPh says how to pronounce it, and is not the text. */
static void texts_start(void *context, unsigned depth, const char *name,
                        const char *const *attributes) {
    Reading *reading = context;
    (void)attributes;
    if (depth == 2)
        reading->inside =
            strcmp(name, "si") == 0 && !list_full(reading, reading->book->ends_len, "shared texts");
    if (depth == 3)
        reading->in_run = strcmp(name, "r") == 0;
    if (reading->inside && (depth == 3 || (depth == 4 && reading->in_run)))
        reading->in_text = strcmp(name, "t") == 0;
}

static void texts_text(void *context, const char *text, size_t len) {
    Reading *reading = context;
    if (reading->in_text)
        strbuf_add_len(&reading->book->text, text, len);
}

static void text_take(XlsxBook *book) {
    size_t start = book->ends_len > 0 ? book->ends[book->ends_len - 1] : 0;
    if (book->text.len > start)
        book->text.len = start + xlsx_unescape(book->text.text + start, book->text.len - start);
    book->ends = grown(book->ends, book->ends_len, &book->ends_cap, sizeof *book->ends);
    book->ends[book->ends_len++] = book->text.len;
}

static void texts_end(void *context, unsigned depth, const char *name) {
    Reading *reading = context;
    (void)name;
    if (depth <= 4)
        reading->in_text = false;
    if (depth == 2 && reading->inside)
        text_take(reading->book);
    if (depth == 2)
        reading->inside = false;
}

StoreResult xlsx_book_texts_read(XlsxBook *book, Faults *faults) {
    static const XmlHandlers handlers = {texts_start, texts_end, texts_text};
    if (book->texts_read || book->texts_part < 0)
        return STORE_OK;
    Reading reading = {0};
    StoreResult result = part_read(book, faults, book->texts_part, &handlers, &reading);
    if (result != STORE_OK)
        return result;
    book->texts_read = true;
    book->texts = memory_alloc(book->ends_len * sizeof *book->texts);
    static char nothing[1];
    char *text = book->text.text ? book->text.text : nothing;
    size_t start = 0;
    for (size_t i = 0; i < book->ends_len; i++) {
        book->texts[i] = (XlsxText){text + start, book->ends[i] - start};
        start = book->ends[i];
    }
    memory_free(book->ends);
    book->ends = NULL;
    return STORE_OK;
}

const XlsxText *xlsx_book_text(const XlsxBook *book, uint64_t number) {
    return book->texts && number < book->ends_len ? &book->texts[number] : NULL;
}

/* ---- the whole ------------------------------------------------------------------------------- */

StoreResult xlsx_book_take(Faults *faults, XlsxPackage *package, XlsxBook **out) {
    XlsxBook *book = memory_alloc(sizeof *book);
    *book = (XlsxBook){
        .package = package, .arena = arena_new(), .workbook = -1, .styles = -1, .texts_part = -1};
    StoreResult result = workbook_find(book, faults);
    if (result == STORE_OK)
        result = workbook_relations(book, faults);
    if (result == STORE_OK)
        result = workbook_read(book, faults);
    if (result == STORE_OK)
        result = styles_read(book, faults);
    *out = result == STORE_OK ? book : NULL;
    if (result != STORE_OK)
        xlsx_book_close(book);
    return result;
}

StoreResult xlsx_book_open(Faults *faults, const char *path, const XlsxLimits *limits,
                           XlsxBook **out) {
    XlsxPackage *package;
    *out = NULL;
    StoreResult result = xlsx_package_open(faults, path, limits, &package);
    return result == STORE_OK ? xlsx_book_take(faults, package, out) : result;
}

void xlsx_book_close(XlsxBook *book) {
    if (!book)
        return;
    xlsx_package_close(book->package);
    strbuf_fini(&book->text);
    memory_free(book->kinds);
    memory_free(book->ends);
    memory_free(book->texts);
    arena_free(book->arena);
    memory_free(book);
}

const XlsxSheet *xlsx_book_sheets(const XlsxBook *book, size_t *len) {
    *len = book->sheets.len;
    return book->sheets.items;
}

size_t xlsx_book_find(const XlsxBook *book, const char *name) {
    for (size_t i = 0; i < book->sheets.len; i++)
        if (strcmp(book->sheets.items[i].name, name) == 0)
            return i;
    for (size_t i = 0; i < book->sheets.len; i++)
        if (same_name(book->sheets.items[i].name, name))
            return i;
    return SIZE_MAX;
}

XlsxPackage *xlsx_book_package(const XlsxBook *book) {
    return book->package;
}

bool xlsx_book_from_1904(const XlsxBook *book) {
    return book->from_1904;
}
