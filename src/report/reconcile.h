/* Reconciliation: a printed report checked against itself, and against the one before it.
 *
 * In: a source of the session (see reconcile_page.h for what is read). Out: messages in the session
 * (KPI0660 to KPI0679), each at the figure it is about, and a Reconciliation that says what was
 * compared and what could not be. An error is a contradiction between things that are printed; a
 * warning is a suspicion. All arithmetic is exact.
 *
 * What is computed from data comes in by one door: ReconcileComputed, which is asked for each
 * printed figure. Without it nothing is compared with data, and the summary says so.
 *
 * To add a check: a line in reconcile_checks.def, its function in a reconcile_check_*.c, its codes
 * in base/diag_codes_run.def, and a unit test with a right and a wrong report.
 */
#ifndef REPORT_RECONCILE_H
#define REPORT_RECONCILE_H

#include "base/period.h"
#include "report/reconcile_reading.h"

typedef enum ReconcileCheck {
#define RECONCILE_CHECK(IDENT, name, title, unit) RECONCILE_CHECK_##IDENT,
#include "report/reconcile_checks.def"
#undef RECONCILE_CHECK
    RECONCILE_CHECKS
} ReconcileCheck;

typedef struct ComputedFigure {
    Num value;         /* as the figure is printed: 12.9 for 12.9% */
    const char *means; /* what was computed, for the message: "plans open on 31 January 2017" */
} ComputedFigure;

/* The value that definitions and data give for a printed figure; false: they do not know it. */
typedef bool (*ReconcileComputed)(void *context, const Measure *measure, const PrintedCell *cell,
                                  const PrintedFigure *figure, ComputedFigure *out);

typedef struct ReconcileRequest {
    uint32_t src; /* the report */
    bool csv;
    uint32_t previous_src; /* the report of the period before; 0: none */
    bool previous_csv;
    const Period *period;       /* the period asked; NULL: the report's own */
    ReconcileComputed computed; /* NULL: there is no data */
    void *context;
} ReconcileRequest;

typedef struct ReconcileCount {
    size_t compared, findings;
} ReconcileCount;

typedef struct Reconciliation {
    Session *session;
    ReconcileRequest request;
    const Reading *reading, *previous; /* previous: NULL if there is none */
    bool has_period, period_asked;     /* asked: and the report says no other */
    bool period_differs;               /* from the one that was asked */
    Date period_end;
    ReconcileCount counts[RECONCILE_CHECKS];
    size_t figures;          /* of all columns */
    size_t without_fraction; /* own percentages and rates with no fraction beside them */
    size_t targets; /* figures of targets and benchmarks: nothing in the report proves them */
    size_t lone_fractions;  /* with no percentage to go with */
    size_t not_in_previous; /* measures that the earlier report lacks, or has for another period */
    ReconcileCheck check;   /* the one that runs */
} Reconciliation;

Reconciliation *reconcile(Session *session, const ReconcileRequest *request);

/* At most `limit` messages; 0: all. */
void reconcile_render_text(const Reconciliation *done, StrBuf *out, size_t limit, bool colour);
void reconcile_render_json(const Reconciliation *done, StrBuf *out);
const char *reconcile_check_name(ReconcileCheck check);

/* For the checks: one more thing was compared; what a figure's fraction gives (false: nothing, or
 * it does not fit); and whether the printed value is that, rounded as it is printed. */
void reconcile_compared(Reconciliation *run);
bool reconcile_fraction_value(const PrintedFigure *figure, Num *out);
bool reconcile_rounds_to(Num computed, const PrintedFigure *figure);
/* Prints a value as the figure is printed: "61.4%". */
void reconcile_print_like(StrBuf *out, Num value, const PrintedFigure *figure);

#define RECONCILE_CHECK(IDENT, name, title, unit) void check_##name(Reconciliation *run);
#include "report/reconcile_checks.def"
#undef RECONCILE_CHECK

#endif
