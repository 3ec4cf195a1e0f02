/* Packing: the same table in both forms, whatever is in it. */
#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "store/columns.h"
#include "tests/unit/quick_assert.h"
#include "tests/unit/scratch.h"

static Arena *run;
static Atoms *texts;
static uint64_t seed;

static void start(void) {
    scratch_start();
    run = arena_new();
    texts = atoms_new(run);
    seed = 20261126;
}

static void end(void) {
    atoms_free(texts);
    arena_free(run);
    scratch_end();
}

static uint64_t random_bits(void) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

/* ---- tables to pack ----------------------------------------------------------------------------
 */

/* How the values of a column are spread. */
typedef enum Spread { SPREAD_ONE, SPREAD_BYTE, SPREAD_WIDE, SPREAD_EDGES, SPREAD_UP } Spread;

static int64_t random_number(Spread spread, size_t row) {
    static const int64_t edges[] = {INT64_MIN, INT64_MAX, 0, -1, 1, INT32_MIN, UINT32_MAX};
    switch (spread) {
    case SPREAD_ONE:
        return -77;
    case SPREAD_BYTE:
        return -300 + (int64_t)(random_bits() % 256);
    case SPREAD_WIDE:
        return (int64_t)random_bits() >> (random_bits() % 60);
    case SPREAD_EDGES:
        return edges[random_bits() % 7];
    case SPREAD_UP:
        return (int64_t)row * 3 - 1000;
    }
    return 0;
}

/* `missing` in a hundred; some of them with a symbol. */
static TableColumn random_column(ColumnKind kind, Spread spread, size_t rows, unsigned missing) {
    uint8_t *gone = arena_array(run, rows, 1);
    int64_t *numbers = arena_array(run, rows, sizeof *numbers);
    Date *dates = arena_array(run, rows, sizeof *dates);
    const char **words = arena_array(run, rows, sizeof *words);
    for (size_t i = 0; i < rows; i++) {
        gone[i] = random_bits() % 100 < missing ? (uint8_t)(1 + random_bits() % 6) : 0;
        if (gone[i] && missing == 100 && spread == SPREAD_ONE)
            gone[i] = 1 + SYMBOL_NONE;
        if (gone[i])
            continue;
        numbers[i] = random_number(spread, i);
        if (kind == COLUMN_YES_NO)
            numbers[i] &= 1;
        dates[i] = (Date)numbers[i];
        words[i] = atom_of_text(texts, arena_printf(run, "w%" PRId64, numbers[i]));
    }
    return (TableColumn){.kind = kind,
                         .scale = kind == COLUMN_DECIMAL ? 4 : 0,
                         .missing = gone,
                         .numbers = kind == COLUMN_TEXT || kind == COLUMN_DATE ? NULL : numbers,
                         .dates = kind == COLUMN_DATE ? dates : NULL,
                         .texts = kind == COLUMN_TEXT ? words : NULL,
                         .faults = 3,
                         .first_fault = 2};
}

/* ---- what must hold ----------------------------------------------------------------------------
 */

static void expect_same_value(Value a, Value b) {
    quick_int_eq(a.kind, b.kind);
    if (a.kind == VALUE_MISSING) {
        quick_int_eq(a.symbol, b.symbol);
        return;
    }
    quick_int_eq(value_compare(a, b), 0);
    if (a.kind == VALUE_TEXT)
        quick_assert(a.as.text == b.as.text);
}

static bool in_piece(const PackedPiece *piece, size_t i) {
    return piece->missing && (piece->missing[i / 64] >> (i % 64) & 1);
}

/* The narrowest width that holds the piece, 0 offsets for what is missing, clean bits behind. */
static void expect_piece(const PackedPiece *piece, size_t rows) {
    uint64_t highest = 0;
    bool lowest = false, any = false;
    for (size_t i = 0; i < rows; i++) {
        uint64_t offset = (uint64_t)packed_number(piece, i) - (uint64_t)piece->base;
        if (in_piece(piece, i)) {
            quick_assert(offset == 0);
            continue;
        }
        any = true;
        lowest = lowest || offset == 0;
        highest = offset > highest ? offset : highest;
    }
    unsigned wanted = highest == 0            ? 0
                      : highest < 256         ? 1
                      : highest < 65536       ? 2
                      : highest <= UINT32_MAX ? 4
                                              : 8;
    ck_assert_uint_eq(piece->width, wanted);
    ck_assert(lowest || !any);
    ck_assert((piece->data == NULL) == (wanted == 0));
    if (piece->data)
        ck_assert_uint_eq((uintptr_t)piece->data % wanted, 0);
    if (piece->missing && rows % 64 != 0)
        ck_assert_uint_eq(piece->missing[rows / 64] >> (rows % 64), 0);
}

/* low, high and ascending, found the plain way. */
static void expect_summary(const Table *table, size_t index, const PackedTable *packed) {
    const PackedColumn *column = &packed->columns[index];
    bool ascending = true, missing = false, any = false;
    int64_t last = 0, low = INT64_MAX, high = INT64_MIN;
    for (size_t row = 0; row < table->rows; row++) {
        if (table->columns[index].missing[row]) {
            missing = true;
            continue;
        }
        int64_t number = packed_number(&column->pieces[row / PIECE_ROWS], row % PIECE_ROWS);
        ascending = ascending && (!any || number > last);
        any = true;
        last = number;
        low = number < low ? number : low;
        high = number > high ? number : high;
    }
    ck_assert_int_eq(column->any_missing, missing);
    ck_assert_int_eq(column->ascending, ascending && !missing);
    ck_assert_int_eq(column->low, low);
    ck_assert_int_eq(column->high, high);
}

static void expect_packed(const Table *table, const PackedTable *packed) {
    ck_assert_uint_eq(packed->rows, table->rows);
    ck_assert_uint_eq(packed->columns_len, table->columns_len);
    for (size_t i = 0; i < table->columns_len; i++) {
        const PackedColumn *column = &packed->columns[i];
        ck_assert_int_eq(column->kind, table->columns[i].kind);
        ck_assert_int_eq(column->scale, table->columns[i].scale);
        ck_assert_uint_eq(column->faults, table->columns[i].faults);
        ck_assert_uint_eq(column->first_fault, table->columns[i].first_fault);
        ck_assert((column->texts != NULL) == (column->kind == COLUMN_TEXT));
        for (size_t row = 0; row < table->rows; row++)
            expect_same_value(table_value(table, i, row), packed_value(packed, i, row));
        size_t rows = 0;
        for (size_t j = 0; j < packed->pieces_len; j++) {
            expect_piece(&column->pieces[j], packed_piece_rows(packed, j));
            rows += packed_piece_rows(packed, j);
        }
        ck_assert_uint_eq(rows, table->rows);
        expect_summary(table, i, packed);
    }
    for (size_t row = 0; row < table->rows; row++)
        quick_int_eq(packed_row_number(packed, row), table->row_numbers[row]);
}

static void expect_round_trip(size_t rows, unsigned missing) {
    static const ColumnKind kinds[] = {COLUMN_TEXT,  COLUMN_INTEGER, COLUMN_DECIMAL,
                                       COLUMN_MONEY, COLUMN_DATE,    COLUMN_YES_NO};
    TableColumn columns[6];
    int64_t *numbers = arena_array(run, rows, sizeof *numbers);
    /* Three files' worth of row numbers, one with rows taken out. */
    for (size_t i = 0; i < rows; i++)
        numbers[i] = (int64_t)(i < rows / 3 ? i + 1 : i < rows / 2 ? 2 * i : i - rows / 2 + 1);
    for (Spread spread = SPREAD_ONE; spread <= SPREAD_UP; spread++) {
        for (size_t i = 0; i < 6; i++)
            columns[i] = random_column(kinds[i], spread, rows, missing);
        Table table = {.rows = rows, .columns = columns, .columns_len = 6, .row_numbers = numbers};
        PackedTable packed;
        columns_pack(&table, run, &packed);
        expect_packed(&table, &packed);
    }
}

START_TEST(columns_pack_small_tables) {
    for (size_t rows = 0; rows < 200; rows += rows < 4 ? 1 : 29)
        for (unsigned missing = 0; missing <= 100; missing += 25)
            expect_round_trip(rows, missing);
}
END_TEST

START_TEST(columns_pack_whole_pieces) {
    for (size_t rows = PIECE_ROWS - 1; rows <= PIECE_ROWS + 1; rows++)
        expect_round_trip(rows, 10);
}
END_TEST

/* The highest range of each width, and the lowest of the next, from the lowest and up to the
 * highest number that there is. */
START_TEST(columns_pack_the_edges_of_widths) {
    static const struct {
        uint64_t range;
        unsigned width;
    } cases[] = {{0, 0},          {1, 1},
                 {UINT8_MAX, 1},  {UINT8_MAX + 1, 2},
                 {UINT16_MAX, 2}, {UINT16_MAX + 1, 4},
                 {UINT32_MAX, 4}, {(uint64_t)UINT32_MAX + 1, 8},
                 {UINT64_MAX, 8}};
    static const uint8_t missing[3] = {0};
    static const int64_t row_numbers[3] = {1, 2, 3};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint64_t range = cases[i].range;
        int64_t down[3] = {INT64_MIN, (int64_t)((uint64_t)INT64_MIN + range), INT64_MIN};
        int64_t up[3] = {INT64_MAX, (int64_t)((uint64_t)INT64_MAX - range), INT64_MAX};
        TableColumn columns[2] = {{.kind = COLUMN_INTEGER, .missing = missing, .numbers = down},
                                  {.kind = COLUMN_INTEGER, .missing = missing, .numbers = up}};
        Table table = {.rows = 3, .columns = columns, .columns_len = 2, .row_numbers = row_numbers};
        PackedTable packed;
        columns_pack(&table, run, &packed);
        expect_packed(&table, &packed);
        ck_assert_uint_eq(packed.columns[0].pieces[0].width, cases[i].width);
        ck_assert_uint_eq(packed.columns[1].pieces[0].width, cases[i].width);
    }
}
END_TEST

/* ---- through the doors -------------------------------------------------------------------------
 */

START_TEST(columns_load_a_store) {
    static const ColumnSpec columns[] = {
        {.name = "id", .field = "id", .kind = COLUMN_TEXT, .missing_allowed = true},
        {.name = "cost", .field = "cost", .kind = COLUMN_MONEY, .missing_allowed = true},
        {.name = "start", .field = "start", .kind = COLUMN_DATE}};
    static const SymbolSpec symbols[] = {{"c", SYMBOL_CONFIDENTIAL}};
    TableSpec spec = {.source = "plans",
                      .table = "plans",
                      .columns = columns,
                      .columns_len = 3,
                      .symbols = symbols,
                      .symbols_len = 1};
    scratch_write("plans.csv", "id,cost,start\na,1.50,2017-01-31\nb,c,\na,,2016-02-29\n");
    Store *store;
    ck_assert_int_eq(store_open(scratch_session(), scratch_path("."), ENCODING_UTF8, &store),
                     STORE_OK);
    Table table;
    PackedTable packed;
    ck_assert_int_eq(store_load(store, &spec, run, texts, &table), STORE_OK);
    ck_assert_int_eq(store_load_packed(store, &spec, run, texts, &packed), STORE_OK);
    expect_packed(&table, &packed);
    ck_assert_uint_eq(packed.columns[2].faults, 1);
    ck_assert_uint_eq(packed.columns[2].first_fault, 2);
    spec.table = "visits";
    ck_assert_int_eq(store_load_packed(store, &spec, run, texts, &packed), STORE_REFUSED);
    ck_assert_uint_eq(packed.rows, 0);
    ck_assert(scratch_said("there is no table 'visits'"));
    store_close(store);
}
END_TEST

START_TEST(columns_load_inline_rows) {
    static const ColumnSpec columns[] = {
        {.name = "id", .field = "id", .kind = COLUMN_TEXT},
        {.name = "n", .field = "n", .kind = COLUMN_INTEGER, .missing_allowed = true}};
    static const char *const cells[] = {"a", "1", "b", NULL, "c", "300"};
    TableSpec spec = {
        .source = "few", .columns = columns, .columns_len = 2, .cells = cells, .rows_len = 3};
    Table table;
    PackedTable packed;
    ck_assert_int_eq(store_load_inline(scratch_session(), &spec, run, texts, &table), STORE_OK);
    ck_assert_int_eq(store_load_packed_inline(scratch_session(), &spec, run, texts, &packed),
                     STORE_OK);
    expect_packed(&table, &packed);
    ck_assert(packed.columns[0].ascending);
}
END_TEST

Suite *columns_suite(void);
Suite *columns_suite(void) {
    Suite *suite = suite_create("columns");
    TCase *packing = tcase_create("packing");
    tcase_add_checked_fixture(packing, start, end);
    tcase_set_timeout(packing, 60);
    tcase_add_test(packing, columns_pack_small_tables);
    tcase_add_test(packing, columns_pack_whole_pieces);
    tcase_add_test(packing, columns_pack_the_edges_of_widths);
    tcase_add_test(packing, columns_load_a_store);
    tcase_add_test(packing, columns_load_inline_rows);
    suite_add_tcase(suite, packing);
    return suite;
}
