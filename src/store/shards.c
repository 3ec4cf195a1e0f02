#include "store/shards.h"

#include <string.h>

#include "base/vec.h"
#include "store/encoding.h"
#include "store/server.h"

typedef struct ShardReading {
    Session *session;
    uint32_t src;
    const char *text;
    size_t at, end; /* of the line that is read; blanks and remarks behind it are cut off */
    ShardList *out;
    VEC(Shard) shards;
    VEC(ShardRule) rules;
    bool ok;
} ShardReading;

/* ---- words -------------------------------------------------------------------------------------
 */

typedef struct Word {
    const char *text; /* NULL: the line has ended */
    Span at;
} Word;

static Span span_of(const ShardReading *reading, size_t from, size_t to) {
    return (Span){reading->src, (uint32_t)from, (uint32_t)(to - from)};
}

static Diag *fault(ShardReading *reading, Span at, const char *words) {
    reading->ok = false;
    return diag_add(reading->session->diags, DIAG_shards_line, at, "%s", words);
}

static void skip_blanks(ShardReading *reading) {
    while (reading->at < reading->end && is_blank(reading->text[reading->at]))
        reading->at++;
}

/* "case ""notes""" */
static Word quoted_next(ShardReading *reading) {
    size_t from = reading->at++;
    StrBuf text = {0};
    bool closed = false;
    while (reading->at < reading->end && !closed) {
        char c = reading->text[reading->at++];
        bool twice = c == '"' && reading->at < reading->end && reading->text[reading->at] == '"';
        reading->at += twice ? 1 : 0;
        closed = c == '"' && !twice;
        if (!closed)
            strbuf_add_char(&text, c);
    }
    Word word = {arena_copy_text(reading->session->arena, strbuf_text(&text), text.len),
                 span_of(reading, from, reading->at)};
    strbuf_fini(&text);
    if (!closed)
        fault(reading, word.at, "the name is in double quotes, and the second one is missing");
    return word;
}

/* A name, or one of the signs = and , */
static Word word_next(ShardReading *reading) {
    skip_blanks(reading);
    size_t from = reading->at;
    if (from == reading->end)
        return (Word){NULL, span_of(reading, from, from)};
    const char *text = reading->text;
    if (text[from] == '"')
        return quoted_next(reading);
    do
        reading->at++;
    while (reading->at < reading->end && !is_blank(text[reading->at]) &&
           !strchr("=,", text[reading->at]) && !strchr("=,", text[from]));
    return (Word){arena_copy_text(reading->session->arena, text + from, reading->at - from),
                  span_of(reading, from, reading->at)};
}

static bool is_word(const Word *word, const char *text) {
    return word->text && strcmp(word->text, text) == 0;
}

/* A name is wanted here. */
static bool name_next(ShardReading *reading, const char *what, Word *out) {
    *out = word_next(reading);
    if (out->text && !is_word(out, "=") && !is_word(out, ",") && *out->text)
        return true;
    if (reading->ok)
        fault(reading, out->at, what);
    return false;
}

static void line_ends(ShardReading *reading) {
    Word rest = word_next(reading);
    if (rest.text)
        fault(reading, rest.at, "the line should end here");
}

/* ---- lines -------------------------------------------------------------------------------------
 */

static bool good_shard_name(const char *name) {
    return name[0] >= 'a' && name[0] <= 'z' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name) &&
           strlen(name) <= SHARD_NAME_MOST && strncmp(name, "kpic_", strlen("kpic_")) != 0;
}

static void shard_take(ShardReading *reading, const Word *name) {
    Arena *arena = reading->session->arena;
    skip_blanks(reading);
    Shard shard = {name->text,
                   arena_copy_text(arena, reading->text + reading->at, reading->end - reading->at),
                   name->at};
    if (!good_shard_name(name->text))
        diag_help(fault(reading, name->at, "this cannot be the name of a shard"),
                  "small letters, digits and _, a letter first and at most %d of them, such as "
                  "north or shard_1",
                  SHARD_NAME_MOST);
    if (!*shard.address)
        diag_help(fault(reading, span_of(reading, reading->at, reading->end),
                        "the address of the shard is missing"),
                  "%s = host=HOST port=PORT dbname=DATABASE, or postgresql://HOST:PORT/DATABASE",
                  name->text);
    for (size_t i = 0; i < reading->shards.len; i++) {
        const Shard *other = &reading->shards.items[i];
        bool name_twice = strcmp(other->name, shard.name) == 0;
        if (name_twice || strcmp(other->address, shard.address) == 0)
            diag_note(fault(reading, name->at,
                            name_twice ? "two shards have this name"
                                       : "this shard has the address of another one: rows would be "
                                         "counted twice"),
                      other->at, "the other one is here");
    }
    vec_push(arena, &reading->shards, shard);
}

static void rule_take(ShardReading *reading, ShardRule rule) {
    for (size_t i = 0; i < reading->rules.len; i++)
        if (strcmp(reading->rules.items[i].table, rule.table) == 0)
            diag_note(fault(reading, rule.at, "the file speaks of this table twice"),
                      reading->rules.items[i].at, "the first time is here");
    vec_push(reading->session->arena, &reading->rules, rule);
}

static void key_take(ShardReading *reading) {
    Word source;
    if (!name_next(reading, "a source of the project should follow, as in `distribute by child`",
                   &source))
        return;
    if (reading->out->key_source)
        diag_note(fault(reading, source.at, "the file says twice what rows are distributed by"),
                  reading->out->key_at, "the first time is here");
    reading->out->key_source = source.text;
    reading->out->key_at = source.at;
    line_ends(reading);
}

static void distribute_take(ShardReading *reading) {
    static const char wanted[] = "a table should follow, as in `distribute visits by child_id`";
    Word table, by, column;
    if (!name_next(reading, wanted, &table))
        return;
    if (is_word(&table, "by") && reading->text[table.at.off] != '"') {
        key_take(reading);
        return;
    }
    by = word_next(reading);
    if (!is_word(&by, "by")) {
        fault(reading, by.at,
              "`by` and a column should follow, as in `distribute visits by "
              "child_id`");
        return;
    }
    if (!name_next(reading, "the name of a column should follow", &column))
        return;
    rule_take(reading, (ShardRule){table.text, column.text, table.at, column.at});
    line_ends(reading);
}

static void everywhere_take(ShardReading *reading) {
    for (;;) {
        Word table, comma;
        if (!name_next(reading, "a table should follow, as in `everywhere areas, population`",
                       &table))
            return;
        rule_take(reading, (ShardRule){table.text, NULL, table.at, table.at});
        comma = word_next(reading);
        if (!comma.text)
            return;
        if (!is_word(&comma, ",")) {
            fault(reading, comma.at, "a comma should stand between two tables");
            return;
        }
    }
}

static void line_take(ShardReading *reading) {
    Word first = word_next(reading), sign;
    if (!first.text)
        return;
    size_t after = reading->at;
    sign = word_next(reading);
    if (is_word(&sign, "=")) {
        shard_take(reading, &first);
        return;
    }
    reading->at = after;
    if (is_word(&first, "distribute"))
        distribute_take(reading);
    else if (is_word(&first, "everywhere"))
        everywhere_take(reading);
    else
        diag_help(fault(reading, first.at, "this line is not understood"),
                  "a line is NAME = ADDRESS, `distribute by SOURCE`, `distribute TABLE by COLUMN` "
                  "or `everywhere TABLE`");
}

/* Where the line's words end: a remark starts at a # that nothing or a blank goes before. */
static size_t words_end(const char *text, size_t from, size_t to) {
    bool quoted = false;
    size_t end = from;
    for (size_t i = from; i < to; i++) {
        if (text[i] == '#' && !quoted && (i == from || is_blank(text[i - 1])))
            break;
        quoted = quoted != (text[i] == '"');
        if (!is_blank(text[i]))
            end = i + 1;
    }
    return end;
}

/* The line is not shown: there may be a secret in it. */
static bool address_good(Session *session, const Shard *shard) {
    LineCol at = sources_place(session->sources, shard->at.src, shard->at.off);
    const char *place = arena_printf(session->arena, " in line %u of '%s'", at.line,
                                     sources_name(session->sources, shard->at.src));
    return !*shard->address || server_check_address(session, shard->address, place) == STORE_OK;
}

bool shards_parse(Session *session, const char *file, const char *text, size_t len,
                  ShardList *out) {
    ShardReading reading = {.session = session,
                            .src = sources_add(session->sources, file, text, len),
                            .text = text,
                            .out = out,
                            .ok = true};
    *out = (ShardList){.file = file};
    if (utf8_valid_prefix(text, len) < len || memchr(text, '\0', len)) {
        fault(&reading, (Span){0}, arena_printf(session->arena, "'%s' is no text in UTF-8", file));
        return false;
    }
    for (size_t from = 0, next; from < len; from = next) {
        const char *stop = memchr(text + from, '\n', len - from);
        size_t to = stop ? (size_t)(stop - text) : len;
        next = to + 1;
        bool before = reading.ok;
        reading.ok = true;
        reading.at = from;
        reading.end = words_end(text, from, to);
        line_take(&reading);
        reading.ok = reading.ok && before;
    }
    out->shards = reading.shards.items;
    out->len = reading.shards.len;
    out->rules = reading.rules.items;
    out->rules_len = reading.rules.len;
    if (reading.ok && (out->len == 0 || out->len > SHARDS_MOST))
        diag_help(fault(&reading, (Span){0},
                        arena_printf(session->arena,
                                     out->len ? "'%s' names %zu shards: at most %d can be"
                                              : "'%s' names no shard",
                                     file, out->len, SHARDS_MOST)),
                  "a line for each: NAME = host=HOST port=PORT dbname=DATABASE");
    for (size_t i = 0; i < out->len; i++)
        reading.ok = address_good(session, &out->shards[i]) && reading.ok;
    return reading.ok;
}
