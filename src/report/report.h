/* The report model: each Cell of a Result with everything that is printed about it, in texts.
 *
 * In: a Result (exact figures) and the Indicators it speaks of. Out: rows of printed values,
 * targets, movements, verdicts and reasons, which every renderer shows in its own way and none
 * works out again. Judgement is stats/judgement.h; this is where it meets the definitions.
 * Everything lives in the arena of the run.
 *
 * Invariants: rows are the asked cells of the Result in its order, less the groups that were not
 * chosen; a text that has nothing to say is NULL. To add a field: here, report_row.c, then
 * render_json.c, result_schema.c and render_csv.c, which list the same fields in the same order.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "engine/result.h"
#include "stats/comparison.h"
#include "stats/judgement.h"

typedef struct ReportPart {
    const Part *part;
    int64_t count;
    bool withheld;                          /* hidden from the public; the others are then empty */
    const char *value, *printed, *fraction; /* of a proportion: the count out of the denominator */
} ReportPart;

typedef struct ReportShare {
    bool present;
    const char *value, *printed; /* a per cent; NULL when there is nothing to share */
} ReportShare;

/* A benchmark as it stands beside a row. */
typedef struct ReportBenchmark {
    const BenchmarkFigure *figure;
    const char *period;          /* "2015/16" */
    const char *value, *printed; /* NULL: none for this row; `reason` says why */
    const char *like_value, *like_printed, *like_fraction; /* ours on its population; or NULL */
    const char *like_period; /* of ours, where it is not the row's own; or NULL */
    bool compared;
    Standing standing;     /* of ours; NOT_COMPARED unless compared */
    const char *verdict;   /* "better", "similar", "higher"; NULL unless compared */
    const char *method;    /* "own 95% interval (Wilson)", "exact value"; NULL unless compared */
    const char *reason;    /* the comparison in words, or why there is none */
    const char *hindrance; /* why there is none, alone; NULL if compared */
} ReportBenchmark;

/* What range chance leaves open, for the values that have such. */
typedef struct ReportInterval {
    Estimate estimate;         /* method NONE: there is no interval */
    const char *method;        /* "wilson": as in the language */
    const char *lower, *upper; /* 6 decimals; NULL: no such limit */
} ReportInterval;

typedef struct ReportRow {
    const Cell *cell;
    const Indicator *indicator;
    const BenchmarkEntry *added; /* this row adds the bands of the entry, which has several */
    const char *band;            /* label of the band; "Unknown"; NULL: no band, or added ones */
    Good good;                   /* of the indicator, or of this band */
    Measure measure;
    const char *definition; /* the hash of the meaning; or NULL */
    const char *period;     /* "2017-01" */

    const char *value;              /* 12 decimals; NULL: missing */
    const char *printed;            /* "12.9%"; NULL: missing */
    const char *missing;            /* "no cases", "not available", ...; NULL: there is a value */
    const char *flag;               /* "z": the letter of `missing` */
    const char *fraction;           /* "69/535" */
    const ReportedFigure *reported; /* printed instead of what was computed; or NULL */
    ReportInterval interval;
    ReportShare share;
    ReportPart *parts; /* as cell->parts; NULL when nothing was counted */

    const Target
        *target; /* in force at the window's end; NULL: none, or `none`, or not of groups */
    bool information_only; /* `target none` */
    const char *target_value, *target_printed;
    Status status;     /* by the target; without one by the first benchmark */
    bool by_benchmark; /* the latter: the first that may be compared with, judged_by */
    bool hidden;       /* rounding hides the status */
    ReportBenchmark *benchmarks;
    size_t benchmarks_len;
    const ReportBenchmark *judged_by;       /* the first that may be compared with; NULL: none */
    const ReportBenchmark *shown_benchmark; /* where there is room for one: that, else the first */

    MovementVerdict movement;
    Meaning meaning;
    const char *previous_period; /* NULL: nothing to compare with */
    const char *previous_value, *previous_printed, *previous_missing, *previous_fraction;
    const ReportedFigure *previous_reported; /* the previous figure is as reported; or NULL */
    const char *increase;                    /* of a year to date: "+13" */

    const char *status_reason;   /* "12.9% is below the target of 20.7% (low is good)" */
    const char *movement_reason; /* "down from 13.9% (2016-12), improving", or why not */
    const char *reason;          /* why missing; else the two above */
} ReportRow;

typedef enum Audience { AUDIENCE_INTERNAL, AUDIENCE_PUBLIC } Audience;

typedef struct Report {
    Audience audience;
    const char *audience_words; /* for whom it is, and what is hidden from them; or NULL */
    const char *title;          /* of the project; or NULL */
    const char *store;          /* NULL: left out */
    const char *fingerprint;    /* of the content that was read */
    ReportRow *rows;
    size_t rows_len;
} Report;

/* A group that was asked for: `label` names a breakdown. */
typedef struct GroupChoice {
    const char *label;
    const char *value; /* a code or value, or its title; of a total: its label */
} GroupChoice;

typedef struct ReportOptions {
    const char *title, *store; /* as in Report */
    Audience audience;         /* PUBLIC: suppress_result has seen the Result */
    /* The hash of an indicator's meaning, into room for 33; may be NULL. */
    void (*definition_of)(void *context, const Indicator *indicator, char out[33]);
    void *context;
    /* Only these groups: any of the values of a label, and all labels. None: everything. */
    const GroupChoice *groups;
    size_t groups_len;
} ReportOptions;

const Report *report_build(Arena *run, const Result *result, const ReportOptions *options);
/* The rows of the cells from `first` to before `end`, one by one, for who needs each only once: a
 * taker may reset `texts`, where they live, and what is said of a whole indicator lives in `run`.
 * The range begins where a window's cells begin. */
typedef void (*RowTaker)(void *context, const ReportRow *row);
void report_rows(Arena *run, Arena *texts, const Result *result, const ReportOptions *options,
                 size_t first, size_t end, RowTaker take, void *context);
/* Whether any cell is of this group; for "unknown group" before anything is printed. */
bool report_cell_chosen(const Cell *cell, const GroupChoice *groups, size_t len);
bool report_has_group(const Result *result, GroupChoice choice);
/* The one row of a cell (report_row.c); definition may be NULL. */
void report_row_fill(Arena *run, const Cell *cell, const char *definition, ReportRow *row);
/* Where among the bands of a distribution the last one that an entry names stands; the row of them
 * together comes after it. */
size_t report_row_last_band(Cell *const *bands, size_t len, const BenchmarkEntry *entry);
/* The row of several bands added, as an entry of a benchmark names them (report_bands.c). `bands`
 * are the cells of one distribution's bands, the first of `len`. False if one is missing. */
bool report_row_add_bands(Arena *run, Cell *const *bands, size_t len, const BenchmarkEntry *entry,
                          const char *definition, ReportRow *row);

/* The letters of a row: that of a missing value, p (provisional), b (a break before or in it), r
 * (as reported). Gives how many. */
#define ROW_FLAGS 4
size_t row_flags(const ReportRow *row, const char *out[ROW_FLAGS]);

/* ---- words for both people and machines (words.c) ---- */
/* "internal", "public" */
const char *audience_word(Audience audience);
/* What a reader must know about small numbers; NULL where no indicator hides any and the report is
 * internal. */
const char *audience_words(Arena *run, const Report *report);
/* "no cases", "not available", ...: never NULL for a cell without a value. */
const char *missing_words(const Cell *cell);
/* The letter: "x" when the data said nothing. */
const char *missing_flag(const Cell *cell);
/* "January 2017", "January to March 2017", "2016/17" */
void period_words(StrBuf *out, Period period);
/* A group key as a machine reads it ("17", "Unknown"); as a person reads it: key->label. */
#define UNKNOWN_WORD "Unknown"

/* Whether the breakdown's value is missing; a text that reads "Unknown" is not. */
bool group_key_is_unknown(const GroupKey *key);
void group_key_print(StrBuf *out, const GroupKey *key);
/* An exact figure: "535", "4943674.5"; six places when it has no exact decimal. */
void figure_print(StrBuf *out, Num value, bool grouped);

#endif
