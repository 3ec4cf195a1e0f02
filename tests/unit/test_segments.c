/* Segments: the same table from the columns beside the rows as from the rows, whatever is in it and
 * whatever is declared of it; and no byte of them can change unseen.
 */
#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/date.h"
#include "store/segment.h"
#include "store/segment_outline.h"
#include "store/state.h"
#include "store/target.h"
#include "tests/unit/quick_assert.h"
#include "tests/unit/scratch.h"

static Arena *run;
static Atoms *texts;
static uint64_t seed;

static void start(void) {
    scratch_start();
    run = arena_new();
    texts = atoms_new(run);
    seed = 20261130;
}

static void end(void) {
    atoms_free(texts);
    arena_free(run);
    scratch_end();
}

static uint64_t random_to(uint64_t limit) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed % limit;
}

/* ---- one segment ------------------------------------------------------------------------------
 */

/* A text of the kind, as data has them. */
typedef enum Kind {
    KIND_WHOLE,
    KIND_DECIMAL,
    KIND_DATE,
    KIND_CODE,
    KIND_ID,
    KIND_MIXED,
    KIND_EMPTY,
    KINDS
} Kind;

static const char *random_text(Kind kind) {
    static const char *const codes[] = {"a", "B", "c", "..", "not known", "\xC3\xA9", " x ", "-"};
    static const char *const odd[] = {"",
                                      "0",
                                      "-0",
                                      "007",
                                      "+1",
                                      "1.",
                                      ".5",
                                      "1e3",
                                      "-1.0",
                                      "1,000",
                                      "   ",
                                      "9223372036854775807",
                                      "-9223372036854775808",
                                      "999999999999999999",
                                      "2017-02-29",
                                      "2017-2-28",
                                      "0001-01-01",
                                      "9999-12-31",
                                      "0.000000001"};
    StrBuf day = {0};
    switch (kind) {
    case KIND_WHOLE:
        return arena_printf(run, "%" PRId64, (int64_t)random_to(5000) - 400);
    case KIND_DECIMAL:
        return arena_printf(run, "%" PRIu64 ".%02" PRIu64, random_to(900), random_to(100));
    case KIND_DATE:
        date_print_iso(&day, (Date)(12000 + (int32_t)random_to(7000)));
        const char *text = arena_copy_text(run, strbuf_text(&day), day.len);
        strbuf_fini(&day);
        return text;
    case KIND_CODE:
        return codes[random_to(8)];
    case KIND_ID:
        return arena_printf(run, "C%05" PRIu64, random_to(100000));
    case KIND_MIXED:
        return odd[random_to(sizeof odd / sizeof odd[0])];
    case KIND_EMPTY:
    case KINDS:
        return "";
    }
    return "";
}

/* The text that a row of the segment has. */
static const char *text_at(const Segment *segment, size_t row) {
    if (segment->piece.missing && (segment->piece.missing[row / 64] >> (row % 64) & 1))
        return "";
    int64_t value = packed_number(&segment->piece, row);
    if (segment->form == SEGMENT_TEXTS) {
        size_t len;
        const char *text = segment_text(segment, (size_t)value, &len);
        return arena_copy_text(run, text, len);
    }
    StrBuf out = {0};
    segment_print(segment, value, &out);
    const char *text = arena_copy_text(run, strbuf_text(&out), out.len);
    strbuf_fini(&out);
    return text;
}

static void *aligned(const StrBuf *bytes) {
    void *copy = arena_alloc(run, bytes->len);
    memcpy(copy, bytes->text, bytes->len);
    return copy;
}

static Segment written(SegmentWriter *writer, const char *const *given, size_t rows) {
    StrBuf bytes = {0};
    Segment segment;
    for (size_t i = 0; i < rows; i++)
        quick_assert(segment_writer_add(writer, given[i], strlen(given[i])));
    segment_writer_end(writer, 7, &bytes);
    ck_assert(segment_read(aligned(&bytes), bytes.len, 7, &segment));
    ck_assert_uint_eq(segment.rows, rows);
    strbuf_fini(&bytes);
    return segment;
}

static void expect_texts(const Segment *segment, const char *const *given, size_t rows) {
    for (size_t i = 0; i < rows; i++)
        quick_str_eq(text_at(segment, i), given[i]);
}

START_TEST(segments_give_their_texts_back) {
    static const SegmentForm forms[KINDS] = {
        [KIND_WHOLE] = SEGMENT_NUMBERS, [KIND_DECIMAL] = SEGMENT_NUMBERS,
        [KIND_DATE] = SEGMENT_DATES,    [KIND_CODE] = SEGMENT_TEXTS,
        [KIND_ID] = SEGMENT_TEXTS,      [KIND_MIXED] = SEGMENT_TEXTS,
        [KIND_EMPTY] = SEGMENT_TEXTS};
    const char *given[300];
    SegmentWriter *writer = segment_writer_new();
    for (int round = 0; round < 40; round++)
        for (Kind kind = 0; kind < KINDS; kind++) {
            for (size_t i = 0; i < 300; i++)
                given[i] = random_to(10) == 0 ? "" : random_text(kind);
            Segment segment = written(writer, given, 300);
            ck_assert_int_eq(segment.form, forms[kind]);
            expect_texts(&segment, given, 300);
        }
    segment_writer_free(writer);
}
END_TEST

/* Numbers that are no longer all of one form, at each place. */
START_TEST(segments_change_their_form) {
    static const char *const others[] = {"x", "1.5", "2017-01-31", "007", "-0"};
    const char *given[70];
    SegmentWriter *writer = segment_writer_new();
    for (size_t other = 0; other < 5; other++)
        for (size_t place = 0; place < 70; place += 23) {
            for (size_t i = 0; i < 70; i++)
                given[i] = i == place ? others[other] : i % 5 == 0 ? "" : "12";
            Segment segment = written(writer, given, 70);
            ck_assert_int_eq(segment.form, place == 0 && other < 3 ? segment.form : SEGMENT_TEXTS);
            expect_texts(&segment, given, 70);
        }
    segment_writer_free(writer);
}
END_TEST

START_TEST(segments_that_cannot_be_kept) {
    SegmentWriter *writer = segment_writer_new();
    ck_assert(!segment_writer_add(writer, "a\0b", 3));
    segment_writer_free(writer);
    writer = segment_writer_new();
    ck_assert(!segment_writer_add(writer, "\xFF", 1));
    segment_writer_free(writer);
}
END_TEST

/* A few codes keep their places from one segment to the next, so that they need no second look. */
START_TEST(segments_keep_the_places_of_codes) {
    static const char *const first[] = {"a", "b", "a", "c"}, *const second[] = {"c", "d", "a", "c"};
    SegmentWriter *writer = segment_writer_new();
    written(writer, first, 4);
    Segment segment = written(writer, second, 4);
    ck_assert_int_eq(packed_number(&segment.piece, 0), 2);
    ck_assert_int_eq(packed_number(&segment.piece, 1), 3);
    expect_texts(&segment, second, 4);
    segment_writer_free(writer);
}
END_TEST

static void expect_flips_seen(char *bytes, size_t size, bool (*reads)(const void *, size_t)) {
    ck_assert(reads(bytes, size));
    for (size_t i = 0; i < size; i++)
        for (int bit = 0; bit < 8; bit++) {
            bytes[i] = (char)(bytes[i] ^ 1 << bit);
            quick_assert(!reads(bytes, size));
            bytes[i] = (char)(bytes[i] ^ 1 << bit);
        }
    for (size_t len = 0; len < size; len++)
        quick_assert(!reads(bytes, len));
}

static bool reads_segment(const void *bytes, size_t size) {
    Segment segment;
    return segment_read(bytes, size, 7, &segment);
}

static bool reads_outline(const void *bytes, size_t size) {
    Outline outline;
    return outline_read(bytes, size, "t", &outline);
}

START_TEST(segments_see_every_bit_that_changes) {
    for (Kind kind = 0; kind < KINDS; kind++) {
        SegmentWriter *writer = segment_writer_new();
        StrBuf bytes = {0};
        for (size_t i = 0; i < 20; i++) {
            const char *text = i == 3 ? "" : random_text(kind);
            segment_writer_add(writer, text, strlen(text));
        }
        segment_writer_end(writer, 7, &bytes);
        expect_flips_seen(aligned(&bytes), bytes.len, reads_segment);
        Segment segment;
        ck_assert(!segment_read(aligned(&bytes), bytes.len, 8, &segment));
        strbuf_fini(&bytes);
        segment_writer_free(writer);
    }
    static const OutlineRun runs[] = {{0, 1}, {5, 9}};
    Outline outline = {.rows = 8, .fields = 3, .runs = runs, .runs_len = 2};
    StrBuf bytes = {0};
    outline_write(&outline, "t", &bytes);
    expect_flips_seen(aligned(&bytes), bytes.len, reads_outline);
    ck_assert(!outline_read(aligned(&bytes), bytes.len, "u", &outline));
    strbuf_fini(&bytes);
}
END_TEST

/* ---- a store ----------------------------------------------------------------------------------
 */

static const char *store_path(void) {
    return scratch_path("store.db");
}

static void import(const char *name, const char *text) {
    ImportOptions options = {.store = store_path(), .as_table = "t"};
    ImportedFile out;
    StoreResult result =
        store_import_file(scratch_session(), &options, scratch_write(name, text), &out);
    ck_assert_msg(result == STORE_OK, "%s", scratch_messages());
}

static void change(const char *statements) {
    sqlite3 *db;
    char *error = NULL;
    ck_assert_int_eq(sqlite3_open(store_path(), &db), SQLITE_OK);
    sqlite3_exec(db, statements, NULL, NULL, &error);
    ck_assert_msg(!error, "%s", error);
    sqlite3_close(db);
}

/* Columns of every kind in the table, read as `kinds` says. */
#define FIELDS 7
static const char header[] = "whole,decimal,day,code,id,mixed,empty\n";
static const char *const fields[FIELDS] = {"whole", "decimal", "day",  "code",
                                           "id",    "mixed",   "empty"};

static void add_rows(StrBuf *out, size_t rows, unsigned missing) {
    for (size_t row = 0; row < rows; row++)
        for (Kind kind = 0; kind < KINDS; kind++) {
            const char *text = random_to(100) < missing ? "" : random_text(kind);
            bool quote = strchr(text, ',') != NULL;
            strbuf_addf(out, quote ? "\"%s\"%c" : "%s%c", text, kind + 1 < KINDS ? ',' : '\n');
        }
}

static TableSpec spec_of(ColumnSpec columns[FIELDS], const ColumnKind kinds[FIELDS]) {
    static const SymbolSpec symbols[] = {{"..", SYMBOL_CONFIDENTIAL}, {"-", SYMBOL_NONE}};
    for (size_t i = 0; i < FIELDS; i++)
        columns[i] = (ColumnSpec){
            .name = fields[i], .field = fields[i], .kind = kinds[i], .missing_allowed = i % 2 == 0};
    return (TableSpec){.source = "t",
                       .table = "t",
                       .columns = columns,
                       .columns_len = FIELDS,
                       .symbols = symbols,
                       .symbols_len = 2};
}

static Store *open_store(void) {
    Store *store;
    StoreResult result = store_open(scratch_session(), store_path(), ENCODING_UTF8, &store);
    ck_assert_msg(result == STORE_OK, "%s", scratch_messages());
    return store;
}

static void expect_same_value(Value a, Value b) {
    quick_int_eq(a.kind, b.kind);
    if (a.kind == VALUE_MISSING)
        quick_int_eq(a.symbol, b.symbol);
    else
        quick_int_eq(value_compare(a, b), 0);
    if (a.kind == VALUE_TEXT)
        quick_assert(a.as.text == b.as.text);
}

static void expect_same_column(const PackedTable *a, const PackedTable *b, size_t index) {
    const PackedColumn *left = &a->columns[index], *right = &b->columns[index];
    ck_assert_int_eq(left->kind, right->kind);
    ck_assert_int_eq(left->scale, right->scale);
    ck_assert_int_eq(left->any_missing, right->any_missing);
    ck_assert_int_eq(left->ascending, right->ascending);
    ck_assert_uint_eq(left->faults, right->faults);
    ck_assert_uint_eq(left->first_fault, right->first_fault);
    if (left->kind != COLUMN_TEXT) {
        ck_assert_int_eq(left->low, right->low);
        ck_assert_int_eq(left->high, right->high);
    }
    for (size_t row = 0; row < a->rows; row++)
        expect_same_value(packed_value(a, index, row), packed_value(b, index, row));
}

/* From the columns, if `columns`, else from the rows: the same as what the rows say. */
static void expect_load(const TableSpec *spec, bool from_columns) {
    Store *store = open_store();
    PackedTable packed, plain;
    Table table;
    ck_assert_int_eq(store_load_packed(store, spec, run, texts, &packed), STORE_OK);
    ck_assert_int_eq(store->rows_read, !from_columns);
    ck_assert_int_eq(store_load(store, spec, run, texts, &table), STORE_OK);
    columns_pack(&table, run, &plain);
    ck_assert_uint_eq(packed.rows, plain.rows);
    ck_assert_uint_eq(packed.pieces_len, plain.pieces_len);
    ck_assert_uint_eq(packed.runs_len, plain.runs_len);
    for (size_t i = 0; i < spec->columns_len; i++)
        expect_same_column(&packed, &plain, i);
    for (size_t row = 0; row < packed.rows; row++)
        quick_int_eq(packed_row_number(&packed, row), packed_row_number(&plain, row));
    store_close(store);
}

static const ColumnKind natural[FIELDS] = {COLUMN_INTEGER, COLUMN_DECIMAL, COLUMN_DATE,
                                           COLUMN_TEXT,    COLUMN_TEXT,    COLUMN_TEXT,
                                           COLUMN_INTEGER};
static const ColumnKind as_texts[FIELDS] = {COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT,
                                            COLUMN_TEXT, COLUMN_TEXT, COLUMN_TEXT};
static const ColumnKind others[FIELDS] = {COLUMN_DECIMAL, COLUMN_MONEY, COLUMN_DATE,  COLUMN_TEXT,
                                          COLUMN_TEXT,    COLUMN_TEXT,  COLUMN_YES_NO};

static void import_random(const char *name, size_t rows, unsigned missing) {
    StrBuf text = {0};
    strbuf_add(&text, header);
    add_rows(&text, rows, missing);
    import(name, strbuf_text(&text));
    strbuf_fini(&text);
}

static void expect_all_loads(bool from_columns) {
    ColumnSpec columns[FIELDS];
    const ColumnKind *const all[] = {natural, as_texts, others};
    for (size_t i = 0; i < 3; i++) {
        TableSpec spec = spec_of(columns, all[i]);
        expect_load(&spec, from_columns);
    }
}

START_TEST(segments_load_what_the_rows_say) {
    static const size_t sizes[] = {0, 1, 63, 64, 65, 1000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        for (unsigned missing = 0; missing <= 100; missing += 50) {
            import_random("a.csv", sizes[i], missing);
            expect_all_loads(true);
        }
}
END_TEST

START_TEST(segments_load_several_pieces) {
    import_random("a.csv", 2 * PIECE_ROWS + 5, 3);
    expect_all_loads(true);
}
END_TEST

/* Each thread reads what the first one sees, or nothing: another store may have come under the same
 * name meanwhile. */
START_TEST(segments_are_read_by_several_threads) {
    ColumnSpec columns[FIELDS];
    TableSpec spec = spec_of(columns, as_texts);
    import_random("a.csv", PIECE_ROWS + 5, 3);
    for (size_t replaced = 0; replaced < 2; replaced++) {
        PackedTable alone, together;
        Store *store = open_store();
        ck_assert_int_eq(store_load_packed(store, &spec, run, texts, &alone), STORE_OK);
        store_set_threads(store, 3);
        if (replaced) {
            ck_assert_int_eq(remove(store_path()), 0);
            import_random("a.csv", PIECE_ROWS + 5, 3);
        }
        ck_assert_int_eq(store_load_packed(store, &spec, run, texts, &together), STORE_OK);
        ck_assert(store->readers[0].tried && !store->rows_read);
        ck_assert_int_eq(store->readers[0].usable, !replaced);
        ck_assert_uint_eq(alone.rows, together.rows);
        for (size_t i = 0; i < FIELDS; i++)
            expect_same_column(&alone, &together, i);
        store_close(store);
    }
}
END_TEST

/* Rows of several files, some replaced, some taken out: the numbers that messages use as well. */
START_TEST(segments_follow_the_files) {
    import_random("a.csv", 30, 10);
    import_random("b.csv", 40, 10);
    expect_all_loads(true);
    import_random("a.csv", 50, 10);
    import_random("c.csv", 20, 10);
    expect_all_loads(true);
    change("DELETE FROM t WHERE kpic_row IN (35, 36, 60, 80)");
    expect_all_loads(false);
    size_t tables;
    ck_assert_int_eq(store_reindex(scratch_session(), store_path(), &tables), STORE_OK);
    ck_assert_uint_eq(tables, 1);
    expect_all_loads(true);
}
END_TEST

/* Whatever a project comes to declare, the same segments serve. */
START_TEST(segments_serve_other_declarations) {
    static const SymbolSpec marks[] = {{"9", SYMBOL_CONFIDENTIAL}, {"1900-01-01", SYMBOL_NONE}};
    static const char *const formats[] = {NULL, "yyyy-mm-dd", "dd/mm/yyyy"};
    import("a.csv", "n,d,e,y,m\n9,1900-01-01,31/01/2017,J,1.50\n10,2017-01-31,01/02/2017,N,0.10\n"
                    "9,2017-01-31,,J,2.00\n,2017-02-28,01/02/2017,,10.25\n");
    ColumnSpec columns[] = {
        {.name = "n", .field = "N", .kind = COLUMN_INTEGER, .missing_allowed = true},
        {.name = "d", .field = "d", .kind = COLUMN_DATE},
        {.name = "e", .field = "e", .kind = COLUMN_DATE, .date_format = formats[2]},
        {.name = "y", .field = "y", .kind = COLUMN_YES_NO, .yes = "J", .no = "N"},
        {.name = "m", .field = "m", .kind = COLUMN_DECIMAL}};
    TableSpec spec = {.source = "t", .table = "t", .columns = columns, .columns_len = 5};
    for (size_t symbols = 0; symbols <= 2; symbols++)
        for (size_t format = 0; format < 2; format++) {
            spec.symbols = marks;
            spec.symbols_len = symbols;
            columns[1].date_format = formats[format];
            expect_load(&spec, true);
        }
    columns[4].kind = COLUMN_MONEY;
    columns[0].kind = COLUMN_MONEY;
    columns[1].kind = COLUMN_TEXT;
    expect_load(&spec, true);
}
END_TEST

/* A value of another type is told from the rows, with its row. */
START_TEST(segments_leave_bad_values_to_the_rows) {
    import("a.csv", "n\n1\nx\n3\n");
    ColumnSpec column = {.name = "n", .field = "n", .kind = COLUMN_INTEGER};
    TableSpec spec = {.source = "t", .table = "t", .columns = &column, .columns_len = 1};
    Store *store = open_store();
    PackedTable packed;
    ck_assert_int_eq(store_load_packed(store, &spec, run, texts, &packed), STORE_REFUSED);
    ck_assert(scratch_said("table 't', row 2 of 'a.csv', column 'n': 'x' is no whole number"));
    store_close(store);
    column.field = "gone";
    scratch_forget();
    store = open_store();
    ck_assert_int_eq(store_load_packed(store, &spec, run, texts, &packed), STORE_REFUSED);
    ck_assert(scratch_said("there is no column 'gone'"));
    store_close(store);
}
END_TEST

/* Values that only SQLite can have written: the table is read by its rows. */
START_TEST(segments_are_not_made_of_other_values) {
    static const char *const statements[] = {
        "UPDATE t SET a = x'31' WHERE kpic_row = 1", "UPDATE t SET a = CAST(x'ff' AS TEXT)",
        "CREATE TABLE u (kpic_row INTEGER PRIMARY KEY, a); INSERT INTO u VALUES (1, 1.5);"
        "DROP TABLE t; ALTER TABLE u RENAME TO t"};
    for (size_t i = 0; i < sizeof statements / sizeof statements[0]; i++) {
        size_t tables;
        remove(store_path());
        import("a.csv", "a\n1\n");
        change(statements[i]);
        ck_assert_int_eq(store_reindex(scratch_session(), store_path(), &tables), STORE_OK);
        ck_assert_uint_eq(tables, 0);
        ColumnSpec column = {.name = "a", .field = "a", .kind = COLUMN_DECIMAL};
        TableSpec spec = {.source = "t", .table = "t", .columns = &column, .columns_len = 1};
        Store *store = open_store();
        PackedTable packed;
        StoreResult result = store_load_packed(store, &spec, run, texts, &packed);
        ck_assert_int_eq(result, i == 2 ? STORE_OK : STORE_REFUSED);
        ck_assert(store->rows_read);
        store_close(store);
    }
}
END_TEST

/* A handle on one value changes it without a statement and without a trigger. */
START_TEST(segments_see_a_write_through_a_handle) {
    import("a.csv", "a\n11\n22\n");
    sqlite3 *db;
    sqlite3_blob *blob;
    ck_assert_int_eq(sqlite3_open(store_path(), &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_blob_open(db, "main", "t", "a", 1, 1, &blob), SQLITE_OK);
    ck_assert_int_eq(sqlite3_blob_write(blob, "7", 1, 0), SQLITE_OK);
    sqlite3_blob_close(blob);
    sqlite3_close(db);
    ColumnSpec column = {.name = "a", .field = "a", .kind = COLUMN_INTEGER};
    TableSpec spec = {.source = "t", .table = "t", .columns = &column, .columns_len = 1};
    expect_load(&spec, false);
}
END_TEST

/* ---- damage -----------------------------------------------------------------------------------
 */

/* Where the file has these bytes. */
static long place_in_file(const char *bytes, size_t size) {
    size_t len;
    const char *file = scratch_read(store_path(), &len);
    for (size_t i = 0; i + size <= len; i++)
        if (memcmp(file + i, bytes, size) == 0)
            return (long)i;
    ck_abort_msg("the file does not hold the segment");
    return 0;
}

static void flip(long place) {
    FILE *file = fopen(store_path(), "r+b");
    ck_assert_ptr_nonnull(file);
    fseek(file, place, SEEK_SET);
    int byte = fgetc(file);
    fseek(file, place, SEEK_SET);
    fputc(byte ^ 0x10, file);
    fclose(file);
}

static void expect_damage_seen(const TableSpec *spec, const char *bytes, size_t size) {
    long place = place_in_file(bytes, size);
    for (size_t i = 0; i < size; i++) {
        flip(place + (long)i);
        scratch_forget();
        expect_load(spec, false);
        ck_assert(
            scratch_said("what is kept beside the rows of table 't' is damaged: the rows are read "
                         "instead [KPI0518]"));
        flip(place + (long)i);
    }
    scratch_forget();
    expect_load(spec, true);
    ck_assert_uint_eq(diags_warnings(scratch_session()->diags), 0);
}

START_TEST(segments_that_are_damaged_are_not_used) {
    import("a.csv", "a,b\n11,x\n22,\n-5,yy\n");
    ColumnSpec columns[] = {
        {.name = "a", .field = "a", .kind = COLUMN_INTEGER},
        {.name = "b", .field = "b", .kind = COLUMN_TEXT, .missing_allowed = true}};
    TableSpec spec = {.source = "t", .table = "t", .columns = columns, .columns_len = 2};
    sqlite3 *db;
    sqlite3_stmt *statement;
    ck_assert_int_eq(sqlite3_open(store_path(), &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(db, "SELECT data FROM kpic_segment", -1, &statement, NULL),
                     SQLITE_OK);
    char bytes[3][512];
    size_t sizes[3], len = 0;
    for (; sqlite3_step(statement) == SQLITE_ROW; len++) {
        ck_assert_uint_lt(len, 3);
        sizes[len] = (size_t)sqlite3_column_bytes(statement, 0);
        ck_assert_uint_lt(sizes[len], sizeof bytes[0]);
        memcpy(bytes[len], sqlite3_column_blob(statement, 0), sizes[len]);
    }
    sqlite3_finalize(statement);
    sqlite3_close(db);
    ck_assert_uint_eq(len, 3);
    for (size_t i = 0; i < len; i++)
        expect_damage_seen(&spec, bytes[i], sizes[i]);
}
END_TEST

START_TEST(segments_are_made_anew_on_demand_only_of_stores) {
    size_t tables;
    scratch_forget();
    ck_assert_int_eq(store_reindex(scratch_session(), scratch_path("none.db"), &tables),
                     STORE_UNAVAILABLE);
    ck_assert_int_eq(store_reindex(scratch_session(), scratch_write("empty.db", ""), &tables),
                     STORE_DAMAGED);
    ck_assert(scratch_said("nothing was imported into it"));
    change("CREATE TABLE x (a)");
    ck_assert_int_eq(store_reindex(scratch_session(), store_path(), &tables), STORE_REFUSED);
    ck_assert(scratch_said("is a database of another program"));
}
END_TEST

Suite *segments_suite(void);
Suite *segments_suite(void) {
    Suite *suite = suite_create("segments");
    TCase *one = tcase_create("one");
    tcase_add_checked_fixture(one, start, end);
    tcase_set_timeout(one, 60);
    tcase_add_test(one, segments_give_their_texts_back);
    tcase_add_test(one, segments_change_their_form);
    tcase_add_test(one, segments_that_cannot_be_kept);
    tcase_add_test(one, segments_keep_the_places_of_codes);
    tcase_add_test(one, segments_see_every_bit_that_changes);
    suite_add_tcase(suite, one);
    TCase *store = tcase_create("store");
    tcase_add_checked_fixture(store, start, end);
    tcase_set_timeout(store, 120);
    tcase_add_test(store, segments_load_what_the_rows_say);
    tcase_add_test(store, segments_load_several_pieces);
    tcase_add_test(store, segments_are_read_by_several_threads);
    tcase_add_test(store, segments_follow_the_files);
    tcase_add_test(store, segments_serve_other_declarations);
    tcase_add_test(store, segments_leave_bad_values_to_the_rows);
    tcase_add_test(store, segments_are_not_made_of_other_values);
    tcase_add_test(store, segments_see_a_write_through_a_handle);
    tcase_add_test(store, segments_that_are_damaged_are_not_used);
    tcase_add_test(store, segments_are_made_anew_on_demand_only_of_stores);
    suite_add_tcase(suite, store);
    return suite;
}
