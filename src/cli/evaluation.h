/* From definitions and data to a report: the way that `kpic eval` and kpi.h share.
 *
 * In: an analysed workspace with its store, and what is asked for. Out: a Result and a Report in
 * the arena of the run. Faults are messages; the exit code says of which kind the worst was.
 */
#ifndef CLI_EVALUATION_H
#define CLI_EVALUATION_H

#include "cli/workspace.h"
#include "engine/choice.h"
#include "report/render.h"

typedef enum ResultFormat { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON } ResultFormat;

typedef struct EvaluationRequest {
    const char *period;            /* NULL: the last complete one in the data */
    const char *from, *to;         /* both, for a series; then `period` is NULL */
    const char *const *indicators; /* names; none: all */
    size_t indicators_len;
    const char *const
        *groups; /* "LABEL=VALUE"; a text without = is another value of the last label */
    size_t groups_len;
    const char *audience; /* "internal" or "public"; NULL: as the project declares */
    bool no_store;
    bool strict;
    /* No report is built. If engine.sink is set it gets the cells one indicator after the other,
     * when that can be: each is then final once it is computed (not with a group chosen, `strict`,
     * or small numbers to hide); else all are in `result`. */
    bool no_report;
    EngineOptions engine;
    /* Of ENGINE_AUTO on a server: what the native engine may have. 0: all that it needs. */
    EngineChoice choice;
} EvaluationRequest;

typedef struct Evaluation {
    const Indicator **indicators;
    size_t indicators_len;
    PlanRequest plan_request;
    size_t threads;      /* as many as were asked for, else as there are processors */
    bool period_found;   /* no period was asked for: it is the data's */
    EngineChoice choice; /* as it was made; needed == 0: there was none to make */
    Result result;
    ReportOptions report_options; /* complete before a sink is called */
    bool sound;                   /* `result` has what was asked for */
    const Report *report;         /* NULL: there is nothing to print, or `no_report` */
} Evaluation;

/* A whole number above 0; 0 when the option was not given. False with a message. */
bool evaluation_read_number(Cli *cli, OptionId option, size_t *out);
/* What --audience says, for the request; NULL: it was not given. False with a message. */
bool evaluation_read_audience(const Cli *cli, const char **out);
/* What --data names; else the project's store if it is there: a plan can do without. */
ExitCode evaluation_open_optional(Cli *cli, Workspace *workspace);
/* Opens this store, with the time that --timeout gives each statement of a server. */
ExitCode evaluation_open_store(Cli *cli, Workspace *workspace, const char *path);
/* Opens what --data names, else the project's store; none at all is for workspace_lacks_data to
 * judge. */
ExitCode evaluation_open_data(Cli *cli, Workspace *workspace);
/* Whether the request can be meant, as far as its words say it: before any file or store is opened,
 * so that a slip of the command line is never told as a fault of the data. False with a message. */
bool evaluation_understands(Session *session, const EvaluationRequest *request);
/* The named indicators in the order of the Model; all without names. False with a message if a name
 * is unknown. */
bool evaluation_choose(Workspace *workspace, const char *const *names, size_t len, Evaluation *out);
/* The periods asked for, or the last in the data. DONE, EXIT_USAGE or EXIT_DATA. */
ExitCode evaluation_periods(Workspace *workspace, const EvaluationRequest *request,
                            Evaluation *out);
/* Says which period was found, when none was asked for. */
void evaluation_say_period(const Cli *cli, const Evaluation *evaluation);
/* All of it: choose, find periods, plan, run, report. */
ExitCode evaluation_run(Workspace *workspace, Arena *run, const EvaluationRequest *request,
                        Evaluation *out);
/* With --verbose: why the data was read row by row, if it was; which engine was chosen on a server,
 * and where its statements were answered. */
void evaluation_say_reading(const Cli *cli, const Workspace *workspace,
                            const Evaluation *evaluation);
void evaluation_print(StrBuf *out, Arena *run, const Evaluation *evaluation, ResultFormat format,
                      const TableOptions *table);

#endif
