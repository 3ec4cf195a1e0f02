#include "cli/revision.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ENDING ".kpi"
#define PIPE_BYTES 65536

extern char **environ;

/* ---- running git ---- */

typedef enum GitResult { GIT_DONE, GIT_REFUSED, GIT_NOT_THERE } GitResult;

static bool read_all(int from, StrBuf *out) {
    char bytes[PIPE_BYTES];
    for (;;) {
        ssize_t got = read(from, bytes, sizeof bytes);
        if (got > 0)
            strbuf_add_len(out, bytes, (size_t)got);
        else if (got == 0)
            return true;
        else if (errno != EINTR)
            return false;
    }
}

static bool ended_well(pid_t child) {
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return false;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Its output to the pipe, what it complains of to nowhere: we say it in our own words. */
static int spawn_git(char *const *arguments, int to, pid_t *child) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, to, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    int fault = posix_spawnp(child, "git", &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return fault;
}

static GitResult run_git(char *const *arguments, StrBuf *out) {
    int ends[2];
    if (pipe(ends) != 0)
        return GIT_NOT_THERE;
    (void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    (void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    pid_t child;
    int fault = spawn_git(arguments, ends[1], &child);
    close(ends[1]);
    bool whole = fault == 0 && read_all(ends[0], out);
    close(ends[0]);
    if (fault != 0)
        return GIT_NOT_THERE;
    return ended_well(child) && whole ? GIT_DONE : GIT_REFUSED;
}

/* posix_spawn wants texts that could be written to, and writes to none. */
static char *argument(Session *session, const char *text) {
    return arena_copy_text(session->arena, text, strlen(text));
}

static GitResult git(Session *session, StrBuf *out, const char *const *words, size_t len) {
    char **arguments = arena_array(session->arena, len + 1, sizeof *arguments);
    for (size_t i = 0; i < len; i++)
        arguments[i] = argument(session, words[i]);
    return run_git(arguments, out);
}

static ExitCode refuse(Session *session, GitResult result, ExitCode refused, const char *what) {
    if (result == GIT_NOT_THERE) {
        Diag *diag =
            diag_add(session->diags, DIAG_git_unavailable, (Span){0}, "git could not be started");
        diag_help(diag,
                  "a revision is read by the program `git`: install it, or compare two folders");
        return EXIT_UNAVAILABLE;
    }
    diag_add(session->diags, DIAG_unknown_revision, (Span){0}, "%s", what);
    return refused;
}

/* ---- paths ---- */

static bool ends_so(const char *path) {
    size_t len = strlen(path), end = strlen(ENDING);
    return len > end && strcmp(path + len - end, ENDING) == 0;
}

/* As folder_find: names that start with a dot and folders called build are passed over. */
static bool is_passed_over(const char *path) {
    while (*path) {
        size_t len = strcspn(path, "/");
        bool folder = path[len] == '/';
        if (path[0] == '.' ||
            (folder && len == strlen("build") && strncmp(path, "build", len) == 0))
            return true;
        path += len + (folder ? 1 : 0);
    }
    return false;
}

/* "a/b/../c" is "a/c"; NULL if it leads out of the repository. */
static const char *plain_path(Arena *arena, const char *path) {
    char *out = arena_alloc(arena, strlen(path) + 2);
    size_t len = 0;
    while (*path) {
        size_t part = strcspn(path, "/");
        if (part == 2 && path[0] == '.' && path[1] == '.') {
            if (len == 0)
                return NULL;
            while (len > 0 && out[len - 1] != '/')
                len--;
            len -= len > 0 ? 1 : 0;
        } else if (part > 0 && !(part == 1 && path[0] == '.')) {
            if (len > 0)
                out[len++] = '/';
            memcpy(out + len, path, part);
            len += part;
        }
        path += part + (path[part] == '/' ? 1 : 0);
    }
    out[len] = '\0';
    return out;
}

/* ---- loading ---- */

static GitResult read_blob(Session *session, const char *commit, const char *path, StrBuf *out) {
    const char *words[] = {"git", "cat-file", "blob",
                           arena_printf(session->arena, "%s:%s", commit, path)};
    return git(session, out, words, sizeof words / sizeof *words);
}

/* The full hash: a branch that moves meanwhile changes nothing. */
static ExitCode find_commit(Session *session, const char *revision, const char **out) {
    const char *words[] = {"git", "rev-parse", "--verify", "--quiet", "--end-of-options", NULL};
    words[5] = arena_printf(session->arena, "%s^{commit}", revision);
    StrBuf text = {0};
    GitResult result = git(session, &text, words, sizeof words / sizeof *words);
    size_t len = strspn(strbuf_text(&text), "0123456789abcdef");
    *out = arena_copy_text(session->arena, strbuf_text(&text), len);
    strbuf_fini(&text);
    if (result == GIT_DONE && len > 0)
        return DONE;
    return refuse(session, result, EXIT_USAGE,
                  arena_printf(session->arena,
                               "'%s' is neither a file, nor a folder, nor a revision of git",
                               revision));
}

static ExitCode load_file(Workspace *workspace, const char *revision, const char *path) {
    Session *session = workspace->session;
    StrBuf text = {0};
    GitResult result = read_blob(session, workspace->commit, path, &text);
    const char *name = arena_printf(session->arena, "%s:%s", revision, path);
    if (result == GIT_DONE) {
        vec_push(session->arena, &workspace->paths, path);
        workspace_add_text(workspace, name,
                           arena_copy_text(session->arena, strbuf_text(&text), text.len), text.len);
    }
    strbuf_fini(&text);
    if (result == GIT_DONE)
        return DONE;
    return refuse(session, result, EXIT_UNAVAILABLE,
                  arena_printf(session->arena, "git could not read '%s'", name));
}

/* The names are those of ls-tree -z: each ends with a NUL. */
static ExitCode load_listed(Workspace *workspace, const char *revision, const StrBuf *names) {
    for (size_t at = 0; at < names->len;) {
        const char *path = arena_printf(workspace->session->arena, "%s", names->text + at);
        at += strlen(path) + 1;
        if (!ends_so(path) || is_passed_over(path))
            continue;
        ExitCode code = load_file(workspace, revision, path);
        if (code != DONE)
            return code;
    }
    return DONE;
}

ExitCode revision_load(Session *session, const char *revision, const char *path, Workspace *out) {
    *out = (Workspace){.session = session, .revision = revision};
    ExitCode code = find_commit(session, revision, &out->commit);
    if (code != DONE)
        return code;
    const char *words[] = {"git",         "--literal-pathspecs", "ls-tree",   "-r", "-z",
                           "--name-only", "--full-name",         out->commit, "--", path};
    StrBuf names = {0};
    GitResult result = git(session, &names, words, sizeof words / sizeof *words);
    code = result == GIT_DONE
               ? load_listed(out, revision, &names)
               : refuse(session, result, EXIT_USAGE,
                        arena_printf(session->arena, "git could not list '%s' at '%s'", path,
                                     revision));
    strbuf_fini(&names);
    if (code == DONE && out->files.len == 0) {
        diag_add(session->diags, DIAG_no_definitions, (Span){0},
                 "there is no %s file in '%s' at '%s'", ENDING, path, revision);
        code = EXIT_USAGE;
    }
    return code;
}

bool revision_library(Workspace *workspace, const char *path, uint32_t using_src, LibraryText *out,
                      const char **shown_name) {
    Session *session = workspace->session;
    const char *using_path = sources_name(session->sources, using_src);
    size_t prefix = strlen(workspace->revision);
    if (strncmp(using_path, workspace->revision, prefix) != 0 || using_path[prefix] != ':')
        return false;
    using_path += prefix + 1;
    const char *folder = path_folder(session->arena, using_path);
    path = plain_path(session->arena, path_join(session->arena, folder, path));
    if (!path)
        return false;
    *shown_name = arena_printf(session->arena, "%s:%s", workspace->revision, path);
    for (size_t i = 0; i < workspace->paths.len; i++)
        if (strcmp(workspace->paths.items[i], path) == 0) {
            *out = (LibraryText){"", 0};
            return true;
        }
    StrBuf text = {0};
    bool read = read_blob(session, workspace->commit, path, &text) == GIT_DONE;
    if (read) {
        vec_push(session->arena, &workspace->paths, path);
        out->text = arena_copy_text(session->arena, strbuf_text(&text), text.len);
        out->len = text.len;
    }
    strbuf_fini(&text);
    return read;
}
