/* Messages: collected, sorted, capped, and rendered in one place.
 *
 * Code below cli/ never prints: it reports here and returns false or NULL. Each code is declared
 * once in diag_codes*.def, keeps its meaning for ever, has a page under `kpic help CODE`, and is
 * produced by at least one test. To add one: a line in the .def of its area, and a golden test.
 *
 * Style of the words: lower-case start, no full stop, the fault first, names in 'quotes'; say what
 * was found and what was expected. diag_note() shows the other place that matters; diag_help() says
 * what to do ("did you mean 'percent'?").
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"
#include "base/strbuf.h"

typedef enum Severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR } Severity;

typedef enum DiagCode {
#define DIAG(number, ident, severity, title, help) DIAG_##ident = number,
#include "base/diag_codes.def"
#undef DIAG
} DiagCode;

typedef struct DiagInfo {
    int number;       /* printed as KPI0123 */
    const char *name; /* "unknown_column" */
    Severity severity;
    const char *title; /* one line */
    const char *help;  /* the page: a paragraph, what to do */
} DiagInfo;

typedef struct Diags Diags;
typedef struct Diag Diag;

Diags *diags_new(Arena *arena, const Sources *sources);
/* The severity is the code's own. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
Diag *
diag_add(Diags *diags, DiagCode code, Span at, const char *format, ...);
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
void diag_note(Diag *diag, Span at, const char *format, ...);
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void diag_help(Diag *diag, const char *format, ...);
/* "did you mean 'x'?" for the nearest of names, or nothing. */
void diag_suggest(Diag *diag, const char *wanted, const char *const *names, size_t len);

/* The i-th message in the order of adding; NULL past the last. *words is what it says. */
const DiagInfo *diags_at(const Diags *diags, size_t i, const char **words);
size_t diags_count(const Diags *diags);
size_t diags_errors(const Diags *diags);
size_t diags_warnings(const Diags *diags);
/* Whether an error was added since the mark (see diags_mark). */
size_t diags_mark(const Diags *diags);

/* Decides about one message: its severity in *severity, or false to take it out. */
typedef bool DiagsDecide(const void *context, const DiagInfo *info, Span at, Severity *severity);
/* Asks `decide` about each message from the first-th in the order of adding on. */
void diags_settle(Diags *diags, size_t first, DiagsDecide *decide, const void *context);

const DiagInfo *diag_info(int number);   /* NULL if there is none */
const DiagInfo *diag_infos(size_t *len); /* all, by number */

/* All messages, sorted by place, equal ones once, at most `limit` (0: all; then a line says how
 * many were left out). Text form: FILE:LINE:COL: error: WORDS [KPI0123] 12 |     basis precent |
 * ^~~~~~~ FILE:LINE:COL: note: declared here help: did you mean 'percent'?
 */
void diags_render_text(const Diags *diags, StrBuf *out, size_t limit, bool colour);
void diags_render_json(const Diags *diags, StrBuf *out, size_t limit);
/* All messages as a SARIF 2.1.0 log of one run; `version` is the program's. */
void diags_render_sarif(const Diags *diags, StrBuf *out, const char *version);
/* All messages as workflow commands, a line each: ::error file=F,line=1,...::WORDS */
void diags_render_annotations(const Diags *diags, StrBuf *out);

#endif
