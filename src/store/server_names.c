/* What a server calls the columns of a file. */
#include <string.h>

#include "store/encoding.h"
#include "store/server_store.h"

/* The server cuts long names off: a name of ours, in which the place keeps them apart. */
static const char *column_name(Arena *arena, const char *whole, size_t place) {
    size_t len = strlen(whole);
    if (len <= SERVER_NAME_MOST)
        return whole;
    const char *end = arena_printf(arena, "_%zu", place + 1);
    size_t room = SERVER_NAME_MOST - strlen(end);
    return arena_printf(arena, "%.*s%s", (int)utf8_valid_prefix(whole, room), whole, end);
}

const char *const *server_column_names(Arena *arena, const char *const *header, size_t len) {
    const char **names = arena_array(arena, len, sizeof *names);
    for (size_t i = 0; i < len; i++)
        names[i] = column_name(arena, header[i], i);
    return names;
}
