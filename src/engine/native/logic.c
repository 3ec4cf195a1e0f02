/* and, or, not: one instruction for all windows. */
#include <string.h>

#include "engine/native/native.h"

/* Who starts a result: everything true (`and`), or everything false (`or`). */
typedef struct Work {
    Mask *yes, *maybe, *error;
    bool any_maybe, any_error;
    size_t len;
} Work;

static Work work_of(Node *node) {
    return (Work){.yes = node_yes(node), .len = node->scope->len};
}

static void need_maybe(Node *node, Work *work) {
    if (work->any_maybe)
        return;
    work->maybe = node_maybe(node);
    memset(work->maybe, 0, work->len * sizeof *work->maybe);
    work->any_maybe = true;
}

static void need_error(Node *node, Work *work) {
    if (work->any_error)
        return;
    work->error = node_error(node);
    memset(work->error, 0, work->len * sizeof *work->error);
    work->any_error = true;
}

static void work_end(Node *node, const Work *work) {
    node->truths = (Truths){work->yes, work->any_maybe ? work->maybe : NULL,
                            work->any_error ? work->error : NULL};
}

/* Any false settles it, else an error, else an unknown. */
static void and_with(Node *node, Work *work, const Truths *term) {
    if (!term->maybe && !term->error && !work->any_maybe && !work->any_error) {
        for (size_t i = 0; i < work->len; i++)
            work->yes[i] &= term->yes[i];
        return;
    }
    need_maybe(node, work);
    if (term->error)
        need_error(node, work);
    for (size_t i = 0; i < work->len; i++) {
        Mask maybe = term->maybe ? term->maybe[i] : 0, error = term->error ? term->error[i] : 0;
        Mask before_error = work->any_error ? work->error[i] : 0;
        Mask ours = work->yes[i] | work->maybe[i] | before_error;
        Mask theirs = term->yes[i] | maybe | error, either_error = before_error | error;
        Mask open = ours & theirs;
        work->yes[i] &= term->yes[i];
        if (work->any_error)
            work->error[i] = open & either_error;
        work->maybe[i] = open & ~work->yes[i] & ~either_error;
    }
}

/* Any true settles it, else an error, else an unknown. */
static void or_with(Node *node, Work *work, const Truths *term) {
    if (!term->maybe && !term->error && !work->any_maybe && !work->any_error) {
        for (size_t i = 0; i < work->len; i++)
            work->yes[i] |= term->yes[i];
        return;
    }
    need_maybe(node, work);
    if (term->error)
        need_error(node, work);
    for (size_t i = 0; i < work->len; i++) {
        Mask yes = work->yes[i] | term->yes[i];
        Mask error = (work->any_error ? work->error[i] : 0) | (term->error ? term->error[i] : 0);
        Mask maybe = work->maybe[i] | (term->maybe ? term->maybe[i] : 0);
        work->yes[i] = yes;
        if (work->any_error)
            work->error[i] = error & ~yes;
        work->maybe[i] = maybe & ~yes & ~error;
    }
}

/* Whether a term of `and` can still be anything but false. */
static bool all_false(const Work *work) {
    Mask any = 0;
    for (size_t i = 0; i < work->len; i++)
        any |= work->yes[i];
    for (size_t i = 0; work->any_maybe && i < work->len; i++)
        any |= work->maybe[i];
    for (size_t i = 0; work->any_error && i < work->len; i++)
        any |= work->error[i];
    return any == 0;
}

/* The windows in which a further term of `and` still matters. */
static const Mask *still_open(Node *node, const Work *work) {
    const Mask *around = node->scope->live;
    if (!node->open)
        node->open = arena_array(node->scope->program->arena, BATCH, sizeof *node->open);
    for (size_t i = 0; i < work->len; i++) {
        node->open[i] = work->yes[i] | (work->any_maybe ? work->maybe[i] : 0) |
                        (work->any_error ? work->error[i] : 0);
        node->open[i] &= around ? around[i] : ALL_ONES;
    }
    return node->open;
}

static const Truths *next_term(Node *node, const Work *work, size_t t) {
    Node *term = node->more[t];
    Scope *scope = node->scope;
    if (node->kind != NODE_AND || t == 0 || !term->restricted)
        return node_truth(term);
    Live open = {still_open(node, work), LIVE_OF_STEPS + ++scope->program->live_ids};
    Live around = scope_live(scope, open);
    const Truths *truths = node_truth(term);
    scope_live(scope, around);
    return truths;
}

static void evaluate_several(Node *node) {
    Work work = work_of(node);
    bool all = node->kind == NODE_AND;
    memset(work.yes, all ? 0xFF : 0, work.len * sizeof *work.yes);
    for (size_t t = 0; t < node->more_len; t++) {
        if (all && t > 0 && all_false(&work))
            break;
        const Truths *term = next_term(node, &work, t);
        if (all)
            and_with(node, &work, term);
        else
            or_with(node, &work, term);
    }
    work_end(node, &work);
}

static void evaluate_not(Node *node) {
    const Truths *term = node_truth(node->terms[0]);
    Work work = work_of(node);
    for (size_t i = 0; i < work.len; i++)
        work.yes[i] = ~(term->yes[i] | (term->maybe ? term->maybe[i] : 0) |
                        (term->error ? term->error[i] : 0));
    node->truths = (Truths){work.yes, term->maybe, term->error};
}

void evaluate_logic_of(Node *node) {
    if (node->kind == NODE_NOT) {
        evaluate_not(node);
    } else if (node->kind == NODE_PRESENT) {
        /* A missing date is outside: nothing is unknown. */
        const Truths *term = node_truth(node->terms[0]);
        node->truths = (Truths){.yes = term->yes, .error = term->error};
    } else {
        evaluate_several(node);
    }
}
