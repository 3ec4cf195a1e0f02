/* libkpi: indicators from definitions and data. The only public header; it compiles as C and C++.
 *
 * A session holds definitions and the messages about them. Texts are added, checked, and evaluated
 * against data; everything comes back as text through a function of the caller's. The library
 * prints nothing, never ends the program but when memory runs out (KpiMemoryHook), and keeps
 * nothing between sessions. A session belongs to one thread at a time.
 *
 *     KpiSession *session = kpi_open();
 *     kpi_add_text(session, "plans.kpi", text, strlen(text));
 *     KpiRequest request = {0};
 *     request.data = "data";
 *     request.period = "2017-01";
 *     request.format = KPI_JSON;
 *     if (kpi_evaluate(session, &request, write_text, stdout) != KPI_DONE)
 *         kpi_messages(session, KPI_MESSAGES_TEXT, write_text, stderr);
 *     kpi_close(session);
 */
#ifndef KPI_KPI_H
#define KPI_KPI_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct KpiSession KpiSession;

/* As the exit codes of the program. */
typedef enum KpiOutcome {
    KPI_DONE = 0,
    KPI_USAGE = 2,       /* what was asked for is not there: an indicator, a period, a group */
    KPI_INVALID = 3,     /* the definitions have errors */
    KPI_DATA = 4,        /* the data was refused, or there is none for any period */
    KPI_UNAVAILABLE = 5, /* the store is not there, not readable or busy */
    KPI_DAMAGED = 6,     /* the store is damaged */
    KPI_FAULT = 70       /* a fault of the library itself */
} KpiOutcome;

typedef enum KpiFormat { KPI_TABLE, KPI_CSV, KPI_JSON } KpiFormat;
typedef enum KpiMessageFormat { KPI_MESSAGES_TEXT, KPI_MESSAGES_JSON } KpiMessageFormat;

/* Receives UTF-8 text, not NUL-terminated, one or more times. */
typedef void (*KpiWriter)(void *context, const char *text, size_t len);

/* What is asked for. All zero: every indicator, in the last period that is complete in the data. */
typedef struct KpiRequest {
    const char *data; /* a store or a folder of CSV files; NULL if the definitions hold all rows */
    const char *period; /* "2017-01", "2016/17", "2016/17-Q4", "2016"; or NULL */
    const char *from;   /* with `to`: a series; then `period` is NULL */
    const char *to;
    const char *const *indicators; /* names; none: all */
    size_t indicators_len;
    KpiFormat format;
    size_t width;        /* of a table, in columns; 0: 100 */
    int leave_out_store; /* not 0: results do not name the store */
} KpiRequest;

/* "0.1.0" */
const char *kpi_version(void);
/* Called when memory runs out, before the program is aborted; it may exit instead. */
typedef void (*KpiMemoryHook)(void);
void kpi_on_memory_failure(KpiMemoryHook hook);

KpiSession *kpi_open(void);
/* NULL is allowed. */
void kpi_close(KpiSession *session);

/* Adds a text of definitions under a name that messages show; both are copied. A name with a folder
 * in it is where `use "path"` looks. KPI_INVALID if the text cannot be parsed. */
KpiOutcome kpi_add_text(KpiSession *session, const char *name, const char *text, size_t len);
/* Checks all texts added so far. KPI_DONE or KPI_INVALID. */
KpiOutcome kpi_check(KpiSession *session);
/* Checks and evaluates, and writes the results. They may be written even when the outcome is
 * KPI_DATA: what could be computed is there. */
KpiOutcome kpi_evaluate(KpiSession *session, const KpiRequest *request, KpiWriter write,
                        void *context);
/* Everything that was said so far, errors and warnings, by place. */
void kpi_messages(const KpiSession *session, KpiMessageFormat format, KpiWriter write,
                  void *context);

#ifdef __cplusplus
}
#endif

#endif
