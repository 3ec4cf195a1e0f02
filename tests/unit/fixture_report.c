#include "tests/unit/fixture_report.h"

#include <string.h>

static Indicator *base(Arena *arena, const char *id, const char *title, Shape shape) {
    Indicator *indicator = arena_alloc(arena, sizeof *indicator);
    indicator->id = id;
    indicator->title = title;
    indicator->shape = shape;
    indicator->per = num_of_int(1);
    indicator->window = WINDOW_ROLLING;
    indicator->window_months = 12;
    indicator->every = EVERY_MONTH;
    indicator->good = GOOD_NEUTRAL;
    indicator->compare = COMPARE_PREVIOUS_MONTH;
    return indicator;
}

static void set_target(Arena *arena, Indicator *indicator, const char *value, const char *label) {
    indicator->targets = arena_alloc(arena, sizeof *indicator->targets);
    indicator->targets_len = 1;
    if (value)
        num_parse(value, strlen(value), &indicator->targets->value, &indicator->targets->decimals);
    else
        indicator->targets->none = true;
    indicator->targets->label = label;
}

static const Expr *quantity_of(Arena *arena, QuantityKind kind, TypeKind type) {
    Expr *column = arena_alloc(arena, sizeof *column);
    column->kind = EXPR_COLUMN;
    column->type.kind = type;
    Quantity *quantity = arena_alloc(arena, sizeof *quantity);
    quantity->kind = kind;
    quantity->value = kind == QUANTITY_COUNT ? NULL : column;
    quantity->type.kind = kind == QUANTITY_COUNT ? TYPE_INTEGER : type;
    Expr *value = arena_alloc(arena, sizeof *value);
    value->kind = EXPR_QUANTITY;
    value->type = quantity->type;
    value->as.quantity = quantity;
    return value;
}

Indicator *fixture_proportion(Arena *arena) {
    Indicator *indicator =
        base(arena, "second_cp_plan", "Second or subsequent child protection plan within two years",
             SHAPE_PROPORTION);
    indicator->basis = BASIS_PERCENT;
    indicator->decimals = 1;
    indicator->good = GOOD_LOW;
    set_target(arena, indicator, "20.7", "SN average 2015/16");
    return indicator;
}

Indicator *fixture_count(Arena *arena) {
    Indicator *indicator =
        base(arena, "no_recent_activity", "Cases with no recorded activity in the previous 6 weeks",
             SHAPE_VALUE);
    indicator->value = quantity_of(arena, QUANTITY_COUNT, TYPE_INTEGER);
    indicator->basis = BASIS_COUNT;
    indicator->good = GOOD_LOW;
    indicator->window = WINDOW_SNAPSHOT;
    set_target(arena, indicator, "0", "internal");
    indicator->excludes = arena_alloc(arena, sizeof *indicator->excludes);
    indicator->excludes_len = 1;
    indicator->excludes[0].id = "cwd";
    indicator->excludes[0].label = "children with disabilities";
    return indicator;
}

Indicator *fixture_rate(Arena *arena) {
    Indicator *indicator =
        base(arena, "icpc_rate", "Initial child protection conferences", SHAPE_RATIO);
    indicator->numerator = quantity_of(arena, QUANTITY_COUNT, TYPE_INTEGER)->as.quantity;
    indicator->denominator = quantity_of(arena, QUANTITY_SUM, TYPE_INTEGER)->as.quantity;
    indicator->basis = BASIS_PER;
    indicator->per = num_of_int(10000);
    indicator->unit = "children";
    indicator->decimals = 1;
    return indicator;
}

Indicator *fixture_money(Arena *arena) {
    Indicator *indicator = base(arena, "placement_cost", "Cost of placements", SHAPE_VALUE);
    indicator->value = quantity_of(arena, QUANTITY_SUM, TYPE_MONEY);
    indicator->basis = BASIS_POUNDS;
    set_target(arena, indicator, NULL, NULL);
    return indicator;
}

Indicator *fixture_breakdown(Arena *arena) {
    Indicator *indicator =
        base(arena, "contacts_by_agency", "Contacts by agency and their conversion to referrals",
             SHAPE_PROPORTION);
    indicator->basis = BASIS_PERCENT;
    indicator->decimals = 1;
    CodeSet *codes = arena_alloc(arena, sizeof *codes);
    codes->entries = arena_array(arena, 3, sizeof *codes->entries);
    codes->entries_len = 3;
    codes->entries[0] = (CodeEntry){.code = "HEA", .title = "Health"};
    codes->entries[1] = (CodeEntry){.code = "EDU", .title = "Education"};
    codes->entries[2] = (CodeEntry){.code = "POL", .title = "Police"};
    indicator->breakdowns = arena_alloc(arena, sizeof *indicator->breakdowns);
    indicator->breakdowns_len = 1;
    indicator->breakdowns[0].label = "Agency";
    indicator->breakdowns[0].codes = codes;
    indicator->breakdowns[0].total = "Overall";
    indicator->breakdowns[0].share = true;
    return indicator;
}

static Num in_unit_of_print(const Indicator *indicator, int64_t numerator, int64_t denominator) {
    Num value;
    num_of_ratio(numerator, denominator, &value);
    if (indicator->basis == BASIS_PERCENT)
        num_multiply(value, num_of_int(100), &value);
    if (indicator->basis == BASIS_PER)
        num_multiply(value, indicator->per, &value);
    return value;
}

static Cell *empty(Arena *arena, const Indicator *indicator, const char *month) {
    Cell *cell = arena_alloc(arena, sizeof *cell);
    cell->indicator = indicator;
    period_parse(month, strlen(month), &cell->period);
    cell->window_end = cell->period.end;
    date_add_months(date_month_start(cell->period.end), -11, &cell->window_start);
    StrBuf label = {0};
    strbuf_add(&label, "Rolling 12 months to ");
    date_print_long(&label, cell->window_end);
    cell->window_label = arena_copy_text(arena, strbuf_text(&label), label.len);
    strbuf_fini(&label);
    cell->asked = true;
    cell->whole = true;
    if (indicator->breakdowns_len) {
        cell->group = arena_array(arena, indicator->breakdowns_len, sizeof *cell->group);
        cell->group[0].whole = true;
    }
    return cell;
}

Cell *fixture_cell(Arena *arena, const Indicator *indicator, const char *month, int64_t numerator,
                   int64_t denominator) {
    Cell *cell = empty(arena, indicator, month);
    cell->available = true;
    cell->value = in_unit_of_print(indicator, numerator, denominator);
    cell->numerator = (Figure){true, num_of_int(numerator)};
    if (indicator->shape != SHAPE_VALUE)
        cell->denominator = (Figure){true, num_of_int(denominator)};
    cell->has_counts = true;
    cell->gross = denominator;
    return cell;
}

Cell *fixture_missing(Arena *arena, const Indicator *indicator, const char *month, Symbol symbol,
                      const char *reason) {
    Cell *cell = empty(arena, indicator, month);
    cell->symbol = symbol;
    cell->reason = reason;
    return cell;
}

void fixture_group(Arena *arena, Cell *cell, const char *code, const char *label) {
    cell->whole = false;
    cell->group = arena_array(arena, cell->indicator->breakdowns_len, sizeof *cell->group);
    cell->group[0].label = label;
    cell->group[0].unknown = !code;
    cell->group[0].value = code ? value_text(code) : value_missing(SYMBOL_NONE);
}

void fixture_compare(Cell *cell, const Cell *previous) {
    cell->previous = previous;
    cell->previous_period = previous->period;
    cell->has_previous_period = true;
}

Result *fixture_result(Arena *arena, Cell **cells, size_t len) {
    Result *result = arena_alloc(arena, sizeof *result);
    result->cells = arena_array(arena, len, sizeof *result->cells);
    memcpy(result->cells, cells, len * sizeof *cells);
    result->cells_len = len;
    memcpy(result->fingerprint, "00112233445566778899aabbccddeeff", 33);
    return result;
}

static Cell *compared(Arena *arena, const Indicator *indicator, int64_t now, int64_t of,
                      int64_t before, int64_t before_of) {
    Cell *cell = fixture_cell(arena, indicator, "2017-01", now, of);
    fixture_compare(cell, fixture_cell(arena, indicator, "2016-12", before, before_of));
    return cell;
}

Result *fixture_month(Arena *arena) {
    Indicator *count = fixture_count(arena), *agency = fixture_breakdown(arena);
    Cell *cells[8];
    cells[0] = compared(arena, fixture_proportion(arena), 69, 535, 71, 510);
    cells[1] = compared(arena, count, 33, 1, 40, 1);
    cells[1]->gross = 46;
    cells[1]->excluded = arena_alloc(arena, sizeof *cells[1]->excluded);
    cells[1]->excluded[0] = (PartCount){.part = &count->excludes[0], .count = 13};
    cells[1]->unknown_rows = 2;
    cells[2] = compared(arena, fixture_rate(arena), 580, 110476, 566, 110476);
    cells[3] = fixture_cell(arena, fixture_money(arena), "2017-01", 4943674, 1);
    cells[4] = compared(arena, agency, 120, 1000, 110, 900);
    cells[5] = compared(arena, agency, 80, 600, 60, 500);
    fixture_group(arena, cells[5], "HEA", "Health");
    cells[6] = compared(arena, agency, 40, 400, 40, 400);
    fixture_group(arena, cells[6], "EDU", "Education");
    cells[7] = fixture_missing(arena, agency, "2017-01", SYMBOL_NOT_APPLICABLE, NULL);
    fixture_group(arena, cells[7], "POL", "Police");
    for (size_t i = 4; i < 8; i++) {
        cells[i]->share_numerator = (Figure){true, cells[i]->denominator.value};
        cells[i]->share_denominator = (Figure){true, num_of_int(1000)};
        if (!cells[i]->denominator.present)
            cells[i]->share_numerator.value = num_of_int(0);
    }
    return fixture_result(arena, cells, 8);
}

Result *fixture_series(Arena *arena) {
    static const char *const months[] = {"2016-11", "2016-12", "2017-01"};
    static const int64_t figures[][2] = {{74, 505}, {71, 510}, {69, 535}};
    Indicator *proportion = fixture_proportion(arena), *agency = fixture_breakdown(arena);
    Cell *cells[12];
    for (size_t i = 0; i < 3; i++) {
        cells[i] = fixture_cell(arena, proportion, months[i], figures[i][0], figures[i][1]);
        if (i > 0)
            fixture_compare(cells[i], cells[i - 1]);
        size_t at = 3 + i * 3;
        int64_t step = (int64_t)i;
        cells[at] = fixture_cell(arena, agency, months[i], 110 + step, 900);
        cells[at + 1] = fixture_cell(arena, agency, months[i], 70 + step, 500);
        fixture_group(arena, cells[at + 1], "HEA", "Health");
        cells[at + 2] = i == 1 ? fixture_missing(arena, agency, months[i], SYMBOL_CONFIDENTIAL,
                                                 "an input is confidential")
                               : fixture_cell(arena, agency, months[i], 40, 400);
        fixture_group(arena, cells[at + 2], "EDU", "Education");
        for (size_t j = 0; i > 0 && j < 3; j++)
            fixture_compare(cells[at + j], cells[at + j - 3]);
    }
    return fixture_result(arena, cells, 12);
}
