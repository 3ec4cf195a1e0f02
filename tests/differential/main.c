/* Engines against each other on random pairs of definition and data.
 *
 *     differential random COUNT SEED FOLDER     a difference is shrunk into FOLDER/NUMBER.kpi
 *     differential replay FILE...               kept cases
 *     differential broken FOLDER                whether a broken engine is found
 *     differential print NUMBER                 the pair of that number, and what comes out
 *
 * Results are in the Test Anything Protocol.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/num.h"
#include "tests/differential/coverage.h"
#include "tests/differential/pair.h"
#include "tests/differential/sharded.h"
#include "tests/differential/shrink.h"

#define DIFFERENCES_SHOWN 5
#define MANY_PAIRS 2000 /* so many must reach every kind */

static int results, failures;

static void tap(bool good, const char *name) {
    failures += !good;
    printf("%sok %d - %s\n", good ? "" : "not ", ++results, name);
}

static int tap_end(void) {
    printf("1..%d\n", results);
    return failures > 0;
}

static double seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* ---- one pair ---- */

static void add_first_difference(StrBuf *out, const char *left, const char *right) {
    while (*left && *right) {
        size_t a = strcspn(left, "\n"), b = strcspn(right, "\n");
        if (a != b || memcmp(left, right, a) != 0)
            break;
        left += a + (left[a] == '\n');
        right += b + (right[b] == '\n');
    }
    strbuf_addf(out, "# %.*s\n# %.*s\n", (int)strcspn(left, "\n"), left, (int)strcspn(right, "\n"),
                right);
}

static void keep(StrBuf *text, const Engine *engine, const char *folder, uint64_t number) {
    StrBuf path = {0}, left = {0}, right = {0}, words = {0};
    const Engine *first = engine->meaning ? engine->meaning : &engines[0];
    shrink(text, first, engine);
    outcome_of(strbuf_text(text), first, NULL, NULL, &left);
    outcome_of(strbuf_text(text), engine, NULL, NULL, &right);
    add_first_difference(&words, strbuf_text(&left), strbuf_text(&right));
    strbuf_addf(&path, "%s/%" PRIu64 "_%s.kpi", folder, number, engine->name);
    printf("# %s: %s\n%s", engine->name, strbuf_text(&path), strbuf_text(&words));
    FILE *file = fopen(strbuf_text(&path), "w");
    if (!file || fputs(strbuf_text(text), file) < 0 || fclose(file) != 0)
        perror(strbuf_text(&path));
    strbuf_fini(&path);
    strbuf_fini(&left);
    strbuf_fini(&right);
    strbuf_fini(&words);
}

typedef struct Tally {
    size_t pairs, valid, telling, differences; /* telling: some figure is not 0 */
    Coverage coverage;
} Tally;

static size_t refused; /* pairs that an engine said, by name, that it cannot do */

/* Every engine after the first; the first a second time if it is alone: it must not vary. */
static bool agree(const char *text, const char *meaning, const Engine *engine) {
    StrBuf other = {0}, own = {0};
    if (engine->meaning && outcome_of(text, engine->meaning, NULL, NULL, &own))
        meaning = strbuf_text(&own);
    bool answered = outcome_of(text, engine, NULL, NULL, &other);
    bool same = !answered || strcmp(meaning, strbuf_text(&other)) == 0;
    refused += !answered;
    same = same && (answered || strstr(strbuf_text(&other), "KPI0695"));
    strbuf_fini(&other);
    strbuf_fini(&own);
    return same;
}

/* Whether some cell has a value that is not 0. */
static bool has_figure(const char *meaning) {
    static const char value[] = " value=";
    while ((meaning = strstr(meaning, value))) {
        meaning += sizeof value - 1;
        if (*meaning != '0')
            return true;
    }
    return false;
}

static void try_pair(Tally *tally, uint64_t number, const Engine *others, size_t others_len,
                     const char *folder) {
    StrBuf text = {0}, meaning = {0};
    pair_write(number, &text);
    tally->pairs++;
    if (outcome_of(strbuf_text(&text), &engines[0], coverage_see, &tally->coverage, &meaning)) {
        tally->valid++;
        tally->telling += has_figure(strbuf_text(&meaning));
        for (size_t i = 0; i < others_len; i++)
            if (number % others[i].every == 0 &&
                !agree(strbuf_text(&text), strbuf_text(&meaning), &others[i]) &&
                ++tally->differences <= DIFFERENCES_SHOWN)
                keep(&text, &others[i], folder, number);
    }
    strbuf_fini(&text);
    strbuf_fini(&meaning);
}

/* ---- commands ---- */

static bool read_number(const char *text, int64_t *out) {
    Num number;
    return num_parse(text, strlen(text), &number, NULL) && num_to_int64(number, out) && *out >= 0;
}

/* Both ways are to be seen. */
static void print_places(StatementPlaces places) {
    printf(
        "# note: statements: %zu answered by each shard, %zu by the coordinator alone, %zu by it "
        "from rows of the shards\n",
        places.shards, places.coordinator, places.gathered);
    tap(places.shards > 0 && places.gathered > 0, "some statements run on each shard, some do not");
}

static int run_random(const char *count_text, const char *seed_text, const char *folder) {
    int64_t count, seed;
    if (!read_number(count_text, &count) || !read_number(seed_text, &seed))
        return 2;
    Tally tally = {0};
    StrBuf words = {0};
    bool alone = engines_len == 1;
    double start = seconds();
    for (int64_t i = 0; i < count; i++)
        try_pair(&tally, (uint64_t)(seed + i), engines + !alone, engines_len - !alone, folder);
    double took = seconds() - start;
    size_t never = coverage_print(&tally.coverage, &words);
    for (char *line = words.text, *end; line && (end = strchr(line, '\n')); line = end + 1)
        printf("# %.*s\n", (int)(end - line), line);
    printf(
        "# note: %zu pairs, %zu valid, %zu with a figure that is not 0, %zu refused by an engine, "
        "%.1f ms a pair\n",
        tally.pairs, tally.valid, tally.telling, refused,
        tally.pairs ? took * 1000 / (double)tally.pairs : 0);
    if (sharded_is_there())
        print_places(sharded_places());
    tap(tally.differences == 0, "the engines agree on random pairs");
    tap(tally.valid * 10 >= tally.pairs * 8, "at least 80 of 100 pairs are valid");
    tap(refused * 100 <= tally.pairs, "at most 1 of 100 is refused by an engine");
    tap(tally.telling * 10 >= tally.pairs * 6, "at least 60 of 100 have a figure that is not 0");
    if (tally.pairs >= MANY_PAIRS)
        tap(never == 0, "every kind of step, expression, timing, window and quantity was reached");
    strbuf_fini(&words);
    return tap_end();
}

static bool read_file(const char *path, StrBuf *out) {
    FILE *file = fopen(path, "rb");
    char buffer[4096];
    size_t got;
    if (!file)
        return false;
    while ((got = fread(buffer, 1, sizeof buffer, file)) > 0)
        strbuf_add_len(out, buffer, got);
    return fclose(file) == 0;
}

static int run_replay(char **files, int len) {
    for (int i = 0; i < len; i++) {
        StrBuf text = {0}, meaning = {0};
        bool good = read_file(files[i], &text) &&
                    outcome_of(strbuf_text(&text), &engines[0], NULL, NULL, &meaning);
        for (size_t j = engines_len > 1; good && j < engines_len; j++)
            good = agree(strbuf_text(&text), strbuf_text(&meaning), &engines[j]);
        tap(good, files[i]);
        strbuf_fini(&text);
        strbuf_fini(&meaning);
    }
    return tap_end();
}

/* Loses one of the rows whose numerator nobody knows, as an engine might. */
static StoreResult run_broken(Session *session, const Plan *plan, Store *store, Arena *run,
                              Result *out) {
    StoreResult result = engine_reference_run(session, plan, store, run, out);
    for (size_t i = 0; i < out->cells_len; i++)
        out->cells[i]->unknown_numerator -= out->cells[i]->unknown_numerator > 1;
    return result;
}

static int run_broken_engine(const char *folder) {
    static const Engine broken = {"broken", run_broken, 1, NULL};
    for (uint64_t number = 1; number <= 2000; number++) {
        StrBuf text = {0};
        pair_write(number, &text);
        bool found = engines_differ(strbuf_text(&text), &engines[0], &broken);
        if (found) {
            size_t before = text.len;
            keep(&text, &broken, folder, number);
            printf("# note: pair %" PRIu64 ", %zu bytes, shrunk to %zu\n", number, before,
                   text.len);
            tap(true, "a lost row is found");
            tap(engines_differ(strbuf_text(&text), &engines[0], &broken), "and again when shrunk");
            tap(text.len < 1200, "to less than 1,200 bytes");
        }
        strbuf_fini(&text);
        if (found)
            return tap_end();
    }
    tap(false, "a lost row is found");
    return tap_end();
}

static int run_print(const char *number_text) {
    int64_t number;
    StrBuf text = {0}, meaning = {0};
    if (!read_number(number_text, &number))
        return 2;
    pair_write((uint64_t)number, &text);
    bool valid = outcome_of(strbuf_text(&text), &engines[0], NULL, NULL, &meaning);
    printf("%s\n%s%s", strbuf_text(&text), valid ? "" : "REFUSED\n", strbuf_text(&meaning));
    strbuf_fini(&text);
    strbuf_fini(&meaning);
    return 0;
}

int main(int count, char **arguments) {
    const char *command = count > 1 ? arguments[1] : "";
    engines_choose();
    if (strcmp(command, "random") == 0 && count == 5)
        return run_random(arguments[2], arguments[3], arguments[4]);
    if (strcmp(command, "replay") == 0)
        return run_replay(arguments + 2, count - 2);
    if (strcmp(command, "broken") == 0 && count == 3)
        return run_broken_engine(arguments[2]);
    if (strcmp(command, "print") == 0 && count == 3)
        return run_print(arguments[2]);
    fprintf(stderr, "usage: differential random COUNT SEED FOLDER | replay FILE... | "
                    "broken FOLDER | print NUMBER\n");
    return 2;
}
