/* Cases: taking one for a use, and at the end closing them and saying whose they are. */
#include "cases.h"

#include "targets.h"
#include "world.h"

#include <stdlib.h>

void *list_grow(void *items, int count, int *room, size_t size) {
    if (count == *room) {
        *room = *room ? *room * 2 : 256;
        items = realloc(items, (size_t)*room * size);
        if (!items)
            generator_fail("no memory");
    }
    char *fresh = (char *)items + (size_t)count * size;
    for (size_t i = 0; i < size; i++)
        fresh[i] = 0;
    return items;
}

void *list_zeroed(int count, size_t size) {
    void *items = count < 0 ? NULL : calloc((size_t)count + 1, size);
    if (!items)
        generator_fail("no memory");
    return items;
}

Day world_last_day(void) {
    return month_last(LAST_MONTH);
}

Day world_end(Day end) {
    return end > world_last_day() ? FOREVER : end;
}

int world_child(World *world, Random *random, Day seen, int youngest, int oldest) {
    int age = random_between(random, youngest, oldest);
    Child *child = LIST_ADD(&world->children);
    child->born = day_add_months(seen, -12 * age) - random_below(random, 365);
    if (age == 0)
        child->born = seen - random_between(random, 3, 364);
    return world->children.count - 1;
}

int world_case(World *world, Day received) {
    Case *made = LIST_ADD(&world->cases);
    made->child = -1;
    made->contact = -1;
    made->received = received;
    made->closed = NO_DAY;
    made->assessed_on = NO_DAY;
    made->busy_until = received;
    made->next_begins = FOREVER;
    return world->cases.count - 1;
}

int case_take(World *world, Random *random, Day first, Day last, CaseUse use) {
    int taken = -1;
    int fitting = 0;
    for (int i = 0; i < world->cases.count; i++) {
        const Case *tried = &world->cases.at[i];
        bool is_free = tried->use == USE_NONE || (use == USE_NEED && tried->use == USE_ENQUIRY);
        if (!is_free || !tried->assessed || tried->received < first || tried->received > last)
            continue;
        if (random_below(random, ++fitting) == 0)
            taken = i;
    }
    if (taken >= 0)
        world->cases.at[taken].use = use;
    return taken;
}

int case_earlier(World *world, Day received, CaseUse use) {
    if (received >= month_first(FIRST_MONTH))
        generator_fail("a case from before the records would begin within them");
    int made = world_case(world, received);
    world->cases.at[made].assessed = true;
    world->cases.at[made].use = use;
    return made;
}

void case_busy(World *world, int place, Day until) {
    Case *busy = &world->cases.at[place];
    if (busy->busy_until < until)
        busy->busy_until = until;
}

/* ---- closing ---- */

static Day closing_day(const Case *closing, Random *random) {
    if (closing->busy_until == FOREVER)
        return FOREVER;
    Day done = closing->busy_until;
    if (closing->assessed && closing->assessed_on != NO_DAY && done < closing->assessed_on)
        done = closing->assessed_on;
    Day closed = day_worked_from(done + random_below(random, closing->assessed ? 8 : 4));
    if (closed >= closing->next_begins)
        closed = closing->next_begins - 1;
    return world_end(closed);
}

#define DISABLED_PERMILLE 105

/* Children come back: about one referral in five is of a child whose case closed within the year.
 */
#define RETURNING_PERMILLE 230

typedef struct {
    int child;
    Day closed;
} Closed;

static int by_received(const void *left, const void *right) {
    const Case *const *a = left;
    const Case *const *b = right;
    if ((*a)->received != (*b)->received)
        return (*a)->received < (*b)->received ? -1 : 1;
    return *a < *b ? -1 : 1;
}

static int returning_child(World *world, Random *random, Closed *pool, int *pooled,
                           const Case *of) {
    for (int tries = 0; tries < 40 && *pooled > 0; tries++) {
        int place = random_below(random, *pooled);
        Closed seen = pool[place];
        bool stale = seen.closed < of->received - 365;
        bool too_old = age_on(world->children.at[seen.child].born, of->received) > 16;
        if (stale || too_old || seen.closed < of->received - 10) {
            bool fits = !stale && !too_old;
            if (fits || stale || too_old)
                pool[place] = pool[--*pooled];
            if (fits)
                return seen.child;
        }
    }
    return -1;
}

void cases_close(World *world) {
    Random random = random_stream(5);
    int count = world->cases.count;
    Case **order = list_zeroed(count, sizeof *order);
    Closed *pool = list_zeroed(count, sizeof *pool);
    int pooled = 0;
    for (int i = 0; i < count; i++) {
        order[i] = &world->cases.at[i];
        order[i]->closed = closing_day(order[i], &random);
    }
    qsort(order, (size_t)count, sizeof *order, by_received);
    for (int i = 0; i < count; i++) {
        Case *of = order[i];
        if (of->child >= 0)
            continue;
        if (random_chance(&random, RETURNING_PERMILLE))
            of->child = returning_child(world, &random, pool, &pooled, of);
        if (of->child < 0)
            of->child = world_child(world, &random, of->received, 0, 16);
        if (of->closed != FOREVER)
            pool[pooled++] = (Closed){of->child, of->closed};
    }
    for (int i = 0; i < world->children.count; i++)
        world->children.at[i].disabled = random_chance(&random, DISABLED_PERMILLE);
    free(pool);
    free(order);
}
