/* Dates moved by durations, and the functions of dates. */
#include "engine/reference/evaluate.h"
#include "engine/sql/generate.h"

/* ---- calendars ---- */

static size_t calendar_place(const Sql *sql, const CalendarModel *model) {
    size_t place = 0;
    while (sql->plan->model->calendars[place] != model)
        place++;
    return place;
}

/* The calendar's line of a day, joined where `place` is. */
static SqlRow day_line(Sql *sql, SqlRow place, const CalendarModel *model, const char *condition) {
    size_t calendar = calendar_place(sql, model);
    place.alias = sql_scope_find(place.scope, condition);
    sql->calendars[calendar] = true;
    if (place.alias)
        return place;
    place.alias = sql_text(sql, "kpi_day_%zu", ++sql->aliases);
    sql_scope_add(sql, place.scope, condition, place.alias,
                  sql_text(sql, "LEFT JOIN kpi_calendar_%zu AS %s ON %s.%s", calendar + 1,
                           place.alias, place.alias, condition));
    return place;
}

/* That of a date: where the expression stands; that of gathered rows where they are. */
static SqlRow line_of(Sql *sql, const CalendarModel *model, const char *date) {
    SqlRow place = {.scope = sql->scope};
    place.gathered = sql_gathered_of(sql, date, &date);
    if (place.gathered)
        place.scope = &place.gathered->scope;
    return day_line(sql, place, model, sql_text(sql, "kpi_day = %s", date));
}

static SqlValue shift_working_days(Sql *sql, SqlValue date, int64_t amount) {
    const CalendarModel *model = sql->plan->model->project.calendar;
    SqlValue shifted = sql_date_value("NULL", false);
    if (!model)
        return shifted;
    SqlRow from = line_of(sql, model, date.text), to = from;
    if (amount > 0)
        to = day_line(sql, from, model,
                      sql_text(sql, "kpi_nth = %s.kpi_worked + %s", from.alias,
                               sql_bind_integer(sql, amount)));
    else if (amount < 0)
        to = day_line(sql, from, model,
                      sql_text(sql, "kpi_nth = %s.kpi_before - %s", from.alias,
                               sql_bind_integer(sql, -amount - 1)));
    shifted.text = sql_cell(sql, to, "kpi_day");
    shifted.symbol = date.symbol;
    shifted.error = sql_either(
        sql, date.error, sql_text(sql, "(%s IS NOT NULL AND %s IS NULL)", date.text, shifted.text));
    return shifted;
}

/* ---- durations ---- */

/* Longer than all time. */
#define DAYS_MOST 4000000
#define MONTHS_MOST 130000

static int64_t clamped(int64_t amount, int64_t most) {
    return amount > most ? most : amount < -most ? -most : amount;
}

/* NULL outside of 0001-01-01 to 9999-12-31. */
static const char *kept_in_time(Sql *sql, const SqlValue *date, Date bound, bool later,
                                const char *shifted) {
    return sql_text(sql, "CASE WHEN %s %s %s THEN %s END", date->text,
                    later ? "<=" : ">=", sql_bind_date(sql, bound), shifted);
}

SqlValue sql_shift(Sql *sql, SqlValue date, const Expr *duration, bool back) {
    int64_t amount = back ? -duration->as.duration.amount : duration->as.duration.amount;
    SqlValue shifted = sql_date_value("NULL", false);
    Date bound;
    shifted.symbol = date.symbol;
    shifted.error = date.error;
    bool later = amount > 0, within = false;
    switch (duration->as.duration.kind) {
    case SPAN_DAYS:
        amount = clamped(amount, DAYS_MOST);
        within = date_add_days(later ? DATE_MAX : DATE_MIN, -amount, &bound);
        if (within && amount != 0)
            shifted.text = kept_in_time(sql, &date, bound, later,
                                        sql->dialect->add_days(sql, date.text, amount));
        break;
    case SPAN_MONTHS:
        amount = clamped(amount, MONTHS_MOST);
        within = date_add_months(later ? DATE_MAX : DATE_MIN, -amount, &bound);
        if (within && amount != 0)
            shifted.text = kept_in_time(sql, &date, bound, later,
                                        sql->dialect->add_months(sql, date.text, amount));
        break;
    case SPAN_WORKING_DAYS:
        return shift_working_days(sql, date, amount);
    }
    if (within && amount == 0) {
        shifted.text = date.text;
        shifted.always = date.always;
    }
    return shifted;
}

/* ---- functions ---- */

static const char *part(Sql *sql, const SqlValue *date, char which) {
    return sql->dialect->part(sql, date->text, which);
}

/* Completed months: whole months between, one less if the day is not reached, unless the month ends
 * before it. */
static const char *months_between(Sql *sql, const SqlValue *a, const SqlValue *b) {
    const char *months = sql_text(sql, "((%s - %s) * 12 + %s - %s)", part(sql, b, 'y'),
                                  part(sql, a, 'y'), part(sql, b, 'm'), part(sql, a, 'm'));
    const char *a_day = part(sql, a, 'd'), *b_day = part(sql, b, 'd');
    return sql_text(sql,
                    "CASE WHEN %s <= %s THEN %s - CASE WHEN %s > %s AND NOT %s THEN 1 ELSE 0 END "
                    "ELSE %s + CASE WHEN %s > %s AND NOT %s THEN 1 ELSE 0 END END",
                    a->text, b->text, months, a_day, b_day, sql->dialect->month_end(sql, b->text),
                    months, b_day, a_day, sql->dialect->month_end(sql, a->text));
}

static const char *months(Sql *sql, const SqlValue *a, const SqlValue *b) {
    const char *text = months_between(sql, a, b);
    if (a->always && b->always)
        return sql_text(sql, "(%s)", text);
    return sql_text(sql, "(CASE WHEN %s IS NOT NULL AND %s IS NOT NULL THEN %s END)", a->text,
                    b->text, text);
}

static SqlValue working_days(Sql *sql, const Expr *expr, const SqlValue *a, const SqlValue *b) {
    const CalendarModel *model = sql->plan->model->project.calendar;
    SqlValue days = sql_number_value("NULL", false, 4000000);
    if (!model)
        model = expr->as.call.calendar;
    if (!model)
        return days;
    SqlRow from = line_of(sql, model, a->text), to = line_of(sql, model, b->text);
    days.text = sql_text(sql, "(%s - %s)", sql_cell(sql, to, "kpi_worked"),
                         sql_cell(sql, from, "kpi_worked"));
    days.error = sql_text(sql, "(%s IS NOT NULL AND %s IS NOT NULL AND %s IS NULL)", a->text,
                          b->text, days.text);
    return days;
}

static bool is_column_of(const Expr *expr, const RowVar *var) {
    while (expr->kind == EXPR_COLUMN)
        expr = expr->as.column.row;
    return expr->kind == EXPR_ROW && expr->as.row == var;
}

static void note_birth(Sql *sql, const Rowset *rows, const Expr *born) {
    for (size_t i = 0; i < sql->births.len; i++)
        if (sql->births.items[i].rows == rows && sql->births.items[i].born == born)
            return;
    SqlBirth birth = {rows, born};
    vec_push(sql->arena, &sql->births, birth);
}

/* Rows whose own date precedes the birth are told, which is left to the reference engine: whatever
 * else is asked of the row, where the birth is a column; else where an age is asked for. */
static const char *birth_fault(Sql *sql, const Expr *born_expr, const SqlValue *born,
                               const SqlValue *on) {
    const RowVar *origin = expr_origin(born_expr);
    const Rowset *rows = origin ? sql->frame[origin->id].rows : NULL;
    if (!rows || !rows->start)
        return NULL;
    if (is_column_of(born_expr, origin)) {
        note_birth(sql, rows, born_expr);
        return NULL;
    }
    SqlValue own = sql_value(sql, rows->start);
    return sql_text(sql, "coalesce(%s > %s AND %s < %s, FALSE)", born->text, on->text, own.text,
                    born->text);
}

static SqlValue age(Sql *sql, const Expr *expr, const SqlValue *born, const SqlValue *on) {
    const char *years =
        sql_text(sql, "%s - %s - CASE WHEN %s * 100 + %s < %s * 100 + %s THEN 1 ELSE 0 END",
                 part(sql, on, 'y'), part(sql, born, 'y'), part(sql, on, 'm'), part(sql, on, 'd'),
                 part(sql, born, 'm'), part(sql, born, 'd'));
    const char *text =
        sql_text(sql, "(CASE WHEN %s <= %s THEN %s END)", born->text, on->text, years);
    SqlValue value = sql_number_value(text, false, 10000);
    value.error = birth_fault(sql, expr->as.call.arguments[0], born, on);
    return value;
}

static SqlValue day(Sql *sql, const Expr *expr, const SqlValue *parts) {
    for (size_t i = 0; i < 3; i++)
        if (parts[i].under || parts[i].scale > 0)
            return sql_date_value(sql_refuse(sql, expr->span, "`day` of numbers with decimals"),
                                  false);
    return sql_date_value(sql->dialect->make_date(sql, parts[0].text, parts[1].text, parts[2].text),
                          false);
}

#define MOST_ARGUMENTS 3

/* dispatch */
static SqlValue call(Sql *sql, const Expr *expr, const SqlValue *values, bool always) {
    const SqlValue *a = &values[0], *b = &values[1];
    switch (expr->as.call.function) {
    case FUNCTION_DAYS:
        return sql_number_value(sql->dialect->days_between(sql, a->text, b->text), always, 4000000);
    case FUNCTION_MONTHS:
        return sql_number_value(months(sql, a, b), always, 200000);
    case FUNCTION_YEARS:
        return sql_number_value(sql_text(sql, "(%s / 12)", months(sql, a, b)), always, 10000);
    case FUNCTION_WORKING_DAYS:
        return working_days(sql, expr, a, b);
    case FUNCTION_AGE:
        return age(sql, expr, a, b);
    case FUNCTION_YEAR:
        return sql_number_value(part(sql, a, 'y'), always, 10000);
    case FUNCTION_MONTH:
        return sql_number_value(part(sql, a, 'm'), always, 12);
    case FUNCTION_DAY:
        return day(sql, expr, values);
    case FUNCTIONS:
        break;
    }
    return sql_number_value("NULL", false, 0);
}

SqlValue sql_function(Sql *sql, const Expr *expr) {
    SqlValue values[MOST_ARGUMENTS] = {{0}};
    const char *error = NULL, *symbol = NULL;
    size_t len = expr->as.call.arguments_len;
    bool always = true;
    for (size_t i = 0; i < len && i < MOST_ARGUMENTS; i++) {
        values[i] = sql_exact(sql, sql_value(sql, expr->as.call.arguments[i]));
        values[i].not_yet = NULL;
        always = always && values[i].always;
        error = sql_either(sql, error, values[i].error);
        /* That of the first that is missing. */
        const char *own = values[i].symbol ? values[i].symbol : "0";
        if (!values[i].always && (symbol || values[i].symbol))
            symbol = symbol ? sql_text(sql, "CASE WHEN %s IS NULL THEN %s ELSE %s END",
                                       values[i - 1].text, symbol, own)
                            : own;
    }
    if (expr->as.call.function == FUNCTION_AGE && len == 1)
        values[1] = sql->window
                        ? sql_date_value(sql_text(sql, "%s.kpi_last", sql_window(sql)), true)
                        : values[0];
    SqlValue value = call(sql, expr, values, always);
    value.symbol = symbol;
    value.error = sql_either(sql, value.error, error);
    return value;
}
