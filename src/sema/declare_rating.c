/* Neighbours and ratings. */
#include <string.h>

#include "sema/analysis.h"

/* ---- neighbours ---- */

static void set_members(Analysis *a, NeighbourSet *set, const Node *clause) {
    const TextList *codes = &node_Members(clause)->codes;
    set->members = arena_array(a->arena, codes->len + 1, sizeof *set->members);
    for (size_t i = 0; i < codes->len; i++) {
        Atom code = atom_of_text(a->session->atoms, codes->items[i].text);
        for (size_t j = 0; j < set->members_len; j++)
            if (set->members[j] == code)
                fault(a, DIAG_name_twice, codes->items[i].span, "'%s' is a member twice", code);
        if (set->of && strcmp(set->of, code) == 0)
            diag_help(fault(a, DIAG_neighbour_of_itself, codes->items[i].span,
                            "'%s' is the authority itself, not one of its neighbours", code),
                      "leave it out: an average of neighbours that has our own value in it leans "
                      "towards us");
        set->members[set->members_len++] = code;
    }
}

static void set_member_rows(Analysis *a, NeighbourSet *set, const Node *clause) {
    const Node_MemberRows *written = node_MemberRows(clause);
    Place place = {.analysis = a};
    const Scope *inner;
    Rowset *rows = infer_rowset(&place, written->rowset, NULL, false, false, &inner);
    if (!rows)
        return;
    set->rows = rows;
    set->code = infer(&place, written->code, inner);
    if (set->code->type.kind != TYPE_TEXT && set->code->type.kind != TYPE_INTEGER &&
        set->code->type.kind != TYPE_ERROR)
        fault(a, DIAG_type_wanted, set->code->span,
              "a member is the code of an authority, but "
              "this is %s",
              type_words(set->code->type));
    if (rows->timing != TIMING_NONE)
        fault(a, DIAG_calendar_timing, rows->span, "members have no window: leave '%s' out",
              timing_word(rows->timing));
}

void complete_neighbours(Analysis *a, const Node *node) {
    const Node_Neighbours *written = node_Neighbours(node);
    NeighbourSet *set = name_table_find(&a->neighbours, written->name.atom);
    if (!set || set->span.off != written->name.span.off || set->span.src != written->name.span.src)
        return;
    const Node *members = NULL;
    bool damaged = false;
    for (size_t i = 0; i < written->clauses.len; i++) {
        const Node *clause = written->clauses.items[i];
        damaged = damaged || clause->kind == NODE_BROKEN_CLAUSE;
        if (clause->kind == NODE_MODEL_YEAR)
            set->year = node_ModelYear(clause)->year;
        if (clause->kind != NODE_MEMBERS && clause->kind != NODE_MEMBER_ROWS)
            continue;
        if (members) {
            diag_note(fault(a, DIAG_clause_twice, clause->span, "'members' is set twice"),
                      members->span, "first set here");
            continue;
        }
        members = clause;
        if (clause->kind == NODE_MEMBERS)
            set_members(a, set, clause);
        else
            set_member_rows(a, set, clause);
    }
    if (!members && !damaged)
        diag_help(fault(a, DIAG_clause_missing, set->span, "'%s' has no 'members'", set->name),
                  "write `members \"878\", \"908\"`, or `members n.code of SOURCE n`");
}

/* ---- rating ---- */

static void read_rule(Analysis *a, RatingScheme *rating, const Node *node, RatingRule *rule) {
    const Node_RatingRule *written = node_RatingRule(node);
    rule->kind = written->kind;
    if (written->amount)
        rule->amount = node_Number(written->amount)->value;
    rating->needs_floor = rating->needs_floor || written->kind == RATING_AT_FLOOR;
    (void)a;
}

static void read_line(Analysis *a, RatingScheme *rating, const Node *node) {
    const Node_RatingLine *written = node_RatingLine(node);
    RatingRule *rules = arena_array(a->arena, written->rules.len, sizeof *rules);
    for (size_t i = 0; i < written->rules.len; i++)
        read_rule(a, rating, written->rules.items[i], &rules[i]);
    rating->lines[rating->lines_len++] =
        (RatingLine){.colour = written->colour, .rules = rules, .rules_len = written->rules.len};
}

static bool ends_otherwise(const RatingScheme *rating) {
    const RatingLine *last = &rating->lines[rating->lines_len - 1];
    return last->rules_len == 1 && last->rules[0].kind == RATING_OTHERWISE;
}

void complete_rating(Analysis *a, const Node *node) {
    const Node_Rating *written = node_Rating(node);
    RatingScheme *rating = name_table_find(&a->ratings, written->name.atom);
    if (!rating || rating->span.off != written->name.span.off ||
        rating->span.src != written->name.span.src)
        return;
    bool damaged = false;
    rating->lines = arena_array(a->arena, written->clauses.len + 1, sizeof *rating->lines);
    for (size_t i = 0; i < written->clauses.len; i++) {
        damaged = damaged || written->clauses.items[i]->kind == NODE_BROKEN_CLAUSE;
        if (written->clauses.items[i]->kind == NODE_RATING_LINE)
            read_line(a, rating, written->clauses.items[i]);
    }
    if (damaged)
        return;
    if (rating->lines_len == 0 || !ends_otherwise(rating))
        diag_help(fault(a, DIAG_rating_open, rating->span,
                        "'%s' does not say what colour all other values have", rating->name),
                  "end it with a line as `red otherwise`");
}
