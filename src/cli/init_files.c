#include "cli/init_files.h"

static const char project_text[] = "# The project: what all its definitions share. kpic finds this "
                                   "file from any folder below it.\n"
                                   "\n"
                                   "project \"My indicators\"\n"
                                   "    store       \"kpi.db\"\n";

static const char sources_text[] =
    "# Sources: the tables of the data, column by column. The name after `source` is what\n"
    "# definitions say; the text after `from` is what the data calls it.\n"
    "\n"
    "source plan \"Child protection plans\" from \"plans\"\n"
    "    key         plan_id\n"
    "    covers      2021-01-01 to 2024-03-31\n"
    "    column      plan_id    text             from \"Plan\"\n"
    "    column      child      text             from \"Child\"\n"
    "    column      start      date             from \"Start\"\n"
    "    # open: an empty date means \"not yet\"\n"
    "    column      end        date open        from \"End\"\n"
    "    column      area       text in area     from \"Area\"\n"
    "\n"
    "codes area \"Areas\"\n"
    "    N           \"North\"\n"
    "    S           \"South\"\n";

static const char indicators_text[] =
    "# Indicators: one clause a line. Everything that changes a number is written here.\n"
    "\n"
    "# A stock: how many plans are open on the last day of each month.\n"
    "indicator plans_open \"Children with a child protection plan\"\n"
    "    value       count of plan p held p.start to p.end\n"
    "    by          p.area as \"Area\" total \"All areas\" with share\n"
    "    basis       count\n"
    "    window      snapshot every month\n"
    "    good        neutral\n"
    "\n"
    "# A proportion: of the plans that started in the year, how many are a child's second.\n"
    "indicator second_plan \"Plans that are the child's second within two years\"\n"
    "    why         \"A repeat plan suggests that the first did not last.\"\n"
    "    denominator plan p dated p.start\n"
    "    numerator   those where exists another plan q\n"
    "                    where q.child = p.child and q.end within 2 years before p.start\n"
    "    basis       percent\n"
    "    window      rolling 12 months every month\n"
    "    good        low\n"
    "    target      20% \"internal\"\n"
    "    decimals    1\n";

static const char tests_text[] =
    "# Tests: a few records written out, and what must come out. `kpic test` runs them.\n"
    "\n"
    "test second_plan at 2024-03 \"the second anniversary counts, a day longer does not\"\n"
    "    given       plan\n"
    "                plan_id  child  start       end\n"
    "                1        \"A\"    2021-06-01  2021-11-30\n"
    "                2        \"A\"    2023-11-30  -\n"
    "                3        \"B\"    2021-06-01  2021-11-29\n"
    "                4        \"B\"    2023-11-30  -\n"
    "    expect      1 of 2\n"
    "    expect      plan 4 not in numerator\n"
    "    expect      status missed\n"
    "\n"
    "test second_plan at 2024-03 \"the year to 31 March, both its ends in; a plan is no repeat of "
    "itself\"\n"
    "    given       plan\n"
    "                plan_id  child  start       end\n"
    "                1        \"A\"    2023-03-31  -\n"
    "                2        \"B\"    2023-04-01  2023-04-01\n"
    "                3        \"C\"    2024-03-31  -\n"
    "                4        \"D\"    2024-04-01  -\n"
    "    expect      0 of 2\n"
    "\n"
    "test plans_open at 2024-03 \"a plan that ends on the last day is no longer open\"\n"
    "    given       plan\n"
    "                plan_id  start       end         area\n"
    "                1        2024-03-31  -           \"N\"\n"
    "                2        2024-01-01  2024-03-31  \"N\"\n"
    "                3        2024-04-01  -           \"S\"\n"
    "    expect      1\n"
    "    expect      plan 1 in value\n"
    "    expect      0 where Area = \"S\"\n";

static const char report_text[] = "# A report: its parts in the order of the page. The words stand "
                                  "in the narrative, one Markdown\n"
                                  "# file a period, under the titles of the parts.\n"
                                  "\n"
                                  "report monthly \"Monthly highlight report\"\n"
                                  "    every       month\n"
                                  "    narrative   \"narrative/{period}.md\"\n"
                                  "    part        \"1. Overall status\" status\n"
                                  "    part        \"2. Progress since the last report\"\n"
                                  "    section     \"Child protection\"\n"
                                  "    show        plans_open\n"
                                  "    show        second_plan as chart of 3 months\n";

static const char narrative_text[] =
    "# 1. Overall status\n"
    "\n"
    "Amber, unchanged\n"
    "\n"
    "Repeat plans stand at {second_plan.value} ({second_plan.fraction}).\n"
    "\n"
    "# 2. Progress since the last report\n"
    "\n"
    "- {second_plan missed}The target for repeat plans was missed.\n";

static const char plans_text[] = "Plan,Child,Start,End,Area\n"
                                 "1,A,2023-01-16,2023-07-31,N\n"
                                 "2,B,2023-02-06,2023-09-14,S\n"
                                 "3,C,2023-03-20,,N\n"
                                 "4,D,2023-05-02,2023-12-01,S\n"
                                 "5,E,2023-06-12,,S\n"
                                 "6,F,2023-08-21,2024-02-09,N\n"
                                 "7,A,2023-11-06,,N\n"
                                 "8,G,2023-12-04,,S\n"
                                 "9,B,2024-01-15,,S\n"
                                 "10,H,2024-02-19,,N\n"
                                 "11,I,2024-03-11,,N\n";

const InitFile init_files[] = {
    {"project.kpi", project_text},       {"sources.kpi", sources_text},
    {"indicators.kpi", indicators_text}, {"tests.kpi", tests_text},
    {"report.kpi", report_text},         {"narrative/2024-03.md", narrative_text},
    {"data/plans.csv", plans_text},
};
const size_t init_files_len = sizeof init_files / sizeof init_files[0];
