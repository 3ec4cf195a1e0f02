#include <check.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/pages.h"
#include "tests/unit/quick_assert.h"

Suite *pages_suite(void);

#define HELD 40
#define STEPS 3000

typedef struct Worker {
    uint32_t chance;
    unsigned char mark;
    bool sound;
} Worker;

static uint32_t next_chance(Worker *worker) {
    worker->chance = worker->chance * 1664525 + 1013904223;
    return worker->chance >> 8;
}

static bool is_all(const Pages *pages, unsigned char mark) {
    const unsigned char *bytes = pages->start;
    for (size_t i = 0; i < pages->size; i++)
        if (bytes[i] != mark)
            return false;
    return true;
}

static size_t any_size(Worker *worker) {
    static const size_t sizes[] = {
        1, PAGES_GRANULE, PAGES_GRANULE + 1, 100000, 700000, 64 * PAGES_GRANULE, 2500000};
    return sizes[next_chance(worker) % (next_chance(worker) % 50 == 0 ? 7 : 5)];
}

/* Takes and gives back at random: what is taken is zero, and nobody else writes to it. */
static void *work(void *context) {
    Worker *worker = context;
    Pages held[HELD] = {0};
    worker->sound = true;
    for (size_t step = 0; worker->sound && step < STEPS; step++) {
        Pages *pages = &held[next_chance(worker) % HELD];
        if (pages->start) {
            worker->sound = is_all(pages, worker->mark);
            pages_give(*pages);
            *pages = (Pages){0};
            continue;
        }
        size_t size = any_size(worker);
        *pages = pages_take(size);
        worker->sound = pages->start && pages->size >= size && is_all(pages, 0) &&
                        (uintptr_t)pages->start % PAGES_GRANULE == 0;
        memset(pages->start, worker->mark, pages->size);
    }
    for (size_t i = 0; i < HELD; i++)
        if (held[i].start)
            pages_give(held[i]);
    return NULL;
}

START_TEST(pieces_are_zero_and_apart) {
    Worker worker = {.chance = 1, .mark = 7};
    work(&worker);
    ck_assert(worker.sound);
}
END_TEST

START_TEST(threads_share_the_chunks) {
    Worker workers[4];
    pthread_t threads[4];
    for (size_t i = 0; i < 4; i++) {
        workers[i] = (Worker){.chance = (uint32_t)i * 977 + 5, .mark = (unsigned char)(i + 1)};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    }
    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    for (size_t i = 0; i < 4; i++)
        ck_assert(workers[i].sound);
}
END_TEST

START_TEST(what_is_given_back_is_used_again) {
    Pages all[64], again;
    for (size_t i = 0; i < 64; i++)
        all[i] = pages_take(1);
    char *start = all[10].start;
    pages_give(all[11]);
    pages_give(all[10]);
    again = pages_take(2 * PAGES_GRANULE);
    ck_assert_ptr_eq(again.start, start);
    pages_give(again);
    for (size_t i = 0; i < 64; i++)
        if (i != 10 && i != 11)
            pages_give(all[i]);
}
END_TEST

START_TEST(what_the_system_has_not_is_told) {
    ck_assert_ptr_null(pages_take(SIZE_MAX).start);
    ck_assert_ptr_null(pages_take(SIZE_MAX / 2).start);
}
END_TEST

Suite *pages_suite(void) {
    Suite *suite = suite_create("pages");
    TCase *tests = tcase_create("pages");
    tcase_add_test(tests, pieces_are_zero_and_apart);
    tcase_add_test(tests, threads_share_the_chunks);
    tcase_add_test(tests, what_is_given_back_is_used_again);
    tcase_add_test(tests, what_the_system_has_not_is_told);
    suite_add_tcase(suite, tests);
    return suite;
}
