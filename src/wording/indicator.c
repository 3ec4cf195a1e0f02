/* An indicator in sentences: its dates, what is counted, how the value is worked out. */
#include <string.h>

#include "sema/walk.h"
#include "wording/phrases.h"

const char *topic_heading(Topic topic) {
    static const char *const headings[] = {
#define TOPIC(ident, heading) heading,
#include "wording/topics.def"
#undef TOPIC
    };
    return topic < TOPICS ? headings[topic] : "";
}

/* ---- sentences ---- */

static void add_sentence(Phrase *p, Sentences *out, Topic topic, const char *key,
                         const char *text) {
    vec_push(p->arena, out, ((Sentence){topic, key, text}));
}

void sentence_end(Phrase *p, Sentences *out, Topic topic, const char *key) {
    const char *written = strbuf_text(p->out);
    size_t len = p->out->len;
    bool ended = len > 0 && written[len - 1] == '.';
    char *text = arena_printf(p->arena, "%s%s", written, ended ? "" : ".");
    if (text[0] >= 'a' && text[0] <= 'z')
        text[0] = (char)(text[0] - 'a' + 'A');
    add_sentence(p, out, topic, key, text);
    strbuf_clear(p->out);
}

/* ---- dates ---- */

static void add_year_end(Phrase *p) {
    strbuf_addf(p->out, "%d %s", p->indicator->year_end_day,
                date_month_name(p->indicator->year_end_month));
}

/* "each month", "each quarter", "31 March of each year": what a window ends with. */
static void add_end(Phrase *p) {
    switch (p->indicator->every) {
    case EVERY_NONE:
    case EVERY_MONTH:
        strbuf_add(p->out, "the last day of each month");
        return;
    case EVERY_QUARTER:
        strbuf_add(p->out, "the last day of each quarter");
        return;
    case EVERY_YEAR:
        add_year_end(p);
        strbuf_add(p->out, " of each year");
        return;
    }
}

static void add_rolling(Phrase *p) {
    strbuf_add(p->out, "the window is the ");
    phrase_count(p->out, p->indicator->window_months);
    strbuf_add(p->out,
               p->indicator->window_months == 1 ? " month that ends on " : " months that end on ");
    add_end(p);
    strbuf_add(p->out, ", its first and its last day included");
}

/* dispatch */
static void add_window(Phrase *p) {
    switch (p->indicator->window) {
    case WINDOW_SNAPSHOT:
        strbuf_add(p->out, "it is counted on one day, the day of counting: ");
        add_end(p);
        return;
    case WINDOW_SNAPSHOT_AT_TAKEN:
        strbuf_add(p->out, "it is counted on one day, the day of counting: that on which the data "
                           "of each period was taken");
        return;
    case WINDOW_MONTH:
        strbuf_add(p->out, "the window is each month, from its first day to its last");
        return;
    case WINDOW_QUARTER:
        strbuf_add(p->out, "the window is each quarter, from its first day to its last");
        return;
    case WINDOW_ROLLING:
        add_rolling(p);
        return;
    case WINDOW_YEAR_TO_DATE:
        strbuf_add(p->out, "the window runs from 1 April to ");
        add_end(p);
        strbuf_add(p->out, ", both days included");
        return;
    case WINDOW_FINANCIAL_YEAR:
        strbuf_add(p->out, "the window is each year from 1 April to 31 March");
        return;
    case WINDOW_ACADEMIC_YEAR:
        strbuf_add(p->out, "the window is each year from 1 September to 31 August");
        return;
    case WINDOW_CALENDAR_YEAR:
        strbuf_add(p->out, "the window is each year from 1 January to 31 December");
        return;
    }
}

static void period_sentences(Phrase *p, Sentences *out) {
    add_window(p);
    sentence_end(p, out, TOPIC_PERIOD, "");
    if (p->indicator->behind == 0)
        return;
    strbuf_add(p->out, "the source lags: each figure is of ");
    phrase_count(p->out, p->indicator->behind);
    strbuf_addf(p->out, " %s before the period for which it is asked",
                p->indicator->behind == 1 ? "month" : "months");
    sentence_end(p, out, TOPIC_BEHIND, "");
}

/* ---- what is counted ---- */

static void proportion_sentences(Phrase *p, Sentences *out) {
    const Indicator *indicator = p->indicator;
    strbuf_add(p->out, "the denominator is the number of ");
    phrase_rows(p, indicator->denominator_rows, true);
    sentence_end(p, out, TOPIC_DENOMINATOR, "");
    strbuf_add(p->out, "the numerator is the number of those for which ");
    vec_push(p->arena, &p->rows, indicator->denominator_rows->row);
    phrase_condition(p, indicator->those);
    p->rows.len--;
    sentence_end(p, out, TOPIC_NUMERATOR, "");
}

static void ratio_sentences(Phrase *p, Sentences *out) {
    const Indicator *indicator = p->indicator;
    bool same = indicator->denominator->rows == indicator->numerator->rows;
    strbuf_add(p->out, "the numerator is ");
    phrase_quantity(p, indicator->numerator, false);
    sentence_end(p, out, TOPIC_NUMERATOR, "");
    strbuf_add(p->out, "the denominator is ");
    phrase_quantity(p, indicator->denominator, same);
    sentence_end(p, out, TOPIC_DENOMINATOR, "");
}

/* dispatch */
static void add_band(Phrase *p, const Band *band) {
    const Expr *value = p->indicator->band_value;
    switch (band->kind) {
    case BAND_EXACT:
    case BAND_TEXT:
        strbuf_add(p->out, "exactly ");
        phrase_value(p, band->low);
        return;
    case BAND_RANGE:
        phrase_value(p, band->low);
        strbuf_add(p->out, " to ");
        phrase_value(p, band->high);
        strbuf_add(p->out, ", both included");
        return;
    case BAND_UNDER:
        strbuf_add(p->out, "less than ");
        phrase_value(p, band->high);
        return;
    case BAND_OR_MORE:
        phrase_value(p, band->low);
        strbuf_add(p->out, " or more");
        return;
    case BAND_IN_CODES:
    case BAND_IN_LIST:
        phrase_members(p, band->codes, band->items, band->items_len,
                       value ? value->type.kind : TYPE_TEXT);
        return;
    case BAND_MISSING:
        strbuf_add(p->out, "records without a value");
        return;
    case BAND_OTHER:
        strbuf_add(p->out, "any other value");
        return;
    }
}

static void add_band_value(Phrase *p) {
    const Indicator *indicator = p->indicator;
    if (!indicator->band_from) {
        phrase_any(p, indicator->band_value);
        return;
    }
    strbuf_add(p->out, "the time from ");
    phrase_value(p, indicator->band_from);
    strbuf_add(p->out, " to ");
    phrase_value(p, indicator->band_to);
}

static void distribution_sentences(Phrase *p, Sentences *out) {
    const Indicator *indicator = p->indicator;
    strbuf_add(p->out, "counted are ");
    phrase_rows(p, indicator->denominator_rows, true);
    sentence_end(p, out, TOPIC_ROWS, "");
    vec_push(p->arena, &p->rows, indicator->denominator_rows->row);
    strbuf_add(p->out, "each is put into the first band that fits, by ");
    add_band_value(p);
    sentence_end(p, out, TOPIC_VALUE, "");
    for (size_t i = 0; i < indicator->bands_len; i++) {
        strbuf_addf(p->out, "band “%s”: ", indicator->bands[i].label);
        add_band(p, &indicator->bands[i]);
        sentence_end(p, out, TOPIC_BAND, indicator->bands[i].label);
    }
    p->rows.len--;
}

/* dispatch */
static void shape_sentences(Phrase *p, Sentences *out) {
    switch (p->indicator->shape) {
    case SHAPE_PROPORTION:
        proportion_sentences(p, out);
        return;
    case SHAPE_RATIO:
        ratio_sentences(p, out);
        return;
    case SHAPE_VALUE:
    case SHAPE_DERIVED:
        strbuf_add(p->out, "the value is ");
        phrase_value(p, p->indicator->value);
        sentence_end(p, out, TOPIC_VALUE, "");
        return;
    case SHAPE_DISTRIBUTION:
        distribution_sentences(p, out);
        return;
    }
}

static void part_sentences(Phrase *p, Sentences *out, Topic topic, const Part *parts, size_t len) {
    for (size_t i = 0; i < len; i++) {
        const Part *part = &parts[i];
        strbuf_add(p->out,
                   topic == TOPIC_EXCLUSION ? "taken out and counted apart: " : "of which: ");
        strbuf_addf(p->out, "%s, that is records ", part->label ? part->label : part->id);
        if (p->indicator->rowsets_len > 1) {
            strbuf_add(p->out, "of ");
            phrase_quoted(p, part->rows->source->title ? part->rows->source->title
                                                       : part->rows->source->name);
            strbuf_add(p->out, " ");
        }
        strbuf_add(p->out, "for which ");
        vec_push(p->arena, &p->rows, part->rows->row);
        phrase_condition(p, part->condition);
        p->rows.len--;
        sentence_end(p, out, topic, part->id);
    }
}

/* ---- computed columns ---- */

typedef struct Computed {
    Phrase *phrase;
    Sentences *out;
    Walk walk;
    VEC(const ColumnModel *) said;
} Computed;

static bool say_computed(void *context, const Expr *expr) {
    Computed *computed = context;
    if (expr->kind != EXPR_COLUMN || !expr->as.column.column->computed)
        return false;
    const ColumnModel *column = expr->as.column.column;
    for (size_t i = 0; i < computed->said.len; i++)
        if (computed->said.items[i] == column)
            return false;
    Phrase *p = computed->phrase;
    vec_push(p->arena, &computed->said, column);
    const SourceModel *source = column->source;
    const char *title = source->title ? source->title : source->name;
    strbuf_addf(p->out, "“%s” of “%s” is worked out: ", column->name, title);
    phrase_any(p, column->computed);
    sentence_end(p, computed->out, TOPIC_COMPUTED,
                 arena_printf(p->arena, "%s: %s", title, column->name));
    return walk_expr(&computed->walk, column->computed);
}

static void computed_sentences(Phrase *p, Sentences *out) {
    Computed computed = {.phrase = p, .out = out};
    computed.walk = (Walk){say_computed, NULL, &computed};
    walk_indicator(&computed.walk, p->indicator);
    for (size_t i = 0; i < p->indicator->benchmarks_len; i++)
        if (p->indicator->benchmarks[i].only_where)
            walk_expr(&computed.walk, p->indicator->benchmarks[i].only_where);
}

/* ---- how the value is worked out ---- */

/* Whether a record can be in doubt: the timing of its set leaves none. */
static bool has_condition(const Indicator *indicator) {
    for (size_t i = 0; i < indicator->rowsets_len; i++)
        if (indicator->rowsets[i]->where)
            return true;
    return indicator->those || indicator->excludes_len > 0 || indicator->parts_len > 0;
}

/* Whether one record without its value leaves the whole without. */
static bool needs_every_value(const Quantity *quantity) {
    switch (quantity->kind) {
    case QUANTITY_COUNT:
    case QUANTITY_COUNT_DISTINCT: /* those without a value are left out, and counted */
    case QUANTITY_FIRST:
    case QUANTITY_LAST:
        return false;
    case QUANTITY_SUM:
    case QUANTITY_MEAN:
    case QUANTITY_MEDIAN:
    case QUANTITY_PERCENTILE:
    case QUANTITY_MIN:
    case QUANTITY_MAX:
        return !quantity->known;
    }
    return false;
}

static bool value_needs_every(const Expr *expr) {
    if (expr->kind == EXPR_ARITHMETIC)
        return value_needs_every(expr->as.arithmetic.left) ||
               value_needs_every(expr->as.arithmetic.right);
    if (expr->kind == EXPR_NEGATE)
        return value_needs_every(expr->as.operand);
    return expr->kind == EXPR_QUANTITY && needs_every_value(expr->as.quantity);
}

static void missing_sentence(Phrase *p, Sentences *out) {
    const Indicator *indicator = p->indicator;
    bool needs = indicator->value && value_needs_every(indicator->value);
    if (indicator->numerator)
        needs =
            needs_every_value(indicator->numerator) || needs_every_value(indicator->denominator);
    if (!needs)
        return;
    strbuf_add(p->out, "if one of the records lacks the value that is asked of it, the figure is "
                       "not available");
    sentence_end(p, out, TOPIC_MISSING, "");
}

static void unknown_sentence(Phrase *p, Sentences *out) {
    missing_sentence(p, out);
    if (!has_condition(p->indicator))
        return;
    strbuf_add(p->out, "a record that lacks what a condition needs to be decided is not counted "
                       "there");
    if (p->indicator->excludes_len > 0)
        strbuf_add(p->out, ", and where an exclusion cannot be decided the record stays in");
    strbuf_add(p->out, "; the result says how many there are");
    sentence_end(p, out, TOPIC_UNKNOWN, "");
}

static void add_basis(Phrase *p) {
    const Indicator *indicator = p->indicator;
    switch (indicator->basis) {
    case BASIS_PERCENT:
        strbuf_add(p->out, ", as a percentage");
        return;
    case BASIS_PER:
        strbuf_add(p->out, ", as a rate per ");
        num_print(p->out, indicator->per, 0, true);
        if (indicator->unit)
            strbuf_addf(p->out, " %s", indicator->unit);
        return;
    case BASIS_DAYS:
        strbuf_add(p->out, ", in days");
        return;
    case BASIS_POUNDS:
        strbuf_add(p->out, ", in pounds");
        return;
    case BASIS_POINTS:
        strbuf_add(p->out, ", in percentage points");
        return;
    case BASIS_NUMBER:
        if (indicator->unit)
            strbuf_addf(p->out, ", in %s", indicator->unit);
        return;
    case BASIS_COUNT:
        return;
    }
}

/* dispatch */
static void add_figure(Phrase *p) {
    switch (p->indicator->shape) {
    case SHAPE_PROPORTION:
    case SHAPE_RATIO:
        strbuf_add(p->out, "the value is the numerator divided by the denominator");
        return;
    case SHAPE_VALUE:
    case SHAPE_DERIVED:
        strbuf_add(p->out, "the value");
        return;
    case SHAPE_DISTRIBUTION:
        strbuf_add(p->out, p->indicator->basis == BASIS_PERCENT
                               ? "the value of a band is its part of all the bands"
                               : "the value of a band is the number of its records");
        return;
    }
}

static void add_rounding(Phrase *p) {
    int decimals = p->indicator->decimals;
    strbuf_add(p->out, " is exact, and rounded once, when it is printed, to ");
    if (decimals == 0)
        strbuf_add(p->out, "a whole number");
    else
        strbuf_addf(p->out, "%d decimal place%s", decimals, decimals == 1 ? "" : "s");
    strbuf_add(p->out, " (halves away from zero)");
}

static void figure_sentence(Phrase *p, Sentences *out) {
    const Indicator *indicator = p->indicator;
    bool alone = indicator->shape == SHAPE_VALUE || indicator->shape == SHAPE_DERIVED;
    add_figure(p);
    add_basis(p);
    if (indicator->basis == BASIS_COUNT) {
        strbuf_add(p->out, alone ? " is a whole number" : "");
    } else {
        strbuf_add(p->out, !alone ? "; it" : indicator->basis == BASIS_PERCENT ? "" : ",");
        add_rounding(p);
    }
    sentence_end(p, out, TOPIC_FIGURE, "");
}

static void add_breakdown_key(Phrase *p, size_t set, const Expr *key) {
    if (p->indicator->rowsets_len > 1) {
        const SourceModel *source = p->indicator->rowsets[set]->source;
        strbuf_add(p->out, "of ");
        phrase_quoted(p, source->title ? source->title : source->name);
        strbuf_add(p->out, ", ");
    }
    vec_push(p->arena, &p->rows, p->indicator->rowsets[set]->row);
    phrase_any(p, key);
    p->rows.len--;
}

static void breakdown_sentence(Phrase *p, Sentences *out, const Breakdown *breakdown) {
    strbuf_addf(p->out, "it is given for each group by “%s”: ", breakdown->label);
    bool first = true;
    for (size_t set = 0; set < p->indicator->rowsets_len; set++) {
        if (!breakdown->keys[set])
            continue;
        strbuf_add(p->out, first ? "" : "; ");
        add_breakdown_key(p, set, breakdown->keys[set]);
        first = false;
    }
    if (breakdown->codes) {
        strbuf_add(p->out, ", in the order of the list ");
        phrase_quoted(p,
                      breakdown->codes->title ? breakdown->codes->title : breakdown->codes->name);
        strbuf_add(p->out, ", groups without records too");
    }
    if (breakdown->total)
        strbuf_addf(p->out, ", and for all together as “%s”", breakdown->total);
    if (breakdown->share)
        strbuf_add(p->out, ", each with its share of the whole");
    sentence_end(p, out, TOPIC_BREAKDOWN, breakdown->label);
}

/* dispatch */
static const char *interval_name(IntervalChoice choice) {
    switch (choice) {
    case INTERVAL_CHOICE_BY_KIND:
        return NULL;
    case INTERVAL_CHOICE_NONE:
        return "no confidence interval is given";
    case INTERVAL_CHOICE_WILSON:
        return "the confidence interval is Wilson's";
    case INTERVAL_CHOICE_BYAR:
        return "the confidence interval is Byar's";
    case INTERVAL_CHOICE_EXACT_POISSON:
        return "the confidence interval is the exact one of Poisson";
    case INTERVAL_CHOICE_CLOPPER_PEARSON:
        return "the confidence interval is that of Clopper and Pearson";
    case INTERVAL_CHOICE_T:
        return "the confidence interval is that of Student's t";
    }
    return NULL;
}

static void small_print_sentences(Phrase *p, Sentences *out) {
    const Indicator *indicator = p->indicator;
    if (indicator->suppress_declared) {
        if (indicator->suppress_below > 0)
            strbuf_addf(p->out, "numbers below %d are hidden", indicator->suppress_below);
        else
            strbuf_add(p->out, "no small number is hidden");
        sentence_end(p, out, TOPIC_SUPPRESSION, "");
    }
    const char *interval = interval_name(indicator->interval);
    if (!interval)
        return;
    strbuf_add(p->out, interval);
    sentence_end(p, out, TOPIC_INTERVAL, "");
}

/* ---- all of it ---- */

void wording_of_indicator(Arena *arena, const Indicator *indicator, Sentences *out) {
    StrBuf text = {0};
    Phrase phrase = {.out = &text, .arena = arena, .indicator = indicator};
    if (indicator->why) {
        strbuf_add(&text, indicator->why);
        sentence_end(&phrase, out, TOPIC_WHY, "");
    }
    period_sentences(&phrase, out);
    shape_sentences(&phrase, out);
    part_sentences(&phrase, out, TOPIC_EXCLUSION, indicator->excludes, indicator->excludes_len);
    part_sentences(&phrase, out, TOPIC_PART, indicator->parts, indicator->parts_len);
    computed_sentences(&phrase, out);
    unknown_sentence(&phrase, out);
    figure_sentence(&phrase, out);
    for (size_t i = 0; i < indicator->breakdowns_len; i++)
        breakdown_sentence(&phrase, out, &indicator->breakdowns[i]);
    small_print_sentences(&phrase, out);
    judgement_sentences(&phrase, out);
    strbuf_fini(&text);
}

/* A phrase about records of sets, each inside the one before. */
static void say_within(StrBuf *out, const Indicator *indicator, const Rowset *const *sets,
                       size_t len, const Expr *expr, void (*say)(Phrase *p, const Expr *expr)) {
    Arena *arena = arena_new();
    Phrase phrase = {.out = out, .arena = arena, .indicator = indicator};
    for (size_t i = 0; i < len; i++)
        vec_push(arena, &phrase.rows, sets[i]->row);
    say(&phrase, expr);
    arena_free(arena);
}

void wording_of_condition_within(StrBuf *out, const Indicator *indicator, const Rowset *const *sets,
                                 size_t len, const Expr *condition) {
    say_within(out, indicator, sets, len, condition, phrase_condition);
}

void wording_of_value(StrBuf *out, const Indicator *indicator, const Rowset *const *sets,
                      size_t len, const Expr *value) {
    say_within(out, indicator, sets, len, value, phrase_value);
}

void wording_of_condition(StrBuf *out, const Indicator *indicator, const Rowset *rows,
                          const Expr *condition) {
    wording_of_condition_within(out, indicator, &rows, 1, condition);
}
