#include "tests/differential/shrink.h"

#include <stdlib.h>
#include <string.h>

bool engines_differ(const char *text, const Engine *a, const Engine *b) {
    StrBuf left = {0}, right = {0};
    bool differ = outcome_of(text, a, NULL, NULL, &left) &&
                  (!outcome_of(text, b, NULL, NULL, &right) ||
                   strcmp(strbuf_text(&left), strbuf_text(&right)) != 0);
    strbuf_fini(&left);
    strbuf_fini(&right);
    return differ;
}

/* Takes the text without the bytes from `start` on, `len` of them, with `put` in their place, if
 * the engines still differ. */
static bool try_without(StrBuf *text, size_t start, size_t len, const char *put, const Engine *a,
                        const Engine *b) {
    StrBuf shorter = {0};
    strbuf_add_len(&shorter, text->text, start);
    strbuf_add(&shorter, put);
    strbuf_add(&shorter, text->text + start + len);
    bool differ = engines_differ(strbuf_text(&shorter), a, b);
    if (differ) {
        StrBuf held = *text;
        *text = shorter;
        shorter = held;
    }
    strbuf_fini(&shorter);
    return differ;
}

/* ---- lines ---- */

static size_t lines_end(const char *text, size_t start, size_t lines) {
    while (lines-- > 0 && text[start]) {
        start += strcspn(text + start, "\n");
        start += text[start] == '\n';
    }
    return start;
}

/* The months of the first line stay. */
static bool shrink_lines(StrBuf *text, size_t lines, const Engine *a, const Engine *b) {
    bool shorter = false;
    for (size_t start = lines_end(text->text, 0, 1); text->text[start];) {
        size_t end = lines_end(text->text, start, lines);
        if (try_without(text, start, end - start, "", a, b))
            shorter = true;
        else
            start = lines_end(text->text, start, 1);
    }
    return shorter;
}

/* ---- columns: the declaration and its cell in each row ---- */

static const char *cell_at(const char *line, size_t place, size_t *len) {
    const char *cell = line + strspn(line, " ");
    for (; place > 0 && *cell && *cell != '\n'; place--) {
        cell += strcspn(cell, " \n");
        cell += strspn(cell, " ");
    }
    *len = strcspn(cell, " \n");
    return cell;
}

/* Writes a block of rows without the cells of one column. */
static const char *copy_rows(StrBuf *out, const char *line, size_t place) {
    while (strncmp(line, "                ", 16) == 0) {
        size_t len, width = strcspn(line, "\n") + 1;
        const char *cell = cell_at(line, place, &len);
        strbuf_add_len(out, line, (size_t)(cell - line));
        strbuf_add_len(out, cell + len, width - (size_t)(cell - line) - len);
        line += width;
    }
    return line;
}

static bool try_column(StrBuf *text, size_t source, size_t rows, size_t place, const Engine *a,
                       const Engine *b) {
    StrBuf shorter = {0};
    char wanted[64];
    size_t len;
    const char *header = text->text + rows + strlen("    rows ");
    const char *cell = cell_at(header, place, &len);
    if (len == 0 || len > 24)
        return false;
    strbuf_addf(&shorter, "    column      %.*s ", (int)len, cell);
    memcpy(wanted, shorter.text, shorter.len + 1);
    strbuf_clear(&shorter);
    const char *declared = strstr(text->text + source, wanted);
    if (!declared || declared > text->text + rows) {
        strbuf_fini(&shorter);
        return false;
    }
    const char *after = declared + strcspn(declared, "\n") + 1;
    strbuf_add_len(&shorter, text->text, (size_t)(declared - text->text));
    strbuf_add_len(&shorter, after, (size_t)(cell - after));
    size_t rest = strcspn(cell + len, "\n") + 1;
    strbuf_add_len(&shorter, cell + len, rest);
    strbuf_add(&shorter, copy_rows(&shorter, cell + len + rest, place));
    bool differ = engines_differ(strbuf_text(&shorter), a, b);
    if (differ) {
        StrBuf held = *text;
        *text = shorter;
        shorter = held;
    }
    strbuf_fini(&shorter);
    return differ;
}

static bool shrink_columns(StrBuf *text, const Engine *a, const Engine *b) {
    bool shorter = false;
    size_t from = 0;
    for (const char *found; (found = strstr(text->text + from, "    rows  "));) {
        size_t rows = (size_t)(found - text->text), source = from;
        for (size_t place = 0; place < 12;)
            if (try_column(text, source, rows, place, a, b)) {
                shorter = true;
                found = strstr(text->text + source, "    rows  ");
                rows = (size_t)(found - text->text);
            } else {
                place++;
            }
        from = lines_end(text->text, rows, 1);
    }
    return shorter;
}

/* ---- conditions ---- */

/* From an opening bracket to after its closing one, or 0. */
static size_t bracket_end(const char *text, size_t open) {
    size_t depth = 0;
    for (size_t i = open; text[i] && text[i] != '\n'; i++) {
        depth += text[i] == '(';
        if (text[i] == ')' && --depth == 0)
            return i + 1;
    }
    return 0;
}

/* A term of `and` or `or` away, and then a bracketed part for the whole of what it stands in. */
static bool shrink_conditions(StrBuf *text, const Engine *a, const Engine *b) {
    static const char *const words[] = {" and (", " or (", " where (", "not ("};
    bool shorter = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (size_t from = 0; strstr(text->text + from, words[i]);) {
            size_t start = (size_t)(strstr(text->text + from, words[i]) - text->text);
            size_t end = bracket_end(text->text, start + strlen(words[i]) - 1);
            const char *put = i == 3 ? "1 = 1" : "";
            if (end && try_without(text, start, end - start, put, a, b))
                shorter = true;
            else
                from = start + 1;
        }
    for (size_t from = 0; strchr(text->text + from, '(');) {
        size_t start = (size_t)(strchr(text->text + from, '(') - text->text);
        size_t end = bracket_end(text->text, start);
        size_t next = end ? strspn(text->text + end, " ") : 0;
        bool first = end && (strncmp(text->text + end + next, "and (", 5) == 0 ||
                             strncmp(text->text + end + next, "or (", 4) == 0);
        size_t word = first && text->text[end + next] == 'a' ? 4 : 3;
        if (first && try_without(text, start, end + next + word - start, "", a, b))
            shorter = true;
        else
            from = start + 1;
    }
    return shorter;
}

/* ---- months ---- */

static bool try_months(StrBuf *text, int first, int last, const Engine *a, const Engine *b) {
    StrBuf line = {0};
    strbuf_addf(&line, "# from %d-%02d to %d-%02d\n", first / 12, first % 12 + 1, last / 12,
                last % 12 + 1);
    bool done = try_without(text, 0, lines_end(text->text, 0, 1), strbuf_text(&line), a, b);
    strbuf_fini(&line);
    return done;
}

static int month_at(const char *text) {
    return (int)strtol(text, NULL, 10) * 12 + (int)strtol(text + 5, NULL, 10) - 1;
}

static bool shrink_months(StrBuf *text, const Engine *a, const Engine *b) {
    bool shorter = false;
    int first = month_at(text->text + 7), last = month_at(text->text + 18);
    for (int step = (last - first + 1) / 2; step > 0;) {
        if (last - first >= step && try_months(text, first, last - step, a, b))
            last -= step, shorter = true;
        else if (last - first >= step && try_months(text, first + step, last, a, b))
            first += step, shorter = true;
        else
            step /= 2;
    }
    return shorter;
}

void shrink(StrBuf *text, const Engine *a, const Engine *b) {
    bool shorter = true;
    while (shorter) {
        shorter = false;
        for (size_t lines = 32; lines > 0; lines /= 2)
            shorter |= shrink_lines(text, lines, a, b);
        shorter |= shrink_columns(text, a, b);
        shorter |= shrink_conditions(text, a, b);
        shorter |= shrink_months(text, a, b);
    }
}
