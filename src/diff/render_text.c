/* Changes in words: paragraphs for a terminal, lists and a table for a merge request. */
#include <string.h>

#include "diff/changes.h"
#include "wording/wording.h"

#define TEXT_WIDTH 88
/* Figures of groups beyond these are counted. */
#define MOST_FIGURES 40

typedef struct Words {
    const Changes *changes;
    Arena *arena;
    StrBuf *out;
    bool markdown;
} Words;

static void say(const Words *w, const char *text) {
    if (w->markdown) {
        strbuf_add(w->out, "- ");
        wording_add_markdown(w->out, text);
        strbuf_add(w->out, "\n");
        return;
    }
    wording_add_paragraph(w->out, text, TEXT_WIDTH);
}

/* ---- meaning ---- */

static void say_sentence(const Words *w, const SentenceChange *sentence) {
    if (!sentence->before) {
        say(w, arena_printf(w->arena, "new: %s", sentence->after));
        return;
    }
    if (!sentence->after) {
        say(w, arena_printf(w->arena, "gone: %s", sentence->before));
        return;
    }
    say(w, arena_printf(w->arena, "was: %s", sentence->before));
    say(w, arena_printf(w->arena, "now: %s", sentence->after));
}

static void say_changed(const Words *w, const IndicatorChange *change) {
    for (size_t i = 0; i < change->sentences.len; i++)
        say_sentence(w, &change->sentences.items[i]);
    for (size_t i = 0; i < change->inputs.len; i++)
        say(w, arena_printf(w->arena, "“%s”, which it uses, makes other figures than before.",
                            change->inputs.items[i]));
    if (change->sentences.len == 0 && change->inputs.len == 0)
        say(w, "What its sources, columns, lists or calendars read is no longer the same.");
}

/* ---- figures ---- */

static const char *place_of(const Words *w, const FigureChange *figure) {
    return figure->group ? arena_printf(w->arena, "%s, %s", figure->period, figure->group)
                         : figure->period;
}

static const char *status_text(const ReportRow *row) {
    const char *word = row ? status_word(row->status) : NULL;
    return word ? word : "no verdict";
}

static const char *meaning_text(const ReportRow *row) {
    const char *word = row ? meaning_word(row->meaning) : NULL;
    return word ? word : "no direction";
}

/* "missed before, met now"; of the direction where the status stays. */
static const char *flip_text(const Words *w, const FigureChange *figure) {
    bool status = figure->before->status != figure->after->status;
    return arena_printf(w->arena, "%s before, %s now",
                        status ? status_text(figure->before) : meaning_text(figure->before),
                        status ? status_text(figure->after) : meaning_text(figure->after));
}

static void say_figure(const Words *w, const FigureChange *figure) {
    const char *before = figure_text(w->arena, figure->before);
    const char *after = figure_text(w->arena, figure->after), *place = place_of(w, figure);
    if (figure->before && figure->after && strcmp(before, after) == 0)
        say(w, arena_printf(w->arena, "%s: %s, as before.", place, after));
    else if (!figure->before)
        say(w, arena_printf(w->arena, "%s: %s.", place, after));
    else if (!figure->after)
        say(w, arena_printf(w->arena, "%s: was %s.", place, before));
    else
        say(w, arena_printf(w->arena, "%s: %s before, %s now.", place, before, after));
    if (!figure->flips)
        return;
    say(w, arena_printf(w->arena, "The verdict flips: %s.", flip_text(w, figure)));
    if (figure->after->reason)
        say(w, arena_printf(w->arena, "Now: %s.", figure->after->reason));
}

static void add_cell(const Words *w, const char *text) {
    strbuf_add(w->out, " ");
    wording_add_markdown(w->out, text);
    strbuf_add(w->out, " |");
}

static void say_table(const Words *w, const IndicatorChange *change, size_t len) {
    strbuf_add(w->out, "\n| Period | Before | Now | Verdict |\n| --- | --- | --- | --- |\n");
    for (size_t i = 0; i < len; i++) {
        const FigureChange *figure = &change->figures.items[i];
        strbuf_add(w->out, "|");
        add_cell(w, place_of(w, figure));
        add_cell(w, figure_text(w->arena, figure->before));
        add_cell(w, figure->same ? "as before" : figure_text(w->arena, figure->after));
        add_cell(w, figure->flips ? arena_printf(w->arena, "flips: %s", flip_text(w, figure))
                                  : status_text(figure->after ? figure->after : figure->before));
        strbuf_add(w->out, "\n");
    }
}

static void say_figures(const Words *w, const IndicatorChange *change) {
    size_t all = change->figures.len, len = all < MOST_FIGURES ? all : MOST_FIGURES;
    if (w->markdown && len > 0)
        say_table(w, change, len);
    for (size_t i = 0; !w->markdown && i < len; i++)
        say_figure(w, &change->figures.items[i]);
    if (w->markdown && len > 0 && (all > len || change->moves.len + change->reports.len > 0))
        strbuf_add(w->out, "\n");
    if (all > len)
        say(w, arena_printf(w->arena, "%zu more figures differ.", all - len));
}

/* ---- records ---- */

static void add_keys(StrBuf *out, const char *what, const KeyList *keys) {
    if (keys->len == 0)
        return;
    strbuf_addf(out, " %s: ", what);
    for (size_t i = 0; i < keys->len; i++)
        strbuf_addf(out, "%s%s", i > 0 ? ", " : "", keys->items[i]);
    strbuf_add(out, ".");
}

/* "2017-01, numerator: 3 records of “Plans” moved in, 12 out, 57 stayed." */
static void say_moves(const Words *w, const RecordMoves *moves) {
    StrBuf text = {0};
    strbuf_addf(&text, "%s, %s: of the records of ", moves->period, moves->part);
    wording_of_source(&text, moves->source);
    strbuf_addf(&text, " %zu moved in, %zu moved out, %zu stayed.", moves->in.len, moves->out.len,
                moves->stayed);
    if (w->changes->keys) {
        add_keys(&text, "In", &moves->in);
        add_keys(&text, "Out", &moves->out);
    }
    say(w, strbuf_text(&text));
    strbuf_fini(&text);
}

static void say_reports(const Words *w, const IndicatorChange *change) {
    for (size_t i = 0; i < change->reports.len; i++) {
        const ReportModel *report = change->reports.items[i];
        say(w, arena_printf(w->arena, "The report “%s” (%s) quotes it.",
                            report->title ? report->title : report->name, report->name));
    }
}

static void say_results(const Words *w, const IndicatorChange *change) {
    if (!w->changes->store || change->renamed)
        return;
    say_figures(w, change);
    for (size_t i = 0; i < change->moves.len; i++)
        say_moves(w, &change->moves.items[i]);
    say_reports(w, change);
}

/* ---- all of it ---- */

static void say_change(const Words *w, const IndicatorChange *change) {
    const Indicator *named = change->after ? change->after : change->before;
    if (w->markdown) {
        strbuf_addf(w->out, "### `%s`: ", named->id);
        wording_add_markdown(w->out, named->title);
        strbuf_add(w->out, "\n\n");
    } else {
        strbuf_addf(w->out, "%s: %s\n", named->id, named->title);
    }
    if (change->renamed)
        say(w, arena_printf(w->arena, "It was called %s before, and means the same.",
                            change->before->id));
    else if (!change->before)
        say(w, "This indicator is new.");
    else if (!change->after)
        say(w, "This indicator is gone.");
    else
        say_changed(w, change);
    say_results(w, change);
    strbuf_add(w->out, "\n");
}

static void say_total(const Words *w) {
    const Changes *changes = w->changes;
    size_t changed = 0, added = 0, gone = 0, renamed = 0;
    for (size_t i = 0; i < changes->items.len; i++) {
        const IndicatorChange *change = &changes->items.items[i];
        renamed += change->renamed;
        added += !change->before;
        gone += !change->after;
        changed += change->before && change->after && !change->renamed;
    }
    strbuf_addf(w->out, "%zu of %zu indicator%s changed in meaning", changed, changes->compared,
                changes->compared == 1 ? "" : "s");
    if (added > 0)
        strbuf_addf(w->out, ", %zu new", added);
    if (gone > 0)
        strbuf_addf(w->out, ", %zu gone", gone);
    if (renamed > 0)
        strbuf_addf(w->out, ", %zu renamed", renamed);
    strbuf_add(w->out, ".\n");
}

void render_changes(StrBuf *out, const Changes *changes, DiffFormat format) {
    Words words = {changes, changes->arena, out, format == DIFF_MARKDOWN};
    if (format == DIFF_JSON) {
        render_changes_json(out, changes);
        return;
    }
    for (size_t i = 0; i < changes->items.len; i++)
        say_change(&words, &changes->items.items[i]);
    say_total(&words);
}
