/* Tests of indicators, as the Model has them.
 *
 * In: declarations `test`. Out: the records of each, one table a source in the shape that engines
 * read, and what is expected, with every name resolved. A test with a fault is left out of the
 * Model; messages say what was wrong.
 *
 * To add a form of `expect`: its kind in base/terms.h, its reading in declare_test.c, its check in
 * testing/judge.c.
 */
#ifndef SEMA_TESTS_H
#define SEMA_TESTS_H

#include "sema/model.h"

/* The records of one source, in place of what a store holds. */
struct GivenTable {
    const SourceModel *source;
    const char **cells; /* rows_len * source->columns_len, NULL for missing */
    size_t rows_len;
    size_t written;      /* the rows written in the test; those after them are made for links */
    const bool *columns; /* by column: written in the test; in the others nothing is at fault */
    bool declared;       /* the rows of the source itself; else dates are as in the language */
    Span span;
};

/* Where a record is expected, or expected not to be. */
typedef enum PlaceKind {
    PLACE_NUMERATOR,
    PLACE_COUNTED, /* denominator, value, distribution: the rows that are counted */
    PLACE_EXCLUDED,
    PLACE_PART,
    PLACE_BAND
} PlaceKind;

typedef struct ExpectedGroup {
    size_t breakdown; /* its place in indicator->breakdowns */
    const char *value;
} ExpectedGroup;

typedef struct Expectation {
    ExpectKind kind;
    Span span;
    Num value, of; /* in the unit of print, or counts */
    int decimals;  /* as written */
    const char *printed;
    const Part *part;
    const char *status;
    int code;
    const Rowset *rows; /* RECORD: of its source, as `place` counts them */
    size_t row;         /* its place in the given table */
    PlaceKind place;
    bool negated;
    bool has_band, band_unknown;
    const Band *band;
    ExpectedGroup *groups;
    size_t groups_len;
} Expectation;

struct TestModel {
    const Indicator *indicator;
    Period period;
    const char *title;
    Span span;
    const GivenTable **given; /* by source; NULL: none, so that the source has no rows */
    size_t given_len;
    Expectation *expected;
    size_t expected_len;
    TakenDate *taken; /* before those of the project */
    size_t taken_len;
    const CalendarModel *calendar; /* NULL: the project's */
};

/* "cp_plan 4": a record by its source and key, or by its row. */
void given_print_row(StrBuf *out, const GivenTable *given, size_t row);

#endif
