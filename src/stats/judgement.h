/* What a figure means: its movement since the compared period, whether that is better or worse, and
 * how it stands against its target. Pure functions of numbers; words come out beside each verdict.
 *
 * Two rules are not the same, on purpose. A status compares exact values: 94.96%, printed as 95.0%,
 * misses a target of 95%. A movement compares what is printed: 0.529% after 0.521%, both printed
 * 0.5%, is no change. Where rounding hides a status, its words say so.
 *
 * A tolerance adds a status between met and missed: rating.h judges it, here nothing is near. A
 * benchmark is not a Goal: comparison.h. To add a status: the enum, judge_status and status_word.
 */
#ifndef STATS_JUDGEMENT_H
#define STATS_JUDGEMENT_H

#include <stdbool.h>

#include "base/date.h"
#include "stats/measure.h"

/* ---- movement ---- */
typedef enum Movement { MOVEMENT_NONE, MOVEMENT_UP, MOVEMENT_DOWN, MOVEMENT_SAME } Movement;

/* Why there is no movement. */
typedef enum Hindrance {
    HINDRANCE_NONE,
    HINDRANCE_NO_PERIOD,        /* nothing to compare with */
    HINDRANCE_NOW_MISSING,      /* this figure is not there */
    HINDRANCE_PREVIOUS_MISSING, /* the compared figure is not there */
    HINDRANCE_YEAR_TO_DATE,     /* a total that only grows: the increase is printed instead */
    HINDRANCE_NEW_YEAR          /* year to date, and 1 April lies between */
} Hindrance;

typedef struct MovementInput {
    const Num *now;           /* NULL: missing */
    const Num *previous;      /* NULL: missing */
    bool has_previous_period; /* there is something to compare with */
    bool year_to_date;        /* the window is a year to date */
    Date window_end;          /* of the figure */
    Date previous_end;        /* of the compared period */
    int decimals;             /* as declared */
    SameKind same;            /* `same within` */
    Num same_within;          /* points, or per cent of the previous value */
} MovementInput;

typedef struct MovementVerdict {
    Movement movement;
    Hindrance hindrance; /* NONE unless movement is NONE */
    bool has_increase;   /* year to date within one year: */
    Num increase;        /* rounded now less rounded previous */
} MovementVerdict;

MovementVerdict judge_movement(const MovementInput *input);
const char *movement_word(Movement movement);     /* "up", "down", "same"; NULL for NONE */
const char *hindrance_words(Hindrance hindrance); /* NULL for NONE */
/* The change in per cent of the previous value's size, unrounded; false from 0, or if it does not
 * fit. */
bool movement_percent(Num now, Num previous, Num *out);

/* ---- meaning ---- */
typedef enum Meaning {
    MEANING_NONE, /* no direction of good was declared */
    MEANING_IMPROVING,
    MEANING_WORSENING,
    MEANING_NO_CHANGE,
    MEANING_NOT_COMPARABLE
} Meaning;

typedef struct Good {
    GoodKind kind;
    Num low, high; /* BETWEEN, both in */
} Good;

/* Of the verdict over the same input. `between`: nearer to the range is better. */
Meaning judge_meaning(const MovementInput *input, MovementVerdict verdict, Good good);
const char *meaning_word(Meaning meaning); /* "no change"; NULL for NONE */

/* ---- status ---- */
typedef enum Status { STATUS_NONE, STATUS_MET, STATUS_NEAR, STATUS_MISSED } Status;

/* One step of a trajectory of targets. */
typedef struct Goal {
    bool none;     /* for information only */
    Num value;     /* as printed: 95 for 95% */
    int decimals;  /* as written */
    bool has_from; /* else always in force */
    Date from;
} Goal;

/* The goal in force on a day: the latest `from` on or before it; one without `from` is older than
 * all others, and of equals the last written counts. NULL if none is in force. */
const Goal *goal_in_force(const Goal *goals, size_t goals_len, Date on);

/* By exact value, never near: met at or above for high, at or below for low, inside the range for
 * between. NONE for neutral, for no goal, and for a goal that is none. */
Status judge_status(Num value, const Goal *goal, Good good);
const char *status_word(Status status); /* "met"; NULL for NONE */
/* Whether the printed value would be judged otherwise than the exact one. */
bool status_hidden_by_rounding(Num value, const Goal *goal, Good good, int decimals);
/* "12.9% is below the target of 20.7% (low is good)"; "94.96% is printed as 95.0% but is below the
 * target of 95% (high is good)". Nothing for NONE. */
void status_print_reason(StrBuf *out, Num value, const Goal *goal, Good good, Measure measure);
/* The same with the value at so many places, from measure.decimals up, because a rule finer than
 * met or missed needs them to be seen. */
void status_print_reason_at(StrBuf *out, Num value, const Goal *goal, Good good, Measure measure,
                            int places);
/* More places than this are not tried. */
#define STATUS_MOST_PLACES 12

#endif
