#include "tests/unit/scratch.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[256];
static Arena *arena;
static Session *session;

#define NOBODY 65534 /* the user that owns nothing */

void scratch_start(void) {
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/kpic-unit-XXXXXX", base && *base ? base : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chmod(folder, 0755), 0);
    arena = arena_new();
    session = session_new();
}

static void remove_all(const char *path) {
    chmod(path, 0755);
    DIR *open = opendir(path);
    if (open) {
        for (struct dirent *entry = readdir(open); entry; entry = readdir(open)) {
            if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
                continue;
            char inner[1024];
            snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
            struct stat info;
            if (lstat(inner, &info) == 0 && S_ISDIR(info.st_mode))
                remove_all(inner);
            else
                unlink(inner);
        }
        closedir(open);
    }
    rmdir(path);
}

void scratch_end(void) {
    remove_all(folder);
    session_free(session);
    arena_free(arena);
}

const char *scratch_path(const char *name) {
    return arena_printf(arena, "%s/%s", folder, name);
}

const char *scratch_write_bytes(const char *name, const char *bytes, size_t len) {
    const char *path = scratch_path(name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, len, file), len);
    ck_assert_int_eq(fclose(file), 0);
    return path;
}

const char *scratch_write(const char *name, const char *text) {
    return scratch_write_bytes(name, text, strlen(text));
}

const char *scratch_read(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    StrBuf text = {0};
    char block[4096];
    size_t got;
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        strbuf_add_len(&text, block, got);
    fclose(file);
    *len = text.len;
    const char *kept = arena_copy_text(arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return kept;
}

size_t scratch_count(void) {
    size_t count = 0;
    DIR *open = opendir(folder);
    ck_assert_ptr_nonnull(open);
    for (struct dirent *entry = readdir(open); entry; entry = readdir(open))
        count += entry->d_name[0] != '.';
    closedir(open);
    return count;
}

Session *scratch_session(void) {
    return session;
}

void scratch_forget(void) {
    session_free(session);
    session = session_new();
}

const char *scratch_messages(void) {
    StrBuf text = {0};
    diags_render_text(session->diags, &text, 0, false);
    const char *kept = arena_copy_text(arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return kept;
}

bool scratch_said(const char *words) {
    const char *messages = scratch_messages();
    if (strstr(messages, words))
        return true;
    fprintf(stderr, "wanted '%s' in:\n%s", words, messages);
    return false;
}

void scratch_lose_rights(void) {
    if (getuid() == 0)
        ck_assert_int_eq(seteuid(NOBODY), 0);
}

void scratch_regain_rights(void) {
    if (getuid() == 0)
        ck_assert_int_eq(seteuid(0), 0);
}
