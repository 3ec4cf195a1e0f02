#include <check.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/vec.h"
#include "tests/unit/quick_assert.h"

Suite *arena_suite(void);

static jmp_buf after_failure;
static volatile int failures;

static void note_failure(void) {
    failures = failures + 1;
    longjmp(after_failure, 1);
}

START_TEST(memory_is_zeroed_aligned_and_kept) {
    Arena *arena = arena_new();
    unsigned char *blocks[500];
    for (size_t i = 0; i < 500; i++) {
        size_t size = i * 7;
        blocks[i] = arena_alloc(arena, size);
        ck_assert_ptr_nonnull(blocks[i]);
        quick_assert((uintptr_t)blocks[i] % _Alignof(max_align_t) == 0);
        for (size_t k = 0; k < size; k++)
            quick_assert(blocks[i][k] == 0);
        if (size > 0)
            memset(blocks[i], (int)(i % 251) + 1, size);
    }
    for (size_t i = 0; i < 500; i++)
        for (size_t k = 0; k < i * 7; k++)
            quick_assert(blocks[i][k] == i % 251 + 1);
    arena_free(arena);
}
END_TEST

START_TEST(large_allocations_do_not_lose_small_ones) {
    Arena *arena = arena_new();
    char *small = arena_copy_text(arena, "small", 5);
    char *large = arena_alloc(arena, 1000000);
    memset(large, 'x', 1000000);
    char *next = arena_copy_text(arena, "next", 4);
    ck_assert_str_eq(small, "small");
    ck_assert_str_eq(next, "next");
    ck_assert_int_eq(large[999999], 'x');
    ck_assert_uint_ge(arena_used(arena), 1000000);
    arena_free(arena);
}
END_TEST

START_TEST(a_reset_arena_is_as_new) {
    Arena *arena = arena_new();
    static const size_t sizes[] = {1, 40, 5000, 30000, 70000, 64 * 1024, 200000};
    for (int round = 0; round < 20; round++) {
        for (size_t i = 0; i < 60; i++) {
            size_t size = sizes[(i + (size_t)round) % (sizeof sizes / sizeof sizes[0])];
            unsigned char *block = arena_alloc(arena, size);
            for (size_t k = 0; k < size; k++)
                quick_assert(block[k] == 0);
            memset(block, 0xA5, size);
        }
        ck_assert_uint_gt(arena_used(arena), 0);
        arena_reset(arena);
        ck_assert_uint_eq(arena_used(arena), 0);
    }
    arena_reset(arena);
    arena_free(arena);
}
END_TEST

START_TEST(texts_are_copied_and_printed) {
    Arena *arena = arena_new();
    ck_assert_uint_eq(arena_used(arena), 0);
    ck_assert_str_eq(arena_copy_text(arena, "children", 5), "child");
    ck_assert_str_eq(arena_copy_text(arena, "", 0), "");
    ck_assert_str_eq(arena_printf(arena, "%s has %d", "'a'", 12), "'a' has 12");
    ck_assert_uint_gt(arena_used(arena), 0);
    arena_free(arena);
    arena_free(NULL);
}
END_TEST

START_TEST(the_nth_allocation_fails) {
    Arena *arena = arena_new();
    memory_on_failure(note_failure);
    failures = 0;
    memory_fail_at(3);
    volatile int done = 0;
    if (setjmp(after_failure) == 0) {
        for (int i = 0; i < 10; i++) {
            arena_alloc(arena, 8);
            done = done + 1;
        }
    }
    ck_assert_int_eq(done, 2);
    ck_assert_int_eq(failures, 1);
    /* Used up: the next ones are granted. */
    ck_assert_ptr_nonnull(arena_alloc(arena, 8));
    memory_fail_at(1);
    memory_fail_at(0);
    ck_assert_ptr_nonnull(arena_alloc(arena, 8));
    ck_assert_int_eq(failures, 1);
    arena_free(arena);
}
END_TEST

START_TEST(memory_outside_arenas_fails_by_the_same_rule) {
    memory_on_failure(note_failure);
    failures = 0;
    char *volatile block = memory_alloc(4);
    memcpy(block, "abc", 4);
    memory_fail_at(1);
    if (setjmp(after_failure) == 0)
        block = memory_resize(block, 8);
    ck_assert_int_eq(failures, 1);
    ck_assert_str_eq(block, "abc");
    block = memory_resize(block, 100000);
    ck_assert_str_eq(block, "abc");
    memory_free(block);
    void *volatile empty = memory_alloc(0);
    ck_assert_ptr_nonnull(empty);
    memory_free(empty);
    memory_free(NULL);
}
END_TEST

START_TEST(a_product_that_overflows_fails) {
    Arena *arena = arena_new();
    memory_on_failure(note_failure);
    failures = 0;
    if (setjmp(after_failure) == 0)
        arena_array(arena, SIZE_MAX / 2, 3);
    ck_assert_int_eq(failures, 1);
    ck_assert_ptr_nonnull(arena_array(arena, 3, 5));
    arena_free(arena);
}
END_TEST

START_TEST(without_a_hook_the_program_aborts) {
    memory_fail_at(1);
    memory_free(memory_alloc(1));
}
END_TEST

static void hook_that_returns(void) {
}

START_TEST(a_hook_that_returns_ends_in_abort) {
    memory_on_failure(hook_that_returns);
    memory_fail_at(1);
    memory_free(memory_alloc(1));
}
END_TEST

START_TEST(vectors_grow_and_keep_their_items) {
    Arena *arena = arena_new();
    VEC(int) numbers = {0};
    for (int i = 0; i < 1000; i++)
        vec_push(arena, &numbers, i * 3);
    ck_assert_uint_eq(numbers.len, 1000);
    ck_assert_uint_ge(numbers.cap, 1000);
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(numbers.items[i], i * 3);
    size_t cap = 0;
    vec_grow(arena, NULL, &cap, sizeof(int));
    ck_assert_uint_ge(cap, 4);
    arena_free(arena);
}
END_TEST

Suite *arena_suite(void) {
    Suite *suite = suite_create("arena");
    TCase *tests = tcase_create("arena");
    tcase_add_test(tests, memory_is_zeroed_aligned_and_kept);
    tcase_add_test(tests, large_allocations_do_not_lose_small_ones);
    tcase_add_test(tests, a_reset_arena_is_as_new);
    tcase_add_test(tests, texts_are_copied_and_printed);
    tcase_add_test(tests, the_nth_allocation_fails);
    tcase_add_test(tests, memory_outside_arenas_fails_by_the_same_rule);
    tcase_add_test(tests, a_product_that_overflows_fails);
    tcase_add_test_raise_signal(tests, without_a_hook_the_program_aborts, SIGABRT);
    tcase_add_test_raise_signal(tests, a_hook_that_returns_ends_in_abort, SIGABRT);
    tcase_add_test(tests, vectors_grow_and_keep_their_items);
    suite_add_tcase(suite, tests);
    return suite;
}
