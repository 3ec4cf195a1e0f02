/* Durations, the functions of dates, and calendars. */
#include <stdlib.h>

#include "engine/reference/evaluate.h"
#include "engine/reference/rowset.h"

/* ---- calendars ---- */

static int compare_dates(const void *a, const void *b) {
    Date left = *(const Date *)a, right = *(const Date *)b;
    return left < right ? -1 : left > right;
}

static size_t without_doubles(Date *dates, size_t len) {
    size_t kept = 0;
    qsort(dates, len, sizeof *dates, compare_dates);
    for (size_t i = 0; i < len; i++)
        if (kept == 0 || dates[i] != dates[kept - 1])
            dates[kept++] = dates[i];
    return kept;
}

/* The dates of the rows that are holidays; a row in doubt is none. */
static size_t read_holidays(Data *data, const CalendarModel *model, Date **out) {
    Evaluator evaluator = evaluator_new(data);
    FoundRows found = {0};
    rowset_find(&evaluator, model->rows, &found);
    size_t len = 0;
    *out = arena_array(data->run, found.len, sizeof **out);
    for (size_t i = 0; i < found.len; i++) {
        if (found.items[i].truth != TRUTH_TRUE)
            continue;
        evaluator.frame[model->rows->row->id] = (Binding){found.items[i].row, model->rows};
        Outcome date = evaluate(&evaluator, model->date);
        if (date.kind == OUTCOME_KNOWN && date.value.kind == VALUE_DATE)
            (*out)[len++] = date.value.as.date;
    }
    found_end(&found);
    evaluator_end(&evaluator);
    return len;
}

static Calendar *make_calendar(Data *data, const CalendarModel *model) {
    Calendar *calendar = arena_alloc(data->run, sizeof *calendar);
    Date *dates;
    size_t len = model->dates_len;
    if (model->rows) {
        len = read_holidays(data, model, &dates);
    } else {
        dates = arena_array(data->run, len, sizeof *dates);
        for (size_t i = 0; i < len; i++)
            dates[i] = model->dates[i];
    }
    *calendar = (Calendar){.holidays = dates,
                           .holidays_len = without_doubles(dates, len),
                           .weekend = model->weekend,
                           .from = model->from,
                           .to = model->to};
    return calendar;
}

const Calendar *data_calendar(Data *data, const CalendarModel *model) {
    for (size_t i = 0; i < data->model->calendars_len; i++) {
        if (data->model->calendars[i] != model)
            continue;
        if (!data->calendars[i])
            data->calendars[i] = make_calendar(data, model);
        return data->calendars[i];
    }
    return NULL;
}

static Outcome outside_calendar(Evaluator *evaluator, const Expr *expr,
                                const CalendarModel *calendar, Date date) {
    evaluator_fault(evaluator, expr,
                    (Fault){.kind = FAULT_CALENDAR, .calendar = calendar, .date = date});
    return outcome_error();
}

/* ---- durations ---- */

static Outcome shift_working_days(Evaluator *evaluator, const Expr *expr, Date date,
                                  int64_t amount) {
    const CalendarModel *model = evaluator->data->model->project.calendar;
    const Calendar *calendar = model ? data_calendar(evaluator->data, model) : NULL;
    Date shifted, outside;
    if (!calendar)
        return outcome_unknown(SYMBOL_NONE);
    if (!calendar_add(calendar, date, amount, &shifted, &outside))
        return outside_calendar(evaluator, expr, model, outside);
    return outcome_known(value_date(shifted));
}

Outcome date_shifted(Evaluator *evaluator, const Expr *expr, const Outcome *date,
                     const Expr *duration, bool back) {
    if (date->kind == OUTCOME_ERROR)
        return *date;
    if (date->kind == OUTCOME_UNKNOWN)
        return outcome_unknown(date->value.symbol);
    int64_t amount = back ? -duration->as.duration.amount : duration->as.duration.amount;
    Date from = date->value.as.date, shifted;
    bool within_time = false;
    switch (duration->as.duration.kind) {
    case SPAN_DAYS:
        within_time = date_add_days(from, amount, &shifted);
        break;
    case SPAN_MONTHS:
        within_time = date_add_months(from, amount, &shifted);
        break;
    case SPAN_WORKING_DAYS:
        return shift_working_days(evaluator, expr, from, amount);
    }
    /* There is no day after 9999-12-31 to compare with. */
    return within_time ? outcome_known(value_date(shifted)) : outcome_unknown(SYMBOL_NONE);
}

/* ---- functions ---- */

static Outcome working_days(Evaluator *evaluator, const Expr *expr, Date from, Date to) {
    const CalendarModel *model = evaluator->data->model->project.calendar;
    if (!model)
        model = expr->as.call.calendar;
    const Calendar *calendar = model ? data_calendar(evaluator->data, model) : NULL;
    int64_t days;
    Date outside;
    if (!calendar)
        return outcome_unknown(SYMBOL_NONE);
    if (!calendar_working_days(calendar, from, to, &days, &outside))
        return outside_calendar(evaluator, expr, model, outside);
    return outcome_known(value_int(days));
}

/* Tells of a row whose own date precedes the birth; once, however often it is asked. */
static void note_birth(Evaluator *evaluator, const Expr *born_expr, Date born) {
    const RowVar *origin = expr_origin(born_expr);
    if (!origin)
        return;
    Binding binding = evaluator->frame[origin->id];
    if (binding.row == NO_ROW || !binding.rows || !binding.rows->start)
        return;
    Outcome own = evaluate(evaluator, binding.rows->start);
    if (own.kind != OUTCOME_KNOWN || own.value.as.date >= born)
        return;
    LoadedTable *loaded = data_table(evaluator->data, origin->source);
    BirthFaults *births = &loaded->births;
    if (!births->told)
        births->told = arena_array(evaluator->data->run, loaded->table.rows, sizeof(bool));
    if (births->told[binding.row])
        return;
    births->told[binding.row] = true;
    if (births->rows++ == 0 || binding.row < births->first) {
        births->first = binding.row;
        births->at = born_expr->span;
    }
}

static Outcome age(Evaluator *evaluator, const Expr *born_expr, Date born, Date on) {
    int years;
    if (date_age(born, on, &years))
        return outcome_known(value_int(years));
    note_birth(evaluator, born_expr, born);
    return outcome_unknown(SYMBOL_NONE);
}

/* A whole number that fits an int; anything else is no part of a date. */
static bool part_of_date(const Value *value, int *out) {
    int64_t number;
    if (!num_to_int64(value->as.number, &number) || number < INT32_MIN || number > INT32_MAX)
        return false;
    *out = (int)number;
    return true;
}

static Outcome day(const Value *parts) {
    int year, month, of_month;
    Date date;
    if (!part_of_date(&parts[0], &year) || !part_of_date(&parts[1], &month) ||
        !part_of_date(&parts[2], &of_month) || !date_of_ymd(year, month, of_month, &date))
        return outcome_unknown(SYMBOL_NONE);
    return outcome_known(value_date(date));
}

#define MOST_ARGUMENTS 3

/* Every argument's value, or the outcome that it keeps the function from having. */
static bool arguments(Evaluator *evaluator, const Expr *expr, Value *values, Outcome *instead) {
    for (size_t i = 0; i < expr->as.call.arguments_len && i < MOST_ARGUMENTS; i++) {
        Outcome outcome = outcome_exact(evaluate(evaluator, expr->as.call.arguments[i]));
        if (outcome.kind == OUTCOME_ERROR) {
            *instead = outcome;
            return false;
        }
        values[i] = outcome.value;
    }
    for (size_t i = 0; i < expr->as.call.arguments_len && i < MOST_ARGUMENTS; i++)
        if (values[i].kind == VALUE_MISSING) {
            *instead = outcome_unknown(values[i].symbol);
            return false;
        }
    return true;
}

Outcome evaluate_function(Evaluator *evaluator, const Expr *expr) {
    Value values[MOST_ARGUMENTS] = {0};
    Outcome instead;
    if (!arguments(evaluator, expr, values, &instead))
        return instead;
    Date first = values[0].as.date, second = values[1].as.date;
    switch (expr->as.call.function) {
    case FUNCTION_DAYS:
        return outcome_known(value_int((int64_t)second - first));
    case FUNCTION_MONTHS:
        return outcome_known(value_int(date_months_between(first, second)));
    case FUNCTION_YEARS:
        return outcome_known(value_int(date_years_between(first, second)));
    case FUNCTION_WORKING_DAYS:
        return working_days(evaluator, expr, first, second);
    case FUNCTION_AGE:
        /* Without a day, that of the stock. */
        if (expr->as.call.arguments_len == 1)
            second = evaluator->window ? evaluator->window->end : first;
        return age(evaluator, expr->as.call.arguments[0], first, second);
    case FUNCTION_YEAR:
        return outcome_known(value_int(date_ymd(first).year));
    case FUNCTION_MONTH:
        return outcome_known(value_int(date_ymd(first).month));
    case FUNCTION_DAY:
        return day(values);
    case FUNCTIONS:
        break;
    }
    return outcome_unknown(SYMBOL_NONE);
}
