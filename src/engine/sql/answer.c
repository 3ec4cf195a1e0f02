#include "engine/sql/statement.h"

typedef struct Reading {
    SqlRun *run;
    Statement *statement;
    const Query *query;
    size_t column; /* the next one */
    bool bad;
} Reading;

static Truth read_truth(Reading *reading) {
    size_t column = reading->column++;
    if (query_is_null(reading->query, column))
        return TRUTH_UNKNOWN;
    const char *text = query_text(reading->query, column, NULL);
    return text[0] == 't' || text[0] == '1' ? TRUTH_TRUE : TRUTH_FALSE;
}

static int64_t read_integer(Reading *reading) {
    int64_t number = 0;
    size_t column = reading->column++;
    if (!query_is_null(reading->query, column) && !query_integer(reading->query, column, &number))
        reading->bad = true;
    return number;
}

static Num read_number(Reading *reading) {
    Num number = num_of_int(0);
    size_t column = reading->column++;
    if (!query_is_null(reading->query, column) && !query_number(reading->query, column, &number))
        reading->bad = true;
    return number;
}

static Num scaled_down(Num number, int scale) {
    for (int i = 0; i < scale; i++)
        num_divide(number, num_of_int(10), &number);
    return number;
}

static bool read_date(Reading *reading, Date *out) {
    size_t len = 0, column = reading->column++;
    const char *text = query_text(reading->query, column, &len);
    if (!text)
        return false;
    if (!date_parse_iso(text, len, out))
        reading->bad = true;
    return true;
}

/* A value of the type and scale that the expression has. */
static Value read_value(Reading *reading, const SqlValue *like) {
    size_t len = 0, column = reading->column;
    Date date = 0;
    if (query_is_null(reading->query, column)) {
        reading->column++;
        return value_missing(SYMBOL_NONE);
    }
    switch (like->type) {
    case SQL_BOOLEAN:
        return value_bool(read_truth(reading) == TRUTH_TRUE);
    case SQL_NUMBER:
        return value_number(scaled_down(read_number(reading), like->scale));
    case SQL_DATE:
        read_date(reading, &date);
        return value_date(date);
    case SQL_TEXT:
        break;
    }
    const char *text = query_text(reading->query, reading->column++, &len);
    return value_text(arena_copy_text(reading->run->data->run, text, len));
}

static void read_excludes(Reading *reading, const SqlChain *chain, RowEntry *entry) {
    for (size_t i = 0; i < chain->excludes_len; i++) {
        Truth truth = read_truth(reading);
        if (entry->truth != TRUTH_TRUE)
            continue;
        entry->excluded[chain->excludes[i]->part] = truth;
        entry->out = entry->out || truth == TRUTH_TRUE;
        entry->in_doubt = entry->in_doubt || truth == TRUTH_UNKNOWN;
    }
    if (entry->out)
        entry->in_doubt = false;
}

static void read_parts(Reading *reading, const SqlChain *chain, RowEntry *entry) {
    bool of_numerator = chain->planned->indicator->shape == SHAPE_PROPORTION;
    bool counts = entry->truth == TRUTH_TRUE && !entry->out &&
                  (!of_numerator || entry->selected == TRUTH_TRUE);
    for (size_t i = 0; i < chain->parts_len; i++) {
        Truth truth = read_truth(reading);
        entry->parts[chain->parts[i]->part] = counts ? truth : TRUTH_FALSE;
    }
}

/* Two halves of 32 bits, each summed. */
static Num read_sum(Reading *reading, bool halves) {
    Num high = read_number(reading), low;
    if (!halves)
        return high;
    low = read_number(reading);
    if (!num_multiply(high, num_of_int(INT64_C(4294967296)), &high) || !num_add(high, low, &high))
        reading->bad = true;
    return high;
}

static EntrySum read_entry_sum(Reading *reading, const SqlMeasured *measured, int64_t rows) {
    bool halves = reading->run->dialect->scaled;
    int scale = measured->value.scale;
    EntrySum sum = {.quantity = measured->quantity};
    sum.missing = rows - read_integer(reading);
    sum.symbol = (Symbol)read_integer(reading);
    sum.sum = scaled_down(read_sum(reading, halves), scale);
    if (measured->quantity->kind == QUANTITY_MEAN)
        sum.squares = (Figure){true, scaled_down(read_sum(reading, halves), 2 * scale)};
    return sum;
}

static EntryValue read_entry_value(Reading *reading, const SqlMeasured *measured) {
    EntryValue value = {.quantity = measured->quantity, .candidate = true};
    const SourceModel *source = measured->quantity->rows->source;
    bool pick = measured->measure == MEASURE_PICK;
    bool lacks = false;
    if (pick) {
        value.candidate = read_truth(reading) == TRUTH_TRUE;
        lacks = read_truth(reading) == TRUTH_TRUE;
    }
    value.value = read_value(reading, &measured->value);
    Symbol symbol = (Symbol)read_integer(reading);
    Num under = measured->value.under ? read_number(reading) : num_of_int(1);
    if (value.value.kind == VALUE_MISSING)
        value.value.symbol = symbol;
    else if (measured->value.under &&
             !num_divide(value.value.as.number, under, &value.value.as.number))
        reading->bad = true;
    if (!pick)
        return value;
    if (!lacks && !value.candidate)
        value.value = value_int(0); /* there is one, which does not matter */
    read_date(reading, &value.by);
    Value *key = arena_array(reading->run->arena, source->key_len, sizeof *key);
    for (size_t k = 0; k < source->key_len; k++)
        key[k] = read_value(reading, &measured->keys[k]);
    value.key = key;
    return value;
}

static void read_measures(Reading *reading, const SqlChain *chain, RowEntry *entry) {
    Arena *arena = reading->run->arena;
    EntrySum *sums = arena_array(arena, chain->measures_len, sizeof *sums);
    EntryValue *values = arena_array(arena, chain->measures_len, sizeof *values);
    entry->sums = sums;
    entry->values = values;
    for (size_t i = 0; i < chain->measures_len; i++) {
        const SqlMeasured *measured = &chain->measures[i];
        if (measured->measure == MEASURE_SUM)
            sums[entry->sums_len++] = read_entry_sum(reading, measured, entry->count);
        else
            values[entry->values_len++] = read_entry_value(reading, measured);
    }
}

static RowEntry *read_entry(Reading *reading, Truth truth, int64_t count) {
    Arena *arena = reading->run->arena;
    const SqlChain *chain = &reading->statement->chain;
    const Indicator *indicator = chain->planned->indicator;
    RowEntry *entry = arena_alloc(arena, sizeof *entry);
    *entry = (RowEntry){.count = count, .truth = truth};
    entry->keys = arena_array(arena, indicator->breakdowns_len, sizeof *entry->keys);
    entry->excluded = arena_array(arena, indicator->excludes_len, sizeof *entry->excluded);
    entry->parts = arena_array(arena, indicator->parts_len, sizeof *entry->parts);
    for (size_t b = 0; chain->grouped && b < indicator->breakdowns_len; b++)
        entry->keys[b] = read_value(reading, &chain->keys[b]);
    read_excludes(reading, chain, entry);
    if (chain->select)
        entry->selected = read_truth(reading);
    if (chain->band)
        entry->band = (size_t)read_integer(reading);
    read_parts(reading, chain, entry);
    read_measures(reading, chain, entry);
    return entry;
}

bool answer_take(SqlRun *run, Statement *statement, const Query *query) {
    Reading reading = {.run = run, .statement = statement, .query = query, .column = CHAIN_WINDOW};
    Answered answered = {.window = (size_t)read_integer(&reading)};
    Date least, greatest;
    Truth truth = read_truth(&reading);
    statement->failed = statement->failed || read_integer(&reading) > 0;
    int64_t count = read_integer(&reading);
    if (read_date(&reading, &least))
        statement->least[answered.window] = least;
    if (read_date(&reading, &greatest))
        statement->greatest[answered.window] = greatest;
    answered.entry = read_entry(&reading, truth, count);
    vec_push(run->arena, &statement->entries, answered);
    return !reading.bad;
}

/* ---- rows that are picked ---- */

/* Whether two rows of one date and key have different values, so that an error must be told. */
static bool is_undecided(const EntryValue *a, const EntryValue *b, size_t key_len) {
    if (!a->candidate || !b->candidate || a->quantity != b->quantity || a->by != b->by)
        return false;
    for (size_t k = 0; k < key_len; k++)
        if (value_compare(a->key[k], b->key[k]) != 0)
            return false;
    return value_compare(a->value, b->value) != 0 || a->value.symbol != b->value.symbol;
}

static bool any_pair_undecided(const Statement *statement) {
    size_t key_len = statement->chain.last->rows->source->key_len;
    for (size_t i = 0; i < statement->entries.len; i++)
        for (size_t j = 0; j < i; j++) {
            const Answered *a = &statement->entries.items[i], *b = &statement->entries.items[j];
            for (size_t v = 0; a->window == b->window && v < a->entry->values_len; v++)
                if (a->entry->values[v].key &&
                    is_undecided(&a->entry->values[v], &b->entry->values[v], key_len))
                    return true;
        }
    return false;
}

static bool has_picks(const SqlChain *chain) {
    for (size_t i = 0; i < chain->measures_len; i++)
        if (chain->measures[i].measure == MEASURE_PICK)
            return true;
    return false;
}

bool answer_undecided(const Statement *statement) {
    return has_picks(&statement->chain) && any_pair_undecided(statement);
}
