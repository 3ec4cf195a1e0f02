/* basis, window, good, target, compare, decimals. */
#include "sema/analysis.h"

/* ---- what is not there ---- */

/* Of a value that is called a share, the basis is the fault. */
static bool decimals_missing(const Analysis *a, const Indicator *indicator,
                             const Clauses *clauses) {
    bool share = indicator->basis == BASIS_PERCENT || indicator->basis == BASIS_PER;
    return !(share && clauses->value) && clauses->basis && !clauses->decimals &&
           indicator->basis != BASIS_COUNT && a->decimals[indicator->basis] < 0;
}

/* One message, however many of them there are. */
static void report_missing(Analysis *a, const Indicator *indicator, const Clauses *clauses) {
    const struct {
        bool missing;
        const char *word, *help;
    } wanted[] = {
        {!clauses->basis, "basis",
         "`basis percent`, `basis count`, `basis per 10,000 \"children\"`, `basis days`, `basis "
         "£`, `basis points` or `basis number \"unit\"`"},
        {decimals_missing(a, indicator, clauses), "decimals",
         "`decimals 1`, or in the project `decimals percent 1, per 1`"},
        {!clauses->window, "window",
         "`window rolling 12 months every month`, `window snapshot every month`, `window financial "
         "year every year`"},
        {!clauses->good, "good",
         "`good high`, `good low`, `good neutral` or `good between A and B`"}};
    StrBuf words = {0}, help = {0};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        if (!wanted[i].missing)
            continue;
        strbuf_addf(&words, "%sno '%s'", words.len > 0 ? ", " : "", wanted[i].word);
        strbuf_addf(&help, "%s%s", help.len > 0 ? "; " : "write ", wanted[i].help);
    }
    if (words.len > 0) {
        a->failed = true;
        if (!clauses->damaged)
            diag_help(fault(a, DIAG_clause_missing, indicator->span, "'%s' has %s", indicator->id,
                            strbuf_text(&words)),
                      "%s", strbuf_text(&help));
    }
    strbuf_fini(&words);
    strbuf_fini(&help);
}

/* ---- basis, decimals ---- */

static void set_basis(Analysis *a, Indicator *indicator, const Clauses *clauses) {
    indicator->per = num_of_int(1);
    if (!clauses->basis)
        return;
    const Node_Basis *basis = node_Basis(clauses->basis);
    indicator->basis = basis->kind;
    indicator->unit = basis->unit.text;
    if (basis->kind == BASIS_PERCENT)
        indicator->per = num_of_int(100);
    if (basis->kind == BASIS_PER)
        indicator->per = basis->per;
    if (basis->kind == BASIS_PER && num_compare(basis->per, num_of_int(0)) <= 0)
        fault(a, DIAG_unit_of_value, clauses->basis->span, "a rate is per a number above 0");
}

static void set_decimals(Analysis *a, Indicator *indicator, const Clauses *clauses) {
    if (clauses->decimals) {
        indicator->decimals = node_Decimals(clauses->decimals)->places;
        if (indicator->decimals < 0 || indicator->decimals > 6)
            fault(a, DIAG_decimals_range, clauses->decimals->span, "decimals are between 0 and 6");
        else if (indicator->basis == BASIS_COUNT && indicator->decimals > 0 && clauses->basis)
            diag_help(
                fault(a, DIAG_decimals_range, clauses->decimals->span, "a count has no decimals"),
                "leave the clause out, or write `basis number \"unit\"` for a mean");
    } else if (clauses->basis && indicator->basis != BASIS_COUNT) {
        indicator->decimals = a->decimals[indicator->basis];
    }
}

/* ---- window ---- */

static bool is_year(WindowKind kind) {
    return kind == WINDOW_FINANCIAL_YEAR || kind == WINDOW_ACADEMIC_YEAR ||
           kind == WINDOW_CALENDAR_YEAR;
}

static void set_year_end(Analysis *a, Indicator *indicator, const Node *clause) {
    const Node_Window *window = node_Window(clause);
    indicator->year_end_month = 3;
    indicator->year_end_day = 31;
    if (indicator->window == WINDOW_ACADEMIC_YEAR)
        indicator->year_end_month = 8;
    if (indicator->window == WINDOW_CALENDAR_YEAR)
        indicator->year_end_month = 12;
    if (!window->has_year_end)
        return;
    Ymd end = date_ymd(window->year_end);
    if (is_year(indicator->window) || indicator->window == WINDOW_YEAR_TO_DATE ||
        window->every != EVERY_YEAR) {
        Diag *diag = fault(a, DIAG_window_year_end, clause->span,
                           "'%s every %s' ends by itself: it takes no other end",
                           window_word(indicator->window), every_word(window->every));
        diag_help(diag, "only a snapshot or rolling window `every year` can end on another day");
        return;
    }
    bool february_ends = end.month == 2 && end.day >= 28;
    if (!february_ends && date_month_end(window->year_end) != window->year_end) {
        fault(a, DIAG_window_year_end, clause->span, "a year ends on the last day of a month");
        return;
    }
    indicator->year_end_month = end.month;
    indicator->year_end_day = february_ends ? 29 : end.day;
}

static void check_every(Analysis *a, const Indicator *indicator, const Node *clause) {
    EveryKind every = indicator->every;
    if (is_year(indicator->window) && every != EVERY_YEAR) {
        Diag *diag = fault(a, DIAG_window_every, clause->span,
                           "a %s is whole only once a year, not every %s",
                           window_word(indicator->window), every_word(every));
        diag_help(diag,
                  "write `%s every year`, or `rolling 12 months every %s`, or `year to date "
                  "every %s`",
                  window_word(indicator->window), every_word(every), every_word(every));
    }
    if (indicator->window == WINDOW_QUARTER && every == EVERY_MONTH) {
        Diag *diag = fault(a, DIAG_window_every, clause->span,
                           "a quarter is whole only every quarter, not every month");
        diag_help(diag, "write `rolling 3 months every month`, or `quarter every quarter`");
    }
    if (indicator->window == WINDOW_ROLLING &&
        (indicator->window_months < 1 || indicator->window_months > 1200))
        fault(a, DIAG_window_every, clause->span, "a rolling window has at least 1 month");
    if (indicator->behind > 0 &&
        (is_year(indicator->window) || indicator->window == WINDOW_QUARTER))
        diag_help(fault(a, DIAG_window_every, clause->span,
                        "a %s that is moved back by months is no %s any more",
                        window_word(indicator->window), window_word(indicator->window)),
                  "write `rolling %d months every %s behind %d month%s`",
                  indicator->window == WINDOW_QUARTER ? 3 : 12, every_word(every),
                  indicator->behind, indicator->behind == 1 ? "" : "s");
    if (indicator->behind < 0 || indicator->behind > 120)
        fault(a, DIAG_window_every, clause->span, "a source is behind by 0 to 120 months");
}

static void every_missing(Analysis *a, const Node *clause) {
    const Node_Window *window = node_Window(clause);
    Diag *diag = fault(a, DIAG_clause_missing, clause->span,
                       "this window does not say how often: 'every' is missing");
    if (is_year(window->kind))
        diag_help(diag, "write `%s every year`", window_word(window->kind));
    else if (window->kind == WINDOW_ROLLING)
        diag_help(diag, "write `rolling %d months every month`, `every quarter` or `every year`",
                  window->months);
    else
        diag_help(diag, "write `%s every month`, `every quarter` or `every year`",
                  window_word(window->kind));
}

static void set_window(Analysis *a, Indicator *indicator, const Clauses *clauses) {
    indicator->every = EVERY_MONTH;
    if (!clauses->window)
        return;
    const Node_Window *window = node_Window(clauses->window);
    indicator->window = window->kind;
    indicator->window_months = window->months;
    indicator->behind = window->behind;
    indicator->stock = window->kind == WINDOW_SNAPSHOT || window->kind == WINDOW_SNAPSHOT_AT_TAKEN;
    if (window->every == EVERY_NONE) {
        every_missing(a, clauses->window);
        return;
    }
    indicator->every = window->every;
    set_year_end(a, indicator, clauses->window);
    check_every(a, indicator, clauses->window);
}

/* ---- good, target ---- */

bool read_amount(Analysis *a, const Indicator *indicator, const Node *node, const char *what,
                 Num *out, int *decimals) {
    bool negative = node->kind == NODE_NEGATE;
    const Node *inner = negative ? node_Negate(node)->operand : node;
    if (inner->kind != NODE_NUMBER) {
        fault(a, DIAG_unit_of_target, node->span, "%s is a number", what);
        return false;
    }
    const Node_Number *number = node_Number(inner);
    NumberKind wanted = indicator->basis == BASIS_PERCENT  ? NUMBER_PERCENT
                        : indicator->basis == BASIS_POUNDS ? NUMBER_POUNDS
                                                           : NUMBER_PLAIN;
    *out = negative ? num_negate(number->value) : number->value;
    *decimals = number->decimals;
    if (number->kind == wanted)
        return true;
    static const char *const kinds[] = {"a plain number", "a percentage", "an amount of money"};
    StrBuf text = {0};
    if (indicator->basis == BASIS_PER)
        num_print(&text, indicator->per, 0, true);
    Diag *diag = fault(a, DIAG_unit_of_target, node->span, "%s is %s, but the basis is '%s%s%s'",
                       what, kinds[number->kind], basis_word(indicator->basis),
                       text.len > 0 ? " " : "", strbuf_text(&text));
    strbuf_clear(&text);
    num_print_exact(&text, *out);
    if (wanted == NUMBER_PERCENT)
        diag_help(diag, "write %s%%", strbuf_text(&text));
    else
        diag_help(diag, "write %s%s: it is compared with the value as it is printed",
                  wanted == NUMBER_POUNDS ? "£" : "", strbuf_text(&text));
    strbuf_fini(&text);
    return false;
}

static void set_good(Analysis *a, Indicator *indicator, const Clauses *clauses) {
    if (!clauses->good || clauses->good->kind == NODE_GOOD_BANDS)
        return;
    const Node_Good *good = node_Good(clauses->good);
    indicator->good = good->kind;
    if (good->kind != GOOD_BETWEEN || !clauses->basis)
        return;
    int decimals;
    bool ok =
        read_amount(a, indicator, good->low, "the lower end", &indicator->good_low, &decimals);
    ok = read_amount(a, indicator, good->high, "the upper end", &indicator->good_high, &decimals) &&
         ok;
    if (ok && num_compare(indicator->good_low, indicator->good_high) > 0)
        fault(a, DIAG_good_range, clauses->good->span, "nothing lies between these two");
}

static void add_target(Analysis *a, Indicator *indicator, const Node *clause) {
    const Node_Target *written = node_Target(clause);
    Target target = {.none = !written->value,
                     .label = written->label.text,
                     .has_from = written->has_from,
                     .from = written->from,
                     .span = clause->span};
    if (written->value &&
        !read_amount(a, indicator, written->value, "the target", &target.value, &target.decimals))
        return;
    for (size_t i = 0; i < indicator->targets_len; i++) {
        const Target *before = &indicator->targets[i];
        bool same_day = before->has_from == target.has_from &&
                        (!target.has_from || before->from == target.from);
        bool one_none = before->none != target.none;
        if (!same_day && !one_none)
            continue;
        Diag *diag =
            fault(a, one_none ? DIAG_target_none_with_value : DIAG_clause_twice, clause->span,
                  one_none ? "there is a target, and 'target none'"
                           : "two targets hold from the same day");
        diag_note(diag, before->span, "the other one");
        diag_help(diag, one_none || target.none
                            ? "leave one of the two out"
                            : "write `from DATE` after the later one, or leave one out");
        return;
    }
    size_t at = indicator->targets_len++;
    for (; at > 0 && indicator->targets[at - 1].has_from &&
           (!target.has_from || indicator->targets[at - 1].from > target.from);
         at--)
        indicator->targets[at] = indicator->targets[at - 1];
    indicator->targets[at] = target;
}

static void set_targets(Analysis *a, Indicator *indicator, const Clauses *clauses) {
    indicator->targets =
        arena_array(a->arena, clauses->targets.len + 1, sizeof *indicator->targets);
    if (!clauses->basis)
        return;
    for (size_t i = 0; i < clauses->targets.len; i++)
        add_target(a, indicator, clauses->targets.items[i]);
}

/* ---- compare ---- */

static CompareKind default_compare(EveryKind every) {
    if (every == EVERY_QUARTER)
        return COMPARE_PREVIOUS_QUARTER;
    return every == EVERY_YEAR ? COMPARE_PREVIOUS_YEAR : COMPARE_PREVIOUS_MONTH;
}

static void set_compare(Analysis *a, Indicator *indicator, const Clauses *clauses) {
    indicator->compare = default_compare(indicator->every);
    if (!clauses->compare)
        return;
    const Node_Compare *compare = node_Compare(clauses->compare);
    indicator->compare = compare->kind;
    bool finer = (compare->kind == COMPARE_PREVIOUS_MONTH && indicator->every != EVERY_MONTH) ||
                 (compare->kind == COMPARE_PREVIOUS_QUARTER && indicator->every == EVERY_YEAR);
    if (finer && clauses->window) {
        Diag *diag = fault(a, DIAG_compare_step, clauses->compare->span,
                           "this is computed every %s: there is no such earlier period",
                           every_word(indicator->every));
        diag_note(diag, clauses->window->span, "the window");
        diag_help(diag, "compare with the previous %s, or the same period last year",
                  every_word(indicator->every));
    }
    indicator->same = compare->same;
    if (compare->same == SAME_NONE)
        return;
    const Node *within = compare->same_within;
    if (!within || within->kind != NODE_NUMBER ||
        (node_Number(within)->kind == NUMBER_POUNDS && indicator->basis != BASIS_POUNDS)) {
        fault(a, DIAG_unit_of_target, clauses->compare->span,
              "'same within' takes a number of points, or a percentage of the previous value");
        return;
    }
    indicator->same_within = node_Number(within)->value;
}

void settings_build(Analysis *a, Indicator *indicator, const Clauses *clauses) {
    set_basis(a, indicator, clauses);
    report_missing(a, indicator, clauses);
    set_window(a, indicator, clauses);
    set_compare(a, indicator, clauses);
}

void amounts_build(Analysis *a, Indicator *indicator, const Clauses *clauses) {
    set_decimals(a, indicator, clauses);
    good_bands_build(a, indicator, clauses);
    set_good(a, indicator, clauses);
    set_targets(a, indicator, clauses);
}
