/* Two versions of the definitions: what changed in meaning, and what that does to the numbers.
 *
 * In: two Models; and, if there is data, for each period the results of both with what became of
 * each record. Out: a list of changed indicators, which every format shows in its own way.
 *
 * The hash of the definitions says whether an indicator changed; the sentences of its wording say
 * what did. So nothing is reported that only people read, and nothing that counts is passed over: a
 * change that no sentence shows is named all the same.
 *
 * To add what is compared: a field here, filled in changes.c or figures.c, then render_text.c,
 * render_json.c and its schema (diff_schema.c).
 */
#ifndef DIFF_CHANGES_H
#define DIFF_CHANGES_H

#include "explain/gather.h"
#include "report/report.h"
#include "wording/comparison.h"

#define HASH_SIZE 33

/* One figure of both versions. */
typedef struct FigureChange {
    const char *period; /* "2017-01" */
    const char *group;  /* "Area “North”", "band “0-6 weeks”"; NULL: the whole */
    const ReportRow *before, *after; /* NULL: there is none in that version */
    bool same;                       /* value, fraction, status and meaning are */
    bool flips;                      /* the status, or better against worse */
} FigureChange;

typedef VEC(const char *) KeyList;

/* Records that one part of a result gained and lost. */
typedef struct RecordMoves {
    const char *period;
    const SourceModel *source;
    const char *part; /* "numerator", "denominator", "counted", "taken out", "unknown" */
    size_t stayed;
    KeyList in, out; /* by key; shown only if that is allowed, else their numbers */
} RecordMoves;

typedef struct IndicatorChange {
    const Indicator *before, *after; /* NULL: there is none in that version */
    bool renamed;                    /* the meaning is the same, the name is not */
    char was[HASH_SIZE], is[HASH_SIZE];
    SentenceChanges sentences;
    VEC(const char *) inputs;         /* titles of the indicators it uses, whose figures changed */
    VEC(const ReportModel *) reports; /* that quote it: of the new version, else of the old */
    VEC(FigureChange) figures;        /* the whole of each period, and other cells that differ */
    VEC(RecordMoves) moves;           /* of parts that gained or lost any */
} IndicatorChange;

typedef struct Changes {
    Arena *arena;
    const char *old_name, *new_name; /* of the versions, as the user gave them */
    const Model *before, *after;
    const char *store; /* NULL: no data was given */
    bool keys;         /* the keys of records may be shown */
    VEC(IndicatorChange) items;
    size_t compared;
} Changes;

/* Fills items, without figures. `arena`, `before` and `after` are set. */
void changes_find(Changes *changes);

/* The results of both versions for one run, whose texts live as long as the changes. */
typedef struct BothResults {
    const Report *before, *after;               /* NULL: nothing was computed */
    const Gathering *old_records, *new_records; /* with names (`listed`) */
    const Period *period;                       /* only of this; NULL: whatever there is */
} BothResults;

/* Adds the figures and moves of one run to every item. */
void changes_add_results(Changes *changes, const BothResults *results);

/* "changed", "new", "gone", "renamed" */
const char *change_word(const IndicatorChange *change);
/* "12.9% (69/535)", "no value (no cases)", "none" of NULL */
const char *figure_text(Arena *arena, const ReportRow *row);

/* ---- formats ---- */
typedef enum DiffFormat { DIFF_TEXT, DIFF_MARKDOWN, DIFF_JSON } DiffFormat;

/* For a terminal, or for a merge request. */
void render_changes(StrBuf *out, const Changes *changes, DiffFormat format);
/* One object, kpic-diff/1. */
void render_changes_json(StrBuf *out, const Changes *changes);

#endif
