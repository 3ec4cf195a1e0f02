/* A reconciliation for people: messages, what was checked, what was not; every figure if asked. */
#include <string.h>

#include "report/display.h"
#include "report/reconcile.h"

/* ---- words ---- */

static void add_count(StrBuf *out, size_t count, const char *word) {
    /* "whole", "wholes"; "set of bands", "sets of bands" */
    size_t noun = strcspn(word, " ");
    strbuf_addf(out, "%zu %.*s%s%s", count, (int)noun, word, count == 1 ? "" : "s", word + noun);
}

static void pad(StrBuf *out, const char *text, size_t width) {
    size_t len = display_width(text);
    strbuf_add(out, text);
    for (; len < width; len++)
        strbuf_add_char(out, ' ');
}

static void add_period(const Reconciliation *done, StrBuf *out) {
    if (!done->has_period)
        return;
    strbuf_add(out, ", for the period ending ");
    date_print_long(out, done->period_end);
    strbuf_add(out, done->period_asked ? "" : ", as it says");
}

/* ---- checks ---- */

static void add_checks(const Reconciliation *done, StrBuf *out) {
    for (size_t i = 0; i < RECONCILE_CHECKS; i++) {
        const ReconcileCheckInfo *info = reconcile_check_info((ReconcileCheck)i);
        StrBuf compared = {0};
        if (!reconcile_check_has_run(done, (ReconcileCheck)i))
            continue;
        add_count(&compared, done->counts[i].compared, info->unit);
        strbuf_addf(out, "  %-46s  %-16s ", info->title, strbuf_text(&compared));
        if (done->counts[i].findings > 0)
            add_count(out, done->counts[i].findings, "finding");
        else
            strbuf_add(out, done->counts[i].compared > 0 ? "nothing wrong" : "nothing to check");
        strbuf_add_char(out, '\n');
        strbuf_fini(&compared);
    }
}

static void add_unchecked(const Reconciliation *done, StrBuf *out) {
    ReconcileLines lines = {0};
    reconcile_unchecked(done, &lines);
    strbuf_add(out, "\nnot checked:\n");
    for (size_t i = 0; i < lines.len; i++)
        strbuf_addf(out, "  %s\n", lines.items[i]);
}

/* ---- measures and their indicators ---- */

/* "31 of 31 measures are indicators of the definitions: 12 by the title, 19 by words of the title"
 */
static void add_matches(const Reconciliation *done, StrBuf *out) {
    size_t by[MATCHED_WAYS] = {0}, len = done->matches.list.len;
    for (size_t i = 0; i < len; i++)
        by[done->matches.list.items[i].by]++;
    strbuf_addf(out, "\n%zu of ", len - by[MATCHED_NOT]);
    add_count(out, len, "measure");
    strbuf_add(out, " known as indicators of the definitions");
    const char *before = ": ";
    for (int way = MATCHED_NOT + 1; way < MATCHED_WAYS; way++) {
        if (by[way] == 0)
            continue;
        strbuf_addf(out, "%s%zu by %s", before, by[way], matched_by_words((MatchedBy)way));
        before = ", ";
    }
    strbuf_add_char(out, '\n');
}

#define PRINTED_WIDTH 26
#define COMPUTED_WIDTH 24

static void add_figure(const Reconciliation *done, const PrintedFigure *figure, StrBuf *out) {
    const Comparison *comparison = reconcile_comparison(done, figure);
    if (!comparison)
        return;
    Arena *arena = done->session->arena;
    const char *fraction = figure->fraction ? figure->fraction->shown : NULL;
    strbuf_add(out, "    ");
    pad(out, fraction ? arena_printf(arena, "%s (%s)", figure->shown, fraction) : figure->shown,
        PRINTED_WIDTH);
    if (!comparison->computed && !comparison->comparator) {
        strbuf_add(out, "  none of the indicator's figures\n");
        return;
    }
    strbuf_add(out, "  ");
    pad(out, reconcile_computed_text(done, comparison), COMPUTED_WIDTH);
    strbuf_addf(out, "  %s\n", reconcile_computed_name(done, comparison));
}

static void add_figures(const Reconciliation *done, StrBuf *out) {
    for (size_t i = 0; i < done->matches.list.len; i++) {
        const MeasureMatch *match = &done->matches.list.items[i];
        const PrintedMeasure *measure = match->measure;
        if (!match->indicator)
            continue;
        strbuf_addf(out, "  %s, by %s: %s\n", match->indicator->id, matched_by_words(match->by),
                    measure->label);
        for (size_t k = 0; k < measure->cells.len; k++)
            for (size_t f = 0; f < measure->cells.items[k]->figures.len; f++)
                add_figure(done, &measure->cells.items[k]->figures.items[f], out);
    }
}

void reconcile_render_text(const Reconciliation *done, StrBuf *out,
                           const ReconcileTextOptions *options) {
    const Diags *diags = done->session->diags;
    diags_render_text(diags, out, options->limit, options->colour);
    if (out->len > 0)
        strbuf_add_char(out, '\n');
    strbuf_add(out, sources_name(done->session->sources, done->reading->src));
    strbuf_add(out, ": ");
    add_count(out, done->figures, "figure");
    add_period(done, out);
    strbuf_add(out, "\n\n");
    add_checks(done, out);
    if (done->data) {
        add_matches(done, out);
        if (options->figures)
            add_figures(done, out);
    }
    add_unchecked(done, out);
    strbuf_add_char(out, '\n');
    add_count(out, diags_errors(diags), "error");
    strbuf_add(out, ", ");
    add_count(out, diags_warnings(diags), "warning");
    strbuf_add_char(out, '\n');
}
