/* What a test expects, beside what was computed. */
#include <string.h>

#include "testing/trial.h"

typedef struct Judging {
    Trial *trial;
    FindingSink sink;
    void *context;
    const Expectation *expect;
    const Cell *cell; /* that it is about; NULL: there is none */
    ReportRow row;    /* of the cell */
} Judging;

/* ---- the cell ---- */

static bool names_breakdown(const Expectation *expect, size_t breakdown) {
    for (size_t i = 0; i < expect->groups_len; i++)
        if (expect->groups[i].breakdown == breakdown)
            return true;
    return false;
}

static bool is_of_groups(const Cell *cell, const Expectation *expect) {
    const Indicator *indicator = cell->indicator;
    if (expect->groups_len == 0)
        return cell->whole;
    for (size_t i = 0; i < expect->groups_len; i++) {
        GroupChoice choice = {indicator->breakdowns[expect->groups[i].breakdown].label,
                              expect->groups[i].value};
        if (!report_cell_chosen(cell, &choice, 1))
            return false;
    }
    for (size_t i = 0; i < indicator->breakdowns_len; i++)
        if (!names_breakdown(expect, i) && !cell->group[i].whole)
            return false;
    return true;
}

static bool is_of_band(const Cell *cell, const Expectation *expect) {
    if (!expect->has_band)
        return !cell->band && !cell->band_unknown;
    return expect->band_unknown ? cell->band_unknown : cell->band == expect->band;
}

static const Cell *cell_of(const Trial *trial, const Expectation *expect) {
    for (size_t i = 0; i < trial->result.cells_len; i++) {
        const Cell *cell = trial->result.cells[i];
        if (cell->asked && is_of_groups(cell, expect) && is_of_band(cell, expect))
            return cell;
    }
    return NULL;
}

/* ---- words ---- */

static void say(const Judging *judging, const char *expected, const char *actual) {
    judging->sink(judging->context, judging->expect->span, expected, actual);
}

/* "2 of 3 (66.7%)", "no cases" */
static void print_actual(StrBuf *out, const Judging *judging) {
    const Cell *cell = judging->cell;
    if (!cell) {
        strbuf_add(out, "no such group");
        return;
    }
    if (cell->numerator.present && cell->denominator.present) {
        figure_print(out, cell->numerator.value, false);
        strbuf_add(out, " of ");
        figure_print(out, cell->denominator.value, false);
        strbuf_add(out, ", ");
    }
    strbuf_add(out, judging->row.printed ? judging->row.printed : missing_words(cell));
    if (!cell->available && cell->reason)
        strbuf_addf(out, ": %s", cell->reason);
}

static void print_in_band(StrBuf *out, const Indicator *indicator, const Expectation *expect) {
    if (expect->has_band)
        strbuf_addf(out, " in band \"%s\"", expect->band ? expect->band->label : "Unknown");
    for (size_t i = 0; i < expect->groups_len; i++)
        strbuf_addf(out, " %s %s = \"%s\"", i == 0 ? "where" : "and",
                    indicator->breakdowns[expect->groups[i].breakdown].label,
                    expect->groups[i].value);
}

static void unless(const Judging *judging, bool met, const char *expected) {
    if (met)
        return;
    StrBuf wanted = {0}, actual = {0};
    strbuf_add(&wanted, expected);
    print_in_band(&wanted, judging->trial->test->indicator, judging->expect);
    print_actual(&actual, judging);
    say(judging, strbuf_text(&wanted), strbuf_text(&actual));
    strbuf_fini(&actual);
    strbuf_fini(&wanted);
}

/* ---- figures ---- */

static bool is_figure(Figure figure, Num wanted) {
    return figure.present && num_compare(figure.value, wanted) == 0;
}

static void judge_fraction(const Judging *judging) {
    const Expectation *expect = judging->expect;
    const Cell *cell = judging->cell;
    bool alone = num_compare(expect->of, num_of_int(-1)) == 0;
    StrBuf wanted = {0};
    figure_print(&wanted, expect->value, false);
    if (!alone) {
        strbuf_add(&wanted, " of ");
        figure_print(&wanted, expect->of, false);
    }
    unless(judging,
           cell && is_figure(cell->numerator, expect->value) &&
               (alone || is_figure(cell->denominator, expect->of)),
           strbuf_text(&wanted));
    strbuf_fini(&wanted);
}

/* At the places of print, or more when more were written. */
static bool is_value(const Cell *cell, const Expectation *expect) {
    int places = cell->indicator->decimals;
    Num value, wanted;
    if (expect->decimals > places)
        places = expect->decimals;
    return cell->available && num_round(cell->value, places, &value) &&
           num_round(expect->value, places, &wanted) && num_compare(value, wanted) == 0;
}

static void judge_value(const Judging *judging) {
    StrBuf wanted = {0};
    const Expectation *expect = judging->expect;
    BasisKind basis = judging->trial->test->indicator->basis;
    strbuf_add(&wanted, basis == BASIS_POUNDS ? "£" : "");
    num_print(&wanted, expect->value, expect->decimals, false);
    strbuf_add(&wanted, basis == BASIS_PERCENT ? "%" : "");
    unless(judging, judging->cell && is_value(judging->cell, expect), strbuf_text(&wanted));
    strbuf_fini(&wanted);
}

static void judge_printed(const Judging *judging) {
    const char *printed = !judging->cell         ? ""
                          : judging->row.printed ? judging->row.printed
                                                 : missing_words(judging->cell);
    StrBuf wanted = {0};
    strbuf_addf(&wanted, "\"%s\"", judging->expect->printed);
    unless(judging, strcmp(printed, judging->expect->printed) == 0, strbuf_text(&wanted));
    strbuf_fini(&wanted);
}

static void judge_missing(const Judging *judging, bool no_cases) {
    const Cell *cell = judging->cell;
    bool missing = cell && !cell->available;
    bool is_none = missing && cell->symbol == SYMBOL_NOT_APPLICABLE;
    unless(judging, missing && is_none == no_cases, no_cases ? "no cases" : "not available");
}

static void judge_verdict(const Judging *judging) {
    const char *word = judging->cell ? status_word(judging->row.status) : NULL;
    if (word && strcmp(word, judging->expect->status) == 0)
        return;
    StrBuf wanted = {0}, actual = {0};
    strbuf_addf(&wanted, "status %s", judging->expect->status);
    strbuf_add(&actual, word ? "status " : "no status");
    strbuf_addf(&actual, "%s: ", word ? word : "");
    if (judging->row.status_reason)
        strbuf_add(&actual, judging->row.status_reason);
    else
        print_actual(&actual, judging);
    say(judging, strbuf_text(&wanted), strbuf_text(&actual));
    strbuf_fini(&actual);
    strbuf_fini(&wanted);
}

/* ---- counts ---- */

static void judge_count(const Judging *judging, int64_t count, const char *words) {
    StrBuf wanted = {0}, actual = {0};
    figure_print(&wanted, judging->expect->value, false);
    strbuf_addf(&wanted, " %s", words);
    strbuf_addf(&actual, "%lld %s", (long long)count, words);
    if (num_compare(judging->expect->value, num_of_int(count)) != 0)
        say(judging, strbuf_text(&wanted), strbuf_text(&actual));
    strbuf_fini(&actual);
    strbuf_fini(&wanted);
}

static int64_t part_count(const PartCount *counts, size_t len, const Part *part) {
    for (size_t i = 0; counts && i < len; i++)
        if (counts[i].part == part)
            return counts[i].count;
    return 0;
}

static void judge_part(const Judging *judging) {
    const Expectation *expect = judging->expect;
    const Cell *cell = judging->cell;
    bool excluded = expect->kind == EXPECT_EXCLUDED;
    StrBuf words = {0};
    strbuf_addf(&words, "%s %s", excluded ? "excluded" : "of which", expect->part->id);
    int64_t count = !cell ? 0
                    : excluded
                        ? part_count(cell->excluded, cell->indicator->excludes_len, expect->part)
                        : part_count(cell->parts, cell->indicator->parts_len, expect->part);
    judge_count(judging, count, strbuf_text(&words));
    strbuf_fini(&words);
}

static int64_t unknown_of(const Cell *cell) {
    return cell ? cell->unknown_rows + cell->unknown_numerator + cell->unknown_excluded : 0;
}

/* ---- records ---- */

static const RecordSeen *seen_of(const Trial *trial, const Expectation *expect) {
    for (size_t i = 0; i < trial->seen.len; i++)
        if (trial->seen.items[i].rows == expect->rows && trial->seen.items[i].row == expect->row)
            return &trial->seen.items[i];
    return NULL;
}

static bool is_in(const RecordSeen *seen, const Expectation *expect) {
    const Indicator *indicator = seen->indicator;
    bool counted = seen->truth == TRUTH_TRUE && !seen->out;
    switch (expect->place) {
    case PLACE_COUNTED:
        return counted;
    case PLACE_NUMERATOR:
        return counted && seen->selected == TRUTH_TRUE;
    case PLACE_EXCLUDED:
        return seen->excluded && seen->excluded[expect->part - indicator->excludes] == TRUTH_TRUE;
    case PLACE_PART:
        return counted && seen->parts && seen->parts[expect->part - indicator->parts] == TRUTH_TRUE;
    case PLACE_BAND:
        return counted && seen->band == (expect->band ? (size_t)(expect->band - indicator->bands)
                                                      : indicator->bands_len);
    }
    return false;
}

static void judge_record(const Judging *judging) {
    const Expectation *expect = judging->expect;
    const TestModel *test = judging->trial->test;
    const RecordSeen *seen = seen_of(judging->trial, expect);
    bool in = seen && is_in(seen, expect);
    if (in != expect->negated)
        return;
    static const char *const places[] = {[PLACE_NUMERATOR] = "the numerator",
                                         [PLACE_COUNTED] = "the rows that are counted",
                                         [PLACE_EXCLUDED] = "the exclusion",
                                         [PLACE_PART] = "the part",
                                         [PLACE_BAND] = "the band"};
    StrBuf wanted = {0}, actual = {0};
    given_print_row(&wanted, test->given[expect->rows->source->index], expect->row);
    strbuf_addf(&wanted, " %sin %s", expect->negated ? "not " : "", places[expect->place]);
    if (expect->part)
        strbuf_addf(&wanted, " '%s'", expect->part->id);
    if (expect->place == PLACE_BAND)
        strbuf_addf(&wanted, " \"%s\"", expect->band ? expect->band->label : "Unknown");
    strbuf_add(&actual, in ? "it is in" : "it is not in");
    say(judging, strbuf_text(&wanted), strbuf_text(&actual));
    strbuf_fini(&actual);
    strbuf_fini(&wanted);
}

/* ---- messages ---- */

/* Faults of what was read are 550 to 599. */
static bool is_fault(const DiagInfo *info) {
    return info->severity == SEVERITY_ERROR || (info->number >= 550 && info->number <= 599);
}

static bool expects_message(const TestModel *test, const DiagInfo *info) {
    for (size_t i = 0; i < test->expected_len; i++) {
        const Expectation *expect = &test->expected[i];
        bool unavailable =
            expect->kind == EXPECT_NOT_AVAILABLE &&
            (info->number == DIAG_no_period_available || info->number == DIAG_no_period_in_series);
        if ((expect->kind == EXPECT_MESSAGE && expect->code == info->number) || unavailable)
            return true;
    }
    return false;
}

static void judge_message(const Judging *judging) {
    const char *words;
    const DiagInfo *info;
    for (size_t i = 0; (info = diags_at(judging->trial->session.diags, i, &words)); i++)
        if (info->number == judging->expect->code)
            return;
    StrBuf wanted = {0};
    strbuf_addf(&wanted, "message KPI%04d (%s)", judging->expect->code,
                diag_info(judging->expect->code)->title);
    say(judging, strbuf_text(&wanted), "no such message");
    strbuf_fini(&wanted);
}

static void judge_unexpected(const Trial *trial, FindingSink sink, void *context) {
    const char *words;
    const DiagInfo *info;
    for (size_t i = 0; (info = diags_at(trial->session.diags, i, &words)); i++) {
        if (!is_fault(info) || expects_message(trial->test, info))
            continue;
        StrBuf actual = {0};
        strbuf_addf(&actual, "message KPI%04d: %s", info->number, words);
        sink(context, trial->test->span, "no fault in the records", strbuf_text(&actual));
        strbuf_fini(&actual);
    }
}

/* dispatch */
static void judge(const Judging *judging) {
    switch (judging->expect->kind) {
    case EXPECT_FRACTION:
        judge_fraction(judging);
        break;
    case EXPECT_VALUE:
        judge_value(judging);
        break;
    case EXPECT_PRINTED:
        judge_printed(judging);
        break;
    case EXPECT_EXCLUDED:
    case EXPECT_OF_WHICH:
        judge_part(judging);
        break;
    case EXPECT_UNKNOWN:
        judge_count(judging, unknown_of(judging->cell), "unknown");
        break;
    case EXPECT_STATUS:
        judge_verdict(judging);
        break;
    case EXPECT_NO_CASES:
        judge_missing(judging, true);
        break;
    case EXPECT_NOT_AVAILABLE:
        judge_missing(judging, false);
        break;
    case EXPECT_RECORD:
        judge_record(judging);
        break;
    case EXPECT_MESSAGE:
        judge_message(judging);
        break;
    }
}

void trial_judge(Trial *trial, FindingSink sink, void *context) {
    judge_unexpected(trial, sink, context);
    for (size_t i = 0; i < trial->test->expected_len && !trial->stopped; i++) {
        Judging judging = {
            .trial = trial, .sink = sink, .context = context, .expect = &trial->test->expected[i]};
        judging.cell = cell_of(trial, judging.expect);
        if (judging.cell)
            report_row_fill(trial->run, judging.cell, NULL, &judging.row);
        judge(&judging);
    }
}
