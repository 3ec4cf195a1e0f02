#include <check.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/files.h"
#include "cli/workspace.h"
#include "tests/unit/scratch.h"

Suite *cli_files_suite(void);

static void make_folder(const char *name) {
    ck_assert(folder_make(scratch_session(), scratch_path(name)));
}

START_TEST(a_file_is_replaced_whole) {
    const char *path = scratch_write("a.kpi", "old");
    ck_assert_int_eq(chmod(path, 0640), 0);
    ck_assert(file_replace(scratch_session(), path, "new text", 8));
    size_t len;
    ck_assert_str_eq(scratch_read(path, &len), "new text");
    struct stat info;
    ck_assert_int_eq(stat(path, &info), 0);
    ck_assert_int_eq(info.st_mode & 0777, 0640);
    /* Nothing was left beside it. */
    ck_assert_uint_eq(scratch_count(), 1);
}
END_TEST

START_TEST(a_file_that_cannot_be_written_leaves_nothing) {
    ck_assert(!file_replace(scratch_session(), scratch_path("no/such/a.kpi"), "x", 1));
    ck_assert(scratch_said("KPI0711"));
    make_folder("taken");
    ck_assert(!file_replace(scratch_session(), scratch_path("taken"), "x", 1));
    ck_assert_uint_eq(scratch_count(), 1);
}
END_TEST

START_TEST(reading_says_why_it_cannot) {
    size_t len;
    ck_assert_ptr_null(file_read_all(scratch_session(), scratch_path("none.kpi"), &len));
    ck_assert(scratch_said("KPI0710"));
    make_folder("folder");
    ck_assert_ptr_null(file_read_all(scratch_session(), scratch_path("folder"), &len));
    const char *text = file_read_all(scratch_session(), scratch_write("a", "a\nb"), &len);
    ck_assert_str_eq(text, "a\nb");
    ck_assert_uint_eq(len, 3);
}
END_TEST

START_TEST(definitions_are_found_below_a_folder_in_order) {
    make_folder("b");
    make_folder("build");
    make_folder(".git");
    scratch_write("z.kpi", "");
    scratch_write("b/y.kpi", "");
    scratch_write("b/x.txt", "");
    scratch_write("a.kpi", "");
    scratch_write(".hidden.kpi", "");
    scratch_write("build/w.kpi", "");
    scratch_write(".git/v.kpi", "");
    scratch_write(".kpi", "");
    PathList found = {0};
    ck_assert(folder_find(scratch_session(), scratch_path("."), ".kpi", &found));
    ck_assert_uint_eq(found.len, 3);
    ck_assert(path_same_file(found.items[0], scratch_path("a.kpi")));
    ck_assert(path_same_file(found.items[1], scratch_path("b/y.kpi")));
    ck_assert(path_same_file(found.items[2], scratch_path("z.kpi")));
}
END_TEST

START_TEST(a_file_named_twice_is_read_once) {
    const char *file = scratch_write("a.kpi", "codes k \"K\"\n    A \"a\"\n");
    const char *paths[] = {file, scratch_path("."), file};
    Workspace workspace;
    ck_assert(workspace_load(scratch_session(), paths, 3, &workspace));
    ck_assert_uint_eq(workspace.files.len, 1);
    workspace_close(&workspace);
}
END_TEST

START_TEST(a_path_without_definitions_is_refused) {
    PathList out = {0};
    const char *folder = scratch_path("."), *text = scratch_write("a.txt", "");
    ck_assert(!workspace_find(scratch_session(), &folder, 1, &out));
    ck_assert(scratch_said("KPI0709"));
    scratch_forget();
    ck_assert(!workspace_find(scratch_session(), &text, 1, &out));
    ck_assert(scratch_said("is neither a .kpi file nor a folder"));
}
END_TEST

START_TEST(the_store_is_beside_the_project) {
    make_folder("p");
    scratch_write("p/project.kpi", "project \"P\"\n    store       \"s.db\"\n");
    const char *path = scratch_path("p/project.kpi");
    Workspace workspace;
    ck_assert(workspace_load(scratch_session(), &path, 1, &workspace));
    ck_assert_str_eq(workspace_project_store(&workspace), scratch_path("p/s.db"));
    workspace_close(&workspace);
}
END_TEST

START_TEST(a_used_file_is_beside_the_using_one_and_read_once) {
    make_folder("p");
    scratch_write("p/a.kpi", "use \"b.kpi\"\nuse \"c.kpi\"\n");
    scratch_write("p/b.kpi", "use \"a.kpi\"\ncodes k \"K\"\n    A           \"a\"\n");
    scratch_write("p/c.kpi", "use \"b.kpi\"\n");
    const char *folder = scratch_path("p"), *file = scratch_path("p/a.kpi");
    for (int i = 0; i < 2; i++) {
        Workspace workspace;
        ck_assert(workspace_load(scratch_session(), i ? &folder : &file, 1, &workspace));
        workspace_analyse(&workspace);
        ck_assert_str_eq(scratch_messages(), "");
        ck_assert_uint_eq(workspace.model->codes_len, 1);
        /* And again: what was read through `use` is read anew. */
        workspace_analyse(&workspace);
        ck_assert_uint_eq(workspace.model->codes_len, 1);
        workspace_close(&workspace);
        scratch_forget();
    }
}
END_TEST

START_TEST(paths_are_put_together) {
    Arena *arena = scratch_session()->arena;
    ck_assert_str_eq(path_folder(arena, "a/b/c.kpi"), "a/b");
    ck_assert_str_eq(path_folder(arena, "c.kpi"), ".");
    ck_assert_str_eq(path_folder(arena, "/c.kpi"), "/");
    ck_assert_str_eq(path_join(arena, ".", "c.kpi"), "c.kpi");
    ck_assert_str_eq(path_join(arena, "a", "c.kpi"), "a/c.kpi");
    ck_assert_str_eq(path_join(arena, "a/", "c.kpi"), "a/c.kpi");
    ck_assert_str_eq(path_join(arena, "a", "/c.kpi"), "/c.kpi");
}
END_TEST

Suite *cli_files_suite(void) {
    Suite *suite = suite_create("cli_files");
    TCase *tests = tcase_create("cli_files");
    tcase_add_checked_fixture(tests, scratch_start, scratch_end);
    tcase_add_test(tests, a_file_is_replaced_whole);
    tcase_add_test(tests, a_file_that_cannot_be_written_leaves_nothing);
    tcase_add_test(tests, reading_says_why_it_cannot);
    tcase_add_test(tests, definitions_are_found_below_a_folder_in_order);
    tcase_add_test(tests, a_file_named_twice_is_read_once);
    tcase_add_test(tests, a_path_without_definitions_is_refused);
    tcase_add_test(tests, the_store_is_beside_the_project);
    tcase_add_test(tests, a_used_file_is_beside_the_using_one_and_read_once);
    tcase_add_test(tests, paths_are_put_together);
    suite_add_tcase(suite, tests);
    return suite;
}
