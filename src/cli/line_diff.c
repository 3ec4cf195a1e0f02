#include "cli/line_diff.h"

#include <stdbool.h>
#include <string.h>

#include "base/vec.h"

#define CONTEXT 3
/* Edits that are looked for; beyond it the texts have little in common. */
#define MOST_EDITS 1000

typedef struct Line {
    const char *text;
    size_t len;   /* with its end */
    bool has_end; /* false: the text's last line lacks one */
} Line;

typedef VEC(Line) LineList;

typedef enum EditKind { EDIT_KEEP, EDIT_REMOVE, EDIT_ADD } EditKind;

typedef struct Edit {
    EditKind kind;
    Line line;
} Edit;

typedef VEC(Edit) EditList;

static LineList lines_of(Arena *arena, const char *text) {
    LineList lines = {0};
    while (*text) {
        size_t len = strcspn(text, "\n");
        bool has_end = text[len] == '\n';
        Line line = {text, len + has_end, has_end};
        vec_push(arena, &lines, line);
        text += line.len;
    }
    return lines;
}

static bool same_line(Line a, Line b) {
    return a.len == b.len && memcmp(a.text, b.text, a.len) == 0;
}

static void add_edits(Arena *arena, EditList *edits, EditKind kind, const Line *lines, size_t len) {
    for (size_t i = 0; i < len; i++) {
        Edit edit = {kind, lines[i]};
        vec_push(arena, edits, edit);
    }
}

/* ---- the shortest script ---- */

/* The furthest line of `a` reached on each diagonal, for each number of edits. */
typedef struct Trace {
    const Line *a, *b;
    long a_len, b_len;
    long edits;    /* found with so many; -1: given up */
    long *reached; /* of d edits: [d * (d + 1) + k], k from -d to d */
} Trace;

static long *reached_at(const Trace *trace, long d, long k) {
    return &trace->reached[d * (d + 1) + k];
}

/* Where diagonal k starts after its d-th edit: from a line added (k - 1 removes) or removed. */
static bool came_by_adding(const Trace *trace, long d, long k) {
    if (k == -d)
        return true;
    return k != d && *reached_at(trace, d - 1, k - 1) < *reached_at(trace, d - 1, k + 1);
}

static long step(const Trace *trace, long d, long k) {
    if (d == 0)
        return 0;
    return came_by_adding(trace, d, k) ? *reached_at(trace, d - 1, k + 1)
                                       : *reached_at(trace, d - 1, k - 1) + 1;
}

static void trace_find(Arena *arena, Trace *trace) {
    long most = trace->a_len + trace->b_len;
    most = most < MOST_EDITS ? most : MOST_EDITS;
    trace->reached = arena_array(arena, (size_t)((most + 1) * (most + 2)), sizeof(long));
    for (long d = 0; d <= most; d++)
        for (long k = -d; k <= d; k += 2) {
            long x = step(trace, d, k);
            while (x < trace->a_len && x - k < trace->b_len &&
                   same_line(trace->a[x], trace->b[x - k]))
                x++;
            *reached_at(trace, d, k) = x;
            if (x >= trace->a_len && x - k >= trace->b_len) {
                trace->edits = d;
                return;
            }
        }
    trace->edits = -1;
}

/* The script backwards from the ends of both. */
static void trace_read(Arena *arena, const Trace *trace, EditList *edits) {
    EditList backwards = {0};
    long x = trace->a_len, y = trace->b_len;
    for (long d = trace->edits; d >= 0; d--) {
        long k = x - y, start = step(trace, d, k);
        while (x > start) {
            x--;
            y--;
            add_edits(arena, &backwards, EDIT_KEEP, &trace->a[x], 1);
        }
        if (d == 0)
            break;
        if (came_by_adding(trace, d, k))
            add_edits(arena, &backwards, EDIT_ADD, &trace->b[--y], 1);
        else
            add_edits(arena, &backwards, EDIT_REMOVE, &trace->a[--x], 1);
    }
    for (size_t i = backwards.len; i-- > 0;)
        vec_push(arena, edits, backwards.items[i]);
}

static EditList edits_of(Arena *arena, const LineList *a, const LineList *b) {
    size_t before = 0, after = 0;
    size_t shorter = a->len < b->len ? a->len : b->len;
    while (before < shorter && same_line(a->items[before], b->items[before]))
        before++;
    while (after < shorter - before &&
           same_line(a->items[a->len - 1 - after], b->items[b->len - 1 - after]))
        after++;
    EditList edits = {0};
    Trace trace = {.a = a->items + before,
                   .b = b->items + before,
                   .a_len = (long)(a->len - before - after),
                   .b_len = (long)(b->len - before - after)};
    add_edits(arena, &edits, EDIT_KEEP, a->items, before);
    trace_find(arena, &trace);
    if (trace.edits >= 0)
        trace_read(arena, &trace, &edits);
    else {
        add_edits(arena, &edits, EDIT_REMOVE, trace.a, (size_t)trace.a_len);
        add_edits(arena, &edits, EDIT_ADD, trace.b, (size_t)trace.b_len);
    }
    add_edits(arena, &edits, EDIT_KEEP, a->items + a->len - after, after);
    return edits;
}

/* ---- hunks ---- */

static void add_line(StrBuf *out, char mark, Line line) {
    strbuf_add_char(out, mark);
    strbuf_add_len(out, line.text, line.len);
    if (!line.has_end)
        strbuf_add(out, "\n\\ No newline at end of file\n");
}

/* "12,3"; a range of no lines is named by the line before it. */
static void add_range(StrBuf *out, char mark, size_t before, size_t len) {
    strbuf_addf(out, "%c%zu", mark, len > 0 ? before + 1 : before);
    if (len != 1)
        strbuf_addf(out, ",%zu", len);
}

/* The edits [from, to); `old_line` and `new_line` are the lines of each text before them. */
static void add_hunk(StrBuf *out, const EditList *edits, size_t from, size_t to, size_t old_line,
                     size_t new_line) {
    size_t old_len = 0, new_len = 0;
    for (size_t i = from; i < to; i++) {
        old_len += edits->items[i].kind != EDIT_ADD;
        new_len += edits->items[i].kind != EDIT_REMOVE;
    }
    strbuf_add(out, "@@ ");
    add_range(out, '-', old_line, old_len);
    strbuf_add_char(out, ' ');
    add_range(out, '+', new_line, new_len);
    strbuf_add(out, " @@\n");
    for (size_t i = from; i < to; i++)
        add_line(out, " -+"[edits->items[i].kind], edits -> items[i].line);
}

/* The end of the hunk that starts at `from`: past the last change that has no more than twice the
 * context before the next one, and the context after it. */
static size_t hunk_end(const EditList *edits, size_t from) {
    size_t kept = 0, end = from;
    for (size_t i = from; i < edits->len && kept <= 2 * CONTEXT; i++) {
        if (edits->items[i].kind == EDIT_KEEP)
            kept++;
        else {
            kept = 0;
            end = i + 1;
        }
    }
    end += CONTEXT;
    return end < edits->len ? end : edits->len;
}

static void add_hunks(StrBuf *out, const EditList *edits) {
    size_t old_line = 0, new_line = 0;
    for (size_t i = 0, shown = 0; i < edits->len; i++) {
        if (i >= shown && edits->items[i].kind != EDIT_KEEP) {
            size_t context = i - shown < CONTEXT ? i - shown : CONTEXT;
            shown = hunk_end(edits, i);
            add_hunk(out, edits, i - context, shown, old_line - context, new_line - context);
        }
        old_line += edits->items[i].kind != EDIT_ADD;
        new_line += edits->items[i].kind != EDIT_REMOVE;
    }
}

void line_diff(StrBuf *out, const char *old_name, const char *old_text, const char *new_name,
               const char *new_text) {
    if (strcmp(old_text, new_text) == 0)
        return;
    Arena *arena = arena_new();
    LineList a = lines_of(arena, old_text), b = lines_of(arena, new_text);
    EditList edits = edits_of(arena, &a, &b);
    strbuf_addf(out, "--- %s\n+++ %s\n", old_name, new_name);
    add_hunks(out, &edits);
    arena_free(arena);
}
