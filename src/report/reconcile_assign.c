/* Which computed figure each figure of a printed cell is. */
#include <string.h>

#include "report/reconcile_bands.h"
#include "report/reconcile_computed.h"

typedef struct Assigner {
    Arena *arena;
    const PrintedCell *cell;
    ComputedFigures *computed;
    Assigned *out; /* one for each printed figure */
    size_t *group; /* of each: the group that it stands under, by the number of its value from 1 */
} Assigner;

static ComputedFigure *computed_at(const Assigner *assigner, size_t i) {
    return &assigner->computed->items[i];
}

static const PrintedFigure *figure_at(const Assigner *assigner, size_t i) {
    return &assigner->cell->figures.items[i];
}

static bool kinds_agree(const ComputedFigure *computed, const PrintedFigure *figure) {
    return kind_agrees(computed->indicator, computed->shown_as, figure);
}

static void give(Assigner *assigner, size_t figure, ComputedFigure *computed, AssignedBy by) {
    assigner->out[figure] = (Assigned){computed, by};
    computed->taken = true;
}

static bool is_free(const Assigner *assigner, size_t figure, const ComputedFigure *computed) {
    return !assigner->out[figure].figure && !computed->taken &&
           kinds_agree(computed, figure_at(assigner, figure));
}

/* ---- groups ---- */

/* "17 year olds" is the group 17, "Friends" the group "Friends and family". */
static bool names_group(Arena *arena, const char *label, const ComputedFigure *computed) {
    LabelWords printed = label_words(arena, label), group = label_words(arena, computed->label);
    return words_within(&group, &printed) || words_within(&printed, &group);
}

/* The value of the group that the label names, as a number from 1; 0: it names none, or several. */
static size_t group_of(const Assigner *assigner, const PrintedFigure *figure) {
    size_t found = 0, several = 0;
    for (size_t i = 0; i < assigner->computed->len && *figure->label; i++) {
        const ComputedFigure *computed = computed_at(assigner, i);
        if (computed->kind != COMPUTED_VALUE || !computed->group)
            continue;
        if (strcmp(label_key(assigner->arena, figure->label),
                   label_key(assigner->arena, computed->label)) == 0)
            return i + 1;
        if (!names_group(assigner->arena, figure->label, computed))
            continue;
        several += found > 0;
        found = i + 1;
    }
    return several > 0 ? 0 : found;
}

static bool same_group(const ComputedFigure *a, const ComputedFigure *b) {
    return a->indicator == b->indicator && a->group && b->group && strcmp(a->label, b->label) == 0;
}

/* "Overall 18%", "All teams = 57%"; not "42.9% of all, 100%", which goes on. */
static bool is_total(const PrintedFigure *figure) {
    return figure->total && strncmp(figure->label, "of ", 3) != 0;
}

/* A figure without a group's name belongs to the group before it: "Police 40%, conversion 11.5%".
 */
static void find_groups(Assigner *assigner) {
    size_t current = 0;
    for (size_t i = 0; i < assigner->cell->figures.len; i++) {
        const PrintedFigure *figure = figure_at(assigner, i);
        size_t named = is_total(figure) ? 0 : group_of(assigner, figure);
        current = named > 0 || is_total(figure) ? named : current;
        assigner->group[i] = current;
    }
}

/* The share comes before the value, where both are printed. */
static void give_group(Assigner *assigner, size_t first) {
    const ComputedFigure *value = computed_at(assigner, assigner->group[first] - 1);
    size_t printed = 0, len = assigner->cell->figures.len;
    for (size_t i = first; i < len && assigner->group[i] == assigner->group[first]; i++)
        printed += !assigner->out[i].figure && kinds_agree(value, figure_at(assigner, i));
    for (size_t i = first; i < len && assigner->group[i] == assigner->group[first]; i++)
        for (size_t k = 0; k < assigner->computed->len; k++) {
            ComputedFigure *computed = computed_at(assigner, k);
            if (!same_group(computed, value) || !is_free(assigner, i, computed))
                continue;
            /* Alone it may be either; it is the value unless it is the share. */
            if (computed->kind == COMPUTED_SHARE && printed == 1 &&
                !computed_is_printed(computed, figure_at(assigner, i)))
                continue;
            give(assigner, i, computed, ASSIGNED_BY_LABEL);
            break;
        }
}

static void assign_groups(Assigner *assigner) {
    find_groups(assigner);
    for (size_t i = 0; i < assigner->cell->figures.len; i++)
        if (assigner->group[i] > 0 && (i == 0 || assigner->group[i] != assigner->group[i - 1]))
            give_group(assigner, i);
}

/* ---- bands ---- */

static bool names_band(Arena *arena, const char *label, const char *band) {
    PrintedBand printed, computed;
    if (strcmp(label_key(arena, label), label_key(arena, band)) == 0)
        return true;
    return band_parse(arena, label, &printed) && band_parse(arena, band, &computed) &&
           band_same(&printed, &computed);
}

static bool is_band(const ComputedFigure *computed) {
    return computed->kind == COMPUTED_VALUE && !computed->group && computed->cell->band;
}

static bool may_be_band(const ComputedFigure *computed) {
    return is_band(computed) || computed->kind == COMPUTED_ADDED;
}

static void assign_bands(Assigner *assigner) {
    size_t bands = 0, labelled = 0;
    for (size_t i = 0; i < assigner->computed->len; i++)
        bands += is_band(computed_at(assigner, i));
    for (size_t f = 0; f < assigner->cell->figures.len && bands > 0; f++) {
        const PrintedFigure *figure = figure_at(assigner, f);
        labelled += *figure->label && !figure->total;
        for (size_t i = 0; i < assigner->computed->len && *figure->label; i++) {
            ComputedFigure *computed = computed_at(assigner, i);
            if (may_be_band(computed) && is_free(assigner, f, computed) &&
                names_band(assigner->arena, figure->label, computed->label))
                give(assigner, f, computed, ASSIGNED_BY_LABEL);
        }
    }
    /* As many as there are: each at its place. */
    size_t band = 0;
    for (size_t i = 0; i < assigner->computed->len && labelled == bands; i++) {
        ComputedFigure *computed = computed_at(assigner, i);
        if (!is_band(computed))
            continue;
        size_t at = 0, f = 0;
        for (; f < assigner->cell->figures.len; f++)
            if (*figure_at(assigner, f)->label && !figure_at(assigner, f)->total && at++ == band)
                break;
        if (f < assigner->cell->figures.len && is_free(assigner, f, computed))
            give(assigner, f, computed, ASSIGNED_BY_PLACE);
        band++;
    }
}

/* ---- parts of a count ---- */

/* The words around a figure: from the figure before it to the one after it. */
static const char *words_around(const Assigner *assigner, size_t f) {
    const PrintedCell *cell = assigner->cell;
    const PrintedFigure *figure = figure_at(assigner, f);
    if (cell->text.len == 0 || cell->role == ROLE_PRINTED)
        return figure->label;
    size_t from = 0, to = cell->text.len;
    if (f > 0)
        from = cell->tokens.list.items[figure_at(assigner, f - 1)->token].end;
    if (f + 1 < cell->figures.len)
        to = cell->tokens.list.items[figure_at(assigner, f + 1)->token].start;
    return arena_copy_text(assigner->arena, cell->text.text + from, to - from);
}

static bool is_part(const ComputedFigure *computed) {
    return computed->kind == COMPUTED_PART || computed->kind == COMPUTED_EXCLUDED;
}

static void assign_parts(Assigner *assigner) {
    for (size_t i = 0; i < assigner->computed->len; i++) {
        ComputedFigure *computed = computed_at(assigner, i);
        LabelWords part = label_words(assigner->arena, computed->label);
        for (size_t f = 1; f < assigner->cell->figures.len && is_part(computed); f++) {
            LabelWords around = label_words(assigner->arena, words_around(assigner, f));
            if (is_free(assigner, f, computed) && words_within(&part, &around))
                give(assigner, f, computed, ASSIGNED_BY_LABEL);
        }
    }
}

/* ---- the whole ---- */

static bool is_whole(const ComputedFigure *computed) {
    return computed->kind == COMPUTED_VALUE && !*computed->label;
}

static ComputedFigure *find_kind(const Assigner *assigner, size_t figure, ComputedKind kind) {
    for (size_t i = 0; i < assigner->computed->len; i++) {
        ComputedFigure *computed = computed_at(assigner, i);
        if (computed->kind == kind && (kind != COMPUTED_VALUE || is_whole(computed)) &&
            is_free(assigner, figure, computed))
            return computed;
    }
    return NULL;
}

/* Whether the first figure is said to have parts: "46 of which 13 are ...", "46, residual 33". */
static bool first_has_parts(const Assigner *assigner, const ComputedFigure *gross) {
    const PrintedCell *cell = assigner->cell;
    if (computed_is_printed(gross, figure_at(assigner, 0)))
        return true;
    for (size_t f = 1; f < cell->figures.len; f++)
        if (figure_is_rest(assigner->arena, cell, figure_at(assigner, f)))
            return true;
    size_t token = figure_at(assigner, 0)->token;
    return cell->role != ROLE_PRINTED && token_is(&cell->tokens, token + 1, "of") &&
           token_is(&cell->tokens, token + 2, "which");
}

/* "46 of which 13 are ..., residual cases 33": before exclusions, what is excluded, what is left.
 */
static void assign_exclusions(Assigner *assigner) {
    const PrintedCell *cell = assigner->cell;
    ComputedFigure *gross = cell->figures.len > 1 ? find_kind(assigner, 0, COMPUTED_GROSS) : NULL;
    if (!gross || !first_has_parts(assigner, gross))
        return;
    give(assigner, 0, gross, ASSIGNED_BY_PLACE);
    for (size_t f = 1; f < cell->figures.len; f++) {
        bool rest = figure_is_rest(assigner->arena, cell, figure_at(assigner, f));
        ComputedFigure *computed =
            find_kind(assigner, f, rest ? COMPUTED_VALUE : COMPUTED_EXCLUDED);
        if (computed)
            give(assigner, f, computed, ASSIGNED_BY_PLACE);
    }
}

/* The first of each kind without a group is the whole: of the indicator, then of those beside it.
 */
static void assign_wholes(Assigner *assigner) {
    for (size_t f = 0; f < assigner->cell->figures.len; f++) {
        const PrintedFigure *figure = figure_at(assigner, f);
        bool parted = *figure->label && figure->parted && !figure->total;
        ComputedFigure *whole = find_kind(assigner, f, COMPUTED_VALUE);
        if (whole && !(parted && whole->cell->indicator->breakdowns_len > 0))
            give(assigner, f, whole, figure->total ? ASSIGNED_BY_LABEL : ASSIGNED_BY_PLACE);
    }
}

/* What is left: a figure that equals one of those left is that. */
static void assign_values(Assigner *assigner) {
    for (size_t f = 0; f < assigner->cell->figures.len; f++)
        for (size_t i = 0; i < assigner->computed->len; i++) {
            ComputedFigure *computed = computed_at(assigner, i);
            if (is_free(assigner, f, computed) &&
                computed_is_printed(computed, figure_at(assigner, f)))
                give(assigner, f, computed, ASSIGNED_BY_VALUE);
        }
}

Assigned *computed_assign(Arena *arena, const PrintedCell *cell, ComputedFigures *figures) {
    Assigner assigner = {.arena = arena, .cell = cell, .computed = figures};
    assigner.out = arena_array(arena, cell->figures.len, sizeof *assigner.out);
    assigner.group = arena_array(arena, cell->figures.len, sizeof *assigner.group);
    if (cell->figures.len > MOST_FIGURES)
        return assigner.out;
    assign_bands(&assigner);
    assign_groups(&assigner);
    assign_parts(&assigner);
    assign_exclusions(&assigner);
    assign_wholes(&assigner);
    assign_values(&assigner);
    return assigner.out;
}
