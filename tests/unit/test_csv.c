#include <check.h>
#include <csv.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "store/csv.h"
#include "store/encoding.h"
#include "tests/unit/quick_assert.h"

/* ---- reading a text from memory ----------------------------------------------------------------
 */

typedef struct Memory {
    const char *text;
    size_t len, at;
    size_t most; /* bytes a call */
} Memory;

static size_t memory_read(void *context, char *into, size_t room, bool *failed) {
    Memory *memory = context;
    size_t len = memory->len - memory->at;
    (void)failed;
    if (len > room)
        len = room;
    if (len > memory->most)
        len = memory->most;
    if (len > 0)
        memcpy(into, memory->text + memory->at, len);
    memory->at += len;
    return len;
}

typedef struct Run {
    StrBuf text; /* [field][field]; one line a record, {field} if it was in quotes */
    CsvStep last;
    CsvFault fault;
    size_t field;
    uint64_t line;
} Run;

static void record_add(Run *run, const CsvReader *csv) {
    for (size_t i = 0; i < csv->fields_len; i++) {
        strbuf_add_char(&run->text, csv->fields[i].quoted ? '{' : '[');
        strbuf_add_len(&run->text, csv->fields[i].text, csv->fields[i].len);
        strbuf_add_char(&run->text, csv->fields[i].quoted ? '}' : ']');
    }
    strbuf_add(&run->text, "\n");
}

static Run run_in(const char *text, size_t len, char separator, TextEncoding encoding, size_t block,
                  size_t most) {
    Memory memory = {text, len, 0, most};
    Run run = {0};
    CsvReader csv;
    csv_open(&csv, memory_read, &memory, separator, encoding, block);
    while ((run.last = csv_next(&csv)) == CSV_RECORD)
        if (!csv.blank)
            record_add(&run, &csv);
    run.fault = csv.fault;
    run.field = csv.fault_field;
    run.line = csv.fault_line;
    csv_close(&csv);
    return run;
}

static Run run_text(const char *text) {
    return run_in(text, strlen(text), ',', ENCODING_UTF8, 0, SIZE_MAX);
}

static void expect_records(const char *text, const char *records) {
    Run run = run_text(text);
    ck_assert_str_eq(strbuf_text(&run.text), records);
    ck_assert_int_eq(run.last, CSV_END);
    strbuf_fini(&run.text);
}

static void expect_fault(const char *text, size_t len, CsvFault fault, size_t field,
                         uint64_t line) {
    Run run = run_in(text, len, ',', ENCODING_UTF8, 0, SIZE_MAX);
    ck_assert_int_eq(run.last, CSV_FAULT);
    ck_assert_int_eq(run.fault, fault);
    ck_assert_uint_eq(run.field, field);
    ck_assert_uint_eq(run.line, line);
    strbuf_fini(&run.text);
}

/* ---- the form ----------------------------------------------------------------------------------
 */

START_TEST(csv_reads_rfc_4180) {
    /* The examples of RFC 4180, section 2. */
    expect_records("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", "[aaa][bbb][ccc]\n[zzz][yyy][xxx]\n");
    expect_records("aaa,bbb,ccc\r\nzzz,yyy,xxx", "[aaa][bbb][ccc]\n[zzz][yyy][xxx]\n");
    expect_records("\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx", "{aaa}{bbb}{ccc}\n[zzz][yyy][xxx]\n");
    expect_records("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx",
                   "{aaa}{b\r\nbb}{ccc}\n[zzz][yyy][xxx]\n");
    expect_records("\"aaa\",\"b\"\"bb\",\"ccc\"", "{aaa}{b\"bb}{ccc}\n");
    /* Spaces are part of a field. */
    expect_records(" a , b ", "[ a ][ b ]\n");
}
END_TEST

START_TEST(csv_reads_edges) {
    expect_records("", "");
    expect_records("a", "[a]\n");
    expect_records("a,", "[a][]\n");
    expect_records(",", "[][]\n");
    expect_records("\"\"", "{}\n");
    expect_records("\"\"\"\"", "{\"}\n");
    expect_records("a\nb\rc\r\nd", "[a]\n[b]\n[c]\n[d]\n");
    expect_records("a\r", "[a]\n");
    expect_records("\xEF\xBB\xBFid\n1\n", "[id]\n[1]\n");
    expect_records("\xEF\xBB\xBF\"id\"\n1\n", "{id}\n[1]\n");
    expect_records("\xEF\xBB\xBF", "");
    expect_records("caf\xC3\xA9,\"\xE2\x82\xAC\"\n", "[caf\xC3\xA9]{\xE2\x82\xAC}\n");
}
END_TEST

START_TEST(csv_tells_blank_lines) {
    Memory memory = {"a\n\n\"\"\n", 6, 0, SIZE_MAX};
    CsvReader csv;
    csv_open(&csv, memory_read, &memory, ',', ENCODING_UTF8, 0);
    ck_assert_int_eq(csv_next(&csv), CSV_RECORD);
    ck_assert(!csv.blank);
    ck_assert_int_eq(csv_next(&csv), CSV_RECORD);
    ck_assert(csv.blank);
    ck_assert_uint_eq(csv.line, 2);
    ck_assert_int_eq(csv_next(&csv), CSV_RECORD);
    ck_assert(!csv.blank); /* an empty field in quotes was written */
    ck_assert_int_eq(csv_next(&csv), CSV_END);
    ck_assert_int_eq(csv_next(&csv), CSV_END);
    csv_close(&csv);
}
END_TEST

START_TEST(csv_counts_lines) {
    static const char text[] = "a,b\r\n\"1\n2\r\n3\r4\",x\r\nlast,row";
    Memory memory = {text, sizeof text - 1, 0, SIZE_MAX};
    CsvReader csv;
    csv_open(&csv, memory_read, &memory, ',', ENCODING_UTF8, 4);
    uint64_t lines[3];
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(csv_next(&csv), CSV_RECORD);
        lines[i] = csv.line;
    }
    csv_close(&csv);
    ck_assert_uint_eq(lines[0], 1);
    ck_assert_uint_eq(lines[1], 2);
    ck_assert_uint_eq(lines[2], 6);
}
END_TEST

START_TEST(csv_refuses_faults) {
#define FAULT(text, fault, field, line) expect_fault(text, sizeof text - 1, fault, field, line)
    FAULT("a,b\nc,d\"e\n", CSV_FAULT_STRAY_QUOTE, 1, 2);
    FAULT("a, \"b\"\n", CSV_FAULT_STRAY_QUOTE, 1, 1);
    FAULT("a\"", CSV_FAULT_STRAY_QUOTE, 0, 1);
    FAULT("\"a\"b,c\n", CSV_FAULT_TEXT_AFTER_QUOTE, 0, 1);
    FAULT("\"a\" ,c\n", CSV_FAULT_TEXT_AFTER_QUOTE, 0, 1);
    FAULT("a,b\nc,\"d\ne\n", CSV_FAULT_UNCLOSED_QUOTE, 1, 2);
    FAULT("\"", CSV_FAULT_UNCLOSED_QUOTE, 0, 1);
    FAULT("\"a\"\"", CSV_FAULT_UNCLOSED_QUOTE, 0, 1);
    FAULT("a,b\n1,x\0y\n", CSV_FAULT_NUL, 1, 2);
    FAULT("a,\"\0\"\n", CSV_FAULT_NUL, 1, 1);
    FAULT("a,\xE9\n", CSV_FAULT_UTF8, 1, 1);
    FAULT("a,\xC0\xAF\n", CSV_FAULT_UTF8, 1, 1);     /* overlong */
    FAULT("a,\xED\xA0\x80\n", CSV_FAULT_UTF8, 1, 1); /* a surrogate */
    FAULT("a,\xF4\x90\x80\x80\n", CSV_FAULT_UTF8, 1, 1);
    FAULT("a,\xE2\x82,b\n", CSV_FAULT_UTF8, 1, 1); /* a character cut off by the separator */
    FAULT("\xFF\xFE"
          "a\0",
          CSV_FAULT_UTF16, 0, 1);
    FAULT("\xFE\xFF\0a", CSV_FAULT_UTF16, 0, 1);
#undef FAULT
}
END_TEST

START_TEST(csv_goes_on_after_a_bad_byte) {
    static const char text[] = "a\n\xFF\nb\n\"c";
    Memory memory = {text, sizeof text - 1, 0, SIZE_MAX};
    CsvReader csv;
    csv_open(&csv, memory_read, &memory, ',', ENCODING_UTF8, 0);
    ck_assert_int_eq(csv_next(&csv), CSV_RECORD);
    ck_assert_int_eq(csv_next(&csv), CSV_FAULT);
    ck_assert(!csv.fatal);
    ck_assert_int_eq(csv_next(&csv), CSV_RECORD);
    ck_assert_int_eq(csv.fields[0].text[0], 'b');
    ck_assert_int_eq(csv_next(&csv), CSV_FAULT);
    ck_assert(csv.fatal);
    ck_assert_int_eq(csv_next(&csv), CSV_END);
    csv_close(&csv);
}
END_TEST

/* Whatever the blocks, the same records: every size of block, every size of read. */
START_TEST(csv_is_the_same_at_every_edge) {
    static const char *const texts[] = {
        ("\xEF\xBB\xBFid,\"na\"\"me\",c\r\n1,\"x,\r\ny\",\xC3\xA9\xE2\x82\xAC\r\n\r\n2,,\"\"\n"
         "\"\"\"q\"\"\",z\rlast,\"end\""),
        "a,b\n1,\"2\n3,4\n", "a,b\n\"1\"x,2\n", "a,b\n1,\xF0\x9F\x98\x80\n\xF0\x9F\n",
        "\r\n\r\r\n\n,\"\r\"\r\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        size_t len = strlen(texts[i]);
        Run whole = run_in(texts[i], len, ',', ENCODING_UTF8, 0, SIZE_MAX);
        for (size_t block = 1; block <= len + 2; block++) {
            for (size_t most = 1; most <= len; most++) {
                Run run = run_in(texts[i], len, ',', ENCODING_UTF8, block, most);
                quick_str_eq(strbuf_text(&run.text), strbuf_text(&whole.text));
                quick_int_eq(run.last, whole.last);
                quick_int_eq(run.fault, whole.fault);
                quick_assert(run.line == whole.line);
                strbuf_fini(&run.text);
            }
        }
        strbuf_fini(&whole.text);
    }
}
END_TEST

/* ---- libcsv as the oracle ----------------------------------------------------------------------
 */

typedef struct Oracle {
    StrBuf text, row;
} Oracle;

static void oracle_field(void *text, size_t len, void *context) {
    Oracle *oracle = context;
    /* NULL: an empty field without quotes. */
    strbuf_add_char(&oracle->row, '[');
    if (text)
        strbuf_add_len(&oracle->row, text, len);
    strbuf_add_char(&oracle->row, ']');
}

static void oracle_row(int end, void *context) {
    Oracle *oracle = context;
    (void)end;
    strbuf_add_len(&oracle->text, strbuf_text(&oracle->row), oracle->row.len);
    strbuf_add(&oracle->text, "\n");
    strbuf_clear(&oracle->row);
}

static int never_space(unsigned char c) {
    (void)c;
    return 0;
}

/* libcsv reads over blanks around fields and skips empty lines. The first is turned off, as blanks
 * are data here; run_in leaves out empty lines. Bytes that are no UTF-8, NUL, and the byte order
 * mark are ours alone and not in the alphabet. */
static bool oracle_accepts(const char *text, size_t len, char separator, Oracle *oracle) {
    struct csv_parser parser;
    ck_assert_int_eq(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL), 0);
    csv_set_delim(&parser, (unsigned char)separator);
    csv_set_space_func(&parser, never_space);
    bool good = csv_parse(&parser, text, len, oracle_field, oracle_row, oracle) == len &&
                csv_error(&parser) == CSV_SUCCESS;
    good = good && csv_fini(&parser, oracle_field, oracle_row, oracle) == 0;
    csv_free(&parser);
    return good;
}

static void same_brackets(StrBuf *text) {
    for (size_t i = 0; i < text->len; i++) {
        if (text->text[i] == '{')
            text->text[i] = '[';
        if (text->text[i] == '}')
            text->text[i] = ']';
    }
}

static size_t compare_with_oracle(const char *text, size_t len, char separator, size_t block) {
    Oracle oracle = {0};
    bool accepts = oracle_accepts(text, len, separator, &oracle);
    Run run = run_in(text, len, separator, ENCODING_UTF8, block, SIZE_MAX);
    if ((run.last == CSV_END) != accepts)
        ck_abort_msg("libcsv %s what we do not: %.*s", accepts ? "accepts" : "refuses", (int)len,
                     text);
    same_brackets(&run.text);
    if (accepts)
        quick_str_eq(strbuf_text(&run.text), strbuf_text(&oracle.text));
    strbuf_fini(&run.text);
    strbuf_fini(&oracle.text);
    strbuf_fini(&oracle.row);
    return accepts ? 1 : 0;
}

static uint64_t next_random(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

START_TEST(csv_agrees_with_libcsv) {
    static const char *const alphabet[] = {"a", ",", "\"", "\n", "\r", "\t", "\xC3\xA9", "\"", ","};
    uint64_t state = 42;
    size_t accepted = 0, rounds = 30000;
    for (size_t round = 0; round < rounds; round++) {
        char text[64];
        size_t len = 0, letters = next_random(&state) % 18;
        for (size_t i = 0; i < letters; i++) {
            const char *letter = alphabet[next_random(&state) % 9];
            memcpy(text + len, letter, strlen(letter));
            len += strlen(letter);
        }
        char separator = round % 2 ? ',' : '\t';
        accepted += compare_with_oracle(text, len, separator, next_random(&state) % 24);
    }
    /* The comparison says something only if both answers are common. */
    ck_assert_uint_gt(accepted, rounds / 10);
    ck_assert_uint_lt(accepted, rounds * 9 / 10);
}
END_TEST

/* Larger ones that are right: every field in quotes, with all that quotes can hold. */
START_TEST(csv_agrees_with_libcsv_on_quoted_text) {
    static const char *const pieces[] = {"a", ",", "\"\"", "\n", "\r\n", "\t", "\xC3\xA9", " "};
    uint64_t state = 7;
    for (size_t round = 0; round < 3000; round++) {
        StrBuf text = {0};
        for (size_t row = 0; row < 4; row++) {
            for (size_t field = 0; field < 3; field++) {
                strbuf_add(&text, field ? ",\"" : "\"");
                for (size_t i = next_random(&state) % 6; i > 0; i--)
                    strbuf_add(&text, pieces[next_random(&state) % 8]);
                strbuf_add(&text, "\"");
            }
            strbuf_add(&text, round % 2 ? "\r\n" : "\n");
        }
        ck_assert_uint_eq(compare_with_oracle(strbuf_text(&text), text.len, ',', round % 50), 1);
        strbuf_fini(&text);
    }
}
END_TEST

/* ---- encodings ---------------------------------------------------------------------------------
 */

START_TEST(csv_decodes_windows_1252) {
    /* 80 to 9F, without the five bytes that mean nothing, and the characters they are. */
    static const char bytes[] = "\x80\x82\x83\x84\x85\x86\x87\x88\x89\x8A\x8B\x8C\x8E\x91\x92\x93"
                                "\x94\x95\x96\x97\x98\x99\x9A\x9B\x9C\x9E\x9F\xA3\xE9\xFF";
    static const char text[] = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ£éÿ";
    char out[sizeof bytes * WINDOWS_1252_GROWTH];
    size_t len;
    ck_assert_uint_eq(windows_1252_decode(bytes, sizeof bytes - 1, out, &len), sizeof bytes - 1);
    ck_assert_uint_eq(len, sizeof text - 1);
    ck_assert_mem_eq(out, text, len);
    static const char undefined[] = "\x81\x8D\x8F\x90\x9D";
    for (size_t i = 0; i < 5; i++)
        ck_assert_uint_eq(windows_1252_decode(undefined + i, 1, out, &len), 0);
    /* Latin-1 from A0 on: the code point is the byte. */
    for (int c = 0xA0; c <= 0xFF; c++) {
        char byte = (char)c;
        ck_assert_uint_eq(windows_1252_decode(&byte, 1, out, &len), 1);
        utf8proc_int32_t point;
        ck_assert_int_eq(utf8proc_iterate((utf8proc_uint8_t *)out, (utf8proc_ssize_t)len, &point),
                         2);
        ck_assert_int_eq(point, c);
    }
}
END_TEST

START_TEST(csv_reads_windows_1252_when_declared) {
    static const char text[] = "name,n\n\"Zo\xEB\",\x80\x31\n\xA3,\x93q\x94\n";
    for (size_t block = 1; block < sizeof text + 2; block++) {
        Run run = run_in(text, sizeof text - 1, ',', ENCODING_WINDOWS_1252, block, SIZE_MAX);
        ck_assert_str_eq(strbuf_text(&run.text), "[name][n]\n{Zoë}[€1]\n[£][“q”]\n");
        strbuf_fini(&run.text);
    }
    Run run = run_in("a\n\x81\n", 4, ',', ENCODING_WINDOWS_1252, 0, SIZE_MAX);
    ck_assert_int_eq(run.last, CSV_FAULT);
    ck_assert_int_eq(run.fault, CSV_FAULT_WINDOWS_1252);
    strbuf_fini(&run.text);
    /* A byte order mark says that it is UTF-8 after all. */
    run = run_in("\xEF\xBB\xBF\xC3\xA9\n", 6, ',', ENCODING_WINDOWS_1252, 0, SIZE_MAX);
    ck_assert_str_eq(strbuf_text(&run.text), "[é]\n");
    strbuf_fini(&run.text);
}
END_TEST

static size_t prefix_by_utf8proc(const char *text, size_t len) {
    size_t at = 0;
    while (at < len) {
        utf8proc_int32_t point;
        utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)text + at,
                                                 (utf8proc_ssize_t)(len - at), &point);
        if (step <= 0)
            return at;
        at += (size_t)step;
    }
    return len;
}

START_TEST(csv_checks_utf8_as_utf8proc_does) {
    uint64_t state = 3;
    for (size_t round = 0; round < 200000; round++) {
        static const unsigned char common[] = {0x80, 0xBF, 0xC2, 0xE0, 0xA0, 0xED,
                                               0x9F, 0xF0, 0x90, 0xF4, 0x8F, 'a'};
        char text[24];
        size_t len = next_random(&state) % sizeof text;
        for (size_t i = 0; i < len; i++) {
            uint64_t r = next_random(&state);
            text[i] = (char)(r % 3 == 0 ? r >> 8 : r % 3 == 1 ? common[(r >> 8) % 12] : 'x');
        }
        quick_assert(utf8_valid_prefix(text, len) == prefix_by_utf8proc(text, len));
    }
}
END_TEST

static void expect_shown(const char *text, size_t len, const char *shown) {
    StrBuf out = {0};
    value_show(&out, text, len);
    ck_assert_str_eq(strbuf_text(&out), shown);
    strbuf_fini(&out);
}

START_TEST(csv_shows_values_in_messages) {
    expect_shown("31/02/2017", 10, "31/02/2017");
    expect_shown("a\nb\r\t\0\xFFz", 8, "a\\nb\\r\\t\\x00\\xFFz");
    static const char sixty[] = "012345678901234567890123456789012345678901234567890123456789";
    expect_shown(sixty, 60, sixty);
    StrBuf text = {0}, wanted = {0};
    for (size_t i = 0; i < 61; i++)
        strbuf_add(&text, "é");
    for (size_t i = 0; i < 60; i++)
        strbuf_add(&wanted, "é");
    strbuf_add(&wanted, "...");
    expect_shown(strbuf_text(&text), text.len, strbuf_text(&wanted));
    strbuf_fini(&text);
    strbuf_fini(&wanted);
}
END_TEST

/* ---- sizes -------------------------------------------------------------------------------------
 */

typedef struct Endless {
    const char *line;
    size_t at, left;
} Endless;

static size_t endless_read(void *context, char *into, size_t room, bool *failed) {
    Endless *endless = context;
    (void)failed;
    size_t len = strlen(endless->line), put = 0;
    while (put < room && endless->left > 0) {
        into[put++] = endless->line[endless->at++];
        if (endless->at == len) {
            endless->at = 0;
            endless->left--;
        }
    }
    return put;
}

START_TEST(csv_needs_no_more_memory_for_a_large_file) {
    Endless endless = {"12345,\"a \"\"b\"\"\",2017-01-31\r\n", 0, 1000000};
    CsvReader csv;
    csv_open(&csv, endless_read, &endless, ',', ENCODING_UTF8, 4096);
    size_t records = 0;
    while (csv_next(&csv) == CSV_RECORD) {
        records++;
        quick_assert(csv.fields_len == 3);
    }
    ck_assert_uint_eq(records, 1000000);
    ck_assert_uint_eq(csv.cap, 4096);
    csv_close(&csv);
}
END_TEST

START_TEST(csv_refuses_an_endless_record) {
    CsvReader csv;
    /* One field without a line end: 56 MB of it. */
    Endless field = {"abcdefghijklmn", 0, 4000000};
    csv_open(&csv, endless_read, &field, ',', ENCODING_UTF8, 4096);
    ck_assert_int_eq(csv_next(&csv), CSV_FAULT);
    ck_assert_int_eq(csv.fault, CSV_FAULT_TOO_LONG);
    ck_assert(csv.fatal);
    ck_assert_uint_le(csv.cap, 2 * CSV_LONGEST_RECORD);
    csv_close(&csv);
}
END_TEST

static size_t failing_read(void *context, char *into, size_t room, bool *failed) {
    size_t *calls = context;
    if ((*calls)++ == 0 && room >= 4) {
        memcpy(into, "a,b\n", 4);
        return 4;
    }
    *failed = true;
    return 0;
}

START_TEST(csv_says_when_reading_fails) {
    size_t calls = 0;
    CsvReader csv;
    csv_open(&csv, failing_read, &calls, ',', ENCODING_UTF8, 4);
    CsvStep step = csv_next(&csv);
    if (step == CSV_RECORD)
        step = csv_next(&csv);
    ck_assert_int_eq(step, CSV_UNREADABLE);
    csv_close(&csv);
}
END_TEST

Suite *csv_suite(void);
Suite *csv_suite(void) {
    Suite *suite = suite_create("csv");
    TCase *form = tcase_create("form");
    tcase_add_test(form, csv_reads_rfc_4180);
    tcase_add_test(form, csv_reads_edges);
    tcase_add_test(form, csv_tells_blank_lines);
    tcase_add_test(form, csv_counts_lines);
    tcase_add_test(form, csv_refuses_faults);
    tcase_add_test(form, csv_goes_on_after_a_bad_byte);
    tcase_add_test(form, csv_is_the_same_at_every_edge);
    suite_add_tcase(suite, form);
    TCase *oracle = tcase_create("oracle");
    tcase_set_timeout(oracle, 60);
    tcase_add_test(oracle, csv_agrees_with_libcsv);
    tcase_add_test(oracle, csv_agrees_with_libcsv_on_quoted_text);
    suite_add_tcase(suite, oracle);
    TCase *encodings = tcase_create("encodings");
    tcase_set_timeout(encodings, 60);
    tcase_add_test(encodings, csv_decodes_windows_1252);
    tcase_add_test(encodings, csv_reads_windows_1252_when_declared);
    tcase_add_test(encodings, csv_checks_utf8_as_utf8proc_does);
    tcase_add_test(encodings, csv_shows_values_in_messages);
    suite_add_tcase(suite, encodings);
    TCase *sizes = tcase_create("sizes");
    tcase_set_timeout(sizes, 60);
    tcase_add_test(sizes, csv_needs_no_more_memory_for_a_large_file);
    tcase_add_test(sizes, csv_refuses_an_endless_record);
    tcase_add_test(sizes, csv_says_when_reading_fails);
    suite_add_tcase(suite, sizes);
    return suite;
}
