/* Number formats, numbers, dates and escapes of workbooks, by the words of the file format
 * (ECMA-376 part 1: 18.8.30 number formats, 18.17.4 dates, 22.4.2.4 escapes) and by what a
 * spreadsheet shows. */
#include <check.h>
#include <string.h>

#include "store/xlsx_value.h"

static const char *shown(const char *text, XlsxKind kind, bool from_1904) {
    static char out[256];
    StrBuf buf = {0};
    xlsx_number_show(&buf, text, strlen(text), kind, from_1904);
    ck_assert_uint_lt(buf.len, sizeof out);
    memcpy(out, strbuf_text(&buf), buf.len + 1);
    strbuf_fini(&buf);
    return out;
}

START_TEST(value_kinds_by_number) {
    static const struct {
        unsigned id;
        XlsxKind kind;
    } kinds[] = {{0, XLSX_NUMBER},  {1, XLSX_NUMBER},  {13, XLSX_NUMBER}, {14, XLSX_DATE},
                 {17, XLSX_DATE},   {18, XLSX_TIME},   {21, XLSX_TIME},   {22, XLSX_DATE_TIME},
                 {23, XLSX_NUMBER}, {37, XLSX_NUMBER}, {45, XLSX_TIME},   {46, XLSX_ELAPSED},
                 {47, XLSX_TIME},   {48, XLSX_NUMBER}, {49, XLSX_NUMBER}, {30, XLSX_DATE},
                 {57, XLSX_DATE}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        ck_assert_msg(xlsx_kind_of_id(kinds[i].id) == kinds[i].kind, "%u", kinds[i].id);
}
END_TEST

START_TEST(value_kinds_by_code) {
    static const struct {
        const char *code;
        XlsxKind kind;
    } kinds[] = {
        {"General", XLSX_NUMBER},
        {"General_)", XLSX_NUMBER},
        {"0.00", XLSX_NUMBER},
        {"#,##0;[Red]-#,##0", XLSX_NUMBER},
        {"[=0]\"-\";[<5]\"*\";#,###,##0", XLSX_NUMBER},
        {"_-\"\xC2\xA3\"* #,##0.00_-;\\-\"\xC2\xA3\"* #,##0.00_-;_-@_-", XLSX_NUMBER},
        {"0.00E+00", XLSX_NUMBER},
        {"0\" days\"", XLSX_NUMBER},
        {"\\d\\m\\y0", XLSX_NUMBER},
        {"@", XLSX_NUMBER},
        {"", XLSX_NUMBER},
        {"\"dd/mm/yyyy", XLSX_NUMBER},
        {"[dd", XLSX_NUMBER},
        {"dd/mm/yyyy;@", XLSX_DATE},
        {"DD/MM/YYYY", XLSX_DATE},
        {"d mmm yy", XLSX_DATE},
        {"mmmm", XLSX_DATE},
        {"m", XLSX_DATE},
        {"mm/dd", XLSX_DATE},
        {"[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", XLSX_DATE},
        {"yyyy\\-mm\\-dd\\ hh:mm", XLSX_DATE_TIME},
        {"dd/mm/yyyy hh:mm:ss.000", XLSX_DATE_TIME},
        {"m/d/yy h:mm AM/PM", XLSX_DATE_TIME},
        {"mm:ss m", XLSX_DATE_TIME},
        {"h:mm", XLSX_TIME},
        {"mm:ss.0", XLSX_TIME},
        {"[$-F400]h:mm:ss\\ AM/PM", XLSX_TIME},
        {"h\" o'clock and \"m", XLSX_TIME},
        {"[h]:mm:ss", XLSX_ELAPSED},
        {"[mm]:ss", XLSX_ELAPSED},
        {"[Red]dd/mm/yyyy", XLSX_DATE},
        {"[>100]dd/mm/yyyy;0", XLSX_DATE},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        ck_assert_msg(xlsx_kind_of_code(kinds[i].code) == kinds[i].kind, "%s", kinds[i].code);
}
END_TEST

START_TEST(value_numbers) {
    static const struct {
        const char *text, *shown;
    } numbers[] = {
        {"0", "0"},
        {"-0", "0"},
        {"-0.0", "0"},
        {"435", "435"},
        {"+7", "7"},
        {"007", "7"},
        {"-12.50", "-12.5"},
        {"100.0", "100"},
        {".5", "0.5"},
        {"5.", "5"},
        {"0.10000000000000001", "0.1"},
        {"6.1382614647501708", "6.13826146475017"},
        {"0.84873374401095136", "0.848733744010951"},
        {"21.237508555783709", "21.2375085557837"},
        {"2.9999999999999996", "3"},
        {"99999999999999.999", "100000000000000"},
        {"0.99999999999999989", "1"},
        {"1E3", "1000"},
        {"1.5e-3", "0.0015"},
        {"2.5E+0", "2.5"},
        {"1.2345678901234501E+17", "123456789012345000"},
        {"1E+29", "100000000000000000000000000000"},
        {"1E+40", "1E+40"},
        {"-1.25E+40", "-1.25E+40"},
        {"1.7976931348623157E+308", "1.79769313486232E+308"},
        {"1E-29", "0.00000000000000000000000000001"},
        {"4.9406564584124654E-324", "4.94065645841247E-324"},
        /* Whole numbers are exact up to 2^53. */
        {"9007199254740992", "9007199254740992"},
        {"9007199254740993", "9007199254740990"},
        {"1234567890123456", "1234567890123456"},
        {"12345678901234567", "12345678901234600"},
        {"1234567890123456.5", "1234567890123460"},
        /* What is no number stays as it is. */
        {"", ""},
        {"-", "-"},
        {".", "."},
        {"1.2.3", "1.2.3"},
        {"1e", "1e"},
        {"1e+", "1e+"},
        {"1e5x", "1e5x"},
        {"-NAN", "-NAN"},
        {"12,5", "12,5"},
        {"0x10", "0x10"},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        ck_assert_str_eq(shown(numbers[i].text, XLSX_NUMBER, false), numbers[i].shown);
}
END_TEST

START_TEST(value_numbers_far_out) {
    /* No number of any workbook; nothing may overflow. */
    char text[400];
    memset(text, '9', sizeof text);
    text[sizeof text - 1] = '\0';
    ck_assert_str_eq(shown(text, XLSX_NUMBER, false), "1E+399");
    text[0] = '.';
    memset(text + 1, '0', 300);
    ck_assert_str_eq(shown(text, XLSX_NUMBER, false), "1E-300");
    ck_assert_ptr_nonnull(strstr(shown("1E+99999999999", XLSX_NUMBER, false), "1E+"));
    ck_assert_ptr_nonnull(strstr(shown("1E-99999999999", XLSX_DATE, false), "1E-"));
}
END_TEST

START_TEST(value_dates_of_1900) {
    static const struct {
        const char *days, *shown;
    } dates[] = {
        {"1", "1900-01-01"},
        {"59", "1900-02-28"},
        {"60", "1900-02-29"},
        {"61", "1900-03-01"},
        {"25569", "1970-01-01"},
        {"36526", "2000-01-01"},
        {"42766", "2017-01-31"},
        {"44090", "2020-09-16"},
        {"2958465", "9999-12-31"},
        {"42766.6", "2017-01-31"},
        {"4.2766E4", "2017-01-31"},
        {"42766.99999", "2017-01-31"},
        {"42766.0", "2017-01-31"},
        {"60.5", "1900-02-29"},
        /* No day: the number. */
        {"0", "0"},
        {"0.5", "0.5"},
        {"-1", "-1"},
        {"2958466", "2958466"},
        {"99999999", "99999999"},
        {"1E+300", "1E+300"},
        {"x", "x"},
    };
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++)
        ck_assert_str_eq(shown(dates[i].days, XLSX_DATE, false), dates[i].shown);
}
END_TEST

START_TEST(value_dates_of_1904) {
    ck_assert_str_eq(shown("0", XLSX_DATE, true), "1904-01-01");
    ck_assert_str_eq(shown("1", XLSX_DATE, true), "1904-01-02");
    ck_assert_str_eq(shown("60", XLSX_DATE, true), "1904-03-01");
    /* The same day in both: 1462 days apart. */
    ck_assert_str_eq(shown("41304", XLSX_DATE, true), "2017-01-31");
    ck_assert_str_eq(shown("2957003", XLSX_DATE, true), "9999-12-31");
    ck_assert_str_eq(shown("2957004", XLSX_DATE, true), "2957004");
    ck_assert_str_eq(shown("0.5", XLSX_DATE_TIME, true), "1904-01-01 12:00:00");
}
END_TEST

START_TEST(value_times) {
    ck_assert_str_eq(shown("42766", XLSX_DATE_TIME, false), "2017-01-31 00:00:00");
    ck_assert_str_eq(shown("42766.604166666664", XLSX_DATE_TIME, false), "2017-01-31 14:30:00");
    ck_assert_str_eq(shown("42766.999999999", XLSX_DATE_TIME, false), "2017-02-01 00:00:00");
    ck_assert_str_eq(shown("42766.5000000116", XLSX_DATE_TIME, false), "2017-01-31 12:00:00.001");
    ck_assert_str_eq(shown("0.5", XLSX_DATE_TIME, false), "0.5");
    ck_assert_str_eq(shown("0", XLSX_TIME, false), "00:00:00");
    ck_assert_str_eq(shown("0.604166666666667", XLSX_TIME, false), "14:30:00");
    ck_assert_str_eq(shown("42766.25", XLSX_TIME, false), "06:00:00");
    ck_assert_str_eq(shown("6.9444444444444447E-4", XLSX_TIME, false), "00:01:00");
    ck_assert_str_eq(shown("1.5208333333333333", XLSX_ELAPSED, false), "36:30:00");
    ck_assert_str_eq(shown("-0.25", XLSX_ELAPSED, false), "-0.25");
}
END_TEST

static const char *unescaped(const char *text) {
    static char out[64];
    size_t len = strlen(text);
    ck_assert_uint_lt(len, sizeof out);
    memcpy(out, text, len);
    out[xlsx_unescape(out, len)] = '\0';
    return out;
}

START_TEST(value_escapes) {
    ck_assert_str_eq(unescaped("plain_text"), "plain_text");
    ck_assert_str_eq(unescaped("a_x000D_\nb"), "a\r\nb");
    ck_assert_str_eq(unescaped("_x000d_"), "\r");
    ck_assert_str_eq(unescaped("_x005F_x000D_"), "_x000D_");
    ck_assert_str_eq(unescaped("_x00A3_5"), "\xC2\xA3"
                                            "5");
    ck_assert_str_eq(unescaped("_x2013_"), "\xE2\x80\x93");
    ck_assert_str_eq(unescaped("_xD83D__xDE00_"), "\xF0\x9F\x98\x80");
    /* None: no character, too short, no hexadecimal digits, small x only. */
    static const char *const none[] = {"_x0000_", "_xD83D_", "_xDE00__xD83D_", "_x000D", "_x00G0_",
                                       "_X000D_", "__x00D_", "_xD83D__x0041_", "_",      "_xFFF"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        ck_assert_str_eq(unescaped(none[i]),
                         strcmp(none[i], "_xD83D__x0041_") == 0 ? "_xD83D_A" : none[i]);
}
END_TEST

Suite *xlsx_value_suite(void);
Suite *xlsx_value_suite(void) {
    Suite *suite = suite_create("xlsx_value");
    TCase *tests = tcase_create("value");
    tcase_add_test(tests, value_kinds_by_number);
    tcase_add_test(tests, value_kinds_by_code);
    tcase_add_test(tests, value_numbers);
    tcase_add_test(tests, value_numbers_far_out);
    tcase_add_test(tests, value_dates_of_1900);
    tcase_add_test(tests, value_dates_of_1904);
    tcase_add_test(tests, value_times);
    tcase_add_test(tests, value_escapes);
    suite_add_tcase(suite, tests);
    return suite;
}
