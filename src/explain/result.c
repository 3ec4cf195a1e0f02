#include <string.h>

#include "explain/explain.h"
#include "report/notes.h"
#include "wording/wording.h"

static const char *keep(const ExplainPage *page, StrBuf *text) {
    const char *out = arena_copy_text(page->run, strbuf_text(text), text->len);
    strbuf_fini(text);
    return out;
}

/* ---- which records ---- */

/* "taken out: children with disabilities, that is those for which ..." */
static const char *part_text(const ExplainPage *page, const GatheredSet *set, const char *before,
                             const Part *part) {
    StrBuf text = {0};
    strbuf_addf(&text, "%s%s, that is those for which ", before,
                part->label ? part->label : part->id);
    wording_of_condition(&text, set->indicator, set->rows, part->condition);
    return keep(page, &text);
}

static bool is_counted(const RecordFate *fate, const Cell *cell) {
    return fate->truth == TRUTH_TRUE && !fate->out && fate_in_group(fate, cell);
}

/* Records that an exclusion takes out and those for which it is unknown. */
static int64_t count_excluded(const GatheredSet *set, const Cell *cell, size_t part, Truth truth) {
    int64_t count = 0;
    for (size_t i = 0; i < set->fates.len; i++) {
        const RecordFate *fate = &set->fates.items[i];
        count += fate->truth == TRUTH_TRUE && fate->excluded && fate->excluded[part] == truth &&
                 (truth == TRUTH_TRUE || !fate->out) && fate_in_group(fate, cell);
    }
    return count;
}

/* Takes out what the exclusions take out; gives what is left of `met`. */
static int64_t say_exclusions(const ExplainPage *page, const GatheredSet *set, const Cell *cell,
                              int64_t met) {
    const Indicator *indicator = set->indicator;
    int64_t taken = 0, out = 0;
    for (size_t i = 0; i < indicator->excludes_len; i++) {
        const Part *part = &indicator->excludes[i];
        if (part->rows != set->rows)
            continue;
        int64_t count = count_excluded(set, cell, i, TRUTH_TRUE);
        taken += count;
        page_count(page, "-", count, part_text(page, set, "taken out: ", part));
        int64_t unknown = count_excluded(set, cell, i, TRUTH_UNKNOWN);
        if (unknown > 0)
            page_count(page, "", unknown,
                       "for which that cannot be told: these stay in, and are counted as unknown");
    }
    for (size_t i = 0; i < set->fates.len; i++)
        out += set->fates.items[i].truth == TRUTH_TRUE && set->fates.items[i].out &&
               fate_in_group(&set->fates.items[i], cell);
    if (taken > out)
        page_count(page, "+", taken - out, "taken out more than once above");
    return met - out;
}

static void say_numerator(const ExplainPage *page, const GatheredSet *set, const Cell *cell) {
    const Indicator *indicator = set->indicator;
    int64_t selected = 0, unknown = 0;
    for (size_t i = 0; i < set->fates.len; i++) {
        const RecordFate *fate = &set->fates.items[i];
        selected += is_counted(fate, cell) && fate->selected == TRUTH_TRUE;
        unknown += is_counted(fate, cell) && fate->selected == TRUTH_UNKNOWN;
    }
    StrBuf text = {0};
    strbuf_add(&text, "of these are the numerator: those for which ");
    wording_of_condition(&text, indicator, set->rows, indicator->those);
    page_count(page, "", selected, keep(page, &text));
    if (unknown > 0)
        page_count(page, "", unknown,
                   "for which that cannot be told: these stay in the denominator and out of the "
                   "numerator");
}

static void say_parts(const ExplainPage *page, const GatheredSet *set, const Cell *cell) {
    const Indicator *indicator = set->indicator;
    for (size_t part = 0; part < indicator->parts_len; part++) {
        int64_t count = 0;
        if (indicator->parts[part].rows != set->rows)
            continue;
        for (size_t i = 0; i < set->fates.len; i++)
            count += is_counted(&set->fates.items[i], cell) && set->fates.items[i].parts &&
                     set->fates.items[i].parts[part] == TRUTH_TRUE;
        page_count(page, "", count, part_text(page, set, "of which ", &indicator->parts[part]));
    }
}

static const char *group_text(const ExplainPage *page, const Cell *cell) {
    StrBuf text = {0};
    strbuf_add(&text, "of these in the group ");
    bool first = true;
    for (size_t i = 0; i < cell->indicator->breakdowns_len; i++) {
        if (cell->group[i].whole)
            continue;
        strbuf_addf(&text, "%s%s “%s”", first ? "" : ", ", cell->indicator->breakdowns[i].label,
                    cell->group[i].label);
        first = false;
    }
    return keep(page, &text);
}

/* What the records that are left are to the figure. */
static const char *role_text(const Indicator *indicator, const Rowset *rows) {
    switch (indicator->shape) {
    case SHAPE_PROPORTION:
        return "counted: the denominator";
    case SHAPE_RATIO:
        if (indicator->numerator->rows == indicator->denominator->rows)
            return "counted: what numerator and denominator are made of";
        return rows == indicator->numerator->rows ? "counted: what the numerator is made of"
                                                  : "counted: what the denominator is made of";
    case SHAPE_VALUE:
        return "counted: what the value is made of";
    case SHAPE_DISTRIBUTION:
        return "counted: put into bands";
    case SHAPE_DERIVED:
        break;
    }
    return "counted";
}

static void say_clause(const ExplainPage *page, const GatheredSet *set, const SetCounts *counts,
                       size_t clause) {
    StrBuf text = {0};
    strbuf_addf(&text, "of these %s", clause_text(page->run, set, clause));
    if (counts->in_doubt[clause] > 0) {
        strbuf_add(&text, ", or it cannot be told (");
        num_print(&text, num_of_int((int64_t)counts->in_doubt[clause]), 0, true);
        strbuf_add(&text, ")");
    }
    page_count(page, "", (int64_t)counts->left[clause], keep(page, &text));
}

static void say_set(const ExplainPage *page, const GatheredSet *set, const Cell *cell) {
    SetCounts counts = set_counts(page->run, set, cell);
    StrBuf heading = {0};
    strbuf_add(&heading, "Records of ");
    wording_of_source(&heading, set->rows->source);
    page_heading(page, strbuf_text(&heading));
    strbuf_fini(&heading);
    page_count(page, "", (int64_t)set->read, "were read");
    for (size_t i = 0; i < set->clauses.len; i++)
        say_clause(page, set, &counts, i);
    if (set->rows->timing == TIMING_LATEST) {
        StrBuf latest = {0};
        strbuf_add(&latest, "of these ");
        wording_of_latest(&latest, set->indicator, set->rows);
        page_count(page, "", (int64_t)set->fates.len, keep(page, &latest));
    }
    if (!cell->whole)
        page_count(page, "", counts.met + counts.unknown, group_text(page, cell));
    if (counts.unknown > 0)
        page_count(page, "-", counts.unknown,
                   "for which a condition cannot be told: not counted, and given as unknown");
    int64_t left = say_exclusions(page, set, cell, counts.met);
    page_count(page, "=", left, role_text(set->indicator, set->rows));
    if (set->indicator->those && set->rows == set->indicator->denominator_rows)
        say_numerator(page, set, cell);
    say_parts(page, set, cell);
}

static void say_records(const ExplainPage *page, const ReportRow *row) {
    for (size_t i = 0; i < row->indicator->rowsets_len; i++) {
        const GatheredSet *set = gathered_set(page->gathering, row->indicator->rowsets[i]);
        if (set)
            say_set(page, set, row->cell);
    }
}

/* ---- the value ---- */

/* "12.897196261682", and "..." where that is not all of it. */
static void add_exact(StrBuf *out, Num value) {
    Num rounded;
    if (num_print_exact(out, value))
        return;
    num_print(out, value, MEMBER_PLACES, true);
    if (!num_round(value, MEMBER_PLACES, &rounded) || num_compare(rounded, value) != 0)
        strbuf_add(out, "…");
}

static void say_quantity(const ExplainPage *page, const Indicator *indicator, const char *what,
                         const Quantity *quantity, Figure figure) {
    StrBuf text = {0};
    strbuf_addf(&text, "%s is ", what);
    wording_of_quantity(&text, indicator, quantity);
    strbuf_add(&text, ": ");
    if (figure.present)
        figure_print(&text, figure.value, true);
    else
        strbuf_add(&text, "not available");
    strbuf_add(&text, ".");
    page_say(page, keep(page, &text));
}

static void say_sentence(const ExplainPage *page, const Indicator *indicator, Topic topic) {
    Sentences sentences = {0};
    wording_of_indicator(page->run, indicator, &sentences);
    for (size_t i = 0; i < sentences.len; i++)
        if (sentences.items[i].topic == topic)
            page_say(page, sentences.items[i].text);
}

/* A mean has its sum above and its number of records below. */
static void say_value_quantity(const ExplainPage *page, const ReportRow *row) {
    StrBuf text = {0};
    strbuf_add(&text, "The value is ");
    wording_of_quantity(&text, row->indicator, row->indicator->value->as.quantity);
    strbuf_add(&text, row->cell->denominator.present ? ": sum ÷ records." : ".");
    page_say(page, keep(page, &text));
}

/* dispatch */
static void say_made_of(const ExplainPage *page, const ReportRow *row) {
    const Indicator *indicator = row->indicator;
    switch (indicator->shape) {
    case SHAPE_RATIO:
        say_quantity(page, indicator, "The numerator", indicator->numerator, row->cell->numerator);
        say_quantity(page, indicator, "The denominator", indicator->denominator,
                     row->cell->denominator);
        return;
    case SHAPE_VALUE:
        if (indicator->value->kind == EXPR_QUANTITY) {
            say_value_quantity(page, row);
            return;
        }
        say_sentence(page, indicator, TOPIC_VALUE);
        return;
    case SHAPE_DERIVED:
        say_sentence(page, indicator, TOPIC_VALUE);
        return;
    case SHAPE_DISTRIBUTION:
        say_sentence(page, indicator, TOPIC_VALUE);
        return;
    case SHAPE_PROPORTION:
        return;
    }
}

/* Whether the value is what the two figures make: numerator by denominator, times `per`. */
static bool is_division(const Cell *cell, Num *made) {
    bool scaled = cell->indicator->shape != SHAPE_DERIVED;
    return cell->numerator.present && cell->denominator.present && cell->denominator.value.n != 0 &&
           num_divide(cell->numerator.value, cell->denominator.value, made) &&
           num_multiply(*made, scaled ? cell->indicator->per : num_of_int(1), made) &&
           num_compare(*made, cell->value) == 0;
}

static void add_equation(StrBuf *out, const Cell *cell) {
    Num made;
    if (is_division(cell, &made)) {
        figure_print(out, cell->numerator.value, true);
        strbuf_add(out, " ÷ ");
        figure_print(out, cell->denominator.value, true);
        if (num_compare(cell->indicator->per, num_of_int(1)) != 0) {
            strbuf_add(out, " × ");
            figure_print(out, cell->indicator->per, true);
        }
        strbuf_add(out, " = ");
    }
    add_exact(out, cell->value);
}

static void say_value(const ExplainPage *page, const ReportRow *row) {
    const Cell *cell = row->cell;
    StrBuf text = {0};
    if (cell->available) {
        strbuf_add(&text, "The value: ");
        add_equation(&text, cell);
        strbuf_add(&text, row->reported ? "." : ", printed as ");
        if (!row->reported)
            strbuf_addf(&text, "%s.", row->printed);
    } else {
        strbuf_addf(&text, "There is no value: %s.", cell->reason ? cell->reason : row->missing);
    }
    if (row->reported)
        strbuf_addf(&text, " Printed instead is %s, %s.", row->printed,
                    note_reported(page->run, row->reported));
    page_say(page, keep(page, &text));
    if (cell->left_out > 0)
        page_count(page, "", cell->left_out, "of the records have no such value and are left out");
}

static void add_percent(StrBuf *out, Num part, Num whole) {
    Num share;
    if (num_divide(part, whole, &share) && num_multiply(share, num_of_int(100), &share))
        add_exact(out, share);
}

static void say_share(const ExplainPage *page, const ReportRow *row) {
    if (!row->share.present || !row->share.printed)
        return;
    StrBuf text = {0};
    strbuf_add(&text, "Its share: ");
    figure_print(&text, row->cell->share_numerator.value, true);
    strbuf_add(&text, " ÷ ");
    figure_print(&text, row->cell->share_denominator.value, true);
    strbuf_add(&text, " × 100 = ");
    add_percent(&text, row->cell->share_numerator.value, row->cell->share_denominator.value);
    strbuf_addf(&text, ", printed as %s.", row->share.printed);
    page_say(page, keep(page, &text));
}

static void say_interval(const ExplainPage *page, const ReportRow *row) {
    const ReportInterval *interval = &row->interval;
    if (!interval->method || !interval->lower || !interval->upper)
        return;
    StrBuf text = {0};
    strbuf_addf(&text, "What chance leaves open: %s to %s (", interval->lower, interval->upper);
    interval_print_method(&text, interval->estimate.method, interval->estimate.confidence);
    strbuf_add(&text, ").");
    page_say(page, keep(page, &text));
}

/* ---- the verdict ---- */

/* A reason and, below it, what it was reached by. */
static void say_reason(const ExplainPage *page, const char *what, const char *reason) {
    wording_add_behind(page->out, "    ", arena_printf(page->run, "%s: %s.", what, reason),
                       page->width);
}

static void say_below(const ExplainPage *page, const char *text) {
    wording_add_behind(page->out, "        ", text, page->width);
}

static void say_status(const ExplainPage *page, const ReportRow *row) {
    if (!row->status_reason)
        return;
    const char *word = status_word(row->status);
    if (row->information_only || !row->target) {
        if (row->information_only)
            say_reason(page, "Target", row->status_reason);
        return;
    }
    say_reason(page, word ? arena_printf(page->run, "Target: %s", word) : "Target",
               row->status_reason);
    StrBuf text = {0};
    strbuf_addf(&text, "The target is %s", row->target_printed);
    if (row->target->label)
        strbuf_addf(&text, " (“%s”)", row->target->label);
    if (row->target->has_from) {
        strbuf_add(&text, ", in force from ");
        date_print_long(&text, row->target->from);
    }
    strbuf_add(&text, "; the exact value decides, not the printed one.");
    say_below(page, keep(page, &text));
    if (row->hidden)
        say_below(page, "The printed value would be judged otherwise.");
}

static void say_benchmarks(const ExplainPage *page, const ReportRow *row) {
    for (size_t i = 0; i < row->benchmarks_len; i++) {
        const ReportBenchmark *benchmark = &row->benchmarks[i];
        say_reason(page, "Benchmark", benchmark->reason);
        if (benchmark->printed)
            say_below(page, arena_printf(page->run, "%s.", note_benchmark(page->run, benchmark)));
        if (benchmark->like_printed)
            say_below(page,
                      arena_printf(page->run, "%s.", note_like_for_like(page->run, benchmark)));
    }
}

static void say_previous(const ExplainPage *page, const ReportRow *row) {
    const Cell *previous = row->cell->previous;
    if (!row->previous_value)
        return;
    StrBuf text = {0};
    strbuf_addf(&text, "%s was %s", row->previous_period, row->previous_printed);
    if (row->previous_reported)
        strbuf_addf(&text, ", %s", note_reported(page->run, row->previous_reported));
    else if (previous) {
        Num made;
        strbuf_add(&text, " (");
        if (is_division(previous, &made)) {
            add_equation(&text, previous);
            strbuf_add(&text, "; ");
        }
        page_add_days(&text, previous);
        strbuf_add(&text, ")");
    }
    strbuf_add(&text, "; printed values are compared.");
    say_below(page, keep(page, &text));
}

static void say_movement(const ExplainPage *page, const ReportRow *row) {
    if (!row->movement_reason)
        return;
    say_reason(page, "Movement", row->movement_reason);
    say_previous(page, row);
}

static void say_marks(const ExplainPage *page, const ReportRow *row) {
    const Cell *cell = row->cell;
    if (cell->provisional)
        say_reason(page, "Mark", "the figure is provisional");
    if (cell->break_within)
        say_reason(page, "Mark",
                   cell->break_reason ? cell->break_reason : "a break lies in the window");
}

static void say_verdict(const ExplainPage *page, const ReportRow *row) {
    if (!row->status_reason && row->benchmarks_len == 0 && !row->movement_reason)
        return;
    if (!row->band && !row->added)
        page_heading(page, "How it is judged");
    say_status(page, row);
    say_benchmarks(page, row);
    say_movement(page, row);
    say_marks(page, row);
}

/* ---- all of it ---- */

/* "Band “0-6 weeks”", "Bands “0-6 weeks”, “6 weeks to 3 months” together" */
static const char *bands_heading(const ExplainPage *page, const ReportRow *row) {
    StrBuf text = {0};
    strbuf_add(&text, row->added ? "Bands " : "Band ");
    for (size_t i = 0; row->added && i < row->added->keys_len; i++)
        strbuf_addf(&text, "%s“%s”", i > 0 ? ", " : "", row->added->keys[i]);
    if (row->added)
        strbuf_add(&text, " together");
    else
        strbuf_addf(&text, "“%s”", row->band);
    return keep(page, &text);
}

static void say_figure(const ExplainPage *page, const ReportRow *row) {
    bool bands = row->band || row->added;
    page_heading(page, bands ? bands_heading(page, row) : "How the value is worked out");
    if (!bands)
        say_made_of(page, row);
    if (!bands && row->indicator->shape == SHAPE_DISTRIBUTION)
        return; /* all of the bands are all of the records */
    say_value(page, row);
    say_share(page, row);
    say_interval(page, row);
    say_verdict(page, row);
}

static bool same_group(const Cell *a, const Cell *b) {
    for (size_t i = 0; i < a->indicator->breakdowns_len; i++) {
        const GroupKey *left = &a->group[i], *right = &b->group[i];
        if (left->whole != right->whole || left->unknown != right->unknown ||
            (!left->whole && !left->unknown && value_compare(left->value, right->value) != 0))
            return false;
    }
    return true;
}

static void say_bands(const ExplainPage *page, const ReportRow *row) {
    for (size_t i = 0; i < page->report->rows_len; i++) {
        const ReportRow *band = &page->report->rows[i];
        if (band->indicator == row->indicator && (band->band || band->added) &&
            band->cell->period.end == row->cell->period.end && same_group(band->cell, row->cell))
            say_figure(page, band);
    }
}

static const ReportRow *input_row(const ExplainPage *page, const Indicator *input,
                                  const Cell *cell) {
    for (size_t i = 0; i < page->report->rows_len; i++) {
        const ReportRow *row = &page->report->rows[i];
        if (row->indicator == input && row->cell->whole && !row->band &&
            row->cell->period.end == cell->period.end)
            return row;
    }
    return NULL;
}

void explain_result(const ExplainPage *page, const ReportRow *row) {
    const Indicator *indicator = row->indicator;
    strbuf_addf(page->out, "%s\n%s\n", indicator->id, indicator->title);
    page_dates(page, row->cell);
    say_records(page, row);
    say_figure(page, row);
    say_bands(page, row);
    if (row->definition)
        strbuf_addf(page->out, "\nDefinition %s\n", row->definition);
    for (size_t i = 0; i < indicator->inputs_len; i++) {
        const ReportRow *input = input_row(page, indicator->inputs[i], row->cell);
        strbuf_add(page->out, "\n");
        if (input)
            explain_result(page, input);
        else
            page_say(page, arena_printf(page->run, "“%s” has no result of its own in this period.",
                                        indicator->inputs[i]->title));
    }
}
