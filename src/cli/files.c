#include "cli/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/store.h"

#define FILE_CHUNK 65536
#define NEW_FILE_MODE 0666
#define PRIVATE_FILE_MODE 0600

static void fault(Session *session, DiagCode code, const char *what, const char *path) {
    const char *why = strerror(errno);
    diag_add(session->diags, code, (Span){0}, "%s '%s': %s", what, path, why);
}

/* ---- paths ---- */

bool path_is_folder(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool path_exists(const char *path) {
    struct stat info;
    return stat(path, &info) == 0;
}

bool path_same_file(const char *a, const char *b) {
    struct stat left, right;
    return stat(a, &left) == 0 && stat(b, &right) == 0 && left.st_dev == right.st_dev &&
           left.st_ino == right.st_ino;
}

const char *path_folder(Arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    return slash == path ? "/" : arena_copy_text(arena, path, (size_t)(slash - path));
}

const char *path_join(Arena *arena, const char *folder, const char *name) {
    if (name[0] == '/' || strcmp(folder, ".") == 0)
        return name;
    size_t len = strlen(folder);
    const char *between = len > 0 && folder[len - 1] == '/' ? "" : "/";
    return arena_printf(arena, "%s%s%s", folder, between, name);
}

/* ---- reading ---- */

const char *file_read_all(Session *session, const char *path, size_t *len) {
    bool standard = strcmp(path, "-") == 0;
    if (!standard && path_is_folder(path)) {
        errno = EISDIR;
        fault(session, DIAG_file_unreadable, "cannot read", path);
        return NULL;
    }
    FILE *file = standard ? stdin : fopen(path, "rb");
    if (!file) {
        fault(session, DIAG_file_unreadable, "cannot read", path);
        return NULL;
    }
    StrBuf text = {0};
    char chunk[FILE_CHUNK];
    size_t got;
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
        strbuf_add_len(&text, chunk, got);
    bool failed = ferror(file) != 0;
    if (failed)
        fault(session, DIAG_file_unreadable, "cannot read", path);
    if (!standard)
        fclose(file);
    *len = text.len;
    const char *result =
        failed ? NULL : arena_copy_text(session->arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return result;
}

static int name_order(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static bool folder_list(Session *session, const char *folder, PathList *names) {
    DIR *dir = opendir(folder);
    if (!dir) {
        fault(session, DIAG_file_unreadable, "cannot read", folder);
        return false;
    }
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        if (entry->d_name[0] != '.')
            vec_push(session->arena, names,
                     arena_copy_text(session->arena, entry->d_name, strlen(entry->d_name)));
    closedir(dir);
    if (names->len > 1)
        qsort(names->items, names->len, sizeof *names->items, name_order);
    return true;
}

static bool ends_with(const char *name, const char *ending) {
    size_t len = strlen(name), end = strlen(ending);
    return len > end && strcmp(name + len - end, ending) == 0;
}

/* A link that leads to a folder above it would never end. */
#define DEEPEST_FOLDER 40

static bool find_below(Session *session, const char *folder, const char *ending, int depth,
                       PathList *out) {
    PathList names = {0};
    if (!folder_list(session, folder, &names))
        return false;
    bool ok = true;
    for (size_t i = 0; i < names.len; i++) {
        const char *name = names.items[i];
        const char *path = path_join(session->arena, folder, name);
        if (!path_is_folder(path)) {
            if (ends_with(name, ending))
                vec_push(session->arena, out, path);
        } else if (strcmp(name, "build") != 0 && depth < DEEPEST_FOLDER)
            ok = find_below(session, path, ending, depth + 1, out) && ok;
    }
    return ok;
}

bool folder_find(Session *session, const char *folder, const char *ending, PathList *out) {
    return find_below(session, folder, ending, 0, out);
}

/* ---- writing ---- */

/* The file that is being written beside its place: a signal removes it. */
static const char *volatile unfinished;

static void on_signal(int number) {
    const char *path = unfinished;
    if (path)
        unlink(path);
    store_cancel_running();
    /* The handler was reset: the second time ends the program as the signal should. */
    raise(number);
}

void files_clean_up_on_signals(void) {
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct sigaction before;
        /* A signal that is ignored (nohup) stays ignored. */
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            sigaction(numbers[i], &action, NULL);
    }
}

static bool write_whole(int file, const char *text, size_t len) {
    while (len > 0) {
        ssize_t written = write(file, text, len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        text += written;
        len -= (size_t)written;
    }
    return true;
}

/* Makes the new name last: what a folder holds is written with the folder. */
static void sync_folder(Session *session, const char *path) {
    int folder = open(path_folder(session->arena, path), O_RDONLY);
    if (folder < 0)
        return;
    fsync(folder);
    close(folder);
}

/* `mode` 0: as what is there. */
static void start(Session *session, const char *path, mode_t mode, FileWriting *out) {
    struct stat info;
    bool there = stat(path, &info) == 0;
    if (mode == 0)
        mode = there ? info.st_mode & 0777 : NEW_FILE_MODE;
    *out = (FileWriting){.session = session, .path = path, .to = path};
    /* A device or a pipe cannot be renamed over. */
    if (!there || S_ISREG(info.st_mode) || S_ISDIR(info.st_mode)) {
        out->to = arena_printf(session->arena, "%s.%ld.new", path, (long)getpid());
        unfinished = out->to;
    }
    out->file = open(out->to, O_WRONLY | O_CREAT | O_TRUNC, mode);
    if (out->file < 0)
        out->fault = errno;
}

void file_writing_start(Session *session, const char *path, FileWriting *out) {
    start(session, path, 0, out);
}

void file_writing_add(FileWriting *writing, const char *text, size_t len) {
    if (writing->fault == 0 && !write_whole(writing->file, text, len))
        writing->fault = errno;
}

/* The bytes on the disk, under the name that they are written to. */
static void finish(FileWriting *writing) {
    if (writing->fault == 0 && fsync(writing->file) != 0)
        writing->fault = errno;
    if (close(writing->file) != 0 && writing->fault == 0)
        writing->fault = errno;
}

bool file_writing_end(FileWriting *writing) {
    bool beside = writing->to != writing->path;
    if (writing->file >= 0)
        finish(writing);
    if (!beside && writing->fault == EINVAL) /* it has nothing to bring to a disk */
        writing->fault = 0;
    if (beside && writing->fault == 0 && rename(writing->to, writing->path) != 0)
        writing->fault = errno;
    if (writing->fault != 0) {
        errno = writing->fault;
        fault(writing->session, DIAG_write_failed, "cannot write", writing->path);
        if (beside)
            unlink(writing->to);
    }
    unfinished = NULL;
    if (beside && writing->fault == 0)
        sync_folder(writing->session, writing->path);
    return writing->fault == 0;
}

static bool replace(Session *session, const char *path, mode_t mode, const char *text, size_t len) {
    FileWriting writing;
    start(session, path, mode, &writing);
    file_writing_add(&writing, text, len);
    return file_writing_end(&writing);
}

bool file_replace(Session *session, const char *path, const char *text, size_t len) {
    return replace(session, path, 0, text, len);
}

bool file_replace_private(Session *session, const char *path, const char *text, size_t len) {
    return replace(session, path, PRIVATE_FILE_MODE, text, len);
}

bool folder_make(Session *session, const char *path) {
    if (path_is_folder(path) || mkdir(path, 0777) == 0)
        return true;
    fault(session, DIAG_write_failed, "cannot make the folder", path);
    return false;
}
