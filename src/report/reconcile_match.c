#include "report/reconcile_match.h"

#include <string.h>

#define ENOUGH 600         /* words shared, by which a label is known */
#define ENOUGH_BETWEEN 300 /* the same, of the only one between two that are known */
#define LIKE 200           /* the same, to be named as nearest */
#define MOST_MEASURES 2000
#define CLEARLY 80 /* by so much more than any other's */

typedef struct Candidate {
    const Indicator *indicator;
    const ReportItem *item; /* NULL: no report shows it */
    bool taken;
} Candidate;

typedef struct Matcher {
    Arena *arena;
    const Model *model;
    VEC(Candidate) candidates; /* in the order of the report */
    LabelWords *labels;        /* of the measures to match */
    int *shares;               /* measure by candidate: the words that they share */
    Matches *out;
} Matcher;

/* ---- what is matched with what ---- */

/* A row with a label and a figure of its own. */
static bool is_to_match(const PrintedMeasure *measure) {
    if (measure->column || !*measure->key)
        return false;
    for (size_t i = 0; i < measure->cells.len; i++) {
        const PrintedCell *cell = measure->cells.items[i];
        bool own =
            cell->role == ROLE_CURRENT || cell->role == ROLE_PREVIOUS || cell->role == ROLE_PRINTED;
        if (own && !cell->prose && cell->figures.len > 0)
            return true;
    }
    return false;
}

static void add_candidates(Matcher *matcher, const ReportModel *report) {
    matcher->candidates.len = 0;
    for (size_t i = 0; report && i < report->items_len; i++) {
        const ReportItem *item = &report->items[i];
        for (size_t k = 0; item->kind == REPORT_SHOW && k < item->shown_len; k++) {
            Candidate candidate = {.indicator = item->shown[k], .item = item};
            vec_push(matcher->arena, &matcher->candidates, candidate);
        }
    }
    for (size_t i = 0; !report && i < matcher->model->indicators_len; i++) {
        Candidate candidate = {.indicator = matcher->model->indicators[i]};
        vec_push(matcher->arena, &matcher->candidates, candidate);
    }
}

/* How well the page's labels go with the indicators that are looked through. */
static int64_t share_words(Matcher *matcher) {
    size_t measures = matcher->out->list.len, candidates = matcher->candidates.len;
    int64_t sum = 0;
    LabelWords *titles = arena_array(matcher->arena, candidates, sizeof *titles);
    for (size_t k = 0; k < candidates; k++)
        titles[k] = label_words(matcher->arena, matcher->candidates.items[k].indicator->title);
    matcher->shares = arena_array(matcher->arena, measures * candidates, sizeof *matcher->shares);
    for (size_t i = 0; i < measures; i++) {
        int best = 0;
        for (size_t k = 0; k < candidates; k++) {
            int words = words_shared(&matcher->labels[i], &titles[k]);
            matcher->shares[i * candidates + k] = words;
            best = words > best ? words : best;
        }
        sum += best;
    }
    return sum;
}

static int shared(const Matcher *matcher, const MeasureMatch *of, size_t candidate) {
    size_t measure = (size_t)(of - matcher->out->list.items);
    return matcher->shares[measure * matcher->candidates.len + candidate];
}

static void choose_report(Matcher *matcher) {
    int64_t most = -1;
    for (size_t i = 0; i < matcher->model->reports_len; i++) {
        add_candidates(matcher, matcher->model->reports[i]);
        int64_t here = share_words(matcher);
        if (here > most)
            matcher->out->report = matcher->model->reports[i];
        most = here > most ? here : most;
    }
    add_candidates(matcher, matcher->out->report);
    share_words(matcher);
}

static void match(Matcher *matcher, MeasureMatch *match, const Indicator *indicator, MatchedBy by) {
    match->indicator = indicator;
    match->by = by;
    for (size_t i = 0; i < matcher->candidates.len; i++) {
        Candidate *candidate = &matcher->candidates.items[i];
        if (candidate->indicator != indicator)
            continue;
        candidate->taken = true;
        if (candidate->item && match->with_len == 0) {
            match->with = candidate->item->with;
            match->with_len = candidate->item->with_len;
        }
    }
}

/* ---- the steps ---- */

/* Labels that are an id or a title to the letter, but for case, blanks and marks. */
static void match_names(Matcher *matcher) {
    for (size_t i = 0; i < matcher->out->list.len; i++) {
        MeasureMatch *of = &matcher->out->list.items[i];
        const Indicator *by_id = model_indicator(matcher->model, of->measure->name);
        if (by_id) {
            match(matcher, of, by_id, MATCHED_BY_ID);
            continue;
        }
        const char *key = label_key(matcher->arena, of->measure->name);
        const Indicator *same = NULL;
        size_t found = 0;
        for (size_t k = 0; k < matcher->model->indicators_len; k++)
            if (strcmp(label_key(matcher->arena, matcher->model->indicators[k]->title), key) == 0) {
                same = matcher->model->indicators[k];
                found++;
            }
        if (found == 1)
            match(matcher, of, same, MATCHED_BY_TITLE);
    }
}

/* The free candidate whose title shares most with the label; by how much more than the next. */
static int best_of(const Matcher *matcher, const MeasureMatch *of, size_t *best, int *ahead) {
    int most = -1, next = 0;
    for (size_t i = 0; i < matcher->candidates.len; i++) {
        if (matcher->candidates.items[i].taken)
            continue;
        int words = shared(matcher, of, i);
        if (words > most) {
            next = most < 0 ? 0 : most;
            most = words;
            *best = i;
        } else if (words > next) {
            next = words;
        }
    }
    *ahead = most - next;
    return most;
}

/* Whether another label without a match is as good or better for the candidate. */
static bool is_contested(const Matcher *matcher, const MeasureMatch *of, size_t candidate) {
    int own = shared(matcher, of, candidate);
    for (size_t i = 0; i < matcher->out->list.len; i++) {
        const MeasureMatch *other = &matcher->out->list.items[i];
        if (other != of && !other->indicator &&
            strcmp(other->measure->key, of->measure->key) != 0 &&
            shared(matcher, other, candidate) + CLEARLY > own)
            return true;
    }
    return false;
}

/* One that is known leaves fewer for the others: again until nothing changes. */
static bool match_words(Matcher *matcher) {
    bool any = false;
    for (size_t i = 0; i < matcher->out->list.len; i++) {
        MeasureMatch *of = &matcher->out->list.items[i];
        size_t best = 0;
        int ahead;
        if (of->indicator || best_of(matcher, of, &best, &ahead) < ENOUGH || ahead < CLEARLY ||
            is_contested(matcher, of, best))
            continue;
        match(matcher, of, matcher->candidates.items[best].indicator, MATCHED_BY_WORDS);
        any = true;
    }
    return any;
}

/* The place of the candidate that the measure before or after this one is; UNKNOWN_PLACE: it is not
 * known. */
#define UNKNOWN_PLACE (-2)

static int64_t place_of(const Matcher *matcher, size_t measure, bool after) {
    if (!after && measure == 0)
        return -1;
    if (after && measure + 1 == matcher->out->list.len)
        return (int64_t)matcher->candidates.len;
    const Indicator *indicator =
        matcher->out->list.items[after ? measure + 1 : measure - 1].indicator;
    for (size_t i = 0; indicator && i < matcher->candidates.len; i++)
        if (matcher->candidates.items[i].indicator == indicator)
            return (int64_t)i;
    return UNKNOWN_PLACE;
}

/* Between two that are known, where the report has one indicator. */
static bool match_places(Matcher *matcher) {
    bool any = false;
    for (size_t i = 0; matcher->out->report && i < matcher->out->list.len; i++) {
        MeasureMatch *of = &matcher->out->list.items[i];
        int64_t before = place_of(matcher, i, false), after = place_of(matcher, i, true);
        if (of->indicator || before == UNKNOWN_PLACE || after != before + 2)
            continue;
        const Candidate *between = &matcher->candidates.items[before + 1];
        if (between->taken || shared(matcher, of, (size_t)(before + 1)) < ENOUGH_BETWEEN)
            continue;
        match(matcher, of, between->indicator, MATCHED_BY_PLACE);
        any = true;
    }
    return any;
}

/* A list has a measure once for each period. */
static void match_repeated(Matcher *matcher) {
    for (size_t i = 0; i < matcher->out->list.len; i++) {
        MeasureMatch *of = &matcher->out->list.items[i];
        for (size_t k = 0; !of->indicator && k < matcher->out->list.len; k++) {
            const MeasureMatch *other = &matcher->out->list.items[k];
            if (other->indicator && strcmp(other->measure->name, of->measure->name) == 0)
                match(matcher, of, other->indicator, other->by);
        }
    }
}

static void note_nearest(Matcher *matcher) {
    for (size_t i = 0; i < matcher->out->list.len; i++) {
        MeasureMatch *of = &matcher->out->list.items[i];
        int words[2] = {0, 0};
        for (size_t k = 0; !of->indicator && k < matcher->candidates.len; k++) {
            int here = shared(matcher, of, k);
            const Indicator *indicator = matcher->candidates.items[k].indicator;
            size_t at = here > words[0] ? 0 : 1;
            if (here <= words[at] || here < LIKE)
                continue;
            if (at == 0) {
                words[1] = words[0];
                of->nearest[1] = of->nearest[0];
            }
            words[at] = here;
            of->nearest[at] = indicator;
        }
        of->nearest_len = of->nearest[1] ? 2 : of->nearest[0] ? 1 : 0;
    }
}

void matches_find(Arena *arena, const Reading *reading, const Model *model, Matches *out) {
    Matcher matcher = {.arena = arena, .model = model, .out = out};
    *out = (Matches){0};
    for (size_t i = 0; i < reading->measures.len; i++) {
        MeasureMatch of = {.measure = reading->measures.items[i]};
        if (is_to_match(of.measure) && out->list.len < MOST_MEASURES)
            vec_push(arena, &out->list, of);
    }
    matcher.labels = arena_array(arena, out->list.len, sizeof *matcher.labels);
    for (size_t i = 0; i < out->list.len; i++)
        matcher.labels[i] = label_words(arena, out->list.items[i].measure->name);
    choose_report(&matcher);
    match_names(&matcher);
    while (match_words(&matcher) || match_places(&matcher))
        ;
    match_repeated(&matcher);
    note_nearest(&matcher);
}

const char *matched_by_words(MatchedBy by) {
    switch (by) {
    case MATCHED_NOT:
        return "nothing";
    case MATCHED_BY_ID:
        return "id";
    case MATCHED_BY_TITLE:
        return "title";
    case MATCHED_BY_WORDS:
        return "words of the title";
    case MATCHED_BY_PLACE:
        return "place in the report";
    case MATCHED_WAYS:
        break;
    }
    return "";
}
