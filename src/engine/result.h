/* Results: exact figures, before any judgement or print. Nothing after the engine sees a plan or a
 * database; everything a report needs is here and in the Indicator.
 *
 * A Cell is one figure: an indicator in a period, of the whole or of one group. Cells are in order:
 * indicators as in the Model, periods by date, then the whole, then the groups (code lists in their
 * order, numbers, then texts by code point, "Unknown" last; with two breakdowns the first varies
 * slowest, and a subtotal stands after the groups it adds).
 *
 * A distribution has for the whole, and then for each group, first one cell of all its bands
 * together (`band` is NULL), then one for each band in the order of writing, then, if any row is in
 * it, the band "Unknown" (`band_unknown`). The counts beside the figure (gross, exclusions, parts,
 * unknown rows) stand on the cell of all bands together.
 *
 * Indicators that are only needed by others (inputs of a derived value, `compared as`, the one that
 * a benchmark is taken from), and periods that only those need, are computed; they stand apart, in
 * `helpers`, and are not printed.
 */
#ifndef ENGINE_RESULT_H
#define ENGINE_RESULT_H

#include "base/num.h"
#include "base/period.h"
#include "base/value.h"
#include "sema/model.h"

typedef struct GroupKey {
    bool whole;   /* this breakdown is totalled here */
    bool unknown; /* the rows whose key is missing */
    /* By which an engine tells groups of one indicator apart: equal keys have equal ones. */
    uint32_t number;
    Value value;
    const char
        *label; /* the code's title, else the value in words ("Unknown", total's own label) */
} GroupKey;

typedef struct PartCount {
    const Part *part;
    int64_t count;
    bool withheld; /* not told in a public output; `count` is then 0 */
} PartCount;

/* What is not told of a cell in a public output. The engine sets nothing of it. */
typedef struct Withheld {
    bool figure;   /* the figure with everything beside it: the symbol is `c` */
    bool counts;   /* rows before exclusions, exclusions, missing values, what moved: they are 0 */
    int64_t below; /* a reported count of 1 to below - 1 is not told; 0: all are */
} Withheld;

typedef struct Figure {
    bool present;
    Num value;
} Figure;

/* What entered a figure and what left it since the compared period: now = previous + entered -
 * left, exactly. Rows of a source are told apart by its key; who is counted once, by the value
 * counted. A row that stays and whose amount changed has left with the old one and entered with the
 * new. */
typedef struct Moves {
    bool present;
    Num entered, left;
} Moves;

typedef struct CellMoves {
    Moves numerator, denominator;
} CellMoves;

/* A benchmark as it meets one cell. */
typedef struct BenchmarkFigure {
    const Benchmark *benchmark;
    const BenchmarkEntry *entry; /* ENTRIES: the one that names this band or group, or adds it */
    Figure value;       /* the benchmark's; absent: none for this cell, or too few members */
    const char *reason; /* why it is absent or not comparable, in words; or NULL */
    bool comparable;    /* both sides are there, and like for like */
    size_t members, members_with_value; /* MEMBERS */
    size_t members_confidential;        /* of those without a value */
    /* The mean of the members' values is exact unless it does not fit: then each value is rounded
     * to MEMBER_PLACES decimals first. */
    /* Our value computed again on the benchmark's population (`only where`), or of the indicator of
     * `compared as`, or of several bands added; absent: the cell's own value meets the benchmark.
     */
    bool has_like_for_like;
    Figure like_numerator, like_denominator, like_value;
    bool has_like_period; /* it is of another period than the cell: */
    Period like_period;
} BenchmarkFigure;

#define MEMBER_PLACES 12

typedef struct Cell Cell;
struct Cell {
    const Indicator *indicator;
    Period period;
    Date window_start, window_end;
    const char *window_label;
    bool has_taken;
    Date taken;
    bool asked;      /* false: here only to compare with */
    GroupKey *group; /* one for each breakdown; the whole of a total: all `whole` */
    bool whole;      /* every key is `whole` (or there is no breakdown) */

    bool available;                /* there is a value */
    Symbol symbol;                 /* why not: x not available, z no cases, c confidential, ... */
    const char *reason;            /* in words, when not available; or NULL */
    bool not_yet;                  /* not available yet: the data does not reach to its period */
    Figure numerator, denominator; /* a mean: its sum and n; a count or sum: numerator only */
    Num value;                     /* in the unit of print: 12.897... for 12.9% */
    Figure squares;                /* a mean: the sum of the squares, for its interval; or absent */

    bool has_counts;          /* rows were counted: */
    int64_t gross;            /* rows in the timing that met the `where`, before exclusions */
    PartCount *excluded;      /* as indicator->excludes */
    int64_t excluded_overlap; /* rows that more than one exclusion takes out */
    PartCount *parts;         /* as indicator->parts */
    Figure share_numerator, share_denominator; /* `with share` */
    int64_t unknown_rows; /* rows in the timing whose `where` was unknown: not counted */
    int64_t unknown_numerator;
    int64_t unknown_excluded; /* rows whose exclusion was unknown: they stayed in */
    int64_t left_out;         /* `sum known`: rows whose value was missing */

    const Cell *previous;   /* same indicator and group in the compared period; or NULL */
    Period previous_period; /* what it was compared with, even if there is no cell */
    bool has_previous_period;
    /* The value that it is compared with: previous->value, else that period's reported figure. */
    Figure previous_value;
    bool previous_reported;

    /* If EngineOptions.moves asks for them, and the two windows overlap or both are snapshots, with
     * no break between and both figures computed: of counts and sums of records, and of the sum and
     * n of a mean. Not of published tables, nor of rows of which only the latest count. */
    struct CellMoves *moves; /* NULL: none (cell_moves) */
    struct CellRows *rows;   /* the engine's own while it runs (moves.h) */

    const Band *band;  /* DISTRIBUTION: the band; NULL: all bands together */
    bool band_unknown; /* the band of rows that fit none; `band` is NULL */

    BenchmarkFigure *benchmarks; /* as indicator->benchmarks; only of cells that were asked for */
    size_t benchmarks_len;

    bool provisional;               /* as declared, for it or for an input of a derived value */
    const ReportedFigure *reported; /* of this period, whether there is a value or not */
    /* The break between the compared window and this one (the latest, if there are several): the
     * one has days before it, the other has days on or after it. */
    const BreakMark *break_between;
    const BreakMark *break_within; /* the window itself has days on both sides of this one */
    const char *break_reason;      /* of either, in words; or NULL */

    Withheld withheld; /* what a public output does not tell (report/suppress.h) */
};

static inline CellMoves cell_moves(const Cell *cell) {
    return cell->moves ? *cell->moves : (CellMoves){0};
}

/* Of a store that is divided over shards: how many statements of the engine in the database are
 * answered by each shard for its own rows, by the coordinator from what it has itself, and by it
 * from rows that come from the shards. */
typedef struct StatementPlaces {
    size_t shards, coordinator, gathered;
} StatementPlaces;

typedef struct Result {
    Cell **cells;
    size_t cells_len;
    Cell **helpers; /* in the same order */
    size_t helpers_len;
    char fingerprint[33]; /* of the typed content that was read */
    size_t data_faults;   /* rows at fault, each said as a warning */
    bool beyond_engine;   /* the engine that was asked for has not all that the plan needs */
    StatementPlaces places;
} Result;

#endif
