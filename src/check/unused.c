/* What is declared and never used. Only where the whole project is read, and all of it was
 * understood: else what seems unused may be used in what was not. A library offers more than a
 * project takes, so what it declares is not looked at. */
#include "check/checker.h"

static bool is_own(const Checker *checker, Span span) {
    const Model *model = checker->model;
    for (size_t i = 0; i < model->files_len; i++)
        if (model->files[i] == span.src)
            return true;
    return false;
}

static void say_unused(Checker *checker, CheckId check, Span span, const char *what, Atom name) {
    if (is_own(checker, span))
        diag_help(check_say(checker, check, span, "nothing uses the %s '%s'", what, name),
                  "leave it out, or use it");
}

void check_unused_source(Checker *checker) {
    const Model *model = checker->model;
    for (size_t i = 0; checker->whole && i < model->sources_len; i++)
        if (!model->sources[i]->used)
            say_unused(checker, CHECK_unused_source, model->sources[i]->span, "source",
                       model->sources[i]->name);
}

void check_unused_codes(Checker *checker) {
    const Model *model = checker->model;
    for (size_t i = 0; checker->whole && i < model->codes_len; i++)
        if (!model->codes[i]->used)
            say_unused(checker, CHECK_unused_codes, model->codes[i]->span, "code set",
                       model->codes[i]->name);
}

void check_unused_define(Checker *checker) {
    const Model *model = checker->model;
    for (size_t i = 0; checker->whole && i < model->defines_len; i++)
        if (!model->defines[i]->used)
            say_unused(checker, CHECK_unused_define, model->defines[i]->span, "define",
                       model->defines[i]->name);
}

void check_unused_neighbours(Checker *checker) {
    const Model *model = checker->model;
    for (size_t i = 0; checker->whole && i < model->neighbours_len; i++)
        if (!model->neighbours[i]->used)
            say_unused(checker, CHECK_unused_neighbours, model->neighbours[i]->span,
                       "list of neighbours", model->neighbours[i]->name);
}

void check_unused_rating(Checker *checker) {
    const Model *model = checker->model;
    for (size_t i = 0; checker->whole && i < model->ratings_len; i++)
        if (!model->ratings[i]->used)
            say_unused(checker, CHECK_unused_rating, model->ratings[i]->span, "rating",
                       model->ratings[i]->name);
}
