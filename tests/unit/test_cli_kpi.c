/* The public header, used as another program would. */
#include <check.h>
#include <string.h>

#include "base/strbuf.h"
#include "kpi/kpi.h"

Suite *cli_kpi_suite(void);

static const char definitions[] = "source visit \"Visits\"\n"
                                  "    covers      2017-01-01 to 2017-12-31\n"
                                  "    column      on     date\n"
                                  "    column      kept   yes_no\n"
                                  "    rows        on            kept\n"
                                  "                2017-01-10    yes\n"
                                  "                2017-01-11    no\n"
                                  "                2017-01-31    yes\n"
                                  "                2017-02-01    yes\n"
                                  "\n"
                                  "indicator visits_kept \"Visits that were kept\"\n"
                                  "    denominator visit v dated v.on\n"
                                  "    numerator   those where v.kept\n"
                                  "    basis       percent\n"
                                  "    window      month every month\n"
                                  "    good        high\n"
                                  "    decimals    1\n";

static KpiSession *session;
static StrBuf written;

static void start(void) {
    session = kpi_open();
    written = (StrBuf){0};
}

static void end(void) {
    kpi_close(session);
    strbuf_fini(&written);
}

static void collect(void *context, const char *text, size_t len) {
    strbuf_add_len(context, text, len);
}

static void assert_wrote(const char *words) {
    ck_assert_msg(strstr(strbuf_text(&written), words) != NULL, "no \"%s\" in: %s", words,
                  strbuf_text(&written));
}

static const char *messages(KpiMessageFormat format) {
    strbuf_clear(&written);
    kpi_messages(session, format, collect, &written);
    return strbuf_text(&written);
}

START_TEST(definitions_with_their_rows_evaluate) {
    ck_assert_int_eq(kpi_add_text(session, "v.kpi", definitions, strlen(definitions)), KPI_DONE);
    ck_assert_int_eq(kpi_check(session), KPI_DONE);
    KpiRequest request = {0};
    request.period = "2017-01";
    request.format = KPI_JSON;
    KpiOutcome outcome = kpi_evaluate(session, &request, collect, &written);
    ck_assert_msg(outcome == KPI_DONE, "%s", messages(KPI_MESSAGES_TEXT));
    /* Two of the three visits of January were kept. */
    assert_wrote("\"numerator\": 2, \"denominator\": 3, \"value\": \"66.666666666667\", "
                 "\"printed\": \"66.7%\", \"fraction\": \"2/3\"");
    request.format = KPI_TABLE;
    ck_assert_int_eq(kpi_evaluate(session, &request, collect, &written), KPI_DONE);
    assert_wrote("66.7%       2/3");
    request.format = KPI_CSV;
    ck_assert_int_eq(kpi_evaluate(session, &request, collect, &written), KPI_DONE);
    assert_wrote(",2,3,66.666666666667,66.7%,2/3,percent,");
}
END_TEST

START_TEST(faults_are_messages) {
    static const char text[] = "indicator x \"X\"\n    basis       precent\n";
    kpi_add_text(session, "x.kpi", text, strlen(text));
    ck_assert_int_eq(kpi_check(session), KPI_INVALID);
    ck_assert_ptr_nonnull(strstr(messages(KPI_MESSAGES_TEXT), "x.kpi:2:"));
    ck_assert_ptr_nonnull(strstr(messages(KPI_MESSAGES_JSON), "\"file\": \"x.kpi\""));
    KpiRequest request = {0};
    strbuf_clear(&written);
    ck_assert_int_eq(kpi_evaluate(session, &request, collect, &written), KPI_INVALID);
    ck_assert_str_eq(strbuf_text(&written), "");
}
END_TEST

START_TEST(what_is_not_there_is_said) {
    static const char *const names[] = {"visits_kpt"};
    kpi_add_text(session, "v.kpi", definitions, strlen(definitions));
    KpiRequest request = {0};
    request.indicators = names;
    request.indicators_len = 1;
    ck_assert_int_eq(kpi_evaluate(session, &request, collect, &written), KPI_USAGE);
    ck_assert_ptr_nonnull(strstr(messages(KPI_MESSAGES_TEXT), "did you mean 'visits_kept'?"));
    request = (KpiRequest){0};
    request.data = "no/such/store.db";
    ck_assert_int_eq(kpi_evaluate(session, &request, collect, &written), KPI_UNAVAILABLE);
}
END_TEST

START_TEST(data_must_be_named_if_it_is_elsewhere) {
    static const char text[] = "source visit \"Visits\" from \"visits\"\n"
                               "    column      on     date\n";
    kpi_add_text(session, "v.kpi", text, strlen(text));
    KpiRequest request = {0};
    ck_assert_int_eq(kpi_evaluate(session, &request, collect, &written), KPI_USAGE);
    ck_assert_ptr_nonnull(strstr(messages(KPI_MESSAGES_TEXT), "KPI0712"));
}
END_TEST

START_TEST(the_version_is_a_number) {
    ck_assert_uint_gt(strspn(kpi_version(), "0123456789."), 0);
    kpi_close(NULL);
}
END_TEST

Suite *cli_kpi_suite(void) {
    Suite *suite = suite_create("cli_kpi");
    TCase *tests = tcase_create("cli_kpi");
    tcase_add_checked_fixture(tests, start, end);
    tcase_add_test(tests, definitions_with_their_rows_evaluate);
    tcase_add_test(tests, faults_are_messages);
    tcase_add_test(tests, what_is_not_there_is_said);
    tcase_add_test(tests, data_must_be_named_if_it_is_elsewhere);
    tcase_add_test(tests, the_version_is_a_number);
    suite_add_tcase(suite, tests);
    return suite;
}
