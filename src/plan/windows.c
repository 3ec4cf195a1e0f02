/* Periods and windows: from what was asked to the days that are counted.
 *
 * A period is the label of a figure, of the indicator's own `every`; its window is the days that
 * the figure counts. `behind N months` moves the window and leaves the label.
 */
#include "plan/plan_build.h"
#include "sema/walk.h"

/* ---- the indicator's own periods ---- */

/* Years that end on no usual day are labelled by that day. */
static PeriodKind year_kind(const Indicator *indicator) {
    if (indicator->window == WINDOW_FINANCIAL_YEAR)
        return PERIOD_FINANCIAL_YEAR;
    if (indicator->window == WINDOW_ACADEMIC_YEAR)
        return PERIOD_ACADEMIC_YEAR;
    if (indicator->window == WINDOW_CALENDAR_YEAR)
        return PERIOD_CALENDAR_YEAR;
    int month = indicator->year_end_month, day = indicator->year_end_day;
    if (month == 3 && day == 31)
        return PERIOD_FINANCIAL_YEAR;
    if (month == 8 && day == 31)
        return PERIOD_ACADEMIC_YEAR;
    if (month == 12 && day == 31)
        return PERIOD_CALENDAR_YEAR;
    return PERIOD_DAY;
}

static PeriodKind own_kind(const Indicator *indicator) {
    switch (indicator->every) {
    case EVERY_NONE:
    case EVERY_MONTH:
        return PERIOD_MONTH;
    case EVERY_QUARTER:
        return PERIOD_QUARTER;
    case EVERY_YEAR:
        return year_kind(indicator);
    }
    return PERIOD_MONTH;
}

/* 29 February ends a year on the 28th of a common one. */
static Date year_end_in(const Indicator *indicator, int year) {
    Date first, end = DATE_MIN;
    if (!date_of_ymd(year, indicator->year_end_month, indicator->year_end_day, &end) &&
        date_of_ymd(year, indicator->year_end_month, 1, &first))
        end = date_month_end(first);
    return end;
}

Period indicator_period_by(const Indicator *indicator, Date day) {
    PeriodKind kind = own_kind(indicator);
    if (kind != PERIOD_DAY)
        return period_complete_by(kind, day);
    int year = date_ymd(day).year;
    Date end = year_end_in(indicator, year);
    if (end > day)
        end = year_end_in(indicator, year - 1);
    return (Period){PERIOD_DAY, end, end};
}

/* The day N months before the end of a period; the end of a month stays one. */
static Date months_before(Date end, int months) {
    Date earlier = DATE_MIN;
    if (date_add_months(end, -months, &earlier) && date_month_end(end) == end)
        earlier = date_month_end(earlier);
    return earlier;
}

static int compare_months(CompareKind compare) {
    switch (compare) {
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

static Period compared_period(const Indicator *indicator, Period period) {
    Date end = months_before(period.end, compare_months(indicator->compare));
    return indicator_period_by(indicator, end);
}

/* ---- taken dates ---- */

/* The taken date of a period that ends on the day; one of the same kind goes first. */
static bool find_taken(const TakenDate *dates, size_t len, PeriodKind kind, Date end, Date *out) {
    bool found = false;
    for (size_t i = 0; i < len; i++) {
        if (dates[i].period.end != end || (found && dates[i].period.kind != kind))
            continue;
        *out = dates[i].on;
        found = true;
        if (dates[i].period.kind == kind)
            return true;
    }
    return found;
}

/* A test's dates go before those of the source, and these before those of the project. */
static bool taken_for(const Model *model, const Indicator *indicator, PeriodKind kind, Date end,
                      Date *out) {
    const Project *project = &model->project;
    const SourceModel *source = indicator_taken_source(indicator);
    return find_taken(project->taken, project->taken_over_len, kind, end, out) ||
           (source && find_taken(source->taken, source->taken_len, kind, end, out)) ||
           find_taken(project->taken, project->taken_len, kind, end, out);
}

/* ---- the days of a window ---- */

static void whole_period(PeriodKind kind, Date by, PlanWindow *window) {
    Period period = period_complete_by(kind, by);
    window->start = period.start;
    window->end = period.end;
}

static void rolling(const Indicator *indicator, Date end, PlanWindow *window) {
    window->end = end;
    /* From the day after: twelve months to 28 February 2017 begin on 1 March 2016. */
    if (!date_add_months(end + 1, -indicator->window_months, &window->start))
        window->start = DATE_MIN;
}

static void year_to_date(Date end, PlanWindow *window) {
    window->start = period_holding(PERIOD_FINANCIAL_YEAR, end).start;
    window->end = end;
}

static void set_days(const Indicator *indicator, PlanWindow *window) {
    Date end = months_before(window->period.end, indicator->behind);
    switch (indicator->window) {
    case WINDOW_SNAPSHOT:
        window->start = window->end = end;
        return;
    case WINDOW_SNAPSHOT_AT_TAKEN:
        window->start = window->end = window->has_taken ? window->taken : end;
        return;
    case WINDOW_MONTH:
        whole_period(PERIOD_MONTH, end, window);
        return;
    case WINDOW_QUARTER:
        whole_period(PERIOD_QUARTER, end, window);
        return;
    case WINDOW_ROLLING:
        rolling(indicator, end, window);
        return;
    case WINDOW_YEAR_TO_DATE:
        year_to_date(end, window);
        return;
    case WINDOW_FINANCIAL_YEAR:
        whole_period(PERIOD_FINANCIAL_YEAR, end, window);
        return;
    case WINDOW_ACADEMIC_YEAR:
        whole_period(PERIOD_ACADEMIC_YEAR, end, window);
        return;
    case WINDOW_CALENDAR_YEAR:
        whole_period(PERIOD_CALENDAR_YEAR, end, window);
        return;
    }
}

/* ---- what makes a window unavailable ---- */

/* Rows of a nested set are looked for within a duration before a date. */
typedef struct LookBack {
    const Rowset *rows;
    const Expr *span; /* EXPR_WITHIN before, or EXPR_IN_SPAN */
} LookBack;

typedef struct Demands {
    Arena *arena;
    bool taken;                  /* `taken date` is mentioned, or the snapshot is at it */
    VEC(const Rowset *) covered; /* row sets whose source says what it covers */
    VEC(LookBack) look_backs;    /* of those: how far before the window they reach */
} Demands;

static bool demand_expr(void *context, const Expr *expr) {
    Demands *demands = context;
    if (expr->kind == EXPR_PERIOD_WORD && expr->as.period_word == PERIOD_WORD_TAKEN)
        demands->taken = true;
    return false;
}

static void demand_look_back(Demands *demands, const Rowset *rows, const Expr *term) {
    bool span = term->kind == EXPR_WITHIN || term->kind == EXPR_IN_SPAN;
    if (!span || !term->as.within.before || term->as.within.date->kind != EXPR_COLUMN)
        return;
    const Expr *row = term->as.within.date->as.column.row;
    if (row->kind == EXPR_ROW && row->as.row == rows->row) {
        LookBack look_back = {rows, term};
        vec_push(demands->arena, &demands->look_backs, look_back);
    }
}

static bool demand_rows(void *context, const Rowset *rows) {
    Demands *demands = context;
    if (!rows->source->has_covers)
        return false;
    vec_push(demands->arena, &demands->covered, rows);
    if (!rows->nested || !rows->where)
        return false;
    if (rows->where->kind != EXPR_AND)
        demand_look_back(demands, rows, rows->where);
    else
        for (size_t i = 0; i < rows->where->as.logic.terms_len; i++)
            demand_look_back(demands, rows, rows->where->as.logic.terms[i]);
    return false;
}

static bool needs_only_last_day(TimingKind timing) {
    switch (timing) {
    case TIMING_HELD:
    case TIMING_LATEST:
        return true;
    case TIMING_NONE:
    case TIMING_DATED:
    case TIMING_ACTIVE:
        return false;
    }
    return false;
}

static const char *coverage_words(Arena *arena, const SourceModel *source) {
    StrBuf words = {0};
    strbuf_addf(&words, "'%s' covers ", source->title ? source->title : source->name);
    date_print_long(&words, source->covers_from);
    strbuf_add(&words, " to ");
    date_print_long(&words, source->covers_to);
    const char *text = arena_copy_text(arena, strbuf_text(&words), words.len);
    strbuf_fini(&words);
    return text;
}

static const char *taken_words(Arena *arena, Period period) {
    StrBuf words = {0};
    strbuf_add(&words, "no taken date for ");
    period_print(&words, period);
    const char *text = arena_copy_text(arena, strbuf_text(&words), words.len);
    strbuf_fini(&words);
    return text;
}

static void set_availability(const Demands *demands, PlanWindow *window) {
    window->available = true;
    for (size_t i = 0; i < demands->covered.len && window->available; i++) {
        const Rowset *rows = demands->covered.items[i];
        Date first = needs_only_last_day(rows->timing) ? window->end : window->start;
        if (first >= rows->source->covers_from && window->end <= rows->source->covers_to)
            continue;
        window->available = false;
        window->not_yet = window->end > rows->source->covers_to;
        window->reason = coverage_words(demands->arena, rows->source);
    }
    if (demands->taken && !window->has_taken) {
        window->available = false;
        window->not_yet = true;
        window->reason = taken_words(demands->arena, window->period);
    }
}

/* ---- all windows of an indicator ---- */

static int window_at(const PeriodList *list, Period period) {
    for (size_t i = 0; i < list->windows.len; i++)
        if (list->windows.items[i].period.end == period.end)
            return (int)i;
    return -1;
}

/* Kept in order of their ends. False if it was there; then it is what it was, or more. */
static bool window_add(Arena *arena, PeriodList *list, PlanWindow window) {
    int there = window_at(list, window.period);
    if (there >= 0) {
        PlanWindow *known = &list->windows.items[there];
        known->asked = known->asked || window.asked;
        known->hidden = known->hidden && window.hidden;
        return false;
    }
    window.previous = -1;
    vec_push(arena, &list->windows, window);
    size_t i = list->windows.len - 1;
    for (; i > 0 && list->windows.items[i - 1].period.end > window.period.end; i--)
        list->windows.items[i] = list->windows.items[i - 1];
    list->windows.items[i] = window;
    return true;
}

bool periods_add_hidden(Arena *arena, PeriodList *list, Period period) {
    return window_add(arena, list, (PlanWindow){.period = period, .hidden = true});
}

/* 2016/17 is a year from September for an indicator of academic years. */
static Period as_asked_of(const Indicator *indicator, Period period) {
    return indicator->window == WINDOW_ACADEMIC_YEAR ? period_as_academic(period) : period;
}

static void add_asked(Arena *arena, PeriodList *list, const PlanRequest *request) {
    const Indicator *indicator = list->indicator;
    Period from = as_asked_of(indicator, request->from), to = as_asked_of(indicator, request->to);
    Period period = indicator_period_by(indicator, to.end);
    if (!request->series) {
        window_add(arena, list, (PlanWindow){.period = period, .asked = true});
        return;
    }
    /* Backwards: each period's end less a day lies in the one before. */
    while (period.end >= from.start && period.end <= to.end) {
        window_add(arena, list, (PlanWindow){.period = period, .asked = true});
        if (period.end == DATE_MIN)
            return;
        Period before = indicator_period_by(indicator, period.end - 1);
        if (before.end >= period.end)
            return;
        period = before;
    }
}

void periods_add_asked(Arena *arena, PeriodList *list, const PlanRequest *request) {
    list->asked = true;
    add_asked(arena, list, request);
    size_t len = list->windows.len;
    Period *asked = arena_array(arena, len, sizeof *asked);
    for (size_t i = 0; i < len; i++)
        asked[i] = list->windows.items[i].period;
    for (size_t i = 0; i < len; i++)
        window_add(arena, list, (PlanWindow){.period = compared_period(list->indicator, asked[i])});
}

static void link_compared(PeriodList *list) {
    for (size_t i = 0; i < list->windows.len; i++)
        if (list->windows.items[i].asked)
            list->windows.items[i].previous =
                window_at(list, compared_period(list->indicator, list->windows.items[i].period));
}

/* A past figure that was reported is there without any data. */
static bool is_reported(const Indicator *indicator, Period period) {
    for (size_t i = 0; i < indicator->reported_len; i++)
        if (indicator->reported[i].period.end == period.end)
            return true;
    return false;
}

/* There is a figure, or it was reported. */
static bool has_figure(const Indicator *indicator, const PlanWindow *window) {
    return window->available || is_reported(indicator, window->period);
}

/* What is not there yet is printed as that, beside the period that it would be compared with. */
static bool waits(const PeriodList *list, const PlanWindow *window) {
    return window->not_yet && window->previous >= 0 &&
           has_figure(list->indicator, &list->windows.items[window->previous]);
}

static void report_unavailable(Session *session, const PeriodList *list, const Demands *demands) {
    const Indicator *indicator = list->indicator;
    const PlanWindow *first = NULL;
    size_t asked = 0, unavailable = 0, waiting = 0;
    for (size_t i = 0; i < list->windows.len; i++) {
        const PlanWindow *window = &list->windows.items[i];
        if (!window->asked)
            continue;
        asked++;
        if (has_figure(indicator, window))
            continue;
        unavailable++;
        waiting += waits(list, window);
        if (!first)
            first = window;
    }
    if (asked == 0) {
        diag_add(session->diags, DIAG_no_period_in_series, indicator->span,
                 "no %s of '%s' ends within the periods asked for", every_word(indicator->every),
                 indicator->id);
        return;
    }
    if (!first)
        return;
    StrBuf period = {0};
    period_print(&period, first->period);
    if (unavailable == asked && waiting == 0)
        diag_add(session->diags, DIAG_no_period_available, indicator->span,
                 "'%s' is not available in any period asked for: %s: %s", indicator->id,
                 strbuf_text(&period), first->reason);
    else if (unavailable == asked)
        diag_add(session->diags, DIAG_period_not_available, indicator->span,
                 "'%s' is not yet available: %s: %s", indicator->id, strbuf_text(&period),
                 first->reason);
    else if (demands->taken)
        diag_add(session->diags, DIAG_period_not_available, indicator->span,
                 "'%s' is not available for %zu of %zu periods: %s: %s", indicator->id, unavailable,
                 asked, strbuf_text(&period), first->reason);
    strbuf_fini(&period);
}

/* The first day that a look-back reaches in a window; false if that cannot be said. */
static bool look_back_start(const LookBack *look_back, const PlanWindow *window, Date *out) {
    const Expr *anchor = look_back->span->as.within.anchor;
    const Expr *duration = look_back->span->as.within.duration;
    Date from = window->start;
    if (anchor->kind == EXPR_PERIOD_WORD && anchor->as.period_word == PERIOD_WORD_END)
        from = window->end;
    switch (duration->as.duration.kind) {
    case SPAN_DAYS:
        return date_add_days(from, -duration->as.duration.amount, out);
    case SPAN_MONTHS:
        return date_add_months(from, -duration->as.duration.amount, out);
    case SPAN_WORKING_DAYS:
        return false;
    }
    return false;
}

static void report_look_back(Session *session, const Indicator *indicator,
                             const LookBack *look_back, Date first, Arena *arena) {
    StrBuf day = {0};
    date_print_long(&day, first);
    Diag *diag =
        diag_add(session->diags, DIAG_look_back_uncovered, look_back->span->span,
                 "'%s' looks back to %s, but %s: what came before is not found", indicator->id,
                 strbuf_text(&day), coverage_words(arena, look_back->rows->source));
    diag_help(diag, "let the data and `covers` reach further back, or read the figure as a least "
                    "one");
    strbuf_fini(&day);
}

/* What lies before the coverage cannot be found, so a look-back beyond it counts too little. */
static void report_look_backs(Session *session, const PeriodList *periods, const Demands *demands) {
    for (size_t l = 0; l < demands->look_backs.len; l++) {
        const LookBack *look_back = &demands->look_backs.items[l];
        for (size_t i = 0; i < periods->windows.len; i++) {
            Date first;
            if (!periods->windows.items[i].asked || !periods->windows.items[i].available ||
                !look_back_start(look_back, &periods->windows.items[i], &first) ||
                first >= look_back->rows->source->covers_from)
                continue;
            report_look_back(session, periods->indicator, look_back, first, demands->arena);
            break;
        }
    }
}

/* A derived value demands what its inputs do: their windows are its own. */
static void add_demands(Demands *demands, const Indicator *indicator) {
    Walk walk = {demand_expr, demand_rows, demands};
    demands->taken = demands->taken || indicator->window == WINDOW_SNAPSHOT_AT_TAKEN;
    walk_indicator(&walk, indicator);
    for (size_t i = 0; i < indicator->inputs_len; i++)
        add_demands(demands, indicator->inputs[i]);
}

void plan_windows(Session *session, Arena *arena, const Model *model, PeriodList *list,
                  PlanIndicator *out) {
    const Indicator *indicator = list->indicator;
    Demands demands = {.arena = arena};
    add_demands(&demands, indicator);
    link_compared(list);
    for (size_t i = 0; i < list->windows.len; i++) {
        PlanWindow *window = &list->windows.items[i];
        Date end =
            months_before(window->period.end,
                          indicator->window == WINDOW_SNAPSHOT_AT_TAKEN ? indicator->behind : 0);
        window->has_taken = taken_for(model, indicator, window->period.kind, end, &window->taken);
        set_days(indicator, window);
        set_availability(&demands, window);
    }
    if (list->asked) {
        report_unavailable(session, list, &demands);
        report_look_backs(session, list, &demands);
    }
    out->windows = list->windows.items;
    out->windows_len = list->windows.len;
}
