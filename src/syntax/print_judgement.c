#include "syntax/print_parts.h"

#include <string.h>

#include "syntax/words.h"

/* The clauses of neighbours and ratings, and those of an indicator that say what its bands are,
 * what it is compared with and how it is judged. */

/* Columns up to the end of what stands on the first line of `text`. */
static size_t first_line(const char *text) {
    return layout_width(text, strcspn(text, "\n"));
}

/* ---- neighbours, rating ---- */

static void add_member_rows(StrBuf *out, const Node_MemberRows *members) {
    print_start(out, "members");
    print_expression(out, members->code);
    strbuf_add(out, " of ");
    layout_rowset(out, members->rowset, PRINT_CONTINUATION);
}

static const char *points_word(const Node *amount) {
    bool one = num_compare(node_Number(amount)->value, num_of_int(1)) == 0;
    return one ? "point" : "points";
}

static void add_rule(StrBuf *out, const Node_RatingRule *rule) {
    if (rule->kind != RATING_WITHIN_PERCENT && rule->kind != RATING_WITHIN_POINTS) {
        strbuf_add(out, word_of(FIELD_RatingRuleKind, (int)rule->kind));
        return;
    }
    strbuf_add(out, "within ");
    print_expression(out, rule->amount);
    if (rule->kind == RATING_WITHIN_POINTS)
        strbuf_addf(out, " %s", points_word(rule->amount));
    strbuf_add(out, " of target");
}

static void add_rating_line(StrBuf *out, const Node_RatingLine *line) {
    print_start(out, word_of(FIELD_Colour, (int)line->colour));
    for (size_t i = 0; i < line->rules.len; i++) {
        strbuf_add(out, i > 0 ? " and " : "");
        add_rule(out, node_RatingRule(line->rules.items[i]));
    }
}

/* ---- bands ---- */

/* dispatch */
static void add_band_form(StrBuf *out, const Node_Band *band) {
    switch (band->kind) {
    case BAND_EXACT:
    case BAND_TEXT:
        print_expression(out, band->low);
        return;
    case BAND_RANGE:
        print_expression(out, band->low);
        strbuf_add(out, " to ");
        print_expression(out, band->high);
        return;
    case BAND_UNDER:
        strbuf_add(out, "under ");
        print_expression(out, band->high);
        return;
    case BAND_OR_MORE:
        print_expression(out, band->low);
        strbuf_add(out, " or more");
        return;
    case BAND_IN_CODES:
        strbuf_add(out, "in ");
        print_name(out, band->codes.atom);
        return;
    case BAND_IN_LIST:
        strbuf_add(out, "in (");
        for (size_t i = 0; i < band->items.len; i++) {
            strbuf_add(out, i > 0 ? ", " : "");
            print_expression(out, band->items.items[i]);
        }
        strbuf_add_char(out, ')');
        return;
    case BAND_MISSING:
    case BAND_OTHER:
        strbuf_add(out, word_of(FIELD_BandKind, (int)band->kind));
        return;
    }
}

static size_t label_width(const NodeList *bands) {
    size_t widest = 0;
    for (size_t i = 0; i < bands->len; i++) {
        const char *label = node_Band(bands->items[i])->label.text;
        size_t width = layout_width(label, strlen(label)) + strlen("\"\"");
        if (width > widest && !strchr(label, '\n'))
            widest = width;
    }
    return widest;
}

void print_band(StrBuf *out, const NodeList *bands, size_t band) {
    const Node_Band *one = node_Band(bands->items[band]);
    strbuf_add_times(out, ' ', PRINT_ARGUMENT);
    print_text(out, one->label);
    print_pad(out, PRINT_ARGUMENT + label_width(bands) + 2);
    add_band_form(out, one);
}

static void add_bands(StrBuf *out, const Node_Bands *bands) {
    print_start(out, "bands");
    layout_expression(out, bands->expression, PRINT_CONTINUATION, 0);
}

static void add_good_bands(StrBuf *out, const Node_GoodBands *good) {
    print_start(out, "good");
    strbuf_addf(out, "%s ", word_of(FIELD_GoodKind, (int)good->kind));
    print_texts(out, &good->bands);
}

/* ---- benchmark ---- */

static void add_entry(StrBuf *out, const Node_BenchmarkEntry *entry) {
    for (size_t i = 0; i < entry->keys.len; i++) {
        strbuf_add(out, i > 0 ? " + " : "");
        print_text(out, entry->keys.items[i]);
    }
    for (size_t i = 0; i < entry->values.len; i++) {
        strbuf_add(out, i > 0 ? " + " : " ");
        print_expression(out, entry->values.items[i]);
    }
}

/* Behind the colon if they all fit there, otherwise on lines of their own. */
static void add_entries(StrBuf *out, const NodeList *entries) {
    StrBuf flat = {0};
    for (size_t i = 0; i < entries->len; i++) {
        strbuf_add(&flat, i > 0 ? ", " : " ");
        add_entry(&flat, node_BenchmarkEntry(entries->items[i]));
    }
    size_t width = layout_width(strbuf_text(&flat), flat.len);
    bool fit = layout_column(out) + width <= PRINT_WIDTH;
    if (fit)
        strbuf_add(out, strbuf_text(&flat));
    else
        layout_line(out, PRINT_ARGUMENT);
    for (size_t i = 0; i < entries->len && !fit; i++) {
        strbuf_clear(&flat);
        add_entry(&flat, node_BenchmarkEntry(entries->items[i]));
        if (i > 0)
            layout_comma(out, strbuf_text(&flat));
        strbuf_add(out, strbuf_text(&flat));
    }
    strbuf_fini(&flat);
}

/* A part of a benchmark, on a line of its own when it does not fit behind the others. */
static void add_option(StrBuf *out, StrBuf *option) {
    const char *text = strbuf_text(option);
    if (layout_column(out) + 1 + first_line(text) <= PRINT_WIDTH)
        strbuf_add_char(out, ' ');
    else
        layout_line(out, PRINT_CONTINUATION);
    strbuf_add(out, text);
    strbuf_clear(option);
}

static void add_from(StrBuf *out, const Node_Benchmark *benchmark) {
    strbuf_add(out, " from ");
    print_name(out, benchmark->from.atom);
    strbuf_add(out, " across ");
    print_name(out, benchmark->across.atom);
    strbuf_add(out, benchmark->pooled ? " pooled" : "");
    if (benchmark->at_least > 0)
        strbuf_addf(out, " at least %d %s", benchmark->at_least,
                    benchmark->at_least == 1 ? "member" : "members");
}

static void add_only_where(StrBuf *out, const Node *condition) {
    StrBuf flat = {0};
    strbuf_add(&flat, " only where ");
    print_expression(&flat, condition);
    bool fit = layout_column(out) + first_line(strbuf_text(&flat)) <= PRINT_WIDTH;
    if (fit && !strchr(strbuf_text(&flat), '\n')) {
        strbuf_add(out, strbuf_text(&flat));
    } else {
        layout_line(out, PRINT_CONTINUATION);
        strbuf_add(out, "only where ");
        layout_expression(out, condition, PRINT_CONTINUATION + 4, 0);
    }
    strbuf_fini(&flat);
}

static void add_options(StrBuf *out, const Node_Benchmark *benchmark) {
    StrBuf option = {0};
    if (benchmark->only_where)
        add_only_where(out, benchmark->only_where);
    if (benchmark->compared_as.atom) {
        strbuf_add(&option, "compared as ");
        print_name(&option, benchmark->compared_as.atom);
        add_option(out, &option);
    }
    if (benchmark->not_comparable.text) {
        strbuf_add(&option, "not comparable");
        print_label(&option, benchmark->not_comparable);
        add_option(out, &option);
    }
    if (benchmark->of != PUBLISHED_NONE) {
        strbuf_addf(&option, "of %s", word_of(FIELD_PublishedKind, (int)benchmark->of));
        add_option(out, &option);
    }
    if (benchmark->population.text) {
        strbuf_add(&option, "population");
        print_label(&option, benchmark->population);
        add_option(out, &option);
    }
    strbuf_fini(&option);
}

static void add_benchmark(StrBuf *out, const Node_Benchmark *benchmark) {
    print_start(out, "benchmark");
    print_text(out, benchmark->label);
    strbuf_add_char(out, ' ');
    period_print(out, benchmark->period);
    strbuf_add_char(out, ':');
    if (benchmark->value) {
        strbuf_add_char(out, ' ');
        print_expression(out, benchmark->value);
    } else if (benchmark->from.atom) {
        add_from(out, benchmark);
    } else {
        add_entries(out, &benchmark->entries);
    }
    add_options(out, benchmark);
}

/* ---- judgement ---- */

static void add_tolerance(StrBuf *out, const Node_Tolerance *tolerance) {
    print_start(out, "tolerance");
    print_expression(out, tolerance->amount);
    if (tolerance->kind == SAME_POINTS)
        strbuf_addf(out, " %s", points_word(tolerance->amount));
    else
        strbuf_add(out, " of target");
    strbuf_addf(out, " %s", word_of(FIELD_Colour, (int)tolerance->colour));
}

static void add_rating_use(StrBuf *out, const Node_RatingUse *rating) {
    print_start(out, "rating");
    print_name(out, rating->name.atom);
    if (!rating->floor)
        return;
    strbuf_add(out, " floor ");
    print_expression(out, rating->floor);
}

static void add_reported(StrBuf *out, const Node_Reported *reported) {
    print_start(out, "reported");
    period_print(out, reported->period);
    strbuf_add_char(out, ' ');
    print_expression(out, reported->value);
    print_label(out, reported->note);
}

static void add_break(StrBuf *out, const Node_Break *at) {
    print_start(out, "break");
    date_print_iso(out, at->date);
    print_label(out, at->reason);
}

static void add_suppress(StrBuf *out, const Node_Suppress *suppress) {
    print_start(out, "suppress");
    if (suppress->below > 0)
        strbuf_addf(out, "below %d", suppress->below);
    else
        strbuf_add(out, "none");
}

static void add_interval(StrBuf *out, const Node_Interval *interval) {
    print_start(out, "interval");
    if (interval->method.atom)
        print_name(out, interval->method.atom);
    else
        strbuf_add(out, "none");
}

static bool print_neighbours(StrBuf *out, const Node *node) {
    if (node->kind == NODE_MEMBERS) {
        print_start(out, "members");
        print_texts(out, &node_Members(node)->codes);
    } else if (node->kind == NODE_MEMBER_ROWS) {
        add_member_rows(out, node_MemberRows(node));
    } else if (node->kind == NODE_MODEL_YEAR) {
        print_start(out, "year");
        strbuf_addf(out, "%d", node_ModelYear(node)->year);
    } else if (node->kind == NODE_RATING_LINE) {
        add_rating_line(out, node_RatingLine(node));
    } else {
        return false;
    }
    return true;
}

static bool print_bands_clause(StrBuf *out, const Node *node) {
    if (node->kind == NODE_DISTRIBUTION) {
        print_start(out, "distribution");
        layout_rowset(out, node_Distribution(node)->rowset, PRINT_CONTINUATION);
    } else if (node->kind == NODE_BANDS) {
        add_bands(out, node_Bands(node));
    } else if (node->kind == NODE_GOOD_BANDS) {
        add_good_bands(out, node_GoodBands(node));
    } else if (node->kind == NODE_BENCHMARK) {
        add_benchmark(out, node_Benchmark(node));
    } else {
        return false;
    }
    return true;
}

bool print_judgement(StrBuf *out, const Node *node) {
    if (print_neighbours(out, node) || print_bands_clause(out, node))
        return true;
    if (node->kind == NODE_TOLERANCE) {
        add_tolerance(out, node_Tolerance(node));
    } else if (node->kind == NODE_RATING_USE) {
        add_rating_use(out, node_RatingUse(node));
    } else if (node->kind == NODE_BREAK) {
        add_break(out, node_Break(node));
    } else if (node->kind == NODE_PROVISIONAL) {
        print_start(out, "provisional");
        period_print(out, node_Provisional(node)->period);
    } else if (node->kind == NODE_REPORTED) {
        add_reported(out, node_Reported(node));
    } else if (node->kind == NODE_SUPPRESS) {
        add_suppress(out, node_Suppress(node));
    } else if (node->kind == NODE_INTERVAL) {
        add_interval(out, node_Interval(node));
    } else {
        return false;
    }
    return true;
}
