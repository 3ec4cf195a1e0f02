#include <check.h>
#include <string.h>

#include "syntax_fixture.h"

Suite *parse_suite(void);

/* ---- what is read: each clause and the nodes it makes ---- */

typedef struct Case {
    const char *text, *tree;
} Case;

static void check_clauses(const char *header, const Case *cases, size_t len) {
    for (size_t i = 0; i < len; i++) {
        const char *text =
            arena_printf(syntax_session()->arena, "%s\n    %s\n", header, cases[i].text);
        const char *clauses = syntax_clauses(text);
        ck_assert_str_eq(syntax_messages(), "");
        ck_assert_str_eq(clauses, cases[i].tree);
        syntax_check_round_trip(text);
    }
}
#define CHECK_CLAUSES(header, cases) check_clauses(header, cases, sizeof(cases) / sizeof *(cases))

START_TEST(clauses_of_a_project) {
    static const Case cases[] = {
        {"store \"x.db\"", "TEXT_CLAUSE word=store text=\"x.db\"\n"},
        {"authority \"933\"", "TEXT_CLAUSE word=authority text=\"933\"\n"},
        {"calendar england", "NAME_CLAUSE word=calendar name=england\n"},
        {"audience internal", "NAME_CLAUSE word=audience name=internal\n"},
        {"taken 2016-09 on 2016-10-03", "TAKEN period=2016-09 on=2016-10-03\n"},
        {"taken 2016 on 2017-01-03", "TAKEN period=2016 on=2017-01-03\n"},
        {"decimals percent 1, per 0",
         "PROJECT_DECIMALS bases=percent,per\n  NUMBER value=1 kind=plain\n"
         "  NUMBER value=0 kind=plain\n"},
        {"owner \"Me\"", "TEXT_CLAUSE word=owner text=\"Me\"\n"},
    };
    CHECK_CLAUSES("project \"P\"", cases);
}
END_TEST

START_TEST(clauses_of_a_source) {
    static const Case cases[] = {
        {"key a, where, `b c`", "KEY columns=a,where,b c\n"},
        {"column a text", "COLUMN name=a\n  type: TYPE word=text\n"},
        {"column end date open from \"End\"",
         "COLUMN name=end open field=\"End\"\n  type: TYPE word=date\n"},
        {"column born date \"dd/mm/yyyy\"",
         "COLUMN name=born\n  type: TYPE word=date texts=\"dd/mm/yyyy\"\n"},
        {"column ok yes_no \"Y\" \"N\" optional",
         "COLUMN name=ok optional\n  type: TYPE word=yes_no texts=\"Y\",\"N\"\n"},
        {"column far decimal \"miles\" stock",
         "COLUMN name=far published=stock\n  type: TYPE word=decimal texts=\"miles\"\n"},
        {"column kind text in kinds optional flow from \"K\"",
         "COLUMN name=kind codes=kinds optional field=\"K\" published=flow\n"
         "  type: TYPE word=text\n"},
        {"column child link to child from \"ID\"",
         "COLUMN name=child field=\"ID\"\n  type: TYPE word=link link=child\n"},
        {"column on date = day(year, 3, 31)",
         "COLUMN name=on\n  type: TYPE word=date\n  expression: CALL name=day\n"
         "    NAME name=year\n    NUMBER value=3 kind=plain\n    NUMBER value=31 kind=plain\n"},
        {"symbols c confidential, \"..\" unavailable",
         "SYMBOLS\n  SYMBOL mark=\"c\" meaning=confidential\n"
         "  SYMBOL mark=\"..\" meaning=unavailable\n"},
        {"covers 2012-04-01 to 2024-03-31", "COVERS from=2012-04-01 to=2024-03-31\n"},
        {"published flow", "PUBLISHED kind=flow\n"},
        {"taken 2017-01 on 2017-01-30", "TAKEN period=2017-01 on=2017-01-30\n"},
        {"rows a b\n         \"x y\" -",
         "ROWS\n  ROW cells=\"a\",\"b\"\n  ROW cells=\"x y\",\"\"\n"},
        {"rows\n      a b\n      1 \"#\"",
         "ROWS\n  ROW cells=\"a\",\"b\"\n  ROW cells=\"1\",\"#\"\n"},
    };
    CHECK_CLAUSES("source s \"S\" from \"t\"", cases);
}
END_TEST

START_TEST(clauses_of_codes_and_calendars) {
    static const Case codes[] = {
        {"K1 \"Secure\"", "CODE code=\"K1\" title=\"Secure\"\n"},
        {"\"0 1\" \"Spaced\"", "CODE code=\"0 1\" title=\"Spaced\"\n"},
        {"basis \"A word\"", "CODE code=\"basis\" title=\"A word\"\n"},
        {"K1 \"x\" from 2016-04-01", "CODE code=\"K1\" title=\"x\" from=2016-04-01 has_from\n"},
        {"K1 \"x\" from 2016-04-01 to 2018-03-31",
         "CODE code=\"K1\" title=\"x\" from=2016-04-01 has_from to=2018-03-31 has_to\n"},
        {"K1 \"x\" to 2016-03-31", "CODE code=\"K1\" title=\"x\" to=2016-03-31 has_to\n"},
    };
    static const Case calendar[] = {
        {"weekend saturday, sunday", "WEEKEND days=saturday,sunday\n"},
        {"covers 2012-01-01 to 2028-12-31", "COVERS from=2012-01-01 to=2028-12-31\n"},
        {"holidays 2017-01-02, 2017-12-25",
         "HOLIDAY_DATES\n  DATE date=2017-01-02\n  DATE date=2017-12-25\n"},
        {"holidays h.date of bank_holiday h where h.uk",
         "HOLIDAY_ROWS\n  date: MEMBER name=date\n    base: NAME name=h\n"
         "  rowset: ROWSET source=bank_holiday alias=h\n    where: MEMBER name=uk\n"
         "      base: NAME name=h\n"},
    };
    CHECK_CLAUSES("codes c \"C\"", codes);
    CHECK_CLAUSES("calendar c \"C\"", calendar);
}
END_TEST

START_TEST(clauses_of_an_indicator) {
    static const Case cases[] = {
        {"why \"x\"", "TEXT_CLAUSE word=why text=\"x\"\n"},
        {"method \"x\"", "TEXT_CLAUSE word=method text=\"x\"\n"},
        {"guidance \"x\"", "TEXT_CLAUSE word=guidance text=\"x\"\n"},
        {"note \"x\"", "TEXT_CLAUSE word=note text=\"x\"\n"},
        {"note 2016/17 \"x\"", "TEXT_CLAUSE word=note period=2016/17 has_period text=\"x\"\n"},
        {"checked 2017-01-12", "DATE_CLAUSE word=checked date=2017-01-12\n"},
        {"check title_basis error", "CHECK_SETTING check=title_basis severity=error\n"},
        {"check title_basis of x off \"why\"",
         "CHECK_SETTING check=title_basis of=x severity=off reason=\"why\"\n"},
        {"review 2018-01-12", "DATE_CLAUSE word=review date=2018-01-12\n"},
        {"exclude cwd \"disabled\" where c.d", "EXCLUDE name=cwd label=\"disabled\"\n  condition: "
                                               "MEMBER name=d\n    base: NAME name=c\n"},
        {"of which teens \"Teens\" where c.d",
         "OF_WHICH name=teens label=\"Teens\"\n  condition: MEMBER name=d\n"
         "    base: NAME name=c\n"},
        {"by a, b as \"Label\" total \"T\" with share",
         "BY label=\"Label\" total=\"T\" share\n  NAME name=a\n  NAME name=b\n"},
        {"by age(born) as \"Age\"", "BY label=\"Age\"\n  CALL name=age\n    NAME name=born\n"},
        {"decimals 1", "DECIMALS places=1\n"},
        {"target none", "TARGET\n"},
        {"target 20.7% \"SN\" from 2016-04-01",
         "TARGET label=\"SN\" from=2016-04-01 has_from\n"
         "  value: NUMBER value=20.7 decimals=1 kind=percent\n"},
        {"target -5", "TARGET\n  value: NUMBER value=-5 kind=plain\n"},
        {"target \xC2\xA3"
         "1,250.50",
         "TARGET\n  value: NUMBER value=1250.5 decimals=2 kind=pounds\n"},
    };
    CHECK_CLAUSES("indicator a \"T\"", cases);
}
END_TEST

START_TEST(forms_of_basis) {
    static const Case cases[] = {
        {"basis percent", "BASIS kind=percent\n"},
        {"basis per 1,000 \"children\"", "BASIS kind=per per=1000 unit=\"children\"\n"},
        {"basis per 10,000 \"children\"", "BASIS kind=per per=10000 unit=\"children\"\n"},
        {"basis count", "BASIS kind=count\n"},
        {"basis days", "BASIS kind=days\n"},
        {"basis \xC2\xA3", "BASIS kind=\xC2\xA3\n"},
        {"basis points", "BASIS kind=points\n"},
        {"basis number \"homes\"", "BASIS kind=number unit=\"homes\"\n"},
    };
    CHECK_CLAUSES("indicator a \"T\"", cases);
}
END_TEST

START_TEST(forms_of_window_good_and_compare) {
    static const Case cases[] = {
        {"window snapshot every month", "WINDOW kind=snapshot every=month\n"},
        {"window snapshot at taken date every month",
         "WINDOW kind=snapshot at taken date every=month\n"},
        {"window month every month", "WINDOW kind=month every=month\n"},
        {"window quarter every quarter", "WINDOW kind=quarter every=quarter\n"},
        {"window rolling 12 months every quarter behind 1 month",
         "WINDOW kind=rolling months=12 every=quarter behind=1\n"},
        {"window year to date every month", "WINDOW kind=year to date every=month\n"},
        {"window financial year every year", "WINDOW kind=financial year every=year\n"},
        {"window academic year every year", "WINDOW kind=academic year every=year\n"},
        {"window calendar year every year", "WINDOW kind=calendar year every=year\n"},
        {"window snapshot every year to 31 August",
         "WINDOW kind=snapshot every=year year_end=2000-08-31 has_year_end\n"},
        {"window month", "WINDOW kind=month\n"},
        {"good high", "GOOD kind=high\n"},
        {"good low", "GOOD kind=low\n"},
        {"good neutral", "GOOD kind=neutral\n"},
        {"good between 90% and 95%", "GOOD kind=between\n  low: NUMBER value=90 kind=percent\n"
                                     "  high: NUMBER value=95 kind=percent\n"},
        {"good low \"46+\"", "GOOD_BANDS kind=low bands=\"46+\"\n"},
        {"compare previous month", "COMPARE kind=previous month\n"},
        {"compare previous quarter", "COMPARE kind=previous quarter\n"},
        {"compare previous year", "COMPARE kind=previous year\n"},
        {"compare same period last year", "COMPARE kind=same period last year\n"},
        {"compare previous month same within 1 point",
         "COMPARE kind=previous month same=points\n  same_within: NUMBER value=1 kind=plain\n"},
        {"compare previous month same within 1% of previous",
         "COMPARE kind=previous month same=% of previous\n"
         "  same_within: NUMBER value=1 kind=percent\n"},
    };
    CHECK_CLAUSES("indicator a \"T\"", cases);
}
END_TEST

START_TEST(clauses_of_a_report) {
    static const Case cases[] = {
        {"field \"Programme\" \"Programme 6\"",
         "REPORT_FIELD title=\"Programme\" text=\"Programme 6\"\n"},
        {"every month", "REPORT_EVERY every=month\n"},
        {"every quarter", "REPORT_EVERY every=quarter\n"},
        {"every year", "REPORT_EVERY every=year\n"},
        {"narrative \"narrative/{period}.md\"",
         "TEXT_CLAUSE word=narrative text=\"narrative/{period}.md\"\n"},
        {"part \"1. Overall\"", "REPORT_PART title=\"1. Overall\"\n"},
        {"part \"1. Overall\" status", "REPORT_PART title=\"1. Overall\" status\n"},
        {"section \"2. Permanence\"", "REPORT_SECTION title=\"2. Permanence\"\n"},
        {"show a", "SHOW names=a\n"},
        {"show a, b,\n        c", "SHOW names=a,b,c\n"},
        {"show a with b", "SHOW names=a with=b\n"},
        {"show a\n      with b, c", "SHOW names=a with=b,c\n"},
        {"show a as chart", "SHOW names=a chart_months=12\n"},
        {"show a, b as chart of 2 months", "SHOW names=a,b chart_months=2\n"},
        {"show a with b as chart of 120 months", "SHOW names=a with=b chart_months=120\n"},
        {"refer \"6. Workforce\" \"See Priority 7\"",
         "REFER title=\"6. Workforce\" text=\"See Priority 7\"\n"},
        {"why \"x\"", "TEXT_CLAUSE word=why text=\"x\"\n"},
        {"method \"x\"", "TEXT_CLAUSE word=method text=\"x\"\n"},
        {"guidance \"x\"", "TEXT_CLAUSE word=guidance text=\"x\"\n"},
        {"note \"x\"", "TEXT_CLAUSE word=note text=\"x\"\n"},
        {"owner \"x\"", "TEXT_CLAUSE word=owner text=\"x\"\n"},
    };
    CHECK_CLAUSES("report r \"R\"", cases);
}
END_TEST

/* The words of a report mean something in their places alone. */
START_TEST(words_of_a_report_are_names_elsewhere) {
    static const Case cases[] = {
        {"show with with as as chart", "SHOW names=with with=as chart_months=12\n"},
        {"show chart, status with chart", "SHOW names=chart,status with=chart\n"},
        {"show show, section", "SHOW names=show,section\n"},
        {"show `where`", "SHOW names=where\n"},
    };
    CHECK_CLAUSES("report r \"R\"", cases);
    ck_assert_str_eq(syntax_clauses("source s \"S\"\n    key status\n    column chart text\n"),
                     "KEY columns=status\nCOLUMN name=chart\n  type: TYPE word=text\n");
    syntax_check_round_trip("define f(chart) = chart.status + status\n");
}
END_TEST

/* Each is told on its line, and the clauses after it are read. */
START_TEST(faults_in_a_report) {
    static const struct {
        const char *clause, *fault;
    } cases[] = {
        {"every week", "2:11 KPI0103\n"},
        {"every 12 months", "2:11 KPI0103\n"},
        {"show", "2:9 KPI0104\n"},
        {"show a b", "2:12 KPI0103\n"},
        {"show \"a\"", "2:10 KPI0103\n"},
        {"show a as", "2:14 KPI0104\n"},
        {"show a as graph", "2:15 KPI0103\n"},
        {"show a as chart with b", "2:21 KPI0103\n"},
        {"show a as chart of 12", "2:26 KPI0104\n"},
        {"show a as chart of 0 months", "2:24 KPI0450\n"},
        {"show a as chart of 1 month", "2:24 KPI0450\n"},
        {"show a as chart of 2.5 months", "2:24 KPI0450\n"},
        {"show a as chart of 121 months", "2:24 KPI0450\n"},
        {"show a with", "2:16 KPI0104\n"},
        {"part Overall", "2:10 KPI0103\n"},
        {"part \"A\" stauts", "2:14 KPI0103\n"},
        {"field A", "2:11 KPI0103\n"},
        {"field", "2:10 KPI0104\n"},
        {"field \"A\" \"b\" \"c\"", "2:19 KPI0103\n"},
        {"refer \"A\"", "2:14 KPI0104\n"},
        {"section", "2:12 KPI0104\n"},
        {"narrative file.md", "2:15 KPI0103\n"},
        {"basis percent", "2:5 KPI0102\n"},
        {"rubbish", "2:5 KPI0101\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        syntax_finish();
        syntax_start();
        const char *text =
            arena_printf(syntax_session()->arena, "report r \"R\"\n    %s\n    show z\nuse a\n",
                         cases[i].clause);
        ck_assert_str_eq(syntax_tree(text), "FILE\n  REPORT name=r title=\"R\"\n    BROKEN_CLAUSE\n"
                                            "    SHOW names=z\n  USE library=a\n");
        ck_assert_str_eq(syntax_faults(), cases[i].fault);
    }
}
END_TEST

/* What was read of a damaged header is kept, and its clauses are. */
START_TEST(faults_in_the_header_of_a_report) {
    ck_assert_str_eq(syntax_tree("report\n    show a\nreport b\n    show a\n"
                                 "report c title\n    show a\nreport d \"D\" from\n    show a\n"
                                 "reprot e \"E\"\n    show a\n"),
                     "FILE\n  REPORT\n    SHOW names=a\n    BROKEN_CLAUSE\n"
                     "  REPORT name=b\n    SHOW names=a\n    BROKEN_CLAUSE\n"
                     "  REPORT name=c\n    SHOW names=a\n    BROKEN_CLAUSE\n"
                     "  REPORT name=d title=\"D\"\n    SHOW names=a\n    BROKEN_CLAUSE\n"
                     "  REPORT name=e title=\"E\"\n    SHOW names=a\n");
    ck_assert_str_eq(syntax_faults(),
                     "1:7 KPI0104\n3:9 KPI0104\n5:10 KPI0103\n7:14 KPI0103\n9:1 KPI0100\n");
}
END_TEST

START_TEST(a_clause_of_a_report_stands_in_no_indicator) {
    ck_assert_str_eq(syntax_clauses("indicator a \"T\"\n    show b\n    every month\n"),
                     "BROKEN_CLAUSE\nBROKEN_CLAUSE\n");
    ck_assert_str_eq(syntax_faults(), "2:5 KPI0102\n3:5 KPI0102\n");
}
END_TEST

START_TEST(row_sets_and_timings) {
    static const Case cases[] = {
        {"denominator s p", "DENOMINATOR\n  rowset: ROWSET source=s alias=p\n"},
        {"denominator s p dated d",
         "DENOMINATOR\n  rowset: ROWSET source=s alias=p timing=dated\n    start: NAME name=d\n"},
        {"denominator s p held (d + 1 day) to e where f",
         "DENOMINATOR\n  rowset: ROWSET source=s alias=p timing=held\n"
         "    start: PARENTHESES\n      inner: ARITHMETIC op=+\n        left: NAME name=d\n"
         "        right: DURATION amount=1 unit=days\n    end: NAME name=e\n"
         "    where: NAME name=f\n"},
        {"denominator s p active d to period end",
         "DENOMINATOR\n  rowset: ROWSET source=s alias=p timing=active\n    start: NAME name=d\n"
         "    end: PERIOD_WORD word=period end\n"},
        {"denominator s p latest d",
         "DENOMINATOR\n  rowset: ROWSET source=s alias=p timing=latest\n    start: NAME name=d\n"},
        {"numerator those where a", "NUMERATOR\n  those: NAME name=a\n"},
    };
    CHECK_CLAUSES("indicator a \"T\"", cases);
}
END_TEST

START_TEST(quantities) {
    static const Case cases[] = {
        {"value count of s p", "VALUE\n  value: QUANTITY kind=count\n"
                               "    rowset: ROWSET source=s alias=p\n"},
        {"denominator count of d", "DENOMINATOR\n  quantity: QUANTITY kind=count\n"
                                   "    rowset: ROWSET source=d\n"},
        {"numerator count distinct a of d",
         "NUMERATOR\n  quantity: QUANTITY kind=count distinct\n    value: NAME name=a\n"
         "    rowset: ROWSET source=d\n"},
        {"value sum known a of d", "VALUE\n  value: QUANTITY kind=sum known\n"
                                   "    value: NAME name=a\n    rowset: ROWSET source=d\n"},
        {"value mean a of d", "VALUE\n  value: QUANTITY kind=mean\n    value: NAME name=a\n"
                              "    rowset: ROWSET source=d\n"},
        {"value median a of d", "VALUE\n  value: QUANTITY kind=median\n    value: NAME name=a\n"
                                "    rowset: ROWSET source=d\n"},
        {"value min a of d", "VALUE\n  value: QUANTITY kind=min\n    value: NAME name=a\n"
                             "    rowset: ROWSET source=d\n"},
        {"value max a of d", "VALUE\n  value: QUANTITY kind=max\n    value: NAME name=a\n"
                             "    rowset: ROWSET source=d\n"},
        {"value percentile 90 days(a, b) of d",
         "VALUE\n  value: QUANTITY kind=percentile percentile=90\n    value: CALL name=days\n"
         "      NAME name=a\n      NAME name=b\n    rowset: ROWSET source=d\n"},
        {"value first a of d by b", "VALUE\n  value: QUANTITY kind=first\n    value: NAME name=a\n"
                                    "    rowset: ROWSET source=d\n    by: NAME name=b\n"},
        {"value last a of s p where c by b",
         "VALUE\n  value: QUANTITY kind=last\n    value: NAME name=a\n"
         "    rowset: ROWSET source=s alias=p\n      where: NAME name=c\n    by: NAME name=b\n"},
        {"value (count of d) / 2",
         "VALUE\n  value: ARITHMETIC op=/\n    left: PARENTHESES\n"
         "      inner: QUANTITY kind=count\n        rowset: ROWSET source=d\n"
         "    right: NUMBER value=2 kind=plain\n"},
        {"value count", "VALUE\n  value: NAME name=count\n"},
    };
    CHECK_CLAUSES("indicator a \"T\"", cases);
}
END_TEST

/* The nodes of one condition. */
static const char *condition(const char *text) {
    Arena *arena = syntax_session()->arena;
    const char *tree = syntax_tree(arena_printf(arena, "define d = %s\n", text));
    ck_assert_str_eq(syntax_messages(), "");
    return strstr(tree, "body: ") + strlen("body: ");
}

START_TEST(conditions) {
    static const Case cases[] = {
        {"a is missing", "IS_MISSING\n      value: NAME name=a\n"},
        {"a is not missing", "IS_MISSING negated\n      value: NAME name=a\n"},
        {"a in c", "IN_CODES codes=c\n      value: NAME name=a\n"},
        {"a not in c", "IN_CODES codes=c negated\n      value: NAME name=a\n"},
        {"a not in (1)", "IN_LIST negated\n      value: NAME name=a\n"
                         "      NUMBER value=1 kind=plain\n"},
        {"a between 1 and b",
         "BETWEEN\n      value: NAME name=a\n      low: NUMBER value=1 kind=plain\n"
         "      high: NAME name=b\n"},
        {"a within 45 working days after b",
         "WITHIN\n      date: NAME name=a\n      duration: DURATION amount=45 unit=working days\n"
         "      anchor: NAME name=b\n"},
        {"a within 2.5 years before b",
         "WITHIN before\n      date: NAME name=a\n      duration: DURATION amount=2.5 unit=years\n"
         "      anchor: NAME name=b\n"},
        {"a in 6 weeks to taken date",
         "IN_SPAN\n      date: NAME name=a\n      duration: DURATION amount=6 unit=weeks\n"
         "      anchor: PERIOD_WORD word=taken date\n"},
        {"elapsed a to b >= 1 quarter",
         "COMPARISON op=>=\n      left: ELAPSED\n        from: NAME name=a\n"
         "        to: NAME name=b\n      right: DURATION amount=1 unit=quarters\n"},
        {"exists another s q", "EXISTS another\n      rowset: ROWSET source=s alias=q\n"},
        {"none s q where a and b",
         "EXISTS none\n      rowset: ROWSET source=s alias=q\n        where: LOGIC op=and\n"
         "          NAME name=a\n          NAME name=b\n"},
        {"not a or b", "LOGIC op=or\n      NOT\n        operand: NAME name=a\n"
                       "      NAME name=b\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_str_eq(condition(cases[i].text), cases[i].tree);
}
END_TEST

START_TEST(a_chain_is_one_node) {
    ck_assert_str_eq(condition("a and b and c and (d or e)"),
                     "LOGIC op=and\n      NAME name=a\n      NAME name=b\n      NAME name=c\n"
                     "      PARENTHESES\n        inner: LOGIC op=or\n          NAME name=d\n"
                     "          NAME name=e\n");
}
END_TEST

START_TEST(operators_bind_as_in_arithmetic) {
    ck_assert_str_eq(condition("a - b - c * -d"),
                     "ARITHMETIC op=-\n      left: ARITHMETIC op=-\n        left: NAME name=a\n"
                     "        right: NAME name=b\n      right: ARITHMETIC op=*\n"
                     "        left: NAME name=c\n        right: NEGATE\n"
                     "          operand: NAME name=d\n");
}
END_TEST

START_TEST(a_where_reaches_over_and_to_the_end) {
    ck_assert_str_eq(condition("x and exists s q where a and b"),
                     "LOGIC op=and\n      NAME name=x\n      EXISTS\n"
                     "        rowset: ROWSET source=s alias=q\n          where: LOGIC op=and\n"
                     "            NAME name=a\n            NAME name=b\n");
    ck_assert_str_eq(condition("(exists s q where a) and b"),
                     "LOGIC op=and\n      PARENTHESES\n        inner: EXISTS\n"
                     "          rowset: ROWSET source=s alias=q\n"
                     "            where: NAME name=a\n      NAME name=b\n");
}
END_TEST

START_TEST(declarations) {
    ck_assert_str_eq(
        syntax_tree("use a\nuse \"b.kpi\"\ndefine z = 0\ndefine f(x, end) = x\n"
                    "source s \"S\"\nreport r \"R\"\n"
                    "test a at 2017-01 \"t\"\n    given s\nneighbours n \"N\" of \"9\"\n"
                    "rating q \"Q\"\n"),
        "FILE\n"
        "  USE library=a\n"
        "  USE path=\"b.kpi\"\n"
        "  DEFINE name=z\n    body: NUMBER value=0 kind=plain\n"
        "  DEFINE name=f parameters=x,end\n    body: NAME name=x\n"
        "  SOURCE name=s title=\"S\"\n"
        "  REPORT name=r title=\"R\"\n"
        "  TEST name=a period=2017-01 title=\"t\"\n    GIVEN source=s\n"
        "  NEIGHBOURS name=n title=\"N\" of=\"9\"\n"
        "  RATING name=q title=\"Q\"\n");
    ck_assert_str_eq(syntax_messages(), "");
}
END_TEST

/* ---- faults: each gives its one message on its line, and hides nothing else ---- */

typedef struct Fault {
    const char *text;   /* a clause of an indicator, on line 3, with its indentation */
    const char *faults; /* "LINE:COLUMN CODE\n" */
    const char *words;  /* part of the messages */
} Fault;

/* The clause of line 3 is broken; those around it and the next indicator are understood. */
static void check_fault(const Fault *fault) {
    syntax_finish();
    syntax_start(); /* the messages of this one alone */
    Arena *arena = syntax_session()->arena;
    const char *text = arena_printf(arena,
                                    "indicator a \"T\"\n    why \"before\"\n%s\n"
                                    "    owner \"after\"\nindicator b \"U\"\n    good low\n",
                                    fault->text);
    const char *tree = syntax_tree(text);
    ck_assert_str_eq(syntax_faults(), fault->faults);
    const char *messages = syntax_messages();
    ck_assert_msg(strstr(messages, fault->words) != NULL, "%s\nlacks: %s", messages, fault->words);
    ck_assert_msg(strstr(tree, "TEXT_CLAUSE word=why text=\"before\"") != NULL, "%s", tree);
    ck_assert_msg(strstr(tree, "TEXT_CLAUSE word=owner text=\"after\"") != NULL, "%s", tree);
    ck_assert_msg(strstr(tree, "INDICATOR name=b title=\"U\"\n    GOOD kind=low\n") != NULL, "%s",
                  tree);
}

static void check_faults(const Fault *faults, size_t len) {
    for (size_t i = 0; i < len; i++)
        check_fault(&faults[i]);
}
#define CHECK_FAULTS(faults) check_faults(faults, sizeof(faults) / sizeof *(faults))

START_TEST(misspelt_words) {
    static const Fault faults[] = {
        {"    windw snapshot", "3:5 KPI0101\n", "did you mean 'window'?"},
        {"    zebra snapshot", "3:5 KPI0101\n", "unknown clause 'zebra' in an indicator"},
        {"    colunm x text", "3:5 KPI0101\n", "'column' is a clause of a source"},
        {"    column x text", "3:5 KPI0102\n", "'column' is a clause of a source"},
        {"    numerator those where p.x\n    and p.y", "4:5 KPI0106\n", "indent it deeper"},
        {"    12", "3:5 KPI0101\n", "a clause starts with its word"},
        {"    basis precent", "3:11 KPI0103\n", "did you mean 'percent'?"},
        {"    window rolling 12 moths every month", "3:23 KPI0103\n", "did you mean 'months'?"},
        {"    window snapshot evry month", "3:21 KPI0103\n", "did you mean 'every'?"},
        {"    good lowr", "3:10 KPI0103\n", "did you mean 'low'?"},
        {"    compare previous mnth", "3:22 KPI0103\n", "did you mean 'month'?"},
        {"    denominator s p datd p.x", "3:21 KPI0103\n", "did you mean 'dated'?"},
        {"    value cout of s p", "3:16 KPI0103\n", "did you mean 'count' instead of 'cout'?"},
        {"    numerator those where exsists s q", "3:35 KPI0103\n",
         "did you mean 'exists' instead of 'exsists'?"},
        {"    numerator those where p.x within 2 yeers before p.y", "3:40 KPI0103\n",
         "did you mean 'years'?"},
    };
    CHECK_FAULTS(faults);
}
END_TEST

START_TEST(unfinished_clauses) {
    static const Fault faults[] = {
        {"    basis", "3:10 KPI0104\n", "unfinished clause: expected"},
        {"    window rolling 12", "3:22 KPI0104\n", "expected 'month' or 'months'"},
        {"    value 1 +", "3:14 KPI0104\n", "expected an expression"},
        {"    value (1", "3:13 KPI0104\n", "expected ')'"},
        {"    denominator s", "3:18 KPI0104\n", "expected a name"},
        {"    denominator s p where", "3:26 KPI0104\n", "expected a condition"},
        {"    review # when?", "3:11 KPI0104\n", "expected a date"},
        {"    value 1 +\n\n    # c", "3:14 KPI0104\n", "expected an expression"},
    };
    CHECK_FAULTS(faults);
}
END_TEST

START_TEST(texts_and_names) {
    static const Fault faults[] = {
        {"    target 5% \"SN", "3:15 KPI0109\n", "no closing quote"},
        {"    exclude x \"a where p.x = \"b\"", "3:15 KPI0109\n", "do not pair"},
        {"    target 5% \xE2\x80\x9CSN\xE2\x80\x9D", "3:15 KPI0110\n", "straight double quote"},
        {"    value count of s p where p.x = 'A'", "3:36 KPI0110\n", "a single quote"},
        {"    owner Somebody", "3:11 KPI0103\n", "a text stands between double quotes"},
        {"    value `x", "3:11 KPI0125\n", "no closing backquote"},
        {"    value x.`y", "3:12 KPI0125\n", "no closing backquote"},
        {"    value `` + 1", "3:11 KPI0125\n", "empty"},
        {"    why \"\"\"\n      x\ny\n      z\n      \"\"\"", "3:9 KPI0124\n", "5:1: note"},
    };
    CHECK_FAULTS(faults);
}
END_TEST

START_TEST(operators_of_other_languages) {
    static const Fault faults[] = {
        {"    value count of s p where p.x == 1", "3:34 KPI0111\n", "write '='"},
        {"    value count of s p where p.x <> 1", "3:34 KPI0111\n", "write '!='"},
        {"    value count of s p where p.x => 1", "3:34 KPI0111\n", "write '>='"},
        {"    value count of s p where p.x =< 1", "3:34 KPI0111\n", "write '<='"},
        {"    value count of s p where p.x && p.y", "3:34 KPI0111\n", "write 'and'"},
        {"    value count of s p where p.x || p.y", "3:34 KPI0111\n", "write 'or'"},
        {"    value count of s p where !p.x", "3:30 KPI0111\n", "write 'not'"},
        {"    value count of s p where p.x \xE2\x89\xA5 1", "3:34 KPI0111\n", "write >="},
        {"    value count of s p where p.x is not null", "3:41 KPI0121\n", "is not missing"},
        {"    value count of s p where p.x is null", "3:37 KPI0121\n", "write 'is missing'"},
        {"    value count of s p where p.x = missing", "3:36 KPI0121\n", "write 'is missing'"},
        {"    value count of s p where p.x != null", "3:37 KPI0121\n", "write 'is not missing'"},
    };
    CHECK_FAULTS(faults);
}
END_TEST

START_TEST(numbers_and_dates) {
    static const Fault faults[] = {
        {"    value x + 5,000", "3:15 KPI0112\n", "write 5000"},
        {"    value count of s p where p.x in (5,123, 6)", "3:38 KPI0112\n", "5, 123"},
        {"    review 2017-02-30", "3:12 KPI0113\n", "there is no day 2017-02-30"},
        {"    note 2016/18 \"x\"", "3:10 KPI0114\n", "did you mean 2016/17?"},
        {"    note 2016/2017 \"x\"", "3:10 KPI0114\n", "write 2016/17"},
        {"    note 2016-17 \"x\"", "3:10 KPI0114\n", "2016/17"},
        {"    note 2017-13 \"x\"", "3:10 KPI0114\n", "there is no month 2017-13"},
        {"    note 2016/17-Q5 \"x\"", "3:10 KPI0114\n", "2016/17-Q1 to 2016/17-Q4"},
        {"    note 2017-Q1 \"x\"", "3:10 KPI0114\n", "2016/17-Q4"},
        {"    note 16 \"x\"", "3:10 KPI0114\n", "expected a period"},
        {"    review 31/01/2017", "3:12 KPI0115\n", "write 2017-01-31"},
        {"    review 31.1.17", "3:12 KPI0115\n", "write 2017-01-31"},
        {"    review 2017-1-5", "3:12 KPI0115\n", "write 2017-01-05"},
        {"    note 01/2017 \"x\"", "3:10 KPI0115\n", "write 2017-01"},
        {"    value 6weeks", "3:11 KPI0116\n", "put a space"},
        {"    value 1.2.x", "3:11 KPI0116\n", "neither a number nor"},
        {"    value 12345678901234567890", "3:11 KPI0116\n", "too many digits"},
        {"    value 5-3", "3:11 KPI0117\n", "write 5 - 3"},
        {"    value 5/3", "3:11 KPI0117\n", "write 5 / 3"},
        {"    target $5", "3:12 KPI0122\n", "in pounds"},
        {"    target \xE2\x82\xAC"
         "5",
         "3:12 KPI0122\n", "in pounds"},
        {"    target \xC2\xA3 5", "3:12 KPI0103\n", "right after the pound sign"},
        {"    value .5", "3:11 KPI0123\n", "0.5"},
        {"    value 5 %", "3:13 KPI0123\n", "95%"},
        {"    value a;", "3:12 KPI0123\n", "a semicolon"},
        {"    value a ? b", "3:13 KPI0123\n", "unexpected character '?'"},
        {"    value\xC2\xA0"
         "a",
         "3:10 KPI0123\n", "no-break space"},
        {"    decimals 1.5", "3:14 KPI0131\n", "from 0 to 9"},
        {"    window rolling 0 months every month", "3:20 KPI0131\n", "from 1 to 1200"},
        {"    window snapshot every year to 31 June", "3:35 KPI0133\n", "31 August"},
        {"    window snapshot every year to 31 Augst", "3:35 KPI0133\n", "did you mean 'August'?"},
    };
    CHECK_FAULTS(faults);
}
END_TEST

START_TEST(conditions_that_read_two_ways) {
    static const Fault faults[] = {
        {"    numerator those where 1 < p.x < 3", "3:27 KPI0118\n", "between a and c"},
        {"    numerator those where p.x or p.y and p.z", "3:38 KPI0119\n",
         "parentheses: (p.x or p.y) and p.z; or: p.x or (p.y and p.z)"},
        {"    numerator those where p.x\n        # c\n        and p.y or p.z", "5:17 KPI0119\n",
         "parentheses: (p.x and p.y) or p.z; or: p.x and (p.y or p.z)"},
        {"    numerator those where exists s q where q.x or p.y", "3:48 KPI0120\n",
         "parentheses: (exists s q where q.x) or p.y; or: exists s q where (q.x or p.y)"},
        {"    numerator those where exists s q where q.x and q.y or p.y", "3:56 KPI0120\n",
         "parentheses: (exists s q where q.x and q.y) or p.y; or: exists s q where ((q.x and q.y) "
         "or "
         "p.y)"},
        {"    numerator those where none s q where q.x and exists t u where u.y", "3:50 KPI0120\n",
         "parentheses: (none s q where q.x) and (exists t u where u.y); or: none s q where q.x and "
         "(exists t u where u.y)"},
        {"    numerator those where (exists s q where q.x and not exists t u)", "3:53 KPI0120\n",
         "belongs to the 'where' of 'exists'"},
    };
    CHECK_FAULTS(faults);
}
END_TEST

START_TEST(what_analysts_forget) {
    static const Fault faults[] = {
        {"    denominator cp_plan dated p.start", "3:25 KPI0103\n", "cp_plan p"},
        {"    value sum p.x of s p / 5", "3:26 KPI0103\n", "a quantity stands in parentheses"},
        {"    basis percent of all", "3:19 KPI0103\n", "expected end of the line"},
        {"    numerator p.x = 1", "3:15 KPI0103\n", "expected"},
    };
    CHECK_FAULTS(faults);
}
END_TEST

START_TEST(lines_in_the_wrong_column) {
    static const Fault faults[] = {
        {"\tbasis percent", "3:1 KPI0105\n", "a tab in the indentation"},
        {"  basis percent", "3:3 KPI0106\n", "in column 5"},
        {"basis percent", "3:1 KPI0107\n", "the clause 'basis' is not indented"},
        {"and more", "3:1 KPI0134\n", "must start a declaration"},
        {"12", "3:1 KPI0134\n", "must start a declaration"},
        {"widget w \"W\"\n    xyz\nindicator c \"C\"", "3:1 KPI0100\n", "unknown declaration"},
        {"indicater c \"C\"", "3:1 KPI0100\n", "did you mean 'indicator'?"},
        {"    indicator c \"C\"", "3:5 KPI0108\n", "the declaration 'indicator' is indented"},
        {"        indicator c \"C\"", "3:9 KPI0108\n", "is indented"},
        {"  source s \"S\" from \"t\"\n    key a\nindicator c \"C\"", "3:3 KPI0108\n",
         "is indented"},
    };
    CHECK_FAULTS(faults);
    /* where only the column is wrong, the clause is understood */
    ck_assert_str_eq(syntax_clauses("indicator a \"T\"\n    why \"x\"\n  basis percent\n"
                                    "good low\n\tdecimals 1\n"),
                     "TEXT_CLAUSE word=why text=\"x\"\nBASIS kind=percent\nGOOD kind=low\n"
                     "DECIMALS places=1\n");
}
END_TEST

START_TEST(tabs_are_told_once_a_file) {
    syntax_parse("indicator a \"T\"\n\tbasis percent\n\tgood low\n\t\t\n\twhy \"x\"\n\t\t\"y\"\n");
    ck_assert_str_eq(syntax_faults(), "2:1 KPI0105\n6:3 KPI0103\n");
}
END_TEST

START_TEST(damaged_headers_keep_their_names_and_clauses) {
    ck_assert_str_eq(syntax_tree("indicator a\n    basis percent\n"
                                 "source s \"S\" frm \"t\"\n    key k\n"
                                 "codes c \"C\n    A \"x\"\n"
                                 "calendar\n    weekend sunday\n"
                                 "project \"P\" x\n    store \"s\"\n"),
                     "FILE\n"
                     "  INDICATOR name=a\n    BASIS kind=percent\n    BROKEN_CLAUSE\n"
                     "  SOURCE name=s title=\"S\"\n    KEY columns=k\n    BROKEN_CLAUSE\n"
                     "  CODES name=c title=\"C\"\n    CODE code=\"A\" title=\"x\"\n"
                     "  CALENDAR\n    WEEKEND days=sunday\n    BROKEN_CLAUSE\n"
                     "  PROJECT\n    TEXT_CLAUSE word=store text=\"s\"\n    BROKEN_CLAUSE\n");
    ck_assert_str_eq(syntax_faults(),
                     "1:12 KPI0104\n3:14 KPI0103\n5:9 KPI0109\n7:9 KPI0104\n9:13 KPI0103\n");
}
END_TEST

START_TEST(every_declaration_keeps_what_its_header_says) {
    static const char *const words[] = {"source", "codes", "calendar", "indicator"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        Arena *arena = syntax_session()->arena;
        const char *w = words[i];
        const char *tree = syntax_tree(arena_printf(
            arena, "%s a\n%s b 5 \"B\"\n%s c \"C\" )\n%s = \"D\"\n%s e \"E\"\n", w, w, w, w, w));
        ck_assert_msg(strstr(tree, "name=a\n") && strstr(tree, "name=b\n") &&
                          strstr(tree, "name=c title=\"C\"\n") &&
                          strstr(tree, "name=e title=\"E\""),
                      "%s", tree);
    }
    ck_assert_uint_eq(diags_errors(syntax_session()->diags), 16);
}
END_TEST

START_TEST(readings_are_shown_in_reasonable_length) {
    StrBuf text = {0};
    strbuf_add(&text, "indicator a \"T\"\n    numerator those where p.x");
    for (int i = 0; i < 100; i++)
        strbuf_addf(&text, " or p.x = \"\xC3\xA9\xC3\xA9\xC3\xA9%d\"", i);
    strbuf_add(&text, " and p.y\n");
    syntax_parse(strbuf_text(&text));
    strbuf_fini(&text);
    const char *help = strstr(syntax_messages(), "help: ");
    ck_assert(help != NULL && strlen(help) < 800);
    ck_assert(strstr(help, "\xE2\x80\xA6") != NULL);
    ck_assert(strstr(help, "\xEF\xBF\xBD") == NULL); /* no character is cut in two */
}
END_TEST

START_TEST(damaged_defines_keep_their_names) {
    ck_assert_str_eq(syntax_tree("define f(x) = x +\ndefine g = (1\ndefine h(a b) = 2\ndefine i\n"
                                 "define j(a) = a == 1\ndefine k = 1\nuse\ndefine 5\n"),
                     "FILE\n"
                     "  DEFINE name=f parameters=x\n"
                     "  DEFINE name=g\n"
                     "  DEFINE name=h\n"
                     "  DEFINE name=i\n"
                     "  DEFINE name=j parameters=a\n"
                     "  DEFINE name=k\n    body: NUMBER value=1 kind=plain\n");
    ck_assert_str_eq(syntax_faults(),
                     "1:18 KPI0104\n2:14 KPI0104\n3:12 KPI0103\n4:9 KPI0104\n5:17 KPI0111\n"
                     "7:4 KPI0104\n8:8 KPI0103\n");
}
END_TEST

START_TEST(damaged_codes_and_rows) {
    ck_assert_str_eq(syntax_tree("codes c \"C\"\n    A\n    B \"b\"\n    \xE2\x80\x9C"
                                 "D\xE2\x80\x9D \"d\"\n    E \"e\" from soon\n"
                                 "source s \"S\"\n    rows\n    key a\n"
                                 "source t \"T\"\n    rows a\n         'x'\n    key a\n"),
                     "FILE\n"
                     "  CODES name=c title=\"C\"\n    BROKEN_CLAUSE\n"
                     "    CODE code=\"B\" title=\"b\"\n    BROKEN_CLAUSE\n    BROKEN_CLAUSE\n"
                     "  SOURCE name=s title=\"S\"\n    BROKEN_CLAUSE\n    KEY columns=a\n"
                     "  SOURCE name=t title=\"T\"\n    BROKEN_CLAUSE\n    KEY columns=a\n");
    ck_assert_str_eq(syntax_faults(),
                     "2:6 KPI0104\n4:5 KPI0110\n5:16 KPI0103\n7:9 KPI0104\n11:10 KPI0110\n");
}
END_TEST

START_TEST(an_indented_line_needs_a_declaration) {
    syntax_parse("    basis percent\n    good low\nuse a\n");
    ck_assert_str_eq(syntax_faults(), "1:5 KPI0132\n");
}
END_TEST

START_TEST(a_fence_without_end_is_told_at_its_start) {
    syntax_parse("indicator a \"T\"\n    why \"\"\"\n        text\n");
    ck_assert_str_eq(syntax_faults(), "2:9 KPI0124\n");
    const char *tree = syntax_tree("indicator a \"T\"\n    why \"\"\"\n        text\n"
                                   "indicator b \"U\"\n    good low\n");
    ck_assert(strstr(tree, "INDICATOR name=b title=\"U\"\n    GOOD kind=low\n") != NULL);
}
END_TEST

START_TEST(faults_in_a_test_end_with_their_clause) {
    ck_assert_str_eq(
        syntax_tree("test a at 2017-01 \"A\"\n    given (((\n    expect 1 of\n"
                    "    expect 2\n    indicator b \"U\"\n    good low\n"),
        "FILE\n  TEST name=a period=2017-01 title=\"A\"\n    BROKEN_CLAUSE\n"
        "    BROKEN_CLAUSE\n    EXPECT kind=value\n      value: NUMBER value=2 kind=plain\n"
        "  INDICATOR name=b title=\"U\"\n    GOOD kind=low\n");
    ck_assert_str_eq(syntax_faults(), "2:11 KPI0103\n3:16 KPI0104\n5:5 KPI0108\n");
}
END_TEST

START_TEST(ok_says_whether_the_file_was_read_without_error) {
    ck_assert(!syntax_parse("basis\n")->ok);
    ck_assert(syntax_parse("use a\n")->ok); /* whatever was wrong with another file */
}
END_TEST

/* ---- bytes that are no text, and limits ---- */

START_TEST(bytes_that_are_no_text) {
    static const char latin[] = "indicator a \"T\"\n    why \"caf\xE9\"\n    basis \xA3\n"
                                "    good low\n";
    const char *tree = syntax_tree(latin);
    ck_assert_str_eq(syntax_faults(), "2:13 KPI0126\n");
    ck_assert(strstr(tree, "GOOD kind=low") != NULL);
    syntax_finish();
    syntax_start();
    static const char nul[] = "use a\0\nuse b\n";
    syntax_parse_len(nul, sizeof nul - 1);
    ck_assert_str_eq(syntax_faults(), "1:6 KPI0127\n");
}
END_TEST

START_TEST(bad_utf8_of_all_kinds) {
    static const char *const bad[] = {"\x80",
                                      "\xC2",
                                      "\xC0\x80",
                                      "\xE0\x80\x80",
                                      "\xED\xA0\x80",
                                      "\xE2\x82",
                                      "\xF0\x80\x80\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xF5\x80",
                                      "\xE2\x28\xA1",
                                      "\xFF"};
    static const char *const good[] = {"\xC2\xA3", "\xE2\x82\xAC", "\xEF\xBF\xBD",
                                       "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t errors = diags_errors(syntax_session()->diags);
        syntax_parse(arena_printf(syntax_session()->arena, "use \"%s\"", bad[i]));
        ck_assert_uint_eq(diags_errors(syntax_session()->diags), errors + 1);
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ck_assert(syntax_parse(arena_printf(syntax_session()->arena, "use \"%s\"", good[i]))->ok);
}
END_TEST

/* before, then `part` many times, then after */
static ParsedFile *parse_repeated(const char *before, const char *part, size_t times,
                                  const char *after) {
    StrBuf text = {0};
    strbuf_add(&text, before);
    for (size_t i = 0; i < times; i++)
        strbuf_add(&text, part);
    strbuf_add(&text, after);
    ParsedFile *parsed = syntax_parse_len(text.text, text.len);
    strbuf_fini(&text);
    return parsed;
}

#define VALUE "indicator a \"T\"\n    value "
#define WHERE VALUE "count of s p where "
#define AFTER "\nindicator b \"U\"\n    good low\n"

START_TEST(too_deep_is_one_message) {
    static const struct {
        const char *before, *part, *after;
        size_t times;
    } cases[] = {
        {VALUE, "(", "1" AFTER, 50000},
        {VALUE, "f(", "1" AFTER, 50000},
        {VALUE "1", "+1", AFTER, 500000},
        {VALUE "x", " * x", AFTER, 200000},
        {VALUE "x", ".y", AFTER, 400000},
        {WHERE, "not ", "p.x" AFTER, 200000},
        {WHERE, "exists s p where ", "p.x" AFTER, 50000},
        {WHERE, "(not ", "p.x" AFTER, 50000},
        {WHERE, "(exists s p where ", "p.x" AFTER, 50000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        syntax_finish();
        syntax_start();
        ParsedFile *parsed =
            parse_repeated(cases[i].before, cases[i].part, cases[i].times, cases[i].after);
        ck_assert_uint_eq(diags_errors(syntax_session()->diags), 1);
        ck_assert(strstr(syntax_faults(), " KPI0130\n") != NULL);
        ck_assert_uint_eq(node_File(parsed->file)->declarations.len, 2);
    }
}
END_TEST

START_TEST(the_deepest_allowed_is_read) {
    StrBuf text = {0};
    strbuf_add(&text, VALUE);
    for (int i = 0; i < 199; i++)
        strbuf_add_char(&text, '(');
    strbuf_add_char(&text, 'x');
    for (int i = 0; i < 199; i++)
        strbuf_add_char(&text, ')');
    ck_assert(syntax_parse(strbuf_text(&text))->ok);
    strbuf_fini(&text);
    ck_assert(parse_repeated(VALUE "x", " + x", 199, "\n")->ok);
    ck_assert(!parse_repeated(VALUE "x", " + x", 200, "\n")->ok);
    /* chains are as long as they like */
    ck_assert(parse_repeated(WHERE "p.x", " and not p.x", 5000, "\n")->ok);
    ck_assert(parse_repeated(WHERE "p.x", " or (exists s q where q.x)", 2000, "\n")->ok);
}
END_TEST

START_TEST(too_many_nodes_is_one_message) {
    parse_repeated(WHERE "p.x", " and p.x", 60000, "\n    bassis x\n");
    ck_assert_uint_eq(diags_errors(syntax_session()->diags), 1);
    ck_assert(strstr(syntax_faults(), " KPI0129\n") != NULL);
}
END_TEST

START_TEST(too_long_a_file_is_one_message) {
    ParsedFile *parsed = parse_repeated("", "x", PARSE_MAX_BYTES + 1, "");
    ck_assert(!parsed->ok);
    ck_assert_uint_eq(node_File(parsed->file)->declarations.len, 0);
    ck_assert(strstr(syntax_messages(), "[KPI0128]") != NULL);
    ck_assert(parse_repeated("", "#", PARSE_MAX_BYTES, "")->ok);
}
END_TEST

/* Lines that a scanner could read again and again: quadratic time would never end here. */
START_TEST(long_lines_are_read_once) {
    parse_repeated(VALUE, "1,", 500000, "\n");
    parse_repeated(VALUE, "\"\"\"\"\"\" ", 140000, "\n");
    parse_repeated(VALUE, "`", 1000000, "\n");
    parse_repeated(VALUE, "9", 1000000, "\n");
    parse_repeated(VALUE, "\xE2\x80\x9C", 300000, "\n");
    parse_repeated("", "\"\"\"\n", 250000, "");
    ck_assert_uint_gt(diags_errors(syntax_session()->diags), 0);
}
END_TEST

static TCase *tree_tests(void) {
    TCase *tcase = tcase_create("trees");
    tcase_add_checked_fixture(tcase, syntax_start, syntax_finish);
    tcase_add_test(tcase, clauses_of_a_project);
    tcase_add_test(tcase, clauses_of_a_source);
    tcase_add_test(tcase, clauses_of_codes_and_calendars);
    tcase_add_test(tcase, clauses_of_an_indicator);
    tcase_add_test(tcase, forms_of_basis);
    tcase_add_test(tcase, forms_of_window_good_and_compare);
    tcase_add_test(tcase, clauses_of_a_report);
    tcase_add_test(tcase, words_of_a_report_are_names_elsewhere);
    tcase_add_test(tcase, row_sets_and_timings);
    tcase_add_test(tcase, quantities);
    tcase_add_test(tcase, conditions);
    tcase_add_test(tcase, a_chain_is_one_node);
    tcase_add_test(tcase, operators_bind_as_in_arithmetic);
    tcase_add_test(tcase, a_where_reaches_over_and_to_the_end);
    tcase_add_test(tcase, declarations);
    return tcase;
}

static TCase *fault_tests(void) {
    TCase *tcase = tcase_create("faults");
    tcase_add_checked_fixture(tcase, syntax_start, syntax_finish);
    tcase_add_test(tcase, misspelt_words);
    tcase_add_test(tcase, unfinished_clauses);
    tcase_add_test(tcase, texts_and_names);
    tcase_add_test(tcase, operators_of_other_languages);
    tcase_add_test(tcase, numbers_and_dates);
    tcase_add_test(tcase, conditions_that_read_two_ways);
    tcase_add_test(tcase, what_analysts_forget);
    tcase_add_test(tcase, lines_in_the_wrong_column);
    tcase_add_test(tcase, tabs_are_told_once_a_file);
    tcase_add_test(tcase, damaged_headers_keep_their_names_and_clauses);
    tcase_add_test(tcase, every_declaration_keeps_what_its_header_says);
    tcase_add_test(tcase, readings_are_shown_in_reasonable_length);
    tcase_add_test(tcase, damaged_defines_keep_their_names);
    tcase_add_test(tcase, damaged_codes_and_rows);
    tcase_add_test(tcase, an_indented_line_needs_a_declaration);
    tcase_add_test(tcase, a_fence_without_end_is_told_at_its_start);
    tcase_add_test(tcase, faults_in_a_test_end_with_their_clause);
    tcase_add_test(tcase, faults_in_a_report);
    tcase_add_test(tcase, faults_in_the_header_of_a_report);
    tcase_add_test(tcase, a_clause_of_a_report_stands_in_no_indicator);
    tcase_add_test(tcase, ok_says_whether_the_file_was_read_without_error);
    return tcase;
}

static TCase *limit_tests(void) {
    TCase *tcase = tcase_create("limits");
    tcase_add_checked_fixture(tcase, syntax_start, syntax_finish);
    tcase_set_timeout(tcase, 60); /* built with sanitizers, on a slow machine */
    tcase_add_test(tcase, bytes_that_are_no_text);
    tcase_add_test(tcase, bad_utf8_of_all_kinds);
    tcase_add_test(tcase, too_deep_is_one_message);
    tcase_add_test(tcase, the_deepest_allowed_is_read);
    tcase_add_test(tcase, too_many_nodes_is_one_message);
    tcase_add_test(tcase, too_long_a_file_is_one_message);
    tcase_add_test(tcase, long_lines_are_read_once);
    return tcase;
}

Suite *parse_suite(void) {
    Suite *suite = suite_create("parse");
    suite_add_tcase(suite, tree_tests());
    suite_add_tcase(suite, fault_tests());
    suite_add_tcase(suite, limit_tests());
    return suite;
}
