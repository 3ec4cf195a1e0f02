#include "cli/evaluation.h"

#include <string.h>
#include <unistd.h>

#include "cli/output.h"
#include "report/suppress.h"

/* ---- options that commands share ---- */

bool evaluation_read_number(Cli *cli, OptionId option, size_t *out) {
    const char *text = options_text(cli->options, option);
    Num number;
    int64_t whole;
    *out = 0;
    if (!text)
        return true;
    if (num_parse(text, strlen(text), &number, NULL) && num_to_int64(number, &whole) && whole > 0 &&
        whole <= 100000) {
        *out = (size_t)whole;
        return true;
    }
    diag_add(cli->session->diags, DIAG_bad_option_value, (Span){0},
             "the option '--%s' takes a whole number above 0, not '%s'", option_info(option)->name,
             text);
    return false;
}

bool evaluation_read_audience(const Cli *cli, const char **out) {
    static const char *const audiences[] = {"internal", "public"};
    *out = options_text(cli->options, OPTION_AUDIENCE);
    return options_choice(cli->session, cli->options, OPTION_AUDIENCE, audiences, 2) >= 0;
}

ExitCode evaluation_open_store(Cli *cli, Workspace *workspace, const char *path) {
    size_t timeout;
    if (!evaluation_read_number(cli, OPTION_TIMEOUT, &timeout))
        return EXIT_USAGE;
    return exit_of_store(workspace_open_store(workspace, path, ENCODING_UTF8, (int)timeout));
}

ExitCode evaluation_open_data(Cli *cli, Workspace *workspace) {
    const char *path = options_text(cli->options, OPTION_DATA);
    bool from_project = !path;
    if (from_project)
        path = workspace_project_store(workspace);
    if (!path)
        return DONE;
    ExitCode code = evaluation_open_store(cli, workspace, path);
    if (code == EXIT_UNAVAILABLE && from_project && !store_is_server(path) && !path_exists(path))
        output_say(cli,
                   "The project's store '%s' is not there yet: `kpic import FILE...` makes it, or "
                   "give other data with --data.",
                   path);
    return code;
}

/* ---- what was asked for ---- */

static bool is_named(const char *const *names, size_t len, const char *id) {
    for (size_t i = 0; i < len; i++)
        if (strcmp(names[i], id) == 0)
            return true;
    return len == 0;
}

static bool refuse_indicator(Workspace *workspace, const char *name) {
    const Model *model = workspace->model;
    Session *session = workspace->session;
    const char **known = arena_array(session->arena, model->indicators_len, sizeof *known);
    for (size_t i = 0; i < model->indicators_len; i++)
        known[i] = model->indicators[i]->id;
    Diag *diag = diag_add(session->diags, DIAG_unknown_indicator, (Span){0},
                          "there is no indicator '%s'", name);
    diag_suggest(diag, name, known, model->indicators_len);
    return false;
}

bool evaluation_choose(Workspace *workspace, const char *const *names, size_t len,
                       Evaluation *out) {
    const Model *model = workspace->model;
    bool ok = true;
    for (size_t i = 0; i < len; i++)
        if (!model_indicator(model, names[i]))
            ok = refuse_indicator(workspace, names[i]);
    out->indicators =
        arena_array(workspace->session->arena, model->indicators_len, sizeof *out->indicators);
    out->indicators_len = 0;
    for (size_t i = 0; i < model->indicators_len; i++)
        if (is_named(names, len, model->indicators[i]->id))
            out->indicators[out->indicators_len++] = model->indicators[i];
    return ok;
}

static bool read_period(Session *session, const char *text, Period *out) {
    if (period_parse(text, strlen(text), out))
        return true;
    Diag *diag = diag_add(session->diags, DIAG_bad_period, (Span){0}, "'%s' is no period", text);
    diag_help(diag, "write 2017-01, 2016/17, 2016/17-Q4 or 2016");
    return false;
}

static bool read_series(Session *session, const EvaluationRequest *request, PlanRequest *out) {
    if (!request->from || !request->to || request->period) {
        Diag *diag = diag_add(session->diags, DIAG_usage, (Span){0},
                              "a series needs both --from and --to, and no --period");
        diag_help(diag, "--from 2016-04 --to 2017-03");
        return false;
    }
    out->series = true;
    if (!read_period(session, request->from, &out->from) ||
        !read_period(session, request->to, &out->to))
        return false;
    if (out->from.start <= out->to.end)
        return true;
    Diag *diag = diag_add(session->diags, DIAG_bad_period, (Span){0},
                          "the series ends (%s) before it starts (%s)", request->to, request->from);
    diag_help(diag, "--from is the earlier of the two");
    return false;
}

/* The periods that were asked for; nothing if none was. */
static bool read_periods(Session *session, const EvaluationRequest *request, PlanRequest *out) {
    if (request->from || request->to)
        return read_series(session, request, out);
    if (!request->period)
        return true;
    if (!read_period(session, request->period, &out->from))
        return false;
    out->to = out->from;
    return true;
}

/* A group's value follows its label, or another value of that label. */
static bool groups_have_labels(Session *session, const EvaluationRequest *request) {
    if (request->groups_len == 0 || strchr(request->groups[0], '='))
        return true;
    diag_add(session->diags, DIAG_bad_option_value, (Span){0},
             "the option '--group' takes LABEL=VALUE, not '%s'", request->groups[0]);
    return false;
}

bool evaluation_understands(Session *session, const EvaluationRequest *request) {
    PlanRequest periods = {0};
    return read_periods(session, request, &periods) && groups_have_labels(session, request);
}

/* No period was given. */
static ExitCode find_period(Workspace *workspace, Evaluation *out) {
    Session *session = workspace->session;
    size_t errors = diags_errors(session->diags);
    const Indicator *const *indicators = (const Indicator *const *)out->indicators;
    out->period_found =
        engine_last_period(session, workspace->model, indicators, out->indicators_len,
                           workspace->store, &out->plan_request.from);
    out->plan_request.to = out->plan_request.from;
    if (out->period_found)
        return DONE;
    if (diags_errors(session->diags) == errors) {
        Diag *diag = diag_add(session->diags, DIAG_no_period, (Span){0},
                              "no period was given, and the data does not tell one");
        diag_help(diag, "give one: -p 2017-01, -p 2016/17 or -p 2016/17-Q4");
    }
    return EXIT_DATA;
}

ExitCode evaluation_periods(Workspace *workspace, const EvaluationRequest *request,
                            Evaluation *out) {
    Session *session = workspace->session;
    PlanRequest *plan = &out->plan_request;
    *plan = (PlanRequest){.indicators = out->indicators, .indicators_len = out->indicators_len};
    if (!request->from && !request->to && !request->period)
        return find_period(workspace, out);
    return read_periods(session, request, plan) ? DONE : EXIT_USAGE;
}

void evaluation_say_period(const Cli *cli, const Evaluation *evaluation) {
    StrBuf text = {0};
    period_print(&text, evaluation->plan_request.from);
    output_say(cli, "Period %s: the last that is complete in the data.", strbuf_text(&text));
    strbuf_fini(&text);
}

/* ---- groups ---- */

typedef VEC(GroupChoice) GroupList;

static bool refuse_group(Session *session, const char *what, const char *text,
                         const char *const *known, size_t len) {
    Diag *diag =
        diag_add(session->diags, DIAG_unknown_group, (Span){0}, "there is no %s '%s'", what, text);
    diag_suggest(diag, text, known, len);
    return false;
}

static bool label_known(const Evaluation *evaluation, Session *session, const char *label) {
    VEC(const char *) known = {0};
    for (size_t i = 0; i < evaluation->indicators_len; i++) {
        const Indicator *indicator = evaluation->indicators[i];
        for (size_t j = 0; j < indicator->breakdowns_len; j++) {
            if (strcmp(indicator->breakdowns[j].label, label) == 0)
                return true;
            vec_push(session->arena, &known, indicator->breakdowns[j].label);
        }
    }
    return refuse_group(session, "breakdown", label, known.items, known.len);
}

/* "Age=17", "18" (also of Age), "Area=North" */
static bool read_groups(Session *session, const Evaluation *evaluation,
                        const EvaluationRequest *request, GroupList *out) {
    const char *label = NULL;
    if (!groups_have_labels(session, request))
        return false;
    for (size_t i = 0; i < request->groups_len; i++) {
        const char *text = request->groups[i], *equals = strchr(text, '=');
        if (equals) {
            label = arena_copy_text(session->arena, text, (size_t)(equals - text));
            text = equals + 1;
            if (!label_known(evaluation, session, label))
                return false;
        }
        GroupChoice choice = {label, text};
        vec_push(session->arena, out, choice);
    }
    return true;
}

/* What the groups of a breakdown are called, for "did you mean". */
static bool refuse_value(Session *session, const Result *result, GroupChoice choice) {
    VEC(const char *) known = {0};
    for (size_t i = 0; i < result->cells_len; i++) {
        const Cell *cell = result->cells[i];
        for (size_t j = 0; j < cell->indicator->breakdowns_len; j++)
            if (strcmp(cell->indicator->breakdowns[j].label, choice.label) == 0 &&
                cell->group[j].label)
                vec_push(session->arena, &known, cell->group[j].label);
    }
    const char *what = arena_printf(session->arena, "group of '%s' called", choice.label);
    return refuse_group(session, what, choice.value, known.items, known.len);
}

static bool groups_are_there(Session *session, const Result *result, const GroupList *groups) {
    bool ok = true;
    for (size_t i = 0; i < groups->len; i++)
        if (!report_has_group(result, groups->items[i]))
            ok = refuse_value(session, result, groups->items[i]);
    return ok;
}

/* ---- the run ---- */

static void definition_of(void *context, const Indicator *indicator, char out[33]) {
    plan_definition_hash(context, indicator, out);
}

/* The greater of two exit codes is the graver fault. */
static ExitCode graver(ExitCode a, ExitCode b) {
    return a > b ? a : b;
}

ExitCode exit_of_store(StoreResult result) {
    switch (result) {
    case STORE_OK:
        return DONE;
    case STORE_REFUSED:
        return EXIT_DATA;
    case STORE_UNAVAILABLE:
        return EXIT_UNAVAILABLE;
    case STORE_DAMAGED:
        return EXIT_DAMAGED;
    }
    return EXIT_FAULT;
}

ExitCode evaluation_open_optional(Cli *cli, Workspace *workspace) {
    const char *path = options_text(cli->options, OPTION_DATA);
    bool asked = path != NULL;
    if (!path)
        path = workspace_project_store(workspace);
    if (!path || (!asked && !path_exists(path)))
        return DONE;
    return evaluation_open_store(cli, workspace, path);
}

/* How many there are to work with. */
static size_t processors(void) {
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : online > 8 ? 8 : (size_t)online;
}

static Audience audience_of(const Workspace *workspace, const EvaluationRequest *request) {
    bool public = workspace->model->project.audience_public;
    if (request->audience)
    public = strcmp(request->audience, audience_word(AUDIENCE_PUBLIC)) == 0;
    return public ? AUDIENCE_PUBLIC : AUDIENCE_INTERNAL;
}

/* Data on a server stays there if it is too much to be read. */
static void choose_engine(const Workspace *workspace, const EvaluationRequest *request,
                          const Plan *plan, EngineOptions *engine, Evaluation *out) {
    const Store *store = workspace->store;
    out->choice = request->choice;
    if (engine->kind != ENGINE_AUTO || request->choice.most == 0 || !store ||
        store_dialect(store) != STORE_DIALECT_POSTGRESQL)
        return;
    engine_choose(plan, store, &out->choice);
    if (!out->choice.stay)
        return;
    engine->kind = ENGINE_SQL;
    engine->stay = true;
}

/* Plans and computes; out->result is then filled as far as it could be. */
static ExitCode compute(Workspace *workspace, Arena *run, const EvaluationRequest *request,
                        Evaluation *out) {
    Session *session = workspace->session;
    size_t errors = diags_errors(session->diags);
    bool public = audience_of(workspace, request) == AUDIENCE_PUBLIC;
    out->plan_request.earlier_in_year = public;
    const Plan *plan = plan_build(session, run, workspace->model, &out->plan_request);
    ExitCode code = diags_errors(session->diags) > errors ? EXIT_DATA : DONE;
    EngineOptions engine = request->engine;
    engine.threads = out->threads;
    choose_engine(workspace, request, plan, &engine, out);
    /* The database may refuse a later statement, and then nothing is computed. */
    if (public || request->strict || request->groups_len > 0 || engine.kind == ENGINE_SQL)
        engine.sink = NULL;
    StoreResult result = engine_run(session, plan, workspace->store, &engine, run, &out->result);
    code = graver(code, out->result.beyond_engine ? EXIT_USAGE : exit_of_store(result));
    if (request->strict && out->result.data_faults > 0) {
        diag_add(session->diags, DIAG_data_fault_found, (Span){0},
                 "the data has %zu fault%s, and --strict was given", out->result.data_faults,
                 out->result.data_faults == 1 ? "" : "s");
        out->result.cells_len = 0;
        code = graver(code, EXIT_DATA);
    }
    if (public)
        suppress_result(run, &out->result);
    return code;
}

ExitCode evaluation_run(Workspace *workspace, Arena *run, const EvaluationRequest *request,
                        Evaluation *out) {
    Session *session = workspace->session;
    *out =
        (Evaluation){.threads = request->engine.threads ? request->engine.threads : processors()};
    GroupList groups = {0};
    if (!evaluation_choose(workspace, request->indicators, request->indicators_len, out) ||
        !read_groups(session, out, request, &groups))
        return EXIT_USAGE;
    ExitCode code = evaluation_periods(workspace, request, out);
    if (code != DONE)
        return code;
    out->report_options = (ReportOptions){
        .title = workspace->model->project.title,
        .store = request->no_store ? NULL : workspace->store_path,
        .audience = audience_of(workspace, request),
        .definition_of = definition_of,
        .context = (void *)workspace->model,
        .groups = groups.items,
        .groups_len = groups.len,
    };
    code = compute(workspace, run, request, out);
    if (out->result.cells_len == 0)
        return code;
    if (!groups_are_there(session, &out->result, &groups))
        return graver(code, EXIT_USAGE);
    out->sound = true;
    if (!request->no_report)
        out->report = report_build(run, &out->result, &out->report_options);
    return code;
}

static void say_choice(const Cli *cli, const EngineChoice *choice) {
    unsigned long long needed = (choice->needed + MIB - 1) / MIB, most = choice->most / MIB;
    if (choice->stay)
        output_say(cli,
                   "engine: sql, because what is needed would take about %llu MiB here, and %llu "
                   "are allowed (--memory): the rows stay on the server",
                   needed, most);
    else if (choice->needed > choice->most)
        output_say(cli,
                   "engine: native, which takes about %llu MiB although %llu are allowed "
                   "(--memory): %s",
                   needed, most, choice->against);
    else
        output_say(cli,
                   "engine: native, which reads the columns that it needs from the server, about "
                   "%llu MiB (--stay leaves them there)",
                   needed);
}

void evaluation_say_reading(const Cli *cli, const Workspace *workspace,
                            const Evaluation *evaluation) {
    const char *why = workspace->store ? store_slow_reading(workspace->store) : NULL;
    const StatementPlaces *places = &evaluation->result.places;
    if (!options_flag(cli->options, OPTION_VERBOSE))
        return;
    if (why)
        output_say(cli, "%s", why);
    if (evaluation->choice.needed > 0)
        say_choice(cli, &evaluation->choice);
    if (places->shards + places->coordinator + places->gathered > 0)
        output_say(
            cli,
            "statements: %zu are answered by each shard for the rows that it has, %zu by the "
            "coordinator alone, and %zu by the coordinator from rows of the shards",
            places->shards, places->coordinator, places->gathered);
}

void evaluation_print(StrBuf *out, Arena *run, const Evaluation *evaluation, ResultFormat format,
                      const TableOptions *table) {
    switch (format) {
    case FORMAT_TABLE:
        render_table(out, run, evaluation->report, table);
        return;
    case FORMAT_CSV:
        render_csv(out, evaluation->report);
        return;
    case FORMAT_JSON:
        render_json(out, evaluation->report);
        return;
    }
}
