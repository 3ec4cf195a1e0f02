#include "syntax/print_parts.h"

#include <string.h>

#include "syntax/words.h"

/* ---- parts ---- */

void print_source(const Printer *printer, Span span) {
    strbuf_add_len(printer->out, printer->text + span.off, span.len);
}

/* "    basis       ": the arguments start in one column. */
static void gutter(StrBuf *out, const char *word, size_t width) {
    size_t len = layout_width(word, strlen(word));
    strbuf_add_times(out, ' ', PRINT_CLAUSE);
    strbuf_add(out, word);
    strbuf_add_times(out, ' ', len < width ? width - len : 1);
}

void print_start(StrBuf *out, const char *word) {
    gutter(out, word, PRINT_ARGUMENT - PRINT_CLAUSE);
}

void print_pad(StrBuf *out, size_t column) {
    size_t now = layout_column(out);
    strbuf_add_times(out, ' ', now < column ? column - now : 1);
}

static void add_names(StrBuf *out, const NameList *names) {
    for (size_t i = 0; i < names->len; i++) {
        if (i > 0)
            layout_comma(out, names->items[i].atom);
        print_member_name(out, names->items[i].atom);
    }
}

void print_names(StrBuf *out, const NameList *names) {
    for (size_t i = 0; i < names->len; i++) {
        if (i > 0)
            layout_comma(out, names->items[i].atom);
        print_name(out, names->items[i].atom);
    }
}

void print_texts(StrBuf *out, const TextList *texts) {
    for (size_t i = 0; i < texts->len; i++) {
        StrBuf one = {0};
        print_text(&one, texts->items[i]);
        if (i > 0)
            layout_comma(out, strbuf_text(&one));
        strbuf_add(out, strbuf_text(&one));
        strbuf_fini(&one);
    }
}

static void add_nodes(StrBuf *out, const NodeList *nodes) {
    for (size_t i = 0; i < nodes->len; i++) {
        StrBuf one = {0};
        print_expression(&one, nodes->items[i]);
        if (i > 0)
            layout_comma(out, strbuf_text(&one));
        strbuf_add(out, strbuf_text(&one));
        strbuf_fini(&one);
    }
}

void print_label(StrBuf *out, Text label) {
    if (!label.text)
        return;
    strbuf_add_char(out, ' ');
    print_text(out, label);
}

/* ---- clauses of several declarations ---- */

static void add_text_clause(StrBuf *out, const Node_TextClause *clause) {
    print_start(out, word_of(FIELD_ClauseWord, (int)clause->word));
    if (clause->has_period) {
        period_print(out, clause->period);
        strbuf_add_char(out, ' ');
    }
    print_text(out, clause->text);
}

static void add_covers(StrBuf *out, const Node_Covers *covers) {
    print_start(out, "covers");
    date_print_iso(out, covers->from);
    strbuf_add(out, " to ");
    date_print_iso(out, covers->to);
}

static void add_taken(StrBuf *out, const Node_Taken *taken) {
    print_start(out, "taken");
    period_print(out, taken->period);
    strbuf_add(out, " on ");
    date_print_iso(out, taken->on);
}

/* ---- source ---- */

static void add_type(StrBuf *out, const Node_Column *column) {
    const Node_Type *type = node_Type(column->type);
    if (type->link.atom) {
        strbuf_add(out, "link to ");
        print_name(out, type->link.atom);
    } else {
        print_name(out, type->word.atom);
    }
    for (size_t i = 0; i < type->texts.len; i++)
        print_label(out, type->texts.items[i]);
    if (column->codes.atom) {
        strbuf_add(out, " in ");
        print_name(out, column->codes.atom);
    }
    strbuf_add(out, column->open ? " open" : column->optional ? " optional" : "");
    if (column->published != PUBLISHED_NONE)
        strbuf_addf(out, " %s", word_of(FIELD_PublishedKind, (int)column->published));
}

static void add_column(StrBuf *out, const Node_Column *column, const ClauseWidths *widths) {
    print_start(out, "column");
    print_member_name(out, column->name.atom);
    print_pad(out, PRINT_ARGUMENT + widths->name + 1);
    add_type(out, column);
    if (!column->field.text && !column->expression)
        return;
    print_pad(out, PRINT_ARGUMENT + widths->name + 1 + widths->type + 1);
    if (column->field.text) {
        strbuf_add(out, "from ");
        print_text(out, column->field);
    } else {
        strbuf_add(out, "= ");
        layout_expression(out, column->expression, PRINT_CONTINUATION, 0);
    }
}

static void add_symbols(const Printer *printer, const Node_Symbols *symbols) {
    StrBuf *out = printer->out;
    print_start(out, "symbols");
    for (size_t i = 0; i < symbols->symbols.len; i++) {
        const Node_Symbol *symbol = node_Symbol(symbols->symbols.items[i]);
        StrBuf one = {0};
        if (printer->text[symbol->mark.span.off] == '"')
            print_text(&one, symbol->mark);
        else
            print_name(&one, symbol->mark.text);
        strbuf_add_char(&one, ' ');
        print_name(&one, symbol->meaning.atom);
        if (i > 0)
            layout_comma(out, strbuf_text(&one));
        strbuf_add(out, strbuf_text(&one));
        strbuf_fini(&one);
    }
}

static size_t cell_width(const Printer *printer, const NodeList *rows, size_t cell) {
    size_t widest = 0;
    for (size_t i = 0; i < rows->len; i++) {
        const TextList *cells = &node_Row(rows->items[i])->cells;
        if (cell >= cells->len)
            continue;
        Span span = cells->items[cell].span;
        size_t width = layout_width(printer->text + span.off, span.len);
        if (width > widest)
            widest = width;
    }
    return widest;
}

/* Cells stay as they were written, quotes and all. */
void print_rows(Printer *printer, const NodeList *rows, size_t row) {
    const TextList *cells = &node_Row(rows->items[row])->cells;
    size_t column = PRINT_ARGUMENT;
    if (row > 0)
        strbuf_add_times(printer->out, ' ', PRINT_ARGUMENT);
    for (size_t i = 0; i < cells->len; i++) {
        if (i > 0)
            print_pad(printer->out, column);
        print_source(printer, cells->items[i].span);
        column += cell_width(printer, rows, i) + 2;
    }
}

/* ---- codes, calendar ---- */

static void add_day(StrBuf *out, const char *word, bool given, Date date) {
    if (!given)
        return;
    strbuf_addf(out, " %s ", word);
    date_print_iso(out, date);
}

static void add_code(const Printer *printer, const Node_Code *code, const ClauseWidths *widths) {
    strbuf_add_times(printer->out, ' ', PRINT_CLAUSE);
    print_source(printer, code->code.span);
    print_pad(printer->out, PRINT_CLAUSE + widths->code);
    print_text(printer->out, code->title);
    add_day(printer->out, "from", code->has_from, code->from);
    add_day(printer->out, "to", code->has_to, code->to);
}

/* A list of dates that needs several lines starts one for each year. */
static void add_holiday_dates(StrBuf *out, const Node_HolidayDates *holidays) {
    const NodeList *dates = &holidays->dates;
    size_t width = strlen("2017-01-02, ") * dates->len;
    bool several = PRINT_ARGUMENT + width > PRINT_WIDTH;
    print_start(out, "holidays");
    for (size_t i = 0; i < dates->len; i++) {
        Date date = node_DateLiteral(dates->items[i])->date;
        int before = i > 0 ? date_ymd(node_DateLiteral(dates->items[i - 1])->date).year : 0;
        if (i > 0 && several && date_ymd(date).year != before) {
            strbuf_add_char(out, ',');
            layout_line(out, PRINT_ARGUMENT);
        } else if (i > 0) {
            layout_comma(out, "2017-01-02");
        }
        date_print_iso(out, date);
    }
}

static void add_holiday_rows(StrBuf *out, const Node_HolidayRows *holidays) {
    print_start(out, "holidays");
    print_expression(out, holidays->date);
    strbuf_add(out, " of ");
    layout_rowset(out, holidays->rowset, PRINT_CONTINUATION);
}

/* ---- indicator ---- */

static void add_counted(StrBuf *out, const char *word, const Node *rowset, const Node *quantity) {
    print_start(out, word);
    if (rowset)
        layout_rowset(out, rowset, PRINT_CONTINUATION);
    else
        layout_expression(out, quantity, PRINT_CONTINUATION, 0);
}

static void add_numerator(StrBuf *out, const Node_Numerator *numerator) {
    if (!numerator->those) {
        add_counted(out, "numerator", NULL, numerator->quantity);
        return;
    }
    print_start(out, "numerator");
    strbuf_add(out, "those where ");
    layout_expression(out, numerator->those, PRINT_CONTINUATION, 0);
}

static void add_part(StrBuf *out, const char *word, Name name, Text label, const Node *condition) {
    print_start(out, word);
    print_name(out, name.atom);
    print_label(out, label);
    layout_where(out, condition, PRINT_CONTINUATION, 0);
}

static void add_by(StrBuf *out, const Node_By *by) {
    print_start(out, "by");
    add_nodes(out, &by->expressions);
    strbuf_add(out, " as");
    print_label(out, by->label);
    if (by->total.text) {
        strbuf_add(out, " total");
        print_label(out, by->total);
    }
    strbuf_add(out, by->share ? " with share" : "");
}

static void add_basis(StrBuf *out, const Node_Basis *basis) {
    print_start(out, "basis");
    strbuf_add(out, word_of(FIELD_BasisKind, (int)basis->kind));
    if (basis->kind == BASIS_PER) {
        int decimals = 0;
        Num rounded;
        while (decimals < 18 && (!num_round(basis->per, decimals, &rounded) ||
                                 num_compare(rounded, basis->per) != 0))
            decimals++;
        strbuf_add_char(out, ' ');
        num_print(out, basis->per, decimals, true);
    }
    print_label(out, basis->unit);
}

static void add_months(StrBuf *out, int months) {
    strbuf_addf(out, " %d %s", months, months == 1 ? "month" : "months");
}

static void add_window(StrBuf *out, const Node_Window *window) {
    print_start(out, "window");
    strbuf_add(out, word_of(FIELD_WindowKind, (int)window->kind));
    if (window->kind == WINDOW_ROLLING)
        add_months(out, window->months);
    if (window->every != EVERY_NONE)
        strbuf_addf(out, " every %s", word_of(FIELD_EveryKind, (int)window->every));
    if (window->has_year_end) {
        Ymd end = date_ymd(window->year_end);
        strbuf_addf(out, " to %d %s", end.day, date_month_name(end.month));
    }
    if (window->behind > 0) {
        strbuf_add(out, " behind");
        add_months(out, window->behind);
    }
}

static void add_good(StrBuf *out, const Node_Good *good) {
    print_start(out, "good");
    strbuf_add(out, word_of(FIELD_GoodKind, (int)good->kind));
    if (good->kind != GOOD_BETWEEN)
        return;
    strbuf_add_char(out, ' ');
    print_expression(out, good->low);
    strbuf_add(out, " and ");
    print_expression(out, good->high);
}

static void add_target(StrBuf *out, const Node_Target *target) {
    print_start(out, "target");
    if (!target->value) {
        strbuf_add(out, "none");
        return;
    }
    print_expression(out, target->value);
    print_label(out, target->label);
    add_day(out, "from", target->has_from, target->from);
}

static void add_compare(StrBuf *out, const Node_Compare *compare) {
    print_start(out, "compare");
    strbuf_add(out, word_of(FIELD_CompareKind, (int)compare->kind));
    if (compare->same == SAME_NONE)
        return;
    strbuf_add(out, " same within ");
    print_expression(out, compare->same_within);
    bool one = num_compare(node_Number(compare->same_within)->value, num_of_int(1)) == 0;
    if (compare->same == SAME_POINTS)
        strbuf_add(out, one ? " point" : " points");
    else
        strbuf_add(out, " of previous");
}

static void add_project_decimals(StrBuf *out, const Node_ProjectDecimals *decimals) {
    print_start(out, "decimals");
    for (size_t i = 0; i < decimals->bases.len; i++) {
        strbuf_add(out, i > 0 ? ", " : "");
        print_name(out, decimals->bases.items[i].atom);
        strbuf_add_char(out, ' ');
        print_expression(out, decimals->places.items[i]);
    }
}

/* ---- all of them ---- */

static void add_named(StrBuf *out, const Node_NameClause *clause) {
    print_start(out, word_of(FIELD_ClauseWord, (int)clause->word));
    print_name(out, clause->name.atom);
}

static void add_date(StrBuf *out, const Node_DateClause *clause) {
    print_start(out, word_of(FIELD_ClauseWord, (int)clause->word));
    date_print_iso(out, clause->date);
}

static void add_check_setting(StrBuf *out, const Node_CheckSetting *setting) {
    print_start(out, "check");
    print_name(out, setting->check.atom);
    if (setting->of.atom) {
        strbuf_add(out, " of ");
        print_name(out, setting->of.atom);
    }
    strbuf_add_char(out, ' ');
    print_name(out, setting->severity.atom);
    if (setting->reason.text) {
        strbuf_add_char(out, ' ');
        print_text(out, setting->reason);
    }
}

/* dispatch */
void print_clause(Printer *printer, const Node *node, const ClauseWidths *widths) {
    StrBuf *out = printer->out;
    switch (node->kind) {
    case NODE_TEXT_CLAUSE:
        add_text_clause(out, node_TextClause(node));
        return;
    case NODE_NAME_CLAUSE:
        add_named(out, node_NameClause(node));
        return;
    case NODE_DATE_CLAUSE:
        add_date(out, node_DateClause(node));
        return;
    case NODE_CHECK_SETTING:
        add_check_setting(out, node_CheckSetting(node));
        return;
    case NODE_COVERS:
        add_covers(out, node_Covers(node));
        return;
    case NODE_TAKEN:
        add_taken(out, node_Taken(node));
        return;
    case NODE_KEY:
        print_start(out, "key");
        add_names(out, &node_Key(node)->columns);
        return;
    case NODE_COLUMN:
        add_column(out, node_Column(node), widths);
        return;
    case NODE_SYMBOLS:
        add_symbols(printer, node_Symbols(node));
        return;
    case NODE_PUBLISHED:
        print_start(out, "published");
        strbuf_add(out, word_of(FIELD_PublishedKind, (int)node_Published(node)->kind));
        return;
    case NODE_ROWS:
        print_start(out, "rows");
        if (node_Rows(node)->rows.len > 0)
            print_rows(printer, &node_Rows(node)->rows, 0);
        return;
    case NODE_CODE:
        add_code(printer, node_Code(node), widths);
        return;
    case NODE_WEEKEND:
        print_start(out, "weekend");
        print_names(out, &node_Weekend(node)->days);
        return;
    case NODE_HOLIDAY_DATES:
        add_holiday_dates(out, node_HolidayDates(node));
        return;
    case NODE_HOLIDAY_ROWS:
        add_holiday_rows(out, node_HolidayRows(node));
        return;
    case NODE_DENOMINATOR:
        add_counted(out, "denominator", node_Denominator(node)->rowset,
                    node_Denominator(node)->quantity);
        return;
    case NODE_NUMERATOR:
        add_numerator(out, node_Numerator(node));
        return;
    case NODE_VALUE:
        add_counted(out, "value", NULL, node_Value(node)->value);
        return;
    case NODE_EXCLUDE:
        add_part(out, "exclude", node_Exclude(node)->name, node_Exclude(node)->label,
                 node_Exclude(node)->condition);
        return;
    case NODE_OF_WHICH:
        add_part(out, "of which", node_OfWhich(node)->name, node_OfWhich(node)->label,
                 node_OfWhich(node)->condition);
        return;
    case NODE_BY:
        add_by(out, node_By(node));
        return;
    case NODE_BASIS:
        add_basis(out, node_Basis(node));
        return;
    case NODE_WINDOW:
        add_window(out, node_Window(node));
        return;
    case NODE_GOOD:
        add_good(out, node_Good(node));
        return;
    case NODE_TARGET:
        add_target(out, node_Target(node));
        return;
    case NODE_COMPARE:
        add_compare(out, node_Compare(node));
        return;
    case NODE_DECIMALS:
        print_start(out, "decimals");
        strbuf_addf(out, "%d", node_Decimals(node)->places);
        return;
    case NODE_PROJECT_DECIMALS:
        add_project_decimals(out, node_ProjectDecimals(node));
        return;
    case NODE_MEMBERS:
    case NODE_MEMBER_ROWS:
    case NODE_MODEL_YEAR:
    case NODE_RATING_LINE:
    case NODE_DISTRIBUTION:
    case NODE_BANDS:
    case NODE_GOOD_BANDS:
    case NODE_TOLERANCE:
    case NODE_RATING_USE:
    case NODE_BENCHMARK:
    case NODE_BREAK:
    case NODE_PROVISIONAL:
    case NODE_REPORTED:
    case NODE_SUPPRESS:
    case NODE_INTERVAL:
        print_judgement(out, node);
        return;
    case NODE_REPORT_FIELD:
    case NODE_REPORT_EVERY:
    case NODE_REPORT_PART:
    case NODE_REPORT_SECTION:
    case NODE_SHOW:
    case NODE_REFER:
        print_report(out, node);
        return;
    case NODE_GIVEN:
    case NODE_EXPECT:
        print_test(out, node);
        return;
    case NODE_FILE:
    case NODE_PROJECT:
    case NODE_USE:
    case NODE_SOURCE:
    case NODE_CODES:
    case NODE_CALENDAR:
    case NODE_DEFINE:
    case NODE_INDICATOR:
    case NODE_NEIGHBOURS:
    case NODE_RATING:
    case NODE_REPORT:
    case NODE_TEST:
    case NODE_BROKEN_CLAUSE:
    case NODE_TYPE:
    case NODE_SYMBOL:
    case NODE_ROW:
    case NODE_RATING_RULE:
    case NODE_GROUP_IS:
    case NODE_BAND:
    case NODE_BENCHMARK_ENTRY:
    case NODE_ROWSET:
    case NODE_QUANTITY:
    case NODE_NUMBER:
    case NODE_TEXT:
    case NODE_DATE:
    case NODE_PERIOD:
    case NODE_DURATION:
    case NODE_NAME:
    case NODE_MEMBER:
    case NODE_PERIOD_WORD:
    case NODE_CALL:
    case NODE_NEGATE:
    case NODE_ARITHMETIC:
    case NODE_COMPARISON:
    case NODE_BETWEEN:
    case NODE_IN_CODES:
    case NODE_IN_LIST:
    case NODE_IS_MISSING:
    case NODE_WITHIN:
    case NODE_IN_SPAN:
    case NODE_ELAPSED:
    case NODE_EXISTS:
    case NODE_NOT:
    case NODE_LOGIC:
    case NODE_PARENTHESES:
    case NODE_KINDS:
        return; /* no clauses */
    }
}

/* ---- widths that clauses share ---- */

static void widen(size_t *width, size_t needed) {
    if (needed > *width)
        *width = needed;
}

static size_t name_width(const Node_Column *column) {
    StrBuf buf = {0};
    print_member_name(&buf, column->name.atom);
    size_t width = layout_width(strbuf_text(&buf), buf.len);
    strbuf_fini(&buf);
    return width;
}

static size_t type_width(const Node_Column *column) {
    StrBuf buf = {0};
    add_type(&buf, column);
    size_t width = layout_width(strbuf_text(&buf), buf.len);
    strbuf_fini(&buf);
    return width;
}

#define NAME_WIDTH 10u
#define TYPE_WIDTH 16u

ClauseWidths print_clause_widths(const Printer *printer, const NodeList *clauses) {
    ClauseWidths widths = {PRINT_ARGUMENT - PRINT_CLAUSE, NAME_WIDTH, TYPE_WIDTH};
    for (size_t i = 0; i < clauses->len; i++) {
        const Node *node = clauses->items[i];
        if (node->kind == NODE_CODE) {
            Span span = node_Code(node)->code.span;
            widen(&widths.code, layout_width(printer->text + span.off, span.len) + 1);
        } else if (node->kind == NODE_COLUMN) {
            const Node_Column *column = node_Column(node);
            widen(&widths.name, name_width(column));
            if (column->field.text || column->expression)
                widen(&widths.type, type_width(column));
        }
    }
    return widths;
}
