/* The public library over the same functions as the commands; part of libkpi, as all of cli/ is but
 * main.c. */
#include "kpi/kpi.h"

#include "cli/cli.h"
#include "cli/evaluation.h"

struct KpiSession {
    Session *session;
    Workspace workspace;
};

const char *kpi_version(void) {
    return program_version;
}

void kpi_on_memory_failure(KpiMemoryHook hook) {
    memory_on_failure(hook);
}

KpiSession *kpi_open(void) {
    KpiSession *kpi = memory_alloc(sizeof *kpi);
    Session *session = session_new();
    *kpi = (KpiSession){.session = session, .workspace = {.session = session}};
    return kpi;
}

void kpi_close(KpiSession *kpi) {
    if (!kpi)
        return;
    workspace_close(&kpi->workspace);
    session_free(kpi->session);
    memory_free(kpi);
}

KpiOutcome kpi_add_text(KpiSession *kpi, const char *name, const char *text, size_t len) {
    Workspace *workspace = &kpi->workspace;
    workspace_add_text(workspace, name, text, len);
    workspace->model = NULL;
    return workspace->files.items[workspace->files.len - 1]->ok ? KPI_DONE : KPI_INVALID;
}

/* The workspace's model, made anew when texts were added or a store was opened. */
static KpiOutcome analyse_all(KpiSession *kpi) {
    workspace_analyse(&kpi->workspace);
    return diags_errors(kpi->session->diags) > 0 ? KPI_INVALID : KPI_DONE;
}

KpiOutcome kpi_check(KpiSession *kpi) {
    return analyse_all(kpi);
}

static void print_report(const Evaluation *evaluation, Arena *run, const KpiRequest *request,
                         KpiWriter write, void *context) {
    static const ResultFormat formats[] = {FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON};
    TableOptions table = {.width = request->width};
    StrBuf text = {0};
    evaluation_print(&text, run, evaluation, formats[request->format], &table);
    write(context, strbuf_text(&text), text.len);
    strbuf_fini(&text);
}

static EvaluationRequest asked_by(const KpiRequest *request) {
    return (EvaluationRequest){
        .period = request->period,
        .from = request->from,
        .to = request->to,
        .indicators = request->indicators,
        .indicators_len = request->indicators_len,
        .no_store = request->leave_out_store != 0,
        .engine = {.fingerprint = true},
    };
}

static KpiOutcome evaluate(KpiSession *kpi, const KpiRequest *request, KpiWriter write,
                           void *context) {
    EvaluationRequest asked = asked_by(request);
    Arena *run = arena_new();
    Evaluation evaluation;
    ExitCode code = evaluation_run(&kpi->workspace, run, &asked, &evaluation);
    if (evaluation.report)
        print_report(&evaluation, run, request, write, context);
    arena_free(run);
    return (KpiOutcome)code;
}

KpiOutcome kpi_evaluate(KpiSession *kpi, const KpiRequest *request, KpiWriter write,
                        void *context) {
    EvaluationRequest asked = asked_by(request);
    if (!evaluation_understands(kpi->session, &asked))
        return KPI_USAGE;
    ExitCode code = DONE;
    if (request->data)
        code =
            exit_of_store(workspace_open_store(&kpi->workspace, request->data, ENCODING_UTF8, 0));
    KpiOutcome outcome = (KpiOutcome)code;
    if (code == DONE)
        outcome = analyse_all(kpi);
    if (outcome == KPI_DONE && workspace_lacks_data(&kpi->workspace))
        outcome = KPI_USAGE;
    if (outcome == KPI_DONE)
        outcome = evaluate(kpi, request, write, context);
    workspace_close(&kpi->workspace);
    return outcome;
}

void kpi_messages(const KpiSession *kpi, KpiMessageFormat format, KpiWriter write, void *context) {
    StrBuf text = {0};
    if (format == KPI_MESSAGES_JSON)
        diags_render_json(kpi->session->diags, &text, 0);
    else
        diags_render_text(kpi->session->diags, &text, 0, false);
    write(context, strbuf_text(&text), text.len);
    strbuf_fini(&text);
}
