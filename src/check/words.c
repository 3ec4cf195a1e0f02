/* What the words around a definition say, held against the definition. Titles are read in English,
 * by whole words and phrases; a title that says nothing of the kind is no fault. */
#include <string.h>

#include "base/date.h"
#include "check/checker.h"

/* ---- titles as words ---- */

/* " number of children at 31 march ": small letters, one blank between words and at both ends;
 * "1,000" becomes "1000", "%" a word. */
static void title_words(const char *title, StrBuf *out) {
    strbuf_add_char(out, ' ');
    for (const char *c = title; *c; c++) {
        bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c & 0x80);
        bool digit = *c >= '0' && *c <= '9';
        bool inside = c > title && c[-1] >= '0' && c[-1] <= '9' && c[1] >= '0' && c[1] <= '9';
        bool blank = out->text[out->len - 1] == ' ';
        if (letter && *c >= 'A' && *c <= 'Z')
            strbuf_add_char(out, (char)(*c - 'A' + 'a'));
        else if (letter || digit)
            strbuf_add_char(out, *c);
        else if (*c == '%')
            strbuf_add(out, blank ? "% " : " % ");
        else if (!(*c == ',' && inside) && *c != '\'' && !blank)
            strbuf_add_char(out, ' ');
    }
    if (out->text[out->len - 1] != ' ')
        strbuf_add_char(out, ' ');
}

/* The first of the phrases, ended by NULL, that stands in the title; NULL if none does. */
static const char *phrase_in(const StrBuf *words, const char *const *phrases) {
    for (; *phrases; phrases++) {
        const char *found = strstr(strbuf_text(words), *phrases);
        size_t len = strlen(*phrases);
        if (found && (found == words->text || found[-1] == ' ') && found[len] == ' ')
            return *phrases;
    }
    return NULL;
}

/* ---- the title and the basis ---- */

static bool is_share_or_rate(const Indicator *indicator) {
    return indicator->basis == BASIS_PERCENT || indicator->basis == BASIS_PER ||
           indicator->basis == BASIS_POINTS;
}

/* The quantity that a value is, if it is one alone. */
static const Quantity *quantity_of(const Indicator *indicator) {
    return indicator->shape == SHAPE_VALUE && indicator->value->kind == EXPR_QUANTITY
               ? indicator->value->as.quantity
               : NULL;
}

typedef struct Clash {
    const char *says;  /* in the title */
    const char *is;    /* of the definition */
    const char *write; /* what would fit */
} Clash;

static bool share_clash(const Indicator *indicator, const StrBuf *words, Clash *clash) {
    static const char *const shares[] = {"percentage", "percent",    "per cent",
                                         "%",          "proportion", NULL};
    static const char *const numbers[] = {"number of", "number", "count of", "total number", NULL};
    static const char *const rates[] = {"rate", "rate of", NULL};
    const char *share = phrase_in(words, shares), *number = phrase_in(words, numbers);
    const char *rate = phrase_in(words, rates);
    if (share && !is_share_or_rate(indicator))
        *clash = (Clash){share, "not a share", "give it `basis percent`"};
    else if (share && indicator->basis == BASIS_PER)
        *clash = (Clash){share, "a rate", "call it a rate, or give it `basis percent`"};
    else if (number && !share && !rate && is_share_or_rate(indicator))
        *clash = (Clash){number, indicator->basis == BASIS_PER ? "a rate" : "a percentage",
                         "call it what it is, or give it `basis count`"};
    else if (rate && !share && indicator->basis == BASIS_COUNT)
        *clash = (Clash){rate, "a count", "call it a number, or give it a denominator"};
    else
        return false;
    return true;
}

static const char *quantity_phrase(QuantityKind kind) {
    static const char *const phrases[] = {
        "a count",      "a count",      "a sum",       "a mean",    "a median",
        "a percentile", "the smallest", "the largest", "the first", "the last"};
    return phrases[kind];
}

static bool average_clash(const Indicator *indicator, const StrBuf *words, Clash *clash) {
    static const char *const means[] = {"average", "mean", NULL};
    static const char *const medians[] = {"median", NULL};
    const Quantity *quantity = quantity_of(indicator);
    const char *mean = phrase_in(words, means), *median = phrase_in(words, medians);
    if (!quantity || (!mean && !median))
        return false;
    if (mean && quantity->kind != QUANTITY_MEAN)
        *clash =
            (Clash){mean, quantity_phrase(quantity->kind), "call it what it is, or write `mean`"};
    else if (median && quantity->kind != QUANTITY_MEDIAN)
        *clash = (Clash){median, quantity_phrase(quantity->kind),
                         "call it what it is, or write `median`"};
    else
        return false;
    return true;
}

static void add_per(StrBuf *out, Num per) {
    strbuf_add(out, "per ");
    num_print(out, per, 0, true);
}

/* "per 1,000" in the title of a rate per 10,000; `per` and `of` hold the words of the clash. */
static bool per_clash(const Indicator *indicator, const StrBuf *words, StrBuf *per, StrBuf *of,
                      Clash *clash) {
    const char *at = strstr(strbuf_text(words), " per 1");
    if (!at)
        return false;
    at += strlen(" per ");
    size_t len = strspn(at, "0123456789");
    Num said;
    int decimals;
    if (at[len] != ' ' || !num_parse(at, len, &said, &decimals) ||
        (indicator->basis == BASIS_PER && num_compare(said, indicator->per) == 0))
        return false;
    add_per(per, said);
    if (indicator->basis == BASIS_PER)
        add_per(of, indicator->per);
    else
        strbuf_add(of, "not a rate");
    *clash = (Clash){strbuf_text(per), strbuf_text(of), "write the same number in both"};
    return true;
}

void check_title_basis(Checker *checker, const Indicator *indicator) {
    StrBuf words = {0}, per = {0}, of = {0};
    Clash clash;
    title_words(indicator->title, &words);
    if (per_clash(indicator, &words, &per, &of, &clash) || share_clash(indicator, &words, &clash) ||
        average_clash(indicator, &words, &clash))
        diag_help(check_say(checker, CHECK_title_basis, indicator->span,
                            "the title of '%s' says '%s', but the figure is %s", indicator->id,
                            clash.says, clash.is),
                  "%s", clash.write);
    strbuf_fini(&words);
    strbuf_fini(&per);
    strbuf_fini(&of);
}

/* ---- the title and the window ---- */

/* What a title says of the time. */
typedef struct Said {
    const char *phrase; /* NULL: "N months" */
    WindowKind window;
    int months; /* ROLLING */
} Said;

/* "rolling 12 months", "12 month rolling", "in the last 12 months" at the end: the number. */
static int months_said(const StrBuf *words, const char *before, const char *after, bool at_end) {
    for (const char *at = strbuf_text(words); (at = strstr(at, before)); at++) {
        const char *digits = at + strlen(before);
        size_t len = strspn(digits, "0123456789");
        if (len == 0 || len > 3 || strncmp(digits + len, after, strlen(after)) != 0)
            continue;
        const char *end = digits + len + strlen(after);
        if (strncmp(end, "s ", 2) == 0)
            end++;
        if (*end != ' ' || (at_end && end[1] != '\0'))
            continue;
        int months = 0;
        for (size_t i = 0; i < len; i++)
            months = months * 10 + (digits[i] - '0');
        return months;
    }
    return 0;
}

static bool rolling_said(const StrBuf *words, Said *said) {
    static const struct {
        const char *before, *after;
        bool at_end;
    } forms[] = {{" rolling ", " month", false},        {" ", " month rolling", false},
                 {" in the last ", " month", true},     {" in the previous ", " month", true},
                 {" during the last ", " month", true}, {" over the last ", " month", true}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        int months = months_said(words, forms[i].before, forms[i].after, forms[i].at_end);
        if (months > 0) {
            *said = (Said){NULL, WINDOW_ROLLING, months};
            return true;
        }
    }
    static const char *const years[] = {"rolling year", "rolling twelve months", NULL};
    *said = (Said){phrase_in(words, years), WINDOW_ROLLING, 12};
    return said->phrase != NULL;
}

static bool kind_said(const StrBuf *words, Said *said) {
    static const struct {
        const char *phrase;
        WindowKind window;
    } kinds[] = {{"year to date", WINDOW_YEAR_TO_DATE},
                 {"ytd", WINDOW_YEAR_TO_DATE},
                 {"since 1 april", WINDOW_YEAR_TO_DATE},
                 {"in the month", WINDOW_MONTH},
                 {"during the month", WINDOW_MONTH},
                 {"in month", WINDOW_MONTH},
                 {"in the quarter", WINDOW_QUARTER},
                 {"during the quarter", WINDOW_QUARTER},
                 {"in the financial year", WINDOW_FINANCIAL_YEAR},
                 {"in the academic year", WINDOW_ACADEMIC_YEAR},
                 {"in the school year", WINDOW_ACADEMIC_YEAR},
                 {"in the calendar year", WINDOW_CALENDAR_YEAR},
                 {"at 31 march", WINDOW_SNAPSHOT},
                 {"on 31 march", WINDOW_SNAPSHOT},
                 {"at month end", WINDOW_SNAPSHOT},
                 {"at the end of the month", WINDOW_SNAPSHOT},
                 {"at period end", WINDOW_SNAPSHOT},
                 {"snapshot", WINDOW_SNAPSHOT}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const char *const phrases[] = {kinds[i].phrase, NULL};
        if (phrase_in(words, phrases)) {
            *said = (Said){kinds[i].phrase, kinds[i].window, 0};
            return true;
        }
    }
    return false;
}

static bool is_month(const Indicator *indicator, int months) {
    WindowKind window = indicator->window;
    return (window == WINDOW_ROLLING && indicator->window_months == months) ||
           (window == WINDOW_MONTH && months == 1) || (window == WINDOW_QUARTER && months == 3) ||
           (months == 12 && indicator->every == EVERY_YEAR &&
            (window == WINDOW_FINANCIAL_YEAR || window == WINDOW_ACADEMIC_YEAR ||
             window == WINDOW_CALENDAR_YEAR));
}

/* A year of twelve months that ends on 31 March is a financial year, and so on. */
static bool is_year(const Indicator *indicator, WindowKind said) {
    int end = said == WINDOW_FINANCIAL_YEAR ? 3 : said == WINDOW_ACADEMIC_YEAR ? 8 : 12;
    return indicator->window == said ||
           (indicator->window == WINDOW_ROLLING && indicator->window_months == 12 &&
            indicator->every == EVERY_YEAR && indicator->year_end_month == end);
}

/* dispatch */
static bool window_fits(const Indicator *indicator, Said said) {
    switch (said.window) {
    case WINDOW_ROLLING:
        return is_month(indicator, said.months);
    case WINDOW_MONTH:
        return is_month(indicator, 1);
    case WINDOW_QUARTER:
        return is_month(indicator, 3);
    case WINDOW_FINANCIAL_YEAR:
    case WINDOW_ACADEMIC_YEAR:
    case WINDOW_CALENDAR_YEAR:
        return is_year(indicator, said.window);
    case WINDOW_YEAR_TO_DATE:
        return indicator->window == WINDOW_YEAR_TO_DATE;
    case WINDOW_SNAPSHOT:
    case WINDOW_SNAPSHOT_AT_TAKEN:
        return indicator->stock;
    }
    return true;
}

static void add_window(StrBuf *out, const Indicator *indicator) {
    strbuf_add(out, window_word(indicator->window));
    if (indicator->window == WINDOW_ROLLING)
        strbuf_addf(out, " %d month%s", indicator->window_months,
                    indicator->window_months == 1 ? "" : "s");
    strbuf_addf(out, " every %s", every_word(indicator->every));
}

/* A condition of a stock may look back over months, or into a month. */
static bool is_about_condition(const Indicator *indicator, Said said) {
    return indicator->stock && said.window != WINDOW_YEAR_TO_DATE && said.window != WINDOW_SNAPSHOT;
}

void check_title_window(Checker *checker, const Indicator *indicator) {
    StrBuf words = {0}, window = {0}, phrase = {0};
    Said said;
    title_words(indicator->title, &words);
    bool found = kind_said(&words, &said) || rolling_said(&words, &said);
    if (found && !is_about_condition(indicator, said) && !window_fits(indicator, said)) {
        add_window(&window, indicator);
        if (said.phrase)
            strbuf_add(&phrase, said.phrase);
        else
            strbuf_addf(&phrase, "%d month%s", said.months, said.months == 1 ? "" : "s");
        diag_help(check_say(checker, CHECK_title_window, indicator->span,
                            "the title of '%s' says '%s', but the window is '%s'", indicator->id,
                            strbuf_text(&phrase), strbuf_text(&window)),
                  "correct the title or the window");
    }
    strbuf_fini(&words);
    strbuf_fini(&window);
    strbuf_fini(&phrase);
}

/* ---- reviews ---- */

/* The day of the check: the one asked for, or the last on which data was taken; false: neither. */
static bool day_of_check(const Checker *checker, Date *day) {
    const Project *project = &checker->model->project;
    *day = checker->options->as_at;
    if (checker->options->has_as_at)
        return true;
    for (size_t i = 0; i < project->taken_len; i++)
        if (i == 0 || project->taken[i].on > *day)
            *day = project->taken[i].on;
    return project->taken_len > 0;
}

void check_review_passed(Checker *checker, const Indicator *indicator) {
    Date day;
    if (!indicator->has_review || !day_of_check(checker, &day) || day <= indicator->review)
        return;
    StrBuf due = {0}, today = {0};
    date_print_long(&due, indicator->review);
    date_print_long(&today, day);
    diag_help(check_say(checker, CHECK_review_passed, indicator->span,
                        "'%s' was to be reviewed by %s, and it is %s", indicator->id,
                        strbuf_text(&due), strbuf_text(&today)),
              "look at it again, and write the next `review`");
    strbuf_fini(&due);
    strbuf_fini(&today);
}

/* ---- clauses that a project asks for ---- */

void check_why_missing(Checker *checker, const Indicator *indicator) {
    if (!indicator->why)
        check_say(checker, CHECK_why_missing, indicator->span,
                  "'%s' does not say why it is measured", indicator->id);
}

void check_owner_missing(Checker *checker, const Indicator *indicator) {
    if (!indicator->owner)
        check_say(checker, CHECK_owner_missing, indicator->span, "'%s' has no owner",
                  indicator->id);
}
