#include "plan/expr_print.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "plan/plan.h"

#define MONTHS_PER_YEAR 12
#define DAYS_PER_WEEK 7

/* ---- names ---- */

/* Words that mean something inside an expression: the reserved names of the language. */
static bool is_reserved(const char *name) {
    static const char *const words[] = {
        "active", "and",   "another",    "between", "dated",   "distinct", "elapsed",
        "exists", "first", "held",       "in",      "is",      "last",     "latest",
        "max",    "mean",  "median",     "min",     "missing", "none",     "not",
        "of",     "or",    "percentile", "sum",     "those",   "where",    "within"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], name) == 0)
            return true;
    return false;
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_plain(const char *name) {
    if (!is_letter(name[0]))
        return false;
    for (const char *c = name + 1; *c; c++)
        if (!is_letter(*c) && !(*c >= '0' && *c <= '9'))
            return false;
    return true;
}

static void quoted_if(StrBuf *out, const char *name, bool quoted) {
    const char *mark = quoted ? "`" : "";
    strbuf_addf(out, "%s%s%s", mark, name, mark);
}

void name_print(StrBuf *out, const char *name) {
    quoted_if(out, name, !is_plain(name) || is_reserved(name));
}

/* After a dot every word is a name. */
static void member_print(StrBuf *out, const char *name) {
    quoted_if(out, name, !is_plain(name));
}

static void quoted_text(StrBuf *out, const char *text) {
    strbuf_addf(out, "\"%s\"", text);
}

/* ---- canonical names ---- */

static void canonical_row(ExprPrinter *p, const RowVar *row) {
    size_t i = 0;
    while (i < p->rows.len && p->rows.items[i] != row)
        i++;
    if (i == p->rows.len)
        vec_push(p->arena, &p->rows, row);
    strbuf_addf(p->out, "$%zu", i + 1);
}

static void canonical_type(StrBuf *out, const ColumnModel *column) {
    static const char *const words[] = {
#define TYPE(ident, words) #ident,
#include "sema/types.def"
#undef TYPE
    };
    strbuf_addf(out, ":%s", words[column->type.kind]);
    if (column->type.open)
        strbuf_add(out, ":open");
    if (column->type.unit)
        strbuf_addf(out, ":unit=%s", column->type.unit);
    if (column->date_format)
        strbuf_addf(out, ":format=%s", column->date_format);
    if (column->yes)
        strbuf_addf(out, ":yes=%s", column->yes);
    if (column->no)
        strbuf_addf(out, ":no=%s", column->no);
}

static void canonical_source(ExprPrinter *p, const SourceModel *source) {
    if (source->published != PUBLISHED_NONE)
        strbuf_add(p->out, "published ");
    if (source->table) {
        quoted_text(p->out, source->table);
        return;
    }
    /* Rows written in the definitions are part of the meaning. */
    strbuf_add(p->out, "rows(");
    for (size_t i = 0; i < source->columns_len; i++)
        if (!source->columns[i].computed)
            strbuf_addf(p->out, "\"%s\",", source->columns[i].name);
    for (size_t i = 0; source->cells && i < source->rows_len * source->columns_len; i++)
        strbuf_addf(p->out, source->cells[i] ? "\"%s\"," : "%s,",
                    source->cells[i] ? source->cells[i] : "-");
    strbuf_add(p->out, ")");
}

static void canonical_column(ExprPrinter *p, const ColumnModel *column) {
    if (column->computed) {
        strbuf_add(p->out, "{");
        printer_expr(p, column->computed);
        strbuf_add(p->out, "}");
        return;
    }
    quoted_text(p->out, column->field ? column->field : column->name);
    canonical_type(p->out, column);
    if (column->type.row) {
        strbuf_add(p->out, "->");
        canonical_source(p, column->type.row);
        for (size_t i = 0; i < column->type.row->key_len; i++) {
            strbuf_add(p->out, "/");
            quoted_text(p->out, column->type.row->key[i]->field ? column->type.row->key[i]->field
                                                                : column->type.row->key[i]->name);
        }
    }
}

static int order_of_texts(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void canonical_codes(ExprPrinter *p, const CodeSet *codes) {
    const char **list = arena_array(p->arena, codes->entries_len, sizeof *list);
    for (size_t i = 0; i < codes->entries_len; i++)
        list[i] = codes->entries[i].code;
    qsort(list, codes->entries_len, sizeof *list, order_of_texts);
    strbuf_add(p->out, "(");
    for (size_t i = 0; i < codes->entries_len; i++) {
        strbuf_add(p->out, i > 0 ? ", " : "");
        quoted_text(p->out, list[i]);
    }
    strbuf_add(p->out, ")");
}

static void canonical_calendar(ExprPrinter *p, const CalendarModel *calendar) {
    if (!calendar)
        return;
    strbuf_addf(p->out, " by calendar(weekend %u, %d to %d", calendar->weekend, calendar->from,
                calendar->to);
    for (size_t i = 0; i < calendar->dates_len; i++)
        strbuf_addf(p->out, ", %d", calendar->dates[i]);
    if (calendar->rows) {
        strbuf_add(p->out, ", ");
        printer_expr(p, calendar->date);
        strbuf_add(p->out, " of ");
        printer_rowset(p, calendar->rows);
    }
    strbuf_add(p->out, ")");
}

/* ---- leaves ---- */

static void canonical_number(StrBuf *out, Num number) {
    num_print(out, (Num){number.n, 1}, 0, false);
    strbuf_add(out, "/");
    num_print(out, (Num){number.d, 1}, 0, false);
}

static void print_number(ExprPrinter *p, Num number, TypeKind type) {
    if (p->canonical) {
        canonical_number(p->out, number);
        return;
    }
    if (type == TYPE_MONEY) {
        bool pence = !num_is_integer(number);
        strbuf_add(p->out, num_compare(number, num_of_int(0)) < 0 ? "-£" : "£");
        num_print(p->out, num_compare(number, num_of_int(0)) < 0 ? num_negate(number) : number,
                  pence ? 2 : 0, true);
        return;
    }
    value_print(p->out, value_number(number));
}

static void print_constant(ExprPrinter *p, Value value, TypeKind type) {
    if (value.kind == VALUE_NUMBER)
        print_number(p, value.as.number, type);
    else if (value.kind == VALUE_TEXT)
        quoted_text(p->out, value.as.text);
    else if (value.kind == VALUE_MISSING)
        strbuf_add(p->out, "missing");
    else
        value_print(p->out, value);
}

static void print_amount(StrBuf *out, int64_t amount, const char *unit) {
    strbuf_addf(out, "%lld %s%s", (long long)amount, unit, amount == 1 || amount == -1 ? "" : "s");
}

static void print_duration(ExprPrinter *p, DurationKind kind, int64_t amount) {
    /* What the words group into years and weeks, the canonical text leaves in months and days. */
    bool grouped = !p->canonical && amount != 0;
    switch (kind) {
    case SPAN_DAYS:
        if (grouped && amount % DAYS_PER_WEEK == 0)
            print_amount(p->out, amount / DAYS_PER_WEEK, "week");
        else
            print_amount(p->out, amount, "day");
        return;
    case SPAN_MONTHS:
        if (grouped && amount % MONTHS_PER_YEAR == 0)
            print_amount(p->out, amount / MONTHS_PER_YEAR, "year");
        else
            print_amount(p->out, amount, "month");
        return;
    case SPAN_WORKING_DAYS:
        print_amount(p->out, amount, "working day");
        return;
    }
}

static void print_period_word(ExprPrinter *p, PeriodWord word) {
    switch (word) {
    case PERIOD_WORD_START:
        strbuf_add(p->out, "period start");
        return;
    case PERIOD_WORD_END:
        strbuf_add(p->out, "period end");
        return;
    case PERIOD_WORD_TAKEN:
        strbuf_add(p->out, "taken date");
        return;
    }
}

static void print_row(ExprPrinter *p, const RowVar *row) {
    if (p->canonical)
        canonical_row(p, row);
    else
        name_print(p->out, row->name);
}

static void print_column(ExprPrinter *p, const Expr *expr) {
    const Expr *row = expr->as.column.row;
    const ColumnModel *column = expr->as.column.column;
    /* In a computed column the source's own columns are bare names. */
    if (row->kind == EXPR_ROW && row->as.row == &row->as.row->source->self) {
        if (p->canonical)
            canonical_column(p, column);
        else
            name_print(p->out, column->name);
        return;
    }
    printer_expr(p, row);
    strbuf_add(p->out, ".");
    if (p->canonical)
        canonical_column(p, column);
    else
        member_print(p->out, column->name);
}

static void print_indicator(ExprPrinter *p, const Indicator *indicator) {
    char hash[33];
    if (p->canonical)
        plan_figure_hash(indicator, hash);
    strbuf_add(p->out, p->canonical ? hash : indicator->id);
}

/* ---- what binds how tightly ---- */

enum { TIGHT_LOGIC, TIGHT_CONDITION, TIGHT_SUM, TIGHT_PRODUCT, TIGHT_NEGATIVE, TIGHT_LEAF };

/* dispatch */
static int tightness(const Expr *expr) {
    switch (expr->kind) {
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_EXISTS:
        return TIGHT_LOGIC;
    case EXPR_NOT:
    case EXPR_COMPARISON:
    case EXPR_ELAPSED:
    case EXPR_BETWEEN:
    case EXPR_WITHIN:
    case EXPR_IN_SPAN:
    case EXPR_IN:
    case EXPR_IS_MISSING:
        return TIGHT_CONDITION;
    case EXPR_DATE_SHIFT:
        return TIGHT_SUM;
    case EXPR_ARITHMETIC:
        return expr->as.arithmetic.op == ARITHMETIC_ADD ||
                       expr->as.arithmetic.op == ARITHMETIC_SUBTRACT
                   ? TIGHT_SUM
                   : TIGHT_PRODUCT;
    case EXPR_NEGATE:
        return TIGHT_NEGATIVE;
    case EXPR_CONSTANT:
    case EXPR_DURATION:
    case EXPR_INDICATOR:
    case EXPR_ROW:
    case EXPR_COLUMN:
    case EXPR_PERIOD_WORD:
    case EXPR_FUNCTION:
    case EXPR_QUANTITY: /* prints its own parentheses */
        return TIGHT_LEAF;
    }
    return TIGHT_LEAF;
}

/* In parentheses if it binds less tightly than its place asks. */
static void print_at(ExprPrinter *p, const Expr *expr, int least) {
    bool parentheses = tightness(expr) < least;
    strbuf_add(p->out, parentheses ? "(" : "");
    printer_expr(p, expr);
    strbuf_add(p->out, parentheses ? ")" : "");
}

static void print_pair(ExprPrinter *p, const Expr *left, const char *word, const Expr *right,
                       int least_left, int least_right) {
    print_at(p, left, least_left);
    strbuf_addf(p->out, " %s ", word);
    print_at(p, right, least_right);
}

static void print_arithmetic(ExprPrinter *p, const Expr *expr) {
    int own = tightness(expr);
    print_pair(p, expr->as.arithmetic.left, arithmetic_word(expr->as.arithmetic.op),
               expr->as.arithmetic.right, own, own + 1);
}

/* ---- conditions ---- */

static void print_elapsed(ExprPrinter *p, const Expr *expr) {
    strbuf_add(p->out, "elapsed ");
    print_pair(p, expr->as.elapsed.from, "to", expr->as.elapsed.to, TIGHT_SUM, TIGHT_SUM);
    strbuf_addf(p->out, " %s ", comparison_word(expr->as.elapsed.op));
    printer_expr(p, expr->as.elapsed.duration);
}

static void print_between(ExprPrinter *p, const Expr *expr) {
    print_pair(p, expr->as.between.value, "between", expr->as.between.low, TIGHT_SUM, TIGHT_SUM);
    strbuf_add(p->out, " and ");
    print_at(p, expr->as.between.high, TIGHT_SUM);
}

static void print_within(ExprPrinter *p, const Expr *expr) {
    bool span = expr->kind == EXPR_IN_SPAN;
    print_at(p, expr->as.within.date, TIGHT_SUM);
    strbuf_add(p->out, span ? " in " : " within ");
    printer_expr(p, expr->as.within.duration);
    strbuf_add(p->out, span ? " to " : expr->as.within.before ? " before " : " after ");
    print_at(p, expr->as.within.anchor, TIGHT_SUM);
}

static int order_of_values(const void *a, const void *b) {
    return value_compare(*(const Value *)a, *(const Value *)b);
}

static const Value *sorted_values(Arena *arena, const Value *items, size_t len) {
    Value *sorted = arena_array(arena, len, sizeof *sorted);
    for (size_t i = 0; i < len; i++)
        sorted[i] = items[i];
    qsort(sorted, len, sizeof *sorted, order_of_values);
    return sorted;
}

void printer_members(ExprPrinter *p, const CodeSet *codes, const Value *items, size_t items_len,
                     TypeKind type) {
    if (codes) {
        if (p->canonical)
            canonical_codes(p, codes);
        else
            name_print(p->out, codes->name);
        return;
    }
    /* In whatever order they are written, they are the same values. */
    if (p->canonical)
        items = sorted_values(p->arena, items, items_len);
    strbuf_add(p->out, "(");
    for (size_t i = 0; i < items_len; i++) {
        strbuf_add(p->out, i > 0 ? ", " : "");
        print_constant(p, items[i], type);
    }
    strbuf_add(p->out, ")");
}

static void print_in(ExprPrinter *p, const Expr *expr) {
    print_at(p, expr->as.in.value, TIGHT_SUM);
    strbuf_add(p->out, expr->as.in.negated ? " not in " : " in ");
    printer_members(p, expr->as.in.codes, expr->as.in.items, expr->as.in.items_len,
                    expr->as.in.value->type.kind);
}

static void print_exists(ExprPrinter *p, const Expr *expr) {
    const Rowset *rows = expr->as.exists.rows;
    strbuf_add(p->out, expr->as.exists.none ? "none " : "exists ");
    if (rows->another_of)
        strbuf_add(p->out, "another ");
    printer_rowset(p, rows);
}

static void print_function(ExprPrinter *p, const Expr *expr) {
    strbuf_addf(p->out, "%s(", function_info(expr->as.call.function)->name);
    for (size_t i = 0; i < expr->as.call.arguments_len; i++) {
        strbuf_add(p->out, i > 0 ? ", " : "");
        printer_expr(p, expr->as.call.arguments[i]);
    }
    strbuf_add(p->out, ")");
    if (p->canonical && expr->as.call.function == FUNCTION_WORKING_DAYS)
        canonical_calendar(p, expr->as.call.calendar);
}

/* `and` and `or` are not mixed without parentheses, and an `exists` reaches over `and` to the end:
 * both are set apart. */
static void print_logic(ExprPrinter *p, const Expr *expr) {
    for (size_t i = 0; i < expr->as.logic.terms_len; i++) {
        if (i > 0)
            strbuf_add(p->out, expr->kind == EXPR_AND ? " and " : " or ");
        print_at(p, expr->as.logic.terms[i], TIGHT_CONDITION);
    }
}

/* `not` takes a name or a call as it is, and anything else in parentheses. */
static void print_not(ExprPrinter *p, const Expr *expr) {
    strbuf_add(p->out, "not ");
    print_at(p, expr->as.operand, TIGHT_LEAF);
}

/* dispatch */
void printer_expr(ExprPrinter *p, const Expr *expr) {
    switch (expr->kind) {
    case EXPR_CONSTANT:
        print_constant(p, expr->as.constant, expr->type.kind);
        return;
    case EXPR_DURATION:
        print_duration(p, expr->as.duration.kind, expr->as.duration.amount);
        return;
    case EXPR_ROW:
        print_row(p, expr->as.row);
        return;
    case EXPR_INDICATOR:
        print_indicator(p, expr->as.indicator);
        return;
    case EXPR_COLUMN:
        print_column(p, expr);
        return;
    case EXPR_PERIOD_WORD:
        print_period_word(p, expr->as.period_word);
        return;
    case EXPR_NEGATE:
        strbuf_add(p->out, "-");
        print_at(p, expr->as.operand, TIGHT_LEAF);
        return;
    case EXPR_ARITHMETIC:
        print_arithmetic(p, expr);
        return;
    case EXPR_DATE_SHIFT:
        print_pair(p, expr->as.shift.date, expr->as.shift.back ? "-" : "+", expr->as.shift.duration,
                   TIGHT_SUM, TIGHT_PRODUCT);
        return;
    case EXPR_COMPARISON:
        print_pair(p, expr->as.comparison.left, comparison_word(expr->as.comparison.op),
                   expr->as.comparison.right, TIGHT_SUM, TIGHT_SUM);
        return;
    case EXPR_ELAPSED:
        print_elapsed(p, expr);
        return;
    case EXPR_BETWEEN:
        print_between(p, expr);
        return;
    case EXPR_WITHIN:
    case EXPR_IN_SPAN:
        print_within(p, expr);
        return;
    case EXPR_IN:
        print_in(p, expr);
        return;
    case EXPR_IS_MISSING:
        print_at(p, expr->as.missing.value, TIGHT_SUM);
        strbuf_add(p->out, expr->as.missing.negated ? " is not missing" : " is missing");
        return;
    case EXPR_EXISTS:
        print_exists(p, expr);
        return;
    case EXPR_QUANTITY:
        strbuf_add(p->out, "(");
        printer_quantity(p, expr->as.quantity, false);
        strbuf_add(p->out, ")");
        return;
    case EXPR_FUNCTION:
        print_function(p, expr);
        return;
    case EXPR_NOT:
        print_not(p, expr);
        return;
    case EXPR_AND:
    case EXPR_OR:
        print_logic(p, expr);
        return;
    }
}

/* ---- row sets and quantities ---- */

/* A member stands as it is, anything else in parentheses. */
static void print_timing_date(ExprPrinter *p, const char *word, const Expr *date) {
    bool parentheses = date->kind != EXPR_COLUMN;
    strbuf_addf(p->out, " %s %s", word, parentheses ? "(" : "");
    printer_expr(p, date);
    strbuf_add(p->out, parentheses ? ")" : "");
}

void printer_timed_rows(ExprPrinter *p, const Rowset *rows) {
    if (p->canonical)
        canonical_source(p, rows->source);
    else
        name_print(p->out, rows->source->name);
    strbuf_add(p->out, " ");
    print_row(p, rows->row);
    if (rows->start)
        print_timing_date(p, timing_word(rows->timing), rows->start);
    if (rows->end)
        print_timing_date(p, "to", rows->end);
}

void printer_rowset(ExprPrinter *p, const Rowset *rows) {
    printer_timed_rows(p, rows);
    if (!rows->where)
        return;
    strbuf_add(p->out, " where ");
    printer_expr(p, rows->where);
}

void printer_quantity(ExprPrinter *p, const Quantity *quantity, bool short_form) {
    strbuf_add(p->out, quantity_word(quantity->kind));
    if (quantity->kind == QUANTITY_PERCENTILE) {
        strbuf_add(p->out, " ");
        print_number(p, quantity->percentile, TYPE_DECIMAL);
    }
    if (quantity->known)
        strbuf_add(p->out, " known");
    if (quantity->value) {
        strbuf_add(p->out, " ");
        print_at(p, quantity->value, TIGHT_SUM);
    }
    strbuf_add(p->out, " of ");
    if (short_form)
        print_row(p, quantity->rows->row);
    else
        printer_rowset(p, quantity->rows);
    if (quantity->by) {
        strbuf_add(p->out, " by ");
        print_at(p, quantity->by, TIGHT_SUM);
    }
}

void expr_print(StrBuf *out, const Expr *expr) {
    ExprPrinter printer = {.out = out};
    printer_expr(&printer, expr);
}
