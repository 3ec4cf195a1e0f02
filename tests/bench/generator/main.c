/* Writes the benchmark's tables: a children's services store over eight years, about 22 rows a
 * child.
 *
 *     generate CHILDREN SEED FOLDER
 *
 * The same files for the same numbers. S is 10,000 children, M 200,000, L a million, all of seed 1.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "tests/bench/generator/children.h"
#include "tests/bench/generator/surroundings.h"

static bool read_number(const char *text, int64_t least, int64_t *out) {
    Num number;
    return num_parse(text, strlen(text), &number, NULL) && num_to_int64(number, out) &&
           *out >= least;
}

int main(int count, char **arguments) {
    int64_t children, seed;
    if (count != 4 || !read_number(arguments[1], 1, &children) ||
        !read_number(arguments[2], 0, &seed)) {
        fprintf(stderr, "usage: generate CHILDREN SEED FOLDER\n");
        return 2;
    }
    const char *folder = arguments[3];
    Records records = {.chance = chance_begin((uint64_t)seed)};
    date_of_ymd(2009, 4, 1, &records.first_day);
    date_of_ymd(2017, 1, 31, &records.last_day);
    records_open(&records, folder);
    for (int64_t id = 1; id <= children; id++)
        records_add_child(&records, id);
    int64_t rows = records_close(&records);
    rows += write_spend(&records.chance, folder, children, records.first_day, records.last_day);
    rows += write_population(folder, children) + write_calendar(folder) + write_periods(folder) +
            write_age_bands(folder);
    printf("%" PRId64 " rows\n", rows);
    return 0;
}
