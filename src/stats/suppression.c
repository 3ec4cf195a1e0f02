#include "stats/suppression.h"

#include "base/vec.h"
#include "stats/suppression_audit.h"

typedef VEC(size_t) IndexList;

typedef struct Unit {
    bool fixed;
    Hiding hiding;
    IndexList counts;
    IndexList followers; /* units that are hidden with it */
} Unit;

typedef struct Count {
    int64_t value;
    size_t unit;
    IndexList sums;
    bool whole;    /* it is the total of a sum */
    bool given_up; /* nothing more can be hidden for it */
} Count;

typedef struct Sum {
    size_t *terms; /* the parts, then the whole */
    size_t len;
    size_t hidden; /* terms that are hidden */
} Sum;

struct Suppression {
    Arena *arena;
    SuppressionRule rule;
    VEC(Unit) units;
    VEC(Count) counts;
    VEC(Sum) sums;
};

/* ---- what there is ---- */

Suppression *suppression_new(Arena *arena, SuppressionRule rule) {
    Suppression *s = arena_alloc(arena, sizeof *s);
    s->arena = arena;
    s->rule = rule;
    return s;
}

size_t suppression_add_unit(Suppression *s, bool fixed) {
    Unit unit = {.fixed = fixed};
    vec_push(s->arena, &s->units, unit);
    return s->units.len - 1;
}

void suppression_follow(Suppression *s, size_t unit, size_t other) {
    vec_push(s->arena, &s->units.items[other].followers, unit);
    if (s->units.items[other].hiding != HIDING_NONE)
        suppression_hide(s, unit);
}

bool suppression_is_small(SuppressionRule rule, int64_t count) {
    return count > 0 && count < rule.below;
}

static void hide(Suppression *s, size_t number, Hiding hiding) {
    Unit *unit = &s->units.items[number];
    if (unit->fixed || unit->hiding != HIDING_NONE)
        return;
    unit->hiding = hiding;
    for (size_t i = 0; i < unit->counts.len; i++) {
        const Count *count = &s->counts.items[unit->counts.items[i]];
        for (size_t j = 0; j < count->sums.len; j++)
            s->sums.items[count->sums.items[j]].hidden++;
    }
    for (size_t i = 0; i < unit->followers.len; i++)
        hide(s, unit->followers.items[i], HIDING_PARTNER);
}

void suppression_hide(Suppression *s, size_t unit) {
    hide(s, unit, HIDING_PARTNER);
}

size_t suppression_add_count(Suppression *s, size_t unit, int64_t value) {
    Count count = {.value = value, .unit = unit};
    vec_push(s->arena, &s->counts, count);
    size_t number = s->counts.len - 1;
    vec_push(s->arena, &s->units.items[unit].counts, number);
    if (suppression_is_small(s->rule, value))
        hide(s, unit, HIDING_SMALL);
    return number;
}

static bool is_hidden(const Suppression *s, size_t count) {
    return s->units.items[s->counts.items[count].unit].hiding != HIDING_NONE;
}

static bool adds_up(const Suppression *s, size_t whole, const size_t *parts, size_t len) {
    int64_t rest = s->counts.items[whole].value;
    for (size_t i = 0; i < len; i++)
        if (__builtin_sub_overflow(rest, s->counts.items[parts[i]].value, &rest))
            return false;
    return rest == 0;
}

void suppression_add_sum(Suppression *s, size_t whole, const size_t *parts, size_t len) {
    if (!adds_up(s, whole, parts, len))
        return;
    Sum sum = {.len = len + 1, .terms = arena_array(s->arena, len + 1, sizeof *sum.terms)};
    for (size_t i = 0; i <= len; i++) {
        size_t term = i < len ? parts[i] : whole;
        sum.terms[i] = term;
        sum.hidden += is_hidden(s, term);
        vec_push(s->arena, &s->counts.items[term].sums, s->sums.len);
    }
    s->counts.items[whole].whole = true;
    vec_push(s->arena, &s->sums, sum);
}

Hiding suppression_of(const Suppression *s, size_t unit) {
    return s->units.items[unit].hiding;
}

/* ---- a partner ---- */

typedef struct Partner {
    size_t count; /* SIZE_MAX: none */
    bool whole;   /* it is the total of the sum */
    bool opens;   /* a further sum would have it as its only hidden count */
} Partner;

static bool can_hide(const Suppression *s, size_t number) {
    const Count *count = &s->counts.items[number];
    return count->value > 0 && !is_hidden(s, number) && !s->units.items[count->unit].fixed &&
           (s->rule.partner_below == 0 || count->value < s->rule.partner_below);
}

static bool opens_another(const Suppression *s, size_t number, size_t sum) {
    const IndexList *sums = &s->counts.items[number].sums;
    for (size_t i = 0; i < sums->len; i++)
        if (sums->items[i] != sum && s->sums.items[sums->items[i]].hidden == 0)
            return true;
    return false;
}

static bool is_better(const Suppression *s, Partner a, Partner b) {
    if (b.count == SIZE_MAX)
        return true;
    if (a.whole != b.whole)
        return b.whole;
    if (a.opens != b.opens)
        return b.opens;
    return s->counts.items[a.count].value < s->counts.items[b.count].value;
}

/* The best of this sum and `best`. */
static Partner partner_in(const Suppression *s, size_t number, Partner best) {
    const Sum *sum = &s->sums.items[number];
    for (size_t i = 0; i < sum->len; i++) {
        size_t term = sum->terms[i];
        if (!can_hide(s, term))
            continue;
        Partner partner = {term, i + 1 == sum->len, opens_another(s, term, number)};
        if (is_better(s, partner, best))
            best = partner;
    }
    return best;
}

static const Partner no_partner = {.count = SIZE_MAX};

static bool hide_partner(Suppression *s, Partner partner) {
    if (partner.count == SIZE_MAX)
        return false;
    hide(s, s->counts.items[partner.count].unit, HIDING_PARTNER);
    return true;
}

/* ---- secondary ---- */

/* The only hidden count of the sum is what the others leave. */
static bool is_exposed(const Suppression *s, const Sum *sum) {
    for (size_t i = 0; sum->hidden == 1 && i < sum->len; i++)
        if (is_hidden(s, sum->terms[i]))
            return s->counts.items[sum->terms[i]].value > 0;
    return false;
}

/* Several hidden parts, each as great as a small number can be: 5, 5 and 5 of a total less 15. Who
 * knows that a partner is hidden only for a single one knows them all. */
static bool is_brimful(const Suppression *s, const Sum *sum) {
    if (!s->rule.rule_known || s->rule.below <= 2 || sum->hidden < 2 ||
        is_hidden(s, sum->terms[sum->len - 1]))
        return false;
    for (size_t i = 0; i + 1 < sum->len; i++)
        if (is_hidden(s, sum->terms[i]) &&
            s->counts.items[sum->terms[i]].value != s->rule.below - 1)
            return false;
    return true;
}

static void hide_partners(Suppression *s) {
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < s->sums.len; i++) {
            const Sum *sum = &s->sums.items[i];
            if (is_exposed(s, sum) || is_brimful(s, sum))
                changed |= hide_partner(s, partner_in(s, i, no_partner));
        }
    }
}

/* ---- audit ---- */

/* The hidden counts that sums tie together, from one of them. */
typedef struct Component {
    IndexList counts;
    IndexList sums;
} Component;

typedef struct Audit {
    Suppression *s;
    Arena *arena;
    bool *seen_count, *seen_sum;
    size_t *place; /* of a count in its component */
} Audit;

static void add_sum_to(Audit *audit, Component *component, size_t number) {
    if (audit->seen_sum[number])
        return;
    audit->seen_sum[number] = true;
    vec_push(audit->arena, &component->sums, number);
    const Sum *sum = &audit->s->sums.items[number];
    for (size_t i = 0; i < sum->len; i++) {
        size_t term = sum->terms[i];
        if (audit->seen_count[term] || !is_hidden(audit->s, term))
            continue;
        audit->seen_count[term] = true;
        audit->place[term] = component->counts.len;
        vec_push(audit->arena, &component->counts, term);
    }
}

static Component component_of(Audit *audit, size_t count) {
    Component component = {0};
    audit->seen_count[count] = true;
    audit->place[count] = 0;
    vec_push(audit->arena, &component.counts, count);
    for (size_t i = 0; i < component.counts.len; i++) {
        const IndexList *sums = &audit->s->counts.items[component.counts.items[i]].sums;
        for (size_t j = 0; j < sums->len; j++)
            add_sum_to(audit, &component, sums->items[j]);
    }
    return component;
}

/* The range that a reader knows a hidden count to lie in. Zero is shown, so a count that is alone
 * in its unit is not 0. Of a hidden total the reader does not know whether it is small or a
 * partner; and where only 1 is small, to know that it is small would be to know it. */
static AuditCount range_of(const Suppression *s, size_t number) {
    const Count *count = &s->counts.items[number];
    AuditCount range = {.value = count->value, .high = AUDIT_UNBOUNDED};
    if (!s->rule.rule_known)
        return range;
    bool small = suppression_is_small(s->rule, count->value);
    bool alone = s->units.items[count->unit].counts.len == 1 && count->value > 0;
    range.low = small || alone ? 1 : 0;
    if (small && !count->whole && s->rule.below > 2)
        range.high = s->rule.below - 1;
    return range;
}

static AuditSum terms_of(const Audit *audit, const Sum *sum) {
    AuditTerm *terms = arena_array(audit->arena, sum->len, sizeof *terms);
    size_t len = 0;
    for (size_t i = 0; i < sum->len; i++)
        if (is_hidden(audit->s, sum->terms[i]))
            terms[len++] = (AuditTerm){audit->place[sum->terms[i]], i + 1 == sum->len ? -1 : 1};
    return (AuditSum){terms, len};
}

/* The first count of the component that can be worked out; SIZE_MAX: none. */
static size_t derivable_in(Audit *audit, const Component *component) {
    const Suppression *s = audit->s;
    size_t len = component->counts.len, sums_len = component->sums.len;
    AuditCount *counts = arena_array(audit->arena, len, sizeof *counts);
    AuditSum *sums = arena_array(audit->arena, sums_len, sizeof *sums);
    for (size_t i = 0; i < len; i++)
        counts[i] = range_of(s, component->counts.items[i]);
    for (size_t i = 0; i < sums_len; i++)
        sums[i] = terms_of(audit, &s->sums.items[component->sums.items[i]]);
    suppression_audit(audit->arena, counts, len, sums, sums_len);
    for (size_t i = 0; i < len; i++) {
        size_t count = component->counts.items[i];
        if (counts[i].value > 0 && !counts[i].safe && !s->counts.items[count].given_up)
            return count;
    }
    return SIZE_MAX;
}

/* In the sums of the count; if they have none left, in the others that hang together with it. */
static bool protect(Audit *audit, size_t count, const Component *component) {
    Suppression *s = audit->s;
    const IndexList *own = &s->counts.items[count].sums;
    Partner best = no_partner;
    for (size_t i = 0; i < own->len; i++)
        best = partner_in(s, own->items[i], best);
    for (size_t i = 0; best.count == SIZE_MAX && i < component->sums.len; i++)
        best = partner_in(s, component->sums.items[i], best);
    return hide_partner(s, best);
}

/* One round over all components: true if something more was hidden. */
static bool audit_all(Suppression *s, bool *whole) {
    Audit audit = {.s = s, .arena = arena_new()};
    audit.seen_count = arena_array(audit.arena, s->counts.len, sizeof *audit.seen_count);
    audit.seen_sum = arena_array(audit.arena, s->sums.len, sizeof *audit.seen_sum);
    audit.place = arena_array(audit.arena, s->counts.len, sizeof *audit.place);
    bool changed = false;
    for (size_t i = 0; i < s->counts.len; i++) {
        if (audit.seen_count[i] || !is_hidden(s, i) || s->counts.items[i].sums.len == 0)
            continue;
        Component component = component_of(&audit, i);
        size_t derivable = derivable_in(&audit, &component);
        if (derivable == SIZE_MAX)
            continue;
        bool more = protect(&audit, derivable, &component);
        if (!more) {
            s->counts.items[derivable].given_up = true;
            *whole = false;
        }
        changed = true;
    }
    arena_free(audit.arena);
    return changed;
}

bool suppression_decide(Suppression *s) {
    bool whole = true;
    do
        hide_partners(s);
    while (audit_all(s, &whole));
    return whole;
}
