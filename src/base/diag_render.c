#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/diag_list.h"

/* A longer line is shown in part: some columns before the place, and what follows. */
#define WIDEST_LINE 160
#define WIDEST_BEFORE 60
#define NARROWEST_GUTTER 6

#define COLOUR_END "\033[0m"
#define COLOUR_PLACE "\033[1m"
#define COLOUR_ERROR "\033[1;31m"
#define COLOUR_WARNING "\033[1;35m"
#define COLOUR_NOTE "\033[1;36m"
#define COLOUR_MARK "\033[1;32m"

typedef struct Renderer {
    const Diags *diags;
    StrBuf *out;
    bool colour;
} Renderer;

static const char *severity_word(Severity severity) {
    switch (severity) {
    case SEVERITY_NOTE:
        return "note";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_ERROR:
        return "error";
    }
    return "";
}

static const char *severity_colour(Severity severity) {
    switch (severity) {
    case SEVERITY_NOTE:
        return COLOUR_NOTE;
    case SEVERITY_WARNING:
        return COLOUR_WARNING;
    case SEVERITY_ERROR:
        return COLOUR_ERROR;
    }
    return "";
}

static void colour_start(Renderer *renderer, const char *colour) {
    if (renderer->colour)
        strbuf_add(renderer->out, colour);
}

static void colour_end(Renderer *renderer) {
    if (renderer->colour)
        strbuf_add(renderer->out, COLOUR_END);
}

static void add_shown(StrBuf *out, const char *text) {
    for (size_t i = 0, len = strlen(text); i < len;) {
        ShownChar c = shown_char(text + i, len - i);
        strbuf_add_len(out, c.shown, c.shown_len);
        i += c.bytes;
    }
}

/* "FILE:LINE:COL: ", as much of it as is known. */
static void render_place(Renderer *renderer, Span at) {
    const char *name = sources_name(renderer->diags->sources, at.src);
    if (!*name)
        return;
    colour_start(renderer, COLOUR_PLACE);
    add_shown(renderer->out, name);
    if (diags_has_place(renderer->diags, at)) {
        LineCol place = sources_place(renderer->diags->sources, at.src, at.off);
        strbuf_addf(renderer->out, ":%" PRIu32 ":%" PRIu32, place.line, place.col);
    }
    strbuf_add_char(renderer->out, ':');
    colour_end(renderer);
    strbuf_add_char(renderer->out, ' ');
}

/* A line of a source measured in columns: where the span lies, and which part is shown. */
typedef struct Excerpt {
    const char *line;
    size_t len;
    size_t start, end; /* columns of the span; end is after it, on this line */
    size_t from, to;   /* columns shown */
    size_t width;
} Excerpt;

static Excerpt excerpt_measure(const Sources *sources, Span at) {
    Excerpt excerpt = {0};
    excerpt.line = sources_line(sources, at.src, at.off, &excerpt.len);
    size_t text_len;
    const char *text = sources_text(sources, at.src, &text_len);
    size_t line_off = (size_t)(excerpt.line - text);
    size_t first = at.off > line_off ? at.off - line_off : 0;
    size_t last = (size_t)at.off + at.len > line_off ? (size_t)at.off + at.len - line_off : 0;
    size_t column = 0;
    bool started = false;
    for (size_t i = 0; i < excerpt.len;) {
        ShownChar c = shown_char(excerpt.line + i, excerpt.len - i);
        if (!started && i + c.bytes > first) {
            excerpt.start = column;
            started = true;
        }
        i += c.bytes;
        column += c.width;
        if (i <= last)
            excerpt.end = column;
    }
    if (!started)
        excerpt.start = column;
    excerpt.width = column;
    if (excerpt.width > WIDEST_LINE && excerpt.start > WIDEST_BEFORE)
        excerpt.from = excerpt.start - WIDEST_BEFORE;
    excerpt.to = excerpt.from + WIDEST_LINE;
    if (excerpt.end > excerpt.to)
        excerpt.end = excerpt.to;
    return excerpt;
}

static void render_line(StrBuf *out, const Excerpt *excerpt) {
    if (excerpt->from > 0)
        strbuf_add(out, "...");
    size_t column = 0;
    for (size_t i = 0; i < excerpt->len;) {
        ShownChar c = shown_char(excerpt->line + i, excerpt->len - i);
        if (column >= excerpt->from && column < excerpt->to)
            strbuf_add_len(out, c.shown, c.shown_len);
        i += c.bytes;
        column += c.width;
    }
    if (excerpt->width > excerpt->to)
        strbuf_add(out, "...");
}

/* The line of the place, and under it the span marked: first ^ (or ~ for a note), then ~. */
static void render_excerpt(Renderer *renderer, Span at, char first) {
    if (!diags_has_place(renderer->diags, at))
        return;
    const Sources *sources = renderer->diags->sources;
    StrBuf *out = renderer->out;
    Excerpt excerpt = excerpt_measure(sources, at);
    StrBuf number = {0};
    strbuf_addf(&number, "%*" PRIu32, NARROWEST_GUTTER,
                sources_place(sources, at.src, at.off).line);
    strbuf_addf(out, "%s | ", strbuf_text(&number));
    render_line(out, &excerpt);
    strbuf_add_char(out, '\n');
    strbuf_add_times(out, ' ', number.len);
    strbuf_add(out, " | ");
    strbuf_fini(&number);
    size_t before = excerpt.start - excerpt.from + (excerpt.from > 0 ? strlen("...") : 0);
    strbuf_add_times(out, ' ', before);
    colour_start(renderer, COLOUR_MARK);
    strbuf_add_char(out, first);
    if (excerpt.end > excerpt.start + 1)
        strbuf_add_times(out, '~', excerpt.end - excerpt.start - 1);
    colour_end(renderer);
    strbuf_add_char(out, '\n');
}

static void render_diag(Renderer *renderer, const Diag *diag) {
    StrBuf *out = renderer->out;
    render_place(renderer, diag->at);
    colour_start(renderer, severity_colour(diag->severity));
    strbuf_addf(out, "%s:", severity_word(diag->severity));
    colour_end(renderer);
    strbuf_addf(out, " %s [KPI%04d]\n", diag->words, diag->info->number);
    render_excerpt(renderer, diag->at, '^');
    for (size_t i = 0; i < diag->notes.len; i++) {
        const DiagNote *note = &diag->notes.items[i];
        render_place(renderer, note->at);
        colour_start(renderer, COLOUR_NOTE);
        strbuf_add(out, "note:");
        colour_end(renderer);
        strbuf_addf(out, " %s\n", note->words);
        render_excerpt(renderer, note->at, '~');
    }
    if (diag->help) {
        colour_start(renderer, COLOUR_NOTE);
        strbuf_add(out, "help:");
        colour_end(renderer);
        strbuf_addf(out, " %s\n", diag->help);
    }
}

static size_t shown_count(const Diags *diags, size_t limit) {
    return limit > 0 && limit < diags->list.len ? limit : diags->list.len;
}

void diags_render_text(const Diags *diags, StrBuf *out, size_t limit, bool colour) {
    Renderer renderer = {diags, out, colour};
    size_t shown = shown_count(diags, limit), left = diags->list.len - shown;
    Diag **sorted = diags_sorted(diags);
    for (size_t i = 0; i < shown; i++)
        render_diag(&renderer, sorted[i]);
    memory_free(sorted);
    if (left > 0)
        strbuf_addf(out, "%zu more %s not shown\n", left,
                    left == 1 ? "message is" : "messages are");
}

static json_t *json_text(const char *text) {
    StrBuf clean = {0};
    add_shown(&clean, text);
    json_t *value = json_string(strbuf_text(&clean));
    strbuf_fini(&clean);
    return value;
}

static void json_add_place(json_t *object, const Diags *diags, Span at) {
    const char *name = sources_name(diags->sources, at.src);
    json_object_set_new(object, "file", *name ? json_text(name) : json_null());
    bool known = diags_has_place(diags, at);
    LineCol place = sources_place(diags->sources, at.src, at.off);
    json_object_set_new(object, "line", known ? json_integer(place.line) : json_null());
    json_object_set_new(object, "column", known ? json_integer(place.col) : json_null());
}

static json_t *json_of_diag(const Diags *diags, const Diag *diag) {
    json_t *object = json_object();
    json_object_set_new(object, "code", json_sprintf("KPI%04d", diag->info->number));
    json_object_set_new(object, "name", json_string(diag->info->name));
    json_object_set_new(object, "severity", json_string(severity_word(diag->severity)));
    json_add_place(object, diags, diag->at);
    json_object_set_new(object, "message", json_string(diag->words));
    json_t *notes = json_array();
    for (size_t i = 0; i < diag->notes.len; i++) {
        json_t *note = json_object();
        json_add_place(note, diags, diag->notes.items[i].at);
        json_object_set_new(note, "message", json_string(diag->notes.items[i].words));
        json_array_append_new(notes, note);
    }
    json_object_set_new(object, "notes", notes);
    json_object_set_new(object, "help", diag->help ? json_string(diag->help) : json_null());
    return object;
}

static int add_json_bytes(const char *bytes, size_t len, void *out) {
    strbuf_add_len(out, bytes, len);
    return 0;
}

void diags_render_json(const Diags *diags, StrBuf *out, size_t limit) {
    size_t shown = shown_count(diags, limit), left = diags->list.len - shown;
    Diag **sorted = diags_sorted(diags);
    json_t *array = json_array();
    for (size_t i = 0; i < shown; i++)
        json_array_append_new(array, json_of_diag(diags, sorted[i]));
    memory_free(sorted);
    if (left > 0) {
        json_t *object = json_object();
        json_object_set_new(object, "left_out", json_integer((json_int_t)left));
        json_array_append_new(array, object);
    }
    json_dump_callback(array, add_json_bytes, out, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    strbuf_add_char(out, '\n');
    json_decref(array);
}
