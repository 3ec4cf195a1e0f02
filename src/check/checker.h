/* What the checks share. Private to check/. */
#ifndef CHECK_CHECKER_H
#define CHECK_CHECKER_H

#include "check/check.h"

typedef struct Checker {
    Session *session;
    const Model *model;
    const CheckOptions *options;
    bool whole;         /* the project is declared, and all that was read was understood */
    char (*hashes)[33]; /* by indicator, of those looked at so far: what they mean */
    bool said[CHECKS];  /* about the indicator that is looked at */
} Checker;

#define SUBJECT_INDICATOR(code) void check_##code(Checker *checker, const Indicator *indicator);
#define SUBJECT_PROJECT(code) void check_##code(Checker *checker);
#define SUBJECT_ANALYSIS(code)
#define SUBJECT_DATA(code)
#define CHECK(code, family, subject, on, needs) SUBJECT_##subject(code)
#include "sema/checks.def"
#undef CHECK
#undef SUBJECT_INDICATOR
#undef SUBJECT_PROJECT
#undef SUBJECT_ANALYSIS
#undef SUBJECT_DATA

/* The message of a check; notes and help can be added. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
Diag *
check_say(Checker *checker, CheckId check, Span at, const char *format, ...);

#endif
