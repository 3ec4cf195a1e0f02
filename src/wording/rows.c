/* Sets of records in words, and what is counted or added up over them. */
#include <string.h>

#include "wording/phrases.h"

/* ---- timing ---- */

/* Whether a missing end means that it has not come. */
static bool may_be_open(const Expr *date) {
    return date->type.open;
}

static void add_held(Phrase *p, const Rowset *rows) {
    const char *day = phrase_last_day(p->indicator);
    strbuf_add(p->out, " open at the end of ");
    strbuf_addf(p->out, "%s, that is whose ", day);
    phrase_value_of_rows(p, rows->start);
    strbuf_add(p->out, " is on or before it and whose ");
    phrase_value_of_rows(p, rows->end);
    strbuf_add(p->out, may_be_open(rows->end) ? " is after it or has not come" : " is after it");
}

static void add_active(Phrase *p, const Rowset *rows) {
    strbuf_add(p->out, " open on any day of the window, that is whose ");
    phrase_value_of_rows(p, rows->start);
    strbuf_add(p->out, " is on or before its last day and whose ");
    phrase_value_of_rows(p, rows->end);
    strbuf_add(p->out, may_be_open(rows->end) ? " is on or after its first day or has not come"
                                              : " is on or after its first day");
}

/* dispatch */
static void add_timing(Phrase *p, const Rowset *rows) {
    switch (rows->timing) {
    case TIMING_NONE:
    case TIMING_LATEST: /* chosen among those that meet the condition: said after it */
        return;
    case TIMING_DATED:
        strbuf_add(p->out, " whose ");
        phrase_value_of_rows(p, rows->start);
        strbuf_add(p->out,
                   p->indicator->stock ? " is the day of counting" : " falls in the window");
        return;
    case TIMING_HELD:
        add_held(p, rows);
        return;
    case TIMING_ACTIVE:
        add_active(p, rows);
        return;
    }
}

static void add_latest_words(Phrase *p, const Rowset *rows) {
    if (rows->timing != TIMING_LATEST)
        return;
    strbuf_add(p->out, "with the latest ");
    phrase_value_of_rows(p, rows->start);
    strbuf_addf(p->out, " on or before %s%s", phrase_last_day(p->indicator),
                rows->nested ? "" : " (within each group, where there are groups)");
}

static void add_latest(Phrase *p, const Rowset *rows) {
    if (rows->timing == TIMING_LATEST)
        strbuf_add(p->out, ", and of these only those ");
    add_latest_words(p, rows);
}

/* ---- for others ---- */

/* A phrase about the records of a set, from its first letter on. */
static void of_set(StrBuf *out, const Indicator *indicator, const Rowset *rows,
                   void (*add)(Phrase *p, const Rowset *rows)) {
    Arena *arena = arena_new();
    StrBuf text = {0};
    Phrase phrase = {.out = &text, .arena = arena, .indicator = indicator};
    vec_push(arena, &phrase.rows, rows->row);
    add(&phrase, rows);
    strbuf_add(out, strbuf_text(&text) + strspn(strbuf_text(&text), " "));
    strbuf_fini(&text);
    arena_free(arena);
}

/* The records that the latest are chosen among. */
static void add_latest_bound(Phrase *p, const Rowset *rows) {
    strbuf_add(p->out, "whose ");
    phrase_value_of_rows(p, rows->start);
    strbuf_addf(p->out, " is on or before %s", phrase_last_day(p->indicator));
}

void wording_of_timing(StrBuf *out, const Indicator *indicator, const Rowset *rows) {
    of_set(out, indicator, rows, rows->timing == TIMING_LATEST ? add_latest_bound : add_timing);
}

void wording_of_latest(StrBuf *out, const Indicator *indicator, const Rowset *rows) {
    of_set(out, indicator, rows, add_latest_words);
}

void wording_of_source(StrBuf *out, const SourceModel *source) {
    strbuf_addf(out, "“%s”", source->title ? source->title : source->name);
}

void phrase_rows(Phrase *p, const Rowset *rows, bool plural) {
    vec_push(p->arena, &p->rows, rows->row);
    strbuf_add(p->out, plural ? "records of " : "record of ");
    phrase_quoted(p, rows->source->title ? rows->source->title : rows->source->name);
    add_timing(p, rows);
    if (rows->where) {
        strbuf_add(p->out, rows->timing == TIMING_NONE || rows->timing == TIMING_LATEST
                               ? " for which "
                               : ", and for which ");
        phrase_condition(p, rows->where);
    }
    add_latest(p, rows);
    p->rows.len--;
}

/* ---- quantities ---- */

/* "the sum of"; of count, "the number of" alone. */
static void add_quantity_head(Phrase *p, const Quantity *quantity) {
    switch (quantity->kind) {
    case QUANTITY_COUNT:
        strbuf_add(p->out, "the number of ");
        return;
    case QUANTITY_COUNT_DISTINCT:
        strbuf_add(p->out, "the number of different values of ");
        return;
    case QUANTITY_SUM:
        strbuf_add(p->out, "the sum of ");
        return;
    case QUANTITY_MEAN:
        strbuf_add(p->out, "the mean of ");
        return;
    case QUANTITY_MEDIAN:
        strbuf_add(p->out, "the median of ");
        return;
    case QUANTITY_PERCENTILE:
        strbuf_add(p->out, "the percentile ");
        phrase_number(p->out, quantity->percentile, TYPE_DECIMAL);
        strbuf_add(p->out, " of ");
        return;
    case QUANTITY_MIN:
        strbuf_add(p->out, "the smallest of ");
        return;
    case QUANTITY_MAX:
        strbuf_add(p->out, "the greatest of ");
        return;
    case QUANTITY_FIRST:
    case QUANTITY_LAST: /* said of the value: it stands before */
        return;
    }
}

/* “placement” of the first, by “started”, of the records */
static void add_value_by(Phrase *p, const Quantity *quantity) {
    phrase_value_of_rows(p, quantity->value);
    strbuf_addf(p->out, " of the %s, by ", quantity->kind == QUANTITY_FIRST ? "first" : "last");
    phrase_value_of_rows(p, quantity->by);
    strbuf_add(p->out, ", of the ");
}

void phrase_quantity(Phrase *p, const Quantity *quantity, bool same) {
    add_quantity_head(p, quantity);
    vec_push(p->arena, &p->rows, quantity->rows->row);
    if (quantity->by) {
        add_value_by(p, quantity);
    } else if (quantity->value) {
        phrase_value_of_rows(p, quantity->value);
        strbuf_add(p->out,
                   quantity->kind == QUANTITY_COUNT_DISTINCT ? " among the " : " over the ");
    }
    p->rows.len--;
    if (same)
        strbuf_add(p->out, quantity->value ? "same records" : "the same records");
    else
        phrase_rows(p, quantity->rows, true);
    if (quantity->known)
        strbuf_add(p->out, ", leaving out those without that value");
}

void wording_of_quantity(StrBuf *out, const Indicator *indicator, const Quantity *quantity) {
    Arena *arena = arena_new();
    Phrase phrase = {.out = out, .arena = arena, .indicator = indicator};
    add_quantity_head(&phrase, quantity);
    vec_push(arena, &phrase.rows, quantity->rows->row);
    if (quantity->by)
        add_value_by(&phrase, quantity);
    else if (quantity->value)
        phrase_value_of_rows(&phrase, quantity->value);
    strbuf_add(out, quantity->by || !quantity->value ? "records" : "");
    arena_free(arena);
}
