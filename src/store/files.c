#include "store/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"

PathKind path_kind(const char *path, uint64_t *size) {
    struct stat info;
    if (stat(path, &info) != 0)
        return errno == ENOENT || errno == ENOTDIR ? PATH_NONE : PATH_HIDDEN;
    if (size)
        *size = (uint64_t)info.st_size;
    if (S_ISDIR(info.st_mode))
        return PATH_FOLDER;
    return S_ISREG(info.st_mode) ? PATH_FILE : PATH_OTHER;
}

const char *path_base(const char *path) {
    size_t len = strlen(path);
    while (len > 0 && path[len - 1] == '/')
        len--;
    while (len > 0 && path[len - 1] != '/')
        len--;
    return path + len;
}

const char *path_stem(Arena *arena, const char *path) {
    const char *base = path_base(path);
    const char *dot = strrchr(base, '.');
    size_t len = dot && dot != base ? (size_t)(dot - base) : strlen(base);
    return arena_copy_text(arena, base, len);
}

static int folded(char c) {
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

bool path_ends(const char *path, const char *ending) {
    size_t len = strlen(path), ending_len = strlen(ending);
    if (len <= ending_len)
        return false;
    for (size_t i = 0; i < ending_len; i++)
        if (folded(path[len - ending_len + i]) != folded(ending[i]))
            return false;
    return true;
}

struct FileReader {
    FILE *file;
};

FileReader *file_open(const char *path) {
    FILE *handle = fopen(path, "rb");
    if (!handle)
        return NULL;
    /* Callers read large blocks: a buffer between would only copy them. */
    setvbuf(handle, NULL, _IONBF, 0);
    FileReader *file = memory_alloc(sizeof *file);
    file->file = handle;
    return file;
}

void file_close(FileReader *file) {
    if (!file)
        return;
    fclose(file->file);
    memory_free(file);
}

size_t file_read(FileReader *file, char *into, size_t room, bool *failed) {
    size_t got = fread(into, 1, room, file->file);
    if (got < room && ferror(file->file))
        *failed = true;
    return got;
}

bool file_create(const char *path) {
    int handle = open(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (handle < 0)
        return false;
    close(handle);
    return true;
}

bool file_remove(const char *path) {
    return unlink(path) == 0;
}

static int order_names(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *const *folder_names(Arena *arena, const char *path, size_t *len) {
    VEC(const char *) names = {0};
    *len = SIZE_MAX;
    DIR *folder = opendir(path);
    if (!folder)
        return NULL;
    errno = 0;
    for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        const char *name = arena_copy_text(arena, entry->d_name, strlen(entry->d_name));
        vec_push(arena, &names, name);
        errno = 0;
    }
    int error = errno;
    closedir(folder);
    if (error != 0) {
        errno = error;
        return NULL;
    }
    if (names.len > 0)
        qsort(names.items, names.len, sizeof *names.items, order_names);
    *len = names.len;
    return names.items;
}
