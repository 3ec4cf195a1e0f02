/* The fields of a report that its narrative fills, from lines of the introduction. */
#include <string.h>

#include "report/narrative.h"

static bool is_line_end(const Inline *piece) {
    return piece->kind == INLINE_BREAK || piece->text == narrative_line_end;
}

/* "Report date: 21 February 2017" of the field "Report date"; NULL: the line fills no field. */
static NarrativeField *field_of(const Narrative *narrative, const char *line, const char **text) {
    for (size_t i = 0; i < narrative->fields_len; i++) {
        size_t len = strlen(narrative->fields[i].title);
        if (strncmp(line, narrative->fields[i].title, len) != 0 || line[len] != ':')
            continue;
        *text = line + len + 1;
        while (**text == ' ')
            (*text)++;
        return &narrative->fields[i];
    }
    return NULL;
}

static void fill(const NarrativeInput *input, NarrativeField *field, const char *text) {
    if (field->text)
        diag_add(input->session->diags, DIAG_narrative_part, (Span){input->src, 0, 0},
                 "the field '%s' is there twice", field->title);
    else if (*text)
        field->text = text;
}

/* Cuts the first line off: it ends in NULL, `*rest` is what follows its end. Gives the piece that
 * ended it, or NULL. */
static Inline *cut_line(Inline **line, Inline **rest) {
    Inline **end = line;
    while (*end && !is_line_end(*end))
        end = &(*end)->next;
    Inline *line_end = *end;
    *end = NULL;
    *rest = line_end ? line_end->next : NULL;
    if (line_end)
        line_end->next = NULL;
    return line_end;
}

static void append(Inline ***last, Inline *pieces) {
    **last = pieces;
    while (**last)
        *last = &(**last)->next;
}

/* What is left of a paragraph when the lines that fill a field are taken out; NULL: nothing. */
static Inline *without_fields(const NarrativeInput *input, Narrative *narrative, Inline *pieces) {
    Inline *kept = NULL, **last = &kept, *line_end = NULL, *rest;
    for (Inline *line = pieces; line; line = rest) {
        Inline *end = cut_line(&line, &rest);
        const char *text;
        NarrativeField *field = field_of(narrative, narrative_words(input->arena, line), &text);
        if (field) {
            fill(input, field, text);
            continue;
        }
        if (kept && line_end)
            append(&last, line_end);
        append(&last, line);
        line_end = end;
    }
    return kept;
}

void narrative_take_fields(const NarrativeInput *input, Narrative *narrative) {
    Block **link = &narrative->introduction;
    while (*link) {
        Block *block = *link;
        if (block->kind == BLOCK_PARAGRAPH) {
            block->inlines = without_fields(input, narrative, block->inlines);
            if (!block->inlines) {
                *link = block->next;
                continue;
            }
        }
        link = &block->next;
    }
}
