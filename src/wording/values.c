/* Values in words: columns, dates, lengths of time, functions. */
#include <stdlib.h>
#include <string.h>

#include "wording/phrases.h"

#define MONTHS_PER_YEAR 12
#define DAYS_PER_WEEK 7

/* ---- small parts ---- */

void phrase_quoted(Phrase *p, const char *text) {
    strbuf_addf(p->out, "“%s”", text);
}

void phrase_count(StrBuf *out, int count) {
    static const char *const words[] = {"no",    "one",   "two",  "three", "four",   "five",  "six",
                                        "seven", "eight", "nine", "ten",   "eleven", "twelve"};
    if (count >= 0 && (size_t)count < sizeof words / sizeof *words)
        strbuf_add(out, words[count]);
    else
        strbuf_addf(out, "%d", count);
}

void phrase_number(StrBuf *out, Num number, TypeKind type) {
    if (type == TYPE_MONEY) {
        bool below = num_compare(number, num_of_int(0)) < 0;
        strbuf_add(out, below ? "-£" : "£");
        num_print(out, below ? num_negate(number) : number, num_is_integer(number) ? 0 : 2, true);
        return;
    }
    value_print(out, value_number(number));
}

static void add_amount(StrBuf *out, int64_t amount, const char *unit) {
    strbuf_addf(out, "%lld %s%s", (long long)amount, unit, amount == 1 || amount == -1 ? "" : "s");
}

void phrase_duration(StrBuf *out, DurationKind kind, int64_t amount) {
    switch (kind) {
    case SPAN_DAYS:
        if (amount != 0 && amount % DAYS_PER_WEEK == 0)
            add_amount(out, amount / DAYS_PER_WEEK, "week");
        else
            add_amount(out, amount, "day");
        return;
    case SPAN_MONTHS:
        if (amount != 0 && amount % MONTHS_PER_YEAR == 0)
            add_amount(out, amount / MONTHS_PER_YEAR, "year");
        else
            add_amount(out, amount, "month");
        return;
    case SPAN_WORKING_DAYS:
        add_amount(out, amount, "working day");
        return;
    }
}

const char *phrase_last_day(const Indicator *indicator) {
    return indicator->stock ? "the day of counting" : "the last day of the window";
}

static void add_period_word(Phrase *p, PeriodWord word) {
    switch (word) {
    case PERIOD_WORD_START:
        strbuf_add(p->out,
                   p->indicator->stock ? "the day of counting" : "the first day of the window");
        return;
    case PERIOD_WORD_END:
        strbuf_add(p->out, phrase_last_day(p->indicator));
        return;
    case PERIOD_WORD_TAKEN:
        strbuf_add(p->out, "the day on which the data was taken");
        return;
    }
}

static void add_constant(Phrase *p, Value value, TypeKind type) {
    switch (value.kind) {
    case VALUE_MISSING:
        strbuf_add(p->out, "no value");
        return;
    case VALUE_BOOL:
        strbuf_add(p->out, value.as.yes ? "yes" : "no");
        return;
    case VALUE_NUMBER:
        phrase_number(p->out, value.as.number, type);
        return;
    case VALUE_TEXT:
        phrase_quoted(p, value.as.text);
        return;
    case VALUE_DATE:
        date_print_long(p->out, value.as.date);
        return;
    }
}

/* ---- rows and columns ---- */

/* How a row is spoken of: by its place among those that the sentence has named. */
static void add_row(Phrase *p, const RowVar *row) {
    size_t depth = 0;
    while (depth < p->rows.len && p->rows.items[depth] != row)
        depth++;
    if (depth == 0 || depth >= p->rows.len)
        strbuf_add(p->out, "the record");
    else if (depth == 1)
        strbuf_add(p->out, p->rows.items[0]->source == row->source ? "the other record"
                                                                   : "the related record");
    else
        strbuf_addf(p->out, "the %s record", depth == 2 ? "third" : "innermost");
}

/* the record's “start”; the “born” of the record's “child” */
static void add_column(Phrase *p, const Expr *expr) {
    const Expr *row = expr->as.column.row;
    if (row->kind == EXPR_ROW) {
        add_row(p, row->as.row);
        strbuf_add(p->out, "'s ");
        phrase_quoted(p, expr->as.column.column->name);
        return;
    }
    strbuf_add(p->out, "the ");
    phrase_quoted(p, expr->as.column.column->name);
    strbuf_add(p->out, " of ");
    phrase_value(p, row);
}

void phrase_value_of_rows(Phrase *p, const Expr *expr) {
    if (expr->kind == EXPR_COLUMN && expr->as.column.row->kind == EXPR_ROW)
        phrase_quoted(p, expr->as.column.column->name);
    else
        phrase_any(p, expr);
}

/* ---- lists ---- */

static int order_of_texts(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_separator(StrBuf *out, size_t i, size_t len, const char *last) {
    if (i > 0)
        strbuf_add(out, i + 1 == len ? last : ", ");
}

static void add_code_set(Phrase *p, const CodeSet *codes) {
    const char **list = arena_array(p->arena, codes->entries_len, sizeof *list);
    for (size_t i = 0; i < codes->entries_len; i++)
        list[i] = codes->entries[i].code;
    qsort(list, codes->entries_len, sizeof *list, order_of_texts);
    strbuf_add(p->out, "in the list ");
    phrase_quoted(p, codes->title ? codes->title : codes->name);
    strbuf_add(p->out, " (");
    for (size_t i = 0; i < codes->entries_len; i++) {
        add_separator(p->out, i, codes->entries_len, " and ");
        strbuf_add(p->out, list[i]);
    }
    strbuf_add(p->out, ")");
}

static int order_of_values(const void *a, const void *b) {
    return value_compare(*(const Value *)a, *(const Value *)b);
}

void phrase_members(Phrase *p, const CodeSet *codes, const Value *items, size_t items_len,
                    TypeKind type) {
    if (codes) {
        add_code_set(p, codes);
        return;
    }
    Value *sorted = arena_array(p->arena, items_len, sizeof *sorted);
    for (size_t i = 0; i < items_len; i++)
        sorted[i] = items[i];
    qsort(sorted, items_len, sizeof *sorted, order_of_values);
    for (size_t i = 0; i < items_len; i++) {
        add_separator(p->out, i, items_len, " or ");
        add_constant(p, sorted[i], type);
    }
}

/* ---- arithmetic and functions ---- */

static void add_operand(Phrase *p, const Expr *expr) {
    bool compound = expr->kind == EXPR_ARITHMETIC;
    strbuf_add(p->out, compound ? "(" : "");
    phrase_value(p, expr);
    strbuf_add(p->out, compound ? ")" : "");
}

/* In brackets wherever words go on after it. */
static void add_quantity(Phrase *p, const Expr *expr) {
    bool alone = expr == p->indicator->value;
    strbuf_add(p->out, alone ? "" : "(");
    phrase_quantity(p, expr->as.quantity, false);
    strbuf_add(p->out, alone ? "" : ")");
}

static void add_arithmetic(Phrase *p, const Expr *expr) {
    static const char *const words[] = {" plus ", " minus ", " times ", " divided by "};
    add_operand(p, expr->as.arithmetic.left);
    strbuf_add(p->out, words[expr->as.arithmetic.op]);
    add_operand(p, expr->as.arithmetic.right);
}

static void add_shift(Phrase *p, const Expr *expr) {
    phrase_value(p, expr->as.shift.duration);
    strbuf_add(p->out, expr->as.shift.back ? " before " : " after ");
    phrase_value(p, expr->as.shift.date);
}

static void add_from_to(Phrase *p, const char *what, const Expr *call) {
    strbuf_addf(p->out, "%s from ", what);
    phrase_value(p, call->as.call.arguments[0]);
    strbuf_add(p->out, " to ");
    phrase_value(p, call->as.call.arguments[1]);
}

static void add_working_days(Phrase *p, const Expr *call) {
    strbuf_add(p->out, "the number of working days after ");
    phrase_value(p, call->as.call.arguments[0]);
    strbuf_add(p->out, " up to and including ");
    phrase_value(p, call->as.call.arguments[1]);
    const CalendarModel *calendar = call->as.call.calendar;
    if (!calendar)
        return;
    strbuf_add(p->out, " (by the calendar ");
    phrase_quoted(p, calendar->title ? calendar->title : calendar->name);
    strbuf_add(p->out, ")");
}

static void add_age(Phrase *p, const Expr *call) {
    strbuf_add(p->out, "the age in completed years, by ");
    phrase_value(p, call->as.call.arguments[0]);
    strbuf_add(p->out, ", on ");
    if (call->as.call.arguments_len > 1)
        phrase_value(p, call->as.call.arguments[1]);
    else
        strbuf_add(p->out, phrase_last_day(p->indicator));
}

static void add_one_argument(Phrase *p, const char *what, const Expr *call) {
    strbuf_add(p->out, what);
    phrase_value(p, call->as.call.arguments[0]);
}

/* A whole number that stands in the definition. */
static bool is_whole_constant(const Expr *expr, int64_t *out) {
    return expr->kind == EXPR_CONSTANT && expr->as.constant.kind == VALUE_NUMBER &&
           num_to_int64(expr->as.constant.as.number, out);
}

/* "31 March of the record's “year”"; with a month that is worked out, its parts. */
static void add_day(Phrase *p, const Expr *call) {
    const Expr *const *arguments = call->as.call.arguments;
    int64_t month, day;
    if (is_whole_constant(arguments[1], &month) && is_whole_constant(arguments[2], &day) &&
        month >= 1 && month <= MONTHS_PER_YEAR) {
        strbuf_addf(p->out, "%lld %s of ", (long long)day, date_month_name((int)month));
        phrase_value(p, arguments[0]);
        return;
    }
    strbuf_add(p->out, "the date with day ");
    phrase_value(p, arguments[2]);
    strbuf_add(p->out, ", month ");
    phrase_value(p, arguments[1]);
    strbuf_add(p->out, " and year ");
    phrase_value(p, arguments[0]);
}

/* dispatch */
static void add_call(Phrase *p, const Expr *call) {
    switch (call->as.call.function) {
    case FUNCTION_DAYS:
        add_from_to(p, "the number of days", call);
        return;
    case FUNCTION_MONTHS:
        add_from_to(p, "the number of completed months", call);
        return;
    case FUNCTION_YEARS:
        add_from_to(p, "the number of completed years", call);
        return;
    case FUNCTION_WORKING_DAYS:
        add_working_days(p, call);
        return;
    case FUNCTION_AGE:
        add_age(p, call);
        return;
    case FUNCTION_YEAR:
        add_one_argument(p, "the calendar year of ", call);
        return;
    case FUNCTION_MONTH:
        add_one_argument(p, "the month (1 to 12) of ", call);
        return;
    case FUNCTION_DAY:
        add_day(p, call);
        return;
    case FUNCTIONS:
        return;
    }
}

/* dispatch */
void phrase_value(Phrase *p, const Expr *expr) {
    switch (expr->kind) {
    case EXPR_CONSTANT:
        add_constant(p, expr->as.constant, expr->type.kind);
        return;
    case EXPR_DURATION:
        phrase_duration(p->out, expr->as.duration.kind, expr->as.duration.amount);
        return;
    case EXPR_ROW:
        add_row(p, expr->as.row);
        return;
    case EXPR_COLUMN:
        add_column(p, expr);
        return;
    case EXPR_PERIOD_WORD:
        add_period_word(p, expr->as.period_word);
        return;
    case EXPR_NEGATE:
        strbuf_add(p->out, "minus ");
        add_operand(p, expr->as.operand);
        return;
    case EXPR_ARITHMETIC:
        add_arithmetic(p, expr);
        return;
    case EXPR_DATE_SHIFT:
        add_shift(p, expr);
        return;
    case EXPR_QUANTITY:
        add_quantity(p, expr);
        return;
    case EXPR_INDICATOR:
        strbuf_add(p->out, "the value of ");
        phrase_quoted(p, expr->as.indicator->title);
        return;
    case EXPR_FUNCTION:
        add_call(p, expr);
        return;
    case EXPR_COMPARISON:
    case EXPR_ELAPSED:
    case EXPR_BETWEEN:
    case EXPR_WITHIN:
    case EXPR_IN_SPAN:
    case EXPR_IN:
    case EXPR_IS_MISSING:
    case EXPR_EXISTS:
    case EXPR_NOT:
    case EXPR_AND:
    case EXPR_OR:
        strbuf_add(p->out, "whether ");
        phrase_condition(p, expr);
        return;
    }
}
