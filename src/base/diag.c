#include "base/diag.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/atom.h"
#include "base/diag_list.h"

static const DiagInfo infos[] = {
#define DIAG(number, ident, severity, title, help) {number, #ident, severity, title, help},
#include "base/diag_codes.def"
#undef DIAG
};

#define INFOS_LEN (sizeof infos / sizeof infos[0])

const DiagInfo *diag_infos(size_t *len) {
    *len = INFOS_LEN;
    return infos;
}

const DiagInfo *diag_info(int number) {
    for (size_t i = 0; i < INFOS_LEN; i++)
        if (infos[i].number == number)
            return &infos[i];
    return NULL;
}

ShownChar shown_char(const char *text, size_t len) {
    utf8proc_int32_t point;
    utf8proc_ssize_t size =
        utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, &point);
    if (size <= 0)
        return (ShownChar){1, 1, "\xEF\xBF\xBD", 3};
    if (point == '\t' || point == '\n' || point == '\r')
        return (ShownChar){(size_t)size, 1, " ", 1};
    if (utf8proc_category(point) == UTF8PROC_CATEGORY_CC)
        return (ShownChar){(size_t)size, 1, "\xEF\xBF\xBD", 3};
    int width = utf8proc_charwidth(point);
    return (ShownChar){(size_t)size, width > 0 ? (size_t)width : 0, text, (size_t)size};
}

static const char *words_clean(Arena *arena, const char *before, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

static const char *words_clean(Arena *arena, const char *before, const char *format, va_list args) {
    StrBuf raw = {0}, clean = {0};
    strbuf_addv(&raw, format, args);
    strbuf_add(&clean, before);
    for (size_t i = 0; i < raw.len;) {
        ShownChar c = shown_char(raw.text + i, raw.len - i);
        strbuf_add_len(&clean, c.shown, c.shown_len);
        i += c.bytes;
    }
    const char *words = arena_copy_text(arena, strbuf_text(&clean), clean.len);
    strbuf_fini(&raw);
    strbuf_fini(&clean);
    return words;
}

Diags *diags_new(Arena *arena, const Sources *sources) {
    Diags *diags = arena_alloc(arena, sizeof *diags);
    diags->arena = arena;
    diags->sources = sources;
    return diags;
}

bool diags_has_place(const Diags *diags, Span at) {
    size_t len = 0;
    sources_text(diags->sources, at.src, &len);
    return len > 0;
}

/* The same fault, to be said once. Without a place in a text only the words tell two apart. */
static bool diag_same(const Diags *diags, const Diag *a, const Diag *b) {
    return a->info == b->info && a->at.src == b->at.src && a->at.off == b->at.off &&
           a->at.len == b->at.len &&
           (diags_has_place(diags, a->at) || strcmp(a->words, b->words) == 0);
}

static uint64_t diag_hash(const Diags *diags, const Diag *diag) {
    uint64_t hash = (uint64_t)diag->info->number;
    hash = (hash ^ diag->at.src) * UINT64_C(0x9E3779B97F4A7C15);
    hash = (hash ^ diag->at.off) * UINT64_C(0x9E3779B97F4A7C15);
    hash = (hash ^ diag->at.len) * UINT64_C(0x9E3779B97F4A7C15);
    if (!diags_has_place(diags, diag->at))
        for (const char *c = diag->words; *c; c++)
            hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
    return hash ^ (hash >> 32);
}

/* Where a message like this one stands in the table, or the free place for it. */
static Diag **table_find(const Diags *diags, Diag **table, size_t cap, const Diag *diag) {
    size_t i = (size_t)diag_hash(diags, diag) & (cap - 1);
    while (table[i] && !diag_same(diags, table[i], diag))
        i = (i + 1) & (cap - 1);
    return &table[i];
}

/* Keeps the table half empty. */
static void table_reserve(Diags *diags) {
    if (diags->list.len < diags->table_cap / 2)
        return;
    size_t cap = diags->table_cap ? diags->table_cap * 2 : 32;
    Diag **table = arena_array(diags->arena, cap, sizeof(Diag *));
    for (size_t i = 0; i < diags->list.len; i++)
        *table_find(diags, table, cap, diags->list.items[i]) = diags->list.items[i];
    diags->table = table;
    diags->table_cap = cap;
}

static void count_severity(Diags *diags, Severity severity) {
    if (severity == SEVERITY_ERROR)
        diags->errors++;
    else if (severity == SEVERITY_WARNING)
        diags->warnings++;
}

Diag *diag_add(Diags *diags, DiagCode code, Span at, const char *format, ...) {
    Diag *diag = arena_alloc(diags->arena, sizeof *diag);
    diag->arena = diags->arena;
    diag->info = diag_info((int)code);
    diag->severity = diag->info->severity;
    diag->at = at;
    va_list args;
    va_start(args, format);
    diag->words = words_clean(diags->arena, "", format, args);
    va_end(args);
    table_reserve(diags);
    Diag **place = table_find(diags, diags->table, diags->table_cap, diag);
    if (*place) {
        /* Said before. The caller may still add notes to this one; nobody shows it. */
        return diag;
    }
    *place = diag;
    diag->order = diags->list.len;
    vec_push(diags->arena, &diags->list, diag);
    count_severity(diags, diag->severity);
    return diag;
}

void diags_settle(Diags *diags, size_t first, DiagsDecide *decide, const void *context) {
    size_t kept = 0;
    if (diags->list.len == 0)
        return;
    memset(diags->table, 0, diags->table_cap * sizeof(Diag *));
    diags->errors = 0;
    diags->warnings = 0;
    for (size_t i = 0; i < diags->list.len; i++) {
        Diag *diag = diags->list.items[i];
        if (i >= first && !decide(context, diag->info, diag->at, &diag->severity))
            continue;
        diag->order = kept;
        diags->list.items[kept++] = diag;
        *table_find(diags, diags->table, diags->table_cap, diag) = diag;
        count_severity(diags, diag->severity);
    }
    diags->list.len = kept;
}

void diag_note(Diag *diag, Span at, const char *format, ...) {
    va_list args;
    va_start(args, format);
    DiagNote note = {at, words_clean(diag->arena, "", format, args)};
    va_end(args);
    vec_push(diag->arena, &diag->notes, note);
}

void diag_help(Diag *diag, const char *format, ...) {
    size_t len = diag->help ? strlen(diag->help) : 0;
    const char *join = len > 0 && diag->help[len - 1] == '?' ? " " : "; ";
    const char *before = len > 0 ? arena_printf(diag->arena, "%s%s", diag->help, join) : "";
    va_list args;
    va_start(args, format);
    diag->help = words_clean(diag->arena, before, format, args);
    va_end(args);
}

void diag_suggest(Diag *diag, const char *wanted, const char *const *names, size_t len) {
    const char *nearest = text_nearest(wanted, names, len);
    if (nearest)
        diag_help(diag, "did you mean '%s'?", nearest);
}

const DiagInfo *diags_at(const Diags *diags, size_t i, const char **words) {
    if (i >= diags->list.len)
        return NULL;
    *words = diags->list.items[i]->words;
    return diags->list.items[i]->info;
}

size_t diags_count(const Diags *diags) {
    return diags->list.len;
}

size_t diags_errors(const Diags *diags) {
    return diags->errors;
}

size_t diags_warnings(const Diags *diags) {
    return diags->warnings;
}

size_t diags_mark(const Diags *diags) {
    return diags->errors;
}

static int diag_order(const void *left, const void *right) {
    const Diag *a = *(Diag *const *)left, *b = *(Diag *const *)right;
    if (a->at.src != b->at.src)
        return a->at.src < b->at.src ? -1 : 1;
    if (a->at.off != b->at.off)
        return a->at.off < b->at.off ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order ? 1 : 0;
}

Diag **diags_sorted(const Diags *diags) {
    size_t len = diags->list.len;
    if (len == 0)
        return NULL;
    Diag **sorted = memory_alloc(len * sizeof(Diag *));
    memcpy(sorted, diags->list.items, len * sizeof(Diag *));
    qsort(sorted, len, sizeof(Diag *), diag_order);
    return sorted;
}
