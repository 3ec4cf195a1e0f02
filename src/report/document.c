#include "report/document.h"

#include <string.h>

#include "report/notes.h"
#include "report/row.h"
#include "wording/wording.h"

#define HASH_SHOWN 12

typedef struct Building {
    Arena *run;
    const DocumentInput *input;
    Document *document;
    DocumentItem *table; /* under way; NULL: none */
} Building;

/* ---- fields ---- */

static const char *date_words(Arena *run, Date date) {
    StrBuf words = {0};
    date_print_long(&words, date);
    return row_keep(run, &words);
}

static const char *period_title_of(Arena *run, Period period) {
    StrBuf words = {0};
    period_words(&words, period);
    return row_keep(run, &words);
}

/* What a field can say in braces; NULL: nothing of that name. */
static const char *field_word(const Building *b, const char *word, size_t len) {
    const DocumentInput *input = b->input;
    Period year = period_holding(PERIOD_FINANCIAL_YEAR, input->period.end);
    const struct {
        const char *word, *text;
    } words[] = {
        {"period", period_title_of(b->run, input->period)},
        {"period end", date_words(b->run, input->period.end)},
        {"year", row_period(b->run, year)},
        {"taken", input->has_taken ? date_words(b->run, input->taken) : "not taken"},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i].word) == len && strncmp(words[i].word, word, len) == 0)
            return words[i].text;
    return NULL;
}

static const char *field_text(const Building *b, const char *text) {
    StrBuf out = {0};
    while (text && *text) {
        size_t len = strcspn(text, "{");
        strbuf_add_len(&out, text, len);
        text += len;
        size_t end = strcspn(text, "}");
        const char *word = *text && text[end] ? field_word(b, text + 1, end - 1) : NULL;
        if (word) {
            strbuf_add(&out, word);
            text += end + 1;
        } else if (*text) {
            strbuf_add_char(&out, *text++);
        }
    }
    return row_keep(b->run, &out);
}

/* `next`: among the fields that the narrative gives. */
static void add_field(Building *b, const ReportItem *item, size_t *next) {
    const char *text =
        item->text ? field_text(b, item->text) : b->input->narrative->fields[(*next)++].text;
    DocumentField field = {item->title, text};
    vec_push(b->run, &b->document->fields, field);
}

/* ---- tables ---- */

const char *document_carried(const ReportModel *report, const Indicator *indicator) {
    if (indicator->every <= report->every)
        return NULL;
    return indicator->every == EVERY_QUARTER ? "Quarterly" : "Yearly";
}

static void start_table(Building *b, const char *title) {
    DocumentItem item = {.kind = ITEM_TABLE, .title = title};
    vec_push(b->run, &b->document->items, item);
    b->table = &b->document->items.items[b->document->items.len - 1];
}

static void add_charts(const Building *b, const ReportItem *item, const Indicator *indicator,
                       DocumentRow *row) {
    const Chart *chart = chart_build(b->run, b->input->rows, b->input->series, indicator,
                                     b->input->period, item->chart_months);
    if (chart)
        row->charts[row->charts_len++] = chart;
}

static DocumentRow row_of(const Building *b, const ReportItem *item, const Indicator *indicator) {
    DocumentRow row = {.indicator = indicator, .title = indicator->title};
    row.carried = document_carried(b->input->model, indicator);
    document_add_measure(b->run, b->input->rows, indicator, NULL, b->input, &row);
    row.charts = arena_array(b->run, 1 + item->with_len, sizeof *row.charts);
    if (item->chart_months > 0)
        add_charts(b, item, indicator, &row);
    for (size_t i = 0; i < item->with_len; i++) {
        const Indicator *beside = item->with[i];
        document_add_measure(b->run, b->input->rows, beside, beside->title, b->input, &row);
        if (item->chart_months > 0)
            add_charts(b, item, beside, &row);
    }
    return row;
}

static void add_show(Building *b, const ReportItem *item) {
    if (!b->table)
        start_table(b, NULL);
    for (size_t i = 0; i < item->shown_len; i++) {
        DocumentRow row = row_of(b, item, item->shown[i]);
        vec_push(b->run, &b->table->rows, row);
    }
}

/* ---- parts ---- */

/* How far the narrative was used. */
typedef struct Place {
    size_t part, field;
} Place;

static void add_item(Building *b, const ReportItem *item, Place *next) {
    DocumentItem out = {.title = item->title};
    switch (item->kind) {
    case REPORT_FIELD:
        add_field(b, item, &next->field);
        return;
    case REPORT_PART:
        out.kind = ITEM_PART;
        out.part = &b->input->narrative->parts[next->part++];
        vec_push(b->run, &b->document->items, out);
        b->table = NULL;
        return;
    case REPORT_SECTION:
        start_table(b, item->title);
        return;
    case REPORT_SHOW:
        add_show(b, item);
        return;
    case REPORT_REFER:
        out.kind = ITEM_REFER;
        out.text = item->text;
        vec_push(b->run, &b->document->items, out);
        b->table = NULL;
        return;
    }
}

/* ---- summary ---- */

static void count(Building *b, const char *label, size_t number) {
    if (number == 0)
        return;
    DocumentField field = {label, arena_printf(b->run, "%zu", number)};
    vec_push(b->run, &b->document->summary, field);
}

typedef struct Counts {
    size_t rows, met, near, missed, none, improving, worsening;
} Counts;

static void count_row(Counts *counts, const ReportRow *row) {
    counts->rows++;
    switch (row->status) {
    case STATUS_NONE:
        counts->none++;
        break;
    case STATUS_MET:
        counts->met++;
        break;
    case STATUS_NEAR:
        counts->near++;
        break;
    case STATUS_MISSED:
        counts->missed++;
        break;
    }
    counts->improving += row->meaning == MEANING_IMPROVING;
    counts->worsening += row->meaning == MEANING_WORSENING;
}

/* Calls back for each measure that is shown, with or without a row of its own. */
typedef void (*EachShown)(Building *b, const Indicator *indicator, bool own_row, void *context);

static void each_shown(Building *b, EachShown each, void *context) {
    const ReportModel *model = b->input->model;
    for (size_t i = 0; i < model->items_len; i++) {
        const ReportItem *item = &model->items[i];
        for (size_t s = 0; item->kind == REPORT_SHOW && s < item->shown_len; s++)
            each(b, item->shown[s], true, context);
        for (size_t w = 0; item->kind == REPORT_SHOW && w < item->with_len; w++)
            each(b, item->with[w], false, context);
    }
}

static void count_shown(Building *b, const Indicator *indicator, bool own_row, void *context) {
    const ReportRow *row = document_whole(b->input->rows, indicator);
    if (own_row && row)
        count_row(context, row);
}

static void add_summary(Building *b) {
    Counts counts = {0};
    each_shown(b, count_shown, &counts);
    count(b, "measures", counts.rows);
    count(b, "met or better", counts.met);
    count(b, "near or similar", counts.near);
    count(b, "missed or worse", counts.missed);
    count(b, "without a verdict", counts.none);
    count(b, "improving", counts.improving);
    count(b, "worsening", counts.worsening);
}

/* ---- notes and definitions ---- */

static void add_note(Building *b, const char *note) {
    vec_push(b->run, &b->document->notes, note);
}

typedef struct NoteFacts {
    bool quarterly, yearly, overlapping, to_date, provisional, interval[INTERVAL_T + 1], exact;
} NoteFacts;

static int compared_months(const Indicator *indicator) {
    switch (indicator->compare) {
    case COMPARE_PREVIOUS_MONTH:
        return 1;
    case COMPARE_PREVIOUS_QUARTER:
        return 3;
    case COMPARE_PREVIOUS_YEAR:
    case COMPARE_SAME_PERIOD_LAST_YEAR:
        return 12;
    }
    return 12;
}

static void note_methods(const ReportRow *row, NoteFacts *facts) {
    for (size_t i = 0; i < row->benchmarks_len; i++) {
        if (!row->benchmarks[i].compared)
            continue;
        if (row->interval.method)
            facts->interval[row->interval.estimate.method] = true;
        else
            facts->exact = true;
    }
}

static void note_shown(Building *b, const Indicator *indicator, bool own_row, void *context) {
    NoteFacts *facts = context;
    const char *carried = document_carried(b->input->model, indicator);
    (void)own_row;
    facts->quarterly = facts->quarterly || (carried && indicator->every == EVERY_QUARTER);
    facts->yearly = facts->yearly || (carried && indicator->every == EVERY_YEAR);
    facts->overlapping =
        facts->overlapping || (indicator->window == WINDOW_ROLLING &&
                               compared_months(indicator) < indicator->window_months);
    facts->to_date = facts->to_date || indicator->window == WINDOW_YEAR_TO_DATE;
    for (size_t i = 0; i < b->input->rows->rows_len; i++) {
        const ReportRow *row = &b->input->rows->rows[i];
        if (row->indicator != indicator)
            continue;
        note_methods(row, facts);
        facts->provisional = facts->provisional || row->cell->provisional;
    }
}

static void add_method_note(Building *b, const NoteFacts *facts) {
    StrBuf methods = {0};
    for (int i = INTERVAL_WILSON; i <= INTERVAL_T; i++)
        if (facts->interval[i])
            strbuf_addf(&methods, "%s%s", methods.len ? ", " : "",
                        interval_word((IntervalMethod)i));
    if (methods.len)
        add_note(b,
                 arena_printf(b->run,
                              "A measure with a benchmark and no target is judged by its own 95%% "
                              "interval (%s): similar if the benchmark lies within it%s.",
                              strbuf_text(&methods),
                              facts->exact ? "; without an interval, by its exact value" : ""));
    else if (facts->exact)
        add_note(b, "A measure with a benchmark, no target and no interval is judged by its exact "
                    "value.");
    strbuf_fini(&methods);
}

static void add_notes(Building *b) {
    NoteFacts facts = {0};
    each_shown(b, note_shown, &facts);
    if (facts.quarterly)
        add_note(b,
                 "Rows marked Quarterly are updated once a quarter: each shows its last complete "
                 "quarter, with its own date.");
    if (facts.yearly)
        add_note(b,
                 "Rows marked Yearly are updated once a year: each shows its last complete year, "
                 "with its own date.");
    add_method_note(b, &facts);
    if (facts.overlapping)
        add_note(b, "Rolling windows that are compared with the one before share most of their "
                    "months: the difference is what entered and what left, and is no test of two "
                    "samples.");
    if (facts.to_date)
        add_note(b, "A total of the year to date only grows: its increase is given, and no arrow.");
    if (facts.provisional)
        add_note(b, "Figures marked provisional may still be revised.");
}

static const char *rule_words(Arena *run, const Indicator *indicator) {
    StrBuf words = {0};
    indicator_good_words(&words, indicator);
    if (indicator->has_tolerance) {
        strbuf_add(&words, words.len ? "; within " : "within ");
        num_print_exact(&words, indicator->tolerance);
        strbuf_addf(&words, "%s of target is %s",
                    indicator->tolerance_kind == SAME_POINTS ? " points" : "%",
                    indicator->tolerance_colour == COLOUR_GREEN ? "green" : "amber");
    }
    if (indicator->rating)
        strbuf_addf(&words, "%srated by %s", words.len ? "; " : "",
                    indicator->rating->title ? indicator->rating->title : indicator->rating->name);
    return row_keep(run, &words);
}

/* Whether a sentence says what is counted: the rest stands in the other columns, or above. */
static bool says_what_is_counted(Topic topic) {
    return topic == TOPIC_ROWS || topic == TOPIC_DENOMINATOR || topic == TOPIC_NUMERATOR ||
           topic == TOPIC_VALUE || topic == TOPIC_EXCLUSION;
}

static const char *counted_words(Arena *run, const Indicator *indicator) {
    Sentences sentences = {0};
    StrBuf words = {0};
    wording_of_indicator(run, indicator, &sentences);
    for (size_t i = 0; i < sentences.len; i++)
        if (says_what_is_counted(sentences.items[i].topic))
            strbuf_addf(&words, "%s%s", words.len ? " " : "", sentences.items[i].text);
    return row_keep(run, &words);
}

static void add_definition(Building *b, const Indicator *indicator, bool own_row, void *context) {
    const ReportRow *row = document_whole(b->input->rows, indicator);
    StrBuf window = {0};
    (void)own_row;
    (void)context;
    indicator_window_words(&window, indicator);
    DocumentDefinition definition = {.title = indicator->title, .id = indicator->id};
    definition.window = row_keep(b->run, &window);
    definition.rule = rule_words(b->run, indicator);
    definition.counted = counted_words(b->run, indicator);
    if (row && row->definition)
        definition.hash = arena_copy_text(b->run, row->definition, HASH_SHOWN);
    vec_push(b->run, &b->document->definitions, definition);
}

const Document *document_build(Arena *run, const DocumentInput *input) {
    Document *document = arena_alloc(run, sizeof *document);
    Building b = {.run = run, .input = input, .document = document};
    document->title = input->model->title ? input->model->title : input->model->name;
    document->period = period_title_of(run, input->period);
    document->fingerprint = input->rows->fingerprint;
    document->made_by = input->made_by;
    if (input->has_taken)
        document->taken = date_words(run, input->taken);
    document->introduction = input->narrative->introduction;
    Place next = {0, 0};
    for (size_t i = 0; i < input->model->items_len; i++)
        add_item(&b, &input->model->items[i], &next);
    add_summary(&b);
    add_notes(&b);
    each_shown(&b, add_definition, NULL);
    return document;
}
