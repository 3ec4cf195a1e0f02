/* Tests: records, and what is expected of them. */
#include <string.h>

#include "sema/analysis.h"
#include "sema/tests.h"

typedef VEC(const char **) Records;

/* The table of one source while records are added for links. */
typedef struct Gathering {
    GivenTable *table; /* NULL: nothing of this source so far */
    Records records;
} Gathering;

typedef struct TestReading {
    Analysis *analysis;
    TestModel *test;
    Gathering *gathered; /* by source */
} TestReading;

/* ---- given ---- */

static void gather(TestReading *reading, const SourceModel *source, const char **cells, size_t len,
                   Span span) {
    Analysis *a = reading->analysis;
    Gathering *gathering = &reading->gathered[source->index];
    GivenTable *table = arena_alloc(a->arena, sizeof *table);
    *table = (GivenTable){.source = source, .written = len, .span = span};
    gathering->table = table;
    for (size_t i = 0; i < len; i++)
        vec_push(a->arena, &gathering->records, cells + i * source->columns_len);
}

static void read_given(TestReading *reading, const Node *clause) {
    Analysis *a = reading->analysis;
    const Node_Given *given = node_Given(clause);
    SourceDeclaration *found = source_find(a, given->source);
    if (!found)
        return;
    const SourceModel *source = found->source;
    const Gathering *before = &reading->gathered[source->index];
    if (before->table) {
        diag_note(fault(a, DIAG_given_twice, given->source.span,
                        "the records of '%s' are given twice", source->name),
                  before->table->span, "first given here");
        return;
    }
    bool *columns = arena_array(a->arena, source->columns_len + 1, sizeof *columns);
    const char **cells = NULL;
    if (given->rows.len > 0) {
        int *places;
        cells = rows_read(a, source, &given->rows, &places);
        for (size_t i = 0; cells && i < node_Row(given->rows.items[0])->cells.len; i++)
            columns[places[i]] = true;
    }
    gather(reading, source, cells, cells ? given->rows.len - 1 : 0, given->source.span);
    reading->gathered[source->index].table->columns = columns;
}

/* Rows written in the definitions stand unless the test gives others. */
static void gather_declared(TestReading *reading) {
    const Model *model = reading->analysis->model;
    for (size_t i = 0; i < model->sources_len; i++) {
        const SourceModel *source = model->sources[i];
        if (!source->cells || reading->gathered[i].table)
            continue;
        bool *columns =
            arena_array(reading->analysis->arena, source->columns_len + 1, sizeof *columns);
        memset(columns, true, source->columns_len * sizeof *columns);
        gather(reading, source, source->cells, source->rows_len, source->span);
        reading->gathered[i].table->columns = columns;
        reading->gathered[i].table->declared = true;
    }
}

static bool has_key(const Gathering *gathering, size_t column, const char *key) {
    for (size_t i = 0; i < gathering->records.len; i++) {
        const char *cell = gathering->records.items[i][column];
        if (cell && strcmp(cell, key) == 0)
            return true;
    }
    return false;
}

/* The record that a link names, with its key alone, unless it is there. */
static void make_linked(TestReading *reading, const SourceModel *source, const char *key,
                        Span span) {
    Analysis *a = reading->analysis;
    Gathering *gathering = &reading->gathered[source->index];
    if (source->key_len != 1)
        return;
    if (!gathering->table) {
        gather(reading, source, NULL, 0, span);
        gathering->table->columns =
            arena_array(a->arena, source->columns_len + 1, sizeof *gathering->table->columns);
    }
    size_t column = source->key[0]->index;
    if (has_key(gathering, column, key))
        return;
    const char **record = arena_array(a->arena, source->columns_len, sizeof *record);
    record[column] = key;
    vec_push(a->arena, &gathering->records, record);
}

static void make_links(TestReading *reading) {
    const Model *model = reading->analysis->model;
    for (size_t i = 0; i < model->sources_len; i++) {
        const SourceModel *source = model->sources[i];
        const Gathering *gathering = &reading->gathered[i];
        for (size_t c = 0; gathering->table && c < source->columns_len; c++) {
            const ColumnModel *column = &source->columns[c];
            if (column->type.kind != TYPE_ROW || !column->field)
                continue;
            for (size_t r = 0; r < gathering->table->written; r++)
                if (gathering->records.items[r][c])
                    make_linked(reading, column->type.row, gathering->records.items[r][c],
                                gathering->table->span);
        }
    }
}

static void close_tables(TestReading *reading) {
    Analysis *a = reading->analysis;
    TestModel *test = reading->test;
    test->given_len = a->model->sources_len;
    test->given = arena_array(a->arena, test->given_len + 1, sizeof *test->given);
    for (size_t i = 0; i < test->given_len; i++) {
        const Gathering *gathering = &reading->gathered[i];
        GivenTable *table = gathering->table;
        size_t width = a->model->sources[i]->columns_len;
        if (!table)
            continue;
        table->rows_len = gathering->records.len;
        table->cells = arena_array(a->arena, table->rows_len * width + 1, sizeof *table->cells);
        for (size_t r = 0; r < table->rows_len; r++)
            memcpy(table->cells + r * width, gathering->records.items[r],
                   width * sizeof *table->cells);
        test->given[i] = table;
    }
}

/* ---- expect ---- */

static const char *literal_text(Analysis *a, const Node *node) {
    StrBuf text = {0};
    bool negative = node->kind == NODE_NEGATE;
    const Node *inner = negative ? node_Negate(node)->operand : node;
    if (inner->kind == NODE_TEXT)
        strbuf_add(&text, node_TextLiteral(inner)->text.text);
    else if (inner->kind == NODE_DATE)
        date_print_iso(&text, node_DateLiteral(inner)->date);
    else if (inner->kind == NODE_NUMBER)
        num_print_exact(&text, negative ? num_negate(node_Number(inner)->value)
                                        : node_Number(inner)->value);
    const char *out = arena_copy_text(a->arena, strbuf_text(&text), text.len);
    strbuf_fini(&text);
    return out;
}

static bool read_count(Analysis *a, const Node *node, Num *out) {
    int64_t whole;
    if (node->kind == NODE_NUMBER && node_Number(node)->kind == NUMBER_PLAIN &&
        num_to_int64(node_Number(node)->value, &whole)) {
        *out = node_Number(node)->value;
        return true;
    }
    fault(a, DIAG_expected_count, node->span, "records are counted in whole numbers");
    return false;
}

/* A side of a fraction: a count, or a sum with its places. */
static void read_side(Analysis *a, const Node *node, Num *out) {
    bool negative = node->kind == NODE_NEGATE;
    const Node *inner = negative ? node_Negate(node)->operand : node;
    if (inner->kind != NODE_NUMBER || node_Number(inner)->kind == NUMBER_PERCENT) {
        fault(a, DIAG_expected_count, node->span, "a fraction has a number on each side");
        return;
    }
    *out = negative ? num_negate(node_Number(inner)->value) : node_Number(inner)->value;
}

static void read_value(Analysis *a, const Indicator *indicator, const Node_Expect *expect,
                       Expectation *out) {
    bool counted = expect->band.text && expect->value->kind == NODE_NUMBER &&
                   node_Number(expect->value)->kind == NUMBER_PLAIN &&
                   indicator->basis != BASIS_COUNT;
    if (counted) {
        out->kind = EXPECT_FRACTION;
        read_count(a, expect->value, &out->value);
        out->of = num_of_int(-1); /* not said */
    } else {
        read_amount(a, indicator, expect->value, "what is expected", &out->value, &out->decimals);
    }
}

static void read_band(Analysis *a, const Indicator *indicator, Text label, Expectation *out) {
    const char **labels = arena_array(a->arena, indicator->bands_len + 1, sizeof *labels);
    for (size_t i = 0; i < indicator->bands_len; i++) {
        labels[i] = indicator->bands[i].label;
        if (strcmp(labels[i], label.text) == 0)
            out->band = &indicator->bands[i];
    }
    out->has_band = true;
    out->band_unknown = !out->band && strcmp(label.text, "Unknown") == 0;
    if (out->band || (out->band_unknown && indicator->bands_len > 0))
        return;
    diag_suggest(
        fault(a, DIAG_unknown_band, label.span, "'%s' has no band '%s'", indicator->id, label.text),
        label.text, labels, indicator->bands_len);
}

static const Part *find_part(const Part *parts, size_t len, Atom name, const char **names,
                             size_t *names_len) {
    const Part *found = NULL;
    for (size_t i = 0; i < len; i++) {
        names[(*names_len)++] = parts[i].id;
        if (parts[i].id == name)
            found = &parts[i];
    }
    return found;
}

static void read_part(Analysis *a, const Indicator *indicator, Name name, Expectation *out) {
    bool excluded = out->kind == EXPECT_EXCLUDED;
    size_t len = excluded ? indicator->excludes_len : indicator->parts_len, names_len = 0;
    const char **names = arena_array(a->arena, len + 1, sizeof *names);
    out->part = find_part(excluded ? indicator->excludes : indicator->parts, len, name.atom, names,
                          &names_len);
    if (!out->part)
        diag_suggest(fault(a, DIAG_expected_part, name.span, "'%s' has no '%s' called '%s'",
                           indicator->id, excluded ? "exclude" : "of which", name.atom),
                     name.atom, names, names_len);
}

static void read_status(Analysis *a, Name name, Expectation *out) {
    static const char *const words[] = {"met", "near", "missed"};
    for (size_t i = 0; i < 3; i++)
        if (strcmp(words[i], name.atom) == 0)
            out->status = words[i];
    if (!out->status)
        diag_suggest(fault(a, DIAG_expected_status, name.span, "a status is not '%s'", name.atom),
                     name.atom, words, 3);
}

static void read_message(Analysis *a, Name name, Expectation *out) {
    static const char prefix[] = "KPI";
    int number = 0;
    const char *at = name.atom;
    bool form = strncmp(at, prefix, strlen(prefix)) == 0 && strlen(at) == strlen("KPI0000");
    for (at += form ? strlen(prefix) : 0; form && *at; at++) {
        form = *at >= '0' && *at <= '9';
        number = number * 10 + (*at - '0');
    }
    out->code = number;
    if (!form || !diag_info(number))
        fault(a, DIAG_expected_message, name.span, "there is no message '%s'", name.atom);
}

static void read_groups(Analysis *a, const Indicator *indicator, const Node_Expect *expect,
                        Expectation *out) {
    const char **labels = arena_array(a->arena, indicator->breakdowns_len + 1, sizeof *labels);
    for (size_t i = 0; i < indicator->breakdowns_len; i++)
        labels[i] = indicator->breakdowns[i].label;
    out->groups = arena_array(a->arena, expect->groups.len + 1, sizeof *out->groups);
    for (size_t g = 0; g < expect->groups.len; g++) {
        const Node_GroupIs *group = node_GroupIs(expect->groups.items[g]);
        ExpectedGroup *to = &out->groups[out->groups_len++];
        *to = (ExpectedGroup){indicator->breakdowns_len, literal_text(a, group->value)};
        for (size_t i = 0; i < indicator->breakdowns_len; i++)
            if (strcmp(labels[i], group->label.text) == 0)
                to->breakdown = i;
        if (to->breakdown == indicator->breakdowns_len)
            diag_suggest(fault(a, DIAG_expected_group, group->label.span,
                               "'%s' has no breakdown '%s'", indicator->id, group->label.text),
                         group->label.text, labels, indicator->breakdowns_len);
    }
}

/* ---- records ---- */

static const Rowset *rows_of_source(const Indicator *indicator, const SourceModel *source) {
    for (size_t i = 0; i < indicator->rowsets_len; i++)
        if (indicator->rowsets[i]->source == source)
            return indicator->rowsets[i];
    return NULL;
}

typedef struct PlaceWord {
    const char *word;
    PlaceKind place;
    const Rowset *rows;
} PlaceWord;

/* The words for the places of an indicator's shape. */
static size_t place_words(const Indicator *indicator, const SourceModel *source,
                          PlaceWord words[2]) {
    const Rowset *any = rows_of_source(indicator, source);
    switch (indicator->shape) {
    case SHAPE_PROPORTION:
        words[0] = (PlaceWord){"numerator", PLACE_NUMERATOR, indicator->denominator_rows};
        words[1] = (PlaceWord){"denominator", PLACE_COUNTED, indicator->denominator_rows};
        return 2;
    case SHAPE_RATIO:
        words[0] = (PlaceWord){"numerator", PLACE_COUNTED, indicator->numerator->rows};
        words[1] = (PlaceWord){"denominator", PLACE_COUNTED, indicator->denominator->rows};
        return 2;
    case SHAPE_VALUE:
        words[0] = (PlaceWord){"value", PLACE_COUNTED, any};
        return 1;
    case SHAPE_DISTRIBUTION:
        words[0] = (PlaceWord){"distribution", PLACE_COUNTED, indicator->denominator_rows};
        return 1;
    case SHAPE_DERIVED:
        break;
    }
    return 0;
}

static void place_unknown(Analysis *a, const Indicator *indicator, Name name,
                          const char *const *names, size_t len) {
    diag_suggest(fault(a, DIAG_given_place, name.span, "'%s' has no '%s' that a record could be in",
                       indicator->id, name.atom),
                 name.atom, names, len);
}

static void read_place(Analysis *a, const Indicator *indicator, const Node_Expect *expect,
                       const SourceModel *source, Expectation *out) {
    PlaceWord words[2];
    size_t len = place_words(indicator, source, words), names_len = 0;
    const char **names = arena_array(
        a->arena, len + indicator->excludes_len + indicator->parts_len + 1, sizeof *names);
    if (expect->band.text) {
        out->place = PLACE_BAND;
        out->rows = indicator->denominator_rows;
        read_band(a, indicator, expect->band, out);
        return;
    }
    for (size_t i = 0; i < len; i++) {
        names[names_len++] = words[i].word;
        if (strcmp(words[i].word, expect->name.atom) == 0) {
            out->place = words[i].place;
            out->rows = words[i].rows;
        }
    }
    const Part *excluded = find_part(indicator->excludes, indicator->excludes_len,
                                     expect->name.atom, names, &names_len);
    const Part *part =
        find_part(indicator->parts, indicator->parts_len, expect->name.atom, names, &names_len);
    if (!out->rows && (excluded || part)) {
        out->place = excluded ? PLACE_EXCLUDED : PLACE_PART;
        out->part = excluded ? excluded : part;
        out->rows = out->part->rows;
    }
    if (!out->rows || out->rows->source != source)
        place_unknown(a, indicator, expect->name, names, names_len);
}

static bool row_has_keys(Analysis *a, const SourceModel *source, const char *const *row,
                         const NodeList *keys) {
    for (size_t i = 0; i < keys->len; i++) {
        const char *cell = row[source->key[i]->index];
        if (!cell || strcmp(cell, literal_text(a, keys->items[i])) != 0)
            return false;
    }
    return true;
}

static void read_record(const TestReading *reading, const Node_Expect *expect, Expectation *out) {
    Analysis *a = reading->analysis;
    SourceDeclaration *found = source_find(a, expect->source);
    if (!found)
        return;
    const SourceModel *source = found->source;
    const Gathering *gathering = &reading->gathered[source->index];
    out->negated = expect->negated;
    out->row = gathering->records.len;
    for (size_t i = 0; source->key_len == expect->keys.len && i < gathering->records.len; i++)
        if (row_has_keys(a, source, gathering->records.items[i], &expect->keys))
            out->row = i;
    if (out->row == gathering->records.len) {
        Diag *diag = fault(a, DIAG_given_record, expect->source.span,
                           "no record of '%s' with this key is given", source->name);
        if (source->key_len == 0)
            diag_help(diag, "'%s' has no key by which a record could be named", source->name);
        return;
    }
    read_place(a, reading->test->indicator, expect, source, out);
}

/* dispatch */
static void read_kind(const TestReading *reading, const Node_Expect *expect, Expectation *out) {
    Analysis *a = reading->analysis;
    const Indicator *indicator = reading->test->indicator;
    switch (expect->kind) {
    case EXPECT_FRACTION:
        read_side(a, expect->value, &out->value);
        read_side(a, expect->of, &out->of);
        break;
    case EXPECT_VALUE:
        read_value(a, indicator, expect, out);
        break;
    case EXPECT_PRINTED:
        out->printed = expect->text.text;
        break;
    case EXPECT_EXCLUDED:
    case EXPECT_OF_WHICH:
        read_count(a, expect->value, &out->value);
        read_part(a, indicator, expect->name, out);
        break;
    case EXPECT_UNKNOWN:
        read_count(a, expect->value, &out->value);
        break;
    case EXPECT_STATUS:
        read_status(a, expect->name, out);
        break;
    case EXPECT_MESSAGE:
        read_message(a, expect->name, out);
        break;
    case EXPECT_RECORD:
        read_record(reading, expect, out);
        return;
    case EXPECT_NO_CASES:
    case EXPECT_NOT_AVAILABLE:
        break;
    }
    if (expect->band.text)
        read_band(a, indicator, expect->band, out);
}

static void read_expect(const TestReading *reading, const Node *clause) {
    const Node_Expect *expect = node_Expect(clause);
    TestModel *test = reading->test;
    Expectation *out = &test->expected[test->expected_len++];
    *out = (Expectation){.kind = expect->kind, .span = clause->span};
    read_kind(reading, expect, out);
    read_groups(reading->analysis, test->indicator, expect, out);
}

/* ---- the test ---- */

static void read_calendar(TestReading *reading, const Node_NameClause *clause) {
    Analysis *a = reading->analysis;
    reading->test->calendar = name_table_find(&a->calendars, clause->name.atom);
    if (!reading->test->calendar)
        diag_suggest(fault(a, DIAG_unknown_calendar, clause->name.span, "there is no calendar '%s'",
                           clause->name.atom),
                     clause->name.atom, a->calendars.names.items, a->calendars.names.len);
}

static void read_settings(TestReading *reading, const NodeList *clauses) {
    Analysis *a = reading->analysis;
    TestModel *test = reading->test;
    for (size_t i = 0; i < clauses->len; i++) {
        const Node *clause = clauses->items[i];
        if (clause->kind == NODE_GIVEN)
            read_given(reading, clause);
        else if (clause->kind == NODE_NAME_CLAUSE)
            read_calendar(reading, node_NameClause(clause));
        else if (clause->kind == NODE_TAKEN)
            test->taken[test->taken_len++] =
                (TakenDate){node_Taken(clause)->period, node_Taken(clause)->on};
        else if (clause->kind == NODE_BROKEN_CLAUSE)
            a->failed = true;
    }
}

/* The indicator that a test is of; NULL: a fault was given, here or in the indicator itself. */
static const Indicator *tested_indicator(Analysis *a, Name name) {
    const Node *node = name_table_find(&a->indicators, name.atom);
    if (node) {
        const Indicator *indicator = analyse_indicator(a, node)->indicator;
        for (size_t i = 0; i < a->model->indicators_len; i++)
            if (a->model->indicators[i] == indicator)
                return indicator;
        return NULL;
    }
    if (!name_is_lost(a, name.atom, a->indicators.names.items, a->indicators.names.len))
        diag_suggest(fault(a, DIAG_indicator_not_declared, name.span, "there is no indicator '%s'",
                           name.atom),
                     name.atom, a->indicators.names.items, a->indicators.names.len);
    return NULL;
}

void analyse_test(Analysis *a, const Node *node) {
    const Node_Test *written = node_Test(node);
    const NodeList *clauses = &written->clauses;
    if (!written->name.atom || !written->title.text)
        return;
    const Indicator *indicator = tested_indicator(a, written->name);
    if (!indicator)
        return;
    a->failed = false;
    a->unknown.len = 0;
    TestModel *test = arena_alloc(a->arena, sizeof *test);
    *test = (TestModel){.indicator = indicator,
                        .period = written->period,
                        .title = written->title.text,
                        .span = written->name.span};
    test->taken = arena_array(a->arena, clauses->len + 1, sizeof *test->taken);
    test->expected = arena_array(a->arena, clauses->len + 1, sizeof *test->expected);
    TestReading reading = {a, test,
                           arena_array(a->arena, a->model->sources_len + 1, sizeof(Gathering))};
    read_settings(&reading, clauses);
    gather_declared(&reading);
    make_links(&reading);
    for (size_t i = 0; i < clauses->len; i++)
        if (clauses->items[i]->kind == NODE_EXPECT)
            read_expect(&reading, clauses->items[i]);
    close_tables(&reading);
    if (test->expected_len == 0 && !a->failed)
        fault(a, DIAG_test_of_nothing, written->name.span, "this test expects nothing");
    if (!a->failed)
        a->model->tests[a->model->tests_len++] = test;
}

void given_print_row(StrBuf *out, const GivenTable *given, size_t row) {
    const SourceModel *source = given->source;
    strbuf_add(out, source->name);
    for (size_t i = 0; i < source->key_len; i++) {
        const char *cell = given->cells[row * source->columns_len + source->key[i]->index];
        strbuf_addf(out, " %s", cell ? cell : "-");
    }
    if (source->key_len == 0)
        strbuf_addf(out, " row %zu", row + 1);
}
