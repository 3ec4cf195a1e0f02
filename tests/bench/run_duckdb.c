/* Runs the statements of a file on DuckDB and prints their rows as CSV.
 *
 *     run_duckdb LIBRARY DATABASE STATEMENTS.sql [THREADS]
 *
 * LIBRARY is DuckDB's shared library, which is opened here so that nothing needs it to be built. Of
 * its C interface only what is old and stays is used. Texts in these results need no quotes.
 */
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Rows {
    uint64_t columns, rows, changed;
    void *column_list;
    char *error;
    void *own;
} Rows;

static int (*duckdb_open)(const char *path, void **database);
static int (*duckdb_connect)(void *database, void **connection);
static int (*duckdb_query)(void *connection, const char *text, Rows *rows);
static const char *(*duckdb_error)(Rows *rows);
static uint64_t (*duckdb_row_count)(Rows *rows);
static uint64_t (*duckdb_column_count)(Rows *rows);
static char *(*duckdb_text)(Rows *rows, uint64_t column, uint64_t row);
static void (*duckdb_free)(void *memory);
static void (*duckdb_destroy)(Rows *rows);
static void (*duckdb_disconnect)(void **connection);
static void (*duckdb_close)(void **database);

static _Noreturn void fail(const char *what, const char *why) {
    fprintf(stderr, "run_duckdb: %s: %s\n", what, why ? why : "?");
    exit(1);
}

static void find(void *library, const char *name, void *function) {
    void *found = dlsym(library, name);
    if (!found)
        fail(name, dlerror());
    memcpy(function, &found, sizeof found); /* POSIX: a pointer to a function fits */
}

static void open_library(const char *path) {
    void *library = dlopen(path, RTLD_NOW);
    if (!library)
        fail(path, dlerror());
    find(library, "duckdb_open", &duckdb_open);
    find(library, "duckdb_connect", &duckdb_connect);
    find(library, "duckdb_query", &duckdb_query);
    find(library, "duckdb_result_error", &duckdb_error);
    find(library, "duckdb_row_count", &duckdb_row_count);
    find(library, "duckdb_column_count", &duckdb_column_count);
    find(library, "duckdb_value_varchar", &duckdb_text);
    find(library, "duckdb_free", &duckdb_free);
    find(library, "duckdb_destroy_result", &duckdb_destroy);
    find(library, "duckdb_disconnect", &duckdb_disconnect);
    find(library, "duckdb_close", &duckdb_close);
}

static char *read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        fail(path, "cannot be read");
    long length = ftell(file);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    rewind(file);
    if (!text || fread(text, 1, (size_t)length, file) != (size_t)length)
        fail(path, "cannot be read");
    text[length] = '\0';
    fclose(file);
    return text;
}

static void print_rows(Rows *rows) {
    uint64_t columns = duckdb_column_count(rows), count = duckdb_row_count(rows);
    for (uint64_t row = 0; row < count; row++)
        for (uint64_t column = 0; column < columns; column++) {
            char *text = duckdb_text(rows, column, row);
            printf("%s%c", text ? text : "", column + 1 < columns ? ',' : '\n');
            duckdb_free(text);
        }
}

static void run(void *connection, const char *statement, bool print) {
    Rows rows;
    if (duckdb_query(connection, statement, &rows) != 0)
        fail(statement, duckdb_error(&rows));
    if (print)
        print_rows(&rows);
    duckdb_destroy(&rows);
}

int main(int count, char **arguments) {
    if (count < 4) {
        fprintf(stderr, "usage: run_duckdb LIBRARY DATABASE STATEMENTS.sql [THREADS]\n");
        return 2;
    }
    void *database, *connection;
    open_library(arguments[1]);
    if (duckdb_open(arguments[2], &database) != 0 || duckdb_connect(database, &connection) != 0)
        fail(arguments[2], "cannot be opened");
    if (count > 4) {
        char set[64];
        snprintf(set, sizeof set, "SET threads = %.20s", arguments[4]);
        run(connection, set, false);
    }
    char *text = read_file(arguments[3]);
    for (char *at = text, *end; (end = strchr(at, ';')); at = end + 1) {
        *end = '\0';
        char *word = at + strspn(at, " \n");
        run(connection, at, strncmp(word, "WITH", 4) == 0 || strncmp(word, "SELECT", 6) == 0);
    }
    duckdb_disconnect(&connection);
    duckdb_close(&database);
    free(text);
    return 0;
}
