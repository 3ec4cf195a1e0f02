#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/atom.h"
#include "tests/unit/quick_assert.h"

Suite *atom_suite(void);

START_TEST(equal_texts_are_one_atom) {
    Arena *arena = arena_new();
    Atoms *atoms = atoms_new(arena);
    char text[] = "referrals";
    Atom first = atom_of_text(atoms, text);
    ck_assert_ptr_ne(first, text);
    ck_assert_str_eq(first, "referrals");
    ck_assert_ptr_eq(atom_of(atoms, "referrals_open", 9), first);
    ck_assert_ptr_ne(atom_of_text(atoms, "Referrals"), first);
    ck_assert_ptr_ne(atom_of_text(atoms, "referral"), first);
    ck_assert_ptr_eq(atom_of_text(atoms, ""), atom_of(atoms, "x", 0));
    ck_assert_ptr_ne(atom_of(atoms, "a\0b", 3), atom_of(atoms, "a\0c", 3));
    atoms_free(atoms);
    atoms_free(NULL);
    arena_free(arena);
}
END_TEST

START_TEST(atoms_stay_as_the_table_grows) {
    Arena *arena = arena_new();
    Atoms *atoms = atoms_new(arena);
    static Atom made[20000];
    char text[32];
    for (int i = 0; i < 20000; i++) {
        snprintf(text, sizeof text, "name_%d", i);
        made[i] = atom_of_text(atoms, text);
    }
    for (int i = 0; i < 20000; i++) {
        snprintf(text, sizeof text, "name_%d", i);
        quick_assert(atom_of_text(atoms, text) == made[i]);
        quick_str_eq(made[i], text);
    }
    atoms_free(atoms);
    arena_free(arena);
}
END_TEST

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* The definition itself (optimal string alignment), by recursion over suffixes. */
static size_t distance_by_definition(const char *a, const char *b) {
    if (!*a || !*b)
        return strlen(a) + strlen(b);
    size_t best = distance_by_definition(a + 1, b + 1) + (*a == *b ? 0 : 1);
    best = least(best, distance_by_definition(a + 1, b) + 1);
    best = least(best, distance_by_definition(a, b + 1) + 1);
    if (a[1] && b[1] && a[0] == b[1] && a[1] == b[0])
        best = least(best, distance_by_definition(a + 2, b + 2) + 1);
    return best;
}

START_TEST(distances_follow_the_definition) {
    static const char *const words[] = {"",    "a",    "b",    "ab",    "ba",    "abc",
                                        "acb", "cab",  "bca",  "aabb",  "abab",  "baba",
                                        "ca",  "abcd", "badc", "bacbd", "abdca", "cabab"};
    size_t len = sizeof words / sizeof words[0];
    for (size_t i = 0; i < len; i++) {
        for (size_t j = 0; j < len; j++) {
            size_t expected = distance_by_definition(words[i], words[j]);
            ck_assert_uint_eq(text_distance(words[i], words[j], 10), expected);
            for (size_t limit = 0; limit < 6; limit++)
                ck_assert_uint_eq(text_distance(words[i], words[j], limit),
                                  least(expected, limit + 1));
        }
    }
    ck_assert_uint_eq(text_distance("precent", "percent", 3), 1);
    ck_assert_uint_eq(text_distance("kitten", "sitting", 5), 3);
}
END_TEST

START_TEST(very_long_texts_are_compared_safely) {
    static char a[1000], b[1000];
    memset(a, 'a', 999);
    memset(b, 'a', 999);
    ck_assert_uint_eq(text_distance(a, b, 2), 0);
    b[500] = 'b';
    ck_assert_uint_eq(text_distance(a, b, 2), 3);
    ck_assert_uint_eq(text_distance(a, "short", 2), 3);
}
END_TEST

START_TEST(the_nearest_name_is_offered) {
    static const char *const names[] = {"percent", "count", "rate", "median", "mean", "Children"};
    size_t len = sizeof names / sizeof names[0];
    ck_assert_str_eq(text_nearest("precent", names, len), "percent");
    ck_assert_str_eq(text_nearest("cuont", names, len), "count");
    ck_assert_str_eq(text_nearest("raet", names, len), "rate");
    ck_assert_str_eq(text_nearest("children", names, len), "Children");
    ck_assert_str_eq(text_nearest("COUNT", names, len), "count");
    ck_assert_ptr_null(text_nearest("distribution", names, len));
    ck_assert_ptr_null(text_nearest("xy", names, len));
    ck_assert_ptr_null(text_nearest("percent", names, 0));
    static const char *const letters[] = {"p", "Q", "q2", "R"};
    ck_assert_ptr_null(text_nearest("x", letters, 4));
    ck_assert_str_eq(text_nearest("r", letters, 4), "R");
    ck_assert_str_eq(text_nearest("p", letters, 4), "p");
    ck_assert_ptr_null(text_nearest("", letters, 4));
    /* Four letters allow one edit, so two are too many. */
    ck_assert_ptr_null(text_nearest("rxxe", names, 3));
}
END_TEST

Suite *atom_suite(void) {
    Suite *suite = suite_create("atom");
    TCase *tests = tcase_create("atom");
    tcase_add_test(tests, equal_texts_are_one_atom);
    tcase_add_test(tests, atoms_stay_as_the_table_grows);
    tcase_add_test(tests, distances_follow_the_definition);
    tcase_add_test(tests, very_long_texts_are_compared_safely);
    tcase_add_test(tests, the_nearest_name_is_offered);
    suite_add_tcase(suite, tests);
    return suite;
}
