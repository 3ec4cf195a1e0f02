/* Two versions of the definitions, compared: which versions, and, with data, the results of both
 * (diff/changes.h).
 */
#include <string.h>

#include "cli/evaluation.h"
#include "cli/output.h"
#include "cli/revision.h"
#include "diff/changes.h"
#include "plan/plan_build.h"

/* ---- which two versions ---- */

typedef struct Version {
    const char *name;
    const char *path; /* of a revision: what of it; NULL: `name` is a file or folder itself */
} Version;

typedef struct Versions {
    Version before, after;
} Versions;

static bool say_usage(Cli *cli, const char *what) {
    Diag *diag = diag_add(cli->session->diags, DIAG_usage, (Span){0}, "%s", what);
    diag_help(diag, "kpic diff OLD NEW with two folders, two files or two revisions of git, or "
                    "kpic diff main..HEAD; a path after revisions narrows them");
    return false;
}

static bool split_range(Cli *cli, const char *range, const char *path, Versions *out) {
    const char *dots = strstr(range, "..");
    if (dots[2] == '.')
        return say_usage(cli,
                         "a range has two dots: the versions on both sides of it are compared");
    Arena *arena = cli->session->arena;
    const char *before = arena_copy_text(arena, range, (size_t)(dots - range));
    const char *after = dots + 2;
    out->before = (Version){*before ? before : "HEAD", path};
    out->after = (Version){*after ? after : "HEAD", path};
    return true;
}

static bool choose_versions(Cli *cli, Versions *out) {
    const TextItems *given = &cli->options->operands;
    if (given->len == 0 || given->len > 3)
        return say_usage(cli, "'diff' needs two versions to compare");
    const char *first = given->items[0];
    bool range = !path_exists(first) && strstr(first, "..") != NULL;
    if (range && given->len <= 2)
        return split_range(cli, first, given->len == 2 ? given->items[1] : ".", out);
    if (range || given->len == 1)
        return say_usage(cli, "'diff' needs two versions to compare");
    const char *second = given->items[1];
    bool files = given->len == 2 && (path_exists(first) || path_exists(second));
    const char *path = files ? NULL : given->len == 3 ? given->items[2] : ".";
    /* A file beside a revision: that file at the revision, and as it is now. */
    out->before = (Version){first, files && !path_exists(first) ? second : path};
    out->after = (Version){second, files && !path_exists(second) ? first : path};
    return true;
}

static ExitCode load_version(Cli *cli, const Version *version, Workspace *out) {
    const char *store = options_text(cli->options, OPTION_DATA);
    if (version->path) {
        ExitCode code = revision_load(cli->session, version->name, version->path, out);
        if (code != DONE)
            return code;
    } else if (!workspace_load(cli->session, &version->name, 1, out)) {
        return EXIT_USAGE;
    }
    ExitCode code = store ? evaluation_open_store(cli, out, store) : DONE;
    if (code != DONE)
        return code;
    workspace_analyse(out);
    return diags_errors(cli->session->diags) > 0 ? EXIT_DEFINITIONS : DONE;
}

/* ---- results of both versions ---- */

typedef struct DiffRun {
    Cli *cli;
    Workspace *before, *after;
    Changes *changes;
    EvaluationRequest request; /* with the periods */
    ExitCode code;             /* the gravest so far */
} DiffRun;

/* One version, computed for one period. */
typedef struct VersionRun {
    Evaluation evaluation;
    Gathering gathering;
} VersionRun;

/* The changed indicators of a version that have results to compare. */
static size_t indicators_of(const Changes *changes, bool after, const Indicator **out) {
    size_t len = 0;
    for (size_t i = 0; i < changes->items.len; i++) {
        const IndicatorChange *change = &changes->items.items[i];
        const Indicator *indicator = after ? change->after : change->before;
        if (indicator && !change->renamed)
            out[len++] = indicator;
    }
    return len;
}

static const Report *run_version(DiffRun *run, bool after, const char *period, VersionRun *out) {
    Arena *arena = run->changes->arena;
    const Indicator **indicators = arena_array(arena, run->changes->items.len, sizeof *indicators);
    EvaluationRequest request = {.period = period};
    request.indicators_len = indicators_of(run->changes, after, indicators);
    if (request.indicators_len == 0)
        return NULL;
    const char **names = arena_array(arena, request.indicators_len, sizeof *names);
    for (size_t i = 0; i < request.indicators_len; i++)
        names[i] = indicators[i]->id;
    request.indicators = names;
    gather_start(&out->gathering, arena, indicators, request.indicators_len);
    out->gathering.listed = true;
    request.engine = (EngineOptions){.kind = ENGINE_REFERENCE, .watch = &out->gathering.watch};
    ExitCode code =
        evaluation_run(after ? run->after : run->before, arena, &request, &out->evaluation);
    run->code = code > run->code ? code : run->code;
    return out->evaluation.report;
}

/* Both versions in one period; NULL: the last that is complete in the data. */
static void run_period(DiffRun *run, const char *text, const Period *period) {
    Arena *arena = run->changes->arena;
    VersionRun *before = arena_alloc(arena, sizeof *before);
    VersionRun *after = arena_alloc(arena, sizeof *after);
    BothResults results = {.period = period};
    results.after = run_version(run, true, text, after);
    if (after->evaluation.period_found) {
        StrBuf found = {0};
        evaluation_say_period(run->cli, &after->evaluation);
        period_print(&found, after->evaluation.plan_request.from);
        text = arena_copy_text(arena, strbuf_text(&found), found.len);
        strbuf_fini(&found);
    }
    results.before = run_version(run, false, text, before);
    results.old_records = &before->gathering;
    results.new_records = &after->gathering;
    changes_add_results(run->changes, &results);
}

typedef VEC(Period) PeriodItems;

static void add_period(Arena *arena, PeriodItems *list, Period period) {
    size_t at = 0;
    while (at < list->len && list->items[at].end < period.end)
        at++;
    for (size_t i = at; i < list->len && list->items[i].end == period.end; i++)
        if (list->items[i].kind == period.kind)
            return;
    vec_push(arena, list, period);
    for (size_t i = list->len - 1; i > at; i--) {
        list->items[i] = list->items[i - 1];
        list->items[i - 1] = period;
    }
}

/* Those of the series that a version has results for, by their ends. */
static void add_series(DiffRun *run, bool after, PeriodItems *list) {
    Arena *arena = run->changes->arena;
    Workspace *workspace = after ? run->after : run->before;
    Evaluation evaluation = {0};
    evaluation.indicators =
        arena_array(arena, run->changes->items.len, sizeof *evaluation.indicators);
    evaluation.indicators_len = indicators_of(run->changes, after, evaluation.indicators);
    if (evaluation.indicators_len == 0 ||
        evaluation_periods(workspace, &run->request, &evaluation) != DONE)
        return;
    const Plan *plan =
        plan_build(run->cli->session, arena, workspace->model, &evaluation.plan_request);
    for (size_t i = 0; i < plan->indicators_len; i++)
        for (size_t w = 0; w < plan->indicators[i]->windows_len; w++) {
            const PlanWindow *window = &plan->indicators[i]->windows[w];
            if (window->asked && window->available)
                add_period(arena, list, window->period);
        }
}

static void run_series(DiffRun *run) {
    PeriodItems list = {0};
    add_series(run, false, &list);
    add_series(run, true, &list);
    for (size_t i = 0; i < list.len; i++) {
        StrBuf text = {0};
        period_print(&text, list.items[i]);
        run_period(run, arena_copy_text(run->changes->arena, strbuf_text(&text), text.len),
                   &list.items[i]);
        strbuf_fini(&text);
    }
}

/* ---- the command ---- */

static ExitCode print_changes(Cli *cli, const Changes *changes, DiffFormat format) {
    StrBuf text = {0};
    render_changes(&text, changes, format);
    bool written = changes->keys ? output_private_result(cli, &text) : output_result(cli, &text);
    strbuf_fini(&text);
    bool differs = changes->items.len > 0;
    return !written                                                  ? EXIT_UNAVAILABLE
           : differs && options_flag(cli->options, OPTION_EXIT_CODE) ? DONE_NO
                                                                     : DONE;
}

static EvaluationRequest read_request(const Options *options) {
    return (EvaluationRequest){.period = options_text(options, OPTION_PERIOD),
                               .from = options_text(options, OPTION_FROM),
                               .to = options_text(options, OPTION_TO)};
}

/* Figures need data: a period without it is a slip. */
static bool understands(Cli *cli, const EvaluationRequest *request) {
    static const OptionId of_data[] = {OPTION_PERIOD, OPTION_FROM, OPTION_TO, OPTION_DATA,
                                       OPTION_ALLOW_PERSONAL};
    for (size_t i = 0;
         !options_text(cli->options, OPTION_DATA) && i < sizeof of_data / sizeof *of_data; i++) {
        if (!cli->options->given[of_data[i]])
            continue;
        Diag *diag = diag_add(cli->session->diags, DIAG_usage, (Span){0},
                              "to compare figures 'diff' needs the store they come from");
        diag_help(diag, "kpic diff OLD NEW --data STORE -p PERIOD");
        return false;
    }
    return evaluation_understands(cli->session, request);
}

static ExitCode compare(DiffRun *run, const Versions *versions, DiffFormat format) {
    Changes changes = {.arena = arena_new(),
                       .old_name = versions->before.name,
                       .new_name = versions->after.name,
                       .before = run->before->model,
                       .after = run->after->model,
                       .store = options_text(run->cli->options, OPTION_DATA),
                       .keys = options_flag(run->cli->options, OPTION_ALLOW_PERSONAL)};
    run->changes = &changes;
    changes_find(&changes);
    if (changes.store && run->request.from)
        run_series(run);
    else if (changes.store)
        run_period(run, run->request.period, NULL);
    ExitCode printed = print_changes(run->cli, &changes, format);
    arena_free(changes.arena);
    return run->code > DONE ? run->code : printed;
}

ExitCode cmd_diff(Cli *cli) {
    static const char *const formats[] = {"text", "markdown", "json"};
    int format = options_choice(cli->session, cli->options, OPTION_FORMAT, formats, 3);
    Versions versions;
    EvaluationRequest request = read_request(cli->options);
    if (format < 0 || !choose_versions(cli, &versions) || !understands(cli, &request))
        return EXIT_USAGE;
    Workspace before = {0}, after = {0};
    ExitCode code = load_version(cli, &versions.before, &before);
    if (code == DONE)
        code = load_version(cli, &versions.after, &after);
    if (code == DONE) {
        DiffRun run = {.cli = cli, .before = &before, .after = &after, .request = request};
        code = compare(&run, &versions, (DiffFormat)format);
    }
    workspace_close(&before);
    workspace_close(&after);
    return code;
}
