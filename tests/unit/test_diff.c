/* Two versions of definitions: figures, records that moved, verdicts, JSON, and that the hash is
 * another for each change of meaning. */
#include <check.h>
#include <string.h>

#include "cli/evaluation.h"
#include "diff/changes.h"
#include "diff/diff_schema.h"
#include "plan/plan.h"
#include "testing/mutants.h"
#include "tests/unit/conforms.h"

Suite *diff_suite(void);

static const char definitions[] =
    "source plan \"Plans\"\n"
    "    key         id\n"
    "    column      id         integer\n"
    "    column      child      text\n"
    "    column      start      date\n"
    "    column      end        date open\n"
    "    column      area       text\n"
    "    column      moved      yes_no\n"
    "    rows        id  child  start       end         area   moved\n"
    "                1   \"A\"    2014-01-10  2015-06-30  North  no\n"
    "                2   \"A\"    2016-05-02  -           North  no\n"
    "                3   \"A\"    2016-12-20  -           North  no\n"
    "                4   \"B\"    2013-06-01  2014-05-01  South  no\n"
    "                9   \"B\"    2016-07-01  -           South  no\n"
    "                10  \"C\"    2016-07-02  -           South  no\n"
    "                11  \"D\"    2016-07-03  -           South  yes\n"
    "\n"
    "indicator again \"Plans soon after another\"\n"
    "    denominator plan p dated p.start where p.area != \"East\"\n"
    "    numerator   those where exists another plan q\n"
    "                    where q.child = p.child and q.end within 2 years before p.start\n"
    "    exclude     moved \"moved in\" where p.moved\n"
    "    by          p.area as \"Area\"\n"
    "    basis       percent\n"
    "    window      rolling 12 months every month\n"
    "    good        low\n"
    "    target      30% \"the board's\"\n"
    "    decimals    1\n"
    "\n"
    "report monthly \"The monthly report\"\n"
    "    every       month\n"
    "    section     \"Plans\"\n"
    "    show        again\n";

static Session *session;
static Arena *arena;
static Workspace before, after;
static Changes changes;

static void load(Workspace *out, const char *name, const char *text) {
    *out = (Workspace){.session = session};
    workspace_add_text(out, name, text, strlen(text));
    workspace_analyse(out);
    StrBuf said = {0};
    diags_render_text(session->diags, &said, 0, false);
    ck_assert_msg(diags_errors(session->diags) == 0, "%s", strbuf_text(&said));
    strbuf_fini(&said);
}

/* The definitions with `was` in place of which stands `is`. */
static const char *changed(const char *was, const char *is) {
    const char *at = strstr(definitions, was);
    ck_assert_msg(at != NULL, "no \"%s\"", was);
    return arena_printf(arena, "%.*s%s%s", (int)(at - definitions), definitions, is,
                        at + strlen(was));
}

static void start(void) {
    session = session_new();
    arena = arena_new();
}

static void end(void) {
    arena_free(arena);
    session_free(session);
}

typedef struct Run {
    Evaluation evaluation;
    Gathering gathering;
} Run;

static const Report *run(Workspace *workspace, Run *out) {
    static const char *const names[] = {"again"};
    const Indicator **indicators = arena_array(arena, 1, sizeof *indicators);
    indicators[0] = model_indicator(workspace->model, "again");
    gather_start(&out->gathering, arena, indicators, 1);
    out->gathering.listed = true;
    EvaluationRequest request = {.period = "2017-01", .indicators = names, .indicators_len = 1};
    request.engine = (EngineOptions){.kind = ENGINE_REFERENCE, .watch = &out->gathering.watch};
    ck_assert_int_eq(evaluation_run(workspace, arena, &request, &out->evaluation), DONE);
    return out->evaluation.report;
}

/* Compares the definitions with a changed text; with figures of January 2017. */
static void compare(const char *text, bool keys) {
    static Run old_run, new_run;
    load(&before, "old.kpi", definitions);
    load(&after, "new.kpi", text);
    changes = (Changes){.arena = arena,
                        .old_name = "old",
                        .new_name = "new",
                        .before = before.model,
                        .after = after.model,
                        .store = "data",
                        .keys = keys};
    changes_find(&changes);
    BothResults results = {.before = run(&before, &old_run), .after = run(&after, &new_run)};
    results.old_records = &old_run.gathering;
    results.new_records = &new_run.gathering;
    changes_add_results(&changes, &results);
}

static const RecordMoves *moves_of(const char *part) {
    const IndicatorChange *change = &changes.items.items[0];
    for (size_t i = 0; i < change->moves.len; i++)
        if (strcmp(change->moves.items[i].part, part) == 0)
            return &change->moves.items[i];
    return NULL;
}

/* ---- figures and records ---- */

START_TEST(figures_records_and_the_verdict_of_a_change) {
    compare(changed("2 years before", "6 months before"), true);
    ck_assert_uint_eq(changes.items.len, 1);
    const IndicatorChange *change = &changes.items.items[0];
    ck_assert_str_eq(change_word(change), "changed");
    ck_assert_str_ne(change->was, change->is);
    ck_assert_str_eq(change->reports.items[0]->name, "monthly");
    const FigureChange *whole = &change->figures.items[0];
    ck_assert_str_eq(figure_text(arena, whole->before), "50.0% (2/4)");
    ck_assert_str_eq(figure_text(arena, whole->after), "0.0% (0/4)");
    ck_assert(whole->flips && !whole->same);
    ck_assert_ptr_null(moves_of("denominator"));
    const RecordMoves *moves = moves_of("numerator");
    ck_assert_uint_eq(moves->in.len, 0);
    ck_assert_uint_eq(moves->out.len, 2);
    ck_assert_str_eq(moves->out.items[0], "2");
    ck_assert_str_eq(moves->out.items[1], "3");
}
END_TEST

START_TEST(records_move_in_and_out_of_each_part) {
    compare(changed("p.area != \"East\"", "p.area != \"North\""), false);
    const RecordMoves *below = moves_of("denominator"), *above = moves_of("numerator");
    ck_assert_uint_eq(below->out.len, 2);
    ck_assert_uint_eq(below->stayed, 2);
    ck_assert_uint_eq(above->out.len, 2);
    ck_assert_uint_eq(above->stayed, 0);
    ck_assert_ptr_null(moves_of("taken out"));
    compare(changed("where p.moved", "where not p.moved"), false);
    const RecordMoves *taken = moves_of("taken out");
    ck_assert_uint_eq(taken->in.len, 4);
    ck_assert_uint_eq(taken->out.len, 1);
    ck_assert_uint_eq(moves_of("denominator")->in.len, 1);
}
END_TEST

START_TEST(numbers_stand_in_their_order) {
    compare(changed("where p.area != \"East\"", "where p.area = \"North\""), true);
    const RecordMoves *moves = moves_of("denominator");
    ck_assert_str_eq(moves->out.items[0], "9");
    ck_assert_str_eq(moves->out.items[1], "10");
}
END_TEST

START_TEST(a_change_of_no_meaning_is_none) {
    static const char *const pairs[][2] = {
        {"2 years before", "24 months before"},
        {"plan q\n                    where q.child = p.child and q.end",
         "plan earlier\n                    where earlier.child = p.child and earlier.end"},
        {"indicator again", "# A comment.\n\nindicator again"},
        {"    basis       percent\n    window      rolling 12 months every month\n",
         "    window      rolling 12 months every month\n    basis       percent\n"},
        {"\"Plans soon after another\"", "\"Another title\""},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        compare(changed(pairs[i][0], pairs[i][1]), false);
        ck_assert_msg(changes.items.len == 0, "%s", pairs[i][1]);
    }
}
END_TEST

/* ---- the hash ---- */

/* Each change that `kpic test --mutate` makes changes a definition, and so its hash. */
START_TEST(each_mutant_has_another_hash) {
    load(&before, "old.kpi", definitions);
    const Indicator *indicator = model_indicator(before.model, "again");
    Mutants mutants = {.arena = arena, .model = before.model, .indicator = indicator};
    char was[HASH_SIZE], is[HASH_SIZE];
    plan_definition_hash(before.model, indicator, was);
    mutate_indicator(&mutants);
    ck_assert_uint_gt(mutants.list.len, 10);
    for (size_t i = 0; i < mutants.list.len; i++) {
        const Mutant *mutant = &mutants.list.items[i];
        char *kept = arena_alloc(arena, mutant->size);
        memcpy(kept, mutant->target, mutant->size);
        memcpy(mutant->target, mutant->is, mutant->size);
        plan_definition_hash(before.model, indicator, is);
        memcpy(mutant->target, kept, mutant->size);
        ck_assert_msg(strcmp(was, is) != 0, "%s: %s", mutant->was_words, mutant->is_words);
    }
    plan_definition_hash(before.model, indicator, is);
    ck_assert_str_eq(was, is);
}
END_TEST

/* ---- JSON ---- */

static void assert_json_conforms(void) {
    StrBuf schema = {0}, json = {0};
    diff_schema_print(&schema);
    render_changes(&json, &changes, DIFF_JSON);
    assert_conforms_to(strbuf_text(&schema), strbuf_text(&json));
    strbuf_fini(&json);
    strbuf_fini(&schema);
}

START_TEST(changes_conform_to_their_schema) {
    compare(changed("2 years before", "6 months before"), true);
    assert_json_conforms();
    compare(changed("2 years before", "6 months before"), false);
    assert_json_conforms();
    compare(changed("exclude     moved \"moved in\" where p.moved\n", "why \"?\"\n"), false);
    assert_json_conforms();
}
END_TEST

START_TEST(keys_are_left_out_unless_they_are_allowed) {
    for (int allowed = 0; allowed < 2; allowed++) {
        compare(changed("p.area != \"East\"", "p.area != \"North\""), allowed == 1);
        StrBuf json = {0};
        render_changes_json(&json, &changes);
        ck_assert_int_eq(strstr(strbuf_text(&json), "\"out_keys\": null") != NULL, allowed == 0);
        ck_assert_int_eq(strstr(strbuf_text(&json), "\"out_keys\": [") != NULL, allowed == 1);
        strbuf_fini(&json);
    }
}
END_TEST

Suite *diff_suite(void) {
    Suite *suite = suite_create("diff");
    TCase *tests = tcase_create("diff");
    tcase_add_checked_fixture(tests, start, end);
    tcase_add_test(tests, figures_records_and_the_verdict_of_a_change);
    tcase_add_test(tests, records_move_in_and_out_of_each_part);
    tcase_add_test(tests, numbers_stand_in_their_order);
    tcase_add_test(tests, a_change_of_no_meaning_is_none);
    tcase_add_test(tests, each_mutant_has_another_hash);
    tcase_add_test(tests, changes_conform_to_their_schema);
    tcase_add_test(tests, keys_are_left_out_unless_they_are_allowed);
    suite_add_tcase(suite, tests);
    return suite;
}
